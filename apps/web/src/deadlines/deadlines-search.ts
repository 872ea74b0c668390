import { readId } from '../frame/address';

export const deadlineStates = ['open', 'warned', 'missed'] as const;
export type DeadlineState = (typeof deadlineStates)[number];

/** Which deadlines; left out is all. */
export interface DeadlinesSearch {
  readonly state?: DeadlineState;
  /** Unit id: owned by it or by a unit below. */
  readonly unit?: string;
}

/** What the address says; what is unreadable counts as left out. */
export function readDeadlinesSearch(search: Record<string, unknown>): DeadlinesSearch {
  const state = deadlineStates.find((one) => one === search.state);
  const unit = readId(search.unit);
  return { ...(state && { state }), ...(unit && { unit }) };
}
