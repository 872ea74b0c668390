type Value = string | number | boolean | bigint | null;

/**
 * Array literals for `unnest`, from rows: `columnsOf(rows, (row) => [row.id, row.title])` gives the ids and the titles.
 * Written here because the driver takes several times as long over an array.
 */
export function columnsOf<Row>(rows: readonly Row[], values: (row: Row) => readonly Value[]): readonly string[] {
  const columns: string[][] = [];
  for (const row of rows) values(row).forEach((value, index) => (columns[index] ??= []).push(literal(value)));
  return columns.map((column) => `{${column.join()}}`);
}

function literal(value: Value): string {
  if (value === null) return 'NULL';
  if (typeof value !== 'string') return String(value);
  return `"${/["\\]/.test(value) ? value.replace(/["\\]/g, '\\$&') : value}"`;
}

/** Keeps the most recently used entries. */
export class Recent<Key, Value> {
  private readonly entries = new Map<Key, Value>();

  constructor(private readonly capacity: number) {}

  get(key: Key): Value | undefined {
    return this.entries.get(key);
  }

  set(key: Key, value: Value): void {
    this.entries.delete(key);
    this.entries.set(key, value);
    if (this.entries.size <= this.capacity) return;
    const oldest = this.entries.keys().next();
    if (!oldest.done) this.entries.delete(oldest.value);
  }

  clear(): void {
    this.entries.clear();
  }
}
