import type { Readable } from 'node:stream';
import type { FastifyContextConfig, FastifyInstance, FastifyRequest } from 'fastify';
import { mostFileBytes } from '#files';
import { Problem } from '../http/problem.js';

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

/**
 * Leaves a file in the socket until it is known who sends it and whether it is taken. What is no JSON is refused
 * everywhere else.
 */
export function acceptFiles(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('*', (request: FastifyRequest, payload, done) => {
    if (request.routeOptions.config.takesFile === true) done(null, payload);
    else done(new Problem('unsupported-media-type'));
  });
}

/** Reads files that are sent, so many at a time and so much of each that memory suffices. */
export class Uploads {
  private underWay = 0;

  /** Reads the file and does the work with it. @throws Problem for one that is too large, empty or cut off, or when too many are read */
  async take<Result>(stream: Readable, contentLength: string | undefined, work: (content: Buffer) => Promise<Result>): Promise<Result> {
    // Who says so beforehand need not send it.
    if (Number(contentLength ?? 0) > mostFileBytes) throw new Problem('file-too-large');
    if (this.underWay >= mostAtOnce) throw new Problem('unavailable', { headers: { 'retry-after': '1' } });
    this.underWay++;
    try {
      return await work(await read(stream));
    } finally {
      this.underWay--;
    }
  }
}

async function read(stream: Readable): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  // The stream is the socket's, which is to carry the answer still.
  for await (const piece of whole(stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>)) {
    size += piece.length;
    if (size > mostFileBytes) throw new Problem('file-too-large');
    pieces.push(piece);
  }
  if (size === 0) throw new Problem('invalid-body', { detail: 'The file is empty.', errors: [{ path: '', message: 'must not be empty' }] });
  return Buffer.concat(pieces);
}

/** A sender that goes away is no failure of the server. */
async function* whole(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* pieces;
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('invalid-body', { detail: 'The file did not come whole.', errors: [{ path: '', message: 'did not come whole' }] });
  }
}
