import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ANY, StreamNotFound, openEventStore } from '#event-store';
import type { EventStore, NewEvent, RecordedEvent } from '#event-store';
import { anEvent, someMetadata } from '#event-store/testing';
import { Clock, openDatabase } from '#platform';
import type { Database } from '#platform';
import { InvalidCursor, Processors } from '#processors';
import { Calendars, Definitions, lifecycleDefinitions } from '#workflow';
import type { DeadlineRule, LifecycleDefinition, Sight } from '#workflow';
import { EventStorePeer } from '../../../test/support/event-store-peer.js';
import { startPostgres } from '../../../test/support/postgres-server.js';
import { deadlineFiring } from './deadline-firing.js';
import { deadlineStates, listDeadlines, recomputedDueDates } from './deadline-queries.js';
import type { DeadlineItem, RecomputedDueDates } from './deadline-queries.js';
import { deadlines } from './deadlines.js';
import { register } from '#procedures';
import { newDataFolder } from '../../../test/support/data-folder.js';

/** Stands at the time that it is set to. */
class SetClock extends Clock {
  time = '2026-01-05T02:00:00Z';
  override now(): Date {
    return new Date(this.time);
  }
}

const all: Sight = { units: null, clearance: 'topSecret' };
const unit = '11111111-0000-4000-8000-000000000001';
const [internal] = lifecycleDefinitions as [LifecycleDefinition];
const rules: readonly DeadlineRule[] = [
  { action: 'review', days: 5, counting: 'working', warnBefore: 2, escalateAfter: 3, stopsWhile: ['suspended'] },
  { stage: 'reviewed', days: 3, counting: 'calendar' },
];

const stored = (type: string, stage: string, occurredOn: string, data: object = {}): NewEvent => ({
  ...anEvent({ ...data, occurredOn, stage }),
  type,
});
const registered = (occurredOn: string, version = 3): NewEvent =>
  stored('ProcedureRegistered', 'registered', occurredOn, {
    ...{ title: 'Thủ tục có hạn', kind: 'internal', group: 'D', field: 'văn phòng', owningUnit: unit, parts: {} },
    definition: { id: 'internal', version },
  });
const reviewed = (occurredOn: string): NewEvent =>
  stored('ProcedureReviewed', 'reviewed', occurredOn, { necessary: true, withinPowers: true });
const suspended = (occurredOn: string): NewEvent => stored('ProcedureSuspended', 'registered', occurredOn);
const resumed = (occurredOn: string): NewEvent => stored('ProcedureResumed', 'registered', occurredOn);
const withdrawn = (occurredOn: string): NewEvent => stored('ProcedureWithdrawn', 'withdrawn', occurredOn);

interface Installation {
  readonly database: Database;
  readonly store: EventStore;
  readonly clock: SetClock;
  close(): Promise<void>;
}

describe.each([['embedded'], ['on a server'], ['with the log in EventStoreDB']])('Deadlines, %s', (where) => {
  let installation: Installation;
  let running: Processors[] = [];
  let processors: Processors;
  beforeAll(async () => {
    installation = await open(where);
    processors = await start();
  });
  afterAll(async () => {
    await Promise.all(running.map((one) => one.stop()));
    await installation.close();
  });

  async function start(): Promise<Processors> {
    const { database, store, clock } = installation;
    const reactions = [deadlineFiring({ store, database, clock, everyMs: 20 })];
    const started = new Processors({ database, store, views: [register, deadlines], reactions });
    running.push(started);
    await started.start();
    await started.caughtUpAtStart;
    return started;
  }
  const stop = async (one: Processors): Promise<void> => {
    running = running.filter((other) => other !== one);
    await one.stop();
  };
  const append = async (id: string, ...events: readonly NewEvent[]): Promise<void> => {
    const { position } = await installation.store.append(`procedure-${id}`, events, { expected: ANY });
    expect(await processors.waitFor(position, 20_000)).toBe(true);
  };
  const of = async (id: string): Promise<readonly DeadlineItem[]> => {
    const { items } = await listDeadlines(installation.database, { sight: all, limit: 200 });
    return items.filter(({ procedure }) => procedure === id);
  };
  const firedOf = (id: string): Promise<readonly RecordedEvent[]> =>
    installation.store.read(`deadline-${id}`).catch((error: unknown) => {
      if (error instanceof StreamNotFound) return [];
      throw error;
    });
  const typesOf = async (id: string): Promise<readonly string[]> => (await firedOf(id)).map(({ type }) => type.replace('Deadline', ''));
  const until = async (isSo: () => Promise<boolean>): Promise<void> => {
    for (const deadline = Date.now() + 20_000; !(await isSo());) {
      if (Date.now() > deadline) throw new Error('It did not come to that within 20 s.');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  /** Nothing fires, and the view holds what did. */
  const pauseFiring = async (): Promise<void> => {
    await processors.pause('deadline-firing');
    // Another process hears of it at its next beat, and a round that is under way comes to its end.
    await until(async () => (await processors.status()).find(({ name }) => name === 'deadline-firing')?.owner === null);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await processors.waitFor((await installation.store.head()) ?? 0n, 20_000)).toBe(true);
  };
  const rows = async (): Promise<unknown> => {
    const found = await Promise.all(
      deadlines.tables.map((table) =>
        installation.database.pool.query(`SELECT to_jsonb(t) AS row FROM views.${table} t ORDER BY to_jsonb(t)::text`),
      ),
    );
    return found.map((one) => one.rows as unknown);
  };

  it('are due at the end of a day, by the calendar that was current when the clock started', async () => {
    const id = randomUUID();
    installation.clock.time = '2026-02-11T02:00:00Z';
    await append(id, registered('2026-02-11'));
    expect(await of(id)).toEqual([
      {
        ...{ procedure: id, title: 'Thủ tục có hạn', owningUnit: unit, action: 'review', stage: null },
        // Two days before Tết and three after it.
        ...{ startedAt: '2026-02-10T17:00:00.000Z', dueAt: '2026-02-25T17:00:00.000Z', state: 'open', stopped: false, escalated: false },
        calendarVersion: 1,
      },
    ]);
    await append(id, reviewed('2026-02-12'));
    expect(await of(id)).toMatchObject([{ action: null, stage: 'reviewed', dueAt: '2026-02-15T17:00:00.000Z', calendarVersion: null }]);
    await append(id, withdrawn('2026-02-12'));
    expect(await of(id)).toEqual([]);
  });

  it('become events once and in order as time goes by, whatever the clock does', async () => {
    const id = randomUUID();
    const { clock } = installation;
    clock.time = '2026-03-02T02:00:00Z';
    await append(id, registered('2026-03-02'));
    const steps: readonly (readonly [string, readonly string[]])[] = [
      ['2026-03-05T16:59:59Z', []],
      ['2026-03-05T17:00:00Z', ['Warned']],
      ['2026-03-01T00:00:00Z', ['Warned']],
      ['2026-03-09T16:59:59Z', ['Warned']],
      ['2026-03-09T17:00:01Z', ['Warned', 'Missed']],
      ['2026-03-02T00:00:00Z', ['Warned', 'Missed']],
      ['2026-03-12T17:00:00Z', ['Warned', 'Missed', 'Escalated']],
      ['2026-03-09T17:00:01Z', ['Warned', 'Missed', 'Escalated']],
      ['2026-09-01T00:00:00Z', ['Warned', 'Missed', 'Escalated']],
    ];
    for (const [time, expected] of steps) {
      clock.time = time;
      await until(async () => (await typesOf(id)).length >= expected.length);
      await new Promise((resolve) => setTimeout(resolve, 60));
      expect([time, await typesOf(id)]).toEqual([time, expected]);
    }
    await until(async () => (await of(id))[0]?.escalated === true);
    expect(await of(id)).toMatchObject([{ state: 'missed', dueAt: '2026-03-09T17:00:00.000Z' }]);
    expect((await firedOf(id)).map(({ data }) => data)).toMatchObject([
      {
        procedure: id,
        rule: 'action:review',
        action: 'review',
        startRevision: 0,
        dueAt: '2026-03-09T17:00:00.000Z',
        at: '2026-03-05T17:00:00.000Z',
      },
      { at: '2026-03-09T17:00:00.000Z', calendar: { id: 'vn', version: 1 } },
      { at: '2026-03-12T17:00:00.000Z' },
    ]);
  });

  it('catch up with what became due while nobody was there', async () => {
    const { clock } = installation;
    clock.time = '2026-04-01T02:00:00Z';
    const ids = Array.from({ length: 40 }, () => randomUUID());
    for (const id of ids) await append(id, registered('2026-04-01'));
    const [done = ''] = ids;
    await stop(processors);
    // Done in time, and nobody had seen it when its time came.
    await installation.store.append(`procedure-${done}`, [reviewed('2026-04-02')], { expected: ANY });
    clock.time = '2026-06-01T02:00:00Z';
    processors = await start();
    for (const id of ids.slice(1)) {
      await until(async () => (await typesOf(id)).length === 3);
      expect(await typesOf(id)).toEqual(['Warned', 'Missed', 'Escalated']);
    }
    // Only the stay in its new stage became too long.
    await until(async () => (await typesOf(done)).length === 1);
    expect((await firedOf(done)).map(({ type, data }) => [type, data])).toMatchObject([
      ['DeadlineMissed', { rule: 'stage:reviewed', stage: 'reviewed' }],
    ]);
    const { store } = installation;
    const { events } = await store.readAll({ from: null, limit: 100_000, prefixes: ['deadline-'] });
    const times = events.filter(({ stream }) => ids.some((id) => stream.endsWith(id))).map(({ data }) => (data as { at: string }).at);
    expect(times.slice(0, 79)).toEqual([...times.slice(0, 79)].sort());
  });

  it('stand still while suspended over Tết, and miss nothing', async () => {
    const id = randomUUID();
    const { clock } = installation;
    clock.time = '2026-02-10T02:00:00Z';
    await append(id, registered('2026-02-10'));
    await append(id, suspended('2026-02-12'));
    expect(await of(id)).toMatchObject([{ dueAt: null, stopped: true, state: 'open' }]);
    clock.time = '2026-03-20T02:00:00Z';
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await typesOf(id)).toEqual([]);
    await append(id, resumed('2026-03-20'));
    expect(await of(id)).toMatchObject([{ dueAt: '2026-03-25T17:00:00.000Z', stopped: false, state: 'open' }]);
    await append(id, withdrawn('2026-03-20'));
  });

  it('become no event while suspended, though a warning was due before that was entered, and keep no other waiting', async () => {
    const [standing, running] = [randomUUID(), randomUUID()];
    installation.clock.time = '2026-03-20T02:00:00Z';
    await pauseFiring();
    await append(standing, registered('2026-03-02'), suspended('2026-03-06'));
    await append(running, registered('2026-03-02'));
    await processors.resume('deadline-firing');
    await until(async () => (await typesOf(running)).includes('Missed'));
    expect(await typesOf(standing)).toEqual([]);
    expect((await processors.status()).find(({ name }) => name === 'deadline-firing')).toMatchObject({ state: 'live' });
    await append(standing, resumed('2026-03-19'));
    await until(async () => (await typesOf(standing)).length === 1);
    expect((await firedOf(standing)).map(({ data }) => data)).toMatchObject([
      { at: '2026-03-05T17:00:00.000Z', dueAt: '2026-03-20T17:00:00.000Z' },
    ]);
  });

  it('are missed once when the process dies between the event and the view', async () => {
    const id = randomUUID();
    const { clock, store, database } = installation;
    clock.time = '2026-03-02T02:00:00Z';
    await append(id, registered('2026-03-02'));
    await pauseFiring();
    await processors.pause('deadlines');
    clock.time = '2026-03-10T02:00:00Z';
    // Two processes in a row fire by what the view said before, and their events never reached it.
    const tools = { signal: new AbortController().signal, reached: () => Promise.resolve(true) };
    const batch = deadlineFiring({ store, database, clock, everyMs: 20 });
    const rounds = Promise.race([batch.round(tools), new Promise((resolve) => setTimeout(resolve, 500))]);
    await rounds;
    expect(await typesOf(id)).toEqual(['Warned']);
    await processors.resume('deadlines');
    await processors.resume('deadline-firing');
    await until(async () => (await typesOf(id)).length === 2);
    expect(await typesOf(id)).toEqual(['Warned', 'Missed']);
  });

  it('do not fire while the view does not know what is in the log', async () => {
    const id = randomUUID();
    const { clock, store, database } = installation;
    clock.time = '2026-03-02T02:00:00Z';
    await append(id, registered('2026-03-02'));
    await pauseFiring();
    clock.time = '2026-03-10T02:00:00Z';
    await deadlineFiring({ store, database, clock }).round({ signal: new AbortController().signal, reached: () => Promise.resolve(false) });
    expect(await typesOf(id)).toEqual([]);
    await append(id, withdrawn('2026-03-09'));
    await processors.resume('deadline-firing');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await typesOf(id)).toEqual([]);
  });

  it('obey the answer that a new calendar version carries', async () => {
    const { clock, store } = installation;
    clock.time = '2027-03-01T02:00:00Z';
    const [kept, moved, beyond] = [randomUUID(), randomUUID(), randomUUID()];
    await append(kept, registered('2027-03-01'));
    await append(beyond, registered('2030-12-30'));
    expect(await of(beyond)).toMatchObject([{ dueAt: null, stopped: false, calendarVersion: 1 }]);
    const calendars = new Calendars(store);
    const publish = async (date: string, recompute: boolean): Promise<void> => {
      const { calendar } = await calendars.find('vn');
      const content = { holidays: [...calendar.holidays, { date, name: 'Nghỉ' }], workingDays: calendar.workingDays };
      const covers = { from: calendar.covers.from, to: '2031-12-31' };
      const command = { id: 'vn', content: { ...content, covers }, reason: 'x', recompute, confirm: ['year-without-holidays'] as const };
      const { position } = await calendars.publish(command, { metadata: someMetadata() });
      expect(await processors.waitFor(position, 20_000)).toBe(true);
    };
    await publish('2027-03-03', false);
    await append(moved, registered('2027-03-01'));
    expect(await of(kept)).toMatchObject([{ dueAt: '2027-03-08T17:00:00.000Z', calendarVersion: 1 }]);
    expect(await of(moved)).toMatchObject([{ dueAt: '2027-03-09T17:00:00.000Z', calendarVersion: 2 }]);
    // What had no due date gets one by the first version that knows its years.
    expect(await of(beyond)).toMatchObject([{ dueAt: '2031-01-06T17:00:00.000Z', calendarVersion: 2 }]);
    const { calendar: newest } = await calendars.find('vn');
    const next = { ...newest, holidays: [...newest.holidays, { date: '2027-03-04', name: 'Nghỉ' }] };
    const counted = (date: string): Promise<RecomputedDueDates> =>
      recomputedDueDates(installation.database, next, { sight: all, today: date });
    const [before, inUnit] = [
      await counted('2027-03-01'),
      await recomputedDueDates(installation.database, next, { sight: { ...all, units: new Set() }, today: '2027-03-01' }),
    ];
    expect(before).toMatchObject({ earlier: 0, dated: 0, past: 0 });
    expect(inUnit).toEqual({ unchanged: 0, earlier: 0, later: 0, dated: 0, past: 0 });
    const dues = async (): Promise<ReadonlyMap<string, string | null>> => {
      const { items } = await listDeadlines(installation.database, { sight: all, limit: 1_000, states: ['open', 'warned'] });
      return new Map(
        items.map(({ procedure, startedAt, action, stage, dueAt }) => [[procedure, startedAt, action, stage].join(' '), dueAt]),
      );
    };
    const former = await dues();
    await publish('2027-03-04', true);
    const changed = [...(await dues())].filter(([key, dueAt]) => dueAt !== former.get(key));
    expect(before.later).toBe(changed.length);
    expect(before.later).toBeGreaterThanOrEqual(2);
    // Without the day off they come back, and would be past where the day is already over.
    const without = { ...next, holidays: newest.holidays };
    const back = await recomputedDueDates(installation.database, without, { sight: all, today: '2027-03-10' });
    expect([back.earlier, back.later]).toEqual([before.later, 0]);
    expect(back.past).toBeGreaterThanOrEqual(1);
    expect(back.past).toBeLessThanOrEqual(back.earlier);
    for (const id of [kept, moved]) expect(await of(id)).toMatchObject([{ dueAt: '2027-03-10T17:00:00.000Z', calendarVersion: 3 }]);
  });

  it('page completely and in order, by state and unit', async () => {
    const seen: DeadlineItem[] = [];
    let cursor: string | undefined;
    do {
      const page = await listDeadlines(installation.database, { sight: all, limit: 7, cursor });
      seen.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    const { items } = await listDeadlines(installation.database, { sight: all, limit: 200, units: [unit] });
    expect(seen).toEqual(items);
    const byState = await Promise.all(
      deadlineStates.map((state) => listDeadlines(installation.database, { sight: all, limit: 200, states: [state] })),
    );
    expect(byState.flatMap((page) => page.items)).toHaveLength(items.length);
    const due = items.map(({ dueAt }) => dueAt ?? '9999');
    expect(due).toEqual([...due].sort());
    expect((await listDeadlines(installation.database, { sight: all, limit: 5, units: [] })).items).toEqual([]);
    const elsewhere = { units: new Set([randomUUID()]), clearance: 'topSecret' } as const;
    expect((await listDeadlines(installation.database, { sight: elsewhere, limit: 5 })).items).toEqual([]);
    for (const wrong of ['x', '', Buffer.from('["due","2026-01-01","x"]').toString('base64url')])
      await expect(listDeadlines(installation.database, { sight: all, limit: 5, cursor: wrong })).rejects.toThrow(InvalidCursor);
  });

  it('are the same when rebuilt, whatever happened, and when applied twice', async () => {
    const happenings = { reviewed, suspended, resumed, withdrawn };
    const steps = fc.array(fc.tuple(fc.nat(3), fc.constantFrom(...(Object.keys(happenings) as (keyof typeof happenings)[]))), {
      maxLength: 16,
    });
    installation.clock.time = '2026-03-20T02:00:00Z';
    await fc.assert(
      fc.asyncProperty(steps, async (happened) => {
        const ids = Array.from({ length: 4 }, () => randomUUID());
        for (const [index, id] of ids.entries()) await append(id, registered('2026-03-02', index === 0 ? 1 : 3));
        for (const [index, what] of happened) await append(ids[index] ?? '', happenings[what]('2026-03-06'));
        await pauseFiring();
        const live = await rows();
        await processors.rebuild('deadlines');
        expect(await rows()).toEqual(live);
        await processors.resume('deadline-firing');
      }),
      { numRuns: 4 },
    );
    await pauseFiring();
    const before = await rows();
    const { events } = await installation.store.readAll({ from: null, limit: 100_000, prefixes: deadlines.prefixes });
    const version = (await processors.status()).find(({ name }) => name === 'deadlines')?.version ?? 0;
    const writer = deadlines.writer((table) => `views.${table}_v${String(version)}`);
    await installation.database.transaction((transaction) =>
      writer.apply(
        transaction,
        events.filter(({ stream }) => !stream.startsWith('calendar-')),
      ),
    );
    expect(await rows()).toEqual(before);
    await processors.resume('deadline-firing');
  });

  it('stand among the processors as a reaction that one process runs and another takes over', async () => {
    const second = await start();
    const ownerOf = async (): Promise<string | null | undefined> =>
      (await processors.status()).find(({ name }) => name === 'deadline-firing')?.owner;
    await until(async () => (await ownerOf()) !== null);
    const owner = await ownerOf();
    expect([processors.owner, second.owner]).toContain(owner);
    await processors.takeOver('deadline-firing');
    await until(async () => {
      const now = (await processors.status()).find(({ name }) => name === 'deadline-firing');
      return now?.owner !== owner && now?.owner !== null && now?.state === 'live';
    });
    expect((await processors.status()).find(({ name }) => name === 'deadline-firing')).toMatchObject({
      kind: 'reaction',
      version: 1,
      lagMs: 0,
    });
    await expect(processors.rebuild('deadline-firing')).rejects.toThrow('There is no processor deadline-firing.');
    await stop(second);
  });
});

async function open(where: string): Promise<Installation> {
  const dataDir = await newDataFolder('deadlines');
  const server = where === 'embedded' ? undefined : await startPostgres();
  const peer = where === 'with the log in EventStoreDB' ? await EventStorePeer.start() : undefined;
  const database = await openDatabase({ url: server?.url, dataDir });
  const store = await openEventStore(database, { eventStore: peer?.url });
  await new Definitions(store).publishInitial();
  await new Calendars(store).publishInitial();
  const definition = { ...internal, version: 3, calendar: 'vn', deadlines: rules };
  await store.append('lifecycle-internal', [{ ...anEvent({ definition }), type: 'LifecyclePublished' }], { expected: ANY });
  return {
    database,
    store,
    clock: new SetClock(),
    close: async () => {
      await store.close();
      await database.close();
      await peer?.stop();
      await server?.stop();
      await rm(dataDir, { recursive: true });
    },
  };
}
