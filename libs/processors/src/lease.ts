import type { LeaseRow, Leases } from './leases.js';
import type { Notice } from './notices.js';
import { pause } from './pause.js';
import type { Report } from './status.js';

/** What one process at a time runs, under a lease. */
export interface Processor {
  readonly name: string;
  readonly kind: 'view' | 'reaction';
  /** Whether this process may run it. */
  readonly isKeptHere: boolean;
  /** In the middle of something that another process would have to begin anew. */
  readonly isBusy: boolean;
  /** Works until the signal aborts; settles when nothing that it has begun is under way. */
  run(term: Term): Promise<void>;
  /** Comes about once a second while it runs here; answers what is told to other processes. */
  beat(): Promise<Report>;
  /** How it stands where another process runs it, or none. */
  watch(row: LeaseRow): void;
  /** Does what its owner is asked to do. */
  obey(wanted: 'rebuild' | 'cancel', term: Term): void;
}

/** The time during which this process has a lease. */
export interface Term {
  /** What is written under another token is refused. */
  readonly token: bigint;
  /** Aborts when it ends. */
  readonly signal: AbortSignal;
}

/** The end of a term is waited for so long, in ms, before other leases are renewed. */
const momentMs = 1_000;

/** One processor's lease, as this process has it or sees it. */
export class Lease {
  private row: LeaseRow | undefined;
  private current: { readonly term: Term; readonly stop: AbortController; ending?: Promise<void> } | undefined;
  /** Settles when nothing runs that this process has begun. */
  private done: Promise<void> = Promise.resolve();

  constructor(
    readonly processor: Processor,
    private readonly options: {
      readonly leases: Leases;
      readonly onError: (processor: string, error: unknown) => void;
      readonly onNotice: (notice: Notice) => void;
    },
  ) {}

  /** Whether this process runs the processor. */
  get isHeld(): boolean {
    return this.current !== undefined;
  }

  get isEnding(): boolean {
    return this.current?.ending !== undefined;
  }

  get isPaused(): boolean {
    return !this.isHeld && this.row?.isPaused === true;
  }

  /** Null while nobody has it. */
  get owner(): string | null {
    if (this.isHeld) return this.options.leases.owner;
    return this.row?.isFree === true ? null : (this.row?.owner ?? null);
  }

  /** What another owner said of late. */
  get report(): Report | null {
    return this.row?.report ?? null;
  }

  /** Takes note of what the database says: ends a term that is over, and obeys. Answers whether anybody may take it. */
  async see(row: LeaseRow): Promise<boolean> {
    const { processor, options } = this;
    this.row = row;
    if (this.current && !this.isEnding) {
      const { term } = this.current;
      const isOurs = row.owner === options.leases.owner && row.token === term.token;
      if (!isOurs || row.isPaused) await this.endSoon(isOurs ? 'lease-given-up' : 'lease-lost');
      else if (row.wanted !== null) await this.hear(row.wanted, term);
    }
    if (this.isHeld) return false;
    processor.watch(row);
    return !row.isPaused && (row.isFree || options.leases.isDead(row.owner));
  }

  /** Begins a term; false when another process was quicker. */
  async claim(): Promise<boolean> {
    const { row, processor, options } = this;
    if (!row || this.isHeld) return false;
    const token = await options.leases.claim(row);
    if (token === null) return false;
    const stop = new AbortController();
    const term = { token, signal: stop.signal };
    this.current = { term, stop };
    this.done = this.done.then(() => processor.run(term)).catch((error: unknown) => options.onError(processor.name, error));
    options.onNotice({ what: 'lease-taken', processor: processor.name, token: String(token), takenOverFrom: row.owner });
    if (row.wanted !== null) await this.hear(row.wanted, term);
    return true;
  }

  /** Ends the term and waits a moment for it: what hangs must not keep this process from renewing its other leases. */
  async endSoon(what: 'lease-given-up' | 'lease-lost' = 'lease-given-up'): Promise<void> {
    const ended = new AbortController();
    await Promise.race([this.end(what).finally(() => ended.abort()), pause(momentMs, ended.signal)]);
  }

  /** Ends the term; settles when nothing runs any more. */
  async close(): Promise<void> {
    await this.end('lease-given-up');
    await this.done;
  }

  private end(what: 'lease-given-up' | 'lease-lost'): Promise<void> {
    const { current } = this;
    if (!current) return Promise.resolve();
    return (current.ending ??= this.endTerm(current.term, current.stop, what));
  }

  private async endTerm({ token }: Term, stop: AbortController, what: 'lease-given-up' | 'lease-lost'): Promise<void> {
    const { processor, options } = this;
    stop.abort();
    // Two processes must not build one version of a view. What a reaction does twice is harmless, so a round that hangs delays nobody.
    if (processor.kind === 'view') await this.done;
    this.current = undefined;
    if (this.row) this.row = { ...this.row, owner: null, isFree: true };
    await options.leases.release(processor.name, token).catch(() => undefined);
    options.onNotice({ what, processor: processor.name, token: String(token) });
  }

  private async hear(wanted: 'rebuild' | 'cancel', term: Term): Promise<void> {
    if (await this.options.leases.heard(this.processor.name)) this.processor.obey(wanted, term);
  }
}
