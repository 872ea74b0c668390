import { describe, expect, it } from '@jest/globals';
import { StateCache } from './state-cache.js';
import type { FoldedStream } from './state-cache.js';

const folded = (weight: number, commands: readonly string[] = []): FoldedStream<string> => ({
  ...{ state: 'any', revision: 0, position: 1n, weight },
  commands: new Map(commands.map((id) => [id, 'hash'])),
});

describe('What is remembered of streams', () => {
  it('is bounded by the memory that it takes, and what was used last stays', () => {
    const cache = new StateCache<string>({ mostBytes: 10_000 });
    for (const stream of ['a', 'b', 'c']) cache.set(stream, folded(1_500));
    cache.get('a');
    cache.set('d', folded(1_500));
    expect(['a', 'b', 'c', 'd'].filter((stream) => cache.get(stream) !== undefined)).toEqual(['a', 'c', 'd']);
    cache.set('e', folded(4_000));
    expect(['a', 'c', 'd', 'e'].filter((stream) => cache.get(stream) !== undefined)).toEqual(['e']);
  });

  it('counts the commands of a stream, and keeps none that is too large alone', () => {
    const cache = new StateCache<string>({ mostBytes: 10_000 });
    const many = Array.from({ length: 40 }, (_, index) => String(index));
    cache.set('many', folded(10, many));
    cache.set('large', folded(6_000));
    expect([cache.get('many'), cache.get('large')]).toEqual([undefined, undefined]);
    // A stream that was replaced or let go leaves no weight behind, also when commands came to it meanwhile.
    for (let turn = 0; turn < 50; turn++) {
      const entry = folded(1_000);
      cache.set('again', entry);
      for (const id of many) entry.commands.set(id, 'hash');
      if (turn % 2 === 0) cache.delete('again');
    }
    cache.set('other', folded(1_500));
    expect([cache.get('again'), cache.get('other')]).not.toContain(undefined);
  });

  it('is bounded by number', () => {
    const cache = new StateCache<string>({ mostStreams: 2 });
    for (const stream of ['a', 'b', 'c']) cache.set(stream, folded(1));
    expect(['a', 'b', 'c'].filter((stream) => cache.get(stream) !== undefined)).toEqual(['b', 'c']);
  });
});
