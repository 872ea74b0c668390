import type { EventStore, RecordedEvent } from '#event-store';
import { messageOf } from '#platform';
import type { Database } from '#platform';
import type { Dependents } from './dependents.js';
import type { Follower } from './follower.js';
import type { Term } from './lease.js';
import type { Notice } from './notices.js';
import { rebuild } from './rebuild.js';
import type { ProcessorStatus } from './status.js';

/** The rebuilds of one view by this process, one at a time. */
export class Rebuilding {
  /** What ended the newest one; undefined when it succeeded. */
  error: string | undefined;
  last: ProcessorStatus['lastRebuild'];
  private current: { readonly done: Promise<void>; readonly stop: AbortController } | undefined;
  private startedAt = 0;
  private position: bigint | null = null;

  constructor(
    private readonly follower: Follower,
    private readonly options: {
      readonly database: Database;
      readonly store: EventStore;
      /** Events in a transaction. */
      readonly batchSize: number;
      /** Whether the view gets there within the time. */
      readonly reached: (views: readonly string[], position: bigint, timeoutMs: number) => Promise<boolean>;
      readonly onError: (processor: string, error: unknown) => void;
      readonly onNotice: (notice: Notice) => void;
      readonly dependents?: Dependents | undefined;
    },
  ) {}

  /** Settles with the one that is under way; undefined when there is none. */
  get done(): Promise<void> | undefined {
    return this.current?.done;
  }

  /** Begins one, or joins the one that is under way. `isolate` puts aside events that cannot be applied, which else end it. */
  begin(term: Term, { isolate = false }: { readonly isolate?: boolean } = {}): Promise<void> {
    if (this.current) return this.current.done;
    const stop = new AbortController();
    this.startedAt = Date.now();
    this.position = null;
    const done = Promise.resolve().then(() => this.work(term, isolate, stop.signal));
    done.catch(() => undefined);
    this.current = { done, stop };
    return done;
  }

  cancel(): void {
    this.current?.stop.abort();
  }

  /** Undefined when none is under way. */
  progress(head: bigint | null): ProcessorStatus['rebuild'] {
    if (!this.current) return undefined;
    const { position, startedAt } = this;
    const share = position === null || head === null || head === 0n ? 0 : Number(position) / Number(head);
    const elapsedMs = Date.now() - startedAt;
    return {
      position: String(position ?? 0n),
      head: head === null ? null : String(head),
      etaMs: share > 0 ? Math.max(0, Math.round(elapsedMs / share - elapsedMs)) : null,
    };
  }

  private async work({ token, signal: termination }: Term, isolate: boolean, cancellation: AbortSignal): Promise<void> {
    const { follower, startedAt } = this;
    const { database, store, batchSize, reached, onError, onNotice, dependents } = this.options;
    const processor = follower.view.name;
    const signal = AbortSignal.any([termination, cancellation]);
    let outcome: Extract<Notice, { what: 'rebuild-ended' }>['outcome'] = 'done';
    onNotice({ what: 'rebuild-began', processor });
    try {
      const { at, digest } = await rebuild(follower, {
        ...{ database, store, batchSize, signal, isolate, token, dependents },
        reached: (position, timeoutMs) => reached([processor], position, timeoutMs),
        onProgress: (position) => this.moved(position),
        onDeadLetter: ({ stream, position }: RecordedEvent) =>
          onNotice({ what: 'dead-letter', processor, stream, position: String(position) }),
        onHeld: (heldBy) => onNotice({ what: 'rebuild-waits', processor, heldBy }),
      });
      this.last = { at: at === null ? null : String(at), digest };
      this.error = undefined;
    } catch (error) {
      outcome = cancellation.aborted ? 'cancelled' : signal.aborted ? 'stopped' : 'failed';
      this.error = outcome === 'cancelled' ? 'The rebuild was cancelled.' : messageOf(error);
      if (!signal.aborted) onError(processor, error);
      throw error;
    } finally {
      this.current = undefined;
      onNotice({ what: 'rebuild-ended', processor, outcome, version: follower.version, ms: Date.now() - startedAt });
    }
  }

  private moved(position: bigint | null): void {
    this.position = position;
    // Where nothing serves yet, this is how it moves.
    if (!this.follower.isBuilt) this.follower.movedAt = Date.now();
  }
}
