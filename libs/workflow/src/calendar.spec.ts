import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NotCovered, WorkingDays, calendarFindings, daysBetween, endOfDay, plusDays } from './calendar.js';
import type { Calendar } from './calendar.js';
import { initialCalendars } from './calendars.js';

const [vn] = initialCalendars as [Calendar];
const days = new WorkingDays(vn);

describe('The n-th working day after a date', () => {
  // Start, then what 0, 1, 5, 10, 15 and 20 days come to.
  it.each([
    ['an ordinary Monday', '2026-03-02', ['2026-03-02', '2026-03-03', '2026-03-09', '2026-03-16', '2026-03-23', '2026-03-30']],
    ['a Saturday', '2026-03-07', ['2026-03-07', '2026-03-09', '2026-03-13', '2026-03-20', '2026-03-27', '2026-04-03']],
    ['a Sunday', '2026-03-08', ['2026-03-08', '2026-03-09', '2026-03-13', '2026-03-20', '2026-03-27', '2026-04-03']],
    ['the Friday before Tết 2026', '2026-02-13', ['2026-02-13', '2026-02-23', '2026-02-27', '2026-03-06', '2026-03-13', '2026-03-20']],
    ['a day of Tết 2026', '2026-02-18', ['2026-02-18', '2026-02-23', '2026-02-27', '2026-03-06', '2026-03-13', '2026-03-20']],
    ['the Wednesday before Tết 2027', '2027-02-03', ['2027-02-03', '2027-02-11', '2027-02-17', '2027-02-24', '2027-03-03', '2027-03-10']],
    [
      'the eve of three holidays in a row',
      '2023-04-28',
      ['2023-04-28', '2023-05-04', '2023-05-10', '2023-05-17', '2023-05-24', '2023-05-31'],
    ],
    [
      'the Friday before a swapped Saturday',
      '2026-08-21',
      ['2026-08-21', '2026-08-22', '2026-08-27', '2026-09-08', '2026-09-15', '2026-09-22'],
    ],
    ['the eve of a swapped bridge day', '2024-04-26', ['2024-04-26', '2024-05-02', '2024-05-07', '2024-05-14', '2024-05-21', '2024-05-28']],
    ['the end of a year', '2025-12-31', ['2025-12-31', '2026-01-05', '2026-01-09', '2026-01-15', '2026-01-22', '2026-01-29']],
    [
      'the end of February in a leap year',
      '2024-02-29',
      ['2024-02-29', '2024-03-01', '2024-03-07', '2024-03-14', '2024-03-21', '2024-03-28'],
    ],
    ['the end of a month', '2026-01-30', ['2026-01-30', '2026-02-02', '2026-02-06', '2026-02-13', '2026-02-27', '2026-03-06']],
  ])('from %s', (_, from, expected) => {
    expect([0, 1, 5, 10, 15, 20].map((n) => days.after(from, n))).toEqual(expected);
  });

  it('counts a Saturday that is worked, and not the day that it was swapped for', () => {
    expect(days.isWorkingDay('2026-01-10')).toBe(true);
    expect(days.isWorkingDay('2026-01-02')).toBe(false);
    expect(days.after('2026-01-09', 1)).toBe('2026-01-10');
    expect(days.between('2026-01-08', '2026-01-12')).toBe(3);
  });

  it('is refused outside the years that the calendar knows', () => {
    for (const wrong of [
      () => days.after('2021-12-31', 1),
      () => days.after('2031-01-01', 0),
      () => days.after('2030-12-20', 20),
      () => days.between('2030-12-31', '2031-01-02'),
      () => days.isWorkingDay('2021-06-01'),
    ])
      expect(wrong).toThrow(NotCovered);
  });

  it('ends at 24:00 in Vietnam', () => {
    expect(endOfDay(days.after('2026-02-13', 1)).toISOString()).toBe('2026-02-23T17:00:00.000Z');
  });
});

describe('Counting', () => {
  const date = fc.integer({ min: 0, max: daysBetween('2022-03-01', '2029-12-31') }).map((n) => plusDays('2022-03-01', n));
  const limit = fc.integer({ min: 0, max: 100 });

  it('never lands on a day without work', () => {
    fc.assert(fc.property(date, limit, (from, n) => n === 0 || (days.isWorkingDay(days.after(from, n)) && days.after(from, n) > from)));
  });

  it('comes back to the number that was added', () => {
    fc.assert(fc.property(date, limit, (from, n) => days.between(from, days.after(from, n)) === n));
  });

  it('is monotone in the date and in the number', () => {
    fc.assert(fc.property(date, date, limit, (one, other, n) => one > other || days.after(one, n) <= days.after(other, n) || n === 0));
    fc.assert(fc.property(date, limit, limit, (from, one, other) => one > other || days.after(from, one) <= days.after(from, other)));
  });

  it('adds up: so many days, then so many more', () => {
    fc.assert(
      fc.property(date, limit, limit, (from, one, more) => days.after(days.after(from, one), more) === days.after(from, one + more)),
    );
  });

  it('agrees with looking at each day', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: 0, max: 60 }), (from, span) => {
        const each = Array.from({ length: span }, (_, index) => plusDays(from, index + 1));
        expect(days.between(from, plusDays(from, span))).toBe(each.filter((day) => days.isWorkingDay(day)).length);
      }),
    );
  });
});

describe('A calendar', () => {
  const findingsOf = (change: Partial<Calendar>): readonly string[] =>
    calendarFindings({ ...vn, ...change }, vn).map(({ path, message }) => `${path} ${message}`);

  it('has no findings as it is installed', () => {
    expect(findingsOf({})).toEqual([]);
    expect(calendarFindings(vn, null)).toEqual([]);
  });

  it('must not contradict itself', () => {
    expect(findingsOf({ holidays: [...vn.holidays, { date: '2026-01-01', name: 'x' }] })).toEqual([
      `holidays.${String(vn.holidays.length)}.date is there twice`,
    ]);
    expect(findingsOf({ holidays: [{ date: '2031-01-01', name: 'x' }] })).toEqual(['holidays.0.date is not in the years covered']);
    expect(
      findingsOf({
        workingDays: [
          { date: '2026-02-21', reason: 'x' },
          { date: '2026-02-21', reason: 'x' },
        ],
      }),
    ).toEqual(['workingDays.1.date is there twice']);
    expect(findingsOf({ workingDays: [{ date: '2023-01-21', reason: 'x' }] })).toEqual(['workingDays.0.date is a holiday too']);
    expect(findingsOf({ workingDays: [{ date: '2026-03-02', reason: 'x' }] })).toEqual([
      'workingDays.0.date is not a day of a weekend, so it is worked anyway',
    ]);
    expect(findingsOf({ weekend: ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] })).toContain(
      'weekend must leave a day to work on',
    );
  });

  it('must not forget years that it knew', () => {
    expect(findingsOf({ covers: { from: '2022-01-01', to: '2029-12-31' }, holidays: [], workingDays: [] })).toEqual([
      'covers must not leave out what version 1 covers, 2022-01-01 to 2030-12-31',
    ]);
    expect(findingsOf({ covers: { from: '2022-01-01', to: '2031-12-31' } })).toEqual([]);
  });
});
