import type { Database } from '#platform';
import type { EventStore } from './event-store.js';
import { EventStoreDbEventStore } from './eventstoredb/eventstoredb-event-store.js';
import { PostgresEventStore } from './postgres/postgres-event-store.js';
import { PrefixedEventStore } from './prefixed-event-store.js';

/**
 * The log of an installation: in EventStoreDB where one is named, else in its database.
 * @throws EventStoreMisconfigured, Unavailable
 */
export async function openEventStore(
  database: Database,
  {
    eventStore,
    streamPrefix = '',
    patience,
  }: {
    /** `esdb://…`. (Default: the log stands in the database) */
    readonly eventStore?: string | undefined;
    /** Put before the names of streams, so that they stand apart from those of others. (Default: none) */
    readonly streamPrefix?: string;
    /** How long to wait for a server that is not up yet. (Default: not at all) */
    readonly patience?: { readonly timeMs: number; readonly onWait: (sentence: string) => void };
  } = {},
): Promise<EventStore> {
  const store =
    eventStore === undefined
      ? await PostgresEventStore.open(database)
      : await EventStoreDbEventStore.open(eventStore, patience && { startPatience: patience });
  return streamPrefix === '' ? store : new PrefixedEventStore(store, streamPrefix);
}
