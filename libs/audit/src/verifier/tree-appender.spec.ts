import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rootOf } from './merkle.js';
import { hex } from './octets.js';
import { madeLeaves, TilesInMemory, tilesOver } from './testing/made-trees.js';
import { tilesOfTree } from './tiles.js';
import { TreeAppender } from './tree-appender.js';

const leaves = madeLeaves(1500);
const rootOfSize = (size: number): string => hex(rootOf(leaves.slice(0, size)));
const append = (appender: TreeAppender, from: number, to: number): void => {
  for (const leaf of leaves.slice(from, to)) appender.append(leaf);
};

describe('a tree that is appended to', () => {
  it('has the root of the definition after every leaf', () => {
    const appender = new TreeAppender();
    expect(hex(appender.root())).toBe(rootOfSize(0));
    leaves.slice(0, 600).forEach((leaf, index) => {
      appender.append(leaf);
      if (index < 80 || index % 16 > 13) expect(hex(appender.root())).toBe(rootOfSize(index + 1));
    });
  });

  it('says which tiles changed, and they are the tiles of the tree', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 5 }), (steps) => {
        const tiles = new TilesInMemory();
        const appender = new TreeAppender();
        for (const step of steps) {
          append(appender, appender.size, Math.min(leaves.length, appender.size + step));
          tiles.keep(appender);
          expect(appender.takeChanged()).toEqual([]);
        }
        const named = [...tilesOfTree(appender.size)].map(({ level, index, width }) => [`${level}/${index}`, width * 32]);
        expect(new Map([...tiles.tiles].map(([name, octets]) => [name, octets.length]))).toEqual(new Map(named as [string, number][]));
        expect(tiles.written()).toEqual(tilesOver(leaves.slice(0, appender.size)).written());
      }),
      { numRuns: 8 },
    );
  });

  it('goes on from its tiles as if it had not been left', async () => {
    for (const size of [0, 1, 255, 256, 257, 511, 512, 1000]) {
      const tiles = tilesOver(leaves.slice(0, size));
      const resumed = await TreeAppender.at(size, tiles.read);
      expect(resumed.takeChanged()).toEqual([]);
      expect(hex(resumed.root())).toBe(rootOfSize(size));
      append(resumed, size, 1300);
      tiles.keep(resumed);
      expect(hex(resumed.root())).toBe(rootOfSize(1300));
      expect(tiles.written()).toEqual(tilesOver(leaves.slice(0, 1300)).written());
    }
  });

  it('names full tiles once and never an empty one', () => {
    const appender = new TreeAppender();
    append(appender, 0, 512);
    expect(appender.takeChanged().map(({ level, index, width }) => [level, index, width])).toEqual([
      [0, 0, 256],
      [0, 1, 256],
      [1, 0, 2],
    ]);
    append(appender, 512, 513);
    expect(appender.takeChanged().map(({ level, index, width }) => [level, index, width])).toEqual([[0, 2, 1]]);
  });
});
