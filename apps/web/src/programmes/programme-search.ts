import { dayAfter, today } from '../format/format';
import { readDay } from '../frame/address';

export interface ProgrammeSearch {
  /** YYYY-MM-DD: how it stood at the end of that day. (Default: now) */
  readonly asOf?: string;
}

/** What the address says; what is unreadable, or not over yet, counts as left out. */
export function readProgrammeSearch(search: Record<string, unknown>): ProgrammeSearch {
  const asOf = readDay(search.asOf);
  return asOf !== undefined && asOf < today() ? { asOf } : {};
}

/** The last instant of the day in Vietnam, ISO 8601. */
export const endOf = (day: string): string => new Date(Date.parse(`${dayAfter(day)}T00:00:00+07:00`) - 1).toISOString();
