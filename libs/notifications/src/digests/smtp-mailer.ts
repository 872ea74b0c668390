import { Socket } from 'node:net';
import { createTransport } from 'nodemailer';
import type { MailConfig } from '#platform';
import { Mailer, NotSent } from './mailer.js';
import type { Mail } from './mailer.js';

/** A server that is silent for longer is given up, in ms. */
const patienceMs = 20_000;
/** A mail takes no longer in all, however little at a time the server says. */
const usualDeadlineMs = 30_000;
/** What is under way when the process is to end has so long to be done. */
const graceMs = 4_000;
const thisMachine = ['127.0.0.1', '[::1]', 'localhost'];

/** Hands mail over by SMTP (RFC 5321); a password goes over TLS alone, except within this machine. */
export class SmtpMailer extends Mailer {
  private readonly transportOver: (socket: Socket) => ReturnType<typeof createTransport>;
  private readonly host: string;

  /** @param deadlineMs For one mail. (Default: 30,000) */
  constructor(
    { smtpUrl, from, publicUrl }: MailConfig,
    private readonly deadlineMs = usualDeadlineMs,
  ) {
    super();
    const { protocol, hostname, port, username, password } = new URL(smtpUrl);
    const auth = username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } };
    this.host = new URL(publicUrl).hostname;
    const connection = {
      host: hostname.replace(/^\[|\]$/g, ''),
      ...(port !== '' && { port: Number(port) }),
      secure: protocol === 'smtps:',
      requireTLS: protocol === 'smtp:' && username !== '' && !thisMachine.includes(hostname),
      ...auth,
      ...{ connectionTimeout: patienceMs, greetingTimeout: patienceMs, socketTimeout: patienceMs, dnsTimeout: patienceMs },
    };
    // Nothing that is mailed is read from files or from elsewhere.
    const defaults = { from, disableFileAccess: true, disableUrlAccess: true };
    this.transportOver = (socket) => createTransport({ ...connection, socket }, defaults);
  }

  override async send({ to, subject, text, html, id }: Mail, signal?: AbortSignal): Promise<void> {
    // Ours, because the library waits for as long as the server says anything at all.
    const socket = new Socket();
    const giveUp = (): void => void socket.destroy(new Error('The mail server took too long.'));
    const timers = [setTimeout(giveUp, this.deadlineMs)];
    const hurry = (): void => void timers.push(setTimeout(giveUp, graceMs));
    signal?.addEventListener('abort', hurry, { once: true });
    try {
      await this.transportOver(socket).sendMail({
        // As an object it is one address, whatever is in it.
        to: { name: '', address: to },
        ...{ subject, text, html, messageId: `<${id}@${this.host}>`, textEncoding: 'base64' },
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    } catch (error) {
      throw notSent(error);
    } finally {
      signal?.removeEventListener('abort', hurry);
      timers.forEach((timer) => clearTimeout(timer));
    }
  }
}

interface SmtpError {
  readonly code?: unknown;
  readonly originalCode?: unknown;
  readonly responseCode?: unknown;
  readonly permanent?: unknown;
  readonly timeoutType?: unknown;
}

/** In these the line breaks, which may happen after the message was taken over. */
const broken = ['ECONNECTION', 'ESOCKET', 'ETIMEDOUT'];
const neverConnected = [
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'CONNECT_TIMEOUT',
  'GREETING_TIMEOUT',
  'UPGRADE_TIMEOUT',
];

/** The server's own words may name the address, so only codes are kept. */
function notSent(error: unknown): NotSent {
  const { code, originalCode, responseCode, permanent, timeoutType } = (
    typeof error === 'object' && error !== null ? error : {}
  ) as SmtpError;
  const said = [code, originalCode ?? timeoutType, responseCode].filter((one) => typeof one === 'string' || typeof one === 'number');
  const reason = said.length > 0 ? said.join(' ') : 'UNKNOWN';
  if (typeof responseCode === 'number')
    return new NotSent(reason, permanent === true && code === 'EENVELOPE' ? 'never' : 'later', { cause: error });
  const isBroken = typeof code !== 'string' || broken.includes(code);
  const wasConnected = !neverConnected.some((one) => one === originalCode || one === timeoutType);
  return new NotSent(reason, isBroken && wasConnected ? 'unknown' : 'later', { cause: error });
}
