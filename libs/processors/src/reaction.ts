import { messageOf } from '#platform';
import { Lease } from './lease.js';
import type { Processor, Term } from './lease.js';
import type { Leases } from './leases.js';
import type { Notice } from './notices.js';
import { backoffMs, pause } from './pause.js';
import type { ProcessorStatus, Report } from './status.js';

/**
 * Work that follows from what a view holds and from the time, such as "when it is due, say so". One process at a time does
 * it, by lease; what it does is appended to the log.
 */
export interface Reaction {
  readonly name: string;
  /** The view whose rows it goes by; it stands where that view stands. */
  readonly view: string;
  /** Other views whose rows it goes by as well. (Default: none) */
  readonly beside?: readonly string[];
  /** From the end of a round to the next, in ms. (Default: 1000) */
  readonly everyMs?: number;
  /**
   * Does what there is to do at this moment. A process that was stopped may end its round after another has begun one, so
   * what is done twice must be harmless.
   * @throws NotAllDone when some of it has to be tried again
   */
  round(tools: RoundTools): Promise<void>;
  /** Settles when nothing that rounds have begun is under way; asked after the last of them. (Default: nothing outlasts its round) */
  settled?(): Promise<void>;
}

export interface RoundTools {
  /** Ends with the lease. */
  readonly signal: AbortSignal;
  /** Whether all views that it goes by reach the position within the time. */
  readonly reached: (position: bigint, timeoutMs: number) => Promise<boolean>;
}

/** Some of a round's work did not succeed and is tried again later, while the rest was done: it is shown, and the processor is healthy. */
export class NotAllDone extends Error {
  override readonly name = 'NotAllDone';
}

/** What went wrong in the last round. */
interface Problem {
  readonly message: string;
  /** Whether the whole round failed. */
  readonly isFailure: boolean;
}

/** A reaction as a processor: one round after the other. */
export class ReactionRounds implements Processor {
  readonly kind = 'reaction';
  readonly isKeptHere = true;
  readonly isBusy = false;
  readonly lease: Lease;
  private problem: Problem | null = null;

  constructor(
    private readonly reaction: Reaction,
    private readonly options: {
      readonly leases: Leases;
      /** Whether the view can be read with the code of this process. */
      readonly isBuilt: (view: string) => boolean;
      readonly reached: (views: readonly string[], position: bigint, timeoutMs: number) => Promise<boolean>;
      readonly onError: (processor: string, error: unknown) => void;
      readonly onNotice: (notice: Notice) => void;
    },
  ) {
    this.lease = new Lease(this, options);
  }

  get name(): string {
    return this.reaction.name;
  }

  async run({ signal }: Term): Promise<void> {
    const { name, view, beside = [], everyMs = 1_000 } = this.reaction;
    const views = [view, ...beside];
    const { isBuilt, reached, onError } = this.options;
    const aborted = new Promise<false>((resolve) => signal.addEventListener('abort', () => resolve(false), { once: true }));
    const tools: RoundTools = {
      signal,
      reached: (position, timeoutMs) => Promise.race([reached(views, position, timeoutMs), aborted]),
    };
    for (let failures = 0; !signal.aborted;) {
      try {
        if (views.every(isBuilt)) await this.reaction.round(tools);
        failures = 0;
        this.problem = null;
        await pause(everyMs, signal);
      } catch (error) {
        const isFailure = !(error instanceof NotAllDone);
        this.problem = { message: messageOf(error), isFailure };
        if (isFailure) onError(name, error);
        await pause(isFailure ? backoffMs(failures++) : everyMs, signal);
      }
    }
    await this.reaction.settled?.();
    this.problem = null;
  }

  beat(): Promise<Report> {
    return Promise.resolve({ state: this.state, lagMs: 0, eventsPerSecond: 0, ...this.ailment });
  }

  watch(): void {
    // It stands where its view stands.
  }

  obey(): void {
    // There is nothing to rebuild.
  }

  /** By how the views stand; undefined where its own is not among them. */
  status(views: readonly ProcessorStatus[]): ProcessorStatus | undefined {
    const { name, lease } = this;
    const followed = views.find((one) => one.name === this.reaction.view);
    if (!followed) return undefined;
    const { position, lagEvents, lagMs } = followed;
    const { state: reported, error, unhealthy } = lease.isHeld ? { state: this.state, ...this.ailment } : (lease.report ?? unknown);
    const working = reported === 'live' && followed.state !== 'live' ? 'catching-up' : reported;
    return {
      ...{ name, kind: 'reaction', version: 1, state: lease.isPaused ? 'paused' : working },
      ...{ position, lagEvents, lagMs, eventsPerSecond: 0, owner: lease.owner },
      ...(error !== undefined && { error }),
      ...(unhealthy !== undefined && { unhealthy }),
    };
  }

  private get state(): 'live' | 'failed' {
    return this.problem?.isFailure === true ? 'failed' : 'live';
  }

  private get ailment(): Pick<ProcessorStatus, 'error' | 'unhealthy'> {
    if (!this.problem) return {};
    const { message: error, isFailure } = this.problem;
    return { error, ...(isFailure && { unhealthy: `${this.name} fails and tries again.` }) };
  }
}

/** Where its owner has not said anything of late. */
const unknown: Pick<Report, 'state' | 'error' | 'unhealthy'> = { state: 'catching-up' };
