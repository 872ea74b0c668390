import { randomUUID } from 'node:crypto';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import type { Request, Result } from 'autocannon';
import { latencies, quantile, row, sized, withFolder } from '../measure.js';
import type { Row } from '../measure.js';
import { residentMegabytes, send, signInAll, startProduct } from '../product.js';
import type { Product, SignedIn } from '../product.js';
import type { Server } from '../server.js';

/** Registrations over HTTP on 64 connections against the product on the same PostgreSQL server. */
export async function http(server: Server): Promise<Row> {
  const product = await startProduct({ DATABASE_URL: await server.database(), DEMO: '1' });
  let peak = 0;
  const watch = setInterval(() => void residentMegabytes(product.pid).then((now) => (peak = Math.max(peak, now))), 500);
  try {
    const result = await registrations(product, 64);
    return row(
      'http-64',
      'commands/s',
      result['2xx'] / result.duration,
      {},
      {
        p50Ms: result.latency.p50,
        p99Ms: result.latency.p99,
        peakMemoryMB: Math.round(peak),
        notAccepted: result.non2xx + result.errors,
      },
    );
  } finally {
    clearInterval(watch);
    await product.stop();
  }
}

/**
 * Registrations on 16 connections against the product with its embedded database, and what a read takes meanwhile. Beside it: a bare
 * Fastify route that inserts one such event into the same kind of database, one commit each.
 */
export async function httpEmbedded(): Promise<Row> {
  const { result, reads } = await withFolder(async (dataDir) => {
    const product = await startProduct({ DATA_DIR: dataDir, DEMO: '1' });
    try {
      const [officer] = await signInAll(product.url, 'officer');
      let ended = false;
      const reads: number[] = [];
      const read = async (): Promise<void> => {
        while (!ended) reads.push(...(await latencies(1, () => send(`${product.url}/api/v1/procedures?limit=1`, officer.token))));
      };
      const reading = read();
      const result = await registrations(product, 16);
      ended = true;
      await reading;
      return { result, reads };
    } finally {
      await product.stop();
    }
  });
  const bare = await withFolder(async (dataDir) => {
    const child = fork(fileURLToPath(new URL('../bare-route.js', import.meta.url)), [dataDir], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    try {
      const [url] = (await once(child, 'message')) as [string];
      return await load(url, 16, (request) => ({ ...request, path: '/', headers: { 'content-type': 'application/json' }, body: '{}' }));
    } finally {
      child.kill();
    }
  });
  return row(
    'http-embedded-16',
    'commands/s',
    result['2xx'] / result.duration,
    { bareRoute: bare['2xx'] / bare.duration },
    { p50Ms: result.latency.p50, p99Ms: result.latency.p99, readP99Ms: quantile(reads, 0.99), notAccepted: result.non2xx + result.errors },
  );
}

/** Registrations on so many connections, after a warm-up. */
export async function registrations(product: Product, connections: number): Promise<Result> {
  const officers = await signInAll(product.url, 'officer');
  let sent = 0;
  return load(product.url, connections, (request) => {
    const { token, unit }: SignedIn = officers[sent++ % officers.length] ?? officers[0];
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() };
    const body = { title: 'Thủ tục cấp giấy phép', kind: 'internal', group: 'C', field: 'Quân lực', owningUnit: unit };
    return { ...request, path: '/api/v1/procedures', headers, body: JSON.stringify(body) };
  });
}

/** Warms up first. */
async function load(url: string, connections: number, setupRequest: (request: Request) => Request): Promise<Result> {
  const run = (duration: number): Promise<Result> =>
    autocannon({ url, connections, duration, requests: [{ method: 'POST', setupRequest }] });
  await run(sized(4, 1));
  return run(sized(12, 1));
}
