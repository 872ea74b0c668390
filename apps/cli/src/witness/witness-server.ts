import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { longestAddCheckpoint } from '#audit/verifier';
import { addressBlock } from '#identity';
import { TokenBuckets, codeOf, messageOf } from '#platform';
import { complain } from '../terminal.js';
import type { Witness, WitnessAnswer } from './witness.js';
import type { WitnessFolder } from './witness-folder.js';

interface Answer {
  readonly status: number;
  readonly body: Uint8Array | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Requests from one address: a log asks every few seconds, and a signature takes the processor longer than whoever sends one. */
const [perSecond, burst] = [50, 500];
/** The rest of the request is not read. */
const tooMany: Answer = {
  status: 429,
  body: 'Too many requests; try again in a second.\n',
  headers: { 'retry-after': '1', connection: 'close' },
};

/** Serves tlog-witness. Answers when it listens. @throws Error with a sentence, where the port is not to be had */
export async function serveWitness(
  { witness, folder }: { readonly witness: Witness; readonly folder: WitnessFolder },
  { host, port }: { readonly host: string; readonly port: number },
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const requests = new TokenBuckets(perSecond, burst);
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 10_000, keepAliveTimeout: 30_000 }, (request, response) => {
    const mayAsk = requests.take(addressBlock(request.socket.remoteAddress ?? ''));
    (mayAsk ? answerTo(request, witness, folder) : Promise.resolve(tooMany))
      .catch((error: unknown): Answer => {
        // One that was broken off is nobody's trouble here.
        if (request.complete) complain(`A request was not answered: ${messageOf(error)}`);
        return { status: 500, body: 'It could not be recorded, and nothing was signed.\n' };
      })
      .then(({ status, body, headers }) => response.writeHead(status, { ...always, ...headers }).end(body))
      .catch(() => response.destroy());
  });
  server.maxConnections = 200;
  await listening(server, host, port);
  return { url: urlOf(server, host), close: () => closed(server) };
}

const always = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

async function answerTo(request: IncomingMessage, witness: Witness, folder: WitnessFolder): Promise<Answer> {
  const path = request.url?.split('?', 1)[0] ?? '';
  const monitored = /^\/([0-9a-f]{64})\/checkpoint$/.exec(path)?.[1];
  if (monitored !== undefined) {
    if (request.method !== 'GET' && request.method !== 'HEAD') return notAllowed('GET, HEAD');
    const note = folder.noteOf(monitored);
    return note ? { status: 200, body: note } : { status: 404, body: 'Nothing was cosigned for an origin of this hash.\n' };
  }
  if (path !== '/add-checkpoint') return { status: 404, body: 'Here are add-checkpoint and <origin hash>/checkpoint.\n' };
  if (request.method !== 'POST') return notAllowed('POST');
  const body = await bodyOf(request);
  if (body !== null) return answerOf(await witness.answer(body));
  return { status: 413, body: `A request has at most ${longestAddCheckpoint} octets.\n`, headers: { connection: 'close' } };
}

function answerOf(answered: WitnessAnswer): Answer {
  const { status } = answered;
  if (answered.status === 200) return { status, body: answered.cosignature };
  if (answered.knownSize === undefined) return { status, body: `${answered.reason}\n` };
  return { status, body: `${answered.knownSize}\n`, headers: { 'content-type': 'text/x.tlog.size' } };
}

const notAllowed = (allow: string): Answer => ({ status: 405, body: `Here is ${allow}.\n`, headers: { allow } });

/** Null where it is longer than any request; what is beyond is not read. */
async function bodyOf(request: IncomingMessage): Promise<Uint8Array | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > longestAddCheckpoint) return null;
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

async function listening(server: Server, host: string, port: number): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new Error(`Port ${port} on ${host} is not to be had (${codeOf(error)}); choose another PORT or HOST.`, { cause: error });
  }
}

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  const named = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[host] ?? (host.includes(':') ? `[${host}]` : host);
  return `http://${named}:${port}`;
}

/** Answers under way end; what does not is cut after five seconds. */
async function closed(server: Server): Promise<void> {
  const cut = setTimeout(() => server.closeAllConnections(), 5_000);
  try {
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
    });
  } finally {
    clearTimeout(cut);
  }
}
