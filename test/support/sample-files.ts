import { crc32, deflateRawSync } from 'node:zlib';

/** A part of an archive, as it is and as the list says that it is. */
export interface SamplePart {
  readonly name: string;
  readonly content: string | Buffer;
  /** (Default: no) */
  readonly deflated?: boolean;
  /** What is said of its size unpacked. (Default: what is true) */
  readonly claimedSize?: number;
  /** Extra fields behind its name, in the list too. (Default: none) */
  readonly extra?: Buffer;
  /** As `extra`, where the part stands alone. (Default: none) */
  readonly padding?: Buffer;
  /** Sizes and checksum stand behind the part, as programs write it that do not know them before. (Default: no) */
  readonly described?: boolean;
  /** What stands there as the checksum: before or behind the part, and in the list. (Default: what is true) */
  readonly checksum?: { readonly said?: number; readonly listed?: number };
  /** What the list says instead of where and how the part is. (Default: what is true) */
  readonly listed?: { readonly name?: string; readonly offset?: number; readonly flags?: number };
}

/** A ZIP archive of these parts, with something before the list if that is wanted. */
export function archive(parts: readonly SamplePart[], between = ''): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const part of parts) {
    const { name, content, deflated = false, claimedSize, extra = Buffer.alloc(0), listed = {}, described = false, checksum = {} } = part;
    const [path, unpacked, padding] = [Buffer.from(name), Buffer.from(content), part.padding ?? Buffer.alloc(0)];
    const packed = deflated ? deflateRawSync(unpacked) : unpacked;
    const sizes = Buffer.alloc(12);
    sizes.writeUInt32LE(checksum.said ?? crc32(unpacked), 0);
    sizes.writeUInt32LE(packed.length, 4);
    sizes.writeUInt32LE(claimedSize ?? unpacked.length, 8);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(listed.flags ?? (described ? 8 : 0), 2);
    fields.writeUInt16LE(deflated ? 8 : 0, 4);
    if (!described) sizes.copy(fields, 10);
    fields.writeUInt16LE(path.length, 22);
    fields.writeUInt16LE(extra.length + padding.length, 24);
    const behind = described ? Buffer.concat([Buffer.from('PK\x07\x08'), sizes]) : Buffer.alloc(0);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, path, extra, padding, packed, behind]);
    const listedPath = Buffer.from(listed.name ?? name);
    const listedFields = Buffer.from(fields);
    sizes.copy(listedFields, 10);
    listedFields.writeUInt32LE(checksum.listed ?? crc32(unpacked), 10);
    listedFields.writeUInt16LE(listedPath.length, 22);
    listedFields.writeUInt16LE(extra.length, 24);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(listed.offset ?? at, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), listedFields, place, listedPath, extra]));
    locals.push(local);
    at += local.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(central.length, 4);
  end.writeUInt16LE(central.length, 6);
  end.writeUInt32LE(Buffer.concat(central).length, 8);
  end.writeUInt32LE(at + between.length, 12);
  return Buffer.concat([...locals, Buffer.from(between), ...central, Buffer.from('PK\x05\x06'), end]);
}

/** A ZIP archive of these entries, none of them compressed; all may claim to be of another size unpacked. */
export function zip(entries: Readonly<Record<string, string>>, claimedSize?: number): Buffer {
  const isClaimed = claimedSize !== undefined;
  return archive(Object.entries(entries).map(([name, content]) => ({ name, content, ...(isClaimed && { deflated: true, claimedSize }) })));
}

export const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const docxParts = (text: string): Readonly<Record<string, string>> => ({
  '[Content_Types].xml': `<Types><Override PartName="/word/document.xml" ContentType="${docxType}.main+xml"/></Types>`,
  'word/document.xml': `<w:document><w:body>${text}</w:body></w:document>`,
});

/** The least that a program takes for a text document of that text. */
export const docx = (text: string, claimedSize?: number): Buffer => zip(docxParts(text), claimedSize);

/** As `docx`, with more parts. */
export const docxWith = (...parts: readonly SamplePart[]): Buffer =>
  archive([...Object.entries(docxParts('x')).map(([name, content]) => ({ name, content })), ...parts]);

/** A PDF of that text, to the letter, whatever its size. */
export const pdf = (text: string, size = 0): Buffer => {
  const start = Buffer.from(`%PDF-1.7\n% ${text}\n`);
  return Buffer.concat([start, Buffer.alloc(Math.max(0, size - start.length), 'x')]);
};
