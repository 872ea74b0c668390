import { today } from '../format/format';
import { readDay, readId } from '../frame/address';

export interface ProgrammeSearch {
  /** YYYY-MM-DD: how it stood at the end of that day. (Default: now) */
  readonly asOf?: string;
  /** Id of the target that is looked at from its deadline. (Default: none) */
  readonly target?: string;
}

/** What the address says; what is unreadable, or not over yet, counts as left out. */
export function readProgrammeSearch(search: Record<string, unknown>): ProgrammeSearch {
  const asOf = readDay(search.asOf);
  const target = readId(search.target);
  return { ...(asOf !== undefined && asOf < today() && { asOf }), ...(target !== undefined && { target }) };
}
