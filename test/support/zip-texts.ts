import { fromBuffer } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';

/** What a zip such as a .docx holds, as texts by name. */
export async function textsOfZip(bytes: Buffer): Promise<ReadonlyMap<string, string>> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (error, opened) => (error ? reject(error) : resolve(opened)));
  });
  const parts = new Map<string, string>();
  const textOf = (entry: Entry): Promise<string> =>
    new Promise((resolve, reject) => {
      zip.openReadStream(entry, (error, stream) => {
        if (error) {
          reject(error);
          return;
        }
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
      });
    });
  await new Promise<void>((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      textOf(entry).then((text) => {
        parts.set(entry.fileName, text);
        zip.readEntry();
      }, reject);
    });
    zip.on('end', resolve).on('error', reject);
    zip.readEntry();
  });
  return parts;
}
