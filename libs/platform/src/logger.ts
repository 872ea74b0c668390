import { pino } from 'pino';
import type { Logger } from 'pino';
import type { LogLevel } from './config.js';

export type { Logger } from 'pino';

/** Writes JSON lines to standard output; secrets in requests are left out. */
export function createLogger(level: LogLevel, name = 'tinhgon'): Logger {
  return pino({ name, level, redact: ['req.headers.authorization', 'password', '*.password', 'token'] });
}
