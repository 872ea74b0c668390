/** Where pages of an endless list begin, as far as that is known: null for the first. */
export type Walk = readonly (string | null)[];

export const walkStart: Walk = [null];

/** The walk once a page came: where it ends, the next begins. Where it ends elsewhere than before, what was known beyond holds no more. */
export function afterPage(walk: Walk, page: number, nextCursor: string | null): Walk {
  if (page >= walk.length) return walk;
  if (nextCursor === null) return walk.length === page + 1 ? walk : walk.slice(0, page + 1);
  return walk[page + 1] === nextCursor ? walk : [...walk.slice(0, page + 1), nextCursor];
}

export interface Shown {
  readonly first: number;
  readonly last: number;
}

/** Which pages are read for the rows that are shown: theirs, the next, and, where the way there is not known yet, the last known one. */
export function pagesFor(walk: Walk, { first, last }: Shown, size: number): readonly number[] {
  const from = Math.min(Math.floor(first / size), walk.length - 1);
  const to = Math.min(Math.floor(last / size) + 1, walk.length - 1);
  return [...new Set([0, ...Array.from({ length: to - from + 1 }, (_, index) => from + index)])];
}

/** How many rows there are to scroll over: those of known pages, the last of which may hold fewer. @param lastRows Of the last known page; undefined until it came */
export const rowsIn = (walk: Walk, size: number, lastRows: number | undefined): number => (walk.length - 1) * size + (lastRows ?? size);
