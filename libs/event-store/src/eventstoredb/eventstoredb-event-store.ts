import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { BACKWARDS, END, FORWARDS, WrongExpectedVersionError } from '@eventstore/db-client';
import type { AppendExpectedRevision, EventData, EventStoreDBClient } from '@eventstore/db-client';
import { StreamCut, StreamDeleted, StreamNotFound, TooLarge, Unavailable, WrongExpectedRevision } from '../errors.js';
import { ANY, EventStore, NO_STREAM, STREAM_EXISTS } from '../event-store.js';
import type {
  Appended,
  CutStream,
  ExpectedRevision,
  NewEvent,
  ReadOptions,
  RecordedEvent,
  SubscribeOptions,
  SubscriptionBatch,
} from '../event-store.js';
import { addressOf, checkVersion, connect, failureOf, release, typeOf, unavailable } from './connection.js';
import { readCuts } from './cut-streams.js';
import { Feed } from './feed.js';
import { toMove, toRecorded, toStore } from './recorded.js';

/** Under the limit of the server for one message, whatever stands around the events. */
const maxAppendBytes = 1024 * 1024;
const mostCutStreams = 1_000;
/** Reading is tried again for this long; a leader that changes is found again within it. */
const readPatienceMs = 4_000;

/** The log in EventStoreDB or KurrentDB. Positions grow and are sparse. */
export class EventStoreDbEventStore extends EventStore {
  override readonly densePositions = false;
  override readonly uniqueEventIds = false;
  private readonly closing = new AbortController();
  private readonly appending = new Set<Promise<unknown>>();
  private readonly address: string;
  private readonly reader: EventStoreDBClient;
  /** Apart from the reader: the client answers for all its pending appends when one of its connections fails. */
  private writer: Promise<EventStoreDBClient>;

  private constructor(
    private readonly connectionString: string,
    private readonly patienceMs: number,
    private readonly answerMs: number,
  ) {
    super();
    this.address = addressOf(connectionString);
    setMaxListeners(0, this.closing.signal);
    this.reader = connect(connectionString);
    this.writer = Promise.resolve(connect(connectionString));
  }

  /**
   * Opens the log at `esdb://…` and makes sure that it can be used.
   * @throws EventStoreMisconfigured, Unavailable, both with a sentence for the operator
   */
  static async open(
    connectionString: string,
    options: {
      /** How long an append waits for an unreachable server. (Default: 10,000) */
      readonly patienceMs?: number;
      /** A server that has not answered by then is asked again. (Default: 5,000) */
      readonly answerMs?: number;
      /** How long to wait for a server that is not up yet. (Default: not at all) */
      readonly startPatience?: { readonly timeMs: number; readonly onWait: (sentence: string) => void };
    } = {},
  ): Promise<EventStoreDbEventStore> {
    const store = new EventStoreDbEventStore(connectionString, options.patienceMs ?? 10_000, options.answerMs ?? 5_000);
    const { timeMs, onWait } = options.startPatience ?? { timeMs: 0, onWait: () => undefined };
    try {
      for (const deadline = Date.now() + timeMs; ;) {
        try {
          await store.headBefore(Date.now());
          break;
        } catch (error) {
          if (!(error instanceof Unavailable) || Date.now() >= deadline) throw error;
          onWait(`Waiting for the event store at ${store.address}.`);
          await delay(500);
        }
      }
      await checkVersion(store.reader);
      return store;
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  override async append(
    stream: string,
    events: readonly NewEvent[],
    { expected }: { readonly expected: ExpectedRevision },
  ): Promise<Appended> {
    if (this.closing.signal.aborted) throw new Unavailable('The event store is closed.');
    const stored = toStore(events);
    // One event alone was measured when it was made.
    const bytes = events.length === 1 ? 0 : stored.reduce((sum, event) => sum + sizeOf(event), 0);
    if (bytes > maxAppendBytes) throw new TooLarge(`An append of ${bytes} bytes is too large; the log takes ${maxAppendBytes}.`);
    return this.store(stream, stored, expected);
  }

  override async adopt(events: readonly RecordedEvent[]): Promise<void> {
    // One after the other: an append that overtook a failed one would change the order for ever.
    for (const { stream, from, stored } of runsOf(events)) {
      if (this.closing.signal.aborted) throw new Unavailable('The event store is closed.');
      const expected = from === 0 ? NO_STREAM : from - 1;
      const { revision } = await this.store(stream, stored, expected);
      if (revision !== from + stored.length - 1) throw new WrongExpectedRevision(stream, expected, revision);
    }
  }

  private store(stream: string, stored: EventData[], expected: ExpectedRevision): Promise<Appended> {
    const work = this.appendUntilKnown(stream, stored, expected);
    const settled = work.catch(() => undefined);
    this.appending.add(settled);
    void settled.then(() => this.appending.delete(settled));
    return work;
  }

  override async read(stream: string, options: ReadOptions = {}): Promise<readonly RecordedEvent[]> {
    return this.readBefore(Date.now() + readPatienceMs, stream, options);
  }

  override async readAll({ from, limit, prefixes, metadata = true }: Parameters<EventStore['readAll']>[0]): Promise<SubscriptionBatch> {
    const head = await this.head();
    return this.again(async () => {
      const feed = new Feed(this.reader, { after: from, head, prefixes, metadata });
      const events: RecordedEvent[] = [];
      try {
        for (;;) {
          const batch = await feed.next(limit - events.length, this.patience());
          if (!batch) throw new Error('no answer in time');
          events.push(...batch.events);
          if (batch.caughtUp || events.length === limit) return { ...batch, events };
        }
      } finally {
        feed.close();
      }
    });
  }

  override async cutStreams(prefix = ''): Promise<readonly CutStream[]> {
    const head = await this.head();
    const cuts = await this.again(() => readCuts(this.reader, { prefix, head, patience: () => this.patience() }));
    const cut: CutStream[] = [];
    for (const { stream, by } of cuts.slice(0, mostCutStreams)) cut.push({ stream, by, shownFrom: await this.shownFrom(stream) });
    return cut;
  }

  /** Ends when the server has not answered in time, or the store is closed. */
  private patience(): AbortSignal {
    return AbortSignal.any([this.closing.signal, AbortSignal.timeout(this.answerMs)]);
  }

  private async shownFrom(stream: string): Promise<number | null> {
    try {
      return (await this.read(stream, { limit: 1 }))[0]?.revision ?? null;
    } catch (error) {
      if (error instanceof StreamNotFound || error instanceof StreamDeleted) return null;
      throw error;
    }
  }

  override async head(): Promise<bigint | null> {
    return this.headBefore(Date.now() + readPatienceMs);
  }

  override async *subscribe(options: SubscribeOptions): AsyncGenerator<SubscriptionBatch, void, undefined> {
    const { prefixes, batchSize = 1000, metadata = true } = options;
    const signal = AbortSignal.any([options.signal, this.closing.signal]);
    let position = options.from;
    for (let failures = 0; !signal.aborted;) {
      let feed: Feed | undefined;
      try {
        feed = new Feed(this.reader, { after: position, head: await this.head(), prefixes, metadata });
        for (;;) {
          const batch = await feed.next(batchSize, signal);
          if (!batch) return;
          failures = 0;
          position = batch.position;
          yield batch;
        }
      } catch (error) {
        const failure = failureOf(error);
        if (failure.kind === 'misconfigured') throw failure.error;
        await pause(Math.min(5_000, 100 * 2 ** failures++), signal);
      } finally {
        feed?.close();
      }
    }
  }

  override async close(): Promise<void> {
    await Promise.all(this.appending);
    this.closing.abort();
    await Promise.all([release(this.reader), this.writer.then(release)]);
  }

  private async headBefore(deadline: number): Promise<bigint | null> {
    return this.again(
      async () => {
        const reading = this.reader.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1, requiresLeader: true });
        for await (const { event } of answering(reading, this.answerMs)) return event?.position.commit ?? null;
        return null;
      },
      { deadline },
    );
  }

  private async readBefore(deadline: number, stream: string, options: ReadOptions): Promise<readonly RecordedEvent[]> {
    const { from, to, direction = 'forwards', limit = Infinity } = options;
    const forwards = direction === 'forwards';
    const span = to === undefined ? Infinity : forwards ? to - (from ?? 0) + 1 : from === undefined ? Infinity : from - to + 1;
    const maxCount = Math.min(limit, span);
    if (maxCount < 1) return [];
    const events = await this.again(
      async () => {
        const found: RecordedEvent[] = [];
        const reading = this.reader.readStream(stream, {
          direction: forwards ? FORWARDS : BACKWARDS,
          fromRevision: from === undefined ? (forwards ? 'start' : END) : BigInt(from),
          ...(Number.isFinite(maxCount) && { maxCount }),
          // A node that follows may not have yet what was acknowledged.
          requiresLeader: true,
        });
        for await (const { event } of answering(reading, this.answerMs)) if (event) found.push(toRecorded(event));
        return found;
      },
      { deadline, stream },
    );
    // A stream that is cut begins later than was asked for, and so many are then more than up to there.
    return to === undefined ? events : events.filter(({ revision }) => (forwards ? revision <= to : revision >= to));
  }

  /**
   * Appends, and asks again with the same ids and the same expected revision while the outcome is unknown: the server then
   * acknowledges what it has stored already. What expects nothing in particular is looked up first.
   */
  private async appendUntilKnown(stream: string, events: EventData[], expected: ExpectedRevision): Promise<Appended> {
    const deadline = Date.now() + this.patienceMs;
    for (let failures = 0; ;) {
      const writer = await this.writer;
      try {
        if (failures > 0) {
          const found = await this.lookUp(deadline, stream, events, expected);
          if (found) return found;
        }
        const appended = writer.appendToStream(stream, events, { expectedRevision: expectedRevision(expected) });
        const { nextExpectedRevision, position } = await inTime(appended, Math.min(this.answerMs, Math.max(100, deadline - Date.now())));
        // A stream that was deleted softly counts as none, and its revisions go on.
        const first = Number(nextExpectedRevision) + 1 - events.length;
        if (expected === NO_STREAM && first > 0) throw new StreamCut(stream, first);
        return { revision: Number(nextExpectedRevision), position: position?.commit ?? 0n };
      } catch (error) {
        const refusal = error instanceof StreamCut ? error : refusalOf(error, stream, expected);
        if (refusal) throw refusal;
        const failure = failureOf(error);
        if (failure.kind === 'misconfigured') throw failure.error;
        if (failure.kind === 'unknown') this.replaceWriter(writer);
        const left = deadline - Date.now();
        if (left <= 0) throw error instanceof Unavailable ? error : unavailable(this.address, error);
        await pause(Math.min(1_000, 50 * 2 ** failures++, left), this.closing.signal);
      }
    }
  }

  /** Whether events of an append whose answer was lost are in the stream. */
  private async lookUp(
    deadline: number,
    stream: string,
    events: readonly EventData[],
    expected: ExpectedRevision,
  ): Promise<Appended | undefined> {
    const first = typeof expected === 'number' ? expected + 1 : 0;
    const options: ReadOptions =
      expected === ANY || expected === STREAM_EXISTS ? { direction: 'backwards', limit: 4_096 } : { from: first, limit: events.length };
    const ids = new Set(events.map(({ id }) => id));
    const stored = await this.readBefore(deadline, stream, options).catch((error: unknown) => {
      if (error instanceof StreamNotFound) return [];
      throw error;
    });
    const found = stored.filter(({ id }) => ids.has(id)).sort((a, b) => a.revision - b.revision);
    const last = found.at(-1);
    if (found.length < events.length || !last) return undefined;
    return { revision: last.revision, position: last.position, recordedAt: last.recordedAt, repeated: true };
  }

  /**
   * Lets the failed client go before another one begins: the client keeps pending appends in one place for the whole
   * process, and an answer that comes after they were given up would be nobody's.
   */
  private replaceWriter(failed: EventStoreDBClient): void {
    const present = this.writer;
    this.writer = present.then(async (writer) => {
      if (writer !== failed || this.closing.signal.aborted) return writer;
      await release(failed);
      return connect(this.connectionString);
    });
  }

  /** Tries what changes nothing again, for a while. */
  private async again<Result>(
    work: () => Promise<Result>,
    { deadline = Date.now() + readPatienceMs, stream = '' }: { readonly deadline?: number; readonly stream?: string } = {},
  ): Promise<Result> {
    for (let failures = 0; ;) {
      try {
        return await work();
      } catch (error) {
        const type = typeOf(error);
        if (type === 'stream-not-found') throw new StreamNotFound(stream);
        if (type === 'stream-deleted') throw new StreamDeleted(stream);
        const failure = failureOf(error);
        if (failure.kind === 'misconfigured') throw failure.error;
        if (Date.now() >= deadline || this.closing.signal.aborted) throw unavailable(this.address, error);
        await pause(Math.min(1_000, 50 * 2 ** failures++), this.closing.signal);
      }
    }
  }
}

/** Neighbours of one stream go together, as many as one append takes. */
function* runsOf(
  events: readonly RecordedEvent[],
): Generator<{ readonly stream: string; readonly from: number; readonly stored: EventData[] }> {
  let run: { stream: string; from: number; stored: EventData[] } | undefined;
  let bytes = 0;
  for (const event of events) {
    const moved = toMove(event);
    const size = sizeOf(moved);
    if (run?.stream !== event.stream || event.revision !== run.from + run.stored.length || bytes + size > maxAppendBytes) {
      if (run) yield run;
      run = { stream: event.stream, from: event.revision, stored: [] };
      bytes = 0;
    }
    run.stored.push(moved);
    bytes += size;
  }
  if (run) yield run;
}

const sizeOf = ({ type, data, metadata }: EventData): number => type.length + Buffer.byteLength(JSON.stringify([data, metadata]));

/** What the server decided about the append; undefined where it decided nothing. */
function refusalOf(error: unknown, stream: string, expected: ExpectedRevision): Error | undefined {
  if (error instanceof WrongExpectedVersionError) {
    const { actualVersion } = error;
    return new WrongExpectedRevision(stream, expected, typeof actualVersion === 'bigint' ? Number(actualVersion) : null);
  }
  const type = typeOf(error);
  if (type === 'stream-deleted') return new StreamDeleted(stream);
  return type === 'maximum-append-size-exceeded' ? new TooLarge('The append is larger than the event store takes.') : undefined;
}

function expectedRevision(expected: ExpectedRevision): AppendExpectedRevision {
  return typeof expected === 'number'
    ? BigInt(expected)
    : ({ [NO_STREAM]: 'no_stream', [STREAM_EXISTS]: 'stream_exists', [ANY]: 'any' } as const)[expected];
}

/** The answer, or an error when none comes. */
async function inTime<Answer>(answer: Promise<Answer>, timeMs: number): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error('no answer in time')), timeMs)));
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
    answer.catch(() => undefined);
  }
}

/** What the server sends, or an error when it stops sending. */
async function* answering<Item>(
  reading: AsyncIterable<Item> & { cancel(): Promise<void> },
  answerMs: number,
): AsyncGenerator<Item, void, undefined> {
  const items = reading[Symbol.asyncIterator]();
  let ended = false;
  try {
    for (;;) {
      const next = await inTime(items.next(), answerMs);
      ended = next.done === true;
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    if (!ended) await reading.cancel().catch(() => undefined);
  }
}

async function pause(timeMs: number, signal: AbortSignal): Promise<void> {
  await delay(timeMs * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
}
