import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import type { LogLevel } from './config.js';

export type { Logger } from 'pino';

const secrets = ['req.headers.authorization', 'password', '*.password', 'token', '*.token'];
/** Lines that nobody takes are dropped beyond this, so that a reader who stopped reading holds nobody up. */
const mostWaitingBytes = 1_000_000;

/** Writes JSON lines to standard output, unless told where else; secrets and the contents of rows are left out. */
export function createLogger(level: LogLevel, destination: DestinationStream = standardOutput()): Logger {
  return pino({ name: 'tinhgon', level, redact: secrets, serializers: { err: described } }, destination);
}

const standardOutput = (): DestinationStream => pino.destination({ fd: 1, sync: false, maxLength: mostWaitingBytes });

/**
 * What may be told of an error. The rest of it is left out: drivers attach statements, parameters and rows, and PostgreSQL
 * quotes the value that it cannot read (class 22).
 */
function described(error: unknown): unknown {
  // Not `instanceof`: an error may come from another realm.
  if (typeof error !== 'object' || error === null || !('message' in error)) return { type: typeof error };
  const { name: type, message, stack, cause } = error as Error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const frames = stack?.slice(stack.indexOf(message) + message.length).match(/^ {4}at .*$/gm) ?? [];
  return {
    type,
    message: code?.startsWith('22') ? message.replace(/"[^]*"/, '"…"') : message,
    ...(code !== undefined && { code }),
    stack: frames.join('\n'),
    ...(cause !== undefined && { cause: described(cause) }),
  };
}
