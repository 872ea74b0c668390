import { logInSteps } from '#event-store';
import type { EventStore, RecordedEvent } from '#event-store';
import { readAhead } from '#platform';

const atOnce = 1_000;

/** The log, event by event. */
export class LogReader {
  count = 0;
  private batch: readonly RecordedEvent[] = [];
  private place = 0;
  private readonly batches: AsyncGenerator<readonly RecordedEvent[], void>;

  constructor(store: EventStore, signal: AbortSignal | undefined) {
    this.batches = readAhead(logInSteps(store, { limit: atOnce, signal }));
  }

  async next(): Promise<RecordedEvent | undefined> {
    if (this.place === this.batch.length) {
      const { value } = await this.batches.next();
      if (!value) return undefined;
      [this.batch, this.place] = [value, 0];
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
