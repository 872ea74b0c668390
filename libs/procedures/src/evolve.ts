import { weightOf } from '#event-store';
import type { Actor } from '#event-store';
import { optionActions } from '#workflow';
import type { AnyAction } from '#workflow';
import { copyOf, correctCopy } from './corrected-event.js';
import { describedIn } from './described.js';
import type { People, ProcedureEvent, Review } from './events.js';
import { mergeParts } from './parts.js';
import { isBeside, openOption } from './state.js';
import type { Beside, Option, Procedure, ProcedureRecord, RegisteredProcedure } from './state.js';

/** An event with what the log knows of who acted, where it comes from the log. */
type Fact = ProcedureEvent & { readonly metadata?: { readonly actor: Pick<Actor, 'id' | 'onBehalfOf'> } };

/**
 * What an event changes. It reads events alone, never definitions, so history folds the same for ever. A type that it does
 * not know adds a record, so that records stay one for each revision, and changes nothing else.
 */
export function evolve(state: Procedure, event: Fact): Procedure {
  return fold(state, [event]);
}

/** What the events change one after the other, in time that grows as they do, however many of them are corrections. */
export function fold(state: Procedure, events: readonly Fact[]): Procedure {
  if (state.phase !== 'unregistered') return foldOnwards(state, events);
  const first = events.findIndex(({ type }) => type === 'ProcedureRegistered');
  const registration = events[first];
  return registration?.type === 'ProcedureRegistered' ? foldOnwards(registered(registration), events.slice(first + 1)) : state;
}

function foldOnwards(state: RegisteredProcedure, events: readonly Fact[]): RegisteredProcedure {
  const records = [...state.records];
  const copied = new Set<number>();
  let { stage } = state;
  let stored = records.at(-1)?.stored ?? 0;
  for (const event of events) {
    const action = isKnown(event) ? actionOf(event) : null;
    stored += weightOf(event.data);
    records.push({ action, from: stage, event, stored });
    if (action !== null) stage = event.data.stage;
    if (event.type === 'RecordCorrected') correctRecord(records, event.data, copied);
  }
  const first = records[0]?.event;
  // What was corrected is read as if it had been written right, and everything after it is folded on that.
  if (copied.size === 0 || first?.type !== 'ProcedureRegistered') return { ...changedBy(state, records, state.records.length), records };
  return { ...changedBy(registered(first), records, 1), records };
}

/** @param copied Revisions whose events are of this fold alone. */
function correctRecord(
  records: ProcedureRecord[],
  correction: Extract<ProcedureEvent, { type: 'RecordCorrected' }>['data'],
  copied: Set<number>,
): void {
  const { revision } = correction;
  const record = records[revision];
  if (!record) return;
  const event = copied.has(revision) ? record.event : copyOf(record.event);
  copied.add(revision);
  correctCopy(event, correction);
  records[revision] = { ...record, event };
}

/** @param from The first revision that the state does not have yet; what corrections are about comes after it, or is the registration. */
function changedBy(state: RegisteredProcedure, records: readonly ProcedureRecord[], from: number): RegisteredProcedure {
  const options = [...state.options];
  const newest = new NewestRecords(from);
  let next = state;
  for (const [at, { action, event }] of records.entries()) {
    if (at < from || action === null) continue;
    next = changed(next, event, options);
    if (event.type === 'RecordCorrected') next = withCorrector(next, event, newest.actionAt(event.data.revision), options);
    else newest.add(action, at);
    if (event.type === 'ProcedureSimplified') newest.clear();
  }
  return { ...next, options };
}

/** The newest record of each action in this cycle: whoever corrects another one changes nothing that is still to be decided on. */
class NewestRecords {
  private readonly revisions = new Map<ProcedureRecord['action'], number>();

  constructor(from: number) {
    if (from === 1) this.revisions.set('register', 0);
  }

  add(action: ProcedureRecord['action'], revision: number): void {
    // What was done to an option before says nothing of this one.
    if (action === 'propose-option') for (const one of optionActions) this.revisions.delete(one);
    this.revisions.set(action, revision);
  }

  clear(): void {
    this.revisions.clear();
  }

  /** The action whose newest record that is; null where it is none. */
  actionAt(revision: number): ProcedureRecord['action'] {
    for (const [action, newest] of this.revisions) if (newest === revision) return action;
    return null;
  }
}

/** Whoever corrects a record counts among those who did it, for the separation of duties. */
function withCorrector(
  state: RegisteredProcedure,
  correction: Fact,
  action: ProcedureRecord['action'],
  options: Option[],
): RegisteredProcedure {
  const by = peopleOf(correction);
  if (action === null || isBeside(action) || by === undefined) return state;
  const among = (people: Option['people'] = {}): Option['people'] => ({
    ...people,
    [action]: [...new Set([...(people[action] ?? []), ...by])],
  });
  if (!optionActions.includes(action)) return { ...state, people: among(state.people) };
  const option = options.at(-1);
  if (option) options[options.length - 1] = { ...option, people: among(option.people) };
  return state;
}

/** Who acted, and whom they acted for; undefined for history that was folded without its metadata. */
function peopleOf({ metadata }: Fact): People | undefined {
  if (metadata === undefined) return undefined;
  const { id, onBehalfOf } = metadata.actor;
  return onBehalfOf === undefined ? [id] : [id, onBehalfOf];
}

function registered(event: Extract<Fact, { type: 'ProcedureRegistered' }>): RegisteredProcedure {
  const { parts, definition, stage } = event.data;
  return {
    phase: 'inPreparation',
    ...describedIn(event.data),
    definition,
    stage,
    suspended: false,
    everPublished: false,
    parts: mergeParts({}, parts),
    options: [],
    ...peopleAfter({}, event),
    records: [{ action: 'register', from: null, event, stored: weightOf(event.data) }],
  };
}

/** Who did it, as the log has it. History that was folded without its metadata names nobody. */
function peopleAfter({ people }: Pick<RegisteredProcedure, 'people'>, event: Fact): Pick<RegisteredProcedure, 'people'> {
  const action = actionOf(event);
  const by = peopleOf(event);
  if (by === undefined || isBeside(action) || optionActions.includes(action)) return people === undefined ? {} : { people };
  // Parts come from everybody who amended them; what else is done again is done anew.
  const before = action === 'amend-parts' ? (people?.[action] ?? []) : [];
  return { people: { ...people, [action]: [...new Set([...before, ...by])] } };
}

/** @param options Those of the procedure, which change in place. */
function changed(state: RegisteredProcedure, event: Fact, options: Option[]): RegisteredProcedure {
  const next = { ...state, ...peopleAfter(state, event), stage: event.data.stage };
  switch (event.type) {
    case 'ProcedureRegistered':
    case 'ProcessBuilt':
    case 'PublicationProposed':
    case 'PublicationReturned':
    case 'ProcedureDisclosed':
    case 'ProcessApplied':
    case 'ProcessAudited':
      return next;
    case 'RecordCorrected':
      return event.data.definition === undefined ? next : { ...next, definition: event.data.definition };
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
      options.push({
        ...option,
        id: optionId,
        status: 'proposed',
        saving,
        origin: state.stage,
        people: { 'propose-option': by },
      });
      return next;
    }
    case 'OptionQualityChecked': {
      const { optionId, passed, by } = event.data;
      changeOption(options, optionId, passed ? 'qualityChecked' : 'failed', { 'check-quality': by });
      return next;
    }
    case 'OptionReturned':
      changeOption(options, event.data.optionId, 'returned');
      return next;
    case 'OptionApproved':
      changeOption(options, event.data.optionId, 'approved', { 'approve-option': event.data.by });
      return next;
    case 'OptionRejected':
      changeOption(options, event.data.optionId, 'rejected', { 'reject-option': event.data.by });
      return next;
    case 'ProcedureSimplified': {
      const { optionId, parts } = event.data;
      // The next cycle is done by whoever does it.
      const cycle = next.people === undefined ? next : { ...next, people: {} };
      const simplified = { ...cycle, parts: mergeParts(state.parts, parts ?? {}) };
      const option = changeOption(options, optionId, 'implemented');
      return option?.type === 'abolish' ? { ...simplified, phase: 'ended' } : simplified;
    }
    case 'ProcedureAbolished':
    case 'ProcedureWithdrawn':
      return { ...next, phase: 'ended' };
    case 'ProcedureSuspended':
      return { ...next, suspended: true };
    case 'ProcedureResumed':
      return { ...next, suspended: false };
    case 'CostMeasured': {
      const { optionId, occurredOn: on, cost, figures, evidence } = event.data;
      const measured = { on, cost, figures, evidence };
      if (optionId === undefined) return { ...next, measured };
      const index = options.findIndex(({ id }) => id === optionId);
      const option = options[index];
      if (option) options[index] = { ...option, measured };
      return next;
    }
    case 'ProcedureTransferred':
      return { ...next, owningUnit: event.data.to };
    case 'ProcedureMigrated': {
      const { to, origin } = event.data;
      const open = openOption({ options });
      if (open && origin !== undefined) options[options.length - 1] = { ...open, origin };
      return { ...next, definition: to };
    }
  }
}

/** The option as it was before, if there is one. */
function changeOption(options: Option[], id: string, status: Option['status'], people: Option['people'] = {}): Option | undefined {
  // What is done to options is done to the last one, so it is found at once.
  const index = options.findLastIndex((option) => option.id === id);
  const option = options[index];
  if (option) options[index] = { ...option, status, people: { ...option.people, ...people } };
  return option;
}

function reviewOf({ necessary, withinPowers, reasonable, lawful, findings, complianceCost }: Review): Review {
  return { necessary, withinPowers, reasonable, lawful, findings, ...(complianceCost === undefined ? {} : { complianceCost }) };
}

/** A log may hold what another version wrote, which the types cannot tell. */
export function isKnown(event: Pick<ProcedureEvent, 'type'>): boolean {
  const action: unknown = actionOf(event);
  return action !== undefined;
}

/** The action that an event came of. */
export function actionOf(event: Pick<ProcedureEvent, 'type'>): AnyAction | Beside {
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
    case 'CostMeasured':
      return 'measure';
    case 'ProcedureTransferred':
      return 'transfer';
  }
}
