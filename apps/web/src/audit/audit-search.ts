import { readDay, readId } from '../frame/address';

export const trailResults = ['accepted', 'refused', 'failed'] as const;
export type TrailResult = (typeof trailResults)[number];

/** Which events; left out is all. */
export interface AuditSearch {
  /** Words. */
  readonly q?: string;
  /** Person id: everything that they did. */
  readonly actor?: string;
  /** Unit id: in a role of it or of one below it. */
  readonly unit?: string;
  /** Procedure id. */
  readonly procedure?: string;
  /** Of an event. */
  readonly type?: string;
  /** As commands are named. */
  readonly action?: string;
  readonly result?: TrailResult;
  /** Days, YYYY-MM-DD, both included. */
  readonly from?: string;
  readonly to?: string;
}

const mostWords = 200;
const readWords = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim().slice(0, mostWords) : '';
const readName = (value: unknown, pattern: RegExp): string | undefined =>
  typeof value === 'string' && pattern.test(value) ? value : undefined;

/** What the address says; what is unreadable counts as left out. */
export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  const q = readWords(search.q);
  const [actor, unit, procedure] = [readId(search.actor), readId(search.unit), readId(search.procedure)];
  const type = readName(search.type, /^[A-Z][A-Za-z]{0,99}$/);
  const action = readName(search.action, /^[a-z][a-z-]{0,99}$/);
  const result = trailResults.find((one) => one === search.result);
  const [from, to] = [readDay(search.from), readDay(search.to)];
  return {
    ...(q !== '' && { q }),
    ...(actor && { actor }),
    ...(unit && { unit }),
    ...(procedure && { procedure }),
    ...(type !== undefined && { type }),
    ...(action !== undefined && { action }),
    ...(result && { result }),
    ...(from && { from }),
    ...(to && { to }),
  };
}
