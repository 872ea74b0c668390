import pg from 'pg';
import { startPostgres } from '../support/postgres-server.js';

/** The one PostgreSQL server that all contestants write to, each into a database of its own. */
export interface Server {
  /** Makes an empty database and answers its URL. */
  database(): Promise<string>;
  readonly version: string;
  stop(): Promise<void>;
}

/** Every commit is flushed: nobody gets to weaken that. */
export async function startServer(): Promise<Server> {
  const postgres = await startPostgres();
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  const { rows } = await client.query<{ version: string; fsync: string; commit: string }>(
    "SELECT current_setting('server_version') AS version, current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit",
  );
  const settings = rows[0];
  if (settings?.fsync !== 'on' || settings.commit !== 'on') throw new Error('The benchmark wants fsync and synchronous_commit on.');

  let made = 0;
  return {
    version: settings.version,
    database: async () => {
      const name = `bench_${String(++made)}`;
      await client.query(`CREATE DATABASE ${name}`);
      const url = new URL(postgres.url);
      url.pathname = name;
      return url.href;
    },
    stop: async () => {
      await client.end();
      await postgres.stop();
    },
  };
}
