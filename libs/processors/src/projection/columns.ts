/** A column: what its values are here, and how they go to PostgreSQL and come back. */
export interface Column<Value> {
  /** As PostgreSQL names it. */
  readonly type: string;
  /** What stands after the type where the table is created. */
  readonly constraint: string;
  /** It comes from the others and is not read again. */
  readonly isComputed: boolean;
  /** The type that values are handed over as, before they are cast; left out where it is the type itself. */
  readonly givenAs?: string;
  /** It is read as text, because the driver would make something else of it. */
  readonly readAsText?: boolean;
  /** A value inside an array literal. */
  literal(value: Value): string;
  /** A value from what the driver answers; left out where it answers the value. */
  readonly read?: (stored: unknown) => unknown;
}

export interface ComputedColumn<Value> extends Column<Value> {
  readonly isComputed: true;
}

export type Columns = Readonly<Record<string, Column<unknown>>>;

type ValueOf<Of> = Of extends Column<infer Value> ? Value : never;
type ComputedName<Of extends Columns> = { [Name in keyof Of]: Of[Name] extends { readonly isComputed: true } ? Name : never }[keyof Of];

/** A row by the names of its columns; those that are computed are left out. */
export type RowOf<Of extends Columns> = { readonly [Name in Exclude<keyof Of, ComputedName<Of>>]: ValueOf<Of[Name]> };

/** What is computed of a row. */
export type ComputedOf<Of extends Columns> = { readonly [Name in ComputedName<Of>]: ValueOf<Of[Name]> };

const bare = (value: string | number | boolean | bigint): string => String(value);
const quoted = (value: string): string => `"${/["\\]/.test(value) ? value.replace(/["\\]/g, '\\$&') : value}"`;

function of<Value>(
  type: string,
  literal: (value: Value) => string,
  more: Partial<Pick<Column<Value>, 'givenAs' | 'read' | 'readAsText'>> = {},
): Column<Value> {
  return { type, constraint: 'NOT NULL', isComputed: false, literal, ...more };
}

/** An element of an array literal that stands in quotes itself. */
const quotedTwice = (value: string): string => (/["\\]/.test(value) ? quoted(quoted(value)).slice(1, -1) : `\\"${value}\\"`);

/** A list is handed over as the text of it, because `unnest` would take a list of lists apart. */
const listOf = (type: string, element: (value: string) => string): Column<readonly string[]> =>
  of(`${type}[]`, (values) => `"{${values.map(element).join()}}"`, { givenAs: 'text' });

/** The types that views are made of. */
export const column = {
  uuid: of<string>('uuid', bare),
  text: of<string>('text', quoted),
  smallint: of<number>('smallint', bare),
  integer: of<number>('integer', bare),
  bigint: of<bigint>('bigint', bare, { read: (stored) => BigInt(stored as string) }),
  boolean: of<boolean>('boolean', bare),
  /** YYYY-MM-DD. */
  date: of<string>('date', bare, { readAsText: true }),
  /** ISO 8601 UTC, with milliseconds. */
  instant: of<string>('timestamptz(3)', quoted, { read: (stored) => (stored as Date).toISOString() }),
  texts: listOf('text', quotedTwice),
  uuids: listOf('uuid', bare),
  /** Words in quotes, separated by blanks. */
  tsvector: of<string>('tsvector', quoted),
  json: <Value>(): Column<Value> => of<Value>('json', (value) => quoted(JSON.stringify(value))),
  jsonb: <Value>(): Column<Value> => of<Value>('jsonb', (value) => quoted(JSON.stringify(value))),

  /** May be null. */
  nullable<Value>(one: Column<Value>): Column<Value | null> {
    const { read } = one;
    return {
      ...one,
      constraint: '',
      literal: (value) => (value === null ? 'NULL' : one.literal(value)),
      ...(read && { read: (stored) => (stored === null ? null : read(stored)) }),
    };
  },
  /** Comes from the other columns of its row. */
  computed<Value>(one: Column<Value>): ComputedColumn<Value> {
    return { ...one, isComputed: true };
  },
  /** Compared byte by byte. */
  bytewise<Value>(one: Column<Value>): Column<Value> {
    return { ...one, constraint: `COLLATE "C" ${one.constraint}` };
  },
};
