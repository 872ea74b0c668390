/** A part of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

/** The cursor was not given out for this list. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';
}

/** An opaque text that leads to the next page. */
export function writeCursor(values: readonly string[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** The keys in a cursor that was given out for this order. @param last Of what kind the last is. @throws InvalidCursor */
export function readCursor(
  cursor: string,
  order: string,
  keys: number,
  last: 'position' | 'id' = keys === 1 ? 'position' : 'id',
): readonly string[] {
  const values = cursorValues(cursor);
  if (values.length !== keys + 1 || values[0] !== order) throw new InvalidCursor('The cursor is not one of this list.');
  const [, ...found] = values.filter((value): value is string => typeof value === 'string' && !value.includes('\0'));
  const good = (last === 'position' ? /^\d{1,18}$/ : /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/).test(found.at(-1) ?? '');
  if (found.length !== keys || !good) throw new InvalidCursor('The cursor is not one of this list.');
  return found;
}

/** The one key in a cursor of that list, whatever it looks like. @throws InvalidCursor */
export function readKey(cursor: string, list: string): string {
  const [name, key, ...more] = cursorValues(cursor);
  if (name !== list || typeof key !== 'string' || more.length > 0) throw new InvalidCursor('The cursor is not one of this list.');
  return key;
}

/** What a cursor was made of, if it was one; nothing else can be relied on. */
export function cursorValues(cursor: string): readonly unknown[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(values) ? (values as unknown[]) : [];
  } catch {
    return [];
  }
}
