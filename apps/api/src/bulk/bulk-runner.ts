import { setImmediate as turn } from 'node:timers/promises';
import type { BulkRun, BulkRuns, SelectedItem, SettledItem } from '#bulk';
import { Turns } from '#identity';
import type { Logger } from '#platform';
import { JobRunner } from '../jobs/job-runner.js';
import type { Entrances } from '../jobs/entrances.js';
import type { Scope } from '../http/needs.js';
import type { BulkItems } from './bulk-items.js';

/** Items of all runs that are worked on at once in one process, so that single commands do not wait for them. */
const inFlight = 8;
/** Handed out together: what became of them is kept before others are. */
const handedOut = 64;
/** Of the same process; items take turns. */
const mostRuns = 20;

/** Works on bulk runs, those too that another process has left: runs of several people take turns, item by item. */
export class BulkRunner extends JobRunner<BulkRun> {
  private readonly turns = new Turns({ atOnce: inFlight, mostWaitingOfOne: mostRuns * inFlight, mostWaiting: mostRuns * inFlight });

  constructor(
    private readonly runs: BulkRuns,
    private readonly items: BulkItems,
    private readonly entrances: Entrances,
    logger: Logger,
  ) {
    super(logger, mostRuns);
  }

  protected claim(): Promise<BulkRun | null> {
    return this.runs.claim(this.owner);
  }

  protected hold(ids: readonly string[]): Promise<void> {
    return this.runs.hold(ids, this.owner);
  }

  protected async work(run: BulkRun, signal: AbortSignal): Promise<void> {
    const { runs, owner } = this;
    while (run.state === 'running' && !signal.aborted) {
      const handed = await runs.hand(run.id, owner, handedOut);
      if (!handed) break;
      const settled = await this.settleAll(run, handed, signal);
      if (!(await runs.settle(run.id, owner, settled))) return;
      if (handed.length === 0) return runs.end(run.id, owner, run.dryRun ? 'preview' : 'done');
    }
    if (run.state !== 'running') await this.settleLeft(run);
    await this.release(run, 0);
  }

  protected release({ id }: BulkRun, afterSeconds: number): Promise<void> {
    return this.runs.release(id, this.owner, afterSeconds);
  }

  protected fail({ id }: BulkRun, error: unknown): Promise<void> {
    this.logger.error({ err: error, bulk: id }, 'A bulk run failed unexpectedly.');
    return this.runs.end(id, this.owner, 'failed');
  }

  /** What became of those that were handed out, or of as many as were begun when it is to stop. */
  private async settleAll(run: BulkRun, handed: readonly SelectedItem[], signal: AbortSignal): Promise<readonly SettledItem[]> {
    // By whatever let them in who ordered it, and not by another sign-in.
    const isIn = await this.entrances.isIn(run.person, run.entrance, run.action as Scope);
    const [party = run.person] = run.parties;
    const settled: SettledItem[] = [];
    const left = handed.values();
    const failed: unknown[] = [];
    const work = async (): Promise<void> => {
      for (const item of left) {
        if (signal.aborted || failed.length > 0) return;
        try {
          settled.push({ ...item, ...(await this.turns.take(party, () => this.items.settle(run, item.procedure, isIn))) });
        } catch (error) {
          failed.push(error);
        }
        await turn();
      }
    };
    await Promise.all(Array.from({ length: inFlight }, work));
    if (failed.length > 0) throw failed[0];
    return settled;
  }

  /** Of a run that was stopped and whose process went down: what is in the log all the same was accepted. */
  private async settleLeft(run: BulkRun): Promise<void> {
    const settled: SettledItem[] = [];
    for (const item of await this.runs.pending(run.id, handedOut))
      if (await this.items.isAccepted(run, item.procedure)) settled.push({ ...item, outcome: 'accepted', unmet: [] });
    await this.runs.settle(run.id, this.owner, settled);
  }
}
