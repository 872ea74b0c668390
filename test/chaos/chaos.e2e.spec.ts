import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Caller, signInAs } from '../support/client.js';
import { inLongForm } from '../support/long-form.js';
import { expectDense, expectOnce, wholeLog } from '../support/log-laws.js';
import { Cluster } from './cluster.js';
import type { LogPlace } from './cluster.js';
import { Load } from './load.js';

/** A view is up to date, live and rebuilt by then, whatever happened. */
const settleMs = 60_000;

interface Processor {
  readonly name: string;
  readonly kind: 'view' | 'reaction';
  readonly owner: string | null;
  readonly state: string;
  readonly version: number;
  readonly lastRebuild?: { readonly digest: { readonly before: string | null; readonly after: string } };
}

interface Fault {
  readonly name: string;
  /** Where the log must be for it. (Default: anywhere) */
  readonly only?: LogPlace;
  /** Also in the short form. */
  readonly always?: boolean;
  hurt(cluster: Cluster): Promise<void>;
}

const again = async (times: number, everyMs: number, act: () => void): Promise<void> => {
  for (let time = 0; time < times; time++) {
    act();
    await delay(everyMs);
  }
};

const faults: readonly Fault[] = [
  {
    name: 'an API process is killed',
    always: true,
    hurt: async (cluster) => {
      for (const index of [0, 1]) {
        await cluster.api(index).kill();
        await cluster.startApi(index);
      }
    },
  },
  {
    name: 'a worker is killed',
    always: true,
    hurt: async (cluster) => {
      for (const index of [0, 1]) {
        await cluster.worker(index).kill();
        await delay(1_000);
        await cluster.startWorker(index);
      }
    },
  },
  {
    name: 'the connection to the log is cut before the commit',
    only: 'EventStoreDB',
    hurt: ({ peer }) => again(30, 150, () => peer?.failAppends('cut-before-commit')),
  },
  {
    name: 'the connection to the log is cut after the commit',
    only: 'EventStoreDB',
    always: true,
    hurt: ({ peer }) => again(30, 150, () => peer?.failAppends('cut-after-commit')),
  },
  {
    name: 'every connection to the log is cut at any moment',
    hurt: ({ peer, line }) => again(20, 300, () => (peer?.connections ?? line).cut()),
  },
  {
    name: 'PostgreSQL is stopped and started',
    always: true,
    hurt: async ({ postgres }) => {
      await postgres.down();
      await delay(2_000);
      await postgres.up();
    },
  },
  {
    name: 'the clocks of the workers jump',
    hurt: async (cluster) => {
      for (const clockJumps of [true, false]) {
        for (const index of [0, 1]) {
          await cluster.worker(index).stop();
          await cluster.startWorker(index, { clockJumps });
        }
        if (clockJumps) await delay(8_000);
      }
    },
  },
  {
    name: 'a worker stands still until its leases are gone, and comes back',
    hurt: async (cluster) => {
      const { pid } = cluster.worker(0);
      process.kill(pid, 'SIGSTOP');
      await delay(9_000);
      process.kill(pid, 'SIGCONT');
    },
  },
  {
    name: 'both workers are killed and start at once',
    hurt: async (cluster) => {
      await Promise.all(cluster.workers.map((worker) => worker.kill()));
      await Promise.all([cluster.startWorker(0), cluster.startWorker(1)]);
    },
  },
];

async function until<Result>(what: string, look: () => Promise<Result | undefined>): Promise<Result> {
  for (const deadline = Date.now() + settleMs; ;) {
    const found = await look().catch(() => undefined);
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`It did not come to pass: ${what}.`);
    await delay(100);
  }
}

describe.each<LogPlace>(inLongForm ? ['PostgreSQL', 'EventStoreDB'] : ['EventStoreDB'])(
  'Two API processes and two workers, log in %s',
  (place) => {
    let cluster: Cluster;
    let load: Load;
    let administrator: Caller;
    let levels: ReadonlyMap<number, number>;

    /** Through whichever API process runs now. */
    const now = (): Caller => new Caller(cluster.api(0).url, administrator.token);
    const processors = async (): Promise<readonly Processor[]> => (await now().get<Processor[]>('/api/v1/processors')).body;

    beforeAll(async () => {
      cluster = await Cluster.start(place);
      administrator = await signInAs(cluster.api(0).url, 'administrator', 'service');
      load = await Load.signIn(cluster);
      load.begin();
      await delay(4_000);
      await load.end();
      levels = await cluster.residentMegabytes();
    });
    afterAll(() => cluster.stop());

    /** Rebuilds every view, all at once, and compares what each held with what it holds. */
    async function expectRebuildsEqual(): Promise<void> {
      const views = await until('all views are live', async () => {
        const all = (await processors()).filter(({ kind }) => kind === 'view');
        return all.length > 0 && all.every(({ state, owner }) => state === 'live' && owner !== null) ? all : undefined;
      });
      for (const { name } of views) {
        const { status } = await now().post(`/api/v1/processors/${name}/rebuild`, {});
        expect([name, status]).toEqual([name, 202]);
      }
      for (const { name, version } of views) {
        const digest = await until(`${name} is rebuilt`, async () => {
          const rebuilt = (await processors()).find((one) => one.name === name && one.version > version && one.state === 'live');
          const found = rebuilt?.lastRebuild?.digest;
          return typeof found?.before === 'string' ? found : undefined;
        });
        expect([name, digest.after]).toEqual([name, digest.before]);
      }
    }

    /** What lived through it all holds about what it held before. */
    async function expectMemoryBack(): Promise<number> {
      const growths: number[] = [];
      for (const [pid, megabytes] of await cluster.residentMegabytes()) {
        const level = levels.get(pid);
        if (level === undefined) continue;
        growths.push(megabytes - level);
        expect(megabytes).toBeLessThan(level * 1.5 + 100);
      }
      return Math.max(0, ...growths);
    }

    it.each(faults.filter(({ only, always }) => (only === undefined || only === place) && (inLongForm || always === true)))(
      'keeps every acknowledged command once, and true views, when $name',
      async ({ name, ...fault }) => {
        const before = load.acknowledged.length;
        load.failures = load.slowestMs = 0;
        load.begin();
        await delay(500);
        await fault.hurt(cluster);
        await delay(1_000);
        // However slow the machine is, work goes on after the fault.
        await until('enough was acknowledged', () => Promise.resolve(load.acknowledged.length - before > 50 ? true : undefined));
        await load.end();

        const commands = load.acknowledged.length - before;
        await cluster.withLog(async (store) => {
          const events = await wholeLog(store);
          expectDense(store, events);
          expectOnce(events, load.acknowledged);
        });
        await until('the views hold what was acknowledged', async () => {
          const { status, body } = await now().get<{ total: number }>(`/api/v1/reports/funnel?minPosition=${load.position}`);
          const registered = new Set(load.acknowledged.map(({ id }) => id)).size;
          return status === 200 && body.total === registered ? true : undefined;
        });
        await expectRebuildsEqual();
        expect(await cluster.deadlocks()).toBe(0);
        const growth = await expectMemoryBack();
        if (inLongForm)
          process.stdout.write(
            `| ${place} | ${name} | ${commands} | ${load.failures} | ${(load.slowestMs / 1000).toFixed(1)} s | +${growth.toFixed(0)} MB |\n`,
          );
      },
    );
  },
);
