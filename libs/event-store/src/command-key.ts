import { WrongExpectedRevision } from './errors.js';
import { NO_STREAM } from './event-store.js';
import type { EventMetadata, EventStore } from './event-store.js';
import { readOrNothing } from './read-or-nothing.js';
import { uuidv5 } from './uuid.js';

/** How long a reservation counts whose command has not appeared. */
const graceMs = 60_000;

interface Reservation {
  /** The stream that the command goes to. */
  readonly stream: string;
}

/**
 * Makes sure that a command id goes to one stream only, on a log that does not see to it by itself. The reservation is a
 * stream of its own; one that was never followed by its command is void after a minute and can be taken over.
 * @returns whether the command may go to the stream
 */
export async function reserveCommand(store: EventStore, stream: string, metadata: EventMetadata): Promise<boolean> {
  const reservations = `command-${metadata.commandId}`;
  const reserve = async (after: number | null): Promise<boolean> => {
    const id = uuidv5(metadata.commandId, `${stream}@${String(after)}`);
    const data: Reservation = { stream };
    try {
      await store.append(reservations, [{ id, type: 'CommandReserved', schemaVersion: 1, data, metadata }], {
        expected: after ?? NO_STREAM,
      });
      return true;
    } catch (error) {
      if (error instanceof WrongExpectedRevision) return false;
      throw error;
    }
  };
  if (await reserve(null)) return true;
  const newest = (await readOrNothing(store, reservations)).at(-1);
  if (!newest) return false;
  const { stream: holder } = newest.data as Reservation;
  if (holder === stream) return true;
  if (Date.now() - Date.parse(newest.recordedAt) < graceMs) return false;
  const isUsed = (await readOrNothing(store, holder)).some((event) => event.metadata.commandId === metadata.commandId);
  return !isUsed && reserve(newest.revision);
}
