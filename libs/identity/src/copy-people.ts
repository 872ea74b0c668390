import { isDeepStrictEqual } from 'node:util';
import type { Database, Transaction } from '#platform';
import { migrateIdentity } from './registration.js';

/** In an order in which every row finds what it refers to. */
const tables = [
  ['identity.people', 'id'],
  ['identity.person_versions', 'person, version'],
  ['identity.accounts', 'person'],
  ['identity.service_accounts', 'person'],
  ['identity.service_keys', 'id'],
  ['identity.external_identities', 'issuer, subject'],
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
 * @throws PeopleThere
 */
export async function copyPeople(source: Database, target: Database): Promise<number> {
  await migrateIdentity(target);
  return target.transaction(async (transaction) => {
    let copied = 0;
    for (const [table, order] of tables) {
      const rows = await copyTable(source, transaction, table, order);
      if (table === 'identity.people') copied = rows;
    }
    if (copied > 0) await copySecurityEvents(source.pool, transaction);
    return copied;
  });
}

/** Copies the rows of a table that belongs to people. Answers how many; 0 when they were all there. @throws PeopleThere when others were */
export async function copyTable(source: Database, target: Transaction, table: string, order: string): Promise<number> {
  const rows = await rowsIn(source.pool, table, order);
  const there = await rowsIn(target, table, order);
  if (isDeepStrictEqual(rows, there)) return 0;
  if (there.length > 0) throw new PeopleThere();
  await target.query(`INSERT INTO ${table} SELECT r.* FROM unnest($1::json[]) AS given, json_populate_record(NULL::${table}, given) AS r`, [
    rows,
  ]);
  return rows.length;
}

/** Rows as JSON. A source of an earlier version may lack the table. */
async function rowsIn(database: Pick<Transaction, 'query'>, table: string, order: string): Promise<readonly string[]> {
  if (!(await isThere(database, table))) return [];
  const { rows } = await database.query<{ row: string }>(`SELECT row_to_json(t)::text AS row FROM ${table} t ORDER BY ${order}`);
  return rows.map(({ row }) => row);
}

/** There may be many. Their ids go on after the last. */
async function copySecurityEvents(source: Pick<Transaction, 'query'>, target: Transaction): Promise<void> {
  if (!(await isThere(source, 'identity.security_events'))) return;
  for (let after = '-1'; ;) {
    const { rows } = await source.query<{ id: string; row: string }>(
      'SELECT id::text, row_to_json(t)::text AS row FROM identity.security_events t WHERE id > $1 ORDER BY id LIMIT $2',
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

async function isThere(database: Pick<Transaction, 'query'>, table: string): Promise<boolean> {
  const { rows } = await database.query<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [table]);
  return rows[0]?.found === true;
}
