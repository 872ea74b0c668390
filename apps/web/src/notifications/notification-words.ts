import type { Item } from '../table/pages';
import type { Word } from '../words/words';

export type Notification = Item<'/api/v1/notifications'>;

/** What happened, by the type of the event. */
export const notificationWords = {
  ReviewAssigned: 'notification.ReviewAssigned',
  ConsultationOpened: 'notification.ConsultationOpened',
  ObstacleRaised: 'notification.ObstacleRaised',
  InquiryReminded: 'notification.InquiryReminded',
  InquiryAnswered: 'notification.InquiryAnswered',
  InquiryClosed: 'notification.InquiryClosed',
  PublicationReturned: 'notification.PublicationReturned',
  ProcedurePublished: 'notification.ProcedurePublished',
  OptionQualityChecked: 'notification.OptionQualityChecked',
  OptionReturned: 'notification.OptionReturned',
  OptionRejected: 'notification.OptionRejected',
  OptionApproved: 'notification.OptionApproved',
  DeadlineWarned: 'notification.DeadlineWarned',
  DeadlineMissed: 'notification.DeadlineMissed',
  DeadlineEscalated: 'notification.DeadlineEscalated',
  WorkAssigned: 'notification.WorkAssigned',
  IndicatorReminded: 'notification.IndicatorReminded',
  InspectionAnnounced: 'notification.InspectionAnnounced',
  RecommendationMade: 'notification.RecommendationMade',
  RemedyReported: 'notification.RemedyReported',
  RemedyAccepted: 'notification.RemedyAccepted',
  RemedyReturned: 'notification.RemedyReturned',
  RemedyReminded: 'notification.RemedyReminded',
} as const satisfies Record<Notification['type'], Word>;
