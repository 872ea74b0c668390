/** What a target is measured by. */
export const metrics = [
  'published', 'optionProposed', 'optionApproved', 'simplified', 'proceduresCut', 'costCut', 'timeCut', 'conditionsCut',
] as const; // prettier-ignore
export type Metric = (typeof metrics)[number];

/** What units report themselves, by the code of the indicator. */
export type IndicatorMetric = `indicator:${string}`;
const indicatorPrefix = 'indicator:';

/** The code of the indicator that it is measured by; null for what is counted from procedures. */
export const indicatorIn = (metric: Metric | IndicatorMetric): string | null =>
  metric.startsWith(indicatorPrefix) ? metric.slice(indicatorPrefix.length) : null;

/** Whether it says by how much something became less, so that there is something to measure it against. */
export const isCut = (metric: Metric | IndicatorMetric): boolean => ['costCut', 'timeCut', 'conditionsCut'].includes(metric);

/** Which procedures count: all of them where nothing is named. */
export interface Scope {
  readonly kind?: string;
  readonly group?: string;
  /** Unit id: what it owns, and what units below it own. */
  readonly unit?: string;
  readonly field?: string;
}

/** Against what a cut is measured: what a year of it cost at the end of that year, or a whole that is stated. */
export type Baseline = { readonly year: number } | { readonly value: string };

/** What leaders want to reach. */
export interface Target {
  readonly id: string;
  readonly metric: Metric | IndicatorMetric;
  /** Percentage in text, at most two decimals. */
  readonly threshold: string;
  /** YYYY-MM-DD, the last day. */
  readonly deadline: string;
  readonly scope: Scope;
  /** (Default: what it cost before) */
  readonly baseline?: Baseline;
}
