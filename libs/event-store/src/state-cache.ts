/** A stream folded up to `revision`. */
export interface FoldedStream<State> {
  readonly state: State;
  /** -1 before the first event. */
  readonly revision: number;
  readonly position: bigint;
  /**
   * Request hash by command id, of every command in the stream. Shared by all foldings of the stream and only ever added
   * to: one that an older folding did not know is in the stream nevertheless.
   */
  readonly commands: Map<string, string>;
}

/**
 * Keeps the most recently used folded streams and lets one command at a time work on a stream in this process.
 * A stale entry does no harm: the append still names the revision that the decision was made on.
 */
export class StateCache<State> {
  private readonly folded = new Map<string, FoldedStream<State>>();
  private readonly tails = new Map<string, Promise<unknown>>();

  /** @param capacity Most streams kept. (Default: 3,000) */
  constructor(private readonly capacity = 3_000) {}

  get(stream: string): FoldedStream<State> | undefined {
    const entry = this.folded.get(stream);
    if (entry === undefined) return undefined;
    this.folded.delete(stream);
    this.folded.set(stream, entry);
    return entry;
  }

  set(stream: string, entry: FoldedStream<State>): void {
    this.folded.delete(stream);
    this.folded.set(stream, entry);
    if (this.folded.size <= this.capacity) return;
    const oldest = this.folded.keys().next();
    if (!oldest.done) this.folded.delete(oldest.value);
  }

  delete(stream: string): void {
    this.folded.delete(stream);
  }

  /** Runs the work after all earlier work on the same stream has ended. */
  async exclusive<Result>(stream: string, work: () => Promise<Result>): Promise<Result> {
    const earlier = this.tails.get(stream);
    const running = earlier === undefined ? work() : earlier.then(work, work);
    this.tails.set(stream, running);
    try {
      return await running;
    } finally {
      if (this.tails.get(stream) === running) this.tails.delete(stream);
    }
  }
}
