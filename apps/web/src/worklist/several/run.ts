/** One of several pieces of work that the same is done with. */
export interface Piece {
  /** Of its row. */
  readonly key: string;
  /** Procedure id. */
  readonly id: string;
  readonly title: string;
  /** What it is decided on. */
  readonly revision: number;
  /** Person id: for whom; null for oneself. */
  readonly actingFor: string | null;
}

export interface Item extends Piece {
  /** Of its command: sent again, also after a reload, it is done once. */
  readonly command: string;
  readonly result: 'waiting' | 'done' | 'failed';
  /** Why it failed. */
  readonly why?: string;
}

/** The same done with several pieces of work, one after the other. */
export interface Run {
  /** What stands in the call after the procedure: `actions/review`, `claim`. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly items: readonly Item[];
  /** Whether it goes on by itself. */
  readonly isGoing: boolean;
}

export const begun = (path: string, body: Run['body'], pieces: readonly Piece[], newId: () => string): Run => ({
  path,
  body,
  items: pieces.map((piece) => ({ ...piece, command: newId(), result: 'waiting' })),
  isGoing: true,
});

export const nextOf = ({ items }: Run): Item | null => items.find(({ result }) => result === 'waiting') ?? null;

/** @param why Left out where it was done */
export const afterItem = (run: Run, command: string, why?: string): Run => ({
  ...run,
  items: run.items.map((item) =>
    item.command === command ? { ...item, result: why === undefined ? 'done' : 'failed', ...(why !== undefined && { why }) } : item,
  ),
});

export const countOf = ({ items }: Run, result: Item['result']): number => items.filter((item) => item.result === result).length;

export const isOver = (run: Run): boolean => nextOf(run) === null;

/** What was kept; it waits to be gone on with. Null where nothing can be read. */
export function readRun(text: string | null): Run | null {
  try {
    const read = JSON.parse(text ?? 'null') as Partial<Run> | null;
    if (typeof read?.path !== 'string' || typeof read.body !== 'object' || !Array.isArray(read.items)) return null;
    return { path: read.path, body: read.body, items: read.items, isGoing: false };
  } catch {
    return null;
  }
}
