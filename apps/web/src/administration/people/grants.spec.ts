import { describe, expect, it } from '@jest/globals';
import { standingAt, standingOf } from './grants';

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

  it('ends with its unit, and goes on where its unit became part of another one', () => {
    const units = [
      { id: 'open', closed: false, mergedInto: null },
      { id: 'closed', closed: true, mergedInto: null },
      { id: 'merged', closed: true, mergedInto: 'open' },
      { id: 'merged-and-closed', closed: true, mergedInto: 'closed' },
    ];
    expect(units.map(({ id }) => standingAt(units, { unit: id }, '2025-03-01'))).toEqual(['now', 'closed', 'now', 'closed']);
    expect(standingAt(units, { unit: 'closed', to: '2025-02-28' }, '2025-03-01')).toBe('past');
  });
});
