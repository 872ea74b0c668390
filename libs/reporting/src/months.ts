import type { IsoDate } from '#procedures';

/** A period, both days within; where it has no bound it goes on. */
export interface Period {
  readonly from?: IsoDate | undefined;
  readonly to?: IsoDate | undefined;
}

/** The first day of its month. */
export const monthOf = (date: IsoDate): IsoDate => `${date.slice(0, 7)}-01`;

/** The whole months of a period, by their first days, and the days before and after these; the two hold each day of it once. */
export function byMonths({ from, to }: Period): { readonly months: Period | null; readonly days: readonly Period[] } {
  const first = from === undefined ? -Infinity : numberOf(from) + (from === monthOf(from) ? 0 : 1);
  const last = to === undefined ? Infinity : numberOf(to) - (to === lastDayOf(numberOf(to)) ? 0 : 1);
  if (first > last) return { months: null, days: [{ from, to }] };
  const months = { from: from && firstDayOf(first), to: to && firstDayOf(last) };
  const before = from === undefined || from === months.from ? [] : [{ from, to: lastDayOf(first - 1) }];
  const after = to === undefined || monthOf(to) === months.to ? [] : [{ from: monthOf(to), to }];
  return { months, days: [...before, ...after] };
}

/** Months since the year 0. */
const numberOf = (date: IsoDate): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
const firstDayOf = (month: number): IsoDate =>
  `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-01`;
const lastDayOf = (month: number): IsoDate => `${firstDayOf(month).slice(0, -2)}${String(daysIn(month))}`;
/** Calendars are the same every 400 years. */
const daysIn = (month: number): number => new Date(Date.UTC(2000 + (Math.floor(month / 12) % 400), (month % 12) + 1, 0)).getUTCDate();
