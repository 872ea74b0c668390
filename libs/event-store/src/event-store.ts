/**
 * Terminology
 *
 * - stream: the events of one thing, named `<category>-<id>`; its first event has revision 0
 * - revision: an event's place in its stream, dense, counted from 0
 * - position: an event's place in the whole log; grows along the log
 * - expected revision: what the writer saw last; the append is refused when the stream has moved on
 */

/** What a writer hands in. `data` and `metadata` are plain JSON and are stored for ever. */
export interface NewEvent {
  /** UUID. The same id in the same stream is stored once. */
  readonly id: string;
  /** A stable business word such as `ProcedureReviewed`, never a class name. */
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: object;
  readonly metadata: EventMetadata;
}

/** An event as the log holds it. */
export interface RecordedEvent extends NewEvent {
  readonly stream: string;
  readonly revision: number;
  readonly position: bigint;
  /** The log's clock, ISO 8601 UTC with milliseconds; of the log that recorded it first, where it was moved. */
  readonly recordedAt: string;
}

/** Who acted, as they were at that time. A name is personal data and is looked up by `id` and `version`. */
export interface Actor {
  readonly id: string;
  readonly version: number;
  /** SHA-256 over salt and name, hexadecimal: proves a name that is shown later without storing it. */
  readonly commitment: string;
  readonly role: string;
  /** Unit id. */
  readonly unit: string;
  /** The person acted for, under a delegation. */
  readonly onBehalfOf?: string;
}

export interface EventMetadata {
  readonly commandId: string;
  /** SHA-256 of the request, hexadecimal: tells a repetition from another request under the same key. */
  readonly requestHash: string;
  readonly $correlationId: string;
  readonly $causationId: string;
  readonly actor: Actor;
  /** The lifecycle definition under which the decision was made. */
  readonly definition?: { readonly id: string; readonly version: number };
  /** Of which bulk run it is one item. (Default: none) */
  readonly batch?: string;
}

/** Stands where metadata was not asked for. */
export const noMetadata: EventMetadata = {
  ...{ commandId: '', requestHash: '', $correlationId: '', $causationId: '' },
  actor: { id: '', version: 0, commitment: '', role: '', unit: '' },
};

export const NO_STREAM = 'no-stream';
export const STREAM_EXISTS = 'stream-exists';
export const ANY = 'any';
/** What the stream must look like for an append to be accepted; a number is the exact current revision. */
export type ExpectedRevision = number | typeof NO_STREAM | typeof STREAM_EXISTS | typeof ANY;

export interface Appended {
  /** Of the last event appended. */
  readonly revision: number;
  /** Of the last event appended. */
  readonly position: bigint;
  /** Of all events of the append; left out where the store does not tell. */
  readonly recordedAt?: string;
  /** The same append had been stored before. */
  readonly repeated?: boolean;
}

export interface ReadOptions {
  /** First revision wanted, inclusive. (Default: 0 forwards, the newest backwards) */
  readonly from?: number;
  /** Last revision wanted, inclusive. */
  readonly to?: number;
  /** (Default: 'forwards') */
  readonly direction?: 'forwards' | 'backwards';
  /** (Default: no limit) */
  readonly limit?: number;
}

export interface SubscribeOptions {
  /** Events after this position; null starts at the beginning. */
  readonly from: bigint | null;
  /** Only streams whose name starts with one of these. (Default: all) */
  readonly prefixes?: readonly string[];
  /** Most events handed over at once. (Default: 1000) */
  readonly batchSize?: number;
  /** Whether events come with their metadata, which is half of what is read; else with `noMetadata`. (Default: true) */
  readonly metadata?: boolean;
  readonly signal: AbortSignal;
}

/**
 * What a subscription hands over: events in order of position. `position` is how far the log was looked at, past
 * events that the filter left out. `caughtUp` is true when there was nothing more at that moment.
 */
export interface SubscriptionBatch {
  readonly events: readonly RecordedEvent[];
  readonly position: bigint | null;
  readonly caughtUp: boolean;
}

/** A stream of which the store takes events away by itself, because it was told to. */
export interface CutStream {
  readonly stream: string;
  /** What it was told, in a few words. */
  readonly by: string;
  /** The first revision that is read of it; null where none is. */
  readonly shownFrom: number | null;
}

/** The log. Append-only, totally ordered; an acknowledged append has been flushed to disk. */
export abstract class EventStore {
  /** Whether positions are 1, 2, 3 … without holes, so that lag can be counted by subtraction. */
  abstract readonly densePositions: boolean;

  /** Whether an event id is refused in one stream because it is in another. */
  abstract readonly uniqueEventIds: boolean;

  /**
   * Stores the events atomically. Repeating an append with the same ids and the same expected revision answers as the
   * first time and stores nothing.
   * @throws WrongExpectedRevision, DuplicateEventId, TooLarge, Unavailable; StreamDeleted; StreamCut where it was stored behind what a stream does
   * not show any more, as none was expected
   */
  abstract append(stream: string, events: readonly NewEvent[], options: { readonly expected: ExpectedRevision }): Promise<Appended>;

  /**
   * Stores events of another log in the order given, as they stood there: with their streams, revisions, ids and times.
   * Positions are this log's own. What the call has stored when it fails is a beginning of the list. For a single writer that
   * moves a log; everybody else appends.
   * @throws WrongExpectedRevision where an event is not the next one of its stream; DuplicateEventId, TooLarge, Unavailable
   */
  abstract adopt(events: readonly RecordedEvent[]): Promise<void>;

  /** The stream's events in the direction asked for, as far as it is shown. @throws StreamNotFound, StreamDeleted, Unavailable */
  abstract read(stream: string, options?: ReadOptions): Promise<readonly RecordedEvent[]>;

  /** Events of all streams after `from` (null: the beginning), in order of position. @throws Unavailable */
  abstract readAll(options: {
    readonly from: bigint | null;
    readonly limit: number;
    readonly prefixes?: readonly string[];
    /** As for `subscribe`. (Default: true) */
    readonly metadata?: boolean;
  }): Promise<SubscriptionBatch>;

  /** Position of the newest event, null for an empty log. @throws Unavailable */
  abstract head(): Promise<bigint | null>;

  /** Follows the log until the signal aborts; outlives an unreachable store by trying again. */
  abstract subscribe(options: SubscribeOptions): AsyncIterable<SubscriptionBatch>;

  /**
   * Streams that are cut, the first thousand of those whose names begin with the prefix; a log that cannot be told to has none.
   * @throws Unavailable
   */
  abstract cutStreams(prefix?: string): Promise<readonly CutStream[]>;

  /** Waits for what is under way, then lets go of the store. */
  abstract close(): Promise<void>;
}
