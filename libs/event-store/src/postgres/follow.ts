import { Unavailable } from '../errors.js';
import type { EventStore, SubscribeOptions, SubscriptionBatch } from '../event-store.js';

/** Lets any number of followers sleep until the log has grown. */
export class Wakeup {
  private readonly sleepers = new Set<() => void>();
  private count = 0;

  /** Changes with each call of `wake`: tells whether one was missed while busy. */
  get ticket(): number {
    return this.count;
  }

  wake(): void {
    this.count++;
    for (const sleeper of [...this.sleepers]) sleeper();
  }

  /** Sleeps until woken, the time is over or the signal aborts; not at all when a wake came after the ticket. */
  sleep(ticket: number | undefined, timeMs: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted || (ticket !== undefined && ticket !== this.count)) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.sleepers.delete(done);
        resolve();
      };
      const timer = setTimeout(done, timeMs);
      signal.addEventListener('abort', done, { once: true });
      if (ticket !== undefined) this.sleepers.add(done);
    });
  }
}

/** Reads the log batch after batch; waits at its end and while the database is away. */
export async function* follow(
  readAll: EventStore['readAll'],
  wakeup: Wakeup,
  pollMs: number,
  { from, prefixes, batchSize = 1000, metadata = true, signal }: SubscribeOptions,
): AsyncGenerator<SubscriptionBatch, void, undefined> {
  let position = from;
  let told = false;
  for (let failures = 0; !signal.aborted;) {
    const { ticket } = wakeup;
    let batch: SubscriptionBatch;
    try {
      batch = await readAll({ from: position, limit: batchSize, metadata, ...(prefixes && { prefixes }) });
      failures = 0;
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      await wakeup.sleep(undefined, Math.min(5_000, 100 * 2 ** failures++) * (0.5 + Math.random() / 2), signal);
      continue;
    }
    const moved = batch.position !== position;
    position = batch.position;
    if (moved || !told) yield batch;
    told = batch.caughtUp;
    if (batch.caughtUp) await wakeup.sleep(ticket, pollMs, signal);
  }
}
