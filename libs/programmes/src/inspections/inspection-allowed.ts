import { allowedAbout, leastUnmet } from '../recommendations/remedies-allowed.js';
import type { ActingAs, AllowedAction, Giver } from '../recommendations/remedies-allowed.js';
import { isRemedyAction, openRecommendations } from '../recommendations/remedies.js';
import type { KnownRecommendation, RemedyAction } from '../recommendations/remedies.js';
import { inspectionActions, inspectionTable } from './inspection-table.js';
import type { InspectionAction } from './inspection-table.js';
import { fullFor, inspectingRole } from './inspection.js';
import type { Inspection } from './inspection.js';

/** What may be done in the present state. What is for one of several recommendations stands as for the one that it is most open for. */
export function allowedOn(state: Inspection, as: ActingAs<InspectionAction>): readonly AllowedAction<InspectionAction>[] {
  return inspectionActions
    .filter((action) => inspectionTable[action].from === state.state)
    .map((action) => ({ action, unmet: isRemedyAction(action) ? leastUnmet(action, giverOf(state), as) : unmetOn(action, state, as) }));
}

/** What may be done about one recommendation: nothing where its state does not let it. */
export function allowedAboutOne(
  one: KnownRecommendation,
  state: Inspection,
  as: ActingAs<InspectionAction>,
): readonly AllowedAction<RemedyAction>[] {
  return state.state === 'concluded' ? allowedAbout(one, giverOf(state), as) : [];
}

function unmetOn(action: InspectionAction, state: Inspection, as: ActingAs<InspectionAction>): readonly string[] {
  const stands = [...(action === 'close' ? openRecommendations(state.recommendations) : []), ...fullFor({ action }, state)];
  return [...(inspectingRole(state.announced.by, as(action)) ? [] : ['not-authorised']), ...stands.map(({ code }) => code)];
}

const giverOf = (state: Inspection): Giver => ({
  recommendations: state.recommendations,
  role: (acting) => inspectingRole(state.announced.by, acting),
  full: (action) => fullFor({ action }, state),
});
