import type { IsoDate } from '#procedures';

/** A period, both days within; where it has no bound it goes on. */
interface Period {
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

/** What is kept by month, and from which rows it is. */
export interface Kept {
  /** Names of the two tables; the first has a column `month`. */
  readonly months: string;
  readonly rows: string;
  /** The column of the rows with the date. */
  readonly on: string;
  /** What both have, as it is written of the rows, `h`, where that is something else than the column. */
  readonly columns: Readonly<Record<string, string | null>>;
}

/** The rows of a period, of most of it as they are kept by month: what stands after FROM. */
export function keptIn({ months, rows, on, columns }: Kept, period: Period, parameter: (value: unknown) => string): string {
  const whole = byMonths(period);
  const within = (column: string, { from, to }: Period): string =>
    [
      'true',
      ...(from === undefined ? [] : [`${column} >= ${parameter(from)}::date`]),
      ...(to === undefined ? [] : [`${column} <= ${parameter(to)}::date`]),
    ].join(' AND ');
  const names = Object.entries(columns);
  const kept = whole.months && `SELECT ${names.map(([name]) => `m."${name}"`).join(', ')} FROM views.${months} m WHERE ${within('m.month', whole.months)}`;
  const single = whole.days.map(
    (days) => `SELECT ${names.map(([name, written]) => `${written ?? `h."${name}"`} AS "${name}"`).join(', ')} FROM views.${rows} h WHERE ${within(`h.${on}`, days)}`,
  );
  return `(${[...(kept === null ? [] : [kept]), ...single].join(' UNION ALL ')})`;
} // prettier-ignore
