import type { EventStore } from '#event-store';
import type { Database } from '#platform';
import { readCheckpoint } from './checkpoint.js';
import { pause } from './pause.js';
import type { Projection } from './projection.js';

/** Where another process keeps a view that someone waits for, its row is read this often. */
const watchMs = 20;
/** And this often it is asked whether what someone waits for is none of a view's business. */
const passMs = 50;

/** Waits until views have reached a position, whoever keeps them. */
export class PositionWait {
  private isWatching = false;

  constructor(
    private readonly projections: readonly Projection[],
    private readonly options: {
      readonly database: Database;
      readonly store: EventStore;
      readonly signal: AbortSignal;
      readonly onError: (processor: string, error: unknown) => void;
    },
  ) {}

  /** Whether those views reach it within the time. */
  async reached(projections: readonly Projection[], position: bigint, timeoutMs: number): Promise<boolean> {
    const reached = Promise.all(projections.map(({ follower }) => follower.reached(position, timeoutMs)));
    void this.watchWhileAwaited();
    void this.passOthers(projections, position, Date.now() + timeoutMs);
    return (await reached).every(Boolean);
  }

  /** Looks at the rows of views that other processes keep, as long as someone waits for them. */
  private async watchWhileAwaited(): Promise<void> {
    const { database, signal, onError } = this.options;
    const awaited = (): Projection[] => this.projections.filter(({ lease, follower }) => !lease.isHeld && follower.isAwaited);
    if (this.isWatching) return;
    this.isWatching = true;
    try {
      while (awaited().length > 0 && !signal.aborted) {
        for (const { name, follower } of awaited()) {
          const row = await readCheckpoint(database.pool, name);
          if (row) follower.moveTo(row.position);
        }
        await pause(watchMs, signal);
      }
    } catch (error) {
      onError('leases', error);
    } finally {
      this.isWatching = false;
    }
  }

  /**
   * A shared log tells seldom how far it is past events of others, and a row of another process says it late. So the log is
   * asked when someone waits for that.
   */
  private async passOthers(projections: readonly Projection[], position: bigint, deadline: number): Promise<void> {
    const { store, signal } = this.options;
    for (const { view, lease, follower } of projections)
      while (!store.densePositions || !lease.isHeld) {
        await pause(passMs, signal);
        if ((follower.position ?? -1n) >= position || Date.now() >= deadline || signal.aborted) break;
        const { prefixes } = view;
        const next = await store.readAll({ from: follower.position, limit: 1, prefixes, metadata: false }).catch(() => undefined);
        if (next?.events.length === 0) follower.moveTo(next.position);
      }
  }
}
