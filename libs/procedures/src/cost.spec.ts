import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isHours, savingOf } from './cost.js';
import type { CostSide } from './cost.js';
import type { CostLine } from './events.js';
import { BeyondSafeIntegers } from '#event-store';

interface Side {
  readonly lines?: readonly CostLine[];
  readonly timesPerYear: number;
  readonly subjects: number;
}
interface Vectors {
  readonly yearlyCost: readonly {
    readonly id: string;
    readonly hourlyWage: number;
    readonly lines?: readonly CostLine[];
    readonly before: Side;
    readonly after: Side;
    readonly expect: { readonly before: number; readonly after: number; readonly saving: number; readonly cutPercent: string };
  }[];
}
const vectors = JSON.parse(readFileSync(join(process.cwd(), 'libs/procedures/src/cost-vectors.json'), 'utf8')) as Vectors;
const side = (hours: string, fee: number, subjectsPerYear = 1) => ({
  lines: [{ hours, fee, service: 0 }],
  timesPerYear: 1,
  subjectsPerYear,
});

describe('The compliance cost', () => {
  it.each(vectors.yearlyCost)('reproduces the published figures of $id', ({ hourlyWage, lines, before, after, expect: expected }) => {
    const of = ({ timesPerYear, subjects, lines: own }: Side) => ({ lines: own ?? lines ?? [], timesPerYear, subjectsPerYear: subjects });
    const { before: was, after: is, saving, cutPercent } = savingOf({ hourlyWage, before: of(before), after: of(after) });
    expect({ before: was.year, after: is.year, saving, cutPercent }).toEqual(expected);
  });

  it('rounds each yearly cost once, half up, and the percentage from the unrounded ones', () => {
    const found = savingOf({ hourlyWage: 1, before: side('0.5', 0, 3), after: side('0.5', 0, 1) });
    expect(found).toEqual({ before: { once: 1, year: 2 }, after: { once: 1, year: 1 }, saving: 1, cutPercent: '66.67' });
  });

  it('counts what is done once in some years exactly, and rounds it once', () => {
    const every = (everyYears: number, fee: number, subjectsPerYear = 1) => ({
      lines: [{ hours: '0', fee, service: 0 }],
      everyYears,
      subjectsPerYear,
    });
    const yearly = (one: CostSide): number => savingOf({ hourlyWage: 1, before: one, after: one }).before.year;
    // A third of 100 is 33.33…, three subjects make it 100 again: a fraction that was rounded first would say 99.
    expect([yearly(every(3, 100)), yearly(every(3, 100, 3)), yearly(every(2, 1)), yearly(every(3, 5)), yearly(every(7, 10))]).toEqual([
      33, 100, 1, 2, 1,
    ]);
    expect(savingOf({ hourlyWage: 1, before: side('0', 100), after: every(3, 100) })).toEqual({
      before: { once: 100, year: 100 },
      after: { once: 100, year: 33 },
      saving: 67,
      cutPercent: '66.67',
    });
    // The percentage comes from the unrounded costs: 1/3 and 1/7 both round to 0.
    expect(savingOf({ hourlyWage: 1, before: every(3, 1), after: every(7, 1) })).toMatchObject({ saving: 0, cutPercent: '57.14' });
    expect(() => yearly(every(3, Number.MAX_SAFE_INTEGER, 4))).toThrow(BeyondSafeIntegers);
    expect(yearly(every(3, Number.MAX_SAFE_INTEGER, 3))).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('is said by one of how often a year and every how many years', () => {
    const cost = { lines: [], subjectsPerYear: 1 };
    for (const before of [cost, { ...cost, timesPerYear: 1, everyYears: 1 }])
      expect(() => savingOf({ hourlyWage: 1, before, after: { ...cost, everyYears: 1 } })).toThrow('before.everyYears');
  });

  it('has no percentage when nothing was spent before', () => {
    expect(savingOf({ hourlyWage: 1, before: side('0', 0), after: side('0', 5) })).toMatchObject({ saving: -5, cutPercent: null });
  });

  it('refuses what leaves the safe integers', () => {
    const huge = side('0', Number.MAX_SAFE_INTEGER, 2);
    expect(() => savingOf({ hourlyWage: 1, before: huge, after: huge })).toThrow(BeyondSafeIntegers);
  });

  it('takes hours as decimals in text within reason', () => {
    expect(['0', '0.5', '100000'].every(isHours)).toBe(true);
    expect(['-1', '1e3', '100001', '', ' 1', '.5', 1].some(isHours)).toBe(false);
  });
});
