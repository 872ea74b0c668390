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
  /** Characters of its events, about. */
  readonly weight: number;
}

const bytesPerCharacter = 2;
/** Of its id, the hash and the place in the map. */
const bytesPerCommand = 300;

/**
 * Keeps the most recently used folded streams, as many as fit into its memory, and lets one command at a time work on a stream in this process.
 * A stale entry does no harm: the append still names the revision that the decision was made on.
 */
export class StateCache<State> {
  private readonly kept = new Map<string, { readonly folded: FoldedStream<State>; readonly bytes: number }>();
  private readonly tails = new Map<string, Promise<unknown>>();
  private bytes = 0;
  private readonly mostStreams: number;
  private readonly mostBytes: number;

  constructor(
    options: {
      /** Most streams kept. (Default: 3,000) */
      readonly mostStreams?: number;
      /** Most memory taken, about; a stream that alone takes more is not kept. (Default: 96 MB) */
      readonly mostBytes?: number;
    } = {},
  ) {
    this.mostStreams = options.mostStreams ?? 3_000;
    this.mostBytes = options.mostBytes ?? 96_000_000;
  }

  get(stream: string): FoldedStream<State> | undefined {
    const entry = this.kept.get(stream);
    if (entry === undefined) return undefined;
    this.kept.delete(stream);
    this.kept.set(stream, entry);
    return entry.folded;
  }

  set(stream: string, folded: FoldedStream<State>): void {
    this.delete(stream);
    // Measured once: the commands grow while it is kept.
    const bytes = folded.weight * bytesPerCharacter + folded.commands.size * bytesPerCommand;
    this.kept.set(stream, { folded, bytes });
    this.bytes += bytes;
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= this.mostStreams && this.bytes <= this.mostBytes) return;
      this.delete(oldest);
    }
  }

  delete(stream: string): void {
    const entry = this.kept.get(stream);
    if (!entry) return;
    this.kept.delete(stream);
    this.bytes -= entry.bytes;
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
