export { BulkRuns, TooManyRuns, bulkStates, mostSelected } from './bulk-runs.js';
export type { BulkRun, BulkState, Entered, NewBulkRun, SelectedItem, SettledItem } from './bulk-runs.js';
