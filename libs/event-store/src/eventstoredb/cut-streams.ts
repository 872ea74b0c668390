import type { EventStoreDBClient } from '@eventstore/db-client';
import type { CutStream, RecordedEvent } from '../event-store.js';
import { Feed } from './feed.js';

/** A stream by the name and what it is cut by. */
type Cut = Pick<CutStream, 'stream' | 'by'>;

/** Types of the events in which the server keeps what it was told to take away. */
const types = ['$metadata', '$streamDeleted'];

/** Streams that the server was told to cut; what was said last of a stream holds. @throws what ended the reading, also where the signal did */
export async function readCuts(client: EventStoreDBClient, head: bigint | null, signal: AbortSignal): Promise<readonly Cut[]> {
  const said = new Map<string, string>();
  const feed = new Feed(client, { after: null, head, types, metadata: false });
  try {
    for (;;) {
      const batch = await feed.next(1_000, signal);
      if (!batch) throw new Error('no answer in time');
      for (const event of batch.events) take(said, event);
      if (batch.caughtUp) return [...said].flatMap(([stream, by]) => (stream.startsWith('$') ? [] : { stream, by }));
    }
  } finally {
    feed.close();
  }
}

const tombstone = 'a tombstone';

function take(said: Map<string, string>, { stream, type, data }: RecordedEvent): void {
  if (type === '$streamDeleted') said.set(stream, tombstone);
  else if (stream.startsWith('$$')) {
    const [name, cuts] = [stream.slice(2), cutsIn(data)];
    if (said.get(name) === tombstone) return;
    if (cuts.length > 0) said.set(name, cuts.join(', '));
    else said.delete(name);
  }
}

function cutsIn(metadata: { readonly $tb?: unknown; readonly $maxCount?: unknown; readonly $maxAge?: unknown }): readonly string[] {
  const { $tb, $maxCount, $maxAge } = metadata;
  const cuts: string[] = [];
  if (typeof $tb === 'number' && $tb > 0) cuts.push($tb > Number.MAX_SAFE_INTEGER ? 'a deletion' : `$tb ${String($tb)}`);
  if (typeof $maxCount === 'number') cuts.push(`$maxCount ${String($maxCount)}`);
  if (typeof $maxAge === 'number') cuts.push(`$maxAge ${String($maxAge)}`);
  return cuts;
}
