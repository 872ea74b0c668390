import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ANY } from '#event-store';
import type { NewEvent } from '#event-store';
import { anEvent } from '#event-store/testing';
import { Clock } from '#platform';
import { Processors } from '#processors';
import { Calendars } from '#workflow';
import { openLog } from '../../../../test/support/log-installation.js';
import type { LogInstallation } from '../../../../test/support/log-installation.js';
import { inspectionsView } from '../inspections/inspections-view.js';
import { boardsView } from '../steering/boards-view.js';
import { remedyReminding } from './remedy-reminding.js';

/** Stands at the time that it is set to. Later than the real one, for nobody is reminded on the day on which they were asked. */
class SetClock extends Clock {
  time = '2030-03-01T02:00:00Z';
  override now(): Date {
    return new Date(this.time);
  }
}

const unit = randomUUID();
const stored = (type: string, data: object): NewEvent => ({ ...anEvent(data), type });
const begun = {
  inspection: () => stored('InspectionAnnounced', { title: 'Kiểm tra', by: unit, of: unit, announcedOn: '2025-11-03' }),
  board: () => stored('SteeringBoardEstablished', { title: 'Ban', unit, document: { number: '1', date: '2025-11-03' } }),
};
type Giver = keyof typeof begun;
const occurredOn = '2026-01-05';

describe.each([['embedded'], ['on a server']])('Reminders of remedies, %s', (where) => {
  let installation: LogInstallation;
  let processors: Processors;
  const clock = new SetClock();
  beforeAll(async () => {
    installation = await openLog(where);
    await new Calendars(installation.store).publishInitial();
    const { database, store } = installation;
    const on = { store, database, clock, calendars: new Calendars(store), everyMs: 20 };
    const reactions = [remedyReminding('inspection', on), remedyReminding('board', on)];
    processors = new Processors({ database, store, views: [inspectionsView, boardsView], reactions });
    await processors.start();
    await processors.caughtUpAtStart;
  });
  afterAll(async () => {
    await processors.stop();
    await installation.close();
  });

  const append = async (stream: string, ...events: readonly NewEvent[]): Promise<void> => {
    const { position } = await installation.store.append(stream, events, { expected: ANY });
    expect(await processors.waitFor(position, 20_000)).toBe(true);
  };
  const reminders = async (stream: string): Promise<readonly object[]> =>
    (await installation.store.read(stream)).flatMap(({ type, data }) => (type === 'RemedyReminded' ? [data] : []));
  /** What was told once the clock stood there, as many times as expected or for 20 s, and several rounds have gone by. */
  const at = async (time: string, stream: string, expected: number): Promise<readonly string[]> => {
    clock.time = time;
    for (const until = Date.now() + 20_000; (await reminders(stream)).length < expected && Date.now() < until;) await delay(50);
    await delay(300);
    return (await reminders(stream)).map((one) => (one as { occasion: string }).occasion);
  };
  const asking = async (giver: Giver, dueOn: string, time = '2030-03-01T02:00:00Z'): Promise<{ readonly stream: string; readonly recommendation: string }> => {
    clock.time = time;
    const [stream, recommendation] = [`${giver}-${randomUUID()}`, randomUUID()];
    await append(stream, begun[giver](), stored('RecommendationMade', { recommendation: { id: recommendation, text: 'x', owner: unit, dueOn }, occurredOn }));
    return { stream, recommendation };
  }; // prettier-ignore

  it.each(['inspection', 'board'] as const)('of %ss come two working days before it is due and on the day after, each once', async (giver) => {
    // A Monday: the second working day before it is the Thursday.
    const { stream, recommendation } = await asking(giver, '2030-03-11');
    await append(stream, stored('RemedyReported', { recommendation, text: 'x', by: [], occurredOn }), stored('RemedyReturned', { recommendation, reason: 'x', occurredOn }));
    const steps: readonly (readonly [string, readonly string[]])[] = [
      ['2030-03-06T16:59:59Z', []],
      ['2030-03-06T17:00:00Z', ['due-soon']],
      ['2030-03-11T16:59:59Z', ['due-soon']],
      ['2030-03-11T17:00:00Z', ['due-soon', 'overdue']],
      ['2030-03-07T00:00:00Z', ['due-soon', 'overdue']],
      ['2030-09-01T00:00:00Z', ['due-soon', 'overdue']],
    ];
    for (const [time, expected] of steps) expect([time, await at(time, stream, expected.length)]).toEqual([time, expected]);
    expect(await reminders(stream)).toEqual([
      { recommendation, occasion: 'due-soon', dueOn: '2030-03-11', occurredOn: '2030-03-07' },
      { recommendation, occasion: 'overdue', dueOn: '2030-03-11', occurredOn: '2030-03-12' },
    ]);
  }); // prettier-ignore

  it('come no more once the remedy was accepted, and not on the day on which it was asked', async () => {
    const { stream, recommendation } = await asking('inspection', '2030-03-11');
    await append(stream, stored('RemedyReported', { recommendation, text: 'x', by: [], occurredOn }), stored('RemedyAccepted', { recommendation, occurredOn }));
    const { stream: other } = await asking('inspection', '2030-03-11');
    expect(await at('2030-03-12T02:00:00Z', other, 1)).toEqual(['overdue']);
    expect(await reminders(stream)).toEqual([]);
    // Asked today, by the clock of the log.
    const now = new Date().toISOString();
    const { stream: today } = await asking('inspection', '2026-01-01', now);
    expect(await at(now, today, 0)).toEqual([]);
  }); // prettier-ignore

  it('come once, whichever process is first', async () => {
    const { stream } = await asking('board', '2030-03-11');
    const { database, store } = installation;
    clock.time = '2030-03-12T02:00:00Z';
    const tools = { signal: new AbortController().signal, reached: (position: bigint, ms: number) => processors.waitFor(position, ms) };
    const rounds = Array.from({ length: 3 }, () => remedyReminding('board', { store, database, clock, calendars: new Calendars(store) }).round(tools));
    await Promise.all(rounds);
    expect(await at('2030-03-12T02:00:00Z', stream, 1)).toEqual(['overdue']);
  }); // prettier-ignore
});
