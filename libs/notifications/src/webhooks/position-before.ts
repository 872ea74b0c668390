import type { EventStore, RecordedEvent } from '#event-store';
import type { Database } from '#platform';
import { positionNearBy } from '#procedures';
import { notifiedPrefixes } from './notified-events.js';

/** From that time on, or after that position. */
export type Since = { readonly time: Date } | { readonly position: bigint };

const readAtOnce = 1_000;

/** The last position of the log that is not since then; 0 when all of it is. */
export async function positionBefore(store: EventStore, database: Database, since: Since): Promise<bigint> {
  const isSince = ({ position, recordedAt }: RecordedEvent): boolean =>
    'time' in since ? new Date(recordedAt) >= since.time : position > since.position;
  for (let before = await positionNearBy(database, since); ;) {
    const from = before === 0n ? null : before;
    const batch = await store.readAll({ from, limit: readAtOnce, prefixes: notifiedPrefixes, metadata: false });
    const first = batch.events.findIndex(isSince);
    if (first !== -1) return batch.events[first - 1]?.position ?? before;
    before = batch.position ?? before;
    if (batch.caughtUp) return before;
  }
}
