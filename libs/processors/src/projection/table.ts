import type { Transaction } from '#platform';
import { Recent } from './recent.js';
import type { Columns, ComputedOf, RowOf } from './columns.js';

/** A table of a view, from which every statement about it is made. */
export type TableDeclaration<Of extends Columns> = {
  /** Plain name: it is read as `views.<name>`. */
  readonly name: string;
  readonly columns: Of;
  /** Its primary key. */
  readonly key: readonly (keyof RowOf<Of> & string)[];
  /** The column that says which subject the row belongs to. (Default: the first of the key) */
  readonly subject?: keyof RowOf<Of> & string;
  /** A row replaces another only where it is higher in one of these. (Default: always) */
  readonly risesIn?: readonly (keyof RowOf<Of> & string)[];
  /** Rows are only added: none is read, and `rowsAfter` sees those of the same batch alone. (Default: false) */
  readonly isWrittenOnly?: boolean;
  /** What is built at the end of a build, such as `(stage, position)` or `(unit) WHERE NOT closed`. (Default: nothing) */
  readonly indexes?: readonly string[];
  /** Percentage of a page that inserts fill, so that updates find room there. (Default: 100) */
  readonly fillFactor?: number;
} & (keyof ComputedOf<Of> extends never
  ? { readonly computed?: undefined }
  : {
      /** The columns that come from the others. */
      readonly computed: (row: RowOf<Of>) => ComputedOf<Of>;
    });

/** The row type of a table. */
export type RowIn<Of> = Of extends Table<infer Row> ? Row : never;

/** Declares a table of a view. */
export function table<const Of extends Columns>(declaration: TableDeclaration<Of>): Table<RowOf<Of>> {
  return new Table<RowOf<Of>>(declaration as unknown as Declared<RowOf<Of>>);
}

/** A declaration whose column names are no longer told apart. */
interface Declared<Row> {
  readonly name: string;
  readonly columns: Columns;
  readonly key: readonly string[];
  readonly subject?: string;
  readonly risesIn?: readonly string[];
  readonly indexes?: readonly string[];
  readonly fillFactor?: number;
  readonly isWrittenOnly?: boolean;
  computed?(row: Row): Values;
}
type Values = Readonly<Record<string, unknown>>;

const named = (column: string): string => `"${column}"`;
const list = (columns: readonly string[]): string => columns.map(named).join(', ');

/** Statements about one table; `full` is its full name, which is of one version of the view. */
export class Table<Row> {
  readonly name: string;
  readonly subject: string;
  readonly isWrittenOnly: boolean;
  private readonly columns: Columns;
  private readonly key: readonly string[];
  private readonly names: readonly string[];
  /** Statements by full name: of the version that is read and the one that is built. */
  private readonly upserts = new Recent<string, string>(4);
  private readonly read: readonly (readonly [name: string, read: (stored: unknown) => unknown])[];

  constructor(private readonly declared: Declared<Row>) {
    const { name, columns, key } = declared;
    this.name = name;
    this.columns = columns;
    this.key = key;
    this.subject = declared.subject ?? key[0] ?? '';
    this.isWrittenOnly = declared.isWrittenOnly === true;
    this.names = Object.keys(columns);
    this.read = Object.entries(columns).flatMap(([column, { read, isComputed }]) => (read && !isComputed ? [[column, read]] : []));
  }

  /** With what applying needs: its key, and an index by the subject where the key begins with something else. */
  async create(transaction: Transaction, full: string): Promise<void> {
    const { fillFactor } = this.declared;
    const columns = Object.entries(this.columns).map(([name, { type, constraint }]) => `${named(name)} ${type} ${constraint}`);
    const storage = fillFactor === undefined ? '' : `WITH (fillfactor = ${String(fillFactor)})`;
    await transaction.query(`CREATE TABLE ${full} (${columns.join(', ')}, PRIMARY KEY (${list(this.key)})) ${storage}`);
    if (this.subject !== this.key[0] && !this.isWrittenOnly) await transaction.query(`CREATE INDEX ON ${full} (${named(this.subject)})`);
  }

  /** For what only reading needs. */
  async index(transaction: Transaction, full: string): Promise<void> {
    for (const index of this.declared.indexes ?? []) await transaction.query(`CREATE INDEX ON ${full} ${index}`);
  }

  /** The rows whose column has one of the values, in order of their key. */
  async load(transaction: Transaction, full: string, values: readonly string[], column: string = this.subject): Promise<readonly Row[]> {
    return this.select(transaction, `FROM ${full} WHERE ${named(column)} = ANY ($1) ORDER BY ${list(this.key)}`, [`{${values.join()}}`]);
  }

  /** All of its rows, in order of their key. */
  async loadAll(transaction: Transaction, full: string): Promise<readonly Row[]> {
    return this.select(transaction, `FROM ${full} ORDER BY ${list(this.key)}`, []);
  }

  /** Inserts the rows or puts them in the place of those with their keys. */
  async upsert(transaction: Transaction, full: string, rows: readonly Row[]): Promise<void> {
    const text = this.upserts.get(full) ?? this.upsertOf(full);
    this.upserts.set(full, text);
    await transaction.query(text, this.literals(rows));
  }

  private upsertOf(full: string): string {
    const others = this.names.filter((name) => !this.key.includes(name));
    const rising = (this.declared.risesIn ?? []).map((name) => `r.${named(name)} < excluded.${named(name)}`);
    const given = this.names.map((name, index) => `$${String(index + 1)}::${this.givenAs(name)}[]`);
    const update = `UPDATE SET (${list(others)}) = ROW (${others.map((name) => `excluded.${named(name)}`).join(', ')})`;
    return `INSERT INTO ${full} AS r (${list(this.names)})
       SELECT ${this.names.map((name) => this.castOf(name)).join(', ')} FROM unnest(${given.join(', ')}) AS given (${list(this.names)})
       ON CONFLICT (${list(this.key)}) DO ${others.length === 0 ? 'NOTHING' : update}
       ${rising.length === 0 ? '' : `WHERE ${rising.join(' OR ')}`}`;
  }

  /** Adds these columns of each row to its sums; it is inserted where it is not there yet. */
  async add(transaction: Transaction, full: string, rows: readonly Row[], sums: readonly string[]): Promise<void> {
    const given = this.names.map((name, index) => `$${String(index + 1)}::${this.givenAs(name)}[]`);
    await transaction.query(
      `INSERT INTO ${full} AS r (${list(this.names)}) SELECT * FROM unnest(${given.join(', ')})
       ON CONFLICT (${list(this.key)}) DO UPDATE SET ${sums.map((name) => `${named(name)} = r.${named(name)} + excluded.${named(name)}`).join(', ')}`,
      this.literals(rows),
    );
  }

  /** Deletes the rows with the keys of these; with sums, only those where all of them are 0. */
  async delete(transaction: Transaction, full: string, rows: readonly Row[], sums: readonly string[] = []): Promise<void> {
    const given = this.key.map((name, index) => `$${String(index + 1)}::${this.givenAs(name)}[]`);
    const same = this.key.map((name) => `r.${named(name)} = gone.${named(name)}`).join(' AND ');
    const zero = sums.map((name) => ` AND r.${named(name)} = 0`).join('');
    const gone = this.key.map((name) => literalOf(rows as readonly Values[], name, this.columns[name]));
    await transaction.query(
      `DELETE FROM ${full} r USING unnest(${given.join(', ')}) AS gone (${list(this.key)}) WHERE ${same}${zero}`,
      gone,
    );
  }

  /** Equal for rows with the same key. */
  keyOf(row: Row): string {
    return this.key.map((name) => String((row as Values)[name])).join('\n');
  }

  valueOf(row: Row, column: string = this.subject): string {
    return String((row as Values)[column]);
  }

  private async select(transaction: Transaction, rest: string, values: unknown[]): Promise<readonly Row[]> {
    const columns = Object.entries(this.columns)
      .filter(([, { isComputed }]) => !isComputed)
      .map(([name, { readAsText }]) => (readAsText === true ? `${named(name)}::text` : named(name)));
    const { rows } = await transaction.query<Record<string, unknown>>(`SELECT ${columns.join(', ')} ${rest}`, values);
    for (const row of rows) for (const [name, read] of this.read) row[name] = read(row[name]);
    // What its own columns have read.
    return rows as Row[];
  }

  /** Array literals for `unnest`. Written here because the driver takes several times as long over an array. */
  private literals(rows: readonly Row[]): string[] {
    const computedRows = this.declared.computed && rows.map((row) => this.declared.computed?.(row) ?? {});
    return Object.entries(this.columns).map(([name, column]) =>
      literalOf(column.isComputed && computedRows ? computedRows : (rows as readonly Values[]), name, column),
    );
  }

  private givenAs(name: string): string {
    const { type = '', givenAs = type } = this.columns[name] ?? {};
    return givenAs;
  }

  private castOf(name: string): string {
    const column = this.columns[name];
    return column?.givenAs === undefined ? named(name) : `${named(name)}::${column.type}`;
  }
}

function literalOf(rows: readonly Values[], name: string, column: Columns[string] | undefined): string {
  if (!column) throw new Error(`There is no column ${name}.`);
  return `{${rows.map((row) => column.literal(row[name])).join()}}`;
}
