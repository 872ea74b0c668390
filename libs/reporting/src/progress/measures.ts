import type { Baseline, Metric } from '#programmes';

/** What each procedure adds to a target: expressions over rows `r` of the figures. */
export interface Measure {
  readonly numerator: string;
  readonly denominator: string;
  /** 1 for each that nothing is known of; null where there are none by nature. */
  readonly without: string | null;
}

/** What a year of it cost at the end of that year where it is known, else before anything was simplified. */
function baseAt(baseline: Baseline | undefined, parameter: (value: unknown) => string): string {
  if (!baseline || 'value' in baseline) return 'r.base';
  const end = parameter(`${String(baseline.year)}-12-31`);
  return `coalesce((SELECT (cost ->> 1)::bigint FROM jsonb_array_elements(r.costs) WITH ORDINALITY AS of (cost, place)
     WHERE cost ->> 0 <= ${end} ORDER BY place DESC LIMIT 1), r.base)`;
}

/** @param one Of how many procedures a row is. (Default: one) */
export function measureOf(metric: Metric, baseline: Baseline | undefined, parameter: (value: unknown) => string, one = '1'): Measure {
  const counting = (what: string): string => `CASE WHEN ${what} THEN ${one} ELSE 0 END`;
  const part = (what: string, of: string): Measure => ({ numerator: counting(what), denominator: counting(of), without: null });
  switch (metric) {
    case 'published':
      return part('r.published', 'true');
    case 'optionProposed':
      return part('r.published AND r.option_proposed', 'r.published');
    case 'optionApproved':
      return part('r.published AND r.option_approved', 'r.published');
    case 'simplified':
      return part('r.published AND r.simplified', 'r.published');
    case 'proceduresCut':
      return part('r.abolished', 'r.published');
    case 'timeCut':
      return { numerator: 'r.days_before - r.days_after', denominator: 'r.days_before', without: null };
    case 'conditionsCut':
      return { numerator: 'r.conditions_before - r.conditions_after', denominator: 'r.conditions_before', without: null };
    case 'costCut': {
      const base = baseAt(baseline, parameter);
      return {
        // What was abolished without an option costs nothing any more.
        numerator: `CASE WHEN r.abolished AND NOT r.simplified THEN ${base} ELSE r.implemented END`,
        denominator: base,
        without: counting(`${base} IS NULL`),
      };
    }
  }
}
