import type { EventStore } from '#event-store';
import type { Follower } from './follower.js';
import type { Lease } from './lease.js';
import type { Rebuilding } from './rebuilding.js';
import type { ProcessorStatus, Report } from './status.js';

/** How a projection stands: told to the other processes by the one that runs it, and by each to whoever asks. */
export class ProjectionHealth {
  private counted = { applied: 0, at: Date.now() };
  private eventsPerSecond = 0;

  constructor(
    private readonly follower: Follower,
    private readonly rebuilding: Rebuilding,
    private readonly lease: Lease,
    private readonly options: {
      readonly store: EventStore;
      /** An event that waits longer, while the view does not move, makes it unhealthy. */
      readonly stillAfterMs: number;
    },
  ) {}

  /** As this process tells it; measures the rate since it was told last. */
  async report(): Promise<Report> {
    const { follower, counted } = this;
    const now = Date.now();
    this.eventsPerSecond = Math.round(((follower.applied - counted.applied) * 1_000) / Math.max(1, now - counted.at));
    this.counted = { applied: follower.applied, at: now };
    const { pendingSince } = follower;
    const head = this.rebuilding.done ? await this.options.store.head().catch(() => null) : null;
    return this.own(head, pendingSince === null ? 0 : Math.max(0, now - pendingSince));
  }

  /** @param head Of the log; undefined when it cannot be asked */
  async status(head: bigint | null | undefined): Promise<ProcessorStatus> {
    const { follower, lease } = this;
    const { position, version } = follower;
    const isBehind = head === undefined || (head !== null && (position === null || position < head));
    const lagEvents = head === undefined || !this.options.store.densePositions ? null : isBehind ? Number(head - (position ?? 0n)) : 0;
    const lagMs = isBehind ? await this.lagMs() : 0;
    const report = lease.isHeld ? this.own(head ?? null, lagMs) : lease.report;
    const state = lease.isPaused ? 'paused' : (report?.state ?? 'catching-up');
    return {
      ...{ name: follower.view.name, kind: 'view', version, position: String(position ?? 0n), lagEvents, owner: lease.owner },
      ...{ eventsPerSecond: 0, ...report, state, lagMs },
    };
  }

  private own(head: bigint | null, lagMs: number): Report {
    const { follower, rebuilding, eventsPerSecond } = this;
    const { last } = rebuilding;
    const error = rebuilding.error ?? follower.error;
    const unhealthy = this.ailment(lagMs);
    const rebuild = rebuilding.progress(head);
    return {
      ...{ state: this.state(), lagMs, eventsPerSecond },
      ...(error !== null && !rebuild && { error }),
      ...(unhealthy !== null && { unhealthy }),
      ...(rebuild && { rebuild }),
      ...(last && { lastRebuild: last }),
    };
  }

  private state(): ProcessorStatus['state'] {
    const { follower, rebuilding, lease } = this;
    if (rebuilding.done) return 'rebuilding';
    if (lease.isEnding) return 'paused';
    if (rebuilding.error !== undefined || follower.error !== null) return 'failed';
    return follower.caughtUp ? 'live' : 'catching-up';
  }

  /** Behind is healthy while it moves, and so is a rebuild that failed beside a version that serves. */
  private ailment(lagMs: number): string | null {
    const { view, isBuilt, error, movedAt } = this.follower;
    if (error !== null) return `${view.name} fails and tries again.`;
    if (!isBuilt && !this.rebuilding.done && this.rebuilding.error !== undefined) return `${view.name} cannot be built and tries again.`;
    const stillMs = Math.min(lagMs, Date.now() - movedAt);
    if (stillMs < this.options.stillAfterMs) return null;
    return `${view.name} is behind and has not moved for ${String(Math.round(stillMs / 1000))} s.`;
  }

  private async lagMs(): Promise<number> {
    const { view, position, pendingSince } = this.follower;
    let since = pendingSince;
    if (since === null) {
      const next = await this.options.store.readAll({ from: position, limit: 1, prefixes: view.prefixes }).catch(() => undefined);
      const [first] = next?.events ?? [];
      since = first ? Date.parse(first.recordedAt) : null;
    }
    return since === null ? 0 : Math.max(0, Date.now() - since);
  }
}
