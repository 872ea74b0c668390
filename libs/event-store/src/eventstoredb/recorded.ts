import { jsonEvent } from '@eventstore/db-client';
import type { AllStreamRecordedEvent, EventData, RecordedEvent as Stored } from '@eventstore/db-client';
import { TooLarge } from '../errors.js';
import { noMetadata } from '../event-store.js';
import type { EventMetadata, NewEvent, RecordedEvent } from '../event-store.js';

/** As the postgres adapter has it, and as the server has it unless told otherwise. */
const maxEventBytes = 1024 * 1024;
/** Under the limit of the server for one message, whatever stands around the events. */
const maxAppendBytes = 1024 * 1024;

type StoredMetadata = EventMetadata & { readonly schemaVersion: number };

/**
 * The events as the client takes them. The server keeps no version of a shape, so it travels in the metadata.
 * @throws TooLarge
 */
export function toStore(events: readonly NewEvent[]): EventData[] {
  if (events.length === 0) throw new RangeError('An append needs at least one event.');
  if (new Set(events.map(({ id }) => id.toLowerCase())).size < events.length) throw new RangeError('An append names an event id twice.');
  let appendBytes = 0;
  const stored = events.map(({ id, type, schemaVersion, data, metadata: given }) => {
    const metadata = { schemaVersion, ...given };
    const size = Buffer.byteLength(JSON.stringify(data)) + Buffer.byteLength(JSON.stringify(metadata));
    appendBytes += size;
    if (size > maxEventBytes) throw new TooLarge(`Event ${type} has ${size} bytes; the log takes ${maxEventBytes}.`);
    return jsonEvent({ id: id.toLowerCase(), type, data: data as Record<string, unknown>, metadata });
  });
  if (events.length > 1 && appendBytes > maxAppendBytes)
    throw new TooLarge(`An append of ${appendBytes} bytes is too large; the log takes ${maxAppendBytes}.`);
  return stored;
}

/**
 * The event as the log's users see it. Its position is the commit position: what is appended through gRPC has the same
 * prepare position, so that one number says both.
 */
export function toRecorded(event: Stored | AllStreamRecordedEvent, withMetadata = true): RecordedEvent {
  const { schemaVersion = 1, ...metadata } = (event.metadata ?? noMetadata) as Partial<StoredMetadata> & EventMetadata;
  return {
    id: event.id,
    type: event.type,
    schemaVersion,
    data: event.data as object,
    metadata: withMetadata ? metadata : noMetadata,
    stream: event.streamId,
    revision: Number(event.revision),
    position: event.position?.commit ?? 0n,
    recordedAt: event.created.toISOString(),
  };
}
