import { api, queries } from '../api/client';
import { pagesQuery } from '../table/pages';
import type { WorklistSearch } from './worklist-search';

export const countsQuery = () => api.queryOptions('get', '/api/v1/worklist/counts');

/** What of the worklist is listed. */
export const worklistQuery = ({ scope = 'mine', sort = 'due', ...filters }: WorklistSearch) =>
  ({ ...filters, scope, sort, limit: 50, total: 'true' }) as const;

/** Has what the page shows asked for while the frame around it waits for what it says itself. What cannot be had, the page says. */
export async function askAhead(search: WorklistSearch): Promise<void> {
  await Promise.allSettled([queries.query(countsQuery()), queries.infiniteQuery(pagesQuery('/api/v1/worklist', worklistQuery(search)))]);
}
