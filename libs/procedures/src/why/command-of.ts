import type { LifecycleDefinition } from '#workflow';
import type { DecisionContext, MigrationPlan, ProcedureCommand } from '../commands.js';
import { confirmable } from '../conditions.js';
import { describedIn } from '../described.js';
import type { ProcedureEvent } from '../events.js';
import { isKnown } from '../evolve.js';
import { openOption } from '../state.js';
import type { Procedure } from '../state.js';

/**
 * The command that an event came of, as far as rules ask: what it took stands in the event. Null for an event of a type that this version does not know.
 * @param before The procedure before the event.
 * @param to The lifecycle that a migration leads to. (Default: it is no migration)
 */
export function commandOf(
  event: ProcedureEvent,
  before: Procedure,
  context: Omit<DecisionContext, 'newId' | 'files'>,
  to?: LifecycleDefinition,
): ProcedureCommand | null {
  if (!isKnown(event)) return null;
  const { occurredOn, comment, attachments = [], confirmed = [] } = event.data;
  const scan = event.type !== 'ProcedureTransferred' && 'decision' in event.data ? event.data.decision.scan : undefined;
  // Files are stored once for each procedure, and the log keeps of a scan no more than its hash.
  const scans = scan === undefined || attachments.some(({ hash }) => hash === scan) ? [] : [{ hash: scan, name: '', type: '', size: 0 }];
  const sent = {
    occurredOn,
    confirm: confirmable.filter((code) => confirmed.includes(code)),
    ...((comment !== undefined || attachments.length > 0) && {
      attaching: { ...(comment !== undefined && { comment }), attachments: attachments.map(({ hash }) => hash) },
    }),
    context: { ...context, newId: 'optionId' in event.data ? (event.data.optionId ?? '') : '', files: [...attachments, ...scans] },
  };
  switch (event.type) {
    case 'ProcedureRegistered':
      return { action: 'register', body: { ...describedIn(event.data), parts: event.data.parts }, ...sent };
    case 'PartsAmended':
      return { action: 'amend-parts', body: event.data.parts, ...sent };
    case 'ProcessBuilt':
      return { action: 'build', body: { document: event.data.document }, ...sent };
    case 'ProcedureReviewed':
      return { action: 'review', body: event.data, ...sent };
    case 'PublicationProposed':
      return { action: 'propose', body: event.data, ...sent };
    case 'PublicationReturned':
      return { action: 'return', body: { reason: event.data.reason }, ...sent };
    case 'ProcedurePublished':
      return { action: 'publish', body: event.data, ...sent };
    case 'ProcedureDisclosed':
      return { action: 'disclose', body: event.data, ...sent };
    case 'ReviewAssigned':
      return { action: 'assign-review', body: event.data, ...sent };
    case 'OptionProposed':
      return { action: 'propose-option', body: { option: event.data.option }, ...sent };
    case 'OptionQualityChecked':
      return { action: 'check-quality', body: event.data, ...sent };
    case 'OptionReturned':
      return { action: 'return', body: event.data, ...sent };
    case 'OptionApproved':
      return { action: 'approve-option', body: event.data, ...sent };
    case 'OptionRejected':
      return { action: 'reject-option', body: event.data, ...sent };
    case 'ProcedureSimplified':
      return { action: 'implement-option', body: event.data, ...sent };
    case 'ProcedureAbolished':
      return { action: 'abolish', body: event.data, ...sent };
    case 'ProcedureWithdrawn':
      return { action: 'withdraw', body: event.data, ...sent };
    case 'ProcedureSuspended':
      return { action: 'suspend', body: event.data, ...sent };
    case 'ProcedureResumed':
      return { action: 'resume', body: {}, ...sent };
    case 'ProcessApplied':
      return { action: 'apply', body: event.data, ...sent };
    case 'ProcessAudited':
      return { action: 'audit', body: event.data, ...sent };
    case 'RecordCorrected':
      return { action: 'correct', body: event.data, ...sent };
    case 'CostMeasured':
      return { action: 'measure', body: event.data, occurredOn, context: sent.context };
    case 'ProcedureTransferred':
      return { action: 'transfer', body: event.data, occurredOn, context: sent.context };
    case 'ProcedureMigrated':
      return to ? { action: 'migrate', body: planOf(event, before, to), occurredOn, context: sent.context } : null;
  }
}

/** Of the plan that a migration followed, what says something of this procedure. */
function planOf(
  { data }: Extract<ProcedureEvent, { type: 'ProcedureMigrated' }>,
  before: Procedure,
  to: LifecycleDefinition,
): MigrationPlan {
  const { stage, from, clocks, reason, origin } = data;
  if (before.phase === 'unregistered') return { from: from.version, to, stages: {}, clocks, reason };
  const left = openOption(before)?.origin;
  const stages = { [before.stage]: stage, ...(left !== undefined && origin !== undefined && { [left]: origin }) };
  return { from: from.version, to, stages, clocks, reason };
}

/** Ids of the units that the event is about, besides those that stand above them. */
export function unitsIn(event: ProcedureEvent, before: Procedure): readonly string[] {
  const { data } = event;
  const changed = event.type === 'RecordCorrected' ? [event.data.changes['owningUnit'], event.data.changes['units']].flat() : [];
  return [
    ...(before.phase === 'unregistered' ? [] : [before.owningUnit, ...(before.assignment?.units ?? [])]),
    ...('owningUnit' in data ? [data.owningUnit] : []),
    ...('units' in data ? data.units : []),
    ...(event.type === 'ProcedureTransferred' ? [event.data.from, event.data.to] : []),
    ...changed.filter((unit) => typeof unit === 'string'),
  ];
}

/** The official code that the event gives. */
export function codeIn(event: ProcedureEvent): string | undefined {
  if (event.type === 'ProcedureRegistered') return event.data.code;
  const code = event.type === 'RecordCorrected' && event.data.revision === 0 ? event.data.changes['code'] : undefined;
  return typeof code === 'string' ? code : undefined;
}
