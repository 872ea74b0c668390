import { kindWords, metricWords } from '../words/codes';
import type { Say, Word } from '../words/words';
import type { Standing } from './programmes-queries';

type Metric = keyof typeof metricWords;
const isCounted = (metric: string): metric is Metric => Object.hasOwn(metricWords, metric);

/** What numerator and denominator count. */
const unitWords = {
  published: 'programmes.of.procedures',
  optionProposed: 'programmes.of.procedures',
  optionApproved: 'programmes.of.procedures',
  simplified: 'programmes.of.procedures',
  proceduresCut: 'programmes.of.procedures',
  costCut: 'programmes.of.money',
  timeCut: 'programmes.of.days',
  conditionsCut: 'programmes.of.conditions',
} as const satisfies Record<Metric, Word>;

/** So many of what the denominator counts. */
export const wholeText = (metric: string, number: string, say: Say): string =>
  say(isCounted(metric) ? unitWords[metric] : 'programmes.of.indicator', { number });

/** Whether it says by how much something became less, so that there is something to measure it against. */
export const isCut = (metric: string): boolean => ['costCut', 'timeCut', 'conditionsCut'].includes(metric);

/** Whether units report it themselves. */
export const isIndicator = (metric: string): boolean => metric.startsWith('indicator:');

/** Which procedures count, in words. */
export function scopeText({ kind, group, unit, field }: Standing['scope'], say: Say, nameOf: (unit: string) => string): string {
  const named = [
    ...(kind === undefined ? [] : [say(kindWords[kind])]),
    ...(group === undefined ? [] : [say('programmes.group', { group })]),
    ...(unit === undefined ? [] : [nameOf(unit)]),
    ...(field === undefined ? [] : [field]),
  ];
  return named.length === 0 ? say('programmes.everything') : named.join(', ');
}
