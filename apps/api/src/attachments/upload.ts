import { on } from 'node:events';
import type { Readable } from 'node:stream';
import type { FastifyContextConfig, FastifyInstance, FastifyRequest } from 'fastify';
import { mostFileBytes } from '#files';
import { Problem } from '../http/problem.js';
import { SharedPlaces } from '../http/shared-places.js';
import type { Holder } from '../http/shared-places.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body is a file, whatever its type, and the controller reads it. (Default: it is JSON) */
    takesFile?: boolean;
  }
}

/** For a route whose body is a file. */
export const takingFile: FastifyContextConfig = { takesFile: true };

/** Each holds a file in memory until it is stored. */
const mostAtOnce = 8;
/** Nobody keeps others from sending; all programs of one person have as many again. */
const mostOfOnePerson = 2;
/** Until a file must have come whole. */
const patienceMs = 30_000;
/** For the rest of a file that was refused, which would otherwise stand before the next request. */
const readingAwayMs = 5_000;

/**
 * Leaves a file in the socket until it is known who sends it and whether it is taken. What is no JSON is refused
 * everywhere else.
 */
export function acceptFiles(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('*', (request: FastifyRequest, payload, done) => {
    const { config } = request.routeOptions;
    if (config.takesFile !== true) done(new Problem('unsupported-media-type'));
    else if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') done(new Problem('file-encoded'));
    else done(null, payload);
  });
  fastify.addHook('onResponse', ({ raw, routeOptions }, _reply, done) => {
    if (routeOptions.config.takesFile === true && !raw.complete) readAway(raw);
    done();
  });
}

/** Reads on for a while, so that the connection can carry another request; then the connection is cut. */
function readAway(stream: Readable): void {
  const cut = setTimeout(() => stream.destroy(), readingAwayMs).unref();
  stream.once('close', () => clearTimeout(cut)).resume();
}

/** Reads files that are sent, so many at a time and so much of each that memory suffices. */
export class Uploads {
  private readonly places = new SharedPlaces({
    most: mostAtOnce,
    mostOfOne: mostOfOnePerson,
    mostOfPrograms: mostOfOnePerson,
    of: 'files are under way',
    retryAfterSeconds: 1,
  });

  /**
   * Reads the person's file and does the work with it.
   * @throws Problem for one that is too large, too slow, empty or cut off, or when too many are read
   */
  async take<Result>(
    stream: Readable,
    { contentLength, person }: { readonly contentLength: string | undefined; readonly person: Holder },
    work: (content: Buffer) => Promise<Result>,
  ): Promise<Result> {
    // Who says so beforehand need not send it.
    if (Number(contentLength ?? 0) > mostFileBytes) throw new Problem('file-too-large');
    const giveBack = this.places.take(person);
    try {
      return await work(await read(stream));
    } finally {
      giveBack();
    }
  }
}

async function read(stream: Readable): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  // The stream is the socket's, which is to carry the answer still, so it is left as it is.
  for await (const piece of whole(stream)) {
    size += piece.length;
    if (size > mostFileBytes) throw new Problem('file-too-large');
    pieces.push(piece);
  }
  if (size === 0) throw new Problem('invalid-body', { detail: 'The file is empty.', errors: [{ path: '', message: 'must not be empty' }] });
  return Buffer.concat(pieces);
}

/** What comes until the end. A sender that goes away, or keeps others waiting, is no failure of the server. */
async function* whole(stream: Readable): AsyncGenerator<Buffer> {
  const signal = AbortSignal.timeout(patienceMs);
  try {
    if (!stream.destroyed) for await (const [piece] of on(stream, 'data', { signal, close: ['end', 'close'] })) yield piece as Buffer;
  } catch {
    if (signal.aborted) throw new Problem('file-too-slow', { headers: { connection: 'close' } });
  }
  if (!stream.readableEnded)
    throw new Problem('invalid-body', { detail: 'The file did not come whole.', errors: [{ path: '', message: 'did not come whole' }] });
}
