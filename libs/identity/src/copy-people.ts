import { isDeepStrictEqual } from 'node:util';
import type { Database, Transaction } from '#platform';
import { migrateIdentity } from './registration.js';

/** In an order in which every row finds what it refers to. */
const tables = [
  'identity.people',
  'identity.person_versions',
  'identity.accounts',
  'identity.service_accounts',
  'identity.service_keys',
  'identity.external_identities',
  'identity.subject_ids',
  'identity.saved_views',
  'identity.preferences',
] as const;
const eventsAtOnce = 10_000;

/** The database has people, who are not those that were to be copied. */
export class PeopleThere extends Error {
  override readonly name = 'PeopleThere';
  constructor() {
    super('There are other people already; copy into a database on which the product was not started yet.');
  }
}

/**
 * Copies people with names, salts and password hashes, service accounts and what was recorded of sign-ins, all or nothing.
 * Answers how many people it copied; 0 when they were all there. Sessions and the key of their tokens stay behind: everybody
 * signs in again, and what was ended stays ended. The log must be moved as well: it has units and roles, and points at names
 * by their commitments.
 * @throws PeopleThere, and the signal's reason
 */
export async function copyPeople(source: Database, target: Database, signal?: AbortSignal): Promise<number> {
  await migrateIdentity(target);
  return copying(source, target, async (from, to) => {
    let copied = 0;
    for (const table of tables) {
      signal?.throwIfAborted();
      const rows = await copyTable(from, to, table);
      if (table === 'identity.people') copied = rows;
    }
    if (copied > 0) await copySecurityEvents(from, to, signal);
    signal?.throwIfAborted();
    return copied;
  });
}

/** Reads one database and writes the other, all or nothing. Both tell times alike, whatever the zones of their servers are. */
export async function copying<Result>(
  source: Database,
  target: Database,
  work: (from: Transaction, to: Transaction) => Promise<Result>,
): Promise<Result> {
  // No transaction: a server ends those that wait, as this one would while the other side is written.
  const from = await source.connect();
  try {
    await from.query(`SET TIME ZONE 'UTC'`);
    return await target.transaction(async (to) => {
      await to.query(`SET LOCAL TIME ZONE 'UTC'`);
      return work(from, to);
    });
  } finally {
    await from.query('RESET TIME ZONE').catch(() => undefined);
    from.release();
  }
}

/** Copies the rows of a table that belongs to people. Answers how many; 0 when they were all there. @throws PeopleThere when others were */
export async function copyTable(from: Transaction, to: Transaction, table: string): Promise<number> {
  const [rows, there] = [await rowsIn(from, table), await rowsIn(to, table)];
  if (isDeepStrictEqual(rows, there)) return 0;
  if (there.length > 0) throw new PeopleThere();
  await to.query(`INSERT INTO ${table} SELECT r.* FROM unnest($1::json[]) AS given, json_populate_record(NULL::${table}, given) AS r`, [
    rows,
  ]);
  return rows.length;
}

/** Rows as JSON, sorted here: two databases may order text differently. A source of an earlier version may lack the table. */
async function rowsIn(database: Transaction, table: string): Promise<readonly string[]> {
  if (!(await isThere(database, table))) return [];
  const { rows } = await database.query<{ row: string }>(`SELECT row_to_json(t)::text AS row FROM ${table} t`);
  return rows.map(({ row }) => row).sort();
}

/** There may be many. Their ids go on after the last. */
async function copySecurityEvents(source: Transaction, target: Transaction, signal: AbortSignal | undefined): Promise<void> {
  if (!(await isThere(source, 'identity.security_events'))) return;
  for (let after = '-1'; ;) {
    signal?.throwIfAborted();
    const { rows } = await source.query<{ id: string; row: string }>(
      'SELECT t.id::text, row_to_json(t)::text AS row FROM identity.security_events t WHERE t.id > $1 ORDER BY t.id LIMIT $2',
      [after, eventsAtOnce],
    );
    const last = rows.at(-1);
    if (!last) break;
    await target.query(
      'INSERT INTO identity.security_events SELECT r.* FROM unnest($1::json[]) AS given, json_populate_record(NULL::identity.security_events, given) AS r',
      [rows.map(({ row }) => row)],
    );
    after = last.id;
  }
  await target.query(
    `SELECT setval(pg_get_serial_sequence('identity.security_events', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM identity.security_events), false)`,
  );
}

async function isThere(database: Transaction, table: string): Promise<boolean> {
  const { rows } = await database.query<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [table]);
  return rows[0]?.found === true;
}
