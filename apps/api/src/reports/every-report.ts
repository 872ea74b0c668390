import { funnel, onTime, overdue, progress, workload } from '#reporting';
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
  WorkloadAnswer,
  WorkloadQuery,
} from './reports.dto.js';

/** The calls of every report. */
export const everyReport = [
  reportRoom({ report: funnel, query: FunnelQuery, answer: FunnelAnswer, summary: 'How many procedures stand in each stage.', operationId: 'Reading_funnel' }),
  reportRoom({ report: onTime, query: OnTimeQuery, answer: OnTimeReportAnswer, summary: 'How many publications were signed and disclosed in time, the latest of each procedure.', operationId: 'Reading_onTime' }),
  reportRoom({ report: overdue, query: OverdueQuery, answer: OverdueAnswer, summary: 'How many deadlines run, by owning unit and by how many working days off they are due.', operationId: 'Reading_overdue' }),
  reportRoom({ report: workload, query: WorkloadQuery, answer: WorkloadAnswer, summary: 'How much work waits for people at which unit, and whose procedures it is about.', operationId: 'Reading_workload' }),
  reportRoom({ report: progress, query: ProgressQuery, answer: ProgressReportAnswer, summary: 'How each target of a programme stands.', operationId: 'Progress_report' }),
]; // prettier-ignore
