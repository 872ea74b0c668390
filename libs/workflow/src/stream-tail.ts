import { readOrNothing } from '#event-store';
import type { Decider, EventStore } from '#event-store';

/** A small stream that any process may add to, kept folded; each reading asks the log for what is new alone. */
export class StreamTail<State, Event> {
  private state: State;
  private revision = -1;
  private reading: Promise<void> | undefined;
  private next: Promise<void> | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly stream: string,
    private readonly decider: Pick<Decider<never, State, Event>, 'initial' | 'evolve'>,
  ) {
    this.state = decider.initial;
  }

  /** What was read last. */
  get known(): State {
    return this.state;
  }

  /** The stream as it stands. Calls at the same time share one reading, which begins after the last of them. @throws Unavailable */
  async read(): Promise<State> {
    if (!this.reading) await (this.reading = this.readOn().finally(() => (this.reading = undefined)));
    // The reading under way may have missed what was there when this call came.
    else await (this.next ??= this.reading.catch(() => undefined).then(() => this.startNext()));
    return this.state;
  }

  private startNext(): Promise<void> {
    this.next = undefined;
    this.reading ??= this.readOn().finally(() => (this.reading = undefined));
    return this.reading;
  }

  private async readOn(): Promise<void> {
    const events = await readOrNothing(this.store, this.stream, { from: this.revision + 1 });
    for (const event of events) {
      // The log's data is what the decider once made.
      this.state = this.decider.evolve(this.state, event as unknown as Event);
      this.revision = event.revision;
    }
  }
}
