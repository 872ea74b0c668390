import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { everyDay } from '#workflow';
import { standingOf } from './standing.js';

const target = { threshold: '20', deadline: '2025-12-31' };
const day = { on: '2023-01-01', from: '2022-01-01', days: everyDay };
const of = (numerator: number, denominator: number, change: Partial<typeof day & typeof target> = {}) =>
  standingOf({ numerator, denominator, withoutBaseline: null }, { ...target, ...change }, { ...day, ...change });

describe('How a target stands', () => {
  it('is the share in hundredths of a per cent, scored by what is reached of the threshold', () => {
    expect(of(1, 3)).toMatchObject({ value: '33.33', score: '100.00', reached: true });
    expect(of(1, 8)).toMatchObject({ value: '12.50', score: '62.50', reached: false });
    expect(of(2, 3, { threshold: '80' })).toMatchObject({ value: '66.67', score: '83.33', reached: false });
    expect(of(0, 5)).toMatchObject({ value: '0.00', score: '0.00', reached: false });
  });

  it('is reached by the exact share, not by the one that is shown', () => {
    expect(of(19_999, 100_000)).toMatchObject({ value: '20.00', score: '100.00', reached: false });
    expect(of(20_000, 100_000)).toMatchObject({ reached: true });
  });

  it('is not there where there is nothing to count', () => {
    expect(of(0, 0)).toMatchObject({ value: null, score: null, reached: false, pace: null, forecastOn: null });
  });

  it('forecasts the day by the pace since the programme began, and no day where it does not get there', () => {
    expect(of(1, 10)).toMatchObject({ pace: '0.0274', forecastOn: '2024-01-01' });
    expect(of(0, 10)).toMatchObject({ pace: '0.0000', forecastOn: null });
    expect(of(2, 10)).toMatchObject({ reached: true, forecastOn: null });
    expect(of(1, 10, { on: '2022-01-01' })).toMatchObject({ pace: null, forecastOn: null });
    expect(of(1, 1_000_000_000, { threshold: '100' })).toMatchObject({ forecastOn: null });
  });

  it('has days left from tomorrow up to the deadline, and is overdue after it', () => {
    expect(of(1, 10, { on: '2025-12-30' })).toMatchObject({ workingDaysLeft: 1, overdue: false });
    expect(of(1, 10, { on: '2025-12-31' })).toMatchObject({ workingDaysLeft: 0, overdue: false });
    expect(of(1, 10, { on: '2026-01-01' })).toMatchObject({ workingDaysLeft: 0, overdue: true });
    expect(of(5, 10, { on: '2026-01-01' })).toMatchObject({ workingDaysLeft: 0, overdue: false });
  });

  it('never scores more than is reached, and what is reached scores in full', () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: 100 }), (numerator, denominator, threshold) => {
        const { score, reached } = of(numerator, denominator, { threshold: String(threshold) });
        expect(reached).toBe(numerator * 100 >= threshold * denominator);
        expect(Number(score)).toBeLessThanOrEqual(100);
        if (reached) expect(score).toBe('100.00');
      }),
    );
  });
}); // prettier-ignore
