import { daysBetween, plusDays, weekdayOf } from './calendar.js';
import type { Calendar } from './calendar.js';

/** What may be right all the same, and is surely a mistake most of the time: publishing it needs a confirmation. */
export const calendarDoubts = [
  'weekend-unusual',
  'year-without-holidays',
  'holidays-dropped',
  'holiday-of-another-year',
  'holiday-on-weekend',
  'swap-without-counterpart',
  'month-without-work',
] as const;
export type CalendarDoubt = (typeof calendarDoubts)[number];

/** Something that is hardly right, and where. */
interface Doubt {
  readonly code: CalendarDoubt;
  readonly message: string;
  readonly path: string;
}

/** What is hardly right with a calendar that contradicts nothing. Paths are those of its lists as they are given. */
export function doubtsAbout(calendar: Calendar, before: Calendar | null): readonly Doubt[] {
  return [
    ...weekend(calendar, before),
    ...holidaysByYear(calendar, before),
    ...otherYears(calendar),
    ...onWeekends(calendar),
    ...swaps(calendar),
    ...idleMonths(calendar),
  ];
}

/** A week without a free day, or with three, and any other week than before: it moves every date. */
function weekend({ weekend: free }: Calendar, before: Calendar | null): readonly Doubt[] {
  const doubt = (message: string): readonly Doubt[] => [{ code: 'weekend-unusual', path: 'weekend', message }];
  if (before && !isSame(free, before.weekend))
    return doubt(`The weekend is ${said(free)}; in version ${String(before.version)} it is ${said(before.weekend)}.`);
  return !before && (free.length === 0 || free.length > 2) ? doubt(`The weekend is ${said(free)}.`) : [];
}

const isSame = (some: readonly string[], others: readonly string[]): boolean => [...some].sort().join() === [...others].sort().join();
const said = (days: readonly string[]): string => (days.length === 0 ? 'no day' : days.join(', '));

function holidaysByYear({ covers, holidays }: Calendar, before: Calendar | null): readonly Doubt[] {
  const [now, former] = [countByYear(holidays), countByYear(before?.holidays ?? [])];
  const years = yearsOf(covers);
  const whole = years.filter((year) => covers.from <= `${year}-01-01` && `${year}-12-31` <= covers.to);
  const empty = whole.filter((year) => !now.has(year));
  const dropped = years.filter((year) => !empty.includes(year) && (now.get(year) ?? 0) * 2 < (former.get(year) ?? 0));
  return [
    ...empty.map((year) => ({ code: 'year-without-holidays' as const, path: 'holidays', message: `There is no holiday in ${year}.` })),
    ...dropped.map((year) => ({
      code: 'holidays-dropped' as const,
      path: 'holidays',
      message: `More than half of the holidays of ${year} are left out.`,
    })),
  ];
}

function countByYear(dates: readonly { readonly date: string }[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { date } of dates) counts.set(date.slice(0, 4), (counts.get(date.slice(0, 4)) ?? 0) + 1);
  return counts;
}

function otherYears({ holidays }: Calendar): readonly Doubt[] {
  return holidays.flatMap(({ date, name }, index) => {
    const named = /(?<!\d)(?:19|20)\d{2}(?!\d)/.exec(name)?.[0];
    // Around New Year a day off may belong to the other year.
    return named === undefined || Math.abs(Number(named) - yearOf(date)) <= (/-(01|02|12)-/.test(date) ? 1 : 0)
      ? []
      : [{ code: 'holiday-of-another-year' as const, path: `holidays.${String(index)}.date`, message: `"${name}" is on ${date}.` }];
  });
}

/** A holiday of a weekend gives nobody a day off by itself: the next day that would be worked is off for it. */
function onWeekends(calendar: Calendar): readonly Doubt[] {
  const off = new Set(calendar.holidays.map(({ date }) => date));
  return calendar.holidays.flatMap(({ date, name }, index) => {
    if (!isOfWeekend(date, calendar)) return [];
    let next = plusDays(date, 1);
    while (isOfWeekend(next, calendar)) next = plusDays(next, 1);
    if (next > calendar.covers.to || off.has(next)) return [];
    const message = `"${name}" is on ${date}, a ${weekdayOf(date) ?? ''} that is free anyway, and ${next} is not off for it.`;
    return [{ code: 'holiday-on-weekend' as const, path: `holidays.${String(index)}.date`, message }];
  });
}

/** Days between a day off and the day that is worked for it, where nothing names them. */
const mostDaysApart = 31;

/** A day of a weekend is worked for a day off, and the other way round: one alone is half of what was decided. */
function swaps(calendar: Calendar): readonly Doubt[] {
  const { holidays, workingDays } = calendar;
  const freed = new Days(holidays.flatMap(({ date }) => (isOfWeekend(date, calendar) ? [] : [date])));
  const worked = new Days(workingDays.map(({ date }) => date));
  const doubts = (list: 'holidays' | 'workingDays', index: number, day: Swapped, others: Days, lacks: string): readonly Doubt[] => {
    const named = datesNamedIn(day.words).filter((date) => date !== day.date);
    const isMet =
      named.length > 0
        ? named.every((date) => others.has(date) || isJustOutside(date, day.date, calendar))
        : others.hasWithin(mostDaysApart, day.date);
    if (isMet) return [];
    const message = `"${day.words}" is on ${day.date}, but ${named.length > 0 ? named.join(', ') : `no day within ${String(mostDaysApart)} days`} ${lacks}.`;
    return [{ code: 'swap-without-counterpart', path: `${list}.${String(index)}.date`, message }];
  };
  return [
    ...holidays.flatMap(({ date, name }, index) =>
      isSwap(name) ? doubts('holidays', index, { date, words: name }, worked, 'is worked for it') : [],
    ),
    ...workingDays.flatMap(({ date, reason }, index) =>
      doubts('workingDays', index, { date, words: reason }, freed, 'of the week is off for it'),
    ),
  ];
} // prettier-ignore

/** Dates in which one near another is found without looking at each: a calendar may have thousands. */
class Days {
  private readonly dates: ReadonlySet<string>;
  /** Days since 1970, ascending. */
  private readonly numbers: readonly number[];

  constructor(dates: readonly string[]) {
    this.dates = new Set(dates);
    this.numbers = dates.map(numberOf).sort((one, other) => one - other);
  }

  has(date: string): boolean {
    return this.dates.has(date);
  }

  hasWithin(days: number, date: string): boolean {
    const first = numberOf(date) - days;
    let [low, high] = [0, this.numbers.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.numbers[middle] ?? Infinity) < first) low = middle + 1;
      else high = middle;
    }
    return (this.numbers[low] ?? Infinity) <= first + 2 * days;
  }
}

const numberOf = (date: string): number => daysBetween('1970-01-01', date);

interface Swapped {
  readonly date: string;
  readonly words: string;
}

/** Swapped away and worked for, not the compensation of a holiday of a weekend. */
const isSwap = (name: string): boolean => /làm bù|hoán đổi|swap/iu.test(name.normalize('NFC'));

/** Dates as people write them here, `2/1/2026` or `02-01-2026`, and as calendars have them. */
function datesNamedIn(words: string): readonly string[] {
  const written = [...words.matchAll(/(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)/g)].map(
    ([, day = '', month = '', year = '']) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
  );
  return [...written, ...[...words.matchAll(/(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/g)].map(([date]) => date)];
}

/** The other half of a swap over the edge of what the calendar covers. */
function isJustOutside(date: string, from: string, { covers }: Calendar): boolean {
  return (date < covers.from || date > covers.to) && Math.abs(daysBetween(date, from)) <= mostDaysApart;
}

function idleMonths(calendar: Calendar): readonly Doubt[] {
  const { covers } = calendar;
  const off = new Set(calendar.holidays.map(({ date }) => date));
  const worked = new Set(calendar.workingDays.map(({ date }) => date));
  const isWorked = (date: string): boolean => worked.has(date) || !(off.has(date) || isOfWeekend(date, calendar));
  return yearsOf(covers)
    .flatMap((year) => Array.from({ length: 12 }, (_, month) => `${year}-${String(month + 1).padStart(2, '0')}`))
    .map(daysOf)
    .filter(([first = '', ...others]) => covers.from <= first && (others.at(-1) ?? first) <= covers.to)
    .filter((days) => !days.some(isWorked))
    .map((days) => [days[0] ?? '', days.at(-1) ?? ''] as const)
    .map(([first, last]) => ({ code: 'month-without-work', path: 'holidays', message: `Nobody works from ${first} to ${last}.` }));
}

function isOfWeekend(date: string, { weekend: free }: Calendar): boolean {
  const weekday = weekdayOf(date);
  return free.some((one) => one === weekday);
}

function daysOf(month: string): readonly string[] {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const count = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return Array.from({ length: count }, (_, index) => `${month}-${String(index + 1).padStart(2, '0')}`);
}

const yearOf = (date: string): number => Number(date.slice(0, 4));

function yearsOf({ from, to }: Calendar['covers']): readonly string[] {
  return Array.from({ length: yearOf(to) - yearOf(from) + 1 }, (_, index) => String(yearOf(from) + index));
}
