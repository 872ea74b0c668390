export type { Database, Transaction } from './database.js';
export { Clock, SystemClock, dateInVietnam } from './clock.js';
