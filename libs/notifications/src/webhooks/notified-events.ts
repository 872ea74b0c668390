import type { RecordedEvent } from '#event-store';
import type { DeadlineEvent } from '#deadlines';
import type { InquiryEvent } from '#worklist';
import type { ProcedureEventType } from '#procedures';
import type { OpenProcedure } from './open-procedures.js';

export type WebhookEventType = ProcedureEventType | DeadlineEvent['type'] | InquiryEvent['type'];

/** Every event that is told of, and nothing else: one that is added to the log is not sent before somebody has decided it here. */
const notified: Readonly<Record<WebhookEventType, true>> = {
  ProcedureRegistered: true,
  PartsAmended: true,
  ProcessBuilt: true,
  ProcedureReviewed: true,
  PublicationProposed: true,
  PublicationReturned: true,
  ProcedurePublished: true,
  ProcedureDisclosed: true,
  ReviewAssigned: true,
  OptionProposed: true,
  OptionQualityChecked: true,
  OptionReturned: true,
  OptionApproved: true,
  OptionRejected: true,
  ProcedureSimplified: true,
  ProcedureAbolished: true,
  ProcedureWithdrawn: true,
  ProcedureSuspended: true,
  ProcedureResumed: true,
  ProcessApplied: true,
  ProcedureMigrated: true,
  ProcessAudited: true,
  RecordCorrected: true,
  CostMeasured: true,
  ProcedureTransferred: true,
  DeadlineWarned: true,
  DeadlineMissed: true,
  DeadlineEscalated: true,
  ConsultationOpened: true,
  ObstacleRaised: true,
  InquiryAnswered: true,
  InquiryReminded: true,
  InquiryClosed: true,
};
export const webhookEventTypes = Object.keys(notified) as readonly WebhookEventType[];

/** Where they stand in the log. */
export const notifiedPrefixes = ['procedure-', 'deadline-', 'inquiry-'] as const;

export const isNotified = ({ type }: Pick<RecordedEvent, 'type'>): boolean => Object.hasOwn(notified, type);

/** What an event's data may have and a notice may tell: ids and facts, none of which anybody wrote as text. */
interface Tellable {
  readonly stage?: string;
  readonly optionId?: string;
  readonly rule?: string;
  readonly action?: string;
  readonly dueAt?: string;
}

/** The body of a notice (Standard Webhooks 1.0, "Payload structure"). Never a title, a part, an option, a reason or a name. */
export function noticeOf({ type, stream, revision, position, recordedAt, data }: RecordedEvent, of: OpenProcedure): string {
  const { stage, optionId, rule, action, dueAt } = data as Tellable;
  const { procedure, kind, group, owningUnit, code } = of;
  const inquiry = stream.startsWith('inquiry-') ? stream.slice('inquiry-'.length) : undefined;
  return JSON.stringify({
    type,
    timestamp: recordedAt,
    data: { procedure, revision, position: String(position), stage, kind, group, owningUnit, code, optionId, rule, action, dueAt, inquiry },
  });
}
