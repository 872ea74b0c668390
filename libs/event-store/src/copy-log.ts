import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { EventStore, RecordedEvent } from './event-store.js';
import { logInSteps } from './read-in-steps.js';
import { uuidv5 } from './uuid.js';

/** What a log holds, in one line. */
export interface LogDigest {
  readonly events: number;
  /**
   * SHA-256, hexadecimal, over each event's JSON `[stream, revision, id, type, schemaVersion, recordedAt, data, metadata]` and a line
   * feed, in the order of the log. Data and metadata have their keys in the order in which they were written.
   */
  readonly sha256: string;
}

/** Two logs side by side, in the order of each. Positions are not compared: every log counts its own. */
export interface LogComparison {
  readonly source: LogDigest;
  readonly target: LogDigest;
  /** The first place of the target at which it does not hold what the source does; `source` is missing past the source's end. */
  readonly difference?: { readonly target: RecordedEvent; readonly source?: RecordedEvent };
  /** Where in the source the last event stands that the target has; null when it has none. */
  readonly upTo: bigint | null;
  /**
   * Events of the source that its stream has twice, one after the other, with the same id and the same content, in order. Processes that
   * started at once on an empty EventStoreDB could publish the first definitions so; other logs hold an id once.
   */
  readonly repeated: readonly RecordedEvent[];
}

export interface CopyOptions {
  /** The last position of the source that counts; null for an empty log. */
  readonly end: bigint | null;
  /** Told now and then: how many events are done, and the position in the source. */
  readonly onProgress?: (events: number, position: bigint) => void;
  readonly signal?: AbortSignal;
  /** Gives each repeated event of the source an id of its own, made from its id and revision. (Default: false) */
  readonly renameRepeated?: boolean;
}

const eventsAtOnce = 500;
const bytesAtOnce = 4 * 1024 * 1024;

/** Reads both logs whole, beside each other, and says whether the target is a beginning of the source. */
export async function compareLogs(
  source: EventStore,
  target: EventStore,
  { end, onProgress, signal, renameRepeated = false }: CopyOptions,
): Promise<LogComparison> {
  const newestIds = new Map<string, string>();
  const repeated: RecordedEvent[] = [];
  const digests = [new RunningDigest(), new RunningDigest()] as const;
  const sources = eventsOf(source, end, signal);
  const targets = eventsOf(target, await target.head(), signal);
  let difference: LogComparison['difference'];
  let upTo: bigint | null = null;
  for (;;) {
    const [left, right] = await Promise.all([sources.next(), targets.next()]);
    if (left.done === true && right.done === true) break;
    if (left.done !== true) {
      const { stream, id } = left.value;
      if (newestIds.get(stream) === id && (await repeatsTheOneBefore(source, left.value))) repeated.push(left.value);
      newestIds.set(stream, id);
    }
    const isRenamed = renameRepeated && repeated.at(-1) === left.value;
    const has = left.done === true ? undefined : digests[0].add(isRenamed ? renamed(left.value) : left.value);
    const copied = right.done === true ? undefined : digests[1].add(right.value);
    if (right.done !== true && has !== copied) difference ??= { target: right.value, ...(left.done !== true && { source: left.value }) };
    if (left.done === true) continue;
    if (has === copied && difference === undefined) upTo = left.value.position;
    if (digests[0].events % eventsAtOnce === 0) onProgress?.(digests[0].events, left.value.position);
  }
  return { source: digests[0].end(), target: digests[1].end(), ...(difference && { difference }), upTo, repeated };
}

async function repeatsTheOneBefore(source: EventStore, { stream, revision, type, data }: RecordedEvent): Promise<boolean> {
  const [before] = await source.read(stream, { from: revision - 1, to: revision - 1 });
  return isDeepStrictEqual([before?.type, before?.data], [type, data]);
}

const renamed = (event: RecordedEvent): RecordedEvent => ({ ...event, id: uuidv5(event.id, `revision ${String(event.revision)}`) });

/**
 * Stores what the source holds after `from` in the target, in order, so that whenever it is interrupted the target is a beginning of
 * the source. Answers how many events were stored.
 * @throws what `adopt` throws, and the signal's reason
 */
export async function copyLog(
  source: EventStore,
  target: EventStore,
  {
    from,
    end,
    onProgress,
    signal,
    rename = [],
  }: Omit<CopyOptions, 'renameRepeated'> & {
    readonly from: bigint | null;
    /** Events of the source that get another id on the way. (Default: none) */
    readonly rename?: readonly RecordedEvent[];
  },
): Promise<number> {
  const positions = new Set(rename.map(({ position }) => position));
  let copied = 0;
  let batch: RecordedEvent[] = [];
  let bytes = 0;
  const store = async (): Promise<void> => {
    const last = batch.at(-1);
    if (!last) return;
    await target.adopt(batch);
    copied += batch.length;
    batch = [];
    bytes = 0;
    onProgress?.(copied, last.position);
  };
  for await (const event of eventsOf(source, end, signal, from)) {
    const size = JSON.stringify([event.data, event.metadata]).length;
    if (batch.length === eventsAtOnce || bytes + size > bytesAtOnce) await store();
    batch.push(positions.has(event.position) ? renamed(event) : event);
    bytes += size;
  }
  await store();
  return copied;
}

class RunningDigest {
  private readonly hash = createHash('sha256');
  events = 0;

  /** Answers the event as it is digested. */
  add({ stream, revision, id, type, schemaVersion, recordedAt, data, metadata }: RecordedEvent): string {
    const text = `${JSON.stringify([stream, revision, id, type, schemaVersion, recordedAt, data, metadata])}\n`;
    this.hash.update(text);
    this.events++;
    return text;
  }

  end(): LogDigest {
    return { events: this.events, sha256: this.hash.digest('hex') };
  }
}

/** Events after `from` (null: the beginning) and up to `end`. */
async function* eventsOf(
  store: EventStore,
  end: bigint | null,
  signal?: AbortSignal,
  from: bigint | null = null,
): AsyncGenerator<RecordedEvent, void, undefined> {
  if (end === null || (from !== null && from >= end)) return;
  for await (const events of logInSteps(store, { after: from, limit: eventsAtOnce, signal }))
    for (const event of events) {
      if (event.position > end) return;
      yield event;
      if (event.position === end) return;
    }
}
