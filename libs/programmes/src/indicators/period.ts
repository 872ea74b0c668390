/** What a figure is reported of: a year, a quarter of it, or a month of it, with its days, both included. */
export interface Period {
  /** `2025`, `2025-Q3` or `2025-09`. */
  readonly name: string;
  /** YYYY-MM-DD. */
  readonly begins: string;
  readonly ends: string;
}

const shape = /^(19[4-9]\d|2[01]\d\d)(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?$/;

/** The period of that name, from 1940 to 2199; null for what names none. */
export function periodOf(name: string): Period | null {
  const [, year, quarter, month] = shape.exec(name) ?? [];
  if (year === undefined) return null;
  if (month !== undefined) return { name, ...months(year, Number(month), Number(month)) };
  if (quarter === undefined) return { name, ...months(year, 1, 12) };
  return { name, ...months(year, 3 * Number(quarter) - 2, 3 * Number(quarter)) };
}

function months(year: string, first: number, last: number): Pick<Period, 'begins' | 'ends'> {
  const day = new Date(Date.UTC(Number(year), last, 0)).getUTCDate();
  const of = (month: number): string => `${year}-${String(month).padStart(2, '0')}`;
  return { begins: `${of(first)}-01`, ends: `${of(last)}-${String(day)}` };
}
