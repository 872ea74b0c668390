import type { Say, Word } from '../../words/words';
import type { Delegation } from './delegations-table';
import type { DelegationState } from './delegations-search';

export const stateWords = {
  inForce: 'delegations.inForce',
  coming: 'delegations.coming',
  ended: 'delegations.ended',
  revoked: 'delegations.revoked',
} as const satisfies Record<DelegationState, Word>;

/** Who acts for whom, in a sentence. */
export const namesIn = ({ fromName, toName }: Pick<Delegation, 'fromName' | 'toName'>, say: Say): Record<'from' | 'to', string> => ({
  from: fromName ?? say('history.erased'),
  to: toName ?? say('history.erased'),
});
