import { workingDaysLeft } from '#programmes';
import type { SeenRecommendation } from '#programmes';
import type { CalendarDays } from '#workflow';
import type { RecommendationAnswer } from './recommendations.dto.js';

/** Plain data, to which others may add. */
type ShownRecommendation = Pick<RecommendationAnswer, keyof RecommendationAnswer>;

/** Recommendations as the API answers them, by the days of the newest calendar. */
export function shownRecommendations(
  recommendations: readonly SeenRecommendation[],
  today: string,
  days: CalendarDays | null,
): ShownRecommendation[] {
  return recommendations.map(({ id, text, owner, state, remedies, allowed, ...one }) => {
    const { dueOn, workingDaysLeft: left, overdue } = standing(one.dueOn, today, days);
    const isOver = state === 'accepted';
    return {
      ...{ id, text, owner, dueOn: dueOn ?? one.dueOn, state, workingDaysLeft: isOver ? null : left, overdue: overdue && !isOver },
      // Who reported it is for the log.
      remedies: remedies.map(({ text: said, evidence, reportedOn, outcome, decidedOn, reason }) => ({
        ...{ text: said, reportedOn },
        ...(evidence !== undefined && { evidence }),
        ...(outcome !== undefined && { outcome }),
        ...(decidedOn !== undefined && { decidedOn }),
        ...(reason !== undefined && { reason }),
      })),
      allowed: allowed.map(({ action, unmet }) => ({ action, unmet: [...unmet] })),
    };
  });
}

/** By when something is due, and how long that is. */
export interface Standing {
  readonly dueOn: string | null;
  readonly workingDaysLeft: number | null;
  readonly overdue: boolean;
}

export const standing = (dueOn: string | null, today: string, days: CalendarDays | null): Standing => ({
  dueOn,
  workingDaysLeft: dueOn === null ? null : workingDaysLeft(days, today, dueOn),
  overdue: dueOn !== null && dueOn < today,
});

/** Null where there is none. */
export const earliest = (dates: readonly string[]): string | null =>
  dates.reduce<string | null>((first, one) => (first === null || one < first ? one : first), null);
