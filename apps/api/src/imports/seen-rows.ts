import { mostTold } from './findings.js';
import type { Finding } from './kind.js';
import type { GoodRow } from './sheet-reading.js';

/** What stood in a sheet before: the same row again, and what no two rows may have. Of a row it keeps its key, and why it was refused only as far as that is told. */
export class SeenRows {
  private readonly keys = new Set<string>();
  private readonly refused = new Map<string, Finding>();
  private readonly claims = new Set<string>();
  private kept = 0;

  has(key: string): boolean {
    return this.keys.has(key);
  }

  /** @param found What the row is found to be by itself; null where it was not looked at because it stood there before. */
  judge({ key, prepared }: Pick<GoodRow, 'key' | 'prepared'>, found: Finding | null): Finding {
    if (this.keys.has(key)) return this.refused.get(key) ?? { outcome: 'repeated' };
    this.keys.add(key);
    const finding = found ?? { outcome: 'repeated' };
    const clash = prepared.claims.find(({ what }) => this.claims.has(what));
    const judged: Finding = finding.outcome === 'accepted' && clash ? { outcome: 'refused', faults: [clash.fault] } : finding;
    if (judged.outcome === 'refused') this.keep(key, judged);
    if (judged.outcome === 'accepted') for (const { what } of prepared.claims) this.claims.add(what);
    return judged;
  }

  private keep(key: string, finding: Finding & { readonly outcome: 'refused' }): void {
    const isTold = this.kept < mostTold;
    this.refused.set(key, isTold ? finding : untold);
    if (isTold) this.kept += finding.faults.length;
  }
}

/** Of one that comes after all that is told; it is counted like them. */
const untold: Finding = { outcome: 'refused', faults: [{ path: '', code: 'row-repeated', message: 'is refused as the same row before is', vi: 'bị từ chối như dòng giống hệt ở trên' }] }; // prettier-ignore
