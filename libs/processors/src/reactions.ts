import { messageOf } from '#platform';
import type { Database } from '#platform';
import type { LeaseRow, Leases, Report } from './leases.js';
import type { Notice } from './notices.js';
import { backoffMs, pause } from './pause.js';
import type { ProcessorStatus } from './processors.js';

/**
 * Work that follows from what a view holds and from the time, such as "when it is due, say so". One process at a time does
 * it, by lease; what it does is appended to the log.
 */
export interface Reaction {
  readonly name: string;
  /** The view whose rows it goes by; it stands where that view stands. */
  readonly view: string;
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
  /** Whether the view reaches the position within the time. */
  readonly reached: (position: bigint, timeoutMs: number) => Promise<boolean>;
}

/** Some of a round's work did not succeed and is tried again later, while the rest was done: it is shown, and the processor is healthy. */
export class NotAllDone extends Error {
  override readonly name = 'NotAllDone';
}

interface Running {
  readonly reaction: Reaction;
  row?: LeaseRow;
  session?: { readonly token: bigint; readonly stop: AbortController } | undefined;
  /** Settles when no round of this process is under way, nor what rounds have begun. */
  done: Promise<void>;
  problem: Problem | null;
}

/** What went wrong in the last round. */
interface Problem {
  readonly message: string;
  /** Whether the whole round failed. */
  readonly isFailure: boolean;
}

/** The reactions among the processors: which of them this process has the lease of. */
export class Reactions {
  private readonly running: ReadonlyMap<string, Running>;

  constructor(
    reactions: readonly Reaction[],
    private readonly options: {
      readonly leases: Leases;
      /** Whether the view can be read with the code of this process. */
      readonly isBuilt: (view: string) => boolean;
      readonly reached: (view: string, position: bigint, timeoutMs: number) => Promise<boolean>;
      readonly onError: (processor: string, error: unknown) => void;
      readonly onNotice: (notice: Notice) => void;
    },
  ) {
    this.running = new Map(reactions.map((reaction) => [reaction.name, { reaction, done: Promise.resolve(), problem: null }]));
  }

  has(name: string): boolean {
    return this.running.has(name);
  }

  /** Makes sure that each has a row. */
  async register(database: Database): Promise<void> {
    for (const name of this.running.keys())
      await database.pool.query(
        `INSERT INTO processors.processors (name, kind, version, code_version, state) VALUES ($1, 'reaction', 1, '', 'live')
         ON CONFLICT (name) DO NOTHING`,
        [name],
      );
  }

  /** What this process says of those that it runs. */
  reports(): readonly (readonly [string, Report])[] {
    return [...this.running].flatMap(([name, { session, problem }]) =>
      session ? [[name, { state: stateOf(problem), lagMs: 0, eventsPerSecond: 0, ...ailmentOf(name, problem) }] as const] : [],
    );
  }

  /** Ends what this process has no lease of any more, and takes what is free where it `takes` anything. */
  async share(rows: readonly LeaseRow[], { takes }: { readonly takes: boolean }): Promise<void> {
    const { leases } = this.options;
    for (const row of rows) {
      const running = this.running.get(row.name);
      if (!running) continue;
      running.row = row;
      const isOurs = running.session !== undefined && row.owner === leases.owner && row.token === running.session.token;
      if (running.session && (!isOurs || row.isPaused)) await this.end(running, isOurs ? 'lease-given-up' : 'lease-lost');
      if (running.session || !takes || row.isPaused || !(row.isFree || leases.isDead(row.owner))) continue;
      const token = await leases.claim(row);
      if (token === null) continue;
      const stop = new AbortController();
      running.session = { token, stop };
      running.done = running.done.then(() => this.run(running, stop.signal));
      this.options.onNotice({ what: 'lease-taken', processor: row.name, token: String(token), takenOverFrom: row.owner });
    }
  }

  /** Ends all rounds that are under way, and gives up the leases. */
  async stop(): Promise<void> {
    for (const running of this.running.values()) await this.end(running, 'lease-given-up');
    await Promise.all([...this.running.values()].map(({ done }) => done));
  }

  /** One entry for each, by how the views stand. */
  status(views: readonly ProcessorStatus[]): readonly ProcessorStatus[] {
    return [...this.running.values()].flatMap(({ reaction: { name, view }, row, session, problem }) => {
      const followed = views.find((one) => one.name === view);
      if (!followed) return [];
      const { position, lagEvents, lagMs } = followed;
      const reported = session ? stateOf(problem) : (row?.report?.state ?? 'catching-up');
      const working = reported === 'live' && followed.state !== 'live' ? 'catching-up' : reported;
      const state = row?.isPaused === true && !session ? ('paused' as const) : working;
      const owner = session ? this.options.leases.owner : row?.isFree === true ? null : (row?.owner ?? null);
      const ailment = session ? ailmentOf(name, problem) : { ...pick(row?.report) };
      return [{ name, kind: 'reaction' as const, version: 1, state, position, lagEvents, lagMs, eventsPerSecond: 0, owner, ...ailment }];
    });
  }

  private async run(running: Running, signal: AbortSignal): Promise<void> {
    const { reaction } = running;
    const { name, view, everyMs = 1_000 } = reaction;
    const aborted = new Promise<false>((resolve) => signal.addEventListener('abort', () => resolve(false), { once: true }));
    const tools: RoundTools = {
      signal,
      reached: (position, timeoutMs) => Promise.race([this.options.reached(view, position, timeoutMs), aborted]),
    };
    for (let failures = 0; !signal.aborted;) {
      try {
        if (this.options.isBuilt(view)) await reaction.round(tools);
        failures = 0;
        running.problem = null;
        await pause(everyMs, signal);
      } catch (error) {
        const isFailure = !(error instanceof NotAllDone);
        running.problem = { message: messageOf(error), isFailure };
        if (isFailure) this.options.onError(name, error);
        await pause(isFailure ? backoffMs(failures++) : everyMs, signal);
      }
    }
    await reaction.settled?.();
    running.problem = null;
  }

  private async end(running: Running, what: 'lease-given-up' | 'lease-lost'): Promise<void> {
    const { session, reaction } = running;
    if (!session) return;
    // Not waited for: a round that hangs must not keep this process from renewing its other leases.
    session.stop.abort();
    running.session = undefined;
    if (running.row) running.row = { ...running.row, owner: null, isFree: true };
    await this.options.leases.release(reaction.name, session.token).catch(() => undefined);
    this.options.onNotice({ what, processor: reaction.name, token: String(session.token) });
  }
}

const stateOf = (problem: Problem | null): 'live' | 'failed' => (problem?.isFailure === true ? 'failed' : 'live');

function ailmentOf(name: string, problem: Problem | null): Pick<ProcessorStatus, 'error' | 'unhealthy'> {
  if (!problem) return {};
  return { error: problem.message, ...(problem.isFailure && { unhealthy: `${name} fails and tries again.` }) };
}

function pick(report: Report | null | undefined): Pick<ProcessorStatus, 'error' | 'unhealthy'> {
  const { error, unhealthy } = report ?? {};
  return { ...(error !== undefined && { error }), ...(unhealthy !== undefined && { unhealthy }) };
}
