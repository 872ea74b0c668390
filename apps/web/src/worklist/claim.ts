import { command } from '../api/client';
import type { Word } from '../words/words';
import type { Work } from './work-words';

export type Claiming = Work['claiming'][number];

export const claimingWords = { claim: 'claim.claim', release: 'claim.release', assign: 'claim.assign' } as const satisfies Record<
  Claiming['action'],
  Word
>;

/** Has work become somebody's, or nobody's. @throws ApiProblem when it is refused */
export async function sendClaiming(work: Work, action: Claiming['action'], body: object, key: string): Promise<void> {
  const { id, revision, actingFor } = work;
  await command('POST', `/api/v1/procedures/${id}/${action}`, body, { key, revision, ...(actingFor !== null && { actingFor }) });
}
