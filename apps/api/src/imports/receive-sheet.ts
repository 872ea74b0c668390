import { Readable } from 'node:stream';
import { Busboy } from '@fastify/busboy';
import type { FastifyRequest } from 'fastify';
import { mostSheetBytes, SheetTooLarge } from '#imports';
import type { SheetFormat } from '#sheets';
import { Problem } from '../http/problem.js';

/** Until a file must have come whole. */
const patienceMs = 30_000;
/** What stands around the file. */
const mostAround = 64 * 1024;

/** A file of a form, as it comes. */
export interface SentSheet {
  readonly name: string;
  readonly format: SheetFormat;
  readonly pieces: AsyncIterable<Buffer>;
}

/**
 * Takes the file that a form (RFC 7578) sends as `file`, and hands it on while it comes.
 * @throws Problem for a body that is no such form, too large, too slow or cut off, and for a file that is no sheet by its name
 */
export async function receiveSheet<Result>(
  { headers, body }: Pick<FastifyRequest, 'headers' | 'body'>,
  work: (sheet: SentSheet) => Promise<Result>,
): Promise<Result> {
  const type = headers['content-type'] ?? '';
  if (!/^multipart\/form-data\s*;.*boundary=/i.test(type) || !(body instanceof Readable)) throw new Problem('unsupported-media-type', { detail: 'The body must be a form (multipart/form-data) with the file as "file".' }); // prettier-ignore
  if (Number(headers['content-length'] ?? 0) > mostSheetBytes + mostAround) throw new Problem('sheet-too-large');
  const form = new Busboy({ headers: { ...headers, 'content-type': type }, limits: { files: 2, fields: 10, parts: 12, fieldSize: 1_000, fileSize: mostSheetBytes + 1 } }); // prettier-ignore
  const ending = new AbortController();
  const slow = setTimeout(() => ending.abort(new Problem('file-too-slow', { headers: { connection: 'close' } })), patienceMs);
  const cut = (): void => {
    if (!body.readableEnded) ending.abort(wrong('did not come whole'));
  };
  body.once('close', cut).once('error', cut);
  try {
    return await new Promise<Result>((resolve, reject) => {
      let working: Promise<void> | undefined;
      const take = (field: string, file: Readable, name: string): void => {
        // A stream that fails without anybody who listens would end the process.
        file.on('error', () => undefined);
        if (field !== 'file' || working) {
          file.resume();
          return;
        }
        ending.signal.addEventListener('abort', () => file.destroy(ending.signal.reason as Error), { once: true });
        working = Promise.resolve()
          .then(() => work({ name: shownName(name), format: formatOf(name), pieces: limited(file) }))
          .then(resolve, reject)
          .finally(() => file.resume());
      };
      form.on('file', (field: string, file: Readable, name: string) => take(field, file, name));
      form.once('finish', () => {
        if (!working) reject(wrong('is required: the form must hold it as "file"'));
      });
      form.once('error', () => reject(wrong('is in no form that can be read')));
      ending.signal.addEventListener('abort', () => reject(ending.signal.reason as Error), { once: true });
      body.pipe(form);
    });
  } catch (error) {
    throw error instanceof SheetTooLarge ? new Problem('sheet-too-large') : error;
  } finally {
    clearTimeout(slow);
    body.off('close', cut).off('error', cut).unpipe(form);
  }
}

async function* limited(file: Readable): AsyncGenerator<Buffer> {
  for await (const piece of file) yield piece as Buffer;
  if ('truncated' in file && file.truncated === true) throw new SheetTooLarge();
}

const shownName = (name: string): string => name.normalize('NFC').replace(/[\p{C}/\\]/gu, '').slice(0, 200); // prettier-ignore

function formatOf(name: string): SheetFormat {
  const [, extension = ''] = /\.([a-z0-9]+)$/i.exec(name.trim()) ?? [];
  const format = extension.toLowerCase();
  if (format === 'csv' || format === 'xlsx') return format;
  throw new Problem('file-type-not-allowed', { detail: 'The name of the file must end in .csv or .xlsx.' });
}

const wrong = (message: string): Problem =>
  new Problem('invalid-body', { detail: `file ${message}.`, errors: [{ path: 'file', message }] });
