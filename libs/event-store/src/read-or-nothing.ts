import { StreamNotFound } from './errors.js';
import type { EventStore, ReadOptions, RecordedEvent } from './event-store.js';

/** The stream's events in the direction asked for, none where there is no such stream. @throws Unavailable */
export function readOrNothing(store: EventStore, stream: string, options?: ReadOptions): Promise<readonly RecordedEvent[]> {
  return store.read(stream, options).catch((error: unknown) => {
    if (error instanceof StreamNotFound) return [];
    throw error;
  });
}
