import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ANY } from '#event-store';
import type { NewEvent, RecordedEvent } from '#event-store';
import { anEvent } from '#event-store/testing';
import { Clock } from '#platform';
import { Processors } from '#processors';
import { Calendars } from '#workflow';
import { openLog } from '../../../test/support/log-installation.js';
import type { LogInstallation } from '../../../test/support/log-installation.js';
import { taskReminding } from './task-reminding.js';
import { reviewTaskId, tasks } from './tasks.js';

/** Stands at the time that it is set to. Later than the real one, for nobody is reminded on the day on which they were asked. */
class SetClock extends Clock {
  time = '2030-03-01T02:00:00Z';
  override now(): Date {
    return new Date(this.time);
  }
}

const [one, two] = ['11111111-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000002'];
const stored = (type: string, data: object): NewEvent => ({ ...anEvent(data), type });
const consultation = (dueOn: string, more: object = {}): NewEvent =>
  stored('ConsultationOpened', { procedure: randomUUID(), by: one, units: [one, two], question: 'x', dueOn, ...more });
const answered = (unit: string): NewEvent => stored('InquiryAnswered', { unit, answer: 'x' });

interface Installation extends LogInstallation {
  readonly clock: SetClock;
}

describe.each([['embedded'], ['on a server']])('Reminders, %s', (where) => {
  let installation: Installation;
  let processors: Processors;
  beforeAll(async () => {
    installation = { ...(await openLog(where)), clock: new SetClock() };
    await new Calendars(installation.store).publishInitial();
    processors = await start();
  });
  afterAll(async () => {
    await processors.stop();
    await installation.close();
  });

  async function start(): Promise<Processors> {
    const { database, store, clock } = installation;
    const reactions = [taskReminding({ store, database, clock, calendars: new Calendars(store), everyMs: 20 })];
    const started = new Processors({ database, store, views: [tasks], reactions });
    await started.start();
    await started.caughtUpAtStart;
    return started;
  }
  const append = async (stream: string, ...events: readonly NewEvent[]): Promise<void> => {
    const { position } = await installation.store.append(stream, events, { expected: ANY });
    expect(await processors.waitFor(position, 20_000)).toBe(true);
  };
  const reminders = async (id: string): Promise<readonly RecordedEvent[]> => {
    const { events } = await installation.store.readAll({ from: null, limit: 100_000, prefixes: ['inquiry-'] });
    return events.filter(({ stream, type }) => stream === `inquiry-${id}` && type === 'InquiryReminded');
  };
  const occasions = async (id: string): Promise<readonly string[]> =>
    (await reminders(id)).map(({ data }) => (data as { occasion: string }).occasion);
  /** What units were reminded of once the clock stood there, as many times as expected or for 20 s, and several rounds have gone by. */
  const at = async (time: string, id: string, expected: number): Promise<readonly string[]> => {
    installation.clock.time = time;
    for (const until = Date.now() + 20_000; (await occasions(id)).length < expected && Date.now() < until;) await delay(50);
    await delay(400);
    return occasions(id);
  };

  it('come two working days before it is due and on the day after, each once, whatever the clock does', async () => {
    const id = randomUUID();
    // A Monday: the second working day before it is the Thursday.
    await append(`inquiry-${id}`, consultation('2030-03-11'));
    const steps: readonly (readonly [string, readonly string[]])[] = [
      ['2030-03-06T16:59:59Z', []],
      ['2030-03-06T17:00:00Z', ['due-soon']],
      ['2030-03-04T00:00:00Z', ['due-soon']],
      ['2030-03-11T16:59:59Z', ['due-soon']],
      ['2030-03-11T17:00:00Z', ['due-soon', 'overdue']],
      ['2030-03-07T00:00:00Z', ['due-soon', 'overdue']],
      ['2030-09-01T00:00:00Z', ['due-soon', 'overdue']],
    ];
    for (const [time, expected] of steps) expect([time, await at(time, id, expected.length)]).toEqual([time, expected]);
    expect((await reminders(id)).map(({ data }) => data)).toEqual([
      { units: [one, two], occasion: 'due-soon', on: '2030-03-07', dueOn: '2030-03-11' },
      { units: [one, two], occasion: 'overdue', on: '2030-03-12', dueOn: '2030-03-11' },
    ]);
  });

  it('come as early as whoever asked wants, for units alone that have not answered', async () => {
    installation.clock.time = '2030-03-01T02:00:00Z';
    const id = randomUUID();
    await append(`inquiry-${id}`, consultation('2030-03-15', { remindBefore: 5 }), answered(one));
    expect(await at('2030-03-07T02:00:00Z', id, 0)).toEqual([]);
    expect(await at('2030-03-08T02:00:00Z', id, 1)).toEqual(['due-soon']);
    expect((await reminders(id)).map(({ data }) => data)).toMatchObject([{ units: [two] }]);
    await append(`inquiry-${id}`, answered(two), stored('InquiryClosed', {}));
    expect(await at('2030-04-01T02:00:00Z', id, 1)).toEqual(['due-soon']);
  });

  it('of an assigned review leave out who proposed an option', async () => {
    installation.clock.time = '2030-03-01T02:00:00Z';
    const [procedure, own] = [randomUUID(), anEvent().metadata.actor.unit];
    await append(
      `procedure-${procedure}`,
      stored('ReviewAssigned', { units: [one, own], dueOn: '2030-03-20', occurredOn: '2030-03-01', stage: 'published' }),
    );
    await append(`procedure-${procedure}`, stored('OptionProposed', { option: { content: 'x' }, stage: 'optionProposed' }));
    const id = reviewTaskId(procedure, 0);
    expect(await at('2030-03-18T02:00:00Z', id, 1)).toEqual(['due-soon']);
    expect((await reminders(id)).map(({ data }) => data)).toMatchObject([{ units: [one] }]);
  });

  it('that nobody was there to give come late only where they still make sense', async () => {
    installation.clock.time = '2030-03-01T02:00:00Z';
    const ids = Array.from({ length: 20 }, () => randomUUID());
    const [done = ''] = ids;
    for (const id of ids) await append(`inquiry-${id}`, consultation('2030-05-15'));
    await processors.stop();
    await installation.store.append(`inquiry-${done}`, [answered(one), answered(two), stored('InquiryClosed', {})], { expected: ANY });
    installation.clock.time = '2030-06-03T02:00:00Z';
    processors = await start();
    for (const id of ids.slice(1)) expect(await at('2030-06-03T02:00:00Z', id, 1)).toEqual(['overdue']);
    expect(await occasions(done)).toEqual([]);
  });

  it('come once when two processes give them at the same moment', async () => {
    installation.clock.time = '2030-03-01T02:00:00Z';
    const { database, store, clock } = installation;
    const id = randomUUID();
    await append(`inquiry-${id}`, consultation('2030-07-10'));
    const { signal } = new AbortController();
    const tools = { signal, reached: (position: bigint, timeoutMs: number) => processors.waitFor(position, timeoutMs) };
    clock.time = '2030-07-09T02:00:00Z';
    const rounds = Array.from({ length: 3 }, () => taskReminding({ store, database, clock, calendars: new Calendars(store) }).round(tools));
    await Promise.all(rounds);
    expect(await at('2030-07-09T02:00:00Z', id, 1)).toEqual(['due-soon']);
  });
});
