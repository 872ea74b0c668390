import type { RecordedEvent } from '#event-store';
import { isOneOf } from '#procedures';
import { reviewTaskId } from '#worklist';
import type { DeadlineEvent } from '#deadlines';
import type { AskingEvent, ReminderEvent } from '#programmes';
import type { InquiryEvent } from '#worklist';
import type { ProcedureEvent, ProcedureEventType } from '#procedures';

/** The events that people are told of. */
export const notificationTypes = [
  'ReviewAssigned', 'ConsultationOpened', 'ObstacleRaised', 'InquiryReminded', 'InquiryAnswered', 'InquiryClosed', 'PublicationReturned',
  'ProcedurePublished', 'OptionQualityChecked', 'OptionReturned', 'OptionRejected', 'OptionApproved', 'DeadlineWarned', 'DeadlineMissed',
  'DeadlineEscalated', 'WorkAssigned', 'IndicatorReminded', 'InspectionAnnounced', 'RecommendationMade', 'RemedyReported', 'RemedyAccepted', 'RemedyReturned', 'RemedyReminded',
] as const; // prettier-ignore
export type NotificationType = (typeof notificationTypes)[number];

/**
 * Whom it is for, without saying who that is at present: `person` is the target itself, a role is whoever holds it at the target,
 * `above:<role>` whoever holds it at the target or above, `may:<action>` whoever may do the action on what the target owns.
 */
export interface Recipient {
  readonly audience: string;
  /** Person id or unit id. */
  readonly target: string;
}

/** What the log says about work that was given to somebody, in `claim-<procedure id>`. */
interface WorkAssigned {
  readonly type: 'WorkAssigned';
  readonly data: { readonly person: string; readonly stage: string };
}

/** What is told, to whom. It holds ids, words of the lifecycle and dates: no text of anybody. */
export interface Notified {
  readonly type: NotificationType;
  /** Procedure id; null where it is about none, and `data` names what it is about. */
  readonly procedure: string | null;
  /** Of the question to units that it is about; null where it is about none. */
  readonly task: string | null;
  readonly addresses: readonly Recipient[];
  readonly data: Readonly<Record<string, string | number | boolean>>;
}

/** What has to be known of a procedure to say whom its events concern. */
interface ConcernedPeople {
  readonly owningUnit: string;
  /** Person ids: who proposed its publication, and who proposed its newest option; with those acted for. */
  readonly proposers: readonly string[];
  readonly optionProposers: readonly string[];
}

/** A question to units: what it is about, and whom the answers are for. */
interface KnownQuestion {
  readonly procedure: string;
  readonly askers: readonly Recipient[];
}

interface Known {
  procedure(id: string): ConcernedPeople | undefined;
  /** Unit id: who gave recommendations, by the id of the inspection or the board; or who is asked for one, by its id. */
  unitOf(id: string): string | undefined;
  question(id: string): KnownQuestion | undefined;
}

const people = (ids: readonly string[]): readonly Recipient[] => ids.map((target) => ({ audience: 'person', target }));

const speaking = ['officer', 'checker', 'authority'];

/** Those who speak for the units, where they stand. */
export const speakersOf = (units: readonly string[]): readonly Recipient[] =>
  units.flatMap((target) => speaking.map((audience) => ({ audience, target })));

/** What the event tells people; null for one that tells nobody anything. */
export function notifiedBy(event: RecordedEvent, known: Known): Notified | null {
  const { stream } = event;
  const id = stream.slice(stream.indexOf('-') + 1);
  const fact = event as { readonly type: string; readonly data: object };
  if (stream.startsWith('inquiry-')) return ofInquiry(id, fact as InquiryEvent, known);
  if (stream.startsWith('deadline-')) return ofDeadline(id, fact as DeadlineEvent, known);
  if (stream.startsWith('claim-')) return ofClaim(id, fact as WorkAssigned);
  if (stream.startsWith('inspection-')) return ofAsking('inspection', id, fact as AskingEvent, known);
  if (stream.startsWith('board-')) return ofAsking('board', id, fact as AskingEvent, known);
  if (stream.startsWith('reminder-')) return ofReminder(fact as ReminderEvent);
  return ofProcedure(id, event.revision, fact as ProcedureEvent, known);
}

function ofInquiry(task: string, event: InquiryEvent, known: Known): Notified | null {
  const { type } = event;
  switch (type) {
    case 'ConsultationOpened': {
      const { procedure, units, by: unit, dueOn } = event.data;
      return { type, procedure, task, addresses: speakersOf(units), data: { unit, dueOn } };
    }
    case 'ObstacleRaised': {
      const { procedure, unit, lead } = event.data;
      return { type, procedure, task, addresses: speakersOf([lead]), data: { unit } };
    }
    case 'InquiryReminded':
    case 'InquiryAnswered':
    case 'InquiryClosed': {
      const question = known.question(task);
      if (!question) return null;
      const about = { type, procedure: question.procedure, task };
      if (type === 'InquiryAnswered') return { ...about, addresses: question.askers, data: { unit: event.data.unit } };
      if (type === 'InquiryClosed') return { ...about, addresses: question.askers, data: {} };
      const { units, occasion, dueOn } = event.data;
      return { ...about, addresses: speakersOf(units), data: { occasion, ...(dueOn !== undefined && { dueOn }) } };
    }
  }
}

function ofDeadline(procedure: string, { type, data }: DeadlineEvent, known: Known): Notified | null {
  const target = known.procedure(procedure)?.owningUnit;
  if (target === undefined) return null;
  const { action, stage, dueAt } = data;
  const about = { ...(action !== undefined && { action }), ...(stage !== undefined && { stage }), dueAt };
  const audiences =
    type === 'DeadlineEscalated' ? ['above:authority', 'above:leader'] : ['officer', ...(action === undefined ? [] : [`may:${action}`])];
  return { type, procedure, task: null, addresses: audiences.map((audience) => ({ audience, target })), data: about };
}

function ofClaim(procedure: string, event: WorkAssigned): Notified | null {
  // The stream holds other events too.
  if ((event.type as string) !== 'WorkAssigned') return null;
  const { person, stage } = event.data;
  return { type: event.type, procedure, task: null, addresses: people([person]), data: { stage } };
}

function ofReminder({ type, data }: ReminderEvent): Notified {
  const { indicator, period, units } = data;
  return { type, procedure: null, task: null, addresses: units.map((target) => ({ audience: 'officer', target })), data: { indicator, period } };
} // prettier-ignore

/**
 * Of inspections and steering boards. `unit` in the data is whom it is told to: whoever sees that unit sees so much of it. What was found
 * is told to nobody, and neither is any text.
 */
function ofAsking(giver: 'inspection' | 'board', id: string, event: AskingEvent, known: Known): Notified | null {
  const told = (type: NotificationType, roles: readonly string[], unit: string | undefined, data: Notified['data']): Notified | null =>
    unit === undefined
      ? null
      : {
          ...{ type, procedure: null, task: null, data: { [giver]: id, unit, ...data } },
          addresses: roles.map((audience) => ({ audience, target: unit })),
        };
  switch (event.type) {
    case 'InspectionAnnounced':
      return told(event.type, speaking, event.data.of, { announcedOn: event.data.announcedOn });
    case 'RecommendationMade': {
      const { id: recommendation, owner, dueOn } = event.data.recommendation;
      return told(event.type, ['officer'], owner, { recommendation, dueOn });
    }
    case 'RemedyReported': {
      const { recommendation } = event.data;
      return told(event.type, ['checker', 'authority'], known.unitOf(id), { recommendation });
    }
    case 'RemedyAccepted':
    case 'RemedyReturned': {
      const { recommendation } = event.data;
      return told(event.type, ['officer'], known.unitOf(recommendation), { recommendation });
    }
    case 'RemedyReminded': {
      const { recommendation, occasion, dueOn } = event.data;
      const asked = told(event.type, ['officer'], known.unitOf(recommendation), { recommendation, occasion, dueOn });
      const waiting = known.unitOf(id);
      // Whoever asks sees whoever is asked.
      const askers = waiting === undefined ? [] : ['checker', 'authority'].map((audience) => ({ audience, target: waiting }));
      return asked && { ...asked, addresses: [...asked.addresses, ...askers] };
    }
    case 'InspectionOpened':
    case 'FindingMade':
    case 'InspectionEnded':
    case 'InspectionConcluded':
    case 'InspectionClosed':
    case 'SteeringBoardEstablished':
    case 'BoardMemberAppointed':
    case 'BoardMemberReleased':
    case 'BoardMeetingHeld':
    case 'BoardConclusionReached':
    case 'SteeringBoardDissolved':
    default:
      // Also what another version of the product wrote.
      return null;
  }
}

const ofProcedures = [
  'ReviewAssigned', 'PublicationReturned', 'ProcedurePublished', 'OptionQualityChecked', 'OptionReturned', 'OptionRejected', 'OptionApproved',
] as const satisfies readonly (ProcedureEventType & NotificationType)[]; // prettier-ignore

function ofProcedure(procedure: string, revision: number, event: ProcedureEvent, known: Known): Notified | null {
  if (!isOneOf(event, ofProcedures)) return null;
  const { type } = event;
  const { proposers = [], optionProposers = [] } = known.procedure(procedure) ?? {};
  switch (type) {
    case 'ReviewAssigned': {
      const { units, dueOn } = event.data;
      return { type, procedure, task: reviewTaskId(procedure, revision), addresses: speakersOf(units), data: { dueOn } };
    }
    case 'PublicationReturned':
    case 'ProcedurePublished':
      return { type, procedure, task: null, addresses: people(proposers), data: { revision } };
    case 'OptionQualityChecked': {
      const { optionId, passed } = event.data;
      return { type, procedure, task: null, addresses: people(optionProposers), data: { revision, optionId, passed } };
    }
    case 'OptionReturned':
    case 'OptionRejected':
    case 'OptionApproved':
      return { type, procedure, task: null, addresses: people(optionProposers), data: { revision, optionId: event.data.optionId } };
  }
}
