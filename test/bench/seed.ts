import { NO_STREAM, openEventStore } from '#event-store';
import type { NewEvent } from '#event-store';
import { openDatabase } from '#platform';
import { inParallel } from './measure.js';
import { life } from './samples.js';

/**
 * Writes the lives of so many procedures into the log of an installation, by the log's own appends, and answers their
 * ids with the position of the last event.
 */
export async function seedLives(
  url: string,
  {
    procedures,
    eventsEach,
    owningUnit,
    of = life,
    eventStore,
    streamPrefix = '',
  }: {
    readonly procedures: number;
    readonly eventsEach: number;
    readonly owningUnit: string;
    /** The events of the procedure with that index, oldest first. (Default: up to its publication, four events) */
    readonly of?: (index: number, owningUnit: string) => readonly NewEvent[];
    /** Where the log is, if not in the database. */
    readonly eventStore?: string;
    readonly streamPrefix?: string;
  },
): Promise<{ readonly ids: readonly string[]; readonly position: bigint }> {
  const database = await openDatabase({ url, dataDir: '' });
  const store = await openEventStore(database, { eventStore, streamPrefix });
  const ids: string[] = [];
  try {
    await inParallel(procedures, 512, (index) => {
      const events = of(index, owningUnit).slice(0, eventsEach);
      const id = events[0]?.id ?? '';
      ids.push(id);
      return store.append(`procedure-${id}`, events, { expected: NO_STREAM });
    });
    return { ids, position: (await store.head()) ?? 0n };
  } finally {
    await store.close();
    await database.close();
  }
}
