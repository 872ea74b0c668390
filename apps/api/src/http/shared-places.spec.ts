import { describe, expect, it } from '@jest/globals';
import { Problem } from './problem.js';
import { anonymous, SharedPlaces } from './shared-places.js';

describe('Places that everybody shares', () => {
  const codeOf = (take: () => unknown): string | null => {
    try {
      take();
      return null;
    } catch (error) {
      return error instanceof Problem ? error.code : String(error);
    }
  };

  it('are not taken by one person alone, nor kept by whoever gave theirs back', () => {
    const places = new SharedPlaces({ most: 5, mostOfOne: 3, mostOfPrograms: 0, of: 'streams are open', retryAfterSeconds: 5 });
    const backs = [1, 2, 3].map(() => places.take(anonymous('one')));
    expect(codeOf(() => places.take(anonymous('one')))).toBe('too-many-requests');
    places.take(anonymous('other'));
    places.take(anonymous('other'));
    expect(codeOf(() => places.take(anonymous('third')))).toBe('unavailable');
    backs[0]?.();
    // Given back once, however often that is said.
    backs[0]?.();
    places.take(anonymous('third'));
    expect(codeOf(() => places.take(anonymous('third')))).toBe('unavailable');
    backs[1]?.();
    expect(codeOf(() => places.take(anonymous('one')))).toBeNull();
  });

  it('are not taken through programs, which their person and others do without', () => {
    const places = new SharedPlaces({ most: 20, mostOfOne: 2, mostOfPrograms: 8, of: 'streams are open', retryAfterSeconds: 5 });
    const program = (index: number) => ({ id: `program ${String(index)}`, keepers: ['maker', 'other keeper'] });
    const taken = Array.from({ length: 11 }, (_, index) => [1, 2].map(() => codeOf(() => places.take(program(index))))).flat();
    expect(taken).toEqual([...Array<null>(8).fill(null), ...Array<string>(14).fill('too-many-requests')]);
    for (const id of ['maker', 'other keeper', 'somebody'])
      expect([1, 2, 3].map(() => codeOf(() => places.take(anonymous(id))))).toEqual([null, null, 'too-many-requests']);
    expect(codeOf(() => places.take({ id: 'another', keepers: ['somebody'] }))).toBeNull();
  });

  it('are counted by how much is taken, and whoever has none yet gets what they ask for', () => {
    const places = new SharedPlaces({ most: 100, mostOfOne: 30, mostOfPrograms: 0, of: 'bytes wait', retryAfterSeconds: 1 });
    const back = places.take(anonymous('one'), 50);
    expect(codeOf(() => places.take(anonymous('one'), 1))).toBe('too-many-requests');
    places.take(anonymous('other'), 50);
    expect(codeOf(() => places.take(anonymous('third'), 1))).toBe('unavailable');
    back();
    expect(places.inUse).toBe(50);
    places.take(anonymous('one'), 10);
    places.take(anonymous('one'), 20);
    expect(codeOf(() => places.take(anonymous('one'), 1))).toBe('too-many-requests');
  });
});
