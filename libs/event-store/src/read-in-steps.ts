import type { EventStore, RecordedEvent } from './event-store.js';
import { readOrNothing } from './read-or-nothing.js';
import { weightOf } from './weight.js';

/** Characters read at once, about; one event alone may have as many. */
const stepWeight = 2_000_000;
const firstStep = 8;
const mostInStep = 256;

/**
 * The stream's events one by one, none where there is no such stream. They are read in steps that are larger where events are
 * small, so that whoever stops early has not read much more than was used. @throws Unavailable
 */
export async function* readInSteps(
  store: EventStore,
  stream: string,
  {
    from,
    direction = 'forwards',
  }: {
    /** First revision wanted, inclusive. (Default: 0 forwards, the newest backwards) */
    readonly from?: number | undefined;
    /** (Default: 'forwards') */
    readonly direction?: 'forwards' | 'backwards';
  } = {},
): AsyncGenerator<RecordedEvent, void, undefined> {
  const step = direction === 'forwards' ? 1 : -1;
  let limit = firstStep;
  for (let next = from; next === undefined || next >= 0;) {
    const events = await readOrNothing(store, stream, { direction, limit, ...(next !== undefined && { from: next }) });
    yield* events;
    const last = events.at(-1);
    if (!last || events.length < limit) return;
    next = last.revision + step;
    const largest = events.reduce((most, { data }) => Math.max(most, weightOf(data)), 1);
    limit = Math.max(1, Math.min(mostInStep, limit * 8, Math.floor(stepWeight / largest)));
  }
}

/**
 * The log up to where it ends when it is read, in the order of positions and batch by batch; none is empty. Reads the next one when it is asked for.
 * @throws Unavailable, and the signal's reason
 */
export async function* logInSteps(
  store: EventStore,
  {
    after = null,
    limit,
    prefixes,
    signal,
  }: {
    /** A position, exclusive. (Default: from the beginning) */
    readonly after?: bigint | null;
    readonly limit: number;
    /** Streams whose names begin so. (Default: all) */
    readonly prefixes?: readonly string[];
    readonly signal?: AbortSignal | undefined;
  },
): AsyncGenerator<readonly RecordedEvent[], void, undefined> {
  for (let from = after; ;) {
    signal?.throwIfAborted();
    const { events, position, caughtUp } = await store.readAll({ from, limit, ...(prefixes && { prefixes }) });
    if (events.length > 0) yield events;
    if (caughtUp) return;
    from = position;
  }
}
