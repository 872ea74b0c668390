import { describe, expect, it } from '@jest/globals';
import { afterPress, asListed, withAll, without } from './choosing';

const rows = ['a', 'b', 'c', 'd', 'e'].map((key) => ({ key, row: key }));
const keys = (chosen: ReadonlyMap<string, string>): string => [...chosen.keys()].sort().join('');
const none = new Map<string, string>();

describe('Choosing rows', () => {
  it('takes one by one, and lets one go again', () => {
    const one = afterPress(none, rows, { at: 1, from: null });
    expect(keys(one)).toBe('b');
    expect(keys(afterPress(one, rows, { at: 1, from: null }))).toBe('');
  });

  it('takes a stretch to either side, and lets a stretch go', () => {
    const down = afterPress(afterPress(none, rows, { at: 1, from: null }), rows, { at: 3, from: 1 });
    expect(keys(down)).toBe('bcd');
    expect(keys(afterPress(down, rows, { at: 0, from: 3 }))).toBe('abcd');
    expect(keys(afterPress(down, rows, { at: 2, from: 1 }))).toBe('d');
  });

  it('keeps what is chosen and stands in the list no longer', () => {
    const chosen = withAll(none, [{ key: 'z', row: 'z' }]);
    expect(keys(afterPress(chosen, rows, { at: 0, from: null }))).toBe('az');
    expect(keys(without(chosen, rows))).toBe('z');
    expect(afterPress(chosen, rows, { at: 9, from: null })).toBe(chosen);
  });

  it('knows what is chosen as the list shows it now, also after it changed there', () => {
    const chosen = new Map([
      ['a', 'as it was'],
      ['z', 'not listed'],
    ]);
    expect([...asListed(chosen, rows)]).toEqual([
      ['a', 'a'],
      ['z', 'not listed'],
    ]);
  });
});
