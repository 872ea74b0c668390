export const deadlineStates = ['open', 'warned', 'missed'] as const;
export type DeadlineState = (typeof deadlineStates)[number];

/** Which deadlines; left out is all. */
export interface DeadlinesSearch {
  readonly state?: DeadlineState;
  /** Unit id: owned by it or by a unit below. */
  readonly unit?: string;
}

/** What the address says; what is unreadable counts as left out. */
export function readDeadlinesSearch({ state, unit }: Record<string, unknown>): DeadlinesSearch {
  const known = deadlineStates.find((one) => one === state);
  return { ...(known && { state: known }), ...(typeof unit === 'string' && /^[0-9a-f-]{36}$/i.test(unit) && { unit }) };
}
