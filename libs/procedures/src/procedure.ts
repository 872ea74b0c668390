import { InvalidBody, Rejected } from '#event-store';
import type { Decider, Unmet } from '#event-store';
import { isReferenceOnly, targetOf } from '#workflow';
import type { Transition } from '#workflow';
import { attached } from './attached.js';
import { authorisingRole, mayAct, peopleOf, transitionOf } from './authorising.js';
import type { ActionCommand, DecisionContext, ProcedureCommand } from './commands.js';
import { confirmedIn, reject } from './conditions.js';
import { codeIsFree, unitsAreOpen } from './corrected-registration.js';
import { checkCorrection, isDisclosedAnew, optionSaving, wagesMatch } from './corrections.js';
import type { Correction } from './corrections.js';
import { checkCost } from './cost.js';
import { isDate } from './dates.js';
import { describedIn } from './described.js';
import type { FactData, IsoDate, ProcedureEvent, Saving } from './events.js';
import { evolve, fold } from './evolve.js';
import { LookAgain, OtherDefinition } from './look-again.js';
import { measured, measuringRole } from './measured.js';
import { migrated } from './migrated.js';
import { checkResumption, implausibleCorrection, implausibleDates } from './plausible-dates.js';
import { refuseContent } from './reference-only.js';
import { verdictsOn, wrongStage } from './rules.js';
import { openOption } from './state.js';
import type { Procedure, RegisteredProcedure } from './state.js';
import { transferred, transferringRole } from './transferred.js';
import { unmetOf, verdict } from './verdict.js';
import type { Verdict } from './verdict.js';

/** The life of one procedure. An accepted command leads to exactly one event. */
export const procedure: Decider<ProcedureCommand, Procedure, ProcedureEvent> = {
  initial: { phase: 'unregistered' },
  decide: (command, state) => [decide(command, state)],
  evolve,
  fold,
  authority: (command, state) => {
    if (command.action === 'register') return authorisingRole('register', command.body, command.context);
    if (state.phase === 'unregistered') return null;
    if (command.action === 'measure') return measuringRole(state, command.context);
    if (command.action === 'transfer') return transferringRole(command.body, state, command.context);
    const corrected = command.action === 'correct' ? command.body.revision : undefined;
    return authorisingRole(command.action, state, command.context, corrected);
  },
};

/** What every rule says of a command, and the event that it leads to where all of them hold. */
export interface Judged {
  readonly verdicts: readonly Verdict<Unmet>[];
  /** @throws LookAgain */
  readonly event: () => ProcedureEvent;
}

/** @throws Rejected with every unmet condition; InvalidBody for what only state and date can tell about the shape; LookAgain */
function decide(command: ProcedureCommand, state: Procedure): ProcedureEvent {
  const { verdicts, event } = judge(command, state);
  reject(unmetOf(verdicts));
  return event();
}

/**
 * Asks every rule, and refuses nothing for what they say. @throws InvalidBody for what only state and date can tell about the shape; LookAgain;
 * Rejected where there is nothing that a rule could be asked about
 */
export function judge(command: ProcedureCommand, state: Procedure): Judged {
  const occurredOn = dateOf(command);
  if (command.action === 'register') return register(command, occurredOn, state);
  if (state.phase === 'unregistered')
    throw new Rejected([{ code: 'wrong-stage', message: `"${command.action}" is not open: the procedure is not registered.` }]);
  const { id, version } = command.context.definition;
  if (id !== state.definition.id || version !== state.definition.version)
    throw new OtherDefinition(`It keeps version ${String(state.definition.version)} of ${state.definition.id}.`);
  if (command.action === 'migrate') return migrated(command.body, occurredOn, state, command.context);
  if (command.action === 'transfer') return transferred(command.body, occurredOn, state, command.context);
  if (command.action === 'measure') return measured(command.body, occurredOn, state, command.context);

  const { action, context } = command;
  const named = namedOption(command, state);
  const content = contentIn(command);
  if (content !== null) refuseContent(state.classification, content);
  const carried = attached({ ...command.body, ...command.attaching }, context.files ?? [], state.classification);
  if (action === 'assign-review') checkUnits(command.body.units, context);
  const correction = action === 'correct' ? checkCorrection(command.body, state, context) : undefined;
  if (action === 'abolish' && state.everPublished && !command.body.decision)
    throw new InvalidBody([{ path: 'decision', message: 'is required to abolish what was published' }]);
  if (action === 'amend-parts' && Object.keys(plain(command.body)).length === 0)
    throw new InvalidBody([{ path: '', message: 'must name at least one part' }]);
  if (action === 'review' && command.body.complianceCost) checkCost(command.body.complianceCost, 'complianceCost');
  const saving = action === 'propose-option' ? optionSaving(command.body.option, 'option.') : undefined;

  const transition = transitionOf(action, state, context);
  // What is held as a reference cannot be asked for more.
  if (!isReferenceOnly(state.classification)) checkInputs(transition, command.body);
  const leadsTo = correction?.stage ?? (transition ? stageAfter(transition, command, state) : state.stage);
  const fact = { occurredOn, stage: leadsTo, ...carried };
  const event = plain(eventOf(command, state, fact, { saving, correction }));
  if (action === 'resume') checkResumption(state.records, occurredOn);
  const doubts = [
    ...implausibleDates(event, state.records, context.today),
    ...(action === 'correct' ? implausibleCorrection(state.records, command.body, context.today) : []),
  ];
  const { confirmed, left } = confirmedIn(doubts, command.confirm);
  const verdicts: readonly Verdict[] = [
    ...verdictsOn(action, state, context, action === 'correct' ? command.body.revision : undefined),
    ...(named !== undefined && transition ? [isOpenOption(named, action, state)] : []),
    ...(action === 'propose-option' ? [wagesMatch(command.body.option, context.hourlyWage)] : []),
    ...(action === 'disclose' ? [isDisclosedAnew(command.body.office, state.records)] : []),
    ...(action === 'assign-review'
      ? [
          unitsAreOpen(
            command.body.units.map((unit, index) => ({ unit, path: `units.${String(index)}` })),
            context,
          ),
        ]
      : []),
    ...(correction?.verdicts ?? []),
    arePlausible({ left, confirmed }, context),
  ];
  return {
    verdicts,
    event: () => {
      if (correction?.isUnreserved === true) throw new LookAgain('The official code was not reserved.');
      if (!transition) throw new Rejected([wrongStage(action, state)]);
      return withConfirmed(event, confirmed);
    },
  };
}

/** Whether every date is plausible, or was said to be right all the same. */
const arePlausible = ({ left, confirmed }: ReturnType<typeof confirmedIn>, { today }: DecisionContext): Verdict =>
  verdict('implausible-date', left, 'dates', () => ({
    says: { today, confirmed, doubts: left.map(({ path, message }) => ({ path, message })) },
  }));

function register(
  { body, confirm, context }: Extract<ActionCommand, { action: 'register' }>,
  occurredOn: IsoDate,
  state: Procedure,
): Judged {
  const { kind, group, owningUnit, classification, parts } = body;
  if (!context.units.get(owningUnit)) throw new InvalidBody([{ path: 'owningUnit', message: 'is not a unit that exists' }]);
  if ((kind === 'internal') !== (group !== undefined))
    throw new InvalidBody([
      { path: 'group', message: kind === 'internal' ? 'is required for an internal procedure' : 'is for internal procedures only' },
    ]);
  if (context.definition.kind !== kind) throw new InvalidBody([{ path: 'kind', message: 'has no lifecycle' }]);
  if (parts && Object.keys(plain(parts)).length > 0) refuseContent(classification, 'parts');
  checkInputs(
    context.definition.transitions.find((transition) => transition.action === 'register'),
    body,
  );
  const definition = { id: context.definition.id, version: context.definition.version };
  const data = {
    ...describedIn(body),
    parts: parts ?? {},
    definition,
    occurredOn,
    stage: context.definition.initial,
  };
  const event = plain<unknown>({ type: 'ProcedureRegistered', data }) as ProcedureEvent;
  const { confirmed, left } = confirmedIn(implausibleDates(event, [], context.today), confirm);
  const isThere = state.phase !== 'unregistered';
  return {
    verdicts: [
      mayAct('register', body, context),
      ...(body.code === undefined ? [] : [codeIsFree(body.code, 'code', context)]),
      unitsAreOpen([{ unit: owningUnit, path: 'owningUnit' }], context),
      verdict('wrong-stage', isThere ? [wrongStage('register', state)] : [], 'stage', () => ({ says: { registered: isThere } })),
      arePlausible({ left, confirmed }, context),
    ],
    event: () => withConfirmed(event, confirmed),
  };
}

function withConfirmed(event: ProcedureEvent, confirmed: readonly string[]): ProcedureEvent {
  if (confirmed.length === 0) return event;
  // The fields of the event itself stay as they are, which a spread over a union cannot tell.
  return { ...event, data: { ...event.data, confirmed } } as ProcedureEvent;
}

function eventOf(
  command: Exclude<ActionCommand, { action: 'register' }>,
  state: RegisteredProcedure,
  fact: FactData,
  { saving, correction }: { readonly saving: Saving | undefined; readonly correction: Correction | undefined },
): ProcedureEvent {
  const by = peopleOf(command.context);
  const open = openOption(state);
  // Empty only where the stage has no open option, and there the rules have refused every action that needs one.
  const optionId = open?.id ?? '';
  switch (command.action) {
    case 'amend-parts':
      return { type: 'PartsAmended', data: { ...fact, parts: command.body } };
    case 'build':
      return { type: 'ProcessBuilt', data: { ...fact, document: command.body.document } };
    case 'review': {
      const { necessary, withinPowers, reasonable, lawful, findings, complianceCost } = command.body;
      return {
        type: 'ProcedureReviewed',
        data: { ...fact, necessary, withinPowers, reasonable, lawful, findings, ...given({ complianceCost }) },
      };
    }
    case 'propose':
      return { type: 'PublicationProposed', data: { ...fact, document: command.body.document, ...given({ note: command.body.note }) } };
    case 'publish':
      return { type: 'ProcedurePublished', data: { ...fact, decision: command.body.decision } };
    case 'disclose':
      return { type: 'ProcedureDisclosed', data: { ...fact, date: command.body.date, office: command.body.office } };
    case 'assign-review': {
      const { units, dueOn, note } = command.body;
      return { type: 'ReviewAssigned', data: { ...fact, units, dueOn, ...given({ note }) } };
    }
    case 'propose-option': {
      const { option } = command.body;
      const figures = saving ?? optionSaving(option, 'option.');
      return { type: 'OptionProposed', data: { ...fact, optionId: command.context.newId, option, saving: figures, by } };
    }
    case 'check-quality':
      return { type: 'OptionQualityChecked', data: { ...fact, optionId, passed: command.body.passed, remarks: command.body.remarks, by } };
    case 'approve-option':
      return { type: 'OptionApproved', data: { ...fact, optionId, decision: command.body.decision, by } };
    case 'reject-option':
      return { type: 'OptionRejected', data: { ...fact, optionId, reason: command.body.reason, by } };
    case 'implement-option': {
      const { document, parts } = command.body;
      return { type: 'ProcedureSimplified', data: { ...fact, optionId, document, ...given({ parts }) } };
    }
    case 'return': {
      const { reason } = command.body;
      return open
        ? { type: 'OptionReturned', data: { ...fact, optionId, reason } }
        : { type: 'PublicationReturned', data: { ...fact, reason } };
    }
    case 'abolish':
      return { type: 'ProcedureAbolished', data: { ...fact, reason: command.body.reason, ...given({ decision: command.body.decision }) } };
    case 'withdraw':
      return { type: 'ProcedureWithdrawn', data: { ...fact, reason: command.body.reason } };
    case 'suspend':
      return { type: 'ProcedureSuspended', data: { ...fact, reason: command.body.reason } };
    case 'resume':
      return { type: 'ProcedureResumed', data: fact };
    case 'apply':
      return { type: 'ProcessApplied', data: { ...fact, date: command.body.date } };
    case 'audit':
      return { type: 'ProcessAudited', data: { ...fact, date: command.body.date, findings: command.body.findings } };
    case 'correct': {
      const { revision, reason } = command.body;
      const { changes = command.body.changes, saving: figures, definition } = correction ?? {};
      return { type: 'RecordCorrected', data: { ...fact, revision, changes, reason, ...given({ saving: figures, definition }) } };
    }
  }
}

/** The stage to which the command leads. A mistyped field moves nothing, whatever a definition says. */
function stageAfter(transition: Transition, command: ActionCommand, state: RegisteredProcedure): string {
  if (command.action === 'correct') return state.stage;
  const open = openOption(state);
  const option = open ? { origin: open.origin, abolishes: open.type === 'abolish' } : null;
  return targetOf(transition, { stage: state.stage, option, failed: command.action === 'check-quality' && !command.body.passed });
}

/** The id of the option that the command names; undefined where it names none. @throws InvalidBody for one that never was */
function namedOption({ body }: ActionCommand, state: RegisteredProcedure): string | undefined {
  if (!('optionId' in body) || body.optionId === undefined) return undefined;
  if (!state.options.some(({ id }) => id === body.optionId))
    throw new InvalidBody([{ path: 'optionId', message: 'is not an option of this procedure' }]);
  return body.optionId;
}

/** Whether the option that the command names is still open. */
function isOpenOption(named: string, action: ActionCommand['action'], state: RegisteredProcedure): Verdict {
  const open = openOption(state)?.id ?? null;
  return verdict('wrong-stage', open === named ? [] : [wrongStage(action, state)], 'option', () => ({
    says: { named, open, status: state.options.find(({ id }) => id === named)?.status ?? null },
    revisions: state.records.flatMap(({ event }, revision) =>
      'optionId' in event.data && event.data.optionId === named ? [revision] : [],
    ),
  }));
}

/** What the action can do without, and the lifecycle asks for here. @throws InvalidBody */
function checkInputs(transition: Transition | undefined, body: object): void {
  const missing = (transition?.inputs ?? []).filter((path) => {
    const value = path
      .split('.')
      .reduce<unknown>(
        (at, key) => (typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? (at as Record<string, unknown>)[key] : undefined),
        body,
      );
    return value === undefined;
  });
  const [first, ...others] = missing.map((path) => ({ path, message: 'is required here by the lifecycle' }));
  if (first) throw new InvalidBody([first, ...others]);
}

function checkUnits(units: readonly string[], context: DecisionContext): void {
  const unknown = units.flatMap((unit, index) =>
    context.units.get(unit) ? [] : [{ path: `units.${String(index)}`, message: 'is not a unit that exists' }],
  );
  const [first, ...others] = unknown;
  if (first) throw new InvalidBody([first, ...others]);
}

/** The field of the body that describes the procedure itself; null where the command says nothing of it. A command without a case does not compile. */
function contentIn(command: ProcedureCommand): string | null {
  switch (command.action) {
    case 'amend-parts':
      return '';
    case 'propose-option':
      return 'option';
    case 'implement-option':
      return command.body.parts ? 'parts' : null;
    case 'review':
      return command.body.complianceCost ? 'complianceCost' : null;
    case 'register':
    // Its parts are looked at where there is no state yet.
    case 'build':
    case 'propose':
    case 'publish':
    case 'disclose':
    case 'apply':
    case 'audit':
    case 'assign-review':
    case 'check-quality':
    case 'approve-option':
    case 'reject-option':
    case 'return':
    case 'abolish':
    case 'withdraw':
    case 'suspend':
    case 'resume':
    case 'correct':
    case 'migrate':
    case 'transfer':
    case 'measure':
      return null;
  }
}

function dateOf({ occurredOn, context }: ProcedureCommand): IsoDate {
  if (occurredOn === undefined) return context.today;
  if (!isDate(occurredOn)) throw new InvalidBody([{ path: 'occurredOn', message: 'must be a date YYYY-MM-DD' }]);
  if (occurredOn > context.today) throw new InvalidBody([{ path: 'occurredOn', message: 'must not be later than today' }]);
  return occurredOn;
}

/** The fields that have a value, so that an event never stores an empty one. */
function given<Fields extends object>(fields: Fields): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Fields]?: Exclude<Fields[Name], undefined>;
  };
}

/** The value as JSON keeps it: what is undefined, and what a class added, is gone. */
function plain<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}
