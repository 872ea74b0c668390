import { InvalidCursor, readKey, writeCursor } from '#processors';
import type { Page } from '#processors';
import type { LongPageQuery } from './reading.dto.js';

/** A page of a list that is at hand. Its items only ever become more, at the end. @throws InvalidCursor */
export function pageOf<Item>(
  list: string,
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { cursor, limit = '200' }: Pick<LongPageQuery, 'cursor' | 'limit'>,
): Page<Item> {
  const after = cursor === undefined ? undefined : readKey(cursor, list);
  const before = after === undefined ? -1 : items.findIndex((item) => keyOf(item) === after);
  if (after !== undefined && before === -1) throw new InvalidCursor('The cursor is not one of this list.');
  const page = items.slice(before + 1, before + 1 + Number(limit));
  const last = page.at(-1);
  const isLast = last === undefined || items.at(-1) === last;
  return { items: page, nextCursor: isLast ? null : writeCursor([list, keyOf(last)]) };
}
