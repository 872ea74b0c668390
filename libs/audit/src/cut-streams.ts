import type { CutStream } from '#event-store';
import type { Findings } from './verifier/verdict.js';

interface Cut extends CutStream {
  isTold: boolean;
}

/** What the store takes away of the log by itself, held against the leaves as they come. */
export class CutStreams {
  private readonly cuts: ReadonlyMap<string, Cut>;

  constructor(
    streams: readonly CutStream[],
    private readonly findings: Findings,
  ) {
    this.cuts = new Map(streams.map((cut) => [cut.stream, { ...cut, isTold: false }]));
  }

  /** The leaf is of this revision of this stream. @param isGone Its event is not in the log any more */
  meet(stream: string, revision: number, { index, isGone }: { readonly index: number; readonly isGone: boolean }): void {
    const cut = this.cuts.get(stream);
    if (!cut || cut.isTold || (cut.shownFrom !== null && revision >= cut.shownFrom)) return;
    cut.isTold = true;
    const which = cut.shownFrom === null ? 'shows nothing any more' : `begins with revision ${String(cut.shownFrom)}`;
    const where = isGone ? 'a scavenge has taken what was before' : 'the log still has what was before, until it is scavenged';
    this.findings.data('missing', index, `${stream} is cut by ${cut.by} and ${which}; ${where}.`);
  }

  /** Those of which no leaf was met: nothing is cut off yet, or what was is not sealed, or of something classified. */
  end(): void {
    for (const { stream, by, isTold } of this.cuts.values())
      if (!isTold) this.findings.data('missing', null, `${stream} is to be cut by ${by}; no leaf tells what that takes away.`);
  }
}
