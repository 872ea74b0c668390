import type { EventStore, RecordedEvent } from '#event-store';
import type { Database } from '#platform';
import { notifiedPrefixes } from './notified-events.js';

/** From that time on, or after that position. */
export type Since = { readonly time: Date } | { readonly position: bigint };

const readAtOnce = 1_000;

/** The last position of the log that is not since then; 0 when all of it is. */
export async function positionBefore(store: EventStore, database: Database, since: Since): Promise<bigint> {
  const isSince = ({ position, recordedAt }: RecordedEvent): boolean =>
    'time' in since ? new Date(recordedAt) >= since.time : position > since.position;
  // The log finds nothing by time, and not every number is a position: the register has both for a place near by.
  const [condition, value] =
    'time' in since
      ? ['stage_since < $1 THEN stage_position WHEN registered_at < $1 THEN registered_position', since.time]
      : ['stage_position <= $1 THEN stage_position WHEN registered_position <= $1 THEN registered_position', String(since.position)];
  const { rows } = await database.pool.query<{ position: string | null }>(
    `SELECT max(CASE WHEN ${condition} END)::text AS position FROM views.register`,
    [value],
  );
  for (let before = BigInt(rows[0]?.position ?? 0); ;) {
    const from = before === 0n ? null : before;
    const batch = await store.readAll({ from, limit: readAtOnce, prefixes: notifiedPrefixes, metadata: false });
    const first = batch.events.findIndex(isSince);
    if (first !== -1) return batch.events[first - 1]?.position ?? before;
    before = batch.position ?? before;
    if (batch.caughtUp) return before;
  }
}
