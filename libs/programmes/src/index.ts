export { indicatorIn, isCut, metrics } from './metrics.js';
export type { Baseline, IndicatorMetric, Metric, Scope, Target } from './metrics.js';
export { programme, targetState } from './programme.js';
export type { Programme, ProgrammeTarget, PublishedFigure, TargetState } from './programme.js';
export { Programmes, programmeActions } from './programmes.js';
export type { AskedMoment, Moment, ProgrammeRequest } from './programmes.js';
export { listProgrammes, programmesView } from './programmes-view.js';
export { workingDaysLeft } from './recommendations/due.js';
export type { AllowedAction, SeenRecommendation } from './recommendations/remedies-allowed.js';
export { findingSeverities, inspectionActions, inspectionStates, mostFoundProcedures } from './inspections/inspection-table.js';
export type { FindingSeverity, InspectionAction, InspectionState } from './inspections/inspection-table.js';
export { Inspections } from './inspections/inspections.js';
export type { InspectionRequest, SeenInspection } from './inspections/inspections.js';
export { inspectionsTable, inspectionsView, listInspections } from './inspections/inspections-view.js';
export type { InspectionSummary } from './inspections/inspections-view.js';
export { remedyReminding } from './recommendations/remedy-reminding.js';
export { remedyActions, remedyStates } from './recommendations/remedies.js';
export type { AskingEvent } from './recommendations/asking-event.js';
export type { RemedyAction, RemedyCommand } from './recommendations/remedies.js';
export { definingRole, dueUnits, indicatorIdOf, reportingLevels } from './indicators/indicator.js';
export type { Defined, ReportingLevel } from './indicators/indicator.js';
export { Indicators } from './indicators/indicators.js';
export type { Place, ReportRequest } from './indicators/indicators.js';
export { indicatorsTable, indicatorsView } from './indicators/indicators-view.js';
export {
  findIndicator,
  indicatorHistory,
  indicatorsAt,
  indicatorsUpTo,
  listIndicators,
  periodsOf,
  standingOfIndicator,
} from './indicators/indicator-queries.js';
export type { IndicatorHappening, IndicatorStanding, UnitReport } from './indicators/indicator-queries.js';
export { indicatorContributions } from './indicators/indicator-contributions.js';
export { pastUnits, unitsAt, unitsAtOrFirst } from './indicators/past-units.js';
export { periodOf } from './indicators/period.js';
export type { ReminderEvent } from './indicators/reminding.js';
export { reportActions } from './indicators/report.js';
export { reportingPeriod, usualLastDay } from './periods/closing.js';
export type { ClosedPeriod, FrozenReport } from './periods/closing.js';
export { Periods } from './periods/periods.js';
export { listPeriods, periodsView } from './periods/periods-view.js';
export { boardActions, boardStates, memberRoles, mostMembers } from './steering/board-table.js';
export type { BoardAction, BoardState, MemberRole } from './steering/board-table.js';
export { SteeringBoards } from './steering/boards.js';
export type { BoardRequest, SeenBoard } from './steering/boards.js';
export { boardsTable, boardsView, listBoards } from './steering/boards-view.js';
export type { BoardSummary } from './steering/boards-view.js';
export { isInOffice } from './steering/members.js';
export { countTargetsOf } from './programmes-view.js';
export { countOpenRecommendations } from './recommendations/open-recommendations.js';
