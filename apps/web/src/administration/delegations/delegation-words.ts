import type { Word } from '../../words/words';
import type { DelegationState } from './delegations-search';

export const stateWords = {
  inForce: 'delegations.inForce',
  coming: 'delegations.coming',
  ended: 'delegations.ended',
  revoked: 'delegations.revoked',
} as const satisfies Record<DelegationState, Word>;
