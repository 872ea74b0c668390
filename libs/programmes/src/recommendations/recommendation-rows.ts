import type { RecordedEvent } from '#event-store';
import { column } from '#processors';
import type { RemedyEvent } from './remedies.js';

/** Of a recommendation, whoever gave it, as lists need it. */
export const recommendationColumns = {
  id: column.uuid,
  owner: column.uuid,
  due_on: column.date,
  accepted: column.boolean,
  asked_at: column.instant,
  reminded: column.texts,
};

export interface RecommendationRow {
  readonly id: string;
  readonly owner: string;
  readonly due_on: string;
  readonly accepted: boolean;
  /** ISO 8601 UTC. */
  readonly asked_at: string;
  /** On which occasions. */
  readonly reminded: readonly string[];
}

/** The rows after what may be an event about them. @param given What says by whom it was given */
export function recommendationRowsAfter<Given extends object>(
  before: readonly (RecommendationRow & Given)[],
  event: RecordedEvent,
  given: Given,
): readonly (RecommendationRow & Given)[] {
  // The stream says what it is.
  const fact = event as unknown as RemedyEvent;
  if (fact.type === 'RecommendationMade') {
    const { id, owner, dueOn: due_on } = fact.data.recommendation;
    return [
      ...before.filter((one) => one.id !== id),
      { id, owner, due_on, accepted: false, asked_at: event.recordedAt, reminded: [], ...given },
    ];
  }
  if (fact.type === 'RemedyReminded') {
    const { recommendation, occasion } = fact.data;
    return before.map((one) => (one.id === recommendation ? { ...one, reminded: [...one.reminded, occasion] } : one));
  }
  if (fact.type !== 'RemedyAccepted') return before;
  return before.map((one) => (one.id === fact.data.recommendation ? { ...one, accepted: true } : one));
}

/** SQL: of recommendations `r`, how many there are, how many of them have an accepted remedy, and by when the first of the others is due. */
export const countedRecommendations = `count(*)::integer AS recommendations, count(*) FILTER (WHERE r.accepted)::integer AS accepted,
         min(r.due_on) FILTER (WHERE NOT r.accepted) AS due_on`;
