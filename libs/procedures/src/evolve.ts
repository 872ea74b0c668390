import type { Actor } from '#event-store';
import { optionActions } from '#workflow';
import type { AnyAction } from '#workflow';
import { correctedEvent } from './corrected-event.js';
import type { People, ProcedureEvent, Review } from './events.js';
import { mergeParts } from './parts.js';
import { openOption } from './state.js';
import type { Option, Procedure, RegisteredProcedure } from './state.js';

/** An event with what the log knows of who acted, where it comes from the log. */
type Fact = ProcedureEvent & { readonly metadata?: { readonly actor: Pick<Actor, 'id' | 'onBehalfOf'> } };

/**
 * What an event changes. It reads events alone, never definitions, so history folds the same for ever. A type that it does
 * not know adds a record, so that records stay one for each revision, and changes nothing else.
 */
export function evolve(state: Procedure, event: Fact): Procedure {
  if (state.phase === 'unregistered') return event.type === 'ProcedureRegistered' ? registered(event) : state;
  const record = { action: isKnown(event) ? actionOf(event) : null, from: state.stage, event };
  if (record.action === null) return withRecord(state, record);
  if (event.type !== 'RecordCorrected') return withRecord(changed(state, event), record);
  return withRecord({ ...corrected(state, event.data), stage: event.data.stage }, record);
}

function withRecord(state: RegisteredProcedure, record: RegisteredProcedure['records'][number]): RegisteredProcedure {
  return { ...state, records: [...state.records, record] };
}

function registered(event: Extract<Fact, { type: 'ProcedureRegistered' }>): RegisteredProcedure {
  const { title, code, kind, group, field, owningUnit, classification, parts, definition, stage } = event.data;
  return {
    phase: 'inPreparation',
    title,
    ...(code === undefined ? {} : { code }),
    kind,
    ...(group === undefined ? {} : { group }),
    field,
    owningUnit,
    ...(classification === undefined ? {} : { classification }),
    definition,
    stage,
    suspended: false,
    everPublished: false,
    parts: mergeParts({}, parts),
    options: [],
    ...peopleAfter({}, event),
    records: [{ action: 'register', from: null, event }],
  };
}

/** Who did it, as the log has it. History that was folded without its metadata names nobody. */
function peopleAfter({ people }: Pick<RegisteredProcedure, 'people'>, event: Fact): Pick<RegisteredProcedure, 'people'> {
  const action = actionOf(event);
  const actor = event.metadata?.actor;
  if (actor === undefined || action === 'migrate' || optionActions.includes(action)) return people === undefined ? {} : { people };
  const by: People = actor.onBehalfOf === undefined ? [actor.id] : [actor.id, actor.onBehalfOf];
  return { people: { ...people, [action]: by } };
}

/** The record is read as if it had been written right, and everything after it is folded again on that. */
function corrected(
  state: RegisteredProcedure,
  correction: Extract<ProcedureEvent, { type: 'RecordCorrected' }>['data'],
): RegisteredProcedure {
  const records = state.records.map((record, revision) =>
    revision === correction.revision ? { ...record, event: correctedEvent(record.event, correction) } : record,
  );
  const first = records[0]?.event;
  if (first?.type !== 'ProcedureRegistered') return state;
  const folded = records
    .slice(1)
    .reduce((before, { action, event }) => (action === null ? before : changed(before, event)), registered(first));
  return { ...folded, records };
}

function changed(state: RegisteredProcedure, event: Fact): RegisteredProcedure {
  const next = { ...state, ...peopleAfter(state, event), stage: event.data.stage };
  switch (event.type) {
    case 'ProcedureRegistered':
    case 'ProcessBuilt':
    case 'PublicationProposed':
    case 'PublicationReturned':
    case 'ProcedureDisclosed':
    case 'ProcessApplied':
    case 'ProcessAudited':
    case 'RecordCorrected':
      return next;
    case 'PartsAmended':
      return { ...next, parts: mergeParts(state.parts, event.data.parts) };
    case 'ProcedureReviewed':
      return { ...next, review: reviewOf(event.data) };
    case 'ProcedurePublished':
      return { ...next, phase: 'inForce', everPublished: true };
    case 'ReviewAssigned':
      return { ...next, assignment: { units: event.data.units, dueOn: event.data.dueOn } };
    case 'OptionProposed': {
      const { optionId, option, saving, by } = event.data;
      const proposed: Option = {
        ...option,
        id: optionId,
        status: 'proposed',
        saving,
        origin: state.stage,
        people: { 'propose-option': by },
      };
      return { ...next, options: [...state.options, proposed] };
    }
    case 'OptionQualityChecked': {
      const { optionId, passed, by } = event.data;
      return withOption(next, optionId, passed ? 'qualityChecked' : 'failed', { 'check-quality': by });
    }
    case 'OptionReturned':
      return withOption(next, event.data.optionId, 'returned');
    case 'OptionApproved':
      return withOption(next, event.data.optionId, 'approved', { 'approve-option': event.data.by });
    case 'OptionRejected':
      return withOption(next, event.data.optionId, 'rejected', { 'reject-option': event.data.by });
    case 'ProcedureSimplified': {
      const { optionId, parts } = event.data;
      const abolished = state.options.some((option) => option.id === optionId && option.type === 'abolish');
      // The next cycle is done by whoever does it.
      const cycle = next.people === undefined ? next : { ...next, people: {} };
      const simplified = withOption({ ...cycle, parts: mergeParts(state.parts, parts ?? {}) }, optionId, 'implemented');
      return abolished ? { ...simplified, phase: 'ended' } : simplified;
    }
    case 'ProcedureAbolished':
    case 'ProcedureWithdrawn':
      return { ...next, phase: 'ended' };
    case 'ProcedureSuspended':
      return { ...next, suspended: true };
    case 'ProcedureResumed':
      return { ...next, suspended: false };
    case 'ProcedureMigrated': {
      const { to, origin } = event.data;
      const open = openOption(state)?.id;
      const options = state.options.map((option) => (option.id === open && origin !== undefined ? { ...option, origin } : option));
      return { ...next, definition: to, options };
    }
  }
}

function withOption(state: RegisteredProcedure, id: string, status: Option['status'], people: Option['people'] = {}): RegisteredProcedure {
  const options = state.options.map((option) =>
    option.id === id ? { ...option, status, people: { ...option.people, ...people } } : option,
  );
  return { ...state, options };
}

function reviewOf({ necessary, withinPowers, reasonable, lawful, findings, complianceCost }: Review): Review {
  return { necessary, withinPowers, reasonable, lawful, findings, ...(complianceCost === undefined ? {} : { complianceCost }) };
}

/** A log may hold what another version wrote, which the types cannot tell. */
function isKnown(event: Pick<ProcedureEvent, 'type'>): boolean {
  const action: unknown = actionOf(event);
  return action !== undefined;
}

/** The action that an event came of. */
export function actionOf(event: Pick<ProcedureEvent, 'type'>): AnyAction | 'migrate' {
  switch (event.type) {
    case 'ProcedureRegistered':
      return 'register';
    case 'PartsAmended':
      return 'amend-parts';
    case 'ProcessBuilt':
      return 'build';
    case 'ProcedureReviewed':
      return 'review';
    case 'PublicationProposed':
      return 'propose';
    case 'PublicationReturned':
    case 'OptionReturned':
      return 'return';
    case 'ProcedurePublished':
      return 'publish';
    case 'ProcedureDisclosed':
      return 'disclose';
    case 'ReviewAssigned':
      return 'assign-review';
    case 'OptionProposed':
      return 'propose-option';
    case 'OptionQualityChecked':
      return 'check-quality';
    case 'OptionApproved':
      return 'approve-option';
    case 'OptionRejected':
      return 'reject-option';
    case 'ProcedureSimplified':
      return 'implement-option';
    case 'ProcedureAbolished':
      return 'abolish';
    case 'ProcedureWithdrawn':
      return 'withdraw';
    case 'ProcedureSuspended':
      return 'suspend';
    case 'ProcedureResumed':
      return 'resume';
    case 'ProcessApplied':
      return 'apply';
    case 'ProcessAudited':
      return 'audit';
    case 'RecordCorrected':
      return 'correct';
    case 'ProcedureMigrated':
      return 'migrate';
  }
}
