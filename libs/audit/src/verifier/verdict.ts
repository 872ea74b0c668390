import type { Gap } from './gaps.js';

/** What was looked at. Those of the history say whether it is consistent, those of the data whether it matches its leaves. */
export type HistoryCheck = 'form' | 'signature' | 'inclusion' | 'consistency' | 'entry' | 'order' | 'size' | 'root';
export const dataChecks = ['event', 'data', 'metadata', 'head', 'salt', 'missing', 'foreign', 'state'] as const;
export type DataCheck = (typeof dataChecks)[number];

const isDataCheck = (check: HistoryCheck | DataCheck): check is DataCheck => (dataChecks as readonly string[]).includes(check);

/** Something that does not hold. */
export interface Finding {
  readonly check: HistoryCheck | DataCheck;
  /** Of the leaf in the tree; null where no single one is meant. */
  readonly index: number | null;
  readonly message: string;
}

/** Two lights, never one: history may be whole while what is shown of it is not what was sealed, and the other way round. */
export interface Verdict {
  readonly historyIsConsistent: boolean;
  readonly dataMatchesLeaves: boolean;
  /** The lowest index first, those without an index before all. */
  readonly findings: readonly Finding[];
  /** How many further findings, of higher indices, are not listed. */
  readonly more: number;
  /** Commitments that nobody could check here, because data or salts are withheld or erased. */
  readonly unproven: number;
  /** Salts that an erasure took away, by stream: no findings. The first ones. */
  readonly gaps: readonly Gap[];
}

/** Collects what does not hold; keeps the findings of the lowest indices. */
export class Findings {
  private kept: Finding[] = [];
  private dropped = 0;
  private historyHolds = true;
  private dataHolds = true;
  private unprovenParts = 0;
  private readonly permitted: Gap[] = [];

  /** @param most findings that are kept */
  constructor(private readonly most = 1000) {}

  /** What was found elsewhere. */
  take({ check, index, message }: Finding): void {
    if (isDataCheck(check)) this.data(check, index, message);
    else this.history(check, index, message);
  }

  history(check: HistoryCheck, index: number | null, message: string): void {
    this.historyHolds = false;
    this.keep({ check, index, message });
  }

  data(check: DataCheck, index: number | null, message: string): void {
    this.dataHolds = false;
    this.keep({ check, index, message });
  }

  unproven(parts: number): void {
    this.unprovenParts += parts;
  }

  gap(gap: Gap): void {
    if (this.permitted.length < this.most) this.permitted.push(gap);
  }

  /** What was found since this was asked last, for whoever puts it together with what was found elsewhere. */
  takeNew(): Pick<Verdict, 'findings' | 'unproven'> {
    const found = { findings: this.kept, unproven: this.unprovenParts };
    this.kept = [];
    this.unprovenParts = 0;
    return found;
  }

  verdict(): Verdict {
    this.shorten(this.most);
    return {
      ...{ historyIsConsistent: this.historyHolds, dataMatchesLeaves: this.dataHolds },
      ...{ findings: [...this.kept], more: this.dropped, unproven: this.unprovenParts, gaps: [...this.permitted] },
    };
  }

  private keep(finding: Finding): void {
    this.kept.push(finding);
    if (this.kept.length >= 2 * this.most) this.shorten(this.most);
  }

  private shorten(most: number): void {
    this.kept.sort((left, right) => (left.index ?? -1) - (right.index ?? -1));
    this.dropped += Math.max(0, this.kept.length - most);
    this.kept = this.kept.slice(0, most);
  }
}
