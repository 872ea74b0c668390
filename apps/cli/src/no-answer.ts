import { isIP } from 'node:net';
import { connect } from 'node:tls';

/** Why no answer came from a server. */
export interface NoAnswer {
  readonly sentence: string;
  /** Whether it may pass: a server that is being restarted comes back, a wrong address does not. */
  readonly mayPass: boolean;
}

const lost = /^(ECONNRESET|EPIPE|UND_ERR_SOCKET|HPE_\w+)$/;

/** Tells a server that is down from one that is somewhere else or speaks otherwise. */
export async function whyNoAnswer(url: string, error: unknown): Promise<NoAnswer> {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const message = cause instanceof Error ? cause.message : String(cause);
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  const { protocol, hostname, host } = new URL(url);
  const never = (sentence: string): NoAnswer => ({ sentence, mayPass: false });
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return never(`There is no host named ${hostname} (${code}): correct --url ${url}.`);
  if (code === 'EPROTO' || code.startsWith('ERR_SSL'))
    return never(`What answers at ${url} does not speak https: try --url http://${host}.`);
  if (/CERT|SIGNED|SIGNATURE|ISSUER/.test(code)) return never(`The server at ${url} answers, and ${certificateFault(code)}.`);
  if (protocol === 'http:' && lost.test(code) && (await speaksTls(url))) return never(speaksHttps(url));
  if (message === 'bad port') return never(`The port of ${url} is one that is never asked: correct --url.`);
  const isSlow = cause instanceof Error && cause.name === 'TimeoutError';
  return {
    sentence: `Nothing answers at ${url} (${isSlow ? 'no answer in time' : code || message}): start it with \`npm start\`, or name another server with --url.`,
    mayPass: true,
  };
}

function certificateFault(code: string): string {
  if (code === 'CERT_HAS_EXPIRED') return `its certificate has expired (${code}): have it renewed there`;
  if (code === 'CERT_NOT_YET_VALID') return `its certificate does not hold yet (${code}): look at the clocks of both machines`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `its certificate is of another host (${code}): name the host as the certificate does in --url`;
  if (code === 'CERT_REVOKED') return `its certificate was revoked (${code}): have it replaced there`;
  return `nobody who is trusted here has issued its certificate (${code}): name the file with its issuer's in NODE_EXTRA_CA_CERTS`;
}

export const speaksHttps = (url: string): string => `What answers at ${url} speaks https: try --url https://${new URL(url).host}.`;

/** Whether a handshake with it succeeds, whoever it is: nothing is sent. */
export function speaksTls(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve) => {
    const socket = connect({
      ...{ host, port: Number(port === '' ? 80 : port), rejectUnauthorized: false, timeout: 3_000 },
      ...(isIP(host) === 0 && { servername: host }),
    });
    const end = (speaks: boolean) => (): void => {
      socket.destroy();
      resolve(speaks);
    };
    socket.once('secureConnect', end(true)).once('error', end(false)).once('timeout', end(false)).once('close', end(false));
  });
}
