export {
  deadlineStates,
  deadlinesOfProcedure,
  deadlinesView,
  dueDeadlines,
  listDeadlines,
  recomputedDueDates,
} from './deadline-queries.js';
export { deadlineFiring } from './deadline-firing.js';
export type { DeadlineEvent } from './deadline-events.js';
export { deadlines } from './deadlines.js';
