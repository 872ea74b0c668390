import { readWords } from '../../frame/address';

const accountStates = ['good', 'over'] as const;

/** Which accounts; left out is all. */
export interface ServiceAccountsSearch {
  readonly q?: string;
  /** Whether its keys are good, or it is revoked or expired. */
  readonly state?: (typeof accountStates)[number];
}

/** What the address says; what is unreadable counts as left out. */
export function readServiceAccountsSearch(search: Record<string, unknown>): ServiceAccountsSearch {
  const q = readWords(search.q);
  const state = accountStates.find((one) => one === search.state);
  return { ...(q !== '' && { q }), ...(state && { state }) };
}
