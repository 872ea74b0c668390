import { sees } from '#workflow';
import type { Sight } from '#workflow';
import type { Inspection } from './inspection.js';

/**
 * As what somebody sees an inspection: `all` for the unit that inspects, those above it and auditors; `inspected` for the unit that is
 * inspected and those above it; `owner` for units that a recommendation is given to.
 */
export type InspectionPart = 'all' | 'inspected' | 'owner';

/** Whether units are in sight; an inspection itself is not classified. */
const isInSight = (sight: Sight, unit: string): boolean => sees(sight, { owningUnit: unit });

/** Null for somebody to whom it is not there. */
export function partSeen(
  { announced, recommendations }: Pick<Inspection, 'announced' | 'recommendations'>,
  sight: Sight,
): InspectionPart | null {
  if (isInSight(sight, announced.by)) return 'all';
  if (isInSight(sight, announced.of)) return 'inspected';
  return recommendations.some(({ owner }) => isInSight(sight, owner)) ? 'owner' : null;
}

/** Hardly anything of what is found is sure before the conclusion: until then it is for those who inspect. */
export function seesFindings(part: InspectionPart, { state }: Pick<Inspection, 'state'>): boolean {
  return part === 'all' || (part === 'inspected' && (state === 'concluded' || state === 'closed'));
}

/** Recommendations in sight: all to those who inspect, to others what is given to their units. */
export function recommendationsSeen(
  part: InspectionPart,
  { recommendations }: Pick<Inspection, 'recommendations'>,
  sight: Sight,
): Inspection['recommendations'] {
  return part === 'all' ? recommendations : recommendations.filter(({ owner }) => isInSight(sight, owner));
}
