import { fromBuffer } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';

/** What a zip such as a .docx holds, as texts by name. */
export const textsOfZip = async (bytes: Buffer): Promise<ReadonlyMap<string, string>> =>
  new Map([...(await partsOfZip(bytes))].map(([name, octets]) => [name, octets.toString('utf8')]));

/** The same as octets. */
export async function partsOfZip(bytes: Buffer): Promise<ReadonlyMap<string, Buffer>> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (error, opened) => (error ? reject(error) : resolve(opened)));
  });
  const parts = new Map<string, Buffer>();
  const octetsOf = (entry: Entry): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      zip.openReadStream(entry, (error, stream) => {
        if (error) {
          reject(error);
          return;
        }
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks)));
      });
    });
  await new Promise<void>((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      octetsOf(entry).then((octets) => {
        parts.set(entry.fileName, octets);
        zip.readEntry();
      }, reject);
    });
    zip.on('end', resolve).on('error', reject);
    zip.readEntry();
  });
  return parts;
}
