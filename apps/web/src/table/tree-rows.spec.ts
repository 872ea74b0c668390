import { describe, expect, it } from '@jest/globals';
import { treeRows, treeStep, withAbove } from './tree-rows';

const items = [
  { id: 'bo', parent: null, label: 'Bộ' },
  { id: 'quan-chung', parent: 'bo', label: 'Quân chủng' },
  { id: 'phong', parent: 'quan-chung', label: 'Phòng' },
  { id: 'ban', parent: 'quan-chung', label: 'Ban' },
];
const rows = (open: readonly string[], chosen?: string) => treeRows(items, { open: new Set(open), chosen });

describe('A tree', () => {
  it('shows what stands below only where that is open, with its level and place', () => {
    expect(rows([]).map(({ item }) => item.id)).toEqual(['bo']);
    expect(rows(['bo', 'quan-chung']).map(({ item, level, at, of }) => [item.id, level, at, of])).toEqual([
      ['bo', 1, 1, 1],
      ['quan-chung', 2, 1, 1],
      ['phong', 3, 1, 2],
      ['ban', 3, 2, 2],
    ]);
  });

  it('says at a closed one that the chosen one is inside', () => {
    expect(rows(['bo'], 'ban').map(({ hidesChosen }) => hidesChosen)).toEqual([false, true]);
    expect(rows(['bo', 'quan-chung'], 'ban').some(({ hidesChosen }) => hidesChosen)).toBe(false);
  });

  it('puts at the top what stands below nothing that is there', () => {
    const some = items.filter(({ id }) => id !== 'quan-chung');
    expect(treeRows(some, { open: new Set(), chosen: undefined }).map(({ item }) => item.id)).toEqual(['bo', 'phong', 'ban']);
  });

  it('keeps what those that are sought stand below', () => {
    expect(withAbove(items, ({ id }) => id === 'ban').map(({ id }) => id)).toEqual(['bo', 'quan-chung', 'ban']);
  });

  it('is walked by arrows: right opens and goes in, left closes and goes out', () => {
    const seen = rows(['bo', 'quan-chung']);
    expect(treeStep(rows(['bo']), 1, 'ArrowRight')).toEqual({ open: 'quan-chung' });
    expect(treeStep(seen, 1, 'ArrowRight')).toEqual({ to: 'phong' });
    expect(treeStep(seen, 2, 'ArrowRight')).toBeNull();
    expect(treeStep(seen, 3, 'ArrowLeft')).toEqual({ to: 'quan-chung' });
    expect(treeStep(seen, 1, 'ArrowLeft')).toEqual({ close: 'quan-chung' });
    expect([treeStep(seen, 1, 'ArrowUp'), treeStep(seen, 3, 'ArrowDown'), treeStep(seen, 3, 'Home')]).toEqual([
      { to: 'bo' },
      null,
      { to: 'bo' },
    ]);
  });
});
