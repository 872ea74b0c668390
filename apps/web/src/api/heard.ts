/** What the stream says of a procedure. */
export interface Change {
  /** Of the log, decimal. */
  readonly position: string;
  /** Procedure id. */
  readonly procedure: string;
  readonly type: string;
  /** What it is about besides the procedure itself: `task`, `claim`, `comment` or `deadline`; null where it happened to the procedure. */
  readonly about: string | null;
  /** ISO 8601 UTC. */
  readonly recordedAt: string;
  /** Person id; null where nobody in person did it. */
  readonly by: string | null;
}

/** What tabs tell each other of the stream that one of them reads. */
export type Heard =
  | { readonly kind: 'change'; readonly change: Change }
  /** How far the stream is: whoever reads on begins here. */
  | { readonly kind: 'position'; readonly position: string }
  /** What was read before may not be true: the log ends before it. */
  | { readonly kind: 'anew' }
  | { readonly kind: 'state'; readonly state: StreamState }
  /** A tab that has just come asks whether there is a stream. */
  | { readonly kind: 'hello' };

/** `away`: the server cannot be reached; `off`: nobody follows it, also because the server refused. */
export type StreamState = 'off' | 'live' | 'away';

/** What another tab sent, which may be of another version. */
export function readHeard(data: unknown): Heard | null {
  const kinds: readonly unknown[] = ['change', 'position', 'anew', 'state', 'hello'] satisfies readonly Heard['kind'][];
  return typeof data === 'object' && data !== null && 'kind' in data && kinds.includes(data.kind) ? (data as Heard) : null;
}

/** The data of an event of the stream. */
export function readChange(data: string): Change | null {
  try {
    const read = JSON.parse(data) as Partial<Change> | null;
    const { position, procedure, type, recordedAt, about = null, by = null } = read ?? {};
    if (typeof position !== 'string' || typeof procedure !== 'string' || typeof type !== 'string') return null;
    return { position, procedure, type, about, recordedAt: recordedAt ?? '', by };
  } catch {
    return null;
  }
}
