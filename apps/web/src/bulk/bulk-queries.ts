import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { answerOf, client, command, queries } from '../api/client';
import { freshness } from '../api/freshness';
import { ApiProblem } from '../api/problem';
import { useProgress } from '../api/progress';
import type { components } from '../api/schema';
import type { Pages } from '../table/pages';
import type { Filters } from '../table/filters';

export type BulkRun = components['schemas']['BulkAnswer'];
export type BulkItem = BulkRun['items'][number];

/** What is to be done, and with which procedures. */
export interface Order {
  readonly action: string;
  readonly body: object;
  readonly reason?: string;
  readonly selection: { readonly ids: readonly string[] } | { readonly filter: Filters & { readonly sort?: string } };
}

/** Shown at once; each is read for its title. */
const pageSize = 25;
const lookEveryMs = 1_000;

const runQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['pages', '/api/v1/bulk/{id}', id],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }): Promise<BulkRun> => {
      const query = { limit: pageSize, ...(pageParam !== null && { cursor: pageParam }) };
      return answerOf(client.GET('/api/v1/bulk/{id}', { params: { path: { id }, query }, signal }));
    },
    getNextPageParam: ({ nextCursor }: BulkRun) => nextCursor,
  });

/** A run as it comes on, and its procedures in pages. */
export function useRun(id: string): { readonly run: BulkRun | undefined; readonly items: Pages<BulkItem> } {
  const query = runQuery(id);
  const { queryKey } = query;
  const known = queries.getQueryData(queryKey)?.pages[0];
  const isHeard = useProgress<Pick<BulkRun, 'state' | 'outcomes'>>(known?.state === 'running' ? `/api/v1/bulk/${id}/events` : null, {
    heard: ({ state, outcomes }) => {
      // What became of each is read once it has ended.
      if (state !== 'running') return;
      queries.setQueryData(queryKey, (before) => before && { ...before, pages: before.pages.map((page) => ({ ...page, outcomes })) });
    },
    ended: () => void queries.invalidateQueries({ queryKey }),
  });
  const found = useInfiniteQuery({
    ...query,
    refetchInterval: ({ state: { data } }) => (!isHeard && data?.pages[0]?.state === 'running' ? lookEveryMs : false),
  });
  return {
    run: found.data?.pages[0],
    items: {
      rows: found.data?.pages.flatMap(({ items }): readonly BulkItem[] => items) ?? [],
      first: found.data?.pages[0],
      isFirst: found.isPending,
      isMore: found.isFetchingNextPage,
      error: found.error,
      hasNext: found.hasNextPage,
      next: () => void found.fetchNextPage(),
      again: () => void found.refetch(),
    },
  };
}

/** Looks what would become of an order, or has it done; answers the id of the run. @param expectedCount With so many procedures. (Default: nothing is done) @throws ApiProblem with the paths of the form */
export async function begin({ selection, ...order }: Order, key: string, expectedCount?: number): Promise<string> {
  const { position } = freshness;
  const sent = {
    ...order,
    selection: { ...selection, ...(position !== null && { position }) },
    ...(expectedCount === undefined ? { dryRun: true } : { dryRun: false, expectedCount }),
  };
  try {
    return (await command<BulkRun>('POST', '/api/v1/bulk', sent, { key, isOneOfSeveral: true })).id;
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    const { message: title, status, code, detail, unmet } = error;
    const errors = error.errors.map((one) => ({ ...one, path: one.path.replace(/^body\./, '') }));
    throw new ApiProblem({ title, status, code, detail, errors, unmet }, { cause: error });
  }
}

/** @throws ApiProblem when it is refused */
export async function turn(id: string, to: 'pause' | 'resume' | 'cancel' | 'retry'): Promise<void> {
  await command('POST', `/api/v1/bulk/${id}/${to}`, {}, { key: crypto.randomUUID(), isOneOfSeveral: true });
  await queries.invalidateQueries({ queryKey: runQuery(id).queryKey });
}
