import { setImmediate as turn } from 'node:timers/promises';
import { BrokenArchive, TooMuchInside } from './archive.js';
import { boundsInWords, isDocument } from './documents.js';
import { HasMacros, RunsFromElsewhere } from './not-taken.js';

/** How the content of a type is known: by its first bytes, by what a ZIP archive holds, or as text. */
type Content = readonly Buffer[] | 'archive' | 'text';

const begins = (...hexadecimal: readonly string[]): readonly Buffer[] => hexadecimal.map((bytes) => Buffer.from(bytes, 'hex'));

/** Every type that is taken. */
const fileTypes: Readonly<Record<string, { readonly extensions: readonly string[]; readonly content: Content }>> = {
  'application/pdf': { extensions: ['pdf'], content: begins('255044462d') },
  'image/png': { extensions: ['png'], content: begins('89504e470d0a1a0a') },
  'image/jpeg': { extensions: ['jpg', 'jpeg'], content: begins('ffd8ff') },
  'image/tiff': { extensions: ['tif', 'tiff'], content: begins('49492a00', '4d4d002a') },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': { extensions: ['docx'], content: 'archive' },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { extensions: ['xlsx'], content: 'archive' },
  'application/vnd.oasis.opendocument.text': { extensions: ['odt'], content: 'archive' },
  'application/vnd.oasis.opendocument.spreadsheet': { extensions: ['ods'], content: 'archive' },
  'text/plain': { extensions: ['txt'], content: 'text' },
  'text/csv': { extensions: ['csv'], content: 'text' },
};

/** Media types of files that are taken. */
export const fileTypeNames: readonly string[] = Object.keys(fileTypes);

/** Looked at between two turns of the event loop. */
const pieceBytes = 1024 * 1024;

/** The file is not taken for what it is or says that it is. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused';
  constructor(
    readonly code: 'file-type-not-allowed' | 'file-type-mismatch',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The media type that files of that name have; null when they are not taken. */
export function typeByName(name: string): string | null {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return fileTypeNames.find((type) => fileTypes[type]?.extensions.includes(extension)) ?? null;
}

/** The declared media type without its parameters. @throws FileRefused when it is not taken or the name says something else */
export function declaredType(contentType: string | undefined, name: string): string {
  const type = (contentType?.split(';', 1)[0] ?? '').trim().toLowerCase();
  const known = Object.hasOwn(fileTypes, type) ? fileTypes[type] : undefined;
  if (!known)
    throw new FileRefused(
      'file-type-not-allowed',
      `Files of the type "${type}" are not taken; these are: ${fileTypeNames.join(', ')}. Say which in Content-Type.`,
    );
  if (typeByName(name) !== type)
    throw new FileRefused('file-type-mismatch', `The name of a file of the type ${type} must end in .${known.extensions.join(' or .')}.`);
  return type;
}

/** @throws FileRefused when the content is of another type, holds macros, or would be too large unpacked */
export async function mustBeOfType(content: Buffer, type: string): Promise<void> {
  const { content: how = [] } = fileTypes[type] ?? {};
  if (how === 'text') {
    if (!(await isText(content))) throw new FileRefused('file-type-mismatch', `The content is not ${type} in UTF-8.`);
    return;
  }
  const isOfType =
    how === 'archive' ? await isWholeDocument(content, type) : how.some((one) => content.subarray(0, one.length).equals(one));
  if (!isOfType) throw new FileRefused('file-type-mismatch', `The content is not of the type ${type}.`);
}

/** Text in UTF-8 has no control characters but those that end lines, pages and columns; no other file is without. */
async function isText(content: Buffer): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for (let from = 0; from < content.length; from += pieceBytes) {
      const isLast = from + pieceBytes >= content.length;
      if (/[^\P{Cc}\t\n\f\r]/u.test(decoder.decode(content.subarray(from, from + pieceBytes), { stream: !isLast }))) return false;
      await turn();
    }
    return true;
  } catch {
    return false;
  }
}

async function isWholeDocument(content: Buffer, type: string): Promise<boolean> {
  try {
    return await isDocument(content, type);
  } catch (error) {
    if (error instanceof HasMacros)
      throw new FileRefused('file-type-not-allowed', 'The file has macros in it; files with macros are not taken.', { cause: error });
    if (error instanceof RunsFromElsewhere)
      throw new FileRefused(
        'file-type-not-allowed',
        'The file fetches from elsewhere what may run when it is opened, or asks another program: a template, an object, a frame, another document, a field, a formula, a connection or an extension. Bring it with these taken in, or without them.',
        { cause: error },
      );
    if (error instanceof TooMuchInside)
      throw new FileRefused('file-type-not-allowed', `The file would be too large unpacked: at most ${boundsInWords} are taken.`, {
        cause: error,
      });
    if (error instanceof BrokenArchive)
      throw new FileRefused('file-type-mismatch', `The content is not a whole file of the type ${type}: ${error.message}.`, {
        cause: error,
      });
    throw error;
  }
}
