import type { EventStore } from '#event-store';
import type { Database } from '#platform';
import { readCheckpoint } from './checkpoint.js';
import type { Dependents } from './dependents.js';
import { Follower } from './follower.js';
import type { FollowerOptions } from './follower.js';
import { Lease } from './lease.js';
import type { Processor, Term } from './lease.js';
import type { LeaseRow, Leases } from './leases.js';
import { backoffMs, pause } from './pause.js';
import { ProjectionHealth } from './projection-health.js';
import { Rebuilding } from './rebuilding.js';
import type { AsOf, ProcessorStatus, Report } from './status.js';
import type { View } from './view.js';

export interface ProjectionOptions extends FollowerOptions {
  readonly leases: Leases;
  /** Events in a transaction of a rebuild. */
  readonly rebuildBatchSize: number;
  /** Whether the view gets there within the time, whoever keeps it. */
  readonly reached: (views: readonly string[], position: bigint, timeoutMs: number) => Promise<boolean>;
  /** See `Processors`. */
  readonly stillAfterMs: number;
  readonly dependents?: Dependents | undefined;
}

/** A view as a processor: built where it has to be, then kept up with the log. */
export class Projection implements Processor {
  readonly kind = 'view';
  readonly lease: Lease;
  readonly follower: Follower;
  private readonly database: Database;
  private readonly store: EventStore;
  private readonly rebuilding: Rebuilding;
  private readonly health: ProjectionHealth;
  private term: Term | undefined;

  constructor(
    readonly view: View,
    options: ProjectionOptions,
  ) {
    this.database = options.database;
    this.store = options.store;
    this.lease = new Lease(this, options);
    this.follower = new Follower(view, options);
    this.rebuilding = new Rebuilding(this.follower, { ...options, batchSize: options.rebuildBatchSize });
    this.health = new ProjectionHealth(this.follower, this.rebuilding, this.lease, options);
  }

  get name(): string {
    return this.view.name;
  }

  get isKeptHere(): boolean {
    return this.view.isKeptHere ?? true;
  }

  get isBusy(): boolean {
    return this.rebuilding.done !== undefined;
  }

  async run(term: Term): Promise<void> {
    this.term = term;
    this.follower.movedAt = Date.now();
    await this.buildWhereNeeded(term);
    await this.follower.run(term.token, term.signal);
    await this.rebuilding.done?.catch(() => undefined);
    this.term = undefined;
  }

  beat(): Promise<Report> {
    this.follower.storeWhenIdle();
    return this.health.report();
  }

  watch(row: LeaseRow): void {
    this.follower.watch(row);
  }

  obey(wanted: 'rebuild' | 'cancel', term: Term): void {
    if (wanted === 'cancel') this.rebuilding.cancel();
    // What becomes of it is in its status.
    else void this.rebuilding.begin(term).catch(() => undefined);
  }

  /** Undefined where this process does not run it. */
  rebuild(): Promise<void> | undefined {
    return this.term && this.rebuilding.begin(this.term);
  }

  status(head: bigint | null | undefined): Promise<ProcessorStatus> {
    return this.health.status(head);
  }

  /** From memory. */
  asOf(): AsOf {
    const { position, pendingSince, seenAt } = this.follower;
    const now = Date.now();
    const at = Math.min(now, pendingSince ?? seenAt ?? now);
    return { position: String(position ?? 0n), at: new Date(at).toISOString(), lagMs: now - at };
  }

  /** A view that is not built, or was built by other code, is built before it is followed. */
  private async buildWhereNeeded(term: Term): Promise<void> {
    const { signal } = term;
    for (let failures = 0; !signal.aborted; failures++) {
      try {
        const row = await readCheckpoint(this.database.pool, this.name);
        // Nothing serves what this code reads, so one bad event must not keep all others out.
        if (row?.codeVersion !== this.view.codeVersion) await this.rebuilding.begin(term, { isolate: this.view.isGapless !== true });
        return;
      } catch {
        await pause(backoffMs(failures), signal);
      }
    }
  }
}
