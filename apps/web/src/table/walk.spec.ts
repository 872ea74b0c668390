import { describe, expect, it } from '@jest/globals';
import { afterPage, pagesFor, rowsIn, walkStart } from './walk';

describe('An endless list', () => {
  it('is walked from page to page', () => {
    const two = afterPage(walkStart, 0, 'a');
    const three = afterPage(two, 1, 'b');
    expect(three).toEqual([null, 'a', 'b']);
    expect(afterPage(three, 1, 'b')).toBe(three);
    expect(afterPage(three, 2, null)).toBe(three);
  });

  it('forgets what lay beyond a page that ends elsewhere now', () => {
    expect(afterPage([null, 'a', 'b', 'c'], 1, 'x')).toEqual([null, 'a', 'x']);
    expect(afterPage([null, 'a', 'b', 'c'], 0, null)).toEqual([null]);
    expect(afterPage([null], 3, 'x')).toEqual([null]);
  });

  it('reads the pages that are shown, the next, and always the first', () => {
    const walk = [null, 'a', 'b', 'c', 'd'];
    expect(pagesFor(walk, { first: 0, last: 20 }, 100)).toEqual([0, 1]);
    expect(pagesFor(walk, { first: 190, last: 210 }, 100)).toEqual([0, 1, 2, 3]);
    expect(pagesFor(walk, { first: 900, last: 920 }, 100)).toEqual([0, 4]);
  });

  it('is as long as is known', () => {
    expect(rowsIn([null], 100, 7)).toBe(7);
    expect(rowsIn([null, 'a'], 100, undefined)).toBe(200);
    expect(rowsIn([null, 'a'], 100, 30)).toBe(130);
  });
});
