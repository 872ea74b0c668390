import { activity, cycleTimes, funnel, onTime, overdue, progress, reviewResultsTable, savings, workload } from '#reporting';
import { ActivityAnswer, ActivityQuery, CycleTimesAnswer, CycleTimesQuery, ReviewResultsAnswer, ReviewResultsQuery } from './process-reports.dto.js'; // prettier-ignore
import { reportRoom } from './report-room.js';
import {
  FunnelAnswer,
  FunnelQuery,
  OnTimeQuery,
  OnTimeReportAnswer,
  OverdueAnswer,
  OverdueQuery,
  ProgressQuery,
  ProgressReportAnswer,
  SavingsAnswer,
  SavingsQuery,
  WorkloadAnswer,
  WorkloadQuery,
} from './reports.dto.js';

/** The calls of every report. */
export const everyReport = [
  reportRoom({ report: funnel, query: FunnelQuery, answer: FunnelAnswer, summary: 'How many procedures stand in each stage.', operationId: 'Reading_funnel' }),
  reportRoom({ report: onTime, query: OnTimeQuery, answer: OnTimeReportAnswer, summary: 'How many publications were signed and disclosed in time, the latest of each procedure, or the latest that was signed in a period.', operationId: 'Reading_onTime' }),
  reportRoom({ report: overdue, query: OverdueQuery, answer: OverdueAnswer, summary: 'How many deadlines run, by owning unit and by how many working days off they are due.', operationId: 'Reading_overdue' }),
  reportRoom({ report: workload, query: WorkloadQuery, answer: WorkloadAnswer, summary: 'How much work waits for people at which unit, and whose procedures it is about.', operationId: 'Reading_workload' }),
  reportRoom({ report: progress, query: ProgressQuery, answer: ProgressReportAnswer, summary: 'How each target of a programme stands.', operationId: 'Progress_report' }),
  reportRoom({ report: cycleTimes, query: CycleTimesQuery, answer: CycleTimesAnswer, summary: 'How long procedures stay in each stage, in working days by the calendar of then.' }),
  reportRoom({ report: activity, query: ActivityQuery, answer: ActivityAnswer, summary: 'What was done for each unit, to procedures that the reader may see.' }),
  reportRoom({ report: reviewResultsTable, query: ReviewResultsQuery, answer: ReviewResultsAnswer, isPaged: true, summary: 'What reviews led to: a row for each option, and one for each procedure without any.' }),
  reportRoom({ report: savings, query: SavingsQuery, answer: SavingsAnswer, summary: 'What was promised, approved and implemented of the yearly cost.', isPaged: true }),
]; // prettier-ignore
