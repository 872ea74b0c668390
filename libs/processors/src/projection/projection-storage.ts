import type { RecordedEvent } from '#event-store';
import type { Transaction } from '#platform';
import type { TableName } from '../view.js';
import type { AnyDeclaration, Group } from './declaration.js';

/** What became of a subject. */
export interface Change {
  readonly subject: string;
  readonly before: Group;
  readonly after: Group;
}

const affectedAtOnce = 5_000;

/** The tables of one version of a projection: which rows are read, written and deleted. */
export class ProjectionStorage {
  private sharedRows: readonly unknown[] | undefined;
  private read: unknown;

  constructor(
    private readonly declaration: AnyDeclaration,
    private readonly full: TableName,
  ) {}

  /** The groups of these subjects, as far as there is anything of them. */
  async load(transaction: Transaction, subjects: readonly string[]): Promise<ReadonlyMap<string, Group>> {
    const { tables } = this.declaration;
    const groups = new Map<string, Record<string, unknown[]>>();
    for (const [name, table] of Object.entries(tables)) {
      if (table.isWrittenOnly) continue;
      for (const row of await table.load(transaction, this.full(table.name), subjects)) {
        const subject = table.valueOf(row);
        const group = groups.get(subject) ?? emptyGroup(tables);
        groups.set(subject, group);
        group[name]?.push(row);
      }
    }
    return groups;
  }

  async save(transaction: Transaction, changes: readonly Change[]): Promise<void> {
    const { tables, tally } = this.declaration;
    for (const [name, table] of Object.entries(tables)) {
      const written: unknown[] = [];
      const gone: unknown[] = [];
      for (const change of changes) {
        const [before, after] = [change.before[name] ?? [], change.after[name] ?? []];
        if (before === after) continue;
        if (before.length === 0) {
          written.push(...after);
          continue;
        }
        const known = new Set(before);
        const fresh = after.filter((row) => !known.delete(row));
        written.push(...fresh);
        if (known.size === 0) continue;
        const keys = new Set(fresh.map((row) => table.keyOf(row)));
        for (const row of known) if (!keys.has(table.keyOf(row))) gone.push(row);
      }
      if (gone.length > 0) await table.delete(transaction, this.full(table.name), gone);
      if (written.length > 0) await table.upsert(transaction, this.full(table.name), written);
    }
    if (tally) await this.count(transaction, changes, tally);
  }

  /** The subjects that the links lead to. */
  async resolve(transaction: Transaction, links: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { links: of, tables } = this.declaration;
    const table = of && tables[of.table];
    if (!table) return new Map();
    const rows = await table.load(transaction, this.full(table.name), links, of.column);
    return new Map(rows.map((row) => [table.valueOf(row, of.column), table.valueOf(row)]));
  }

  /** What all subjects share, up to the events that were written. */
  async shared(transaction: Transaction): Promise<unknown> {
    const { shared } = this.declaration;
    if (!shared || this.sharedRows) return this.read;
    return this.take(await shared.table.loadAll(transaction, this.full(shared.table.name)));
  }

  /** Writes an event about what all subjects share, and answers how it reads then. */
  async share(transaction: Transaction, event: RecordedEvent): Promise<unknown> {
    const { shared } = this.declaration;
    if (!shared) return undefined;
    const before = this.sharedRows ?? [];
    const after = shared.rowsAfter(before, event);
    if (after === before) return this.read;
    const fresh = after.filter((row) => !before.includes(row));
    if (fresh.length > 0) await shared.table.upsert(transaction, this.full(shared.table.name), fresh);
    return this.take(after);
  }

  /** The subjects that such an event changes, some thousands at a time. */
  async *affected(transaction: Transaction, event: RecordedEvent): AsyncGenerator<readonly string[], void, undefined> {
    const { shared, tables } = this.declaration;
    const affected = shared?.affects(event);
    const table = affected && tables[affected.table];
    if (!table) return;
    const { where, values } = affected;
    for (let after: string | null = null; ;) {
      const [last, limit] = [`$${String(values.length + 1)}`, String(affectedAtOnce)];
      const subject = `"${table.subject}"`;
      const { rows }: { readonly rows: readonly { readonly subject: string }[] } = await transaction.query<{ subject: string }>(
        `SELECT DISTINCT ${subject} AS subject FROM ${this.full(table.name)}
         WHERE (${where}) AND (${last}::text IS NULL OR ${subject} > ${last}::uuid) ORDER BY 1 LIMIT ${limit}`,
        [...values, after],
      );
      if (rows.length > 0) yield rows.map((row) => row.subject);
      if (rows.length < affectedAtOnce) return;
      after = rows.at(-1)?.subject ?? null;
    }
  }

  forget(): void {
    this.sharedRows = undefined;
    this.read = undefined;
  }

  private take(rows: readonly unknown[]): unknown {
    this.sharedRows = rows;
    return (this.read = this.declaration.shared?.read(rows));
  }

  private async count(transaction: Transaction, changes: readonly Change[], tally: AnyDeclaration['tally'] & object): Promise<void> {
    const counted = talliesOf(changes, tally);
    if (counted.length === 0) return;
    const { table, number } = tally.as;
    await table.add(
      transaction,
      this.full(table.name),
      counted.map(({ row }) => row),
      number,
    );
    // A build in larger batches never sees a place that was only passed through; the rows are the same all the same.
    const less = counted.filter(({ change }) => change < 0).map(({ row }) => row);
    if (less.length > 0) await table.delete(transaction, this.full(table.name), less, number);
  }
}

/** By how much each number changes, as rows; always in the same order, so that two writers never wait for each other's rows. */
function talliesOf(
  changes: readonly Change[],
  { of, as }: AnyDeclaration['tally'] & object,
): readonly { readonly row: unknown; readonly change: number }[] {
  const tallies = new Map<string, { readonly row: unknown; change: number }>();
  const add = (row: unknown, change: number): void => {
    const key = as.table.keyOf(as.of(row, 0));
    const tally = tallies.get(key);
    if (tally) tally.change += change;
    else tallies.set(key, { row, change });
  };
  for (const { before, after } of changes) {
    for (const row of before[of] ?? []) add(row, -1);
    for (const row of after[of] ?? []) add(row, 1);
  }
  return [...tallies]
    .filter(([, { change }]) => change !== 0)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { row, change }]) => ({ row: as.of(row, change), change }));
}

export function emptyGroup(tables: AnyDeclaration['tables']): Record<string, unknown[]> {
  return Object.fromEntries(Object.keys(tables).map((name) => [name, []]));
}
