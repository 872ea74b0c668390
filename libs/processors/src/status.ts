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
  /** Events applied in a second, of late. */
  readonly eventsPerSecond: number;
  /** The process that runs it, `<host>/<process id>/<random>`; null while none does. */
  readonly owner: string | null;
  /** What went wrong last, while it does. */
  readonly error?: string;
  /** Why it needs someone to look at it, a sentence without the contents of events; left out while it is healthy. */
  readonly unhealthy?: string;
  readonly rebuild?: { readonly position: string; readonly head: string | null; readonly etaMs: number | null };
  /** What the newest rebuild came to; `before` is null when there was nothing to compare with. */
  readonly lastRebuild?: { readonly at: string | null; readonly digest: { readonly before: string | null; readonly after: string } };
}

/** What the owner of a processor says of it. */
export type Report = Pick<ProcessorStatus, 'state' | 'lagMs' | 'eventsPerSecond' | 'error' | 'unhealthy' | 'rebuild' | 'lastRebuild'>;

/** How fresh a view is: it holds everything up to `position`, and nothing older than `at` is missing. */
export interface AsOf {
  readonly position: string;
  /** ISO 8601 UTC: now less `lagMs`. */
  readonly at: string;
  readonly lagMs: number;
}
