import type { Database } from '#platform';
import type { EventStore } from './event-store.js';
import { PostgresEventStore } from './postgres/postgres-event-store.js';
import { PrefixedEventStore } from './prefixed-event-store.js';

/** The log of an installation, in its database; with a prefix its streams stand apart from those of others. (Default: none) */
export async function openEventStore(
  database: Database,
  { streamPrefix = '' }: { readonly streamPrefix?: string } = {},
): Promise<EventStore> {
  const store = await PostgresEventStore.open(database);
  return streamPrefix === '' ? store : new PrefixedEventStore(store, streamPrefix);
}
