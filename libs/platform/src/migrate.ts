import { readFile } from 'node:fs/promises';
import type { Database } from './database.js';

/** A numbered, forward-only SQL file, such as `001-log.sql`. */
export interface Migration {
  readonly name: string;
  readonly url: URL;
}

// Any fixed number: it keeps two processes from migrating at once.
const migrationLock = 7_463_884_201;

/** Runs the files that have not run yet, in order, in one transaction. Each name runs once per scope. */
export async function migrate(database: Database, scope: string, files: readonly Migration[]): Promise<void> {
  await database.transaction(async (transaction) => {
    // Must come first, so that the second process sees what the first one did.
    await transaction.query('SELECT pg_advisory_xact_lock($1)', [migrationLock]);
    await transaction.query(
      'CREATE TABLE IF NOT EXISTS public.tinhgon_migrations (scope text, name text, ran_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (scope, name))',
    );
    const { rows } = await transaction.query<{ name: string }>('SELECT name FROM public.tinhgon_migrations WHERE scope = $1', [scope]);
    const done = new Set(rows.map(({ name }) => name));
    for (const { name, url } of files) {
      if (done.has(name)) continue;
      await transaction.query(await readFile(url, 'utf8'));
      await transaction.query('INSERT INTO public.tinhgon_migrations (scope, name) VALUES ($1, $2)', [scope, name]);
    }
  });
}
