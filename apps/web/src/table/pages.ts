import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { answerOf, client } from '../api/client';
import type { paths } from '../api/schema';

/** Lists that come in pages by a cursor. */
type Lists =
  | '/api/v1/worklist'
  | '/api/v1/procedures'
  | '/api/v1/deadlines'
  | '/api/v1/tasks'
  | '/api/v1/notifications'
  | '/api/v1/people'
  | '/api/v1/delegations'
  | '/api/v1/programmes'
  | '/api/v1/security-events'
  | '/api/v1/inspections'
  | '/api/v1/periods'
  | '/api/v1/indicators'
  | '/api/v1/steering-boards'
  | '/api/v1/reorganisations'
  | '/api/v1/audit/events';
type Answer<List extends Lists> = paths[List]['get']['responses'][200]['content']['application/json'];
type Query<List extends Lists> = NonNullable<paths[List]['get']['parameters']['query']>;
export type Item<List extends Lists> = Answer<List>['items'][number];

export interface Pages<Row, First = object> {
  /** The answer of the first page, for what it says besides its rows. */
  readonly first: First | undefined;
  readonly rows: readonly Row[];
  /** Nothing came yet. */
  readonly isFirst: boolean;
  readonly isMore: boolean;
  readonly error: Error | null;
  readonly hasNext: boolean;
  readonly next: () => void;
  readonly again: () => void;
}

/** For whoever asks for the first page before the list is there. */
export const pagesQuery = <List extends Lists>(list: List, query: Query<List>) =>
  infiniteQueryOptions({
    queryKey: ['pages', list, query],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }): Promise<Answer<List>> => {
      // How many there are in all is counted once.
      const asked = { ...query, ...(pageParam !== null && { cursor: pageParam, total: undefined }) };
      return answerOf(client.GET(list as '/api/v1/procedures', { params: { query: asked }, signal }));
    },
    getNextPageParam: ({ nextCursor }: Answer<List>) => nextCursor,
  });

/** The rows of a list so far, with the next page on request. What stood there before stays while another question is asked. */
export function usePages<List extends Lists>(list: List, query: Query<List>): Pages<Item<List>, Answer<List>> {
  const found = useInfiniteQuery({ ...pagesQuery(list, query), placeholderData: (before) => before });
  return {
    rows: found.data?.pages.flatMap(({ items }): readonly Item<List>[] => items) ?? [],
    first: found.data?.pages[0],
    isFirst: found.isPending,
    isMore: found.isFetchingNextPage || found.isPlaceholderData,
    error: found.error,
    hasNext: found.hasNextPage,
    next: () => void found.fetchNextPage(),
    again: () => void found.refetch(),
  };
}
