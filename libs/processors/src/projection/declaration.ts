import type { RecordedEvent } from '#event-store';
import type { View } from '../view.js';
import type { RowIn, Table } from './table.js';

/**
 * Terminology
 *
 * - subject: what a row is about, such as a procedure; the rows of one subject are read, computed and written together
 * - group: all rows of one subject, by table
 * - link: by what the subject of an event is found that does not name it, such as the question that it answers
 */

export type Tables = Readonly<Record<string, Table<unknown>>>;

/** The rows of one subject, by table; as they are read, in order of their key. */
export type GroupOf<Of extends Tables> = { readonly [Name in keyof Of]: readonly RowIn<Of[Name]>[] };

/** A group whose tables are no longer told apart. */
export type Group = Readonly<Record<string, readonly unknown[]>>;

interface Declaration extends Pick<View, 'name' | 'codeVersion' | 'prefixes' | 'readsMetadata'> {
  /** Subjects whose rows are kept in memory. (Default: 5,000) */
  readonly remembered?: number;
  /**
   * Whether nothing of the subject can be stored before the event, so that it need not be looked up. An event that comes again is then
   * computed anew, so its row must not depend on what is shared. Where rows are counted it is looked up all the same, because what
   * comes again would be counted twice. (Default: never)
   */
  begins?(event: RecordedEvent): boolean;
}

/** Adds up what rows have that are alike in something, in a table of its own. */
interface Tally<Row, Counted> {
  readonly table: Table<Counted>;
  /** Its columns that are sums, whole numbers each. A row of zeros is deleted. */
  readonly sums: readonly string[];
  /** Whether what a row adds may be below zero, so that a sum also comes to zero when something is added. (Default: false) */
  readonly isSigned?: boolean;
  /** What the row adds, and where; null where it adds nothing. */
  of(row: Row): Counted | null;
}

/** A view with at most one row for each subject. */
export interface RowDeclaration<Row extends object, Counted> extends Declaration {
  readonly table: Table<Row>;
  /** Whose row the event changes; null where it changes none. */
  subject(event: RecordedEvent): string | null;
  /** The row after the event, null where there is none; the same row where it changes nothing, as when it comes again. */
  rowAfter(before: Row | null, event: RecordedEvent, subject: string): Row | null;
  readonly tally?: Tally<Row, Counted>;
}

/** What rows are computed from besides the events of their subject, such as calendars. */
interface SharedDeclaration<Row, Shared> {
  /** It is small: all of it is kept in memory. */
  readonly table: Table<Row>;
  isOf(event: RecordedEvent): boolean;
  rowsAfter(before: readonly Row[], event: RecordedEvent): readonly Row[];
  /** What `rowsAfter` of the subjects gets to see of it. */
  read(rows: readonly Row[]): Shared;
  /** Which subjects the event changes too, as rows of one of their tables; `rowsAfter` is asked for each. Null where it changes none. */
  affects(event: RecordedEvent): { readonly table: string; readonly where: string; readonly values: readonly unknown[] } | null;
}

/** A view with any number of rows for each subject, in one table or several. */
export interface GroupDeclaration<Of extends Tables, SharedRow, Shared> extends Declaration {
  readonly tables: Of;
  /** Whose rows the event changes: a subject, or whatever is found by a link; null where it changes none. */
  subject(event: RecordedEvent): string | { readonly link: string } | null;
  /** Table and column in which links are found. */
  readonly links?: { readonly table: keyof Of & string; readonly column: string };
  /**
   * The group after the event; the same group where it changes nothing, as when it comes again. Rows that are other objects than
   * before are written, and those that are gone are deleted.
   */
  rowsAfter(before: GroupOf<Of>, event: RecordedEvent, context: { readonly subject: string; readonly shared: Shared }): GroupOf<Of>;
  readonly shared?: SharedDeclaration<SharedRow, Shared>;
  /** Each of the table of that name. (Default: nothing is counted) */
  readonly tallies?: readonly { readonly of: keyof Of & string; readonly as: Tally<unknown, unknown> }[];
}

/** A declaration whose tables are no longer told apart. */
export type AnyDeclaration = GroupDeclaration<Tables, unknown, unknown>;
