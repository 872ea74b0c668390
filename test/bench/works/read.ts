import { openDatabase } from '#platform';
import { latencies, quantile, row, sized } from '../measure.js';
import type { Row } from '../measure.js';
import { viewLive, send, signInAll, startProduct } from '../product.js';
import { seedLives } from '../seed.js';
import type { Server } from '../server.js';

const procedures = sized(100_000, 500);

/** One procedure by id, of 100,000; over HTTP on one connection, so it includes more than the target asks. */
export async function readOne(server: Server): Promise<Row> {
  return reading(server, 'read-one', (ids, index) => `/api/v1/procedures/${ids[(index * 7919) % ids.length] ?? ''}`);
}

/** A page of 50, of 100,000: the newest, by stage, by field, by words of the title. */
export async function readPage(server: Server): Promise<Row> {
  const queries = ['', '&stage=reviewed', `&field=${encodeURIComponent('Tài chính')}`, '&q=giay%20phep'];
  return reading(server, 'read-page', (_, index) => `/api/v1/procedures?limit=50${queries[index % queries.length] ?? ''}`);
}

/** What somebody may do with each of 50 procedures: a page of the worklist, of 100,000, for themselves and for their unit. */
export async function allowedPage(server: Server): Promise<Row> {
  const scopes = ['mine', 'unit'];
  return reading(server, 'allowed-50', (_, index) => `/api/v1/worklist?limit=50&scope=${scopes[index % scopes.length] ?? ''}`);
}

/** How much work there is in each scope of the worklist, of 100,000 procedures. */
export async function worklistCounts(server: Server): Promise<Row> {
  return reading(server, 'worklist-counts', () => '/api/v1/worklist/counts', 50);
}

async function reading(server: Server, work: string, path: (ids: readonly string[], index: number) => string, calls = 2_000): Promise<Row> {
  const url = await server.database();
  const product = await startProduct({ DATABASE_URL: url, DEMO: '1' });
  try {
    const [officer] = await signInAll(product.url, 'officer');
    const [administrator] = await signInAll(product.url, 'administrator');
    const { ids, position } = await seedLives(url, { procedures, eventsEach: 2, owningUnit: officer.unit });
    await viewLive(product.url, administrator.token, { position });
    await analyse(url);

    const once = (index: number) => send(`${product.url}${path(ids, index)}`, officer.token);
    await latencies(sized(calls / 10, 2), once);
    const taken = await latencies(sized(calls, 20), once);
    return row(work, 'ms p99', quantile(taken, 0.99), {}, { p50Ms: quantile(taken, 0.5), procedures, measured: 'over HTTP' });
  } finally {
    await product.stop();
  }
}

/** What the server does by itself within a minute. */
export async function analyse(url: string): Promise<void> {
  const database = await openDatabase({ url, dataDir: '' });
  await database.pool.query('ANALYZE');
  await database.close();
}
