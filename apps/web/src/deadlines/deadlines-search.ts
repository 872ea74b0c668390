import { readId } from '../frame/address';
import { dueRanges } from '../words/codes';
import type { DueRange } from '../words/codes';

export const deadlineStates = ['open', 'warned', 'missed'] as const;
export type DeadlineState = (typeof deadlineStates)[number];

/** Which deadlines; left out is all. */
export interface DeadlinesSearch {
  readonly state?: DeadlineState;
  /** How many working days off it is due. */
  readonly due?: DueRange;
  /** Unit id: owned by it or by a unit below. */
  readonly unit?: string;
}

/** What the address says; what is unreadable counts as left out. */
export function readDeadlinesSearch(search: Record<string, unknown>): DeadlinesSearch {
  const state = deadlineStates.find((one) => one === search.state);
  const unit = readId(search.unit);
  const due = dueRanges.find((one) => one === search.due);
  return { ...(state && { state }), ...(due && { due }), ...(unit && { unit }) };
}
