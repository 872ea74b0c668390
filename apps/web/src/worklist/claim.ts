import { command } from '../api/client';
import type { Work } from './work-words';

export type Claiming = Work['claiming'][number];

/** Has work become somebody's, or nobody's. @throws ApiProblem when it is refused */
export async function sendClaiming(work: Work, action: Claiming['action'], body: object, key: string): Promise<void> {
  const { id, revision, actingFor } = work;
  await command('POST', `/api/v1/procedures/${id}/${action}`, body, { key, revision, ...(actingFor !== null && { actingFor }) });
}
