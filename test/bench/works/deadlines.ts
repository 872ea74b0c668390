import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { ANY, NO_STREAM, openEventStore } from '#event-store';
import { openDatabase } from '#platform';
import type { Database } from '#platform';
import { dueDeadlines, listDeadlines } from '#deadlines';
import { lifecycleDefinitions } from '#workflow';
import type { DeadlineRule } from '#workflow';
import { inParallel, latencies, quantile, row, sized } from '../measure.js';
import type { Row } from '../measure.js';
import { viewLive, send, signInAll, startProduct } from '../product.js';
import { life, sampleMetadata } from '../samples.js';
import type { Server } from '../server.js';

const open = sized(100_000, 500);
const atOnce = sized(10_000, 100);
const calls = sized(2_000, 20);

/** The next due of 100,000 open deadlines, by the statement that the processor asks each second; beside it the first pages of the list and of a worklist. */
export async function deadlineNext(server: Server): Promise<Row> {
  const url = await server.database();
  const product = await startProduct({ DATABASE_URL: url, DEMO: '1' });
  const database = await openDatabase({ url, dataDir: '' });
  try {
    const [officer] = await signInAll(product.url, 'officer');
    const [administrator] = await signInAll(product.url, 'administrator');
    // Each is due on one of 1,000 days to come.
    const rule = { action: 'review', days: 3_000, counting: 'calendar', warnBefore: 10 } as const;
    const position = await seedDeadlines(url, { rule, procedures: open, owningUnit: officer.unit, daysAgo: (index) => index % 1_000 });
    await viewLive(product.url, administrator.token, { position });
    const next = (): Promise<unknown> => dueDeadlines(database, new Date('2099-01-01'), 1);
    const page = (): Promise<unknown> => listDeadlines(database, { sight: { units: null, clearance: 'topSecret' }, limit: 50 });
    await latencies(sized(200, 2), next);
    const taken = await latencies(calls, next);
    await latencies(sized(50, 2), page);
    const paged = await latencies(sized(500, 5), page);
    const work = (): Promise<unknown> => send(`${product.url}/api/v1/worklist?scope=mine&sort=due&limit=50`, officer.token);
    await latencies(sized(20, 2), work);
    const worked = await latencies(sized(200, 5), work);
    const thisWeek = (): Promise<unknown> => send(`${product.url}/api/v1/worklist?scope=dueThisWeek&sort=due&limit=50`, officer.token);
    await latencies(sized(20, 2), thisWeek);
    const timed = await latencies(sized(100, 5), thisWeek);
    return row(
      'deadline-next',
      'ms p99',
      quantile(taken, 0.99),
      {},
      {
        p50Ms: quantile(taken, 0.5),
        pageOf50P99Ms: quantile(paged, 0.99),
        worklistP50Ms: quantile(worked, 0.5),
        worklistP99Ms: quantile(worked, 0.99),
        dueThisWeekP99Ms: quantile(timed, 0.99),
        open,
        measured: 'statement; worklist over HTTP',
      },
    );
  } finally {
    await database.close();
    await product.stop();
  }
}

/** 10,000 deadlines are due at the moment at which the processor is let go, while registrations go on: the time until all are events and in the view. */
export async function deadlinesFire(server: Server): Promise<Row> {
  const url = await server.database();
  const product = await startProduct({ DATABASE_URL: url, DEMO: '1' });
  const database = await openDatabase({ url, dataDir: '' });
  try {
    const [officer] = await signInAll(product.url, 'officer');
    const [administrator] = await signInAll(product.url, 'administrator');
    const ask = (what: 'pause' | 'resume'): Promise<unknown> =>
      send(`${product.url}/api/v1/processors/deadline-firing/${what}`, administrator.token, {});
    await ask('pause');
    const rule = { action: 'review', days: 5, counting: 'working' } as const;
    const position = await seedDeadlines(url, { rule, procedures: atOnce, owningUnit: officer.unit, daysAgo: () => 60 });
    await viewLive(product.url, administrator.token, { position });

    const [before, during]: [number[], number[]] = [[], []];
    let taken = before;
    let ended = false;
    const load = (async () => {
      while (!ended) {
        const at = performance.now();
        await send(`${product.url}/api/v1/procedures`, officer.token, registration(officer.unit));
        taken.push(performance.now() - at);
        await sleep(5);
      }
    })();
    await sleep(sized(3_000, 200));
    const started = performance.now();
    taken = during;
    await ask('resume');
    while ((await missed(database)) < atOnce) {
      if (performance.now() - started > 50_000) throw new Error(`Only ${String(await missed(database))} deadlines fired within 50 s.`);
      await sleep(50);
    }
    const seconds = (performance.now() - started) / 1000;
    ended = true;
    await load;
    return row(
      'deadlines-fire',
      's',
      seconds,
      {},
      {
        perSecond: atOnce / seconds,
        commandsPerSecond: during.length / seconds,
        commandP99Ms: quantile(during, 0.99),
        commandP99MsBefore: quantile(before, 0.99),
      },
    );
  } finally {
    await database.close();
    await product.stop();
  }
}

const registration = (owningUnit: string): object => ({ title: 'Thủ tục', kind: 'internal', group: 'C', field: 'Quân lực', owningUnit });

async function missed(database: Database): Promise<number> {
  const { rows } = await database.pool.query<{ count: string }>(`SELECT count(*) FROM views.deadlines WHERE state = 'missed'`);
  return Number(rows[0]?.count);
}

/** Publishes a lifecycle with that deadline and registers procedures under it; answers the last position. */
async function seedDeadlines(
  url: string,
  options: {
    readonly rule: DeadlineRule;
    readonly procedures: number;
    readonly owningUnit: string;
    readonly daysAgo: (index: number) => number;
  },
): Promise<bigint> {
  const { rule, procedures, owningUnit, daysAgo } = options;
  const database = await openDatabase({ url, dataDir: '' });
  const store = await openEventStore(database, {});
  try {
    const internal = lifecycleDefinitions.find(({ id }) => id === 'internal');
    const definition = { ...internal, version: 3, calendar: 'vn', deadlines: [rule] };
    const metadata = sampleMetadata();
    const published = { id: randomUUID(), type: 'LifecyclePublished', schemaVersion: 1, data: { definition }, metadata };
    await store.append('lifecycle-internal', [published], { expected: ANY });
    await inParallel(procedures, 512, (index) => {
      const [registered] = life(index, owningUnit);
      if (!registered) return Promise.resolve();
      const occurredOn = new Date(Date.now() - daysAgo(index) * 86_400_000).toISOString().slice(0, 10);
      const data = { ...registered.data, definition: { id: 'internal', version: 3 }, occurredOn };
      return store.append(`procedure-${registered.id}`, [{ ...registered, data }], { expected: NO_STREAM });
    });
    return (await store.head()) ?? 0n;
  } finally {
    await store.close();
    await database.close();
  }
}
