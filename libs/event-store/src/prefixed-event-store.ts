import { DuplicateEventId, StreamCut, StreamDeleted, StreamNotFound, WrongExpectedRevision } from './errors.js';
import { EventStore } from './event-store.js';
import type {
  Appended,
  CutStream,
  ExpectedRevision,
  NewEvent,
  ReadOptions,
  RecordedEvent,
  SubscribeOptions,
  SubscriptionBatch,
} from './event-store.js';

/**
 * A part of a log: the streams whose names begin with a prefix, seen by their names without it. Lets installations share a
 * log; positions are those of the whole.
 */
export class PrefixedEventStore extends EventStore {
  constructor(
    private readonly whole: EventStore,
    private readonly prefix: string,
  ) {
    super();
  }

  override get densePositions(): boolean {
    return this.whole.densePositions;
  }

  override get uniqueEventIds(): boolean {
    return this.whole.uniqueEventIds;
  }

  override append(stream: string, events: readonly NewEvent[], options: { readonly expected: ExpectedRevision }): Promise<Appended> {
    return this.named(this.whole.append(this.prefix + stream, events, options));
  }

  override adopt(events: readonly RecordedEvent[]): Promise<void> {
    return this.named(this.whole.adopt(events.map((event) => ({ ...event, stream: this.prefix + event.stream }))));
  }

  override async read(stream: string, options?: ReadOptions): Promise<readonly RecordedEvent[]> {
    return (await this.named(this.whole.read(this.prefix + stream, options))).map((event) => this.inside(event));
  }

  override async readAll(options: Parameters<EventStore['readAll']>[0]): Promise<SubscriptionBatch> {
    return this.batch(await this.whole.readAll({ ...options, prefixes: this.prefixes(options.prefixes) }));
  }

  override head(): Promise<bigint | null> {
    return this.whole.head();
  }

  override async *subscribe(options: SubscribeOptions): AsyncGenerator<SubscriptionBatch, void, undefined> {
    for await (const batch of this.whole.subscribe({ ...options, prefixes: this.prefixes(options.prefixes) })) yield this.batch(batch);
  }

  override async cutStreams(prefix = ''): Promise<readonly CutStream[]> {
    const cut = await this.whole.cutStreams(this.prefix + prefix);
    return cut.map((one) => ({ ...one, stream: this.without(one.stream) }));
  }

  override close(): Promise<void> {
    return this.whole.close();
  }

  private prefixes(wanted: readonly string[] = ['']): readonly string[] {
    return wanted.map((one) => this.prefix + one);
  }

  private batch({ events, ...rest }: SubscriptionBatch): SubscriptionBatch {
    return { ...rest, events: events.map((event) => this.inside(event)) };
  }

  private inside(event: RecordedEvent): RecordedEvent {
    return { ...event, stream: this.without(event.stream) };
  }

  /** An id may also stand in somebody else's part; its stream keeps its whole name then. */
  private without(stream: string): string {
    return stream.startsWith(this.prefix) ? stream.slice(this.prefix.length) : stream;
  }

  private async named<Result>(work: Promise<Result>): Promise<Result> {
    try {
      return await work;
    } catch (error) {
      if (error instanceof WrongExpectedRevision) throw new WrongExpectedRevision(this.without(error.stream), error.expected, error.actual);
      if (error instanceof DuplicateEventId) throw new DuplicateEventId(error.id, this.without(error.stream), error.revision);
      if (error instanceof StreamNotFound) throw new StreamNotFound(this.without(error.stream));
      if (error instanceof StreamCut) throw new StreamCut(this.without(error.stream), error.revision);
      if (error instanceof StreamDeleted) throw new StreamDeleted(this.without(error.stream));
      throw error;
    }
  }
}
