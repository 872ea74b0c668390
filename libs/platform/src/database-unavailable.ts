/** The database cannot be opened; the message is one sentence that says what to do. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}

const networkCodes = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
];
// Shutdown and start of the server, too many clients, out of disk or memory, input/output error, read-only after a switch-over.
const serverCodes = ['57P01', '57P02', '57P03', '57P05', '53000', '53100', '53200', '53300', '58000', '58030', '25006'];
const driverMessages =
  /connection terminated|connection error|timeout exceeded when trying to connect|query read timeout|client was closed/i;

/** The code of a system or SQL error, empty where there is none. (Not `instanceof`: an error may come from another realm.) */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** What the error says; of one that says nothing, what it is called and its number. */
export function messageOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  if ('message' in error && typeof error.message === 'string' && error.message !== '') return error.message;
  const name = 'name' in error && typeof error.name === 'string' ? error.name : 'an error without words';
  const number = codeOf(error) || ('errno' in error ? String(error.errno) : '');
  return number === '' ? name : `${name} ${number}`;
}

/** Whether the error means that the database cannot be reached or cannot work, so that trying later is right. */
export function isDatabaseOutage(error: unknown): boolean {
  if (error instanceof DatabaseUnavailable) return true;
  const code = codeOf(error);
  return networkCodes.includes(code) || serverCodes.includes(code) || code.startsWith('08') || driverMessages.test(messageOf(error));
}
