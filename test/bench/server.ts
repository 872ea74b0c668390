import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { startPostgres } from '../support/postgres-server.js';

/** The one PostgreSQL server that all contestants write to, each into a database of its own. */
export interface Server {
  readonly url: string;
  readonly version: string;
  /** Makes an empty database and answers its URL. */
  database(): Promise<string>;
}

/** Every commit is flushed: nobody gets to weaken that. */
export async function startServer(): Promise<Server & { stop(): Promise<void> }> {
  const postgres = await startPostgres();
  return { ...(await serverAt(postgres.url)), stop: () => postgres.stop() };
}

/** The server that another process of the benchmark started. */
export async function serverAt(url: string): Promise<Server> {
  const { rows } = await asked<{ version: string; fsync: string; commit: string }>(
    url,
    "SELECT current_setting('server_version') AS version, current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit",
  );
  const settings = rows[0];
  if (settings?.fsync !== 'on' || settings.commit !== 'on') throw new Error('The benchmark wants fsync and synchronous_commit on.');
  return {
    url,
    version: settings.version,
    database: async () => {
      const name = `bench_${randomUUID().replaceAll('-', '')}`;
      await asked(url, `CREATE DATABASE ${name}`);
      const made = new URL(url);
      made.pathname = name;
      return made.href;
    },
  };
}

async function asked<Row extends pg.QueryResultRow>(url: string, statement: string): Promise<pg.QueryResult<Row>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query<Row>(statement);
  } finally {
    await client.end();
  }
}
