import type { Lease } from './lease.js';
import type { Leases } from './leases.js';
import { pause } from './pause.js';
import type { Report } from './status.js';

/** What is renewed and looked at this often. */
const beatMs = 1_000;

/** Renews the leases of this process and shares the views evenly with the other processes. */
export class LeaseCoordinator {
  private readonly byName: ReadonlyMap<string, Lease>;
  private beats: Promise<void> = Promise.resolve();
  private beating: Promise<void> | undefined;

  constructor(
    private readonly leases: Leases,
    private readonly all: readonly Lease[],
    private readonly options: {
      /** Whether this process takes any. */
      readonly runs: boolean;
      readonly signal: AbortSignal;
      readonly onError: (processor: string, error: unknown) => void;
    },
  ) {
    this.byName = new Map(all.map((lease) => [lease.processor.name, lease]));
  }

  /** Takes its share, and goes on until the signal aborts. */
  async start(): Promise<void> {
    await this.beat();
    this.beating = this.keepBeating();
  }

  /** Gives up all leases, once the signal has aborted. */
  async stop(): Promise<void> {
    await this.beating;
    // One may have been asked for meanwhile, and take a lease.
    await this.beats;
    // Reactions wait for views that this process may keep.
    for (const kind of ['reaction', 'view']) await Promise.all(this.ofKind(kind).map((lease) => lease.close()));
    await this.leases.leave().catch(() => undefined);
  }

  /** One beat after the other: renews leases, ends and begins terms, and does what was asked. */
  beat(): Promise<void> {
    const beat = this.beats.then(() => this.renewAndShare());
    this.beats = beat.catch(() => undefined);
    return beat;
  }

  private async keepBeating(): Promise<void> {
    const { signal, onError } = this.options;
    for (;;) {
      await pause(beatMs, signal);
      if (signal.aborted) return;
      await this.beat().catch((error: unknown) => onError('leases', error));
    }
  }

  private async renewAndShare(): Promise<void> {
    const reports = new Map<string, Report>();
    for (const { isHeld, isEnding, processor } of this.all) if (isHeld && !isEnding) reports.set(processor.name, await processor.beat());
    const { rows, members } = await this.leases.renew(reports);
    const free: Lease[] = [];
    for (const row of rows) {
      const lease = this.byName.get(row.name);
      if (lease && (await lease.see(row))) free.push(lease);
    }
    if (this.options.runs && !this.options.signal.aborted) await this.share(free, members);
  }

  private async share(free: readonly Lease[], members: number): Promise<void> {
    const views = this.ofKind('view');
    const own = views.filter(({ isHeld }) => isHeld);
    const share = Math.ceil(views.length / Math.max(1, members));
    let wanting = share - own.length;
    for (const lease of free.filter(({ processor }) => processor.isKeptHere)) {
      // Reactions cost little: whoever comes first has them.
      const isDue = lease.processor.kind === 'reaction' || wanting > 0;
      if (isDue && (await lease.claim()) && lease.processor.kind === 'view') wanting--;
    }
    // Another process has less than its share: it gets what is not in the middle of something.
    const spare = own.length > share ? own.find(({ isEnding, processor }) => !isEnding && !processor.isBusy) : undefined;
    await spare?.endSoon();
  }

  private ofKind(kind: string): readonly Lease[] {
    return this.all.filter(({ processor }) => processor.kind === kind);
  }
}
