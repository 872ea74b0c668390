import type { Database, Transaction } from '#platform';
import { migrateAudit } from './migrate-audit.js';

/** In an order in which every row finds what it refers to; `position` is another log's. */
const tables = [
  { table: 'audit.leaves', key: ['index'], columns: 'index, event_id, entry' },
  { table: 'audit.salts', key: ['index'], columns: 'index, salt' },
  { table: 'audit.tiles', key: ['level', 'number'], columns: 'level, number, hashes' },
  { table: 'audit.classified', key: ['procedure_id'], columns: 'procedure_id' },
  { table: 'audit.checkpoints', key: ['size'], columns: 'size, root, note, signed_at, is_witnessed' },
  { table: 'audit.cosignatures', key: ['size', 'witness'], columns: 'size, witness, line, signed_at' },
] as const;

const rowsAtOnce = 2_000;

/** The target has a tree that is not a beginning of the source's, or not the same. */
export class AnotherTree extends Error {
  override readonly name = 'AnotherTree';
}

/**
 * Copies the tree of a log with its salts, all or nothing, into a database that has none. Answers how many leaves it copied; 0 where the same
 * tree was there. What the leaves stand for is held against the log when that is read there first. The source may be of a version without trees.
 * @throws AnotherTree, and the signal's reason
 */
export async function copyTree(source: Database, target: Database, signal?: AbortSignal): Promise<number> {
  const found = await source.pool.query<{ found: boolean }>(`SELECT to_regclass('audit.tree') IS NOT NULL AS found`);
  if (found.rows[0]?.found !== true) return 0;
  await migrateAudit(target);
  const from = await source.connect();
  try {
    return await target.transaction(async (to) => {
      const [there, here] = [await newestOf(from), await newestOf(to, { lock: true })];
      if (there.size === here.size && there.root === here.root) return 0;
      if (here.size > 0) throw new AnotherTree('There is a tree already: copy into a database on which the product was not started yet.');
      for (const table of tables) await copyRows(from, to, table, signal);
      await to.query('UPDATE audit.tree SET size = $1, matched = 0, position = NULL', [there.size]);
      return there.size;
    });
  } finally {
    from.release();
  }
}

async function newestOf(database: Transaction, { lock = false } = {}): Promise<{ readonly size: number; readonly root: string | null }> {
  const { rows } = await database.query<{ size: string; root: string | null }>(
    `SELECT t.size, (SELECT encode(c.root, 'hex') FROM audit.checkpoints c WHERE c.size = t.size) AS root FROM audit.tree t ${lock ? 'FOR UPDATE' : ''}`,
  );
  return { size: Number(rows[0]?.size ?? 0), root: rows[0]?.root ?? null };
}

async function copyRows(
  from: Transaction,
  to: Transaction,
  { table, key, columns }: (typeof tables)[number],
  signal: AbortSignal | undefined,
): Promise<void> {
  const order = key.join(', ');
  let after: readonly unknown[] | undefined;
  for (;;) {
    signal?.throwIfAborted();
    const past = after ? `WHERE (${order}) > (${key.map((_, place) => `$${String(place + 1)}`).join(', ')})` : '';
    const { rows } = await from.query<{ row: string; key: readonly unknown[] }>(
      `SELECT row_to_json(t)::text AS row, json_build_array(${order}) AS key FROM (SELECT ${columns} FROM ${table} ${past} ORDER BY ${order} LIMIT ${String(rowsAtOnce)}) t`,
      [...(after ?? [])],
    );
    const last = rows.at(-1);
    if (!last) return;
    await to.query(
      `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM unnest($1::json[]) AS given, json_populate_record(NULL::${table}, given) AS r`,
      [rows.map(({ row }) => row)],
    );
    after = last.key;
  }
}
