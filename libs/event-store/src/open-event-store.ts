import type { Database } from '#platform';
import type { EventStore } from './event-store.js';
import { EventStoreDbEventStore } from './eventstoredb/eventstoredb-event-store.js';
import { PostgresEventStore } from './postgres/postgres-event-store.js';
import { PrefixedEventStore } from './prefixed-event-store.js';

/**
 * The log of an installation: in EventStoreDB where one is named, else in its database.
 * @param database may be left out where an event store is named
 * @throws EventStoreMisconfigured, Unavailable
 */
export async function openEventStore(
  database: Database | undefined,
  {
    eventStore,
    streamPrefix = '',
    patience,
    isPrepared = false,
  }: {
    /** `esdb://…`. (Default: the log stands in the database) */
    readonly eventStore?: string | undefined;
    /** Put before the names of streams, so that they stand apart from those of others. (Default: none) */
    readonly streamPrefix?: string;
    /** Whether the tables are taken as they are: whoever only looks may not be allowed to change them. (Default: false) */
    readonly isPrepared?: boolean;
    /** How long to wait for a server that is not up yet. (Default: not at all) */
    readonly patience?: { readonly timeMs: number; readonly onWait: (sentence: string) => void };
  } = {},
): Promise<EventStore> {
  const store =
    eventStore !== undefined
      ? await EventStoreDbEventStore.open(eventStore, patience && { startPatience: patience })
      : await PostgresEventStore.open(required(database), { isPrepared });
  return streamPrefix === '' ? store : new PrefixedEventStore(store, streamPrefix);
}

function required(database: Database | undefined): Database {
  if (!database) throw new TypeError('A log needs a database or an event store to stand in.');
  return database;
}
