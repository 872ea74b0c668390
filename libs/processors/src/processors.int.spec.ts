import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ANY, PostgresEventStore } from '#event-store';
import { anEvent, someMetadata } from '#event-store/testing';
import type { EventStore } from '#event-store';
import { DatabaseUnavailable, openDatabase } from '#platform';
import type { Database } from '#platform';
import { startPostgres } from '../../../test/support/postgres-server.js';
import type { PostgresServer } from '../../../test/support/postgres-server.js';
import { readCheckpoint, register } from './checkpoint.js';
import { deadLetters } from './dead-letters.js';
import { Follower } from './follower.js';
import type { FollowerOptions } from './follower.js';
import { Leases } from './leases.js';
import type { LeaseRow } from './leases.js';
import { Processors } from './processors.js';
import { column } from './projection/columns.js';
import { projection } from './projection/projection.js';
import { table } from './projection/table.js';
import { rebuild } from './rebuild.js';
import { SharedSubscription } from './shared-subscription.js';
import { SharedTransactions } from './shared-transactions.js';
import type { Notice } from './notices.js';
import type { View } from './view.js';
import { openLog } from '../../../test/support/log-installation.js';
import type { LogInstallation } from '../../../test/support/log-installation.js';

/** What the view below is told to do wrong. */
interface Faults {
  poison?: string;
  throwAfterWriting?: number;
  delayMs?: number;
  /** Until it settles, nothing is applied. */
  held?: Promise<void>;
}

/** Adds up the amounts of each stream, so an event that is applied twice or left out shows. */
function sums(faults: Faults = {}, codeVersion = '1'): View {
  return {
    name: 'sums',
    codeVersion,
    prefixes: ['account-'],
    readsMetadata: false,
    tables: ['sums'],
    create: async (transaction, table) => {
      await transaction.query(`CREATE TABLE ${table('sums')} (stream text PRIMARY KEY, events integer NOT NULL, total integer NOT NULL)`);
    },
    index: async (transaction, table) => {
      await transaction.query(`CREATE INDEX ON ${table('sums')} (total)`);
    },
    writer: (table) => ({
      apply: async (transaction, events) => {
        await sleep(faults.delayMs ?? 0);
        await faults.held;
        for (const { stream, revision, data } of events) {
          const { amount } = data as { amount: number | string };
          if (amount === faults.poison) throw new Error(`The amount ${amount} cannot be added.`);
          await transaction.query(
            `INSERT INTO ${table('sums')} AS s VALUES ($1, 1, $2)
             ON CONFLICT (stream) DO UPDATE SET events = s.events + 1, total = s.total + excluded.total WHERE s.events <= $3`,
            [stream, Number(amount), revision],
          );
        }
        if ((faults.throwAfterWriting ?? 0) > 0) {
          faults.throwAfterWriting = (faults.throwAfterWriting ?? 0) - 1;
          throw new Error('The process crashed between the rows and the commit.');
        }
      },
      forget: () => undefined,
    }),
  };
}

describe.each(['embedded', 'on a server'])('Processors, %s', (where) => {
  let installation: LogInstallation;
  let running: Processors[] = [];
  let errors: unknown[] = [];
  let notices: Notice[] = [];

  beforeAll(async () => {
    installation = await openLog(where);
  });
  afterEach(async () => {
    await Promise.all(running.map((processors) => processors.stop()));
    running = [];
    errors = [];
    notices = [];
    await installation.database.pool.query(
      'DROP SCHEMA IF EXISTS processors CASCADE; DROP SCHEMA IF EXISTS views CASCADE; ' +
        "DELETE FROM public.tinhgon_migrations WHERE scope = 'processors'",
    );
  });
  afterAll(() => installation.close());

  async function start(
    view: View | readonly View[],
    options: { readonly batchSize?: number; readonly patience?: number } = {},
  ): Promise<Processors> {
    const processors = new Processors({
      ...installation,
      views: [view].flat(),
      patience: 1,
      ...options,
      onError: (_name, error) => errors.push(error),
      onNotice: (notice) => notices.push(notice),
    });
    running.push(processors);
    await processors.start();
    await processors.caughtUpAtStart;
    return processors;
  }
  const add = async (stream: string, ...amounts: readonly (number | string)[]): Promise<bigint> => {
    const { position } = await installation.store.append(
      stream,
      amounts.map((amount) => anEvent({ amount })),
      { expected: ANY },
    );
    return position;
  };
  const sumOf = async (stream: string, from = 'views.sums'): Promise<{ events: number; total: number } | undefined> => {
    const { rows } = await installation.database.pool.query<{ events: number; total: number }>(
      `SELECT events, total FROM ${from} WHERE stream = $1`,
      [stream],
    );
    return rows[0];
  };
  const obeyed = async (processors: Processors, position: bigint | null): Promise<void> => {
    expect(await processors.waitFor(position ?? -1n, 20_000)).toBe(true);
  };
  const account = (): string => `account-${randomUUID()}`;

  it('holds at start what was in the log, and follows it from there', async () => {
    const stream = account();
    await add(stream, 1, 2);
    const processors = await start(sums());
    expect(await sumOf(stream)).toEqual({ events: 2, total: 3 });

    const position = await add(stream, 4);

    expect(await processors.waitFor(position, 20_000)).toBe(true);
    expect(await sumOf(stream)).toEqual({ events: 3, total: 7 });
    expect(await processors.status()).toMatchObject([
      { name: 'sums', kind: 'view', version: 1, state: 'live', position: String(position), lagEvents: 0, lagMs: 0 },
    ]);
    expect(processors.asOf('sums')).toMatchObject({ position: String(position), lagMs: 0 });
  });

  it('goes past what its filter leaves out, without storing that each time', async () => {
    const processors = await start(sums());
    const position = await add(`other-${randomUUID()}`, 1);
    expect(await processors.waitFor(position, 20_000)).toBe(true);
    expect(await processors.waitFor(position + 1n, 50)).toBe(false);
  });

  it('repeats and loses nothing when a batch fails after its rows were written', async () => {
    const stream = account();
    const faults: Faults = {};
    const processors = await start(sums(faults), { patience: 5 });
    faults.throwAfterWriting = 2;
    const position = await add(stream, 1, 2, 3);
    expect(await processors.waitFor(position, 20_000)).toBe(true);
    expect(errors).toHaveLength(2);
    expect(await sumOf(stream)).toEqual({ events: 3, total: 6 });
  });

  it('goes on from its checkpoint after a restart', async () => {
    const stream = account();
    const first = await start(sums());
    await first.waitFor(await add(stream, 1), 5_000);
    await first.stop();
    await add(stream, 2);
    await start(sums());
    expect(await sumOf(stream)).toEqual({ events: 2, total: 3 });
  });

  it('puts a failing event aside, blocks its stream alone, and applies it once it can be', async () => {
    const [bad, good] = [account(), account()];
    const faults: Faults = { poison: '13' };
    const processors = await start(sums(faults));
    await add(bad, 1, '13', 2);
    await add(bad, 3);
    expect(await processors.waitFor(await add(good, 5), 10_000)).toBe(true);

    expect(await sumOf(bad)).toEqual({ events: 1, total: 1 });
    expect(await sumOf(good)).toEqual({ events: 1, total: 5 });
    expect((await deadLetters(installation.database, 'sums')).map(({ revision, status, error }) => [revision, status, error])).toEqual([
      [1, 'dead', 'The amount 13 cannot be added.'],
      [2, 'parked', null],
      [3, 'parked', null],
    ]);

    await processors.waitFor(await add(bad, 4), 5_000);
    expect(await sumOf(bad)).toEqual({ events: 1, total: 1 });
    await obeyed(processors, await processors.retry('sums', bad, someMetadata()));
    expect(await deadLetters(installation.database)).toHaveLength(4);

    delete faults.poison;
    await obeyed(processors, await processors.retry('sums', bad, someMetadata()));
    expect(await deadLetters(installation.database)).toEqual([]);
    expect(await sumOf(bad)).toEqual({ events: 5, total: 23 });
    // Nothing is left to do, so nothing is stored, however often it is asked for.
    const instructions = (): Promise<number> => installation.store.read('processor-sums').then((told) => told.length);
    const before = await instructions();
    for (let round = 0; round < 3; round++) await processors.retry('sums', bad, someMetadata());
    expect(await instructions()).toBe(before);
    await processors.waitFor(await add(bad, 1), 5_000);
    expect(await sumOf(bad)).toEqual({ events: 6, total: 24 });
    // Once when it was put aside, once when it failed again.
    const { position = -1n } = (await installation.store.read(bad))[1] ?? {};
    const letter = { what: 'dead-letter', processor: 'sums', stream: bad, position: String(position) };
    expect(notices.filter(({ what }) => what === 'dead-letter')).toEqual([letter, letter]);
  });

  it('tells when it takes, loses and gives up a lease, and when a rebuild begins and ends', async () => {
    const processors = await start(sums());
    await processors.takeOver('sums');
    await until(() => Promise.resolve(notices.filter(({ what }) => what === 'lease-taken').length === 2));
    await processors.rebuild('sums');
    await processors.stop();

    expect(notices.map(({ what }) => what)).toEqual([
      ...['lease-taken', 'rebuild-began', 'rebuild-ended', 'lease-lost'],
      ...['lease-taken', 'rebuild-began', 'rebuild-ended', 'lease-given-up'],
    ]);
    expect(notices[1]).toEqual({ what: 'rebuild-began', processor: 'sums' });
    expect(notices[6]).toEqual({ what: 'rebuild-ended', processor: 'sums', outcome: 'done', version: 2, ms: expect.any(Number) });
  });

  it('tells from whom it took over', async () => {
    await (await start(sums())).stop();
    await installation.database.pool.query(
      `UPDATE processors.processors SET owner = 'elsewhere/1/0', lease_until = clock_timestamp() - interval '1 second'`,
    );
    await start(sums());
    expect(notices.findLast(({ what }) => what === 'lease-taken')).toMatchObject({ processor: 'sums', takenOverFrom: 'elsewhere/1/0' });
  });

  it('goes on without an event that is given up, and a rebuild leaves it out too', async () => {
    const stream = account();
    const processors = await start(sums({ poison: '66' }));
    const position = await add(stream, '66', 2);
    await processors.waitFor(position, 10_000);
    expect(await processors.discard('sums', stream, position, someMetadata())).toBe(null);
    await obeyed(processors, await processors.discard('sums', stream, position - 1n, someMetadata()));
    const [instruction] = await installation.store.read('processor-sums', { direction: 'backwards', limit: 1 });
    expect(instruction).toMatchObject({ type: 'DeadLetterDiscarded', data: { stream, position: String(position - 1n) } });
    expect(await sumOf(stream)).toEqual({ events: 1, total: 2 });

    await processors.rebuild('sums');

    expect(await sumOf(stream)).toEqual({ events: 1, total: 2 });
    expect(await deadLetters(installation.database)).toMatchObject([{ status: 'discarded', revision: 0 }]);
  });

  it('rebuilds beside the serving version while events flow', async () => {
    const streams = Array.from({ length: 20 }, account);
    const processors = await start(sums(), { batchSize: 50 });
    for (const stream of streams) await add(stream, ...Array.from({ length: 20 }, () => 1));
    const before = await sumOf(streams[0] ?? '');
    let flowing = true;
    let last = 0n;
    const flow = (async () => {
      while (flowing) for (const stream of streams.slice(0, 5)) last = await add(stream, 1);
    })();

    const rebuilding = processors.rebuild('sums');
    expect((await processors.status())[0]).toMatchObject({ state: 'rebuilding', version: 1 });
    await rebuilding;
    flowing = false;
    await flow;

    // The view may not have come to it yet.
    expect(before?.events ?? 0).toBeLessThanOrEqual(20);
    expect(await processors.waitFor(last, 10_000)).toBe(true);
    const [status] = await processors.status();
    expect(status).toMatchObject({
      version: 2,
      state: 'live',
      lastRebuild: { digest: { after: expect.stringMatching(/^[0-9a-f]{64}$/) } },
    });
    expect(status?.lastRebuild?.digest.before).toBe(status?.lastRebuild?.digest.after);
    for (const stream of streams) {
      const { length } = await installation.store.read(stream);
      expect(await sumOf(stream)).toEqual({ events: length, total: length });
    }
    const { rows } = await installation.database.pool.query("SELECT tablename FROM pg_tables WHERE schemaname = 'views'");
    expect(rows).toEqual([{ tablename: 'sums_v2' }]);
  });

  it('keeps the old version when a rebuild fails, and drops what it left at the next one', async () => {
    const stream = account();
    const faults: Faults = {};
    const processors = await start(sums(faults));
    await processors.waitFor(await add(stream, 1, '7'), 5_000);
    faults.poison = '7';
    await expect(processors.rebuild('sums')).rejects.toThrow('The amount 7 cannot be added.');
    expect((await processors.status())[0]).toMatchObject({ version: 1, state: 'failed', error: 'The amount 7 cannot be added.' });
    await processors.waitFor(await add(stream, 2), 5_000);
    expect(await sumOf(stream)).toEqual({ events: 3, total: 10 });

    delete faults.poison;
    await processors.rebuild('sums');
    expect((await processors.status())[0]).toMatchObject({ version: 2 });
    expect(await sumOf(stream)).toEqual({ events: 3, total: 10 });
  });

  it('is rebuilt at start when its code has changed, before it is ready', async () => {
    const stream = account();
    const first = await start(sums());
    await first.waitFor(await add(stream, 1), 5_000);
    await first.stop();
    const second = await start(sums({}, '2'));
    expect((await second.status())[0]).toMatchObject({ version: 2 });
    expect(await sumOf(stream)).toEqual({ events: 1, total: 1 });
  });

  it('lets one of two processes follow, and the other sees how far it is', async () => {
    const streams = Array.from({ length: 10 }, account);
    const both = [await start(sums()), await start(sums())];
    let last = 0n;
    for (let round = 0; round < 5; round++) for (const stream of streams) last = await add(stream, 1);
    for (const processors of both) expect(await processors.waitFor(last, 10_000)).toBe(true);
    for (const stream of streams) expect(await sumOf(stream)).toEqual({ events: 5, total: 5 });
    const owners = (await Promise.all(both.map((processors) => processors.status()))).map(([status]) => status?.owner);
    expect(owners[0]).toBe(owners[1]);
    expect(errors).toEqual([]);
  });

  it('shares the views among the processes, and hands over at once when one ends', async () => {
    const views = [sums(), { ...sums(), name: 'more', tables: ['more_sums'] }].map((view) => ({
      ...view,
      writer: writesNothing,
      create: anyTable(view.tables),
      index: nothingToIndex,
    }));
    const one = await start(views);
    const other = await start(views);
    const owners = async (): Promise<(string | null)[]> => (await other.status()).map(({ owner }) => owner);
    await until(async () => new Set(await owners()).size === 2 && !(await owners()).includes(null));
    await one.stop();
    running = running.filter((processors) => processors !== one);
    await until(async () => new Set(await owners()).size === 1 && !(await owners()).includes(null));
  });

  it('stands still while paused, and goes on where it was', async () => {
    const stream = account();
    const processors = await start(sums());
    await processors.pause('sums');
    expect((await processors.status())[0]).toMatchObject({ state: 'paused', owner: null });
    const position = await add(stream, 1);
    expect(await processors.waitFor(position, 300)).toBe(false);
    await processors.resume('sums');
    expect(await processors.waitFor(position, 20_000)).toBe(true);
    expect(await sumOf(stream)).toEqual({ events: 1, total: 1 });
    expect(errors).toEqual([]);
  });

  it('gives a view to another process when its owner is sent away', async () => {
    const both = [await start(sums()), await start(sums())];
    const ownerNow = async (): Promise<string | null | undefined> => (await both[1]?.status())?.[0]?.owner;
    const before = await ownerNow();
    await both[0]?.takeOver('sums');
    await until(async () => ![before, null, undefined].includes(await ownerNow()));
    const stream = account();
    const position = await add(stream, 1, 2);
    for (const processors of both) expect(await processors.waitFor(position, 20_000)).toBe(true);
    expect(await sumOf(stream)).toEqual({ events: 2, total: 3 });
  });

  it('takes nothing from a former owner that has not noticed', async () => {
    const processors = await start(sums());
    const stream = account();
    await processors.waitFor(await add(stream, 1), 5_000);
    // As if another process had taken over while this one was held up.
    await installation.database.pool.query(
      "UPDATE processors.processors SET fencing_token = fencing_token + 1, owner = 'elsewhere/1/x', lease_until = now() + interval '8 seconds'",
    );
    const position = await add(stream, 2);
    // The embedded database has no other process, so there the view comes back at the next beat.
    if (!installation.database.embedded) {
      expect(await processors.waitFor(position, 500)).toBe(false);
      expect(await sumOf(stream)).toEqual({ events: 1, total: 1 });
    }
    // Nobody renews that lease, so the view comes back.
    expect(await processors.waitFor(position, 20_000)).toBe(true);
    expect(await sumOf(stream)).toEqual({ events: 2, total: 3 });
  });

  it('writes what several views make of the same events in one transaction', async () => {
    const others = ['second', 'third'].map((name) => ({ ...sums(), name, tables: [name], ...tableOf(name) }));
    const processors = await start([sums(), ...others]);
    const stream = account();
    await processors.waitFor(await add(stream, 1), 20_000);
    let transactions = 0;
    const { database } = installation;
    const transaction: typeof database.transaction = database.transaction.bind(database);
    const counted: typeof transaction = (...given) => {
      transactions++;
      return transaction(...given);
    };
    Object.assign(database, { transaction: counted });
    try {
      await processors.waitFor(await add(stream, 2), 20_000);
    } finally {
      Object.assign(database, { transaction });
    }
    expect(transactions).toBe(1);
    for (const view of ['sums', 'second', 'third']) expect(await sumOf(stream, `views.${view}`)).toEqual({ events: 2, total: 3 });
  });

  it('lets no view wait for another that fails', async () => {
    const faults: Faults = {};
    const processors = await start([sums(), { ...sums(faults), name: 'second', tables: ['second'], ...tableOf('second', faults) }], {
      patience: 1_000,
    });
    const stream = account();
    await processors.waitFor(await add(stream, 1), 20_000);
    faults.throwAfterWriting = Infinity;
    const position = await add(stream, 2);
    expect(await processors.waitFor(position, 20_000, ['sums'])).toBe(true);
    expect(await processors.waitFor(position, 300, ['second'])).toBe(false);
    expect(await processors.waitFor(await add(stream, 3), 20_000, ['sums'])).toBe(true);
    delete faults.throwAfterWriting;
    expect(await processors.waitFor(position, 20_000, ['second'])).toBe(true);
    expect(await sumOf(stream)).toEqual({ events: 3, total: 6 });
  });

  it('can end a rebuild, here or asked from another process, and the old version serves on', async () => {
    const stream = account();
    const faults: Faults = {};
    const both = [await start(sums(faults)), await start(sums(faults))];
    const [owner] = both;
    await owner?.waitFor(await add(stream, ...Array.from({ length: 3_000 }, () => 1)), 20_000);
    // Longer than it takes until the owner hears of it at its next beat.
    faults.delayMs = 5_000;
    const rebuilding = owner?.rebuild('sums');
    const outcome = expect(rebuilding).rejects.toThrow();
    await both[1]?.cancelRebuild('sums');
    await outcome;
    expect((await owner?.status())?.[0]).toMatchObject({ version: 1, error: 'The rebuild was cancelled.' });
    delete faults.delayMs;
    await both[1]?.rebuild('sums');
    await until(async () => (await both[1]?.status())?.[0]?.version === 2);
    expect(await sumOf(stream)).toEqual({ events: 3_000, total: 3_000 });
  });
});

/** The same as `sums`, in a table of another name. */
function tableOf(name: string, faults: Faults = {}): Pick<View, 'create' | 'index' | 'writer'> {
  const view = sums(faults);
  const of = (table: (table: string) => string) => () => table(name);
  return {
    create: (transaction, table) => view.create(transaction, of(table)),
    index: (transaction, table) => view.index(transaction, of(table)),
    writer: (table) => view.writer(of(table)),
  };
}

async function until(isSo: () => Promise<boolean>, everyMs = 50): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error('It did not become so in time.');
    await sleep(everyMs);
  }
}

const writesNothing: View['writer'] = () => ({ apply: () => Promise.resolve(), forget: () => undefined });
const nothingToIndex: View['index'] = () => Promise.resolve();
const anyTable =
  (tables: readonly string[]): View['create'] =>
  async (transaction, table) => {
    for (const name of tables) await transaction.query(`CREATE TABLE ${table(name)} (n integer)`);
  };

describe('The health of processors', () => {
  let installation: LogInstallation;
  beforeAll(async () => {
    installation = await openLog('on a server');
  });
  afterAll(() => installation.close());

  it('is bad while one stands still behind the log, or fails; never because it is behind', async () => {
    const { store } = installation;
    const faults: Faults = {};
    const options = { ...installation, views: [sums(faults)], batchSize: 1, patience: 1_000 };
    const processors = new Processors({ ...options, stillAfterMs: 400 });
    const add = async (): Promise<bigint> => (await store.append('account-1', [anEvent({ amount: 1 })], { expected: ANY })).position;
    let release: () => void = () => undefined;
    try {
      await processors.start();
      await processors.caughtUpAtStart;
      // What came long after the last one is no reason to worry.
      await sleep(500);
      faults.held = new Promise((resolve) => (release = resolve));
      await add();
      expect(await processors.unhealthy()).toBeNull();
      await sleep(500);
      expect(await processors.unhealthy()).toMatch(/^sums is behind and has not moved for \d+ s\.$/);
      expect(await processors.status()).toMatchObject([{ name: 'sums', unhealthy: expect.any(String) }]);

      // Behind by more than the bound all the time, but moving.
      delete faults.held;
      faults.delayMs = 100;
      for (let index = 0; index < 10; index++) await add();
      release();
      for (let index = 0; index < 6; index++) {
        await sleep(100);
        expect(await processors.unhealthy()).toBeNull();
      }
      delete faults.delayMs;

      faults.throwAfterWriting = Infinity;
      const position = await add();
      await until(async () => (await processors.unhealthy()) === 'sums fails and tries again.');
      delete faults.throwAfterWriting;
      expect(await processors.waitFor(position, 10_000)).toBe(true);
      expect(await processors.unhealthy()).toBeNull();
    } finally {
      release();
      await processors.stop();
    }
  });
});

describe('Views that write together on a server', () => {
  let installation: LogInstallation;
  beforeAll(async () => {
    installation = await openLog('on a server');
  });
  afterAll(() => installation.close());

  it('do not wait for a lock on the table of one of them', async () => {
    const { database, store } = installation;
    const views = [sums(), { ...sums(), name: 'second', tables: ['second'], ...tableOf('second') }];
    const processors = new Processors({ ...installation, views });
    const add = async (): Promise<bigint> => (await store.append('account-1', [anEvent({ amount: 1 })], { expected: ANY })).position;
    try {
      await processors.start();
      await processors.caughtUpAtStart;
      await processors.waitFor(await add(), 20_000);
      let position = 0n;
      await database.transaction(async (transaction) => {
        await transaction.query('LOCK TABLE views.second_v1 IN ACCESS EXCLUSIVE MODE');
        for (let round = 0; round < 3; round++) {
          position = await add();
          expect(await processors.waitFor(position, 4_000, ['sums'])).toBe(true);
          await transaction.query('SELECT 1');
        }
        expect(await processors.waitFor(position, 100, ['second'])).toBe(false);
      });
      expect(await processors.waitFor(position, 20_000, ['second'])).toBe(true);
    } finally {
      await processors.stop();
    }
  });
});

describe('A view whose tables are read for long while it is rebuilt', () => {
  let installation: LogInstallation;
  beforeAll(async () => {
    installation = await openLog('on a server');
  });
  afterAll(() => installation.close());

  it('delays no other view and follows the log itself; it is replaced once the reader leaves', async () => {
    const { database, store } = installation;
    const named = (name: string): View => ({ ...sums(), name, prefixes: [`${name}-`], tables: [name], ...tableOf(name) });
    const notices: Notice[] = [];
    const processors = new Processors({ ...installation, views: [named('aa'), named('zz')], onNotice: (notice) => notices.push(notice) });
    const add = async (view: string): Promise<bigint> =>
      (await store.append(`${view}-1`, [anEvent({ amount: 1 })], { expected: ANY })).position;
    const reader = await database.pool.connect();
    try {
      await processors.start();
      await processors.caughtUpAtStart;
      await processors.waitFor(await add('zz'), 20_000);
      await reader.query('SET idle_in_transaction_session_timeout = 0; BEGIN; SELECT FROM views.zz');
      const { rows } = await reader.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');

      const rebuilt = processors.rebuild('zz');
      await until(async () => {
        const waiting = await database.pool.query(`SELECT FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock'`);
        return waiting.rowCount !== 0;
      }, 5);
      for (let round = 0; round < 3; round++) expect(await processors.waitFor(await add('aa'), 4_000, ['aa'])).toBe(true);
      expect(await processors.waitFor(await add('zz'), 10_000, ['zz'])).toBe(true);
      await until(() => Promise.resolve(notices.some(({ what }) => what === 'rebuild-waits')));
      expect(notices.find(({ what }) => what === 'rebuild-waits')).toMatchObject({
        processor: 'zz',
        heldBy: expect.arrayContaining([rows[0]?.pid]),
      });
      expect(await processors.status()).toMatchObject([{ name: 'aa', state: 'live', owner: processors.owner }, { state: 'rebuilding' }]);

      await reader.query('COMMIT');
      await rebuilt;
      expect(await processors.status()).toMatchObject([{ version: 1 }, { version: 2, lastRebuild: { digest: {} } }]);
      expect(await processors.waitFor(await add('zz'), 10_000, ['zz'])).toBe(true);
      expect((await database.pool.query('SELECT events, total FROM views.zz')).rows).toEqual([{ events: 3, total: 3 }]);
    } finally {
      await reader.query('ROLLBACK');
      reader.release(true);
      await processors.stop();
    }
  });

  it('leaves the leases of other processors renewed while its own row is held', async () => {
    const { database } = installation;
    const [one, other] = [new Leases(database, true), new Leases(database, true)];
    const names = ['held', 'second', 'third'];
    for (const name of names) await register(database, { name, kind: 'view' });
    const rowsOf = async (leases: Leases): Promise<readonly LeaseRow[]> =>
      (await leases.renew(new Map())).rows.filter(({ name }) => names.includes(name));
    for (const row of await rowsOf(one)) expect(await one.claim(row)).not.toBeNull();
    await database.transaction(async (transaction) => {
      await transaction.query(`UPDATE processors.processors SET position = 1, lease_until = '-infinity' WHERE name = 'held'`);
      const report = { state: 'live', lagMs: 0, eventsPerSecond: 0 } as const;
      await one.renew(new Map(names.map((name) => [name, report])));
      const rows = await rowsOf(other);
      expect(
        rows
          .filter((row) => row.report !== null)
          .map(({ name }) => name)
          .sort(),
      ).toEqual(['second', 'third']);
      // Nor does it hold up who would take over.
      for (const row of rows) expect(await other.claim({ ...row, isFree: true })).toBeNull();
      await transaction.query('SELECT 1');
    });
    // As soon as the row is free, what waited for it is done.
    await until(async () => (await rowsOf(other)).every(({ report, isFree }) => report !== null && !isFree));
  });
});

describe('An outage of the database', () => {
  let installation: LogInstallation;
  beforeAll(async () => {
    installation = await openLog('embedded');
  });
  afterAll(() => installation.close());

  it('at any step of a rebuild delays it, and ends it at none', async () => {
    const { database, store } = installation;
    let steps = 0;
    let failsAt = -1;
    const outage = new DatabaseUnavailable('The database is away.');
    const step = (): Promise<void> => (steps++ === failsAt ? Promise.reject(outage) : Promise.resolve());
    const query = async (...question: [string]): Promise<unknown> => step().then(() => database.pool.query(...question));
    const faulty: Database = {
      ...database,
      pool: Object.assign(Object.create(database.pool) as Database['pool'], { query }),
      transaction: async (work) => step().then(() => database.transaction(work)),
    };
    const processors = new Processors({ ...installation, views: [sums()] });
    await processors.start();
    await processors.caughtUpAtStart;
    await processors.waitFor((await store.append('account-1', [anEvent({ amount: 1 })], { expected: ANY })).position, 20_000);
    await processors.stop();
    const { signal } = new AbortController();
    const view = sums();
    const ignore = (): void => undefined;
    const follower = new Follower(view, { ...installation, ...idle(database, store), onError: ignore, onNotice: ignore });
    for (failsAt = 0, steps = 1; failsAt < steps; failsAt++) {
      const row = await readCheckpoint(database.pool, 'sums');
      steps = 0;
      const { digest } = await rebuild(follower, {
        ...{ database: faulty, store, batchSize: 10, signal, token: row?.token ?? -1n },
        reached: () => Promise.resolve(true),
        ...{ onProgress: ignore, onDeadLetter: ignore, onHeld: ignore },
      });
      expect(digest.after).toBe(digest.before);
    }
    expect(steps).toBeGreaterThan(5);
    expect((await database.pool.query('SELECT events, total FROM views.sums')).rows).toEqual([{ events: 1, total: 1 }]);
  });

  it('that undoes a batch while the next one looks things up delays a rebuild, and counts nothing twice', async () => {
    const { database, store } = installation;
    const events = ['counted-1', 'counted-2', 'counted-1', 'counted-3'];
    for (const stream of events) await store.append(stream, [{ ...anEvent({}), id: randomUUID() }], { expected: ANY });
    const processors = new Processors({ ...installation, views: [counted] });
    await processors.start();
    await processors.caughtUpAtStart;
    await processors.stop();
    let [begun, lost, undone] = [0, -1, 0];
    const losing: Database = {
      ...database,
      transaction: (work) => {
        const isLost = begun++ === lost;
        return database.transaction(async (transaction) => {
          const result = await work(transaction);
          if (!isLost) return result;
          undone++;
          // Meanwhile the next batch is computed as far as it goes.
          await sleep(20);
          throw new DatabaseUnavailable('The connection was lost.');
        });
      },
    };
    const { signal } = new AbortController();
    const ignore = (): void => undefined;
    const follower = new Follower(counted, { ...installation, ...idle(database, store), onError: ignore, onNotice: ignore });
    for (begun = 1; lost + 1 < begun;) {
      const row = await readCheckpoint(database.pool, 'counted');
      [begun, lost] = [0, lost + 1];
      const { digest } = await rebuild(follower, {
        ...{ database: losing, store, batchSize: 1, signal, token: row?.token ?? -1n },
        reached: () => Promise.resolve(true),
        ...{ onProgress: ignore, onDeadLetter: ignore, onHeld: ignore },
      });
      expect(digest.after).toBe(digest.before);
    }
    expect(undone).toBeGreaterThan(events.length);
    expect((await database.pool.query('SELECT events, streams FROM views.counted_streams ORDER BY events')).rows).toEqual([
      { events: 1, streams: 2 },
      { events: 2, streams: 1 },
    ]);
  });
});

/** How many streams have so many events: it looks up what it knew of a stream whenever one is told of. */
const counted = projection({
  name: 'counted',
  codeVersion: '1',
  prefixes: ['counted-'],
  readsMetadata: false,
  remembered: 1,
  table: table({ name: 'counted', key: ['stream'], columns: { stream: column.text, events: column.integer } }),
  subject: ({ stream }) => stream,
  rowAfter: (before, { revision, stream }) => (before && revision < before.events ? before : { stream, events: revision + 1 }),
  tally: {
    table: table({ name: 'counted_streams', key: ['events'], columns: { events: column.integer, streams: column.integer } }),
    sums: ['streams'],
    of: ({ events }) => ({ events, streams: 1 }),
  },
});

const idle = (database: Database, store: EventStore): Pick<FollowerOptions, 'log' | 'writes' | 'batchSize' | 'patience' | 'traces'> => ({
  log: new SharedSubscription(store, { prefixes: [] }),
  writes: new SharedTransactions(database),
  ...{ batchSize: 10, patience: 1, traces: false },
});

describe('Processors whose server goes away', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  it('go on without a restart when it is back', async () => {
    const database = await openDatabase({ url: server.url, dataDir: '' });
    const store = await PostgresEventStore.open(database, { pollMs: 100 });
    const processors = new Processors({ database, store, views: [sums()] });
    try {
      await processors.start();
      await processors.caughtUpAtStart;
      await processors.waitFor((await store.append('account-1', [anEvent({ amount: 1 })], { expected: ANY })).position, 5_000);
      await server.down();
      await sleep(300);
      await server.up();
      const { position } = await store.append('account-1', [anEvent({ amount: 2 })], { expected: ANY });
      expect(await processors.waitFor(position, 20_000)).toBe(true);
      const { rows } = await database.pool.query('SELECT events, total FROM views.sums');
      expect(rows).toEqual([{ events: 2, total: 3 }]);
    } finally {
      await processors.stop();
      await store.close();
      await database.close();
    }
  });
});
