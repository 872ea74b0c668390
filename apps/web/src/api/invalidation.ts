import type { QueryKey } from '@tanstack/react-query';

/** What happened, as far as it matters for what is on the screen. */
export interface Happened {
  /** Types of events; where there is none, it may be anything. */
  readonly types: readonly string[];
  /** Procedure id. (Default: it may be about any) */
  readonly procedure?: string;
}

/** What pages read, by what changes it; a path ends with `/*` where it stands for all below it. */
const rooms = {
  register: ['/api/v1/procedures', '/api/v1/procedures/similar', '/api/v1/reports/*'],
  /** Of the procedure that it is about alone. */
  procedure: ['/api/v1/procedures/{id}', '/api/v1/procedures/{id}/*'],
  worklist: ['/api/v1/worklist', '/api/v1/worklist/*', '/api/v1/reports/workload'],
  deadlines: ['/api/v1/deadlines', '/api/v1/reports/*'],
  tasks: ['/api/v1/tasks', '/api/v1/worklist/counts'],
  notifications: ['/api/v1/notifications'],
  programmes: ['/api/v1/programmes', '/api/v1/programmes/*', '/api/v1/reports/progress', '/api/v1/reports/progress/*'],
  inspections: ['/api/v1/inspections', '/api/v1/inspections/*'],
  indicators: ['/api/v1/indicators', '/api/v1/indicators/*'],
  boards: ['/api/v1/steering-boards', '/api/v1/steering-boards/*'],
  periods: ['/api/v1/periods', '/api/v1/periods/*'],
  reorganisations: ['/api/v1/reorganisations', '/api/v1/reorganisations/*', '/api/v1/units', '/api/v1/units/*'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
type Room = keyof typeof rooms;

const everyStep: readonly Room[] = ['register', 'procedure', 'worklist', 'deadlines', 'programmes'];
const askedFor: readonly Room[] = ['procedure', 'worklist', 'tasks', 'notifications'];

/** A type that is missing here changes everything: it is read too often rather than not at all. */
const changedBy: Readonly<Record<string, readonly Room[]>> = {
  ProcedureRegistered: everyStep,
  PartsAmended: everyStep,
  ProcessBuilt: everyStep,
  ProcedureReviewed: everyStep,
  PublicationProposed: everyStep,
  PublicationReturned: [...everyStep, 'notifications'],
  ProcedurePublished: [...everyStep, 'notifications'],
  ProcedureDisclosed: everyStep,
  ReviewAssigned: [...everyStep, 'tasks', 'notifications'],
  ProcessApplied: everyStep,
  ProcessAudited: everyStep,
  OptionProposed: [...everyStep, 'tasks'],
  OptionQualityChecked: [...everyStep, 'notifications'],
  OptionApproved: [...everyStep, 'notifications'],
  OptionRejected: [...everyStep, 'notifications'],
  OptionReturned: [...everyStep, 'notifications'],
  ProcedureSimplified: [...everyStep, 'tasks'],
  ProcedureAbolished: [...everyStep, 'tasks'],
  ProcedureWithdrawn: [...everyStep, 'tasks'],
  ProcedureSuspended: everyStep,
  ProcedureResumed: everyStep,
  ProcedureMigrated: everyStep,
  RecordCorrected: [...everyStep, 'tasks'],
  CostMeasured: everyStep,
  ProcedureTransferred: everyStep,
  ConsultationOpened: askedFor,
  ObstacleRaised: askedFor,
  InquiryAnswered: askedFor,
  InquiryReminded: askedFor,
  InquiryClosed: askedFor,
  DeadlineWarned: ['procedure', 'worklist', 'deadlines', 'notifications'],
  DeadlineMissed: ['procedure', 'worklist', 'deadlines', 'notifications'],
  DeadlineEscalated: ['procedure', 'worklist', 'deadlines', 'notifications'],
  WorkClaimed: ['procedure', 'worklist'],
  WorkReleased: ['procedure', 'worklist'],
  WorkAssigned: ['procedure', 'worklist', 'notifications'],
  CommentAdded: ['procedure'],
  ProgrammeMade: ['programmes'],
  TargetSet: ['programmes'],
  TargetWithdrawn: ['programmes'],
  FigureStated: ['programmes'],
  ProgrammeClosed: ['programmes'],
  // On no page yet.
  PeriodClosed: ['periods'],
  InspectionAnnounced: ['inspections', 'notifications'],
  InspectionOpened: ['inspections'],
  FindingMade: ['inspections'],
  InspectionEnded: ['inspections'],
  InspectionConcluded: ['inspections'],
  RecommendationMade: ['inspections', 'boards', 'notifications'],
  RemedyReported: ['inspections', 'boards', 'notifications'],
  RemedyAccepted: ['inspections', 'boards', 'notifications'],
  RemedyReturned: ['inspections', 'boards', 'notifications'],
  RemedyReminded: ['inspections', 'boards', 'notifications'],
  InspectionClosed: ['inspections'],
  IndicatorDefined: ['indicators'],
  IndicatorReported: ['indicators', 'programmes'],
  IndicatorVerified: ['indicators'],
  IndicatorReturned: ['indicators', 'programmes'],
  IndicatorReminded: ['indicators', 'notifications'],
  SteeringBoardEstablished: ['boards'],
  BoardMemberAppointed: ['boards'],
  BoardMemberReleased: ['boards'],
  BoardMeetingHeld: ['boards'],
  BoardConclusionReached: ['boards'],
  SteeringBoardDissolved: ['boards'],
  ReorganisationPlanned: ['reorganisations'],
  ReorganisationAmended: ['reorganisations'],
  ReorganisationCancelled: ['reorganisations'],
  ReorganisationBegun: ['reorganisations'],
  ReorganisationStepDone: ['reorganisations'],
  ReorganisationHalted: ['reorganisations'],
  ReorganisationResumed: ['reorganisations'],
  ReorganisationCompleted: ['reorganisations'],
};

/** Whether what is kept under a key may read otherwise since. The key names the path second, and then with what it was asked. */
export function isTouched(key: QueryKey, happened: readonly Happened[]): boolean {
  const [, path, asked] = key;
  if (typeof path !== 'string') return true;
  const id = idAskedFor(asked);
  return happened.some(({ types, procedure }) => {
    const isElsewhere = procedure !== undefined && id !== undefined && id !== procedure && path.startsWith('/api/v1/procedures/{id}');
    return !isElsewhere && (types.length === 0 || types.some((type) => changes(type, path)));
  });
}

function changes(type: string, path: string): boolean {
  if (!Object.hasOwn(changedBy, type)) return true;
  return (changedBy[type] ?? []).some((room) =>
    rooms[room].some((one) => (one.endsWith('*') ? path.startsWith(one.slice(0, -1)) : path === one)),
  );
}

/** The id in the path that is asked for. */
function idAskedFor(asked: unknown): string | undefined {
  const { params } = (asked ?? {}) as { readonly params?: { readonly path?: { readonly id?: unknown } } };
  return typeof params?.path?.id === 'string' ? params.path.id : undefined;
}
