import { readFile } from 'node:fs/promises';
import { codeOf } from './database-unavailable.js';
import type { Database, Transaction } from './database.js';

/** A numbered, forward-only SQL file, such as `001-log.sql`. */
export interface Migration {
  readonly name: string;
  readonly url: URL;
}

/** The tables are of another version, and whoever is connected may not change them; the message says what to do. */
class SchemaBehind extends Error {
  override readonly name = 'SchemaBehind';
}

// Any fixed number: it keeps two processes from migrating at once.
const migrationLock = 7_463_884_201;
const insufficientPrivilege = '42501';

/**
 * For a transaction: no function but PostgreSQL's own is found by its bare name. In databases from before PostgreSQL 15 everybody may make
 * others in `public`, and they would run as whoever calls them.
 */
export const ownNamesOnly = 'SET LOCAL search_path = pg_catalog, pg_temp';

/**
 * Runs the files that have not run yet, in order, in one transaction. Each name runs once per scope.
 * Where none is left nothing is asked of the database but to be read. @throws SchemaBehind
 */
export async function migrate(database: Database, scope: string, files: readonly Migration[]): Promise<void> {
  try {
    if ((await leftOf(database.pool, scope, files)).length > 0) await run(database, scope, files);
  } catch (error) {
    if (codeOf(error) !== insufficientPrivilege) throw error;
    throw new SchemaBehind(
      `The schema ${scope} is not that of this version, and the role of DATABASE_URL may not change it: run npx tinhgon migrate with MIGRATION_DATABASE_URL.`,
      { cause: error },
    );
  }
}

async function run(database: Database, scope: string, files: readonly Migration[]): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.query(ownNamesOnly);
    // Must come first, so that the second process sees what the first one did.
    await transaction.query('SELECT pg_advisory_xact_lock($1)', [migrationLock]);
    await transaction.query(
      'CREATE TABLE IF NOT EXISTS public.tinhgon_migrations (scope text, name text, ran_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (scope, name))',
    );
    for (const { name, url } of await leftOf(transaction, scope, files)) {
      await transaction.query(await readFile(url, 'utf8'));
      await transaction.query('INSERT INTO public.tinhgon_migrations (scope, name) VALUES ($1, $2)', [scope, name]);
    }
  });
}

async function leftOf(database: Transaction, scope: string, files: readonly Migration[]): Promise<readonly Migration[]> {
  const { rows: found } = await database.query<{ there: boolean }>(`SELECT to_regclass('public.tinhgon_migrations') IS NOT NULL AS there`);
  if (found[0]?.there !== true) return files;
  const { rows } = await database.query<{ name: string }>('SELECT name FROM public.tinhgon_migrations WHERE scope = $1', [scope]);
  const done = new Set(rows.map(({ name }) => name));
  return files.filter(({ name }) => !done.has(name));
}
