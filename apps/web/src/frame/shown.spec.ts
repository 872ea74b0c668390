import { describe, expect, it } from '@jest/globals';
import { shownBetween, shownLag } from './shown';

const answer = (lagMs: number, at: string, position = '1') => ({ items: [], asOf: { position, at, lagMs } });

describe('What is shown', () => {
  it('is the newest as long as no view is far behind', () => {
    expect(shownLag([answer(800, '2025-11-05T01:00:00Z'), null, undefined, { asOf: 3 }])).toBeNull();
  });

  it('is true up to the oldest moment that an answer names, also of a list in pages', () => {
    const pages = { pages: [answer(60_000, '2025-11-05T00:58:00Z')] };
    expect(shownLag([answer(20_000, '2025-11-05T00:59:00Z'), pages])).toBe('2025-11-05T00:58:00Z');
  });

  it('was read between the first and the last position that an answer names, by number and not by letter', () => {
    const read = (position: string) => answer(0, '2025-11-05T01:00:00Z', position);
    expect(shownBetween([read('9'), undefined, { pages: [read('1000'), read('8')] }, read('200')])).toEqual({ from: '9', to: '1000' });
    expect(shownBetween([{ items: [] }, null])).toBeNull();
  });
});
