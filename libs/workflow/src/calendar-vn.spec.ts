import { describe, expect, it } from '@jest/globals';
import Holidays from 'date-holidays';
import { plusDays, weekdays } from './calendar.js';
import type { Calendar } from './calendar.js';
import { initialCalendars } from './calendars.js';

// The file is what the library says, corrected by the rules and decisions that it does not know (docs/calendars.md). When the
// library learns a date anew, this says which line of the file to look at.

const [vn] = initialCalendars as [Calendar];
const library = new Holidays('VN');
const years = Array.from({ length: 9 }, (_, index) => 2022 + index);
const weekdayOf = (date: string): string => weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? '';
const isWeekend = (date: string): boolean => ['saturday', 'sunday'].includes(weekdayOf(date));

/** Decided by the government: a day off, and the Saturday that is worked for it. */
const swapped: readonly (readonly [string, string])[] = [
  ['2024-04-29', '2024-05-04'],
  ['2025-05-02', '2025-04-26'],
  ['2026-01-02', '2026-01-10'],
  ['2026-08-31', '2026-08-22'],
];

/** By weekday, which neighbour of 2 September is off with it. */
const besideNationalDay = { sunday: 1, monday: 1, tuesday: -1, wednesday: -1, thursday: 1, friday: -1, saturday: -1 } as const;

/** The date of the rule in the library's words, such as `04-30`. */
function dateBy(rule: string, year: number): string {
  const found = library.getHolidays(year).find((holiday) => holiday.rule === rule);
  if (!found) throw new Error(`The library has no ${rule} in ${String(year)}.`);
  return found.date.slice(0, 10);
}

function holidaysOf(year: number): readonly string[] {
  const newYear = dateBy('vietnamese 1-0-1', year);
  const nationalDay = `${String(year)}-09-02`;
  const beside = besideNationalDay[weekdayOf(nationalDay) as keyof typeof besideNationalDay];
  // Five days: two before New Year's Day, or one where the second would be a day of a weekend anyway.
  const first = isWeekend(plusDays(newYear, -2)) ? -1 : -2;
  const lawful = [
    `${String(year)}-01-01`,
    ...Array.from({ length: 5 }, (_, index) => plusDays(newYear, first + index)),
    dateBy('vietnamese 3-0-10', year),
    `${String(year)}-04-30`,
    `${String(year)}-05-01`,
    nationalDay,
    plusDays(nationalDay, beside),
  ].sort();
  const all = new Set(lawful);
  for (const date of lawful) {
    if (!isWeekend(date)) continue;
    let instead = date;
    while (isWeekend(instead) || all.has(instead)) instead = plusDays(instead, 1);
    all.add(instead);
  }
  return [...all];
}

describe('The calendar vn', () => {
  it('has the holidays of the library, with compensation, the day beside 2 September and the swapped days', () => {
    const expected = [...years.flatMap(holidaysOf), ...swapped.map(([off]) => off)].sort();
    expect(vn.holidays.map(({ date }) => date)).toEqual(expected);
    expect(vn.workingDays.map(({ date }) => date)).toEqual(swapped.map(([, worked]) => worked).sort());
  });

  it('has what the government announced for 2022 to 2026', () => {
    const offDuring = (from: string, to: string): readonly string[] =>
      vn.holidays.map(({ date }) => date).filter((date) => date >= from && date <= to && !isWeekend(date));
    const announced: readonly (readonly [string, string, readonly string[]])[] = [
      ['2022-01-24', '2022-02-13', ['2022-01-31', '2022-02-01', '2022-02-02', '2022-02-03', '2022-02-04']],
      ['2023-01-09', '2023-02-05', ['2023-01-20', '2023-01-23', '2023-01-24', '2023-01-25', '2023-01-26']],
      ['2024-01-29', '2024-02-25', ['2024-02-08', '2024-02-09', '2024-02-12', '2024-02-13', '2024-02-14']],
      ['2025-01-20', '2025-02-09', ['2025-01-27', '2025-01-28', '2025-01-29', '2025-01-30', '2025-01-31']],
      ['2026-02-02', '2026-03-01', ['2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20']],
      ['2022-08-29', '2022-09-11', ['2022-09-01', '2022-09-02']],
      ['2023-08-28', '2023-09-10', ['2023-09-01', '2023-09-04']],
      ['2024-08-26', '2024-09-08', ['2024-09-02', '2024-09-03']],
      ['2025-08-25', '2025-09-07', ['2025-09-01', '2025-09-02']],
      ['2026-08-24', '2026-09-06', ['2026-08-31', '2026-09-01', '2026-09-02']],
      ['2023-04-24', '2023-05-07', ['2023-05-01', '2023-05-02', '2023-05-03']],
      ['2024-04-22', '2024-05-05', ['2024-04-29', '2024-04-30', '2024-05-01']],
      ['2025-04-21', '2025-05-04', ['2025-04-30', '2025-05-01', '2025-05-02']],
      ['2026-04-20', '2026-05-03', ['2026-04-27', '2026-04-30', '2026-05-01']],
    ];
    for (const [from, to, off] of announced) expect([from, offDuring(from, to)]).toEqual([from, off]);
  });

  it('keeps Tết where Vietnam has it, a day before China in 2030', () => {
    expect(vn.holidays.filter(({ date, name }) => date.startsWith('2030-0') && name === 'Tết Nguyên đán').map(({ date }) => date)).toEqual([
      '2030-01-31',
      '2030-02-01',
      '2030-02-02',
      '2030-02-03',
      '2030-02-04',
    ]);
  });
});
