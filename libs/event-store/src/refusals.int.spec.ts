import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openLog } from '../../../test/support/log-installation.js';
import type { LogInstallation } from '../../../test/support/log-installation.js';
import { Rejected } from './decider.js';
import type { EventMetadata } from './event-store.js';
import { closeRefusals, recordingRefusals, refusalsLeftOutType } from './refusals.js';

const metadataOf = (person: string): EventMetadata => ({
  ...{ commandId: 'c', requestHash: 'a'.repeat(64), $correlationId: 'c', $causationId: 'c' },
  actor: { id: person, version: 1, commitment: 'c', role: 'officer', unit: 'u' },
});

describe('What is refused', () => {
  let log: LogInstallation;
  beforeAll(async () => {
    log = await openLog('embedded');
  });
  afterAll(() => log.close());

  it('goes on record up to a bound of one person in a minute, and how much more there was is told after it', async () => {
    const refused = (person: string): Promise<void> =>
      recordingRefusals({ store: log.store, today: '2026-01-05', action: 'close-period', metadata: metadataOf(person) }, () =>
        Promise.reject(new Rejected([{ code: 'not-authorised', message: 'No.' }])),
      );
    // A minute may end on the way; then there is room for as many again.
    const outcomes = await Promise.allSettled(Array.from({ length: 700 }, () => refused('flooding')));
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    await expect(refused('other')).rejects.toThrow(Rejected);
    await closeRefusals(log.store);
    const { events } = await log.store.readAll({ from: null, limit: 2_000 });
    const of = (person: string, type: string): typeof events =>
      events.filter((event) => event.type === type && event.metadata.actor.id === person);
    const leftOut = of('flooding', refusalsLeftOutType).map(
      ({ data }) => (data as { times: { CommandRefused: number } }).times.CommandRefused,
    );
    expect(leftOut.length).toBeGreaterThan(0);
    expect(of('flooding', 'CommandRefused').length + leftOut.reduce((sum, times) => sum + times, 0)).toBe(700);
    expect(of('other', 'CommandRefused')).toHaveLength(1);
  });
});
