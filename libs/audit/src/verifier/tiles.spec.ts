import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Malformed } from './malformed.js';
import { parseTilePath, tilePath, tilesOfTree, tileWidth, widthInTree } from './tiles.js';

describe('the path of a tile', () => {
  it('is the published one', () => {
    expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067');
    expect(tilePath({ level: 1, index: 0, width: 1 })).toBe('tile/1/000.p/1');
    expect(tilePath({ level: 'entries', index: 273, width: 112 })).toBe('tile/entries/273.p/112');
    expect(tilePath({ level: 0, index: 1000, width: 256 })).toBe('tile/0/x001/000');
  });

  it('is read as it was written', () => {
    const name = fc.record({
      level: fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant('entries' as const)),
      index: fc.maxSafeNat(),
      width: fc.integer({ min: 1, max: 256 }),
    });
    fc.assert(fc.property(name, (tile) => expect(parseTilePath(tilePath(tile))).toEqual(tile)));
  });

  it.each([
    ...['', 'tile', 'tile/0', 'tile/0/', 'tile/0/1', 'tile/0/01', 'tile/0/0000', 'tile/00/000', 'tile/64/000', 'tile/-1/000', 'tile/x/000'],
    ...['tile/0/x000/001', 'tile/0/001/002', 'tile/0/x001/x002', 'tile/0/000.p/0', 'tile/0/000.p/256', 'tile/0/000.p/01', 'tile/0/000.p/'],
    ...[
      'tile/0/000/',
      '/tile/0/000',
      'tile/0/000.p/1 ',
      'tile/0/000\n',
      'tile/Entries/000',
      'tile/0/٠٠٠',
      'tile/0/x999/x999/x999/x999/x999/999',
    ],
  ])('is not %j', (path) => {
    expect(() => parseTilePath(path)).toThrow(Malformed);
  });

  it('refuses garbage by its name', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^tile\/[0-9e]{1,3}\/[x0-9/]{0,20}(\.p\/[0-9]*)?$/)), (path) => {
        try {
          expect(tilePath(parseTilePath(path))).toBe(path);
        } catch (error) {
          expect(error).toBeInstanceOf(Malformed);
        }
      }),
    );
  });
});

describe('the tiles of a tree', () => {
  it('of 70,000 leaves are those of the published example', () => {
    const tiles = [...tilesOfTree(70_000)];
    const full = (level: number) => tiles.filter((tile) => tile.level === level && tile.width === tileWidth).length;
    expect([full(0), full(1), full(2)]).toEqual([273, 1, 0]);
    expect(tiles.filter(({ width }) => width < tileWidth)).toEqual([
      { level: 0, index: 273, width: 112 },
      { level: 1, index: 1, width: 17 },
      { level: 2, index: 0, width: 1 },
    ]);
  });

  it('of 256 leaves are a full one and one above', () => {
    expect([...tilesOfTree(256)]).toEqual([
      { level: 0, index: 0, width: 256 },
      { level: 1, index: 0, width: 1 },
    ]);
  });

  it('are none without leaves, and never empty', () => {
    expect([...tilesOfTree(0)]).toEqual([]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200_000 }), (size) => {
        for (const tile of tilesOfTree(size)) expect(widthInTree(tile, size)).toBe(tile.width);
        expect(widthInTree({ level: 0, index: Math.ceil(size / 256) }, size)).toBe(0);
      }),
      { numRuns: 20 },
    );
  });
});
