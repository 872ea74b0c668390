import type { EventStore, RecordedEvent } from '#event-store';

const atOnce = 1_000;

/** The log, event by event. */
export class LogReader {
  count = 0;
  private batch: readonly RecordedEvent[] = [];
  private place = 0;
  private after: bigint | null = null;
  private atEnd = false;

  constructor(
    private readonly store: EventStore,
    private readonly signal: AbortSignal | undefined,
  ) {}

  async next(): Promise<RecordedEvent | undefined> {
    while (this.place === this.batch.length) {
      if (this.atEnd) return undefined;
      this.signal?.throwIfAborted();
      const { events, position, caughtUp } = await this.store.readAll({ from: this.after, limit: atOnce });
      [this.batch, this.place, this.after, this.atEnd] = [events, 0, position, caughtUp];
    }
    this.count++;
    return this.batch[this.place++];
  }

  putBack(event: RecordedEvent): void {
    if (this.batch[this.place - 1] !== event) throw new Error('Only the event that was read last is put back.');
    this.place--;
    this.count--;
  }

  /** Reads to the end, and answers how many there were. */
  async rest(each: (event: RecordedEvent) => void): Promise<number> {
    let events = 0;
    for (let event = await this.next(); event; event = await this.next(), events++) each(event);
    return events;
  }
}
