import { setMaxListeners } from 'node:events';
import type { EventMetadata, EventStore } from '#event-store';
import { migrate } from '#platform';
import type { Database } from '#platform';
import { register } from './checkpoint.js';
import type { Dependents } from './dependents.js';
import { deadLetters, hasLetters } from './dead-letters.js';
import { instruct, streamOfInstructions } from './instructions.js';
import { LeaseCoordinator } from './lease-coordinator.js';
import { Leases, ask, sendAway, setPaused } from './leases.js';
import type { Notice } from './notices.js';
import { pause } from './pause.js';
import { PositionWait } from './position-wait.js';
import { Projection } from './projection.js';
import { ReactionRounds } from './reaction.js';
import type { Reaction } from './reaction.js';
import { SharedSubscription } from './shared-subscription.js';
import { SharedTransactions } from './shared-transactions.js';
import type { AsOf, ProcessorStatus } from './status.js';
import type { View } from './view.js';

export class UnknownProcessor extends Error {
  override readonly name = 'UnknownProcessor';
  constructor(readonly processor: string) {
    super(`There is no processor ${processor}.`);
  }
}

interface Options {
  readonly database: Database;
  readonly store: EventStore;
  readonly views: readonly View[];
  /** (Default: none) */
  readonly reactions?: readonly Reaction[];
  /** Whether this process runs processors, or only looks how far those of others are. (Default: true) */
  readonly runs?: boolean;
  /** Most events in a transaction. (Default: 1000) */
  readonly batchSize?: number;
  /** Most events in a transaction of a rebuild. (Default: 5000) */
  readonly rebuildBatchSize?: number;
  /** Failures of a batch after which its events are applied one by one, the failing ones put aside. (Default: 4) */
  readonly patience?: number;
  /** An event that waits longer, while the processor does not move, makes it unhealthy. (Default: 60,000) */
  readonly stillAfterMs?: number;
  /** What stands on the tables of views besides. (Default: nothing) */
  readonly dependents?: Dependents | undefined;
  /** Whether traces are sent, which then name the correlation ids of events. (Default: false) */
  readonly traces?: boolean;
  /** Is told what goes wrong and is tried again. */
  readonly onError?: (processor: string, error: unknown) => void;
  /** Is told what becomes of leases, rebuilds and events that cannot be applied. */
  readonly onNotice?: (notice: Notice) => void;
}

/** Brings the schema `processors` up to date, and makes that of views. */
export const migrateProcessors = (database: Database): Promise<void> =>
  migrate(
    database,
    'processors',
    ['001-processors.sql', '002-leases.sql'].map((name) => ({ name, url: new URL(name, import.meta.url) })),
  );

/** Everything that follows the log: what this process runs, by lease, and how far the other processes are with the rest. */
export class Processors {
  /** Settles when every view holds what was in the log at start; rejects when stopped before. */
  readonly caughtUpAtStart: Promise<void>;
  /** How this process is called where owners are shown. */
  readonly owner: string;
  private readonly database: Database;
  private readonly store: EventStore;
  private readonly projections: ReadonlyMap<string, Projection>;
  private readonly reactions: ReadonlyMap<string, ReactionRounds>;
  private readonly coordinator: LeaseCoordinator;
  private readonly positions: PositionWait;
  private readonly stopping = new AbortController();
  private markCaughtUp: (caughtUp: Promise<void>) => void = () => undefined;

  constructor(options: Options) {
    const { database, store, views, reactions = [], runs = true, batchSize = 1000, rebuildBatchSize = 5000, patience = 4 } = options;
    const { stillAfterMs = 60_000, traces = false, dependents, onError = () => undefined, onNotice = () => undefined } = options;
    const { signal } = this.stopping;
    // Everyone who waits for a view listens to it.
    setMaxListeners(0, signal);
    this.database = database;
    this.store = store;
    const prefixes = views.flatMap((view) => [...view.prefixes, streamOfInstructions(view.name)]);
    // The embedded database has one connection: commands wait while a batch is written, so under load fewer and larger ones are.
    const gathering = database.embedded && { gatherMs: 30, mostGathers: 4 };
    const log = new SharedSubscription(store, { prefixes: [...new Set(prefixes)], ...gathering });
    const leases = new Leases(database, runs);
    const shared = {
      ...{ database, store, leases, onError, onNotice },
      reached: (names: readonly string[], position: bigint, timeoutMs: number) => this.waitFor(position, timeoutMs, names),
      isBuilt: (view: string) => this.projection(view).follower.isBuilt,
    };
    const writes = new SharedTransactions(database);
    const ofProjections = { ...shared, log, writes, batchSize, rebuildBatchSize, patience, stillAfterMs, traces, dependents };
    this.projections = new Map(views.map((view) => [view.name, new Projection(view, ofProjections)]));
    this.reactions = new Map(reactions.map((reaction) => [reaction.name, new ReactionRounds(reaction, shared)]));
    this.positions = new PositionWait([...this.projections.values()], { database, store, signal, onError });
    this.coordinator = new LeaseCoordinator(
      leases,
      [...this.projections.values(), ...this.reactions.values()].map(({ lease }) => lease),
      { runs, signal, onError },
    );
    this.owner = leases.owner;
    this.caughtUpAtStart = new Promise((resolve) => (this.markCaughtUp = resolve));
    this.caughtUpAtStart.catch(() => undefined);
  }

  /** Starts following what it gets a lease on; views that are not built, or were built by other code, are built first. */
  async start(): Promise<void> {
    await migrateProcessors(this.database);
    for (const processor of [...this.projections.values(), ...this.reactions.values()]) await register(this.database, processor);
    const head = await this.store.head();
    await this.coordinator.start();
    this.markCaughtUp(this.catchUp(head));
  }

  /** Ends what is under way, gives up its leases and stops. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.coordinator.stop();
  }

  hasView(name: string): boolean {
    return this.projections.has(name);
  }

  /** One entry for each processor. */
  async status(): Promise<readonly ProcessorStatus[]> {
    const head = await this.store.head().catch(() => undefined);
    const views = await Promise.all([...this.projections.values()].map((projection) => projection.status(head)));
    return [...views, ...[...this.reactions.values()].flatMap((reaction) => reaction.status(views) ?? [])];
  }

  /** Why something that this process runs is not healthy, a sentence for each; null when all of it is. */
  async unhealthy(): Promise<string | null> {
    const own = (await this.status()).filter(({ owner }) => owner === this.owner);
    const sentences = own.flatMap(({ unhealthy }) => unhealthy ?? []);
    return sentences.length === 0 ? null : sentences.join(' ');
  }

  /**
   * Builds the view anew beside the one that serves, then replaces it. Settles when that is done here, or when the process
   * that runs it was asked.
   * @throws UnknownProcessor, and what ended the rebuild
   */
  async rebuild(name: string): Promise<void> {
    await (this.projection(name).rebuild() ?? this.tell(ask(this.database, name, 'rebuild')));
  }

  /** Ends the rebuild that is under way, wherever it is; the old version serves on. @throws UnknownProcessor */
  async cancelRebuild(name: string): Promise<void> {
    this.projection(name);
    await this.tell(ask(this.database, name, 'cancel'));
  }

  /** Nobody runs it until it is resumed. @throws UnknownProcessor */
  async pause(name: string): Promise<void> {
    this.mustKnow(name);
    await this.tell(setPaused(this.database, name, true));
  }

  /** @throws UnknownProcessor */
  async resume(name: string): Promise<void> {
    this.mustKnow(name);
    await this.tell(setPaused(this.database, name, false));
  }

  /** Ends the lease of the process that has it, so that another takes over. @throws UnknownProcessor */
  async takeOver(name: string): Promise<void> {
    this.mustKnow(name);
    await this.tell(sendAway(this.database, name));
  }

  /** Whether the views reach the position within the time. (Default: all but the gapless) @throws UnknownProcessor */
  async waitFor(position: bigint, timeoutMs: number, names: readonly string[] = this.answering()): Promise<boolean> {
    return this.positions.reached(
      names.map((name) => this.projection(name)),
      position,
      timeoutMs,
    );
  }

  /** How fresh the view is, from memory. @throws UnknownProcessor */
  asOf(name: string): AsOf {
    return this.projection(name).asOf();
  }

  /**
   * Has the put-aside events of a stream applied again, as far as they go. Answers the position of the instruction: the
   * view that reaches it has obeyed.
   * @throws UnknownProcessor
   */
  async retry(name: string, stream: string, metadata: EventMetadata): Promise<bigint> {
    this.projection(name);
    return instruct(this.store, name, { stream }, { metadata, isNeeded: await hasLetters(this.database, name, stream) });
  }

  /** Has a dead event given up for good, and goes on with its stream; null when there is none. @throws UnknownProcessor */
  async discard(name: string, stream: string, position: bigint, metadata: EventMetadata): Promise<bigint | null> {
    this.projection(name);
    const letters = await deadLetters(this.database, name);
    if (!letters.some((letter) => letter.status === 'dead' && letter.stream === stream && letter.position === position)) return null;
    return instruct(this.store, name, { stream, discarded: position }, { metadata, isNeeded: true });
  }

  /** Views that answers are made of. A gapless one stands still at what it cannot take, or is kept nowhere, and nobody waits for it unasked. */
  private answering(): readonly string[] {
    return [...this.projections.values()].flatMap(({ view, name }) => (view.isGapless === true ? [] : [name]));
  }

  private mustKnow(name: string): void {
    if (!this.reactions.has(name)) this.projection(name);
  }

  private projection(name: string): Projection {
    const projection = this.projections.get(name);
    if (!projection) throw new UnknownProcessor(name);
    return projection;
  }

  /** What is written down for the owner is heard here at once, and elsewhere at the next beat. */
  private async tell(written: Promise<unknown>): Promise<void> {
    await written;
    await this.coordinator.beat();
  }

  private async catchUp(head: bigint | null): Promise<void> {
    const { signal } = this.stopping;
    for (const [name, { follower, isKeptHere }] of this.projections)
      while (isKeptHere && (!follower.isBuilt || (head !== null && !(await this.waitFor(head, 500, [name]))))) {
        signal.throwIfAborted();
        if (!follower.isBuilt) await pause(10, signal);
      }
  }
}
