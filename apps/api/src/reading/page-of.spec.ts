import { describe, expect, it } from '@jest/globals';
import { InvalidCursor } from '#processors';
import { pageOf } from './page-of.js';

describe('A page of a list that is at hand', () => {
  it('goes on where the one before ended, also when something came meanwhile, and has 200 items unless asked for fewer', () => {
    const items = Array.from({ length: 401 }, (_, index) => `item ${String(index)}`);
    const page = (list: readonly string[], cursor?: string, limit?: string) =>
      pageOf('things', list, (item) => item, { ...(cursor !== undefined && { cursor }), ...(limit !== undefined && { limit }) });
    const first = page(items);
    expect(first.items).toEqual(items.slice(0, 200));
    const second = page([...items, 'newest'], first.nextCursor ?? '');
    expect(second.items).toEqual(items.slice(200, 400));
    expect(page([...items, 'newest'], second.nextCursor ?? '')).toEqual({ items: ['item 400', 'newest'], nextCursor: null });
    expect(page(items, undefined, '1').items).toEqual(['item 0']);
    expect(page(items.slice(0, 200)).nextCursor).toBeNull();
    expect(page([])).toEqual({ items: [], nextCursor: null });
    for (const cursor of ['x', first.nextCursor ?? ''])
      expect(() => pageOf('others', items, (item) => item, { cursor })).toThrow(InvalidCursor);
  });
});
