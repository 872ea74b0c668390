import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { byMonths, monthOf } from './months.js';

const day = (count: number): string => new Date(Date.UTC(2019, 0, 1) + count * 86_400_000).toISOString().slice(0, 10);

describe('A period by months', () => {
  it('is its whole months, and the days before and after them', () => {
    expect(byMonths({ from: '2024-01-15', to: '2024-04-02' })).toEqual({
      months: { from: '2024-02-01', to: '2024-03-01' },
      days: [
        { from: '2024-01-15', to: '2024-01-31' },
        { from: '2024-04-01', to: '2024-04-02' },
      ],
    });
    expect(byMonths({ from: '2024-01-01', to: '2024-12-31' })).toEqual({ months: { from: '2024-01-01', to: '2024-12-01' }, days: [] });
    expect(byMonths({})).toEqual({ months: {}, days: [] });
    expect(byMonths({ to: '9999-12-31' })).toEqual({ months: { to: '9999-12-01' }, days: [] });
    expect(byMonths({ from: '2024-02-10', to: '2024-03-30' }).months).toBeNull();
  });

  it('holds each of its days once, and no other', () => {
    const bound = fc.option(fc.nat(1_500), { nil: undefined });
    fc.assert(
      fc.property(bound, bound, fc.nat(1_500), (begin, end, count) => {
        const [from, to, date] = [begin === undefined ? undefined : day(begin), end === undefined ? undefined : day(end), day(count)];
        const { months, days } = byMonths({ from, to });
        const isIn = (one: string, period: { readonly from?: string | undefined; readonly to?: string | undefined }): boolean =>
          (period.from === undefined || one >= period.from) && (period.to === undefined || one <= period.to);
        const times = days.filter((some) => isIn(date, some)).length + (months && isIn(monthOf(date), months) ? 1 : 0);
        expect(times).toBe(isIn(date, { from, to }) ? 1 : 0);
      }),
      { numRuns: 2_000 },
    );
  });
});
