import { readId } from '../../frame/address';

export const delegationStates = ['inForce', 'coming', 'ended', 'revoked'] as const;
export type DelegationState = (typeof delegationStates)[number];

/** Which delegations; left out is all. */
export interface DelegationsSearch {
  readonly state?: DelegationState;
  /** Person id: who acts, or is acted for. */
  readonly person?: string;
}

/** What the address says; what is unreadable counts as left out. */
export function readDelegationsSearch(search: Record<string, unknown>): DelegationsSearch {
  const state = delegationStates.find((one) => one === search.state);
  const person = readId(search.person);
  return { ...(state && { state }), ...(person && { person }) };
}
