export {
  deadlineStates,
  deadlinesOfProcedure,
  deadlinesView,
  dueCounts,
  dueDeadlines,
  listDeadlines,
  nextDeadlines,
  pastDeadlinesView,
  recomputedDueDates,
} from './deadline-queries.js';
export { dueBounds, dueIn, dueRanges } from './due-ranges.js';
export type { DueBounds, DueRange } from './due-ranges.js';
export type { DeadlineState, NextDeadline } from './deadline-queries.js';
export { deadlineFiring } from './deadline-firing.js';
export { deadlinePrefix } from './deadline-events.js';
export type { DeadlineEvent } from './deadline-events.js';
export { deadlines } from './deadlines.js';
