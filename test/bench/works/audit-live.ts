import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { latencies, quantile, row, sized } from '../measure.js';
import type { Row } from '../measure.js';
import { processors, send, signInAll, startProduct, viewLive } from '../product.js';
import { wholeLife } from '../samples.js';
import { seedLives } from '../seed.js';
import type { Server } from '../server.js';
import { registrations } from './http.js';

const perSecond = sized(500, 50);
const seconds = sized(30, 1);

interface Accepted {
  readonly position: string;
}

/** From the answer of a command until its event is under a signed tree, at 500 registrations a second. */
export async function sealed(server: Server): Promise<Row> {
  const url = await server.database();
  const product = await startProduct({ DATABASE_URL: url, DEMO: '1' });
  const watching = new pg.Client({ connectionString: url });
  await watching.connect();
  try {
    const officers = await signInAll(product.url, 'officer');
    const answered: { readonly position: bigint; readonly at: number }[] = [];
    const once = async (index: number): Promise<void> => {
      const { token, unit } = officers[index % officers.length] ?? officers[0];
      const body = { title: `Thủ tục số ${String(index)}`, kind: 'internal', group: 'C', field: 'Quân lực', owningUnit: unit };
      const { position } = await send<Accepted>(`${product.url}/api/v1/procedures`, token, body);
      answered.push({ position: BigInt(position), at: performance.now() });
    };
    const delays: number[] = [];
    let isOver = false;
    const watch = async (): Promise<void> => {
      for (let taken = 0; !isOver || taken < answered.length;) {
        const { rows } = await watching.query<{ position: string | null }>('SELECT position FROM audit.tree');
        const [now, upTo] = [performance.now(), BigInt(rows[0]?.position ?? 0)];
        const waiting = answered.slice(taken).sort((one, other) => Number(one.position - other.position));
        answered.splice(taken, waiting.length, ...waiting);
        for (; taken < answered.length && (answered[taken]?.position ?? 0n) <= upTo; taken++)
          delays.push(now - (answered[taken]?.at ?? now));
        await sleep(10);
      }
    };
    const watched = watch();
    const started = performance.now();
    const underWay: Promise<void>[] = [];
    for (let index = 0; index < perSecond * seconds;) {
      const due = Math.min(perSecond * seconds, ((performance.now() - started) / 1_000) * perSecond);
      while (index < due) underWay.push(once(index++));
      await sleep(4);
    }
    await Promise.all(underWay);
    const reached = answered.length / ((performance.now() - started) / 1_000);
    isOver = true;
    await watched;
    return row('sealed-500', 'ms p99', quantile(delays, 0.99), {}, { p50Ms: quantile(delays, 0.5), commandsPerSecond: reached });
  } finally {
    await watching.end();
    await product.stop();
  }
}

/** Registrations on 64 connections while the log is sealed; beside it the same while the sealer is paused, in turns. */
export async function commandsSealed(server: Server): Promise<Row> {
  const product = await startProduct({ DATABASE_URL: await server.database(), DEMO: '1' });
  try {
    const [{ token }] = await signInAll(product.url, 'administrator');
    const rates = { on: [] as number[], off: [] as number[] };
    for (let round = 0; round < sized(3, 1); round++)
      for (const state of ['on', 'off'] as const) {
        const order = state === 'on' ? 'resume' : 'pause';
        await send(`${product.url}/api/v1/processors/sealer/${order}`, token, {});
        // What was left unsealed is sealed before the next turn.
        const head = (await processors(product.url, token)).reduce(
          (most, { position }) => (BigInt(position ?? 0) > most ? BigInt(position ?? 0) : most),
          0n,
        );
        if (state === 'on') await viewLive(product.url, token, { position: head });
        const result = await registrations(product, 64);
        rates[state].push(result['2xx'] / result.duration);
      }
    return row('commands-sealed', 'commands/s', quantile(rates.on, 0.5), { unsealed: quantile(rates.off, 0.5) });
  } finally {
    await product.stop();
  }
}

/** Why an event of a whole life was allowed, over HTTP on one connection. */
export async function why(server: Server): Promise<Row> {
  const url = await server.database();
  const product = await startProduct({ DATABASE_URL: url, DEMO: '1' });
  try {
    const [{ token, unit }] = await signInAll(product.url, 'officer');
    const [administrator] = await signInAll(product.url, 'administrator');
    const { ids, position } = await seedLives(url, {
      procedures: sized(1_000, 10),
      eventsEach: 20,
      owningUnit: unit,
      of: (at) => wholeLife(at, unit),
    });
    await viewLive(product.url, administrator.token, { position });
    const ask = (call: number): Promise<unknown> =>
      send(`${product.url}/api/v1/procedures/${ids[call % ids.length] ?? ''}/revisions/${String(call % 15)}/why`, token);
    await latencies(sized(50, 1), ask);
    const taken = await latencies(sized(500, 5), (call) => ask(call + 50));
    return row('why', 'ms p99', quantile(taken, 0.99), {}, { 'ms p50': quantile(taken, 0.5) });
  } finally {
    await product.stop();
  }
}
