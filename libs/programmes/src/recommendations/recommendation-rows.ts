import { column } from '#processors';
import type { RemedyEvent } from './remedies.js';

/** Of a recommendation, whoever gave it, as lists need it. */
export const recommendationColumns = { id: column.uuid, owner: column.uuid, due_on: column.date, accepted: column.boolean };

export interface RecommendationRow {
  readonly id: string;
  readonly owner: string;
  readonly due_on: string;
  readonly accepted: boolean;
}

/** The rows after what may be an event about them. @param given What says by whom it was given */
export function recommendationRowsAfter<Given extends object>(
  before: readonly (RecommendationRow & Given)[],
  event: Pick<RemedyEvent, 'type'> | { readonly type: string },
  given: Given,
): readonly (RecommendationRow & Given)[] {
  // The stream says what it is.
  const fact = event as RemedyEvent;
  if (fact.type === 'RecommendationMade') {
    const { id, owner, dueOn: due_on } = fact.data.recommendation;
    return [...before.filter((one) => one.id !== id), { id, owner, due_on, accepted: false, ...given }];
  }
  if (fact.type !== 'RemedyAccepted') return before;
  return before.map((one) => (one.id === fact.data.recommendation ? { ...one, accepted: true } : one));
}

/** SQL: of recommendations `r`, how many there are, how many of them have an accepted remedy, and by when the first of the others is due. */
export const countedRecommendations = `count(*)::integer AS recommendations, count(*) FILTER (WHERE r.accepted)::integer AS accepted,
         min(r.due_on) FILTER (WHERE NOT r.accepted) AS due_on`;
