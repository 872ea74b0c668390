import { jsonEvent } from '@eventstore/db-client';
import type { AllStreamRecordedEvent, EventData, RecordedEvent as Stored } from '@eventstore/db-client';
import { TooLarge } from '../errors.js';
import { noMetadata } from '../event-store.js';
import type { EventMetadata, NewEvent, RecordedEvent } from '../event-store.js';

/** As the postgres adapter has it, and as the server has it unless told otherwise. */
const maxEventBytes = 1024 * 1024;

type StoredMetadata = EventMetadata & {
  readonly schemaVersion: number;
  /** When another log recorded the event that was moved here. The server's own time cannot be set. */
  readonly $recordedAt?: string;
};

/** The events as the client takes them. The server keeps no version of a shape, so it travels in the metadata. */
export function toStore(events: readonly NewEvent[]): EventData[] {
  if (events.length === 0) throw new RangeError('An append needs at least one event.');
  if (new Set(events.map(({ id }) => id.toLowerCase())).size < events.length) throw new RangeError('An append names an event id twice.');
  return events.map((event) => toData(event, { schemaVersion: event.schemaVersion, ...event.metadata }));
}

/** An event of another log as the client takes it, with the time that it was recorded at there. */
export function toMove({ schemaVersion, recordedAt, metadata, ...event }: RecordedEvent): EventData {
  return toData(event, { schemaVersion, $recordedAt: recordedAt, ...metadata });
}

function toData({ id, type, data }: Pick<NewEvent, 'id' | 'type' | 'data'>, metadata: StoredMetadata): EventData {
  const size = Buffer.byteLength(JSON.stringify(data)) + Buffer.byteLength(JSON.stringify(metadata));
  if (size > maxEventBytes) throw new TooLarge(`Event ${type} has ${size} bytes; the log takes ${maxEventBytes}.`);
  return jsonEvent({ id: id.toLowerCase(), type, data: data as Record<string, unknown>, metadata });
}

/**
 * The event as the log's users see it. Its position is the commit position: what is appended through gRPC has the same
 * prepare position, so that one number says both.
 */
export function toRecorded(event: Stored | AllStreamRecordedEvent, withMetadata = true): RecordedEvent {
  const stored = (event.metadata ?? noMetadata) as Partial<StoredMetadata> & EventMetadata;
  const { schemaVersion = 1, $recordedAt = event.created.toISOString(), ...metadata } = stored;
  return {
    id: event.id,
    type: event.type,
    schemaVersion,
    data: event.data as object,
    metadata: withMetadata ? metadata : noMetadata,
    stream: event.streamId,
    revision: Number(event.revision),
    position: event.position?.commit ?? 0n,
    recordedAt: $recordedAt,
  };
}
