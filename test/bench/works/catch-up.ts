import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { row, sized } from '../measure.js';
import type { Row } from '../measure.js';
import { processors, send, signInAll, startProduct, viewLive } from '../product.js';
import { seedLives } from '../seed.js';
import type { Server } from '../server.js';

const procedures = sized(50_000, 500);
const eventsEach = 4;

/**
 * The register view of the running product rebuilt from 200,000 events, beside a COPY of the rows it ends with, each counted as its procedure's
 * events; then each other view in turn, to say what it costs.
 */
export async function catchUp(server: Server): Promise<Row> {
  const url = await server.database();
  const product = await startProduct({ DATABASE_URL: url, DEMO: '1' });
  try {
    const [officer] = await signInAll(product.url, 'officer');
    const [administrator] = await signInAll(product.url, 'administrator');
    const { position } = await seedLives(url, { procedures, eventsEach, owningUnit: officer.unit });
    const secondsOf = async (name: string): Promise<number> => {
      const before = await viewLive(product.url, administrator.token, { name, position });
      const started = performance.now();
      await send(`${product.url}/api/v1/processors/${name}/rebuild`, administrator.token, {});
      await viewLive(product.url, administrator.token, { name, version: before.version + 1, position });
      return (performance.now() - started) / 1000;
    };
    const seconds = await secondsOf('register');
    const copySeconds = await copyTime(url);
    const events = procedures * eventsEach;
    const costs: Record<string, number> = {};
    for (const { name, kind } of await processors(product.url, administrator.token))
      if (kind === 'view') costs[`${name} µs/event`] = ((name === 'register' ? seconds : await secondsOf(name)) / events) * 1e6;
    return row(
      'catch-up',
      'events/s',
      events / seconds,
      { copy: events / copySeconds },
      { seconds, copySeconds, rows: procedures, ...costs },
    );
  } finally {
    await product.stop();
  }
}

/** Seconds to COPY the rows of the view into an empty table with the same columns and indexes. */
async function copyTime(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'views' AND tablename ~ '^register_v'`,
    );
    const [table, ...others] = rows;
    if (!table || others.length > 0) throw new Error(`The register should stand in one table, not in ${String(rows.length)}.`);
    await client.query(`CREATE TABLE bench_copy (LIKE ${table.name} INCLUDING ALL)`);
    const chunks: Buffer[] = [];
    for await (const chunk of client.query(copyTo(`COPY ${table.name} TO STDOUT`))) chunks.push(chunk as Buffer);
    const started = performance.now();
    await pipeline(Readable.from(chunks), client.query(copyFrom('COPY bench_copy FROM STDIN')));
    return (performance.now() - started) / 1000;
  } finally {
    await client.end();
  }
}
