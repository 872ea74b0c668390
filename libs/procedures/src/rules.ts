import {
  actions,
  administeringRole,
  authorise,
  isCleared,
  isReferenceOnly,
  isSameRole,
  mayOwn,
  optionActions,
  rolesFor,
  rulesOf,
  unitsAt,
  workOf,
} from '#workflow';
import type { Action, AnyAction, Classification, Group, HeldRole, Kind, Requirement, Transition } from '#workflow';
import type { DecisionContext } from './commands.js';
import { inOrder } from './conditions.js';
import type { Condition, ConditionCode } from './conditions.js';
import { mostStored } from './limits.js';
import { missingParts } from './parts.js';
import { isBeside, openOption } from './state.js';
import type { Beside, ProcedureRecord, RegisteredProcedure } from './state.js';

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
  const owned = { class: subject.group ?? subject.kind, owningUnit: subject.owningUnit };
  const roleFor = (rules: readonly string[]): HeldRole | null => authorise(rules, owned, held, context);
  // Nobody administers for somebody else.
  if (action === 'migrate') return actor.actingFor ? null : administeringRole(held, subject.owningUnit, context.units);
  if (action === 'correct') {
    if (!('records' in subject)) return null;
    const records = correctedRevision === undefined ? subject.records : subject.records.slice(correctedRevision, correctedRevision + 1);
    return records.reduce<HeldRole | null>((found, record) => found ?? roleFor(rulesOfRecord(record, context)), null);
  }
  if (action === 'register' && !mayOwn(owned, context.authority, context.units)) return null;
  const transition = 'records' in subject ? transitionOf(action, subject, context) : undefined;
  return roleFor(transition ? [transition.authority] : rulesOf(action, context.definition, context.authority));
}

/** Every condition that stands between the actor and the action, in the order in which a refusal names them, for a well-formed body. */
export function unmetConditions(
  action: AnyAction,
  state: RegisteredProcedure,
  context: DecisionContext,
  correctedRevision?: number,
): readonly Condition[] {
  const transition = transitionOf(action, state, context);
  // Out of place, the action still says what else stands against it.
  const requirer = transition ?? context.definition.transitions.find((one) => one.action === action);
  const unmet: Condition[] = [];
  if (!authorisingRole(action, state, context, correctedRevision)) unmet.push(notAuthorised(action));
  if (!transition) unmet.push(wrongStage(action, state));
  for (const requirement of requirer?.requires ?? []) unmet.push(...unmetBy(requirement, state));
  if (requirer && isSamePerson(requirer, state, context))
    unmet.push({
      code: 'same-person',
      message: `"${action}" must be done by somebody else than ${requirer.differentFrom.map((one) => `"${one}"`).join(' and ')}.`,
    });
  if (action === 'correct' && correctedRevision !== undefined && isKeptFrom(correctedRevision, state, context))
    unmet.push({ code: 'same-person', message: 'Whoever corrects it would have done two things to the option that two people must do.' });
  if (isFull(state) && !endings.includes(action)) unmet.push(procedureFull);
  return inOrder(unmet);
}

/** What may still be done when no more is taken. */
const endings: readonly AnyAction[] = ['abolish', 'withdraw'];

export function isFull({ records }: RegisteredProcedure): boolean {
  return records.length >= mostStored.events || (records.at(-1)?.stored ?? 0) >= mostStored.characters;
}

export const procedureFull: Condition = {
  code: 'procedure-full',
  message: 'So much is stored of this procedure that no more is taken: it can be abolished or withdrawn, and registered anew.',
};

/** What the procedure itself lacks of what a transition requires. A requirement without a case here does not compile. */
function unmetBy(requirement: Requirement, state: RegisteredProcedure): readonly Condition[] {
  switch (requirement) {
    case 'ever-published':
    case 'never-published':
      // They say which transition is taken: see `transitionOf`.
      return [];
    case 'decision-if-published':
      // The body's shape depends on it, which `decide` looks at first.
      return [];
    case 'necessary':
      if (!isStopped(state)) return [];
      return [
        {
          code: 'not-necessary',
          message: 'The latest review found it not necessary or beyond powers: it can only be abolished or withdrawn.',
        },
      ];
    case 'parts':
      // What is held as a reference has its parts elsewhere.
      return isReferenceOnly(state.classification) ? [] : missingParts(state.title, state.parts);
  }
}

/** An action that the stage knows, and what stands between somebody and it. */
export interface Allowed<Name extends AnyAction = Action> {
  readonly action: Name;
  /** Codes; empty where the actor may do it now. */
  readonly unmet: readonly ConditionCode[];
  /** Paths of the parts that are missing for it. */
  readonly missing: readonly string[];
  /** By which roles it is done, the one nearest to the owner first, whoever holds them. */
  readonly by: readonly HeldRole[];
  /** What it can do without, and the lifecycle asks for here: paths in its body. */
  readonly inputs: readonly string[];
  /** Whether it moves the procedure on, so that it stands in worklists. */
  readonly isWork: boolean;
}

/** What leaves the present stage, and what stands between the actor and each of it. Agrees with `decide` for well-formed bodies. */
export function allowed(state: RegisteredProcedure, context: DecisionContext): Allowed[] {
  return actions.flatMap((action) => allowedOf(action, state, context));
}

/** The same of one action; empty where the stage does not know it. */
export function allowedOf<Name extends AnyAction>(action: Name, state: RegisteredProcedure, context: DecisionContext): Allowed<Name>[] {
  const transition = transitionOf(action, state, context);
  if (!transition) return [];
  const unmet = unmetConditions(action, state, context);
  return [
    {
      action,
      unmet: [...new Set(unmet.map(({ code }) => code))],
      missing: unmet.flatMap(({ code, path }) => (code === 'parts-missing' && path !== undefined ? [path] : [])),
      by: rolesBy(
        action === 'correct' ? state.records.flatMap((record) => rulesOfRecord(record, context)) : [transition.authority],
        state,
        context,
      ),
      // What is held as a reference cannot be asked for more.
      inputs: isReferenceOnly(state.classification) ? [] : (transition.inputs ?? []),
      isWork: isOnward(transition, state),
    },
  ];
}

function rolesBy(
  rules: readonly string[],
  { group, kind, owningUnit }: RegisteredProcedure,
  { authority, units }: DecisionContext,
): readonly HeldRole[] {
  const owned = { class: group ?? kind, owningUnit };
  const held = [...new Set(rules)].flatMap((name) => {
    const rule = authority.rules[name];
    return rule ? unitsAt(rule.at, owned, authority, units).map((unit) => ({ role: rule.role, unit })) : [];
  });
  return held.filter((one, index) => held.findIndex((other) => isSameRole(one, other)) === index);
}

/** Whether it leads on what has passed its review, or away what has not. */
const isOnward = (transition: Transition, state: RegisteredProcedure): boolean =>
  workOf(transition) === (isStopped(state) ? 'stopped' : 'passed');

/** What moves the procedure on and is open to the actor now: what stands in their worklist. */
export function workFor(state: RegisteredProcedure, context: DecisionContext): readonly Action[] {
  return actions.filter((action) => {
    const transition = transitionOf(action, state, context);
    return transition && isOnward(transition, state) && unmetConditions(action, state, context).length === 0;
  });
}

export function notAuthorised(action: AnyAction | Beside): Condition {
  return { code: 'not-authorised', message: `Your roles do not let you ${action.replace('-', ' ')} here.` };
}

export function wrongStage(action: AnyAction, state: RegisteredProcedure): Condition {
  const stage = state.suspended ? `${state.stage} and suspended` : state.stage;
  return {
    code: 'wrong-stage',
    message: `"${action}" is not open: the procedure is ${stage}${state.everPublished ? '' : ' and was never published'}.`,
  };
}

/** An unset review stops nothing; it is the stage that waits for one. */
function isStopped({ review }: RegisteredProcedure): boolean {
  return review !== undefined && !(review.necessary && review.withinPowers);
}

function isSamePerson({ differentFrom }: Transition, state: RegisteredProcedure, context: DecisionContext): boolean {
  const option = openOption(state);
  const acting = countedAs(context.actor);
  const doersOf = (action: AnyAction): readonly string[] =>
    (optionActions.includes(action) ? option?.people[action] : state.people?.[action]) ?? [];
  return differentFrom.some((action) => doersOf(action).some((person) => acting.includes(person)));
}

/** Whoever corrects a record counts among those who did it, so what keeps them from doing it keeps them from correcting it. */
function isKeptFrom(revision: number, state: RegisteredProcedure, { actor, definition }: DecisionContext): boolean {
  const { action, event } = state.records[revision] ?? {};
  if (action === undefined || action === null || isBeside(action) || event === undefined || !('optionId' in event.data)) return false;
  const { optionId } = event.data;
  const people = state.options.find(({ id }) => id === optionId)?.people ?? {};
  const acting = countedAs(actor);
  const others = definition.transitions.flatMap((one) => [
    ...(one.action === action ? one.differentFrom : []),
    ...(one.differentFrom.includes(action) ? [one.action] : []),
  ]);
  return others.some((other) => (people[other] ?? []).some((person) => acting.includes(person)));
}

function rulesOfRecord({ action, from }: ProcedureRecord, { definition, authority }: DecisionContext): readonly string[] {
  if (action === 'correct' || isBeside(action) || action === null) return [];
  const transition = definition.transitions.find(
    (one) => one.action === action && from !== null && one.from !== 'open' && one.from.includes(from),
  );
  return transition ? [transition.authority] : rulesOf(action, definition, authority);
}
