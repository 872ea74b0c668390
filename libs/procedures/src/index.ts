export { procedure } from './procedure.js';
export { allowed, authorisingRole, workFor } from './rules.js';
export type { Registration } from './rules.js';
export { confirmable } from './conditions.js';
export type { ConditionCode, Confirmable } from './conditions.js';
export type { ActionBodies, DecisionContext, MigrationPlan, ProcedureCommand } from './commands.js';
export { isHours, savingOf } from './cost.js';
export type { CostSide } from './cost.js';
export { isDate, isRecordedDate } from './dates.js';
export { countLimits, hiddenInText, isBlank, mostCharacters, mostItems } from './limits.js';
export { faultOfCode, foldCode, tidyCode } from './official-code.js';
export { BeyondSafeIntegers, InvalidBody } from './invalid-body.js';
export type { FieldError } from './invalid-body.js';
export { refuseContent } from './reference-only.js';
export { missingParts } from './parts.js';
export { openOption } from './state.js';
export type { Option, Procedure, ProcedureRecord, RegisteredProcedure } from './state.js';
export { effectiveValues } from './effective.js';
export { actionOf } from './evolve.js';
export { clockPlans, isOneOf, optionTypes } from './events.js';
export type { Clocks, Cost, CostLine, Decision, IsoDate, OptionContent, OptionType, Parts, PartsChange, People, ProcedureEvent, ProcedureEventType, Review, Saving } from './events.js'; // prettier-ignore
export { comments } from './comments.js';
export type { CommentBody, CommentEvent } from './comments.js';
export { procedureViews } from './views/all.js';
export { reviewTaskId, tasks } from './views/tasks.js';
export { inquiredProcedures, isAskedAbout, listTasks, taskKinds, taskStates } from './views/task-queries.js';
export type { Task, TaskFilters, TaskKind, TaskState } from './views/task-queries.js';
export { register } from './views/register.js';
export { counts } from './views/counts.js';
export { deadlines } from './views/deadlines.js';
export { whoseTask } from './inquiry.js';
export type { InquiryEvent, ReminderOccasion } from './inquiry.js';
export { mostRemindBefore } from './views/due-reminders.js';
export { taskReminding } from './views/task-reminding.js';
export { deadlineFiring } from './views/deadline-firing.js';
export { deadlineStates, deadlinesOfProcedure, dueDeadlines, listDeadlines, recomputedDueDates } from './views/deadline-queries.js';
export type { DeadlineItem, DeadlineRun, DeadlineState } from './views/deadline-queries.js';
export type { DeadlineEvent } from './deadline-events.js';
export { publicationOf, punctualityOf, punctualityStates } from './punctuality.js';
export type { Publication, Punctuality, PunctualityState } from './punctuality.js';
export { publicationGroups } from './views/publications.js';
export { refusals, refusedType } from './views/refusals.js';
export { historyOrders, historyPage } from './views/history-page.js';
export type { HistoryOrder, HistoryQuestion } from './views/history-page.js';
export { differencesBetween, stateAt } from './views/history.js';
export { commentsOf, namedFilesOf } from './views/comments.js';
export type { Comment, Naming } from './views/comments.js';
export type { Difference, HistoryItem, ProcedureAt } from './views/history.js';
export {
  InvalidCursor,
  classifiedIn,
  funnel,
  listProcedures,
  procedureSorts,
  proceduresWithCode,
  readCursor,
  readKey,
  writeCursor,
} from './views/queries.js';
export type { Page, ProcedureFilters, ProcedureSort, ProcedureSummary } from './views/queries.js';
export { countWork, heldWork, worklist, worklistScopes } from './views/worklist.js';
export type { WorkItem, WorklistScope } from './views/worklist.js';
export { workerOf } from './views/worker.js';
export type { Worker } from './views/worker.js';
