import { readId, readWords } from '../../frame/address';
import { roleWords } from '../../words/codes';

export type Role = keyof typeof roleWords;
export const roles = Object.keys(roleWords) as readonly Role[];

/** Who is looked for; left out is everybody whom the person administers. */
export interface PeopleSearch {
  readonly q?: string;
  /** Unit id: at it or below. */
  readonly unit?: string;
  readonly role?: Role;
  /** Whether those are shown too whom others administer. (Default: no) */
  readonly all?: true;
}

/** What the address says; what is unreadable counts as left out. */
export function readPeopleSearch(search: Record<string, unknown>): PeopleSearch {
  const q = readWords(search.q);
  const unit = readId(search.unit);
  const role = roles.find((one) => one === search.role);
  const isAll = search.all === true || search.all === 'true';
  return { ...(q !== '' && { q }), ...(unit && { unit }), ...(role && { role }), ...(isAll && { all: true }) };
}
