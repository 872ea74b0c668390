export { BulkRuns, TooManyRuns, bulkStates, mostSelected } from './bulk-runs.js';
export type { BulkRun, BulkState, NewBulkRun, SelectedItem, SettledItem } from './bulk-runs.js';
