import type { WebhookEvents } from './webhooks-queries';

type EventType = Exclude<WebhookEvents, 'all'>[number];

/** What can be told, in the order in which it happens. */
const told: Readonly<Record<EventType, true>> = {
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
const isEvent = (type: string): type is EventType => Object.hasOwn(told, type);

export const toldEvents = Object.keys(told).filter(isEvent);

/** None chosen means all. */
export function eventsOf(chosen: readonly string[]): WebhookEvents {
  const events = chosen.filter(isEvent);
  return events.length === 0 ? 'all' : events;
}
