import { fileTypeFromBuffer } from 'file-type';
import { fromBufferPromise } from 'yauzl';

/** How the content of a type is known: by its first bytes, by what a ZIP archive holds, or as text. */
type Content = 'bytes' | 'archive' | 'text';

/** Every type that is taken. */
const fileTypes: Readonly<Record<string, { readonly extensions: readonly string[]; readonly content: Content }>> = {
  'application/pdf': { extensions: ['pdf'], content: 'bytes' },
  'image/png': { extensions: ['png'], content: 'bytes' },
  'image/jpeg': { extensions: ['jpg', 'jpeg'], content: 'bytes' },
  'image/tiff': { extensions: ['tif', 'tiff'], content: 'bytes' },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': { extensions: ['docx'], content: 'archive' },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { extensions: ['xlsx'], content: 'archive' },
  'application/vnd.oasis.opendocument.text': { extensions: ['odt'], content: 'archive' },
  'application/vnd.oasis.opendocument.spreadsheet': { extensions: ['ods'], content: 'archive' },
  'text/plain': { extensions: ['txt'], content: 'text' },
  'text/csv': { extensions: ['csv'], content: 'text' },
};

/** Media types of files that are taken. */
export const fileTypeNames: readonly string[] = Object.keys(fileTypes);

// A file must not fill the disk or the memory of whoever opens it.
const mostUnpackedBytes = 400 * 1024 * 1024;
const mostEntries = 10_000;

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

/** @throws FileRefused when the content is of another type, or an archive that would be too large unpacked */
export async function mustBeOfType(content: Buffer, type: string): Promise<void> {
  const { content: how } = fileTypes[type] ?? {};
  if (how === 'text') {
    if (!isText(content)) throw new FileRefused('file-type-mismatch', `The content is not ${type} in UTF-8.`);
    return;
  }
  const found = await fileTypeFromBuffer(content).catch(() => undefined);
  if (found?.mime !== type)
    throw new FileRefused('file-type-mismatch', `The content is not of the type ${type}${found ? `, it is ${found.mime}` : ''}.`);
  if (how === 'archive') await mustUnpackWithinBounds(content, type);
}

/** Text in UTF-8 has no control characters but those that end lines, pages and columns; no other file is without. */
function isText(content: Buffer): boolean {
  try {
    return !/[^\P{Cc}\t\n\f\r]/u.test(new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch {
    return false;
  }
}

/** Looks at the list of the archive; nothing is unpacked. */
async function mustUnpackWithinBounds(content: Buffer, type: string): Promise<void> {
  let [entries, bytes] = [0, 0];
  try {
    for await (const { uncompressedSize } of (await fromBufferPromise(content, { lazyEntries: true })).eachEntry()) {
      entries += 1;
      bytes += uncompressedSize;
    }
  } catch (error) {
    throw new FileRefused('file-type-mismatch', `The content is not a whole file of the type ${type}: its list cannot be read.`, {
      cause: error,
    });
  }
  if (entries > mostEntries || bytes > mostUnpackedBytes)
    throw new FileRefused(
      'file-type-not-allowed',
      `The file would be too large unpacked: at most ${String(mostUnpackedBytes / 1024 / 1024)} MB in ${String(mostEntries)} parts are taken.`,
    );
}
