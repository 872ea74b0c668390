/** There is so much waiting that this would come too late. */
export class TooBusy extends Error {
  override readonly name = 'TooBusy';
  readonly retryAfterMs = 1_000;
  constructor() {
    super('There are too many at once; try again in a second.');
  }
}

interface Waiting {
  begin(): void;
  drop(): void;
}

/** How much runs and waits. */
interface Limits {
  readonly atOnce: number;
  /** Of one party. */
  readonly mostWaitingOfOne: number;
  readonly mostWaiting: number;
}

/**
 * Has work of many parties take turns: each party gets one in turn, whatever the others send. Of one party the newest goes first, so that a flood which
 * cannot be told from what is meant delays it little; what has waited longest in the longest line gives way when there are too many.
 */
export class Turns {
  private running = 0;
  private waiting = 0;
  /** In the order in which the parties get their turns, each with what waits, the oldest first. */
  private readonly lines = new Map<string, Waiting[]>();

  constructor(private readonly limits: Limits) {}

  /** Runs the work when it is its turn. @throws TooBusy when it gave way to others */
  async take<Result>(party: string, work: () => Promise<Result>): Promise<Result> {
    if (this.running >= this.limits.atOnce) await this.wait(party);
    else this.running++;
    try {
      return await work();
    } finally {
      this.next();
    }
  }

  private wait(party: string): Promise<void> {
    return new Promise((begin, reject) => {
      const line = this.lines.get(party) ?? [];
      this.lines.set(party, line);
      line.push({ begin, drop: () => reject(new TooBusy()) });
      this.waiting++;
      if (line.length > this.limits.mostWaitingOfOne) this.dropOldest(party, line);
      else if (this.waiting > this.limits.mostWaiting) this.dropOldest(...this.longest());
    });
  }

  /** The place is handed on, so that nobody slips in between. */
  private next(): void {
    const [first] = this.lines;
    if (!first) {
      this.running--;
      return;
    }
    const [party, line] = first;
    this.lines.delete(party);
    const newest = line.pop();
    if (line.length > 0) this.lines.set(party, line);
    this.waiting--;
    newest?.begin();
  }

  private dropOldest(party: string, line: Waiting[]): void {
    line.shift()?.drop();
    this.waiting--;
    if (line.length === 0) this.lines.delete(party);
  }

  private longest(): [string, Waiting[]] {
    return [...this.lines].reduce((longest, one) => (one[1].length > longest[1].length ? one : longest));
  }
}
