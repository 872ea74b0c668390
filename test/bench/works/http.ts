import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';
import { row, sized } from '../measure.js';
import type { Row } from '../measure.js';
import { residentMegabytes, signInAll, startProduct } from '../product.js';
import type { Server } from '../server.js';

/** Registrations over HTTP on 64 connections against the product on the same PostgreSQL server. */
export async function http(server: Server): Promise<Row> {
  const product = await startProduct({ DATABASE_URL: await server.database(), DEMO: '1' });
  let peak = 0;
  const watch = setInterval(() => void residentMegabytes(product.pid).then((now) => (peak = Math.max(peak, now))), 500);
  try {
    const officers = await signInAll(product.url, 'officer');
    let sent = 0;
    const run = (duration: number) =>
      autocannon({
        url: product.url,
        connections: 64,
        duration,
        requests: [
          {
            method: 'POST',
            path: '/api/v1/procedures',
            setupRequest: (request) => {
              const { token, unit } = officers[sent++ % officers.length] ?? officers[0];
              const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() };
              const body = { title: 'Thủ tục cấp giấy phép', kind: 'internal', group: 'C', field: 'Quân lực', owningUnit: unit };
              return { ...request, headers, body: JSON.stringify(body) };
            },
          },
        ],
      });
    await run(sized(4, 1));
    const result = await run(sized(12, 1));
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
