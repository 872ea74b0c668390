import { actionOf, isKnown } from '#procedures';
import type { ProcedureEventType } from '#procedures';

/** Of what is no action of a procedure, the command that leads to the event. What is not named has its type for an action, in words. */
const commands: Readonly<Record<string, string>> = {
  UnitRegistered: 'register-unit',
  UnitRenamed: 'rename-unit',
  UnitMoved: 'move-unit',
  UnitMerged: 'merge-unit',
  UnitClosed: 'close-unit',
  PersonRegistered: 'register-person',
  RoleGranted: 'grant-role',
  RoleRevoked: 'revoke-role',
  ClearanceGranted: 'set-clearance',
  PersonErased: 'erase-person',
  DelegationGranted: 'delegate',
  DelegationRevoked: 'revoke-delegation',
  LifecycleDrafted: 'draft',
  LifecyclePublished: 'publish-definition',
  LifecycleRetired: 'retire',
  ProgrammeMade: 'make-programme',
  ProgrammeClosed: 'close-programme',
  TargetSet: 'set-target',
  TargetWithdrawn: 'withdraw-target',
  InspectionAnnounced: 'announce-inspection',
  InspectionOpened: 'open',
  FindingMade: 'find',
  InspectionEnded: 'end',
  InspectionConcluded: 'conclude',
  InspectionClosed: 'close',
  RecommendationMade: 'recommend',
  RemedyReported: 'report-remedy',
  RemedyAccepted: 'accept-remedy',
  RemedyReturned: 'return-remedy',
  RemedyReminded: 'remind',
  IndicatorDefined: 'define-indicator',
  IndicatorReported: 'report-indicator',
  IndicatorVerified: 'verify-report',
  IndicatorReturned: 'return-report',
  IndicatorReminded: 'remind-indicator',
  PeriodClosed: 'close-period',
  ConsultationOpened: 'consult',
  ObstacleRaised: 'raise-obstacle',
  InquiryAnswered: 'answer',
  InquiryClosed: 'close-consultation',
  InquiryReminded: 'remind',
  WorkClaimed: 'claim',
  WorkAssigned: 'assign',
  WorkReleased: 'release',
  CommentAdded: 'comment',
};

/** What was done, as a command is named; the same for the same type. Of a refusal the event itself says it. */
export function actionOfType(type: string): string {
  // What is none of theirs is not known.
  const ofProcedure = { type: type as ProcedureEventType };
  if (isKnown(ofProcedure)) return actionOf(ofProcedure);
  return commands[type] ?? type.replace(/(?<=.)(?=[A-Z])/g, '-').toLowerCase();
}
