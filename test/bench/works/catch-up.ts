import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { row } from '../measure.js';
import type { Row } from '../measure.js';
import { registerLive, send, signInAll, startProduct } from '../product.js';
import { seedLives } from '../seed.js';
import type { Server } from '../server.js';

const procedures = 50_000;
const eventsEach = 4;

/** The register view of the running product rebuilt from 200,000 events, beside a COPY of the rows it ends with. */
export async function catchUp(server: Server): Promise<Row> {
  const url = await server.database();
  const product = await startProduct({ DATABASE_URL: url, DEMO: '1' });
  try {
    const [officer] = await signInAll(product.url, 'officer');
    const [administrator] = await signInAll(product.url, 'administrator');
    const { position } = await seedLives(url, { procedures, eventsEach, owningUnit: officer.unit });
    const before = await registerLive(product.url, administrator.token, { position });

    const started = performance.now();
    await send(`${product.url}/api/v1/processors/register/rebuild`, administrator.token, {});
    await registerLive(product.url, administrator.token, { version: before.version + 1, position });
    const seconds = (performance.now() - started) / 1000;

    const copy = await copyRate(url);
    // Rows a second for COPY; each row stands for its procedure's events.
    return row(
      'catch-up',
      'events/s',
      Number(position) / seconds,
      { copy: copy.rowsPerSecond * eventsEach },
      { seconds, table: copy.table, rows: copy.rows },
    );
  } finally {
    await product.stop();
  }
}

/** Copies the view's largest table into an empty one with the same columns and indexes. */
async function copyRate(url: string): Promise<{ readonly table: string; readonly rows: number; readonly rowsPerSecond: number }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname LIKE 'views%'
       ORDER BY pg_total_relation_size(format('%I.%I', schemaname, tablename)::regclass) DESC LIMIT 1`,
    );
    const table = found.rows[0]?.name;
    if (table === undefined) throw new Error('The installation has no view tables.');
    await client.query(`CREATE TABLE bench_copy (LIKE ${table} INCLUDING ALL)`);
    const generated = await client.query<{ columns: string }>(
      `SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS columns FROM pg_attribute
       WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
      [table],
    );
    const columns = generated.rows[0]?.columns ?? '';
    const chunks: Buffer[] = [];
    for await (const chunk of client.query(copyTo(`COPY ${table} (${columns}) TO STDOUT`))) chunks.push(chunk as Buffer);

    const started = performance.now();
    const into = client.query(copyFrom(`COPY bench_copy (${columns}) FROM STDIN`));
    await pipeline(Readable.from(chunks), into);
    return { table, rows: into.rowCount, rowsPerSecond: into.rowCount / ((performance.now() - started) / 1000) };
  } finally {
    await client.end();
  }
}
