import { Big } from 'big.js';
import { isFigure } from '#reporting';
import type { ReportColumn, ReportRow } from '#reporting';

interface ComparedCell {
  readonly at: unknown;
  readonly with: unknown;
  /** From the first to the second: a number, of percentages text with two decimals; null where there is nothing to compare. */
  readonly difference: number | string | null;
}

export interface ComparedRow {
  readonly key: string;
  readonly cells: Readonly<Record<string, ComparedCell>>;
}

/** Rows of a report at two moments, those of the first in their order, then what only the second has. A number or an amount of a row that is missing is 0; a percentage and days are null, because of nothing there is no share and no length. */
export function compared(columns: readonly ReportColumn[], at: readonly ReportRow[], other: readonly ReportRow[]): readonly ComparedRow[] {
  const [before, after] = [at, other].map((rows) => new Map(rows.map((row) => [row.key, row])));
  const keys = new Set([...at, ...other].map(({ key }) => key));
  return [...keys].map((key) => ({
    key,
    cells: Object.fromEntries(columns.map((column) => [column.key, cellOf(column, before?.get(key), after?.get(key))])),
  }));
}

function cellOf(column: ReportColumn, before: ReportRow | undefined, after: ReportRow | undefined): ComparedCell {
  const missing = column.type === 'count' || column.type === 'money' ? 0 : null;
  const of = (row: ReportRow | undefined): unknown => (row ? (row[column.key] ?? null) : missing);
  const [at, other] = [of(before), of(after)];
  if (!isFigure(column) || !isNumber(at) || !isNumber(other)) return { at, with: other, difference: null };
  const difference = Big(other).minus(at);
  return { at, with: other, difference: column.type === 'percent' ? difference.toFixed(2) : difference.toNumber() };
}

const isNumber = (value: unknown): value is number | string => typeof value === 'number' || typeof value === 'string';
