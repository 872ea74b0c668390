/** Days of the week, in the order of `Date.getUTCDay()`. */
export const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
export type Weekday = (typeof weekdays)[number];

/** What an administrator decides about working days. Dates are `YYYY-MM-DD`. */
export interface CalendarContent {
  /** Days of the week without work. */
  readonly weekend: readonly Weekday[];
  /** First and last date that it knows; about others it says nothing. */
  readonly covers: { readonly from: string; readonly to: string };
  /** Days off besides the weekend: holidays, what compensates for them, days that were swapped away. */
  readonly holidays: readonly { readonly date: string; readonly name: string }[];
  /** Days of a weekend that are worked all the same. */
  readonly workingDays: readonly { readonly date: string; readonly reason: string }[];
  /** Where the dates come from, and which of them are decided and which computed. */
  readonly source: string;
}

/** A versioned calendar of working days. Published into the log; a due date keeps the version that it was computed by. */
export interface Calendar extends CalendarContent {
  readonly id: string;
  readonly version: number;
}

/** A date, or the way to it, lies outside the years that the calendar knows. It is never guessed. */
export class NotCovered extends Error {
  override readonly name = 'NotCovered';
  constructor({ id, version, covers }: Calendar) {
    super(`is not covered by the calendar ${id}, version ${String(version)}, which knows ${covers.from} to ${covers.to}`);
  }
}

const dayMs = 86_400_000;
const numberOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / dayMs;
const dateOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** The date so many days later, each day counting. */
export function plusDays(date: string, days: number): string {
  return dateOf(numberOf(date) + days);
}

/** How many days the second date is after the first; negative when it is before. */
export function daysBetween(from: string, to: string): number {
  return numberOf(to) - numberOf(from);
}

/** The day of the week of the date. */
export function weekdayOf(date: string): Weekday | undefined {
  return weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()];
}

/** The instant at which the date ends in Vietnam: 24:00, the clock there being seven hours ahead all year. */
export function endOfDay(date: string): Date {
  return new Date(`${date}T17:00:00Z`);
}

/** A way to count days. */
export interface CalendarDays {
  /** The n-th day after the date that counts. @throws NotCovered */
  after(date: string, days: number): string;
  /** How many days that count there are after the first date up to the second, that one included; 0 when it is not later. @throws NotCovered */
  between(from: string, to: string): number;
}

/** Every day counts. */
export const everyDay: CalendarDays = { after: plusDays, between: (from, to) => Math.max(0, daysBetween(from, to)) };

/** Counts the working days of one calendar version. */
export class WorkingDays implements CalendarDays {
  /** Day numbers, ascending. */
  private readonly days: readonly number[];
  private readonly first: number;
  private readonly last: number;

  constructor(readonly calendar: Calendar) {
    const { covers, weekend, holidays, workingDays } = calendar;
    this.first = numberOf(covers.from);
    this.last = numberOf(covers.to);
    const off = new Set(holidays.map(({ date }) => date));
    const worked = new Set(workingDays.map(({ date }) => date));
    const isWorked = (day: number): boolean => {
      const date = dateOf(day);
      const weekday = weekdays[new Date(day * dayMs).getUTCDay()];
      return worked.has(date) || !(off.has(date) || weekend.some((one) => one === weekday));
    };
    this.days = Array.from({ length: this.last - this.first + 1 }, (_, index) => this.first + index).filter(isWorked);
  }

  /** @throws NotCovered */
  isWorkingDay(date: string): boolean {
    const day = this.covered(date);
    return this.days[this.upTo(day) - 1] === day;
  }

  /**
   * The n-th working day after the date; a limit of n days that starts on the date ends at the end of that day. 0 is the
   * date itself, worked or not.
   * @throws NotCovered
   */
  after(date: string, days: number): string {
    const from = this.covered(date);
    return days === 0 ? date : this.at(this.upTo(from) + days - 1);
  }

  between(from: string, to: string): number {
    return Math.max(0, this.upTo(this.covered(to)) - this.upTo(this.covered(from)));
  }

  private at(index: number): string {
    const day = this.days[index];
    if (day === undefined) throw new NotCovered(this.calendar);
    return dateOf(day);
  }

  private covered(date: string): number {
    const day = numberOf(date);
    if (!(day >= this.first && day <= this.last)) throw new NotCovered(this.calendar);
    return day;
  }

  /** How many working days there are up to the day, that one included. */
  private upTo(day: number): number {
    let [low, high] = [0, this.days.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.days[middle] ?? Infinity) <= day) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** What is wrong with a calendar, besides its shape; nothing when it can be published after the other. */
export function calendarFindings(
  { weekend, covers, holidays, workingDays }: CalendarContent,
  before: Calendar | null,
): readonly { readonly path: string; readonly message: string }[] {
  const findings: { readonly path: string; readonly message: string }[] = [];
  const find = (path: string, message: string): void => void findings.push({ path, message });
  if (covers.from > covers.to) find('covers.to', 'must not be before covers.from');
  if (daysBetween(covers.from, covers.to) > 36_600) find('covers.to', 'must be at most 100 years after covers.from');
  if (before && (covers.from > before.covers.from || covers.to < before.covers.to))
    find('covers', `must not leave out what version ${String(before.version)} covers, ${before.covers.from} to ${before.covers.to}`);
  if (new Set(weekend).size === weekdays.length) find('weekend', 'must leave a day to work on');

  const off = new Set<string>();
  holidays.forEach(({ date }, index) => {
    const path = `holidays.${String(index)}.date`;
    if (date < covers.from || date > covers.to) find(path, 'is not in the years covered');
    if (off.has(date)) find(path, 'is there twice');
    off.add(date);
  });
  const worked = new Set<string>();
  workingDays.forEach(({ date }, index) => {
    const path = `workingDays.${String(index)}.date`;
    if (date < covers.from || date > covers.to) find(path, 'is not in the years covered');
    if (worked.has(date)) find(path, 'is there twice');
    if (off.has(date)) find(path, 'is a holiday too');
    if (!weekend.some((one) => one === weekdayOf(date))) find(path, 'is not a day of a weekend, so it is worked anyway');
    worked.add(date);
  });
  return findings;
}
