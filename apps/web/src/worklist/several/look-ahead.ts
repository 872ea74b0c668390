import { answerOf, client } from '../../api/client';
import type { paths } from '../../api/schema';
import { claimingWords } from '../../words/codes';
import type { Work } from '../work-words';
import { workKey } from '../work-words';
import type { WorklistSearch } from '../worklist-search';
import type { Prospect } from './preview';

const atOnce = 4;

/** What stands against an act on each, as everything stands now. @param came Called with how many are known */
export async function lookAhead(act: string, works: readonly Work[], came: (number: number) => void): Promise<readonly Prospect[]> {
  const prospects: Prospect[] = [];
  const left = works.map((work, index) => ({ work, index }));
  const look = async (): Promise<void> => {
    for (let one = left.shift(); one; one = left.shift()) {
      prospects[one.index] = await prospectOf(act, one.work);
      came(prospects.filter(Boolean).length);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, look));
  return prospects;
}

async function prospectOf(act: string, work: Work): Promise<Prospect> {
  const { id, title, actingFor } = work;
  const params = { path: { id }, ...(actingFor !== null && { header: { 'Acting-For': actingFor } }) };
  // What was chosen may have been chosen a while ago, and may have failed since.
  const { revision, allowed } = await answerOf(client.GET('/api/v1/procedures/{id}', { params }));
  const piece = { key: workKey(work), id, title, revision, actingFor };
  if (!isClaiming(act)) return { piece, unmet: allowed.find(({ action }) => action === act)?.unmet ?? ['wrong-stage'] };
  const claims = await answerOf(client.GET('/api/v1/procedures/{id}/claims', { params }));
  return { piece, unmet: claims.allowed.some(({ action }) => action === act) ? [] : ['not-authorised'] };
}

const isClaiming = (act: string): boolean => Object.hasOwn(claimingWords, act);

/** At most so many are done at once. */
export const mostAtOnce = 2_000;

/** All work that matches, not only what is shown. */
export async function allMatching({ scope = 'mine', sort = 'due', ...filters }: WorklistSearch): Promise<readonly Work[]> {
  type Query = NonNullable<paths['/api/v1/worklist']['get']['parameters']['query']>;
  const found: Work[] = [];
  for (let cursor: string | null | undefined; cursor !== null && found.length < mostAtOnce;) {
    const query: Query = { ...filters, scope, sort, limit: 200, ...(cursor !== undefined && { cursor }) };
    const { items, nextCursor } = await answerOf(client.GET('/api/v1/worklist', { params: { query } }));
    found.push(...items);
    cursor = nextCursor;
  }
  return found.slice(0, mostAtOnce);
}
