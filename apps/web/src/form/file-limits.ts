import type { Word } from '../words/words';

/** What the server takes, and how each is told by the end of its name. */
const types: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  txt: 'text/plain',
  csv: 'text/csv',
};
export const takenNames = Object.keys(types).map((ending) => `.${ending}`);

export const mostMegabytes = 20;
const mostNameCharacters = 200;

interface Named {
  readonly name: string;
  readonly size: number;
}

/** The type of a file by the end of its name: what a browser says of it depends on what is installed there. Undefined for none that is taken. */
export function typeOf({ name }: Pick<Named, 'name'>): string | undefined {
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(types, ending) ? types[ending] : undefined;
}

/** What is wrong with a file before it is sent; null where nothing is. */
export function faultOfFile({ name, size }: Named): Word | null {
  const composed = name.normalize('NFC');
  if (typeOf({ name: composed }) === undefined) return 'file.wrongType';
  if (size > mostMegabytes * 1024 * 1024) return 'file.tooLarge';
  if (size === 0) return 'file.empty';
  if (Array.from(composed).length > mostNameCharacters || composed.includes('..') || /[/\\\p{Cc}\p{Cf}\u2028\u2029]/u.test(composed))
    return 'file.wrongName';
  return null;
}

/** SHA-256 in hexadecimal; undefined where the browser counts none, as over an unprotected connection. */
export async function hashOf(content: Blob): Promise<string | undefined> {
  // The types say that it is always there.
  const subtle = crypto.subtle as SubtleCrypto | undefined;
  if (!subtle) return undefined;
  const digest = new Uint8Array(await subtle.digest('SHA-256', await content.arrayBuffer()));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
