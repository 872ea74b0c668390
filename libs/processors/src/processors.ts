import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { EventStore } from '#event-store';
import { migrate } from '#platform';
import type { Database } from '#platform';
import { readCheckpoint, registerView } from './checkpoint.js';
import { discardEvent, retryStream } from './dead-letters.js';
import { Follower } from './follower.js';
import { backoffMs, pause } from './pause.js';
import { rebuild } from './rebuild.js';
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
  readonly owner: string;
  /** What went wrong last, while it does. */
  readonly error?: string;
  readonly rebuild?: { readonly position: string; readonly head: string | null; readonly etaMs: number | null };
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

interface Running {
  readonly follower: Follower;
  following?: Promise<void>;
  rebuilding?: { readonly done: Promise<void>; readonly startedAt: number; position: bigint | null };
  rebuildError?: string;
}

/** Everything that follows the log in this process. */
export class Processors {
  /** Settles when every view holds what was in the log at start; rejects when stopped before. */
  readonly caughtUpAtStart: Promise<void>;
  private readonly running: ReadonlyMap<string, Running>;
  private readonly stopping = new AbortController();
  private readonly owner = `${hostname()}/${String(process.pid)}/${randomUUID().slice(0, 8)}`;
  private readonly database: Database;
  private readonly store: EventStore;
  private readonly rebuildBatchSize: number;
  private readonly onError: (processor: string, error: unknown) => void;
  private started = false;
  private markCaughtUp: (caughtUp: Promise<void>) => void = () => undefined;

  constructor(options: {
    readonly database: Database;
    readonly store: EventStore;
    readonly views: readonly View[];
    /** Most events in a transaction. (Default: 1000) */
    readonly batchSize?: number;
    /** Most events in a transaction of a rebuild. (Default: 5000) */
    readonly rebuildBatchSize?: number;
    /** Failures of a batch after which its events are applied one by one, the failing ones put aside. (Default: 4) */
    readonly patience?: number;
    /** Is told what goes wrong and is tried again. */
    readonly onError?: (processor: string, error: unknown) => void;
  }) {
    const { database, store, views, batchSize = 1000, rebuildBatchSize = 5000, patience = 4, onError = () => undefined } = options;
    this.database = database;
    this.store = store;
    this.rebuildBatchSize = rebuildBatchSize;
    this.onError = onError;
    const followerOptions = { database, store, batchSize, patience, onError };
    this.running = new Map(views.map((view) => [view.name, { follower: new Follower(view, followerOptions) }]));
    this.caughtUpAtStart = new Promise((resolve) => (this.markCaughtUp = resolve));
    this.caughtUpAtStart.catch(() => undefined);
  }

  /** Starts following; views that are not built, or were built by other code, are built first. Does not wait for them. */
  async start(): Promise<void> {
    await migrate(this.database, 'processors', [{ name: '001-processors.sql', url: new URL('001-processors.sql', import.meta.url) }]);
    for (const name of this.running.keys()) await registerView(this.database, name, this.owner);
    const head = await this.store.head();
    this.started = true;
    for (const running of this.running.values()) running.following = this.buildAndFollow(running);
    this.markCaughtUp(this.catchUp(head));
  }

  /** Ends what is under way and stops. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.allSettled(
      [...this.running.values()].flatMap(({ following, rebuilding }) => [following ?? [], rebuilding?.done ?? []].flat()),
    );
    this.started = false;
  }

  /** One entry for each processor. */
  async status(): Promise<readonly ProcessorStatus[]> {
    const head = await this.store.head().catch(() => undefined);
    return Promise.all([...this.running.values()].map((running) => this.statusOf(running, head)));
  }

  /** Builds the view anew beside the one that serves, then replaces it. @throws UnknownProcessor, and what ended the rebuild */
  rebuild(name: string): Promise<void> {
    const running = this.get(name);
    return running.rebuilding?.done ?? this.build(running, { isolate: false });
  }

  /** Whether the views reach the position within the time. (Default: all views) @throws UnknownProcessor */
  async waitFor(position: bigint, timeoutMs: number, names: readonly string[] = [...this.running.keys()]): Promise<boolean> {
    const reached = await Promise.all(names.map((name) => this.get(name).follower.reached(position, timeoutMs)));
    return reached.every(Boolean);
  }

  /** How fresh the view is, from memory. @throws UnknownProcessor */
  asOf(name: string): AsOf {
    const { position, pendingSince } = this.get(name).follower;
    const now = Date.now();
    const lagMs = pendingSince === null ? 0 : Math.max(0, now - pendingSince);
    return { position: String(position ?? 0n), at: new Date(now - lagMs).toISOString(), lagMs };
  }

  /** Applies the put-aside events of a stream again, as far as they go. @throws UnknownProcessor */
  async retry(name: string, stream: string): Promise<void> {
    const { follower } = this.get(name);
    await follower.exclusive(async () => {
      const target = await follower.serving();
      if (target) await retryStream(this.database, this.store, target, stream);
    });
  }

  /** Gives up a dead event for good and goes on with its stream; answers whether there was one. @throws UnknownProcessor */
  async discard(name: string, stream: string, position: bigint): Promise<boolean> {
    const { follower } = this.get(name);
    return follower.exclusive(async () => {
      const target = await follower.serving();
      if (!target || !(await discardEvent(this.database, target, stream, position))) return false;
      await retryStream(this.database, this.store, target, stream);
      return true;
    });
  }

  private get(name: string): Running {
    const running = this.running.get(name);
    if (!running) throw new UnknownProcessor(name);
    return running;
  }

  private async buildAndFollow(running: Running): Promise<void> {
    const { signal } = this.stopping;
    const { view } = running.follower;
    for (let failures = 0; !signal.aborted; failures++) {
      try {
        const row = await readCheckpoint(this.database.pool, view.name);
        // Nothing serves what this code reads, so one bad event must not keep all others out.
        if (row?.codeVersion !== view.codeVersion) await this.build(running, { isolate: true });
        break;
      } catch {
        await pause(backoffMs(failures), signal);
      }
    }
    await running.follower.run(signal);
  }

  private build(running: Running, { isolate }: { readonly isolate: boolean }): Promise<void> {
    const { database, store, rebuildBatchSize: batchSize } = this;
    const { signal } = this.stopping;
    const work = async (): Promise<void> => {
      try {
        const onProgress = (position: bigint | null): void => {
          if (running.rebuilding) running.rebuilding.position = position;
        };
        await rebuild(running.follower, { database, store, batchSize, signal, isolate, onProgress });
        delete running.rebuildError;
      } catch (error) {
        running.rebuildError = error instanceof Error ? error.message : String(error);
        if (!signal.aborted) this.onError(running.follower.view.name, error);
        throw error;
      } finally {
        delete running.rebuilding;
      }
    };
    const done = Promise.resolve().then(work);
    done.catch(() => undefined);
    running.rebuilding = { done, startedAt: Date.now(), position: null };
    return done;
  }

  private async catchUp(head: bigint | null): Promise<void> {
    const { signal } = this.stopping;
    for (const { follower } of this.running.values())
      while (follower.version === 0 || (head !== null && !(await follower.reached(head, 500)))) {
        signal.throwIfAborted();
        if (follower.version === 0) await pause(10, signal);
      }
  }

  private async statusOf(running: Running, head: bigint | null | undefined): Promise<ProcessorStatus> {
    const { follower, rebuilding, rebuildError } = running;
    const { view, position, version } = follower;
    const error = rebuildError ?? follower.error;
    const behind = head === undefined || (head !== null && (position === null || position < head));
    const lag = head === undefined || !this.store.densePositions ? null : behind ? Number(head - (position ?? 0n)) : 0;
    const lagMs = behind ? await this.lagMs(follower) : 0;
    return {
      name: view.name,
      kind: 'view',
      version,
      state: this.stateOf(running),
      position: String(position ?? 0n),
      lagEvents: lag,
      lagMs,
      owner: this.owner,
      ...(error !== null && !rebuilding && { error }),
      ...(rebuilding && { rebuild: progressOf(rebuilding, head ?? null) }),
    };
  }

  private stateOf({ follower, rebuilding, rebuildError }: Running): ProcessorStatus['state'] {
    if (rebuilding) return 'rebuilding';
    if (!this.started || this.stopping.signal.aborted) return 'paused';
    if (rebuildError !== undefined || follower.error !== null) return 'failed';
    return follower.caughtUp ? 'live' : 'catching-up';
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
