/** Which calendar is looked at, and which year of it. */
export interface CalendarSearch {
  /** (Default: vn) */
  readonly id?: string;
  /** (Default: the newest) */
  readonly version?: number;
  /** (Default: this year) */
  readonly year?: number;
}

/** What the address says; what is unreadable counts as left out. */
export function readCalendarSearch(search: Record<string, unknown>): CalendarSearch {
  const id = typeof search.id === 'string' && /^[a-z][a-z0-9-]{0,49}$/.test(search.id) ? search.id : undefined;
  const version = readWhole(search.version, 1, 999_999_999);
  const year = readWhole(search.year, 1900, 2999);
  return { ...(id !== undefined && { id }), ...(version !== undefined && { version }), ...(year !== undefined && { year }) };
}

function readWhole(value: unknown, least: number, most: number): number | undefined {
  const number = Number(value);
  return Number.isSafeInteger(number) && number >= least && number <= most ? number : undefined;
}
