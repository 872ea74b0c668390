import type { Units } from '../frame/units';
import { numberText } from '../format/format';
import { dueRangeWords, dueRanges } from '../words/codes';
import type { DueRange } from '../words/codes';
import type { Words } from '../words/words';
import type { OverdueAnswer } from './dashboard-queries';
import type { DashboardSearch } from './dashboard-search';
import type { Figure } from './figures';
import type { Said } from './tile';
import { shownUnits, sumsBelow } from './unit-sums';

const late: readonly DueRange[] = ['lateOver10', 'late6To10', 'late1To5'];

/** How many deadlines of which unit are how far off. */
export function overdueSaid({ rows, totals }: OverdueAnswer, search: DashboardSearch, units: Units, { say, language }: Words): Said {
  const lateOf = (one: Readonly<Record<DueRange, number>>): number => late.reduce((so, range) => so + one[range], 0);
  const running = numberText(totals.running, language);
  if (totals.running === 0) return { conclusion: say('dashboard.noDeadline'), figures: null };
  const sums = sumsBelow(units.all, rows, (row) => row.running);
  const byRange = new Map(dueRanges.map((range) => [range, sumsBelow(units.all, rows, (row) => row[range])]));
  const [worst] = rows.toSorted((one, other) => lateOf(other) - lateOf(one));
  const figure = (unit: string, range: DueRange): Figure => ({
    number: byRange.get(range)?.get(unit) ?? 0,
    list: { to: '/deadlines', search: { unit, due: range } },
    isLate: late.includes(range),
  });
  return {
    conclusion:
      worst === undefined || lateOf(totals) === 0
        ? say('dashboard.noneLate', { running })
        : say('dashboard.overdueSays', {
            late: numberText(lateOf(totals), language),
            running,
            unit: worst.unitName,
            number: numberText(lateOf(worst), language),
          }),
    figures: {
      names: [say('dashboard.unit')],
      columns: [...dueRanges.map((range) => say(dueRangeWords[range])), say('dashboard.total')],
      rows: shownUnits(units.all, sums, search.unit).map((unit) => ({
        key: unit,
        names: [units.nameOf(unit)],
        list: { to: '/dashboard', search: { unit } },
        figures: [
          ...dueRanges.map((range) => figure(unit, range)),
          { number: sums.get(unit) ?? 0, list: { to: '/deadlines', search: { unit } } },
        ],
      })),
    },
  };
}
