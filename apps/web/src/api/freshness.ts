/** How far what is read must be, and whether the server's views are. */
class Freshness {
  private reached: bigint | null = null;
  private behind: string | null = null;
  private readonly watchers = new Set<() => void>();

  /** The address of a read that a view could not answer with the newest yet; null while all of them can. */
  readonly now = (): string | null => this.behind;
  readonly subscribe = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  /** The position that what is read must hold; null where any will do, also while a view is behind: then it is read as it is, and said so. */
  get position(): string | null {
    return this.reached === null || this.behind !== null ? null : String(this.reached);
  }

  /** Where the view that is behind must come to. */
  get wanted(): string | null {
    return this.reached === null ? null : String(this.reached);
  }

  /** Whatever is read from now on holds this. @param position Of the log, decimal */
  reach(position: string): void {
    const next = BigInt(position);
    if (this.reached === null || next > this.reached) this.reached = next;
  }

  /** The log is another one. */
  forget(): void {
    this.reached = null;
    this.fallBehind(null);
  }

  /** @param address Of the read that waited in vain; null when the views have caught up */
  fallBehind(address: string | null): void {
    if (address === this.behind) return;
    this.behind = address;
    for (const watcher of this.watchers) watcher();
  }
}

export const freshness = new Freshness();
