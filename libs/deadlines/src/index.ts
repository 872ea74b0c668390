export { deadlineStates, deadlinesOfProcedure, dueDeadlines, listDeadlines, recomputedDueDates } from './deadline-queries.js';
export { deadlineFiring } from './deadline-firing.js';
export type { DeadlineEvent } from './deadline-events.js';
export { deadlines } from './deadlines.js';
