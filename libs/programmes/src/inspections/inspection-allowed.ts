import { inspectionActions, inspectionTable, isRemedyAction } from './inspection-table.js';
import type { InspectionAction } from './inspection-table.js';
import { fullFor, inspectingRole, openRecommendations } from './inspection.js';
import type { Inspection } from './inspection.js';
import { remedyActions, remedyRole, unmetByRemedy } from './remedies.js';
import type { ActingContext, KnownRecommendation, RemedyAction } from './remedies.js';

/** An action that leaves the present state; nothing unmet means that it may be done now. */
export interface AllowedAction<Action = InspectionAction> {
  readonly action: Action;
  /** Codes, in the order in which a refusal names them. */
  readonly unmet: readonly string[];
}

/** As whom somebody would do the action, which a delegation may change. */
export type ActingAs = (action: InspectionAction) => Pick<ActingContext, 'roles' | 'units' | 'people'>;

const notAuthorised = ['not-authorised'] as const;

/** What may be done in the present state. What is for one of several recommendations stands as for the one that it is most open for. */
export function allowedOn(state: Inspection, as: ActingAs): readonly AllowedAction[] {
  return inspectionActions
    .filter((action) => inspectionTable[action].from === state.state)
    .map((action) => ({ action, unmet: isRemedyAction(action) ? leastUnmet(action, state, as) : unmetOn(action, state, as) }));
}

/** What may be done about one recommendation: nothing where its state does not let it. */
export function allowedAbout(one: KnownRecommendation, state: Inspection, as: ActingAs): readonly AllowedAction<RemedyAction>[] {
  if (state.state !== 'concluded') return [];
  return remedyActions
    .map((action) => ({ action, unmet: unmetAbout(action, one, state, as) }))
    .filter(({ unmet }) => !unmet.includes('wrong-stage'));
}

function unmetOn(action: InspectionAction, state: Inspection, as: ActingAs): readonly string[] {
  const stands = [...(action === 'close' ? openRecommendations(state) : []), ...fullFor({ action }, state)];
  return [...(inspectingRole(state.announced.by, as(action)) ? [] : notAuthorised), ...stands.map(({ code }) => code)];
}

function unmetAbout(action: RemedyAction, one: KnownRecommendation, state: Inspection, as: ActingAs): readonly string[] {
  const context = as(action);
  const role = remedyRole(action, one, inspectingRole(state.announced.by, context), context);
  const stands = [...unmetByRemedy(action, one, context.people), ...fullFor({ action }, state)];
  return [...(role ? [] : notAuthorised), ...stands.map(({ code }) => code)];
}

function leastUnmet(action: RemedyAction, state: Inspection, as: ActingAs): readonly string[] {
  const each = state.recommendations.map((one) => unmetAbout(action, one, state, as));
  return (
    each.reduce<readonly string[] | null>((least, one) => (least && least.length <= one.length ? least : one), null) ?? ['wrong-stage']
  );
}
