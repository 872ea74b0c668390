import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { answerOf, client } from '../api/client';
import type { paths } from '../api/schema';
import { afterPage, pagesFor, rowsIn, walkStart } from './walk';
import type { Shown, Walk } from './walk';

type Answer = paths['/api/v1/procedures']['get']['responses'][200]['content']['application/json'];
type Query = NonNullable<paths['/api/v1/procedures']['get']['parameters']['query']>;
export type EndlessRow = Answer['items'][number];

const size = 100;
/** Pages that are no longer looked at; whoever comes back from a procedure finds theirs. */
const keptMs = 180_000;

/** Only where another page comes into sight the list is laid out anew. */
const pageStart = (row: number): number => Math.floor(row / size) * size;

export interface Endless {
  /** Undefined while it is on its way. */
  readonly rowAt: (index: number) => EndlessRow | undefined;
  /** Rows to scroll over so far. */
  readonly count: number;
  readonly total: Answer['total'];
  /** Names the list: another one begins at its top. */
  readonly key: string;
  /** Nothing came yet. */
  readonly isFirst: boolean;
  /** What stands there is of the question before. */
  readonly isOld: boolean;
  readonly error: Error | null;
  readonly again: () => void;
  /** Says which rows are looked at. */
  readonly show: (shown: Shown) => void;
}

/** How far each list was walked, so that whoever comes back finds their place; the newest lists. */
const walked = new Map<string, Walk>();
const mostWalked = 20;

function keepWalk(key: string, walk: Walk): void {
  walked.delete(key);
  walked.set(key, walk);
  const [oldest] = walked.keys();
  if (walked.size > mostWalked && oldest !== undefined) walked.delete(oldest);
}

const pageQuery = (query: Query, cursor: string | null) =>
  ({
    queryKey: ['endless', '/api/v1/procedures', query, cursor],
    queryFn: async ({ signal }: { readonly signal: AbortSignal }): Promise<Answer> => {
      // How many there are in all is counted once.
      const asked = { ...query, limit: size, ...(cursor === null ? { total: 'true' as const } : { cursor }) };
      return answerOf(client.GET('/api/v1/procedures', { params: { query: asked }, signal }));
    },
    gcTime: keptMs,
    // Comparing hundreds of rows field by field takes longer than showing thirty.
    structuralSharing: false,
  }) as const;

/**
 * The register as one list without end. Only pages that are looked at are read, and read anew when something happens: the first hundred
 * thousand rows cost no more than the first hundred.
 */
export function useEndless(query: Query): Endless {
  const key = JSON.stringify(query);
  const [state, setState] = useState({ key, walk: walked.get(key) ?? walkStart });
  const walk = state.key === key ? state.walk : (walked.get(key) ?? walkStart);
  const [shown, setShown] = useState<Shown>({ first: 0, last: 0 });
  const wanted = pagesFor(walk, shown, size).filter((page) => page > 0);

  const first = useQuery({ ...pageQuery(query, null), placeholderData: keepPreviousData });
  const others = useQueries({ queries: wanted.map((page) => pageQuery(query, walk[page] ?? null)) });
  const isOld = first.isPlaceholderData;
  const came = [
    ...(first.data ? [{ page: 0, data: first.data }] : []),
    ...wanted.flatMap((page, index) => {
      const data = others[index]?.data;
      return data && !isOld ? [{ page, data }] : [];
    }),
  ];
  const known = new Map(came.map(({ page, data }) => [page, data]));
  const lastRows = known.get(walk.length - 1)?.items.length;
  const total = isOld ? undefined : first.data?.total;
  const walkedOn = isOld ? walk : came.reduce((so, { page, data }) => afterPage(so, page, data.nextCursor), walk);
  useEffect(() => {
    if (isOld || (walkedOn === walk && state.key === key)) return;
    keepWalk(key, walkedOn);
    setState({ key, walk: walkedOn });
  }, [isOld, walkedOn, walk, state.key, key]);

  const show = useCallback(({ first, last }: Shown) => {
    const next = { first: pageStart(first), last: pageStart(last) };
    setShown((before) => (before.first === next.first && before.last === next.last ? before : next));
  }, []);
  return {
    rowAt: (index) => known.get(Math.floor(index / size))?.items[index % size],
    count: isOld ? first.data.items.length : Math.min(rowsIn(walk, size, lastRows), total?.more === false ? total.count : Infinity),
    total,
    key,
    isFirst: first.isPending,
    isOld,
    error: first.error,
    again: () => void first.refetch(),
    show,
  };
}
