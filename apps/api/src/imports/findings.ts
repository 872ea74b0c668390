import type { ImportProgress, RefusedCell } from '#imports';

/** Most refused cells that are told one by one. */
export const mostTold = 1_000;
/** Most rows that are passed over by a partial import; one with more is no sheet for it. */
export const mostPassedOver = 100_000;

/** Counts what becomes of rows. */
export class Findings implements ImportProgress {
  rows = 0;
  accepted = 0;
  repeated = 0;
  refusedRows = 0;
  moreRefused = 0;
  readonly refused: RefusedCell[];
  readonly passedOver: number[] = [];

  /** (Default: nothing was counted yet) */
  constructor(before?: ImportProgress) {
    this.refused = [...(before?.refused ?? [])];
    if (!before) return;
    const { rows, accepted, repeated, refusedRows, moreRefused } = before;
    Object.assign(this, { rows, accepted, repeated, refusedRows, moreRefused });
  }

  refuse(row: number, cells: readonly RefusedCell[]): void {
    this.refusedRows++;
    if (this.passedOver.length <= mostPassedOver) this.passedOver.push(row);
    this.tell(cells);
  }

  /** Of the sheet as a whole, or its header. */
  tell(cells: readonly RefusedCell[]): void {
    const told = cells.slice(0, Math.max(0, mostTold - this.refused.length));
    this.refused.push(...told);
    this.moreRefused += cells.length - told.length;
  }

  /** Why it ended before its end, whatever else was told. */
  tellFirst(cell: RefusedCell): void {
    this.refused.unshift(cell);
    this.moreRefused += this.refused.splice(mostTold).length;
  }
}
