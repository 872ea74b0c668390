import { readDay, readId } from '../../frame/address';
import { securityWords } from '../../words/security-words';
import type { SecurityEventType } from '../../words/security-words';

/** Which events; left out is all. */
export interface SecurityEventsSearch {
  readonly type?: SecurityEventType;
  /** Person id: whom they are about. */
  readonly person?: string;
  /** Unit id: about people of it or below it. */
  readonly unit?: string;
  /** Days, YYYY-MM-DD, both included. */
  readonly from?: string;
  readonly to?: string;
}

export const securityTypes = Object.keys(securityWords) as readonly SecurityEventType[];

/** What the address says; what is unreadable counts as left out. */
export function readSecurityEventsSearch(search: Record<string, unknown>): SecurityEventsSearch {
  const type = securityTypes.find((one) => one === search.type);
  const [person, unit] = [readId(search.person), readId(search.unit)];
  const [from, to] = [readDay(search.from), readDay(search.to)];
  return { ...(type && { type }), ...(person && { person }), ...(unit && { unit }), ...(from && { from }), ...(to && { to }) };
}
