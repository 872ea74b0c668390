import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readOrNothing } from '#event-store';
import type { RecordedEvent } from '#event-store';
import { Clock } from '#platform';
import { openLog } from '../../../test/support/log-installation.js';
import type { LogInstallation } from '../../../test/support/log-installation.js';
import { Accesses, accessStream } from './accesses.js';
import type { Access } from './accesses.js';

class SetClock extends Clock {
  constructor(private at: Date) {
    super();
  }
  override now(): Date {
    return this.at;
  }
  pass(ms: number): void {
    this.at = new Date(this.at.getTime() + ms);
  }
}

const person = { id: '11111111-1111-4111-8111-111111111111', version: 1, commitment: 'c', role: 'auditor', unit: 'm' };
const read = (procedure: string, by = person): Access => ({ type: 'ClassifiedRead', by, procedure, subject: '/api/v1/procedures/:id' });

describe('What people read', () => {
  let log: LogInstallation;
  let clock: SetClock;
  let month = 0;
  /** A month of its own for each test. */
  const begin = (most?: number): Accesses => {
    clock = new SetClock(new Date(Date.UTC(2026, month++, 15, 3)));
    return new Accesses(log.store, clock, most);
  };
  const recorded = (): Promise<readonly RecordedEvent[]> => readOrNothing(log.store, accessStream(clock.now()));

  beforeAll(async () => {
    log = await openLog('embedded');
  });
  afterAll(() => log.close());

  it('goes on record with who read it, and no more than was asked', async () => {
    const accesses = begin();
    await accesses.record({ ...read('p'), asked: {}, correlationId: 'r' });
    await accesses.record({ type: 'ReportExported', by: person, subject: 'savings', asked: { format: 'csv' } });
    expect(await recorded()).toMatchObject([
      {
        type: 'ClassifiedRead',
        data: { subject: '/api/v1/procedures/:id', procedure: 'p' },
        metadata: { actor: person, $correlationId: 'r' },
      },
      { type: 'ReportExported', data: { subject: 'savings', asked: { format: 'csv' } } },
    ]);
    await accesses.close();
  });

  it('is recorded once in a minute, and how often it was left out is told after it', async () => {
    const accesses = begin();
    for (let times = 0; times < 3; times++) await accesses.record(read('p'));
    await accesses.tell();
    expect(await recorded()).toHaveLength(1);
    clock.pass(60_000);
    await accesses.record(read('p'));
    await accesses.close();
    expect((await recorded()).map(({ type, data }) => [type, data])).toEqual([
      ['ClassifiedRead', { subject: '/api/v1/procedures/:id', procedure: 'p' }],
      ['AccessesLeftOut', { minute: '2026-02-15T03:00:00.000Z', times: { ClassifiedRead: 2 } }],
      ['ClassifiedRead', { subject: '/api/v1/procedures/:id', procedure: 'p' }],
    ]);
  });

  it('never floods the log, whatever one person reads, and others are recorded beside them', async () => {
    const accesses = begin(5);
    for (let index = 0; index < 50; index++) await accesses.record(read(String(index)));
    await accesses.record(read('other', { ...person, id: '22222222-2222-4222-8222-222222222222' }));
    await accesses.close();
    const events = await recorded();
    expect(events.filter(({ type }) => type === 'ClassifiedRead')).toHaveLength(6);
    expect(events.filter(({ type }) => type === 'AccessesLeftOut')).toMatchObject([
      { data: { times: { ClassifiedRead: 45 } }, metadata: { actor: person } },
    ]);
  });

  it('is refused, and tried again the next time, where the log takes nothing', async () => {
    const accesses = begin();
    const { store } = log;
    const append = store.append.bind(store);
    store.append = () => Promise.reject(new Error('The log is away.'));
    await expect(accesses.record(read('p'))).rejects.toThrow('The log is away.');
    store.append = append;
    await accesses.record(read('p'));
    expect(await recorded()).toHaveLength(1);
    await accesses.close();
  });
});
