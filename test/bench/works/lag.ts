import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { quantile, row, sized } from '../measure.js';
import type { Row } from '../measure.js';
import { send, signInAll, startProduct } from '../product.js';
import type { Server } from '../server.js';

const seconds = sized(30, 1);
/** One command in so many is looked for in the view. */
const sampledEvery = 10;

/**
 * So many registrations a second over HTTP. For one in ten, the time from the command's answer until a read of the register
 * that demands its position is answered: the lag as a client sees it, the read included.
 */
export async function lag(server: Server, rate: number): Promise<Row> {
  const perSecond = sized(rate, 50);
  const product = await startProduct({ DATABASE_URL: await server.database(), DEMO: '1' });
  try {
    const officers = await signInAll(product.url, 'officer');
    const seen: number[] = [];
    let done = 0;
    const once = async (index: number): Promise<void> => {
      const { token, unit } = officers[index % officers.length] ?? officers[0];
      const body = { title: `Thủ tục số ${String(index)}`, kind: 'internal', group: 'C', field: 'Quân lực', owningUnit: unit };
      const { position } = await send<{ readonly position: string }>(`${product.url}/api/v1/procedures`, token, body);
      done++;
      if (index % sampledEvery !== 0) return;
      const appended = performance.now();
      await send(`${product.url}/api/v1/procedures?limit=1&minPosition=${position}`, token);
      seen.push(performance.now() - appended);
    };

    const started = performance.now();
    const underWay: Promise<void>[] = [];
    for (let index = 0; index < perSecond * seconds;) {
      const due = Math.min(perSecond * seconds, ((performance.now() - started) / 1000) * perSecond);
      while (index < due) underWay.push(once(index++));
      await sleep(4);
    }
    await Promise.all(underWay);
    const reached = done / ((performance.now() - started) / 1000);
    return row(
      `lag-${String(rate)}`,
      'ms p99',
      quantile(seen, 0.99),
      {},
      { p50Ms: quantile(seen, 0.5), commandsPerSecond: reached, sampled: seen.length },
    );
  } finally {
    await product.stop();
  }
}
