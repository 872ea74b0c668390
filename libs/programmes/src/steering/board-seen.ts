import { sees } from '#workflow';
import type { Sight } from '#workflow';
import { allowedAbout, leastUnmet } from '../recommendations/remedies-allowed.js';
import type { ActingAs, AllowedAction, Giver } from '../recommendations/remedies-allowed.js';
import { isRemedyAction, openRecommendations } from '../recommendations/remedies.js';
import type { KnownRecommendation, RemedyAction } from '../recommendations/remedies.js';
import { boardActions } from './board-table.js';
import type { BoardAction } from './board-table.js';
import { boardRole, fullFor } from './board.js';
import type { Board } from './board.js';
import { isInOffice } from './members.js';

/** As what somebody sees a board: `all` for its unit, those above it, auditors and its members in office; `owner` for units that something is asked of. */
export type BoardPart = 'all' | 'owner';

export interface BoardReader {
  readonly sight: Sight;
  /** Person id. */
  readonly person: string;
  /** YYYY-MM-DD in Vietnam. */
  readonly today: string;
}

const isInSight = (sight: Sight, unit: string): boolean => sees(sight, { owningUnit: unit });

/** Null for somebody to whom it is not there. */
export function partSeen(
  { established, members, recommendations }: Pick<Board, 'established' | 'members' | 'recommendations'>,
  { sight, person, today }: BoardReader,
): BoardPart | null {
  if (isInSight(sight, established.unit)) return 'all';
  if (members.some((one) => one.person === person && isInOffice(one, today))) return 'all';
  return recommendations.some(({ owner }) => isInSight(sight, owner)) ? 'owner' : null;
}

/** What is there of it for the part: to units that something is asked of that alone. */
export function boardSeen(part: BoardPart, state: Board, { sight }: BoardReader): Board {
  if (part === 'all') return state;
  const recommendations = state.recommendations.filter(({ owner }) => isInSight(sight, owner));
  return { ...state, members: [], meetings: [], conclusions: [], recommendations };
}

/** What may be done now. What is for one of several recommendations stands as for the one that it is most open for. */
export function allowedOn(state: Board, as: ActingAs<BoardAction>): readonly AllowedAction<BoardAction>[] {
  if (state.state === 'dissolved') return [];
  return boardActions.map((action) => ({
    action,
    unmet: isRemedyAction(action) ? leastUnmet(action, giverOf(state), as) : unmetOn(action, state, as),
  }));
}

/** What may be done about one recommendation: nothing where its state does not let it. */
export function allowedAboutOne(one: KnownRecommendation, state: Board, as: ActingAs<BoardAction>): readonly AllowedAction<RemedyAction>[] {
  return state.state === 'active' ? allowedAbout(one, giverOf(state), as) : [];
}

function unmetOn(action: BoardAction, state: Board, as: ActingAs<BoardAction>): readonly string[] {
  const stands = [...(action === 'dissolve' ? openRecommendations(state.recommendations) : []), ...fullFor({ action }, state)];
  return [...(boardRole(state.established.unit, as(action)) ? [] : ['not-authorised']), ...stands.map(({ code }) => code)];
}

const giverOf = (state: Board): Giver => ({
  recommendations: state.recommendations,
  role: (acting) => boardRole(state.established.unit, acting),
  full: (action) => fullFor({ action }, state),
});
