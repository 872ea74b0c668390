import type { Socket } from 'node:net';
import { Problem, toDocument } from './problem.js';
import type { ProblemCode } from './problem.js';

const codes: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'body-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'body-too-slow',
};

/** Answers what cannot be read as a request, as everything else that is refused, and ends the connection. */
export function answerFault(error: Error & { readonly code?: string }, socket: Socket): void {
  // Whoever went away reads nothing, and no answer that was begun is broken into.
  if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) {
    socket.destroy();
    return;
  }
  const problem = new Problem(codes[error.code ?? ''] ?? 'invalid-body');
  const body = JSON.stringify(toDocument(problem, undefined));
  const headers = ['Content-Type: application/problem+json; charset=utf-8', `Content-Length: ${String(Buffer.byteLength(body))}`];
  socket.end([`HTTP/1.1 ${String(problem.status)} Refused`, ...headers, 'Connection: close', '', body].join('\r\n'));
}
