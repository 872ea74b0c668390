import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import type { LogLevel } from './config.js';

export type { Logger } from 'pino';

const secrets = ['req.headers.authorization', 'password', '*.password', 'token', '*.token'];
/** Where PostgreSQL repeats the values of a row. */
const rowsInErrors = ['err.detail', 'err.where'];

/** Writes JSON lines to standard output, unless told where else; secrets and the contents of rows are left out. */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = { name: 'tinhgon', level, redact: [...secrets, ...rowsInErrors] };
  return destination ? pino(options, destination) : pino(options);
}
