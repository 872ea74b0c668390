import { describe, expect, it } from '@jest/globals';
import { WorkingDays, initialCalendars } from '#workflow';
import { dueBounds, dueRanges } from './due-ranges.js';
import type { DueRange } from './due-ranges.js';

const [calendar] = initialCalendars;
const vn = calendar ? new WorkingDays(calendar) : null;

/** Thursday 7 December 2023: no holiday for weeks before and after it. */
const today = '2023-12-07';

function rangeOf(due: string, bounds = dueBounds(vn, today)): DueRange | undefined {
  const at = Date.parse(`${due}T17:00:00Z`);
  return dueRanges.find((range) => {
    if (range === 'undated') return false;
    const { after, upTo } = bounds[range];
    return (after === null || at > after.getTime()) && (upTo === null || at <= upTo.getTime());
  });
}

describe('How far off a due date is', () => {
  it.each([
    ['2023-11-22', 'lateOver10'],
    ['2023-11-23', 'late6To10'],
    ['2023-11-29', 'late6To10'],
    ['2023-11-30', 'late1To5'],
    ['2023-12-06', 'late1To5'],
    ['2023-12-07', 'in0To5'],
    ['2023-12-14', 'in0To5'],
    ['2023-12-15', 'in6To10'],
    ['2023-12-21', 'in6To10'],
    ['2023-12-22', 'inOver10'],
  ])('counts working days: what is due on %s is %s', (due, range) => {
    expect(rangeOf(due)).toBe(range);
  });

  it('puts each date into one range, also around a weekend', () => {
    for (const day of ['2023-12-09', '2023-12-10', '2023-12-11'])
      for (let offset = -30; offset <= 30; offset++) {
        const due = new Date(Date.parse(`${day}T00:00:00Z`) + offset * 86_400_000).toISOString().slice(0, 10);
        const at = Date.parse(`${due}T17:00:00Z`);
        const bounds = Object.values(dueBounds(vn, day));
        const holding = bounds.filter(
          ({ after, upTo }) => (after === null || at > after.getTime()) && (upTo === null || at <= upTo.getTime()),
        );
        expect([day, due, holding.length]).toEqual([day, due, 1]);
      }
  });

  it('counts every day where the calendar does not know the days', () => {
    expect(rangeOf('2190-01-06', dueBounds(vn, '2190-01-01'))).toBe('in0To5');
  });
});
