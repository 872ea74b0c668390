import type { EventStore, RecordedEvent, SubscriptionBatch } from '#event-store';
import { isDatabaseOutage, messageOf, traced } from '#platform';
import type { Database, Transaction } from '#platform';
import { advance, readCheckpoint } from './checkpoint.js';
import { applyAgain, applyOneByOne, applyTogether, discardEvent, waitingIn } from './dead-letters.js';
import { instructionOf, partsOf, streamOfInstructions } from './instructions.js';
import type { Part } from './instructions.js';
import type { LeaseRow } from './leases.js';
import type { Notice } from './notices.js';
import { backoffMs, pause } from './pause.js';
import type { SharedSubscription } from './shared-subscription.js';
import { NotStored } from './shared-transactions.js';
import type { SharedTransactions } from './shared-transactions.js';
import { ViewVersion } from './view.js';
import type { View } from './view.js';

export interface FollowerOptions {
  readonly database: Database;
  readonly store: EventStore;
  /** Of all that this process follows. */
  readonly log: SharedSubscription;
  readonly writes: SharedTransactions;
  readonly batchSize: number;
  /** Failures of a batch after which its events are applied one by one. */
  readonly patience: number;
  readonly onError: (view: string, error: unknown) => void;
  readonly onNotice: (notice: Notice) => void;
  /** Whether metadata is read for the sake of traces also where the view does not look at it. */
  readonly traces: boolean;
}

/** Another process has the lease. */
class SteppedDown extends Error {}

/** Checkpoints that only pass over other people's events are stored this seldom. */
const idleStoreMs = 5_000;
/** Larger batches are written by themselves: they keep the transaction longer than others should wait. */
const mostShared = 250;
/** The embedded database cleans up and counts its rows only when told. */
const eventsPerCleaning = 20_000;
/** Most correlation ids that the span of a batch names. */
const mostCorrelationIds = 128;

/** Keeps the serving version of one view up with the log. */
export class Follower {
  version = 0;
  /** Everything up to here is in the view or none of its business; null before the first event. */
  position: bigint | null = null;
  caughtUp = false;
  /** Whether what serves was built by the code of this process. */
  isBuilt = false;
  error: string | null = null;
  /** When the oldest event was recorded that was read and is not applied; null when there is none. */
  pendingSince: number | null = null;
  /** Events applied since the process began. */
  applied = 0;
  /** When the position moved last, or following began. */
  movedAt = Date.now();
  /** For a view that another process keeps: the time of the newest event that is surely in it; null for an own one. */
  seenAt: number | null = null;

  private token = -1n;
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

  /** Follows with the lease of this token until the signal aborts or another process has it; outlives outages and failing events. */
  async run(token: bigint, signal: AbortSignal): Promise<void> {
    this.token = token;
    this.seenAt = null;
    this.movedAt = Date.now();
    for (let failures = 0; !signal.aborted;) {
      try {
        await this.follow(signal);
        failures = 0;
      } catch (error) {
        if (error instanceof SteppedDown) return;
        this.failed(error);
        await pause(backoffMs(failures++), signal);
      }
    }
    await this.exclusive(() => this.store()).catch(() => undefined);
  }

  /** Takes over what another process says of the view. */
  watch({ version, codeVersion, position, report }: LeaseRow): void {
    this.version = version;
    this.isBuilt = version > 0 && codeVersion === this.view.codeVersion;
    this.error = null;
    this.caughtUp = report?.state === 'live';
    if (report) this.seenAt = Date.now() - report.lagMs;
    this.moveTo(position);
  }

  /** Stores how far the log was looked at, now and then. */
  storeWhenIdle(): void {
    if (!this.target || this.position === this.stored || Date.now() - this.storedAt < idleStoreMs) return;
    this.exclusive(() => this.store()).catch((error: unknown) => this.failed(error));
  }

  /** Whether someone waits for a position. */
  get isAwaited(): boolean {
    return this.waiters.size > 0;
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
    // What was read before it was written does not set a view back.
    if (position === null || (this.position !== null && position < this.position)) return;
    if (this.position !== position) this.movedAt = Date.now();
    this.position = position;
    for (const waiter of [...this.waiters]) if (waiter.position <= position) waiter.reached();
  }

  private async follow(outer: AbortSignal): Promise<void> {
    const { database, log, batchSize } = this.options;
    const row = await readCheckpoint(database.pool, this.view.name);
    if (!row || row.version === 0) throw new Error(`The view ${this.view.name} is not built.`);
    if (row.token !== this.token) throw new SteppedDown();
    this.version = row.version;
    this.isBuilt = true;
    this.stored = row.position;
    this.target = new ViewVersion(this.view, row.version);
    this.moveTo(row.position);
    const session = this.restarts;
    const stop = new AbortController();
    const signal = AbortSignal.any([outer, stop.signal]);
    try {
      const batches = log.subscribe({
        from: row.position,
        prefixes: this.view.isGapless === true ? this.view.prefixes : [...this.view.prefixes, streamOfInstructions(this.view.name)],
        batchSize,
        metadata: this.view.readsMetadata || this.options.traces,
        signal,
      });
      for await (const batch of batches) {
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
      this.error = null;
      this.moveTo(batch.position);
      return true;
    }
    for (const part of this.partsOf(batch)) if (!(await this.takePart(part, signal))) return false;
    return true;
  }

  /** Nothing is ever put aside of a gapless view, so instructions about that mean nothing to it, and are events like all others. */
  private partsOf(batch: SubscriptionBatch): readonly Part[] {
    const { events, position } = batch;
    if (this.view.isGapless !== true) return partsOf(batch, this.view.name);
    return [{ events, position: position ?? 0n, instruction: false }];
  }

  private async takePart(part: Part, signal: AbortSignal): Promise<boolean> {
    for (let failures = 0, outages = 0; !signal.aborted;) {
      try {
        await this.tracing(part, () => (part.instruction ? this.obey(part) : this.apply(part, failures)));
        this.error = null;
        return this.done(part.position);
      } catch (error) {
        this.target?.writer.forget();
        if (error instanceof NotStored && error.outcome === 'already') return this.done(part.position);
        if (error instanceof NotStored) return false;
        this.failed(error);
        await pause(backoffMs(isDatabaseOutage(error) ? outages++ : failures++), signal);
      }
    }
    return false;
  }

  /** A span of its own trace, long after that of the commands: the correlation ids of the events join them. */
  private tracing(part: Part, work: () => Promise<void>): Promise<void> {
    const { events, position } = part;
    const ids = this.options.traces ? [...new Set(events.map(({ metadata }) => metadata.$correlationId))] : [];
    const attributes = {
      'tinhgon.processor': this.view.name,
      'tinhgon.events': events.length,
      'tinhgon.position': String(position),
      'tinhgon.correlation_id': ids.slice(0, mostCorrelationIds),
    };
    return traced('process batch', attributes, work, { root: true });
  }

  private async apply({ events, position }: Part, failures: number): Promise<void> {
    const oneByOne = this.view.isGapless !== true && failures >= this.options.patience;
    const isShared = failures === 0 && events.length <= mostShared;
    await this.storing({ to: position, isShared }, (transaction, target, blocked) =>
      traced('apply to view', { 'tinhgon.processor': this.view.name, 'tinhgon.view_version': target.version }, async () => {
        if (oneByOne) return applyOneByOne(transaction, target, events, blocked);
        await applyTogether(transaction, target, events, blocked);
        return [];
      }),
    );
    this.sinceCleaning += events.length;
    this.applied += events.length;
  }

  /** Does what an administrator decided about dead letters, when its turn in the log has come. */
  private async obey({ events: [event], position }: Part): Promise<void> {
    const { target, options } = this;
    const instruction = event && instructionOf(event);
    if (!target || !instruction) return;
    const { stream, discarded } = instruction;
    // Read before the transaction: the embedded database has one connection.
    const waiting = await waitingIn(options.database, options.store, target, stream);
    await this.storing({ to: position, isShared: false }, async (transaction) => {
      if (discarded !== undefined) await discardEvent(transaction, target, stream, discarded);
      target.writer.forget();
      return applyAgain(
        transaction,
        target,
        stream,
        waiting.filter((letter) => letter.position !== discarded),
      );
    });
  }

  /** The checkpoint is written with the rows, so a crash repeats an event but never loses one. */
  private async storing(
    { to, isShared }: { readonly to: bigint; readonly isShared: boolean },
    work: (transaction: Transaction, target: ViewVersion, blocked: ReadonlySet<string>) => Promise<readonly RecordedEvent[]>,
  ): Promise<void> {
    const { target, stored: from, token, options } = this;
    if (!target) return;
    let dead: readonly RecordedEvent[] = [];
    const write = {
      step: { name: this.view.name, version: target.version, from, to, token },
      work: async (transaction: Transaction, blocked: ReadonlySet<string>): Promise<void> => {
        dead = await work(transaction, target, blocked);
      },
      undone: (): void => target.writer.forget(),
    };
    await (isShared ? options.writes.write(write) : options.writes.writeAlone(write));
    for (const { stream, position } of dead)
      this.options.onNotice({ what: 'dead-letter', processor: this.view.name, stream, position: String(position) });
  }

  private done(position: bigint | null): true {
    this.stored = position;
    this.storedAt = Date.now();
    this.moveTo(position);
    return true;
  }

  /** Stores how far the log was looked at, past events that the filter left out. */
  private async store(): Promise<void> {
    const { position: to, stored: from, version, token } = this;
    if (to === null || to === from) return;
    const { outcome } = await advance(this.options.database.pool, { name: this.view.name, version, from, to, token });
    this.storedAt = Date.now();
    this.error = null;
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
