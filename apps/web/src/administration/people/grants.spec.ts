import { describe, expect, it } from '@jest/globals';
import { standingOf } from './grants';

describe('A role with days', () => {
  it('counts from its first day to its last, both included', () => {
    const grant = { from: '2025-03-01', to: '2025-03-31' };
    expect(['2025-02-28', '2025-03-01', '2025-03-31', '2025-04-01'].map((on) => standingOf(grant, on))).toEqual([
      'coming',
      'now',
      'now',
      'past',
    ]);
  });

  it('counts for good where nobody said otherwise', () => {
    expect(standingOf({}, '2025-03-01')).toBe('now');
  });
});
