import { isReferenceOnly, optionActions } from '#workflow';
import type { AnyAction, Requirement, Transition } from '#workflow';
import { countedAs, mayAct, transitionOf } from './authorising.js';
import type { DecisionContext } from './commands.js';
import type { Condition } from './conditions.js';
import type { Review } from './events.js';
import { mostStored } from './limits.js';
import { missingParts } from './parts.js';
import { isBeside, openOption } from './state.js';
import type { Beside, ProcedureRecord, RegisteredProcedure } from './state.js';
import { verdict } from './verdict.js';
import type { Because, Rests, Verdict } from './verdict.js';

/** What every rule says of the action that asks nothing of its body, for one that is well formed. */
export function verdictsOn(
  action: AnyAction,
  state: RegisteredProcedure,
  context: DecisionContext,
  correctedRevision?: number,
): readonly Verdict[] {
  const transition = transitionOf(action, state, context);
  // Out of place, the action still says what else stands against it.
  const requirer = transition ?? context.definition.transitions.find((one) => one.action === action);
  return [
    mayAct(action, state, context, correctedRevision),
    verdict('wrong-stage', transition ? [] : [wrongStage(action, state)], 'stage', () => stageFact(state, transition)),
    ...(requirer?.requires ?? []).flatMap((requirement) => verdictBy(requirement, state)),
    ...(requirer && requirer.differentFrom.length > 0 ? [areDifferent(requirer, state, context)] : []),
    ...(action === 'correct' && correctedRevision !== undefined ? mayCorrect(correctedRevision, state, context) : []),
    hasRoom(state, action),
  ];
}

function stageFact(state: RegisteredProcedure, transition: Transition | undefined): ReturnType<Rests> {
  const { stage, suspended, records } = state;
  return {
    says: {
      stage,
      suspended,
      ended: state.phase === 'ended',
      everPublished: state.everPublished,
      ...(transition && { leadsTo: transition.to }),
    },
    revisions: [
      records.findLastIndex(({ from, event }) => event.data.stage === stage && from !== stage),
      ...(suspended ? [newest(records, 'suspend')] : []),
    ],
  };
}

/** The revision at which that was done last; -1 where it never was. */
const newest = (records: readonly ProcedureRecord[], action: ProcedureRecord['action']): number =>
  records.findLastIndex((one) => one.action === action);

/** What may still be done when no more is taken. */
const endings: readonly AnyAction[] = ['abolish', 'withdraw'];

function isFull({ records }: RegisteredProcedure): boolean {
  return records.length >= mostStored.events || (records.at(-1)?.stored ?? 0) >= mostStored.characters;
}

const procedureFull: Condition = {
  code: 'procedure-full',
  message: 'So much is stored of this procedure that no more is taken: it can be abolished or withdrawn, and registered anew.',
};

/** Whether more is taken of the procedure, for what does not end it. */
export function hasRoom(state: RegisteredProcedure, action: AnyAction | Beside): Verdict {
  const isEnding = endings.some((one) => one === action);
  return verdict('procedure-full', isFull(state) && !isEnding ? [procedureFull] : [], 'stored', () => ({
    says: { events: state.records.length, characters: state.records.at(-1)?.stored ?? 0, most: mostStored },
    revisions: [state.records.length - 1],
  }));
}

/** What a transition requires of the procedure itself. A requirement without a case here does not compile. */
function verdictBy(requirement: Requirement, state: RegisteredProcedure): readonly Verdict[] {
  switch (requirement) {
    case 'ever-published':
    case 'never-published':
      // They say which transition is taken: see `transitionOf`.
      return [];
    case 'decision-if-published':
      // The body's shape depends on it, which `decide` looks at first.
      return [];
    case 'necessary':
      return [isNecessary(state)];
    case 'parts':
      // What is held as a reference has its parts elsewhere.
      return isReferenceOnly(state.classification) ? [] : [hasParts(state)];
  }
}

function isNecessary(state: RegisteredProcedure): Verdict {
  const message = 'The latest review found it not necessary or beyond powers: it can only be abolished or withdrawn.';
  return verdict('not-necessary', isStopped(state) ? [{ code: 'not-necessary', message }] : [], 'review', () => ({
    says: { reviewed: state.review !== undefined, ...(state.review && answersOf(state.review)) },
    revisions: [newest(state.records, 'review')],
  }));
}

const answersOf = ({ necessary, withinPowers }: Review): Because['says'] => ({ necessary, withinPowers });

function hasParts(state: RegisteredProcedure): Verdict {
  const missing = missingParts(state.title, state.parts);
  return verdict('parts-missing', missing, 'parts', () => ({
    says: { missing: missing.map(({ path }) => path), filled: Object.keys(state.parts) },
    revisions: state.records.flatMap(({ event }, revision) => ('parts' in event.data ? [revision] : [])),
  }));
}

export function wrongStage(action: AnyAction, state: RegisteredProcedure): Condition {
  const stage = state.suspended ? `${state.stage} and suspended` : state.stage;
  return {
    code: 'wrong-stage',
    message: `"${action}" is not open: the procedure is ${stage}${state.everPublished ? '' : ' and was never published'}.`,
  };
}

/** An unset review stops nothing; it is the stage that waits for one. */
export function isStopped({ review }: RegisteredProcedure): boolean {
  return review !== undefined && !(review.necessary && review.withinPowers);
}

/** Whether the actor is somebody else than whoever did what must be done by another person. */
function areDifferent({ action, differentFrom }: Transition, state: RegisteredProcedure, context: DecisionContext): Verdict {
  const option = openOption(state);
  const acting = countedAs(context.actor);
  const doersOf = (one: AnyAction): readonly string[] => (optionActions.includes(one) ? option?.people[one] : state.people?.[one]) ?? [];
  const isSame = differentFrom.some((one) => doersOf(one).some((person) => acting.includes(person)));
  const message = `"${action}" must be done by somebody else than ${differentFrom.map((one) => `"${one}"`).join(' and ')}.`;
  return verdict('same-person', isSame ? [{ code: 'same-person', message }] : [], 'people', () => ({
    says: { acting, differentFrom: differentFrom.map((one) => ({ action: one, people: doersOf(one) })) },
    revisions: differentFrom.map((one) => newest(state.records, one)),
  }));
}

/** Whoever corrects a record counts among those who did it, so what keeps them from doing it keeps them from correcting it. */
function mayCorrect(revision: number, state: RegisteredProcedure, { actor, definition }: DecisionContext): readonly Verdict[] {
  const { action, event } = state.records[revision] ?? {};
  if (action === undefined || action === null || isBeside(action) || event === undefined || !('optionId' in event.data)) return [];
  const { optionId } = event.data;
  const people = state.options.find(({ id }) => id === optionId)?.people ?? {};
  const acting = countedAs(actor);
  const others = definition.transitions.flatMap((one) => [
    ...(one.action === action ? one.differentFrom : []),
    ...(one.differentFrom.includes(action) ? [one.action] : []),
  ]);
  const isKept = others.some((other) => (people[other] ?? []).some((person) => acting.includes(person)));
  const message = 'Whoever corrects it would have done two things to the option that two people must do.';
  return [
    verdict('same-person', isKept ? [{ code: 'same-person', message }] : [], 'people', () => ({
      says: { acting, differentFrom: [...new Set(others)].map((other) => ({ action: other, people: people[other] ?? [] })) },
      revisions: [revision],
    })),
  ];
}
