import { readId, readWords } from '../../frame/address';

/** Which unit is looked at, and which are shown. */
export interface UnitsSearch {
  readonly q?: string;
  /** Unit id. */
  readonly unit?: string;
  /** Whether closed ones are shown too. (Default: no) */
  readonly closed?: true;
}

/** What the address says; what is unreadable counts as left out. */
export function readUnitsSearch(search: Record<string, unknown>): UnitsSearch {
  const q = readWords(search.q);
  const unit = readId(search.unit);
  return { ...(q !== '' && { q }), ...(unit && { unit }), ...((search.closed === true || search.closed === 'true') && { closed: true }) };
}
