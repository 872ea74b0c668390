export { BulkRuns, TooManyRuns, bulkStates, migrateBulkRuns, mostSelected } from './bulk-runs.js';
export type { BulkRun, BulkState, NewBulkRun, SelectedItem, SettledItem } from './bulk-runs.js';
