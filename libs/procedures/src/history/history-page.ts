import type { EventStore } from '#event-store';
import type { Database } from '#platform';
import { eventLines } from './history.js';
import type { HistoryItem } from './history.js';
import { InvalidCursor, cursorValues, writeCursor } from '#processors';
import type { Page } from '#processors';
import { refusalLines, refusedType } from '../views/refusals.js';

export const historyOrders = ['revision', '-revision'] as const;
export type HistoryOrder = (typeof historyOrders)[number];

/** The most bytes of JSON on a page. One line alone has less, because the log takes no larger events. */
const pageBytes = 1_990_000;
/** How many lines are looked at for a page, whatever few of them are asked for; then the page ends, and the next goes on. */
const mostLooked = 10_000;

export interface HistoryQuestion {
  /** (Default: revision, the oldest first) */
  readonly order?: HistoryOrder | undefined;
  /** Whether refused commands are among them. (Default: not) */
  readonly refused?: boolean | undefined;
  /** (Default: all) */
  readonly types?: readonly string[] | undefined;
  /** Who acted, by id. (Default: anybody) */
  readonly actor?: string | undefined;
  /** Recorded then or later. */
  readonly from?: Date | undefined;
  /** Recorded before that. */
  readonly before?: Date | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/**
 * A page of what happened to the procedure. It has fewer lines than asked for where these would be too large together, and of the log no
 * more is read than it takes.
 * @param show What is sent of a line.
 * @throws InvalidCursor, Unavailable
 */
export async function historyPage<Shown>(
  { store, database }: { readonly store: EventStore; readonly database: Database },
  id: string,
  { order = 'revision', refused = false, types, actor, from, before, cursor, limit }: HistoryQuestion,
  show: (item: HistoryItem) => Shown,
): Promise<Page<Shown>> {
  const backwards = order === '-revision';
  const after = cursor === undefined ? undefined : placeIn(cursor, order);
  const events = eventLines(store, id, { backwards, after: after?.revision });
  const refusals = refusalLines(database, id, { backwards, after: after?.position });
  const isEvent = types === undefined || types.some((type) => type !== refusedType);
  const isRefusal = refused && (types === undefined || types.includes(refusedType));
  const isAsked = (item: HistoryItem): boolean =>
    (types === undefined || types.includes(item.type)) &&
    (actor === undefined || item.actor.id === actor) &&
    (from === undefined || new Date(item.recordedAt) >= from) &&
    (before === undefined || new Date(item.recordedAt) < before);

  const items: Shown[] = [];
  let bytes = 0;
  let looked = 0;
  let place: Place | undefined = after;
  for await (const item of inOrder([...(isEvent ? [events] : []), ...(isRefusal ? [refusals] : [])], backwards)) {
    if (++looked > mostLooked) return { items, nextCursor: cursorAt(order, place) };
    if (isAsked(item)) {
      const shown = show(item);
      bytes += Buffer.byteLength(JSON.stringify(shown)) + 1;
      if (items.length === limit || (items.length > 0 && bytes > pageBytes)) return { items, nextCursor: cursorAt(order, place) };
      items.push(shown);
    }
    const revision = item.type === refusedType ? place?.revision : (item.revision ?? undefined);
    place = { position: BigInt(item.position), revision };
  }
  return { items, nextCursor: null };
}

/** Where a page ended. */
interface Place {
  readonly position: bigint;
  /** Of the last event; undefined before there was one. */
  readonly revision: number | undefined;
}

/** The lines of several lists that are in order of position, in that order. */
async function* inOrder(lists: readonly AsyncGenerator<HistoryItem>[], backwards: boolean): AsyncGenerator<HistoryItem, void, undefined> {
  try {
    const heads = await Promise.all(lists.map(async (list) => ({ list, head: await list.next() })));
    for (;;) {
      let first: { list: AsyncGenerator<HistoryItem>; head: IteratorResult<HistoryItem> } | undefined;
      for (const one of heads) if (one.head.done !== true && (!first || isBefore(one.head, first.head, backwards))) first = one;
      if (!first || first.head.done === true) return;
      yield first.head.value;
      first.head = await first.list.next();
    }
  } finally {
    await Promise.all(lists.map((list) => list.return(undefined)));
  }
}

function isBefore(one: IteratorResult<HistoryItem>, other: IteratorResult<HistoryItem>, backwards: boolean): boolean {
  if (one.done === true || other.done === true) return false;
  return BigInt(one.value.position) < BigInt(other.value.position) !== backwards;
}

function cursorAt(order: HistoryOrder, place: Place | undefined): string {
  return writeCursor(['history', order, String(place?.position ?? ''), String(place?.revision ?? '')]);
}

/** @throws InvalidCursor */
function placeIn(cursor: string, asked: HistoryOrder): Place {
  const [list, order, position, revision, ...more] = cursorValues(cursor);
  const isPlace = typeof position === 'string' && /^\d{1,18}$/.test(position) && typeof revision === 'string' && /^\d{0,9}$/.test(revision);
  if (list !== 'history' || order !== asked || !isPlace || more.length > 0)
    throw new InvalidCursor('The cursor is not one of this history and order.');
  return { position: BigInt(position), revision: revision === '' ? undefined : Number(revision) };
}
