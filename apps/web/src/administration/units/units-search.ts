import { readId } from '../../frame/address';

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
  const q = typeof search.q === 'string' || typeof search.q === 'number' ? String(search.q).trim().slice(0, 200) : '';
  const unit = readId(search.unit);
  return { ...(q !== '' && { q }), ...(unit && { unit }), ...((search.closed === true || search.closed === 'true') && { closed: true }) };
}
