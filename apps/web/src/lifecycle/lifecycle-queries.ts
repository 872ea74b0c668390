import { api, queries } from '../api/client';

/** A version of a lifecycle definition as an administrator wrote it. A published one never changes. */
export const definitionQuery = (id: string, version: number) =>
  api.queryOptions('get', '/api/v1/definitions/{id}/versions/{version}', { params: { path: { id, version: String(version) } } });

/** The newest of what happened to a procedure, the newest first: as much as a page holds. */
export const wayQuery = (id: string) =>
  api.queryOptions('get', '/api/v1/procedures/{id}/history', { params: { path: { id }, query: { order: '-revision', limit: 200 } } });

/** What lays a picture out is as large as a page, and comes on its own. */
export const loadPicture = () => import('./lifecycle-picture');

/** Has what `WhereItStands` shows at hand; it says itself what could not be had. */
export async function prepareWay(procedure: string, definition: Promise<{ readonly id: string; readonly version: number }>): Promise<void> {
  await Promise.allSettled([
    loadPicture(),
    queries.query({ ...wayQuery(procedure), staleTime: 'static' }),
    definition.then(({ id, version }) => queries.query({ ...definitionQuery(id, version), staleTime: 'static' })),
  ]);
}
