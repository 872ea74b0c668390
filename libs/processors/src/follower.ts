import type { EventStore, SubscriptionBatch } from '#event-store';
import { isDatabaseOutage, messageOf } from '#platform';
import type { Database } from '#platform';
import { advance, readCheckpoint } from './checkpoint.js';
import type { CheckpointOutcome } from './checkpoint.js';
import { applyOneByOne, applyTogether } from './dead-letters.js';
import { backoffMs, pause } from './pause.js';
import { readAhead } from './read-ahead.js';
import { ViewVersion } from './view.js';
import type { View } from './view.js';

export interface FollowerOptions {
  readonly database: Database;
  readonly store: EventStore;
  readonly batchSize: number;
  /** Failures of a batch after which its events are applied one by one. */
  readonly patience: number;
  readonly onError: (view: string, error: unknown) => void;
}

class NotStored extends Error {
  constructor(readonly outcome: Exclude<CheckpointOutcome, 'stored'>) {
    super(`The checkpoint was not moved: ${outcome}.`);
  }
}

/** Checkpoints that only pass over other people's events are stored this seldom. */
const idleStoreMs = 5_000;
/** The embedded database cleans up and counts its rows only when told. */
const eventsPerCleaning = 20_000;

/** Keeps the serving version of one view up with the log. */
export class Follower {
  version = 0;
  /** Everything up to here is in the view or none of its business; null before the first event. */
  position: bigint | null = null;
  caughtUp = false;
  error: string | null = null;
  /** When the oldest event was recorded that was read and is not applied; null when there is none. */
  pendingSince: number | null = null;

  private stored: bigint | null = null;
  private storedAt = 0;
  private sinceCleaning = 0;
  private target: ViewVersion | undefined;
  private tail: Promise<unknown> = Promise.resolve();
  private restarts = 0;
  private readonly waiters = new Set<{ readonly position: bigint; readonly reached: () => void }>();

  constructor(
    readonly view: View,
    private readonly options: FollowerOptions,
  ) {}

  /** Follows until the signal aborts; outlives an unreachable database and failing events. */
  async run(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted;) {
      try {
        await this.follow(signal);
        failures = 0;
      } catch (error) {
        this.failed(error);
        await pause(backoffMs(failures++), signal);
      }
    }
    await this.exclusive(() => this.store()).catch(() => undefined);
  }

  /** Runs the work while no batch is being applied. */
  async exclusive<Result>(work: () => Promise<Result>): Promise<Result> {
    const running = this.tail.then(work, work);
    this.tail = running.catch(() => undefined);
    return running;
  }

  /** Begins again from the stored checkpoint, forgetting what it knows. To be called inside `exclusive`. */
  restart(): void {
    this.restarts++;
  }

  /** The version that serves, to be written to inside `exclusive` only. */
  async serving(): Promise<ViewVersion | null> {
    if (this.target) return this.target;
    const row = await readCheckpoint(this.options.database.pool, this.view.name);
    return row && row.version > 0 ? new ViewVersion(this.view, row.version) : null;
  }

  /** Whether the view reaches the position within the time. */
  reached(position: bigint, timeoutMs: number): Promise<boolean> {
    if (this.position !== null && this.position >= position) return Promise.resolve(true);
    return new Promise((resolve) => {
      const finish = (reached: boolean): void => {
        clearTimeout(timer);
        this.waiters.delete(waiter);
        resolve(reached);
      };
      const waiter = { position, reached: () => finish(true) };
      const timer = setTimeout(() => finish(false), timeoutMs);
      this.waiters.add(waiter);
    });
  }

  moveTo(position: bigint | null): void {
    this.position = position;
    if (position === null) return;
    for (const waiter of [...this.waiters]) if (waiter.position <= position) waiter.reached();
  }

  private async follow(outer: AbortSignal): Promise<void> {
    const { database, store, batchSize } = this.options;
    const row = await readCheckpoint(database.pool, this.view.name);
    if (!row || row.version === 0) throw new Error(`The view ${this.view.name} is not built.`);
    this.version = row.version;
    this.stored = row.position;
    this.target = new ViewVersion(this.view, row.version);
    this.moveTo(row.position);
    const session = this.restarts;
    const stop = new AbortController();
    const signal = AbortSignal.any([outer, stop.signal]);
    try {
      const batches = store.subscribe({
        from: row.position,
        prefixes: this.view.prefixes,
        batchSize,
        metadata: this.view.readsMetadata,
        signal,
      });
      for await (const batch of readAhead(batches)) {
        if (signal.aborted) return;
        const [first] = batch.events;
        this.pendingSince = first ? Date.parse(first.recordedAt) : null;
        const taken = await this.exclusive(async () => session === this.restarts && (await this.take(batch, signal)));
        if (!taken) return;
        this.pendingSince = null;
        this.caughtUp = batch.caughtUp;
        if (batch.caughtUp) await this.clean();
      }
    } finally {
      stop.abort();
      this.pendingSince = null;
      this.target = undefined;
    }
  }

  /** Applies the batch; false when someone else moved the checkpoint and the row must be read again. */
  private async take(batch: SubscriptionBatch, signal: AbortSignal): Promise<boolean> {
    if (batch.events.length === 0) {
      this.moveTo(batch.position);
      if (Date.now() - this.storedAt > idleStoreMs) await this.store();
      return true;
    }
    for (let failures = 0, outages = 0; !signal.aborted;) {
      try {
        await this.apply(batch, failures >= this.options.patience);
        this.error = null;
        return true;
      } catch (error) {
        this.target?.writer.forget();
        if (error instanceof NotStored && error.outcome === 'already') return this.done(batch.position);
        if (error instanceof NotStored) return false;
        this.failed(error);
        await pause(backoffMs(isDatabaseOutage(error) ? outages++ : failures++), signal);
      }
    }
    return false;
  }

  private async apply({ events, position }: SubscriptionBatch, oneByOne: boolean): Promise<void> {
    const { target, stored: from } = this;
    if (!target || position === null) return;
    await this.options.database.transaction(async (transaction) => {
      // The checkpoint is written with the rows, so a crash repeats an event but never loses one.
      const { outcome, blocked } = await advance(transaction, { name: this.view.name, version: target.version, from, to: position });
      if (outcome !== 'stored') throw new NotStored(outcome);
      await (oneByOne ? applyOneByOne : applyTogether)(transaction, target, events, blocked);
    });
    this.sinceCleaning += events.length;
    this.done(position);
  }

  private done(position: bigint | null): true {
    this.stored = position;
    this.storedAt = Date.now();
    this.moveTo(position);
    return true;
  }

  /** Stores how far the log was looked at, past events that the filter left out. */
  private async store(): Promise<void> {
    const { position: to, stored: from, version } = this;
    if (to === null || to === from) return;
    const { outcome } = await advance(this.options.database.pool, { name: this.view.name, version, from, to });
    this.storedAt = Date.now();
    if (outcome === 'stored' || outcome === 'already') this.stored = to;
    else this.restart();
  }

  private async clean(): Promise<void> {
    const { target, options } = this;
    if (!options.database.embedded || this.sinceCleaning < eventsPerCleaning || !target) return;
    this.sinceCleaning = 0;
    for (const table of this.view.tables) await options.database.pool.query(`VACUUM (ANALYZE) ${target.table(table)}`);
  }

  private failed(error: unknown): void {
    this.error = messageOf(error);
    this.options.onError(this.view.name, error);
  }
}
