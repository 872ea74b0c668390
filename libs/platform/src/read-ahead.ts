/**
 * Asks for the next item while the present one is worked on. The source must be one that ends once a signal aborts:
 * leaving the loop early leaves the last question open until then.
 */
export async function* readAhead<Item>(source: AsyncIterable<Item>): AsyncGenerator<Item, void, undefined> {
  const items = source[Symbol.asyncIterator]();
  let next = items.next();
  for (;;) {
    const result = await next;
    if (result.done === true) return;
    next = items.next();
    // Its failure is thrown where it is awaited, which may be after the present item.
    next.catch(() => undefined);
    yield result.value;
  }
}
