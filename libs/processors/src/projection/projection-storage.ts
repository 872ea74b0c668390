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
    const { tables, tallies = [] } = this.declaration;
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
    for (const tally of tallies) await this.count(transaction, changes, tally);
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

  private async count(transaction: Transaction, changes: readonly Change[], { of, as }: Tallied): Promise<void> {
    const added = addedTo(as, changes.map(({ before, after }) => ({ before: before[of] ?? [], after: after[of] ?? [] }))); // prettier-ignore
    if (added.length === 0) return;
    const { table, sums, isSigned = false } = as;
    await table.add(transaction, this.full(table.name), added, sums);
    // A build in larger batches never sees a place that was only passed through; the rows are the same all the same.
    const less = isSigned ? added : added.filter((row) => sums.some((name) => Number(row[name]) < 0));
    if (less.length > 0) await table.delete(transaction, this.full(table.name), less, sums);
  }
}

type Tallied = NonNullable<AnyDeclaration['tallies']>[number];
type Added = Readonly<Record<string, unknown>>;

/** By how much sums change, as rows; always in the same order, so that two writers never wait for each other's rows. */
function addedTo(
  as: Tallied['as'],
  changes: readonly { readonly before: readonly unknown[]; readonly after: readonly unknown[] }[],
): readonly Added[] {
  const { table, sums } = as;
  const tallies = new Map<string, Record<string, unknown>>();
  const add = (row: unknown, sign: 1 | -1): void => {
    const counted = as.of(row) as Added | null;
    if (counted === null) return;
    const key = table.keyOf(counted);
    const tally = tallies.get(key) ?? { ...counted, ...Object.fromEntries(sums.map((name) => [name, 0n])) };
    for (const name of sums) tally[name] = (tally[name] as bigint) + BigInt(sign) * BigInt(counted[name] as number | bigint);
    tallies.set(key, tally);
  };
  for (const { before, after } of changes) {
    if (before === after) continue;
    for (const row of before) add(row, -1);
    for (const row of after) add(row, 1);
  }
  return [...tallies]
    .filter(([, tally]) => sums.some((name) => tally[name] !== 0n))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, tally]) => tally);
}

export function emptyGroup(tables: AnyDeclaration['tables']): Record<string, unknown[]> {
  return Object.fromEntries(Object.keys(tables).map((name) => [name, []]));
}
