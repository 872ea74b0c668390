import { describe, expect, it } from '@jest/globals';
import { Problem } from './problem.js';
import { SharedPlaces } from './shared-places.js';

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
    const places = new SharedPlaces({ most: 5, mostOfOne: 3, of: 'streams are open', retryAfterSeconds: 5 });
    const backs = [1, 2, 3].map(() => places.take('one'));
    expect(codeOf(() => places.take('one'))).toBe('too-many-requests');
    places.take('other');
    places.take('other');
    expect(codeOf(() => places.take('third'))).toBe('unavailable');
    backs[0]?.();
    // Given back once, however often that is said.
    backs[0]?.();
    places.take('third');
    expect(codeOf(() => places.take('third'))).toBe('unavailable');
    backs[1]?.();
    expect(codeOf(() => places.take('one'))).toBeNull();
  });
});
