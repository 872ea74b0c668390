import { describe, expect, it } from '@jest/globals';
import { doubtsAbout } from './calendar-doubts.js';
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
    expect(new Set(codes({ holidays: [], workingDays: [] }))).toEqual(new Set(['year-without-holidays']));
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

  it('of ten thousand dates is looked through without comparing each with each', () => {
    const days = Array.from({ length: 36_500 }, (_, index) => new Date(Date.UTC(2000, 0, 1 + index)));
    const dates = (isFree: boolean): string[] => days.filter((day) => (day.getUTCDay() % 6 === 0) === isFree).slice(0, 5_000).map((day) => day.toISOString().slice(0, 10)); // prettier-ignore
    const longest = {
      covers: { from: '2000-01-01', to: '2099-12-01' },
      holidays: dates(false).map((date) => ({ date, name: 'Nghỉ hoán đổi' })),
      workingDays: dates(true).map((date) => ({ date, reason: 'Làm bù' })),
    };
    // By the time of the processor, which other work does not change: of ten times as many it takes ten times as long, not a hundred.
    const time = (calendar: Calendar): number => {
      const began = process.cpuUsage();
      for (let round = 0; round < 3; round++) doubtsAbout(calendar, null);
      return process.cpuUsage(began).user;
    };
    const tenth = next({ ...longest, holidays: longest.holidays.slice(0, 500), workingDays: longest.workingDays.slice(0, 500) });
    time(tenth);
    expect(time(next(longest)) / time(tenth)).toBeLessThan(40);
    expect(new Set(codes(longest, null))).toEqual(new Set(['year-without-holidays', 'swap-without-counterpart']));
  });

  it('with a month in which nobody works is hardly meant', () => {
    const june = Array.from({ length: 30 }, (_, day) => ({ date: `2026-06-${String(day + 1).padStart(2, '0')}`, name: 'Nghỉ' }));
    expect(codes({ holidays: [...vn.holidays, ...june] })).toEqual(['month-without-work']);
  });

  it('is told of the whole month, not of four weeks of it', () => {
    const off = (month: string, from: number, to: number): Calendar['holidays'] =>
      Array.from({ length: to - from + 1 }, (_, day) => ({ date: `${month}-${String(from + day).padStart(2, '0')}`, name: 'Nghỉ' }));
    // On Monday, 29 June people work again.
    expect(codes({ holidays: [...vn.holidays, ...off('2026-06', 1, 28)] })).toEqual(['holiday-on-weekend', 'holiday-on-weekend']);
    const whole = doubtsAbout(next({ holidays: [...vn.holidays, ...off('2026-06', 1, 30)] }), vn);
    expect(whole.map(({ message }) => message)).toEqual(['Nobody works from 2026-06-01 to 2026-06-30.']);
  });

  it('with a holiday on a day that is free anyway, and no day off for it, is hardly meant', () => {
    const saturday = { date: '2026-10-10', name: 'Ngày truyền thống' };
    expect(doubtsAbout(next({ holidays: [saturday, ...vn.holidays] }), vn)).toEqual([
      {
        code: 'holiday-on-weekend',
        path: 'holidays.0.date',
        message: '"Ngày truyền thống" is on 2026-10-10, a saturday that is free anyway, and 2026-10-12 is not off for it.',
      },
    ]);
    expect(codes({ holidays: [...vn.holidays, saturday, { date: '2026-10-12', name: 'Nghỉ bù' }] })).toEqual([]);
    expect(codes({ holidays: vn.holidays.filter(({ date }) => date !== '2022-01-03') })).toEqual(['holiday-on-weekend']);
    expect(codes({ holidays: [{ date: '2030-12-28', name: 'Nghỉ' }, ...vn.holidays], covers: { from: '2022-01-01', to: '2030-12-29' } })).toEqual([]);
  }); // prettier-ignore

  it('with one half of a swap is hardly meant, whichever of both is missing', () => {
    const doubted = (change: Partial<Calendar>): readonly string[] =>
      doubtsAbout(next(change), vn).map(({ code, path }) => `${code} ${path}`);
    expect(doubted({ workingDays: [] })).toHaveLength(4);
    const index = vn.holidays.findIndex(({ date }) => date === '2026-08-31');
    expect(doubted({ workingDays: vn.workingDays.slice(0, 3) })).toEqual([`swap-without-counterpart holidays.${String(index)}.date`]);
    expect(doubted({ holidays: vn.holidays.filter((_, at) => at !== index) })).toEqual(['swap-without-counterpart workingDays.3.date']);
    const worked = (date: string, reason: string): readonly string[] =>
      doubted({ workingDays: [...vn.workingDays, { date, reason }] });
    expect(worked('2026-10-10', 'Làm bù')).toEqual(['swap-without-counterpart workingDays.4.date']);
    expect(worked('2026-05-09', 'Làm bù')).toEqual([]);
    expect(worked('2026-05-09', 'Làm bù cho ngày 04-05-2026')).toEqual(['swap-without-counterpart workingDays.4.date']);
    expect(worked('2030-12-28', 'Làm bù cho ngày 02/01/2031')).toEqual([]);
    expect(worked('2030-12-28', 'Làm bù cho ngày 02/01/2013')).toEqual(['swap-without-counterpart workingDays.4.date']);
  }); // prettier-ignore

  it('with another weekend than before, or none, is hardly meant', () => {
    const week = (weekend: Calendar['weekend'], before: Calendar | null): readonly string[] =>
      codes({ weekend, workingDays: [] }, before).filter((code) => code === 'weekend-unusual');
    expect(week(['sunday', 'saturday'], vn)).toEqual([]);
    expect(week(['sunday'], vn)).toEqual(['weekend-unusual']);
    expect(week(['sunday'], null)).toEqual([]);
    expect(week([], null)).toEqual(['weekend-unusual']);
    expect(week(['friday', 'saturday', 'sunday'], null)).toEqual(['weekend-unusual']);
  });
});
