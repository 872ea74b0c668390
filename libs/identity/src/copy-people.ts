import { isDeepStrictEqual } from 'node:util';
import type { Database } from '#platform';
import { migrateIdentity } from './registration.js';

/** In an order in which every row finds what it refers to. */
const tables = [
  ['people', 'id'],
  ['person_versions', 'person, version'],
  ['accounts', 'person'],
  ['signing_keys', 'purpose'],
] as const;

/** The database has people, who are not those that were to be copied. */
export class PeopleThere extends Error {
  override readonly name = 'PeopleThere';
  constructor() {
    super('There are other people already; copy into a database on which the product was not started yet.');
  }
}

/**
 * Copies people with names, salts and password hashes, and the keys that tokens are signed with, all or nothing. Answers how
 * many people it copied; 0 when they were all there. The log must be moved as well: it has units and roles,
 * and points at names by their commitments.
 * @throws PeopleThere
 */
export async function copyPeople(source: Database, target: Database): Promise<number> {
  await migrateIdentity(target);
  return target.transaction(async (transaction) => {
    const rowsIn = async (database: Pick<typeof transaction, 'query'>, table: string, order: string): Promise<readonly string[]> =>
      (await database.query<{ row: string }>(`SELECT row_to_json(t)::text AS row FROM identity.${table} t ORDER BY ${order}`)).rows.map(
        ({ row }) => row,
      );
    let copied = 0;
    for (const [table, order] of tables) {
      const rows = await rowsIn(source.pool, table, order);
      const there = await rowsIn(transaction, table, order);
      if (isDeepStrictEqual(rows, there)) continue;
      if (there.length > 0) throw new PeopleThere();
      await transaction.query(
        `INSERT INTO identity.${table} SELECT r.* FROM unnest($1::json[]) AS given, json_populate_record(NULL::identity.${table}, given) AS r`,
        [rows],
      );
      if (table === 'people') copied = rows.length;
    }
    return copied;
  });
}
