import { crc32 } from 'node:zlib';

/** A ZIP archive of these entries, none of them compressed; an entry may claim to be of another size unpacked. */
export function zip(entries: Readonly<Record<string, string>>, claimedSize?: number): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(entries)) {
    const [path, content] = [Buffer.from(name), Buffer.from(text)];
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(content.length, 14);
    fields.writeUInt32LE(content.length, 18);
    fields.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, path, content]);
    if (claimedSize !== undefined) {
      // Not stored but deflated, so that the sizes may differ.
      fields.writeUInt16LE(8, 4);
      fields.writeUInt32LE(claimedSize, 18);
    }
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), fields, place, path]));
    locals.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(central.length, 4);
  end.writeUInt16LE(central.length, 6);
  end.writeUInt32LE(Buffer.concat(central).length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, ...central, Buffer.from('PK\x05\x06'), end]);
}

export const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** The least that a program takes for a text document of that text. */
export function docx(text: string, claimedSize?: number): Buffer {
  return zip(
    {
      '[Content_Types].xml': `<Types><Override PartName="/word/document.xml" ContentType="${docxType}.main+xml"/></Types>`,
      'word/document.xml': `<w:document><w:body>${text}</w:body></w:document>`,
    },
    claimedSize,
  );
}

/** A PDF of that text, to the letter, whatever its size. */
export const pdf = (text: string, size = 0): Buffer => {
  const start = Buffer.from(`%PDF-1.7\n% ${text}\n`);
  return Buffer.concat([start, Buffer.alloc(Math.max(0, size - start.length), 'x')]);
};
