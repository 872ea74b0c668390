import { administeringRole, authorise, isCleared, mayOwn, optionActions, rolesFor, rulesOf, unitsAt } from '#workflow';
import type { AnyAction, Classification, Group, HeldRole, Kind, Owned, Transition } from '#workflow';
import type { DecisionContext } from './commands.js';
import type { Condition } from './conditions.js';
import { isBeside, openOption } from './state.js';
import type { Beside, ProcedureRecord, RegisteredProcedure } from './state.js';
import { verdict } from './verdict.js';
import type { Because, Verdict } from './verdict.js';

/** What a registration says about who may do it. */
export interface Registration {
  readonly kind: Kind;
  readonly group?: Group | undefined;
  /** Unit id. */
  readonly owningUnit: string;
  readonly classification?: Classification | undefined;
}

/** The person who acts, then the one acted for. */
export function peopleOf({ actor }: DecisionContext): readonly string[] {
  return actor.actingFor === undefined ? [actor.id] : [actor.id, actor.actingFor.id];
}

/** Those, and who else counts as one of them: nobody is kept apart from their own program. */
export function countedAs({ id, countsAs = [], actingFor }: DecisionContext['actor']): readonly string[] {
  return [id, ...countsAs, ...(actingFor ? [actingFor.id, ...(actingFor.countsAs ?? [])] : [])];
}

/** The transition that the action would take from where the procedure stands now. */
export function transitionOf(action: AnyAction, state: RegisteredProcedure, { definition }: DecisionContext): Transition | undefined {
  if (state.phase === 'ended' || definition.stages[state.stage]?.end) return undefined;
  if (state.suspended ? action !== 'resume' && action !== 'correct' : action === 'resume') return undefined;
  // One option is open at a time, and nothing is done to none.
  if (optionActions.includes(action) && (action === 'propose-option') === (openOption(state) !== undefined)) return undefined;
  return definition.transitions.find(
    ({ action: name, from, requires }) =>
      name === action &&
      (from === 'open' || from.includes(state.stage)) &&
      (!requires.includes('ever-published') || state.everPublished) &&
      (!requires.includes('never-published') || !state.everPublished),
  );
}

/**
 * The role and unit by which the actor, or whom they act for, may do the action; null when none does. Where the action has several rules and
 * the stage does not say which, any of them counts. A correction takes the rule of the record that it corrects, of any record when none is named.
 * A migration is for administrators of the owning unit or of one above it.
 */
export function authorisingRole(
  action: AnyAction | 'migrate',
  subject: RegisteredProcedure | Registration,
  context: DecisionContext,
  correctedRevision?: number,
): HeldRole | null {
  const { actor } = context;
  const held = rolesFor(action, actor);
  if (!isCleared(actor.clearance ?? 'none', subject.classification ?? 'none')) return null;
  // Nobody administers for somebody else.
  if (action === 'migrate') return actor.actingFor ? null : administeringRole(held, subject.owningUnit, context.units);
  if (action === 'register' && !mayOwn(ownedBy(subject), context.authority, context.units)) return null;
  return authorise(rulesAsked(action, subject, context, correctedRevision), ownedBy(subject), held, context);
}

const ownedBy = ({ group, kind, owningUnit }: Registration): Owned => ({ class: group ?? kind, owningUnit });

/** The names of the rules of the policy, any of which lets the action be done. */
function rulesAsked(
  action: AnyAction,
  subject: RegisteredProcedure | Registration,
  context: DecisionContext,
  correctedRevision?: number,
): readonly string[] {
  if (action === 'correct') {
    if (!('records' in subject)) return [];
    const records = correctedRevision === undefined ? subject.records : subject.records.slice(correctedRevision, correctedRevision + 1);
    return [...new Set(records.flatMap((record) => rulesOfRecord(record, context)))];
  }
  const transition = 'records' in subject ? transitionOf(action, subject, context) : undefined;
  return transition ? [transition.authority] : rulesOf(action, context.definition, context.authority);
}

/** Whether the actor may do it at all: by which rules of the policy, where, and by which of their roles. */
export function mayAct(
  action: AnyAction | 'migrate',
  subject: RegisteredProcedure | Registration,
  context: DecisionContext,
  correctedRevision?: number,
): Verdict {
  const held = authorisingRole(action, subject, context, correctedRevision);
  return verdict('not-authorised', held ? [] : [notAuthorised(action)], 'authority', () => ({
    says: {
      ...actingIn(action, context),
      rules:
        action === 'migrate'
          ? [{ rule: 'migrate', role: 'administrator', units: context.units.pathUp(subject.owningUnit).map(({ id }) => id) }]
          : rulesAsked(action, subject, context, correctedRevision).flatMap((name) => {
              const rule = context.authority.rules[name];
              return rule ? [{ rule: name, ...rule, units: unitsAt(rule.at, ownedBy(subject), context.authority, context.units) }] : [];
            }),
      classification: subject.classification ?? 'none',
      held,
    },
  }));
}

/** In which roles somebody acts, for whom, and up to which classification. */
export const actingIn = (action: AnyAction | Beside, { actor }: DecisionContext): Because['says'] => ({
  action,
  roles: rolesFor(action, actor),
  actingFor: actor.actingFor?.id ?? null,
  clearance: actor.clearance ?? 'none',
});

export function notAuthorised(action: AnyAction | Beside): Condition {
  return { code: 'not-authorised', message: `Your roles do not let you ${action.replace('-', ' ')} here.` };
}

export function rulesOfRecord({ action, from }: ProcedureRecord, { definition, authority }: DecisionContext): readonly string[] {
  if (action === 'correct' || isBeside(action) || action === null) return [];
  const transition = definition.transitions.find(
    (one) => one.action === action && from !== null && one.from !== 'open' && one.from.includes(from),
  );
  return transition ? [transition.authority] : rulesOf(action, definition, authority);
}
