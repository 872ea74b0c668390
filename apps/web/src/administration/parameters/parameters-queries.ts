import { infiniteQueryOptions } from '@tanstack/react-query';
import { answerOf, api, client, command, readAnew } from '../../api/client';
import type { components } from '../../api/schema';

export type Parameter = components['schemas']['ParameterAnswer'];

/** Every parameter with its newest versions. */
export const parametersQuery = () => api.queryOptions('get', '/api/v1/parameters');

/** Versions before those that are shown, a page at a time. */
export const olderVersionsQuery = (name: Parameter['name'], from: string | null) =>
  infiniteQueryOptions({
    queryKey: ['pages', '/api/v1/parameters/{name}', { name, from }],
    initialPageParam: from,
    queryFn: ({ pageParam, signal }) => {
      const query = pageParam === null ? {} : { cursor: pageParam };
      return answerOf(client.GET('/api/v1/parameters/{name}', { params: { path: { name }, query }, signal }));
    },
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

/** Sets it from a day on, and has what is shown of it read anew. */
export async function setParameter(name: Parameter['name'], body: Readonly<Record<string, unknown>>, key: string): Promise<void> {
  await command('POST', `/api/v1/parameters/${name}/versions`, body, { key });
  await readAnew(({ queryKey: [, path] }) => path === '/api/v1/parameters');
}
