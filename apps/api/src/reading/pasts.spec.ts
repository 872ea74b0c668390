import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { EventStore } from '#event-store';
import type { Person } from '#identity';
import { Problem } from '../http/problem.js';
import { Pasts } from './pasts.js';

const personOf = (id: string): Person => ({ id, keepers: [] }) as unknown as Person;
const procedure = '00000000-0000-4000-8000-000000000001';

describe('Reading pasts', () => {
  const openLog = (): { readonly pasts: Pasts; readonly begun: (() => void)[] } => {
    const begun: (() => void)[] = [];
    const read = (): Promise<readonly never[]> => new Promise((end) => begun.push(() => end([])));
    const [unused] = [{}] as never[];
    const log = { store: { read } as unknown as EventStore, database: unused };
    return { pasts: new Pasts(log as never, unused as never, unused as never, unused as never), begun };
  };

  it('goes by turns of people, two at once, so that whoever asks for a hundred keeps nobody waiting for them', async () => {
    const { pasts, begun } = openLog();
    const ended: string[] = [];
    const ask = (who: string): Promise<void> =>
      pasts
        .differences(procedure, 0, 1, personOf(who))
        .catch((error: unknown) => {
          if (!(error instanceof Problem)) throw error;
        })
        .then(() => void ended.push(who));
    const asked = [...Array.from({ length: 100 }, () => ask('one')), ask('other')];
    await turn();
    await turn();
    expect(begun).toHaveLength(2);
    let most = 0;
    for (let at = 0; at < asked.length; at++) {
      while (begun.length <= at) await turn();
      most = Math.max(most, begun.length - at);
      begun[at]?.();
      await turn();
    }
    await Promise.all(asked);
    expect(most).toBe(2);
    expect(ended.indexOf('other')).toBeLessThan(6);
  });
});
