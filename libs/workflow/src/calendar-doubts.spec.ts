import { describe, expect, it } from '@jest/globals';
import { doubtsAbout } from './calendar.js';
import type { Calendar } from './calendar.js';
import { initialCalendars } from './calendars.js';

const [vn] = initialCalendars;
if (!vn) throw new Error('The calendar is missing.');
const next = (change: Partial<Calendar>): Calendar => ({ ...vn, version: 2, ...change });
const codes = (change: Partial<Calendar>, before: Calendar | null = vn): readonly string[] =>
  doubtsAbout(next(change), before).map(({ code }) => code);
const without = (year: string): Calendar['holidays'] => vn.holidays.filter(({ date }) => !date.startsWith(year));

describe('A calendar', () => {
  it('as the product brings it along, and with a day more or less, is beyond doubt', () => {
    expect(doubtsAbout(vn, null)).toEqual([]);
    expect(codes({ holidays: [...vn.holidays, { date: '2026-11-24', name: 'Ngày Văn hóa Việt Nam' }] })).toEqual([]);
    expect(codes({ holidays: vn.holidays.slice(1) })).toEqual([]);
  });

  it('without any holiday, or without one in a year, is hardly meant', () => {
    expect(new Set(codes({ holidays: [] }))).toEqual(new Set(['year-without-holidays']));
    expect(doubtsAbout(next({ holidays: without('2027') }), null)).toEqual([
      { code: 'year-without-holidays', path: 'holidays', message: 'There is no holiday in 2027.' },
    ]);
    expect(codes({ covers: { from: '2022-01-01', to: '2031-12-31' } })).toEqual(['year-without-holidays']);
  });

  it('that leaves out more than half of the holidays of a year is hardly meant', () => {
    expect(codes({ holidays: [...without('2027'), { date: '2027-01-01', name: 'Tết' }] })).toEqual(['holidays-dropped']);
    expect(codes({ holidays: [...without('2027'), { date: '2027-01-01', name: 'Tết' }] }, null)).toEqual([]);
  });

  it('with a holiday that is named after another year is hardly meant', () => {
    expect(codes({ holidays: [...vn.holidays, { date: '2025-11-24', name: 'Nghỉ bù năm 2026' }] })).toEqual(['holiday-of-another-year']);
    expect(codes({ holidays: [...vn.holidays, { date: '2026-11-24', name: 'Nghỉ bù năm 2026' }] })).toEqual([]);
    expect(codes({ holidays: [...vn.holidays, { date: '2027-01-04', name: 'Nghỉ bù năm 2026' }] })).toEqual([]);
  });

  it('with a month in which nobody works is hardly meant', () => {
    const june = Array.from({ length: 30 }, (_, day) => ({ date: `2026-06-${String(day + 1).padStart(2, '0')}`, name: 'Nghỉ' }));
    expect(codes({ holidays: [...vn.holidays, ...june] })).toEqual(['month-without-work']);
  });
});
