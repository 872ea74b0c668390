import { setMaxListeners } from 'node:events';
import type { EventMetadata, EventStore, RecordedEvent } from '#event-store';
import { messageOf, migrate } from '#platform';
import type { Database } from '#platform';
import { readCheckpoint, registerView } from './checkpoint.js';
import { deadLetters, hasLetters } from './dead-letters.js';
import { Follower } from './follower.js';
import { instruct, streamOfInstructions } from './instructions.js';
import { Leases, ask, sendAway, setPaused } from './leases.js';
import type { LeaseRow, Report } from './leases.js';
import type { Notice } from './notices.js';
import { backoffMs, pause } from './pause.js';
import { Reactions } from './reactions.js';
import type { Reaction } from './reactions.js';
import { rebuild } from './rebuild.js';
import type { Rebuilt } from './rebuild.js';
import { SharedSubscription } from './shared-subscription.js';
import { SharedTransactions } from './shared-transactions.js';
import type { View } from './view.js';

/** How a processor stands. Positions are decimal strings, '0' before the first event. */
export interface ProcessorStatus {
  readonly name: string;
  readonly kind: 'view' | 'reaction';
  readonly version: number;
  /** `failed` while events cannot be applied, and after a rebuild that came to nothing; the old version serves on. */
  readonly state: 'live' | 'catching-up' | 'rebuilding' | 'paused' | 'failed';
  readonly position: string;
  /** Null where it cannot be counted. */
  readonly lagEvents: number | null;
  /** Age of the oldest event that is not applied, 0 when there is none. */
  readonly lagMs: number;
  /** Events applied in a second, of late. */
  readonly eventsPerSecond: number;
  /** The process that runs it, `<host>/<process id>/<random>`; null while none does. */
  readonly owner: string | null;
  /** What went wrong last, while it does. */
  readonly error?: string;
  /** Why it needs someone to look at it, a sentence without the contents of events; left out while it is healthy. */
  readonly unhealthy?: string;
  readonly rebuild?: { readonly position: string; readonly head: string | null; readonly etaMs: number | null };
  /** What the newest rebuild came to; `before` is null when there was nothing to compare with. */
  readonly lastRebuild?: { readonly at: string | null; readonly digest: Rebuilt['digest'] };
}

/** How fresh a view is: it holds everything up to `position`, and nothing older than `at` is missing. */
export interface AsOf {
  readonly position: string;
  /** ISO 8601 UTC: now less `lagMs`. */
  readonly at: string;
  readonly lagMs: number;
}

export class UnknownProcessor extends Error {
  override readonly name = 'UnknownProcessor';
  constructor(readonly processor: string) {
    super(`There is no processor ${processor}.`);
  }
}

/** What is renewed and looked at this often. */
const beatMs = 1_000;
/** Where another process keeps a view that someone waits for, its row is read this often. */
const watchMs = 20;

/** And this often it is asked whether what someone waits for is none of a view's business. */
const passMs = 50;

/** The time during which this process has the lease of a processor. */
interface Session {
  readonly token: bigint;
  readonly stop: AbortController;
  readonly done: Promise<void>;
}

interface Running {
  readonly follower: Follower;
  session?: Session | undefined;
  row?: LeaseRow;
  rebuilding?: { readonly done: Promise<void>; readonly stop: AbortController; readonly startedAt: number; position: bigint | null };
  rebuildError?: string;
  lastRebuild?: ProcessorStatus['lastRebuild'];
  rate: { applied: number; at: number; perSecond: number };
}

/** Everything that follows the log: what this process runs, by lease, and how far the other processes are with the rest. */
export class Processors {
  /** Settles when every view holds what was in the log at start; rejects when stopped before. */
  readonly caughtUpAtStart: Promise<void>;
  private readonly running: ReadonlyMap<string, Running>;
  private readonly stopping = new AbortController();
  private readonly leases: Leases;
  private readonly reactions: Reactions;
  private readonly database: Database;
  private readonly store: EventStore;
  private readonly runs: boolean;
  private readonly rebuildBatchSize: number;
  private readonly stillAfterMs: number;
  private readonly onError: (processor: string, error: unknown) => void;
  private readonly onNotice: (notice: Notice) => void;
  private beats: Promise<void> = Promise.resolve();
  private beating: Promise<void> | undefined;
  private watching = false;
  private markCaughtUp: (caughtUp: Promise<void>) => void = () => undefined;

  constructor(options: {
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
    /** Whether traces are sent, which then name the correlation ids of events. (Default: false) */
    readonly traces?: boolean;
    /** Is told what goes wrong and is tried again. */
    readonly onError?: (processor: string, error: unknown) => void;
    /** Is told what becomes of leases, rebuilds and events that cannot be applied. */
    readonly onNotice?: (notice: Notice) => void;
  }) {
    const { database, store, views, batchSize = 1000, rebuildBatchSize = 5000, patience = 4, stillAfterMs = 60_000 } = options;
    const { reactions = [], traces = false, onError = () => undefined, onNotice = () => undefined } = options;
    this.database = database;
    this.store = store;
    this.runs = options.runs ?? true;
    this.rebuildBatchSize = rebuildBatchSize;
    this.stillAfterMs = stillAfterMs;
    this.onError = onError;
    this.onNotice = onNotice;
    this.leases = new Leases(database, this.runs);
    const prefixes = views.flatMap((view) => [...view.prefixes, streamOfInstructions(view.name)]);
    // The embedded database shares the thread, so there a batch costs commands more than it costs readers to wait for it.
    const log = new SharedSubscription(store, { prefixes: [...new Set(prefixes)], ...(database.embedded && { gatherMs: 30 }) });
    const writes = new SharedTransactions(database);
    const followerOptions = { database, store, log, writes, batchSize, patience, traces, onError, onNotice };
    this.running = new Map(
      views.map((view) => [
        view.name,
        { follower: new Follower(view, followerOptions), rate: { applied: 0, at: Date.now(), perSecond: 0 } },
      ]),
    );
    const reached = (view: string, position: bigint, timeoutMs: number): Promise<boolean> => this.waitFor(position, timeoutMs, [view]);
    const isBuilt = (view: string): boolean => this.get(view).follower.isBuilt;
    this.reactions = new Reactions(reactions, { leases: this.leases, isBuilt, reached, onError, onNotice });
    this.caughtUpAtStart = new Promise((resolve) => (this.markCaughtUp = resolve));
    this.caughtUpAtStart.catch(() => undefined);
    // Everyone who waits for a view listens to it.
    setMaxListeners(0, this.stopping.signal);
  }

  /** Starts following what it gets a lease on; views that are not built, or were built by other code, are built first. */
  async start(): Promise<void> {
    const migrations = ['001-processors.sql', '002-leases.sql'].map((name) => ({ name, url: new URL(name, import.meta.url) }));
    await migrate(this.database, 'processors', migrations);
    for (const name of this.running.keys()) await registerView(this.database, name);
    await this.reactions.register(this.database);
    const head = await this.store.head();
    await this.beat();
    this.beating = this.keepBeating();
    this.markCaughtUp(this.catchUp(head));
  }

  /** Ends what is under way, gives up its leases and stops. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.beating;
    // They wait for views that this process may keep.
    await this.reactions.stop();
    await Promise.all([...this.running.values()].map((running) => this.endSession(running)));
    await this.leases.leave().catch(() => undefined);
  }

  hasView(name: string): boolean {
    return this.running.has(name);
  }

  /** How this process is called where owners are shown. */
  get owner(): string {
    return this.leases.owner;
  }

  /** One entry for each processor. */
  async status(): Promise<readonly ProcessorStatus[]> {
    const head = await this.store.head().catch(() => undefined);
    const views = await Promise.all([...this.running.values()].map((running) => this.statusOf(running, head)));
    return [...views, ...this.reactions.status(views)];
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
    const running = this.get(name);
    const { session } = running;
    if (session) return running.rebuilding?.done ?? this.build(running, session, { isolate: false });
    await ask(this.database, name, 'rebuild');
    await this.beat();
  }

  /** Ends the rebuild that is under way, wherever it is; the old version serves on. @throws UnknownProcessor */
  async cancelRebuild(name: string): Promise<void> {
    this.get(name);
    await ask(this.database, name, 'cancel');
    await this.beat();
  }

  /** Nobody runs it until it is resumed. @throws UnknownProcessor */
  async pause(name: string): Promise<void> {
    this.mustKnow(name);
    await setPaused(this.database, name, true);
    await this.beat();
  }

  /** @throws UnknownProcessor */
  async resume(name: string): Promise<void> {
    this.mustKnow(name);
    await setPaused(this.database, name, false);
    await this.beat();
  }

  /** Ends the lease of the process that has it, so that another takes over. @throws UnknownProcessor */
  async takeOver(name: string): Promise<void> {
    this.mustKnow(name);
    await sendAway(this.database, name);
    await this.beat();
  }

  /** Whether the views reach the position within the time. (Default: all views) @throws UnknownProcessor */
  async waitFor(position: bigint, timeoutMs: number, names: readonly string[] = [...this.running.keys()]): Promise<boolean> {
    const reached = Promise.all(names.map((name) => this.get(name).follower.reached(position, timeoutMs)));
    void this.watchWhileAwaited();
    void this.passOthers(names, position, Date.now() + timeoutMs);
    return (await reached).every(Boolean);
  }

  /** How fresh the view is, from memory. @throws UnknownProcessor */
  asOf(name: string): AsOf {
    const { position, pendingSince, seenAt } = this.get(name).follower;
    const now = Date.now();
    const at = Math.min(now, pendingSince ?? seenAt ?? now);
    return { position: String(position ?? 0n), at: new Date(at).toISOString(), lagMs: now - at };
  }

  /**
   * Has the put-aside events of a stream applied again, as far as they go. Answers the position of the instruction: the
   * view that reaches it has obeyed.
   * @throws UnknownProcessor
   */
  async retry(name: string, stream: string, metadata: EventMetadata): Promise<bigint> {
    this.get(name);
    return instruct(this.store, name, { stream }, { metadata, isNeeded: await hasLetters(this.database, name, stream) });
  }

  /** Has a dead event given up for good, and goes on with its stream; null when there is none. @throws UnknownProcessor */
  async discard(name: string, stream: string, position: bigint, metadata: EventMetadata): Promise<bigint | null> {
    this.get(name);
    const letters = await deadLetters(this.database, name);
    if (!letters.some((letter) => letter.status === 'dead' && letter.stream === stream && letter.position === position)) return null;
    return instruct(this.store, name, { stream, discarded: position }, { metadata, isNeeded: true });
  }

  private mustKnow(name: string): void {
    if (!this.reactions.has(name)) this.get(name);
  }

  private get(name: string): Running {
    const running = this.running.get(name);
    if (!running) throw new UnknownProcessor(name);
    return running;
  }

  private async keepBeating(): Promise<void> {
    const { signal } = this.stopping;
    for (;;) {
      await pause(beatMs, signal);
      if (signal.aborted) return;
      await this.beat().catch((error: unknown) => this.onError('leases', error));
    }
  }

  /** One beat after the other: renews leases, ends and begins sessions, and does what was asked. */
  private beat(): Promise<void> {
    const beat = this.beats.then(() => this.renewAndShare());
    this.beats = beat.catch(() => undefined);
    return beat;
  }

  private async renewAndShare(): Promise<void> {
    const reports = new Map<string, Report>(this.reactions.reports());
    for (const [name, running] of this.running) {
      if (!running.session) continue;
      reports.set(name, await this.reportOf(running));
      running.follower.storeWhenIdle();
    }
    const { rows, members } = await this.leases.renew(reports);
    const free: LeaseRow[] = [];
    for (const row of rows) {
      const running = this.running.get(row.name);
      if (!running) continue;
      running.row = row;
      const isOurs = running.session !== undefined && row.owner === this.leases.owner && row.token === running.session.token;
      if (running.session && (!isOurs || row.isPaused)) await this.endSession(running, isOurs ? 'lease-given-up' : 'lease-lost');
      const { session } = running;
      if (session && row.wanted !== null) await this.hear(running, session, row.wanted);
      if (session) continue;
      running.follower.watch(row);
      if (!row.isPaused && (row.isFree || this.leases.isDead(row.owner))) free.push(row);
    }
    const takes = this.runs && !this.stopping.signal.aborted;
    await this.reactions.share(rows, { takes });
    if (!takes) return;
    const own = [...this.running.values()].filter(({ session }) => session);
    const share = Math.ceil(this.running.size / Math.max(1, members));
    let wanting = share - own.length;
    for (const row of free) if (wanting > 0 && (await this.claim(row))) wanting--;
    // Another process has less than its share: it gets what is not in the middle of something.
    const spare = own.length > share ? own.find(({ rebuilding }) => !rebuilding) : undefined;
    if (spare) await this.endSession(spare);
  }

  private async claim(row: LeaseRow): Promise<boolean> {
    const running = this.running.get(row.name);
    const token = await this.leases.claim(row);
    if (!running || token === null) return false;
    running.follower.movedAt = Date.now();
    const stop = new AbortController();
    const session = { token, stop, done: Promise.resolve() };
    session.done = this.buildAndFollow(running, session);
    running.session = session;
    this.onNotice({ what: 'lease-taken', processor: row.name, token: String(token), takenOverFrom: row.owner });
    if (row.wanted !== null) await this.hear(running, session, row.wanted);
    return true;
  }

  private async endSession(running: Running, what: 'lease-given-up' | 'lease-lost' = 'lease-given-up'): Promise<void> {
    const { session, rebuilding, follower } = running;
    if (!session) return;
    session.stop.abort();
    await Promise.allSettled([session.done, rebuilding?.done]);
    running.session = undefined;
    if (running.row) running.row = { ...running.row, owner: null, isFree: true };
    await this.leases.release(follower.view.name, session.token).catch(() => undefined);
    this.onNotice({ what, processor: follower.view.name, token: String(session.token) });
  }

  private async hear(running: Running, session: Session, wanted: 'rebuild' | 'cancel'): Promise<void> {
    if (!(await this.leases.heard(running.follower.view.name))) return;
    if (wanted === 'cancel') running.rebuilding?.stop.abort();
    else if (!running.rebuilding) void this.build(running, session, { isolate: false });
  }

  /** Looks at the rows of views that other processes keep, as long as someone waits for them. */
  private async watchWhileAwaited(): Promise<void> {
    const { signal } = this.stopping;
    const awaited = (): Running[] => [...this.running.values()].filter(({ session, follower }) => !session && follower.isAwaited);
    if (this.watching) return;
    this.watching = true;
    try {
      while (awaited().length > 0 && !signal.aborted) {
        for (const { follower } of awaited()) {
          const row = await readCheckpoint(this.database.pool, follower.view.name);
          if (row) follower.moveTo(row.position);
        }
        await pause(watchMs, signal);
      }
    } catch (error) {
      this.onError('leases', error);
    } finally {
      this.watching = false;
    }
  }

  /**
   * A shared log tells seldom how far it is past events of others, and a row of another process says it late. So the log is
   * asked when someone waits for that.
   */
  private async passOthers(names: readonly string[], position: bigint, deadline: number): Promise<void> {
    const { signal } = this.stopping;
    for (const name of names) {
      const running = this.get(name);
      const { follower } = running;
      const { prefixes } = follower.view;
      while (!this.store.densePositions || !running.session) {
        await pause(passMs, signal);
        if ((follower.position ?? -1n) >= position || Date.now() >= deadline || signal.aborted) break;
        const next = await this.store.readAll({ from: follower.position, limit: 1, prefixes, metadata: false }).catch(() => undefined);
        if (next?.events.length === 0) follower.moveTo(next.position);
      }
    }
  }

  private async buildAndFollow(running: Running, session: Session): Promise<void> {
    const { signal } = session.stop;
    const { view } = running.follower;
    for (let failures = 0; !signal.aborted; failures++) {
      try {
        const row = await readCheckpoint(this.database.pool, view.name);
        // Nothing serves what this code reads, so one bad event must not keep all others out.
        if (row?.codeVersion !== view.codeVersion) await this.build(running, session, { isolate: true });
        break;
      } catch {
        await pause(backoffMs(failures), signal);
      }
    }
    await running.follower.run(session.token, signal);
  }

  private build(running: Running, { token, stop: outer }: Session, { isolate }: { readonly isolate: boolean }): Promise<void> {
    const { database, store, rebuildBatchSize: batchSize } = this;
    const stop = new AbortController();
    const signal = AbortSignal.any([outer.signal, stop.signal]);
    const { follower } = running;
    const processor = follower.view.name;
    const onProgress = (position: bigint | null): void => {
      if (running.rebuilding) running.rebuilding.position = position;
      // Where nothing serves yet, this is how it moves.
      if (!follower.isBuilt) follower.movedAt = Date.now();
    };
    const onHeld = (heldBy: readonly number[]): void => this.onNotice({ what: 'rebuild-waits', processor, heldBy });
    const onDeadLetter = ({ stream, position }: RecordedEvent): void =>
      this.onNotice({ what: 'dead-letter', processor, stream, position: String(position) });
    const work = async (): Promise<void> => {
      const began = Date.now();
      let outcome: Extract<Notice, { what: 'rebuild-ended' }>['outcome'] = 'done';
      this.onNotice({ what: 'rebuild-began', processor });
      try {
        const reached = (position: bigint, timeoutMs: number): Promise<boolean> => this.waitFor(position, timeoutMs, [processor]);
        const options = { database, store, batchSize, signal, isolate, reached, onProgress, onDeadLetter, onHeld, token };
        const { at, digest } = await rebuild(follower, options);
        running.lastRebuild = { at: at === null ? null : String(at), digest };
        delete running.rebuildError;
      } catch (error) {
        outcome = stop.signal.aborted ? 'cancelled' : signal.aborted ? 'stopped' : 'failed';
        running.rebuildError = outcome === 'cancelled' ? 'The rebuild was cancelled.' : messageOf(error);
        if (!signal.aborted) this.onError(processor, error);
        throw error;
      } finally {
        delete running.rebuilding;
        this.onNotice({ what: 'rebuild-ended', processor, outcome, version: follower.version, ms: Date.now() - began });
      }
    };
    const done = Promise.resolve().then(work);
    done.catch(() => undefined);
    running.rebuilding = { done, stop, startedAt: Date.now(), position: null };
    return done;
  }

  private async catchUp(head: bigint | null): Promise<void> {
    const { signal } = this.stopping;
    for (const [name, { follower }] of this.running)
      while (!follower.isBuilt || (head !== null && !(await this.waitFor(head, 500, [name])))) {
        signal.throwIfAborted();
        if (!follower.isBuilt) await pause(10, signal);
      }
  }

  private async statusOf(running: Running, head: bigint | null | undefined): Promise<ProcessorStatus> {
    const { follower, session, row } = running;
    const { view, position, version } = follower;
    const behind = head === undefined || (head !== null && (position === null || position < head));
    const lag = head === undefined || !this.store.densePositions ? null : behind ? Number(head - (position ?? 0n)) : 0;
    const lagMs = behind ? await this.lagMs(follower) : 0;
    const report = session ? this.ownReport(running, head ?? null, lagMs) : row?.report;
    const state = row?.isPaused === true && !session ? 'paused' : (report?.state ?? 'catching-up');
    const rest = { eventsPerSecond: 0, ...report, state, lagMs };
    const owner = session ? this.leases.owner : row?.isFree === true ? null : (row?.owner ?? null);
    return { name: view.name, kind: 'view', version, position: String(position ?? 0n), lagEvents: lag, owner, ...rest };
  }

  private async reportOf(running: Running): Promise<Report> {
    const { follower, rate } = running;
    const now = Date.now();
    rate.perSecond = Math.round(((follower.applied - rate.applied) * 1_000) / Math.max(1, now - rate.at));
    Object.assign(rate, { applied: follower.applied, at: now });
    const head = running.rebuilding ? await this.store.head().catch(() => null) : null;
    const { pendingSince } = follower;
    const lagMs = pendingSince === null ? 0 : Math.max(0, now - pendingSince);
    return { ...this.ownReport(running, head, lagMs), lagMs };
  }

  private ownReport(running: Running, head: bigint | null, lagMs: number): Omit<Report, 'lagMs'> {
    const { follower, rebuilding, rebuildError, lastRebuild, rate } = running;
    const error = rebuildError ?? follower.error;
    const unhealthy = this.ailmentOf(running, lagMs);
    return {
      state: this.stateOf(running),
      eventsPerSecond: rate.perSecond,
      ...(error !== null && !rebuilding && { error }),
      ...(unhealthy !== null && { unhealthy }),
      ...(rebuilding && { rebuild: progressOf(rebuilding, head) }),
      ...(lastRebuild && { lastRebuild }),
    };
  }

  private stateOf({ follower, rebuilding, rebuildError }: Running): ProcessorStatus['state'] {
    if (rebuilding) return 'rebuilding';
    if (this.stopping.signal.aborted) return 'paused';
    if (rebuildError !== undefined || follower.error !== null) return 'failed';
    return follower.caughtUp ? 'live' : 'catching-up';
  }

  /** Behind is healthy while it moves, and so is a rebuild that failed beside a version that serves. */
  private ailmentOf({ follower, rebuilding, rebuildError }: Running, lagMs: number): string | null {
    const { view, isBuilt, error, movedAt } = follower;
    if (error !== null) return `${view.name} fails and tries again.`;
    if (!isBuilt && !rebuilding && rebuildError !== undefined) return `${view.name} cannot be built and tries again.`;
    const stillMs = Math.min(lagMs, Date.now() - movedAt);
    return stillMs < this.stillAfterMs ? null : `${view.name} is behind and has not moved for ${String(Math.round(stillMs / 1000))} s.`;
  }

  private async lagMs({ view, position, pendingSince }: Follower): Promise<number> {
    let since = pendingSince;
    if (since === null) {
      const next = await this.store.readAll({ from: position, limit: 1, prefixes: view.prefixes }).catch(() => undefined);
      const [first] = next?.events ?? [];
      since = first ? Date.parse(first.recordedAt) : null;
    }
    return since === null ? 0 : Math.max(0, Date.now() - since);
  }
}

function progressOf(
  { position, startedAt }: NonNullable<Running['rebuilding']>,
  head: bigint | null,
): NonNullable<ProcessorStatus['rebuild']> {
  const share = position === null || head === null || head === 0n ? 0 : Number(position) / Number(head);
  const elapsedMs = Date.now() - startedAt;
  return {
    position: String(position ?? 0n),
    head: head === null ? null : String(head),
    etaMs: share > 0 ? Math.max(0, Math.round(elapsedMs / share - elapsedMs)) : null,
  };
}
