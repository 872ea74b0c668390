import { setTimeout as sleep } from 'node:timers/promises';

/** What one caller wants written. */
export interface Entry {
  readonly stream: string;
  readonly ids: readonly string[];
  readonly bytes: number;
  /** May stand in a batch with others of its stream that are also free. */
  readonly free: boolean;
}

interface Waiting<E, Answer> {
  readonly entry: E;
  readonly deadline: number;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Gathers what concurrent callers want written into one write at a time, so that they share a flush to the disk. A
 * write whose outcome is unknown is made again: it must be repeatable, as appends are by their ids.
 */
export class GroupCommit<E extends Entry, Answer> {
  private readonly queue: Waiting<E, Answer>[] = [];
  private writing = 0;
  private scheduled = false;
  private idle: (() => void)[] = [];

  constructor(
    private readonly options: {
      /** Answers one for one. */
      readonly write: (entries: readonly E[], deadline: number) => Promise<readonly Answer[]>;
      /** Whether the error says nothing about the entries, so that the same write may be tried again. */
      readonly isOutage: (error: unknown) => boolean;
      /** The error for callers who waited `patienceMs` in vain. */
      readonly onGiveUp: (cause: unknown) => Error;
      /** (Default: 10,000) */
      readonly patienceMs?: number;
      /** Entries in one write. (Default: 256) */
      readonly maxEntries?: number;
      /** (Default: 8 MB) */
      readonly maxBytes?: number;
      /** Writes under way at a time. (Default: 1) */
      readonly writers?: number;
    },
  ) {}

  submit(entry: E): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.queue.push({ entry, deadline: Date.now() + (this.options.patienceMs ?? 10_000), resolve, reject });
      this.schedule();
    });
  }

  /** Waits until nothing is queued or under way. */
  async drain(): Promise<void> {
    while (this.queue.length > 0 || this.writing > 0) await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  private schedule(): void {
    if (this.scheduled || this.writing >= (this.options.writers ?? 1) || this.queue.length === 0) return;
    this.scheduled = true;
    // Callers answered by the last write get a turn to ask again before the next batch is cut.
    setImmediate(() => {
      this.scheduled = false;
      void this.writeBatch();
    });
  }

  private async writeBatch(): Promise<void> {
    const batch = this.cut();
    if (batch.length === 0) return;
    this.writing++;
    this.schedule();
    await this.settle(batch);
    this.writing--;
    this.schedule();
    if (this.queue.length === 0 && this.writing === 0) for (const resolve of this.idle.splice(0)) resolve();
  }

  private cut(): Waiting<E, Answer>[] {
    const { maxEntries = 256, maxBytes = 8 * 1024 * 1024 } = this.options;
    const streams = new Map<string, boolean>();
    const ids = new Set<string>();
    const batch: Waiting<E, Answer>[] = [];
    const left: Waiting<E, Answer>[] = [];
    let bytes = 0;
    let full = false;
    for (const waiting of this.queue) {
      const { entry } = waiting;
      const others = streams.get(entry.stream);
      const fits = batch.length < maxEntries && (batch.length === 0 || bytes + entry.bytes <= maxBytes);
      if (!fits) full = true;
      if (full || (others !== undefined && !(others && entry.free)) || entry.ids.some((id) => ids.has(id))) {
        left.push(waiting);
        // Later ones of the stream stay behind it.
        streams.set(entry.stream, false);
        continue;
      }
      batch.push(waiting);
      bytes += entry.bytes;
      streams.set(entry.stream, entry.free);
      for (const id of entry.ids) ids.add(id);
    }
    this.queue.splice(0, this.queue.length, ...left);
    return batch;
  }

  private async settle(batch: readonly Waiting<E, Answer>[]): Promise<void> {
    const first = batch[0];
    if (!first) return;
    // Queued longest, so its patience ends first.
    const { deadline } = first;
    for (let delayMs = 20; ; delayMs = Math.min(delayMs * 2, 500)) {
      try {
        const answers = await this.options.write(
          batch.map(({ entry }) => entry),
          deadline,
        );
        batch.forEach(({ resolve, reject }, index) => {
          const answer = answers[index];
          if (answer === undefined) reject(new Error('A write was left without an answer.'));
          else resolve(answer);
        });
        return;
      } catch (error) {
        if (!this.options.isOutage(error)) {
          // One entry that the database cannot take must not fail its neighbours.
          if (batch.length === 1) first.reject(error);
          else for (const waiting of batch) await this.settle([waiting]);
          return;
        }
        if (Date.now() + delayMs >= deadline) {
          const patient = batch.filter((waiting) => waiting.deadline > Date.now() + delayMs);
          for (const { reject, deadline: end } of batch) if (end <= Date.now() + delayMs) reject(this.options.onGiveUp(error));
          if (patient.length > 0) await this.settle(patient);
          return;
        }
        await sleep(delayMs);
      }
    }
  }
}
