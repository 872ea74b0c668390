import { describe, expect, it } from '@jest/globals';
import { foundForAll } from './found-for-all.js';

interface Happened {
  readonly about: string;
}

const events = ['a', 'b', 'c'].map((about): Happened => ({ about }));
const [a, b, c] = events;
if (!a || !b || !c) throw new Error('There are three.');

describe('What is found out about events for all who hear of them', () => {
  const setUp = (): { ask: (things: readonly Happened[]) => Promise<readonly string[]>; asked: string[]; wait: (ms: number) => void } => {
    const asked: string[] = [];
    let now = 0;
    const find = (things: readonly Happened[]): Promise<ReadonlyMap<Happened, string>> => {
      asked.push(things.map(({ about }) => about).join(''));
      return Promise.resolve(new Map(things.filter(({ about }) => about !== 'b').map((one) => [one, `${one.about}${String(now)}`])));
    };
    return { ask: foundForAll(find, 1_000, () => now), asked, wait: (ms) => (now += ms) };
  };

  it('is asked once, however many listen, and of all that happened together', async () => {
    const { ask, asked } = setUp();
    const told = await Promise.all(Array.from({ length: 64 }, () => ask(events)));
    expect(new Set(told.map((one) => one.join(' ')))).toEqual(new Set(['a0 c0']));
    expect(asked).toEqual(['abc']);
  });

  it('is asked only about what nobody asked about a moment before', async () => {
    const { ask, asked, wait } = setUp();
    await ask([a, b]);
    wait(999);
    expect(await ask([b, c, a])).toEqual(['c999', 'a0']);
    expect(asked).toEqual(['ab', 'c']);
  });

  it('is asked anew after a moment, for who may see it may have changed', async () => {
    const { ask, wait } = setUp();
    await ask([a]);
    wait(1_000);
    expect(await ask([a])).toEqual(['a1000']);
  });

  it('fails for all who wait for it, and is tried again after a moment', async () => {
    let now = 0;
    let isAway = true;
    const find = (things: readonly Happened[]): Promise<ReadonlyMap<Happened, string>> =>
      isAway ? Promise.reject(new Error('away')) : Promise.resolve(new Map(things.map((one) => [one, one.about])));
    const ask = foundForAll(find, 1_000, () => now);
    const outcomes = await Promise.allSettled([ask(events), ask(events)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    [now, isAway] = [1_000, false];
    expect(await ask(events)).toEqual(['a', 'b', 'c']);
  });
});
