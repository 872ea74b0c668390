import { StreamCut, StreamNotFound } from './errors.js';
import type { EventStore, ReadOptions, RecordedEvent } from './event-store.js';

/**
 * The stream's events in the direction asked for, none where there is no such stream.
 * @throws StreamCut where it does not begin with the first that was asked for; StreamDeleted, Unavailable
 */
export async function readOrNothing(store: EventStore, stream: string, options: ReadOptions = {}): Promise<readonly RecordedEvent[]> {
  try {
    const events = await store.read(stream, options);
    const { direction = 'forwards', from = 0 } = options;
    const [first] = events;
    if (direction === 'forwards' && first && first.revision !== from) throw new StreamCut(stream, first.revision);
    return events;
  } catch (error) {
    if (error instanceof StreamNotFound) return [];
    throw error;
  }
}
