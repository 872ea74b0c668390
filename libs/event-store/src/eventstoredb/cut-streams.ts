import type { EventStoreDBClient } from '@eventstore/db-client';
import type { CutStream, RecordedEvent } from '../event-store.js';
import { Feed, isTombstone, tombstoneType } from './feed.js';

/** A stream by the name and what it is cut by. */
type Cut = Pick<CutStream, 'stream' | 'by'>;

/** What the server was told of a stream stands in one of its name with this before it. */
const mark = '$$';

interface Reading {
  readonly head: bigint | null;
  /** A signal that ends the waiting for the next word. The server may look at the whole log, and says how far it is all the while. */
  readonly patience: () => AbortSignal;
}

/** Streams under the prefix that the server was told to cut. @throws what ended the reading, also where the signal did */
export async function readCuts(
  client: EventStoreDBClient,
  { prefix, ...reading }: Reading & { readonly prefix: string },
): Promise<readonly Cut[]> {
  const said = new Map<string, string>();
  // The last event of such a stream holds, of whatever type it is.
  for await (const { stream, data } of eventsOf(client, { ...reading, prefixes: [mark + prefix] })) {
    const [name, by] = [stream.slice(mark.length), cutBy(data)];
    if (by === '') said.delete(name);
    else said.set(name, by);
  }
  for await (const event of eventsOf(client, { ...reading, types: [tombstoneType] })) {
    if (!isTombstone(event)) continue;
    if (event.stream.startsWith(mark)) said.delete(event.stream.slice(mark.length));
    else if (event.stream.startsWith(prefix)) said.set(event.stream, 'a tombstone');
  }
  return [...said].flatMap(([stream, by]) => (stream.startsWith('$') ? [] : { stream, by }));
}

async function* eventsOf(
  client: EventStoreDBClient,
  { patience, ...wanted }: Reading & { readonly prefixes?: readonly string[]; readonly types?: readonly string[] },
): AsyncGenerator<RecordedEvent, void, undefined> {
  const feed = new Feed(client, { after: null, metadata: false, ...wanted });
  try {
    for (;;) {
      const batch = await feed.next(1_000, patience());
      if (!batch) throw new Error('no answer in time');
      yield* batch.events;
      if (batch.caughtUp) return;
    }
  } finally {
    feed.close();
  }
}

/** In a few words; empty where it cuts nothing. */
function cutBy(metadata: unknown): string {
  // It came as a text, so it is no JSON by the standard. The server reads more as JSON: names without quotes, octal numbers, what stands behind.
  if (typeof metadata === 'string') return 'metadata that is not JSON';
  if (typeof metadata !== 'object' || metadata === null) return '';
  const cuts = ['$tb', '$maxCount', '$maxAge'].flatMap((name) => {
    const value = (metadata as Readonly<Record<string, unknown>>)[name];
    if (typeof value !== 'number' || !Number.isInteger(value) || value <= 0) return [];
    return name === '$tb' && value > Number.MAX_SAFE_INTEGER ? 'a deletion' : `${name} ${String(value)}`;
  });
  return cuts.join(', ');
}
