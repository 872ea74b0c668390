import { today } from '../format/format';
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
