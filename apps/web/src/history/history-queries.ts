import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { answerOf, client } from '../api/client';
import type { components } from '../api/schema';

export type Entry = components['schemas']['HistoryAnswer']['items'][number];

interface Asked {
  readonly refused: boolean;
  readonly type: string | undefined;
  readonly actor: string | undefined;
}

export interface History {
  /** The newest first. */
  readonly entries: readonly Entry[];
  /** Nothing came yet. */
  readonly isFirst: boolean;
  /** Whether all that was asked for is there. */
  readonly isWhole: boolean;
  readonly isMore: boolean;
  readonly error: Error | null;
  readonly next: () => void;
  readonly again: () => void;
}

const pageSize = 200;
/** So many come by themselves, page by page, so that words are sought in all of a usual history; further ones are asked for. */
const mostByThemselves = 2_000;

/** What happened to a procedure, as far as it was loaded. */
export function useHistory(id: string, asked: Asked): History {
  const found = useInfiniteQuery({
    // As the client's own keys: what happens to the procedure has it read anew.
    queryKey: ['history', '/api/v1/procedures/{id}/history', { params: { path: { id } } }, asked] as const,
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const { refused, type, actor } = asked;
      const query = {
        order: '-revision',
        limit: pageSize,
        ...(refused && { refused: 'true' as const }),
        ...(type !== undefined && { type }),
        ...(actor !== undefined && { actor }),
        ...(pageParam !== null && { cursor: pageParam }),
      } as const;
      return answerOf(client.GET('/api/v1/procedures/{id}/history', { params: { path: { id }, query }, signal }));
    },
    getNextPageParam: ({ nextCursor }) => nextCursor,
    // Of another procedure nothing stays.
    placeholderData: (before, query) => (query?.queryKey[2].params.path.id === id ? before : undefined),
  });
  const { hasNextPage, isFetching, isError, isPlaceholderData, fetchNextPage } = found;
  const entries = found.data?.pages.flatMap(({ items }) => items) ?? [];
  const isWanted = hasNextPage && !isFetching && !isError && !isPlaceholderData && entries.length < mostByThemselves;
  useEffect(() => {
    if (isWanted) void fetchNextPage();
  }, [isWanted, fetchNextPage]);
  return {
    entries,
    isFirst: found.isPending,
    isWhole: !hasNextPage,
    isMore: found.isFetchingNextPage || isPlaceholderData,
    error: found.error,
    next: () => void fetchNextPage(),
    again: () => void found.refetch(),
  };
}
