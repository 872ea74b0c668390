import { Readable } from 'node:stream';
import yauzl from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { SheetRefused } from './sheet.js';
import type { SheetBytes } from './sheet.js';

/** What may be in a workbook. A sheet of 100 MB comes to some 2 GB of what is written in it. */
const bounds = { mostEntries: 5_000, mostBytes: 2 * 1024 ** 3, mostRatio: 250, looseBytes: 16 * 1024 ** 2 } as const;
const mostSmallBytes = 32 * 1024 ** 2;

export const unreadable = (why: string, row = 0): SheetRefused =>
  new SheetRefused(
    'file-unreadable',
    `The file is no workbook that can be read: ${why}.`,
    'Tệp không phải là bảng tính .xlsx đọc được.',
    row,
  );
const inflated = (): SheetRefused =>
  new SheetRefused('file-inflated', 'Unpacked, the file is far larger than any table: it is not opened.', 'Tệp nén quá mức so với một bảng tính thật nên không được mở.'); // prettier-ignore

/** The parts of a workbook, known from its directory before any is unpacked, each unpacked as it is read. */
export class WorkbookParts {
  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  /** @throws SheetRefused for what is encrypted, runs, asks elsewhere, or would fill the memory of whoever opens it */
  static async open(bytes: SheetBytes): Promise<WorkbookParts> {
    await refuseOtherFiles(bytes);
    const zip = await opened(bytes);
    try {
      return new WorkbookParts(zip, await entriesOf(zip));
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  has(name: string): boolean {
    return this.entries.has(name.toLowerCase());
  }

  /** Sizes are held against what the directory says while it is unpacked. @throws SheetRefused */
  async *stream(name: string): AsyncGenerator<Buffer> {
    const entry = this.entries.get(name.toLowerCase());
    if (!entry) throw unreadable(`${name} is not in it`);
    try {
      for await (const piece of await this.zip.openReadStreamPromise(entry)) yield piece as Buffer;
    } catch (error) {
      throw error instanceof SheetRefused ? error : unreadable(`${name} does not unpack`);
    }
  }

  /** A small part as a whole. @throws SheetRefused */
  async text(name: string): Promise<string> {
    const pieces: Buffer[] = [];
    let size = 0;
    for await (const piece of this.stream(name)) {
      size += piece.length;
      if (size > mostSmallBytes) throw inflated();
      pieces.push(piece);
    }
    return Buffer.concat(pieces).toString('utf8');
  }

  close(): void {
    this.zip.close();
  }
}

async function refuseOtherFiles(bytes: SheetBytes): Promise<void> {
  let head = Buffer.alloc(0);
  for await (const piece of bytes.read(0, Math.min(8, bytes.size))) head = Buffer.concat([head, piece]);
  if (head.length === 0) throw new SheetRefused('file-empty', 'The file is empty.', 'Tệp rỗng.');
  if (head.toString('hex') === 'd0cf11e0a1b11ae1')
    throw new SheetRefused('file-encrypted', 'The workbook is protected by a password, or is of the old kind (.xls): save it as .xlsx without a password.', 'Bảng tính có mật khẩu hoặc thuộc loại cũ (.xls): hãy lưu lại dạng .xlsx không mật khẩu.'); // prettier-ignore
}

async function opened(bytes: SheetBytes): Promise<ZipFile> {
  try {
    return await yauzl.fromRandomAccessReaderPromise(new RangeReader(bytes), bytes.size, { lazyEntries: true, autoClose: false });
  } catch {
    throw unreadable('its directory is broken');
  }
}

/** Reads what is asked for from where the file is kept. */
class RangeReader extends yauzl.RandomAccessReader {
  constructor(private readonly bytes: SheetBytes) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.bytes.read(start, end));
  }
}

async function entriesOf(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  if (zip.entryCount > bounds.mostEntries) throw inflated();
  const entries = new Map<string, Entry>();
  let total = 0;
  for await (const entry of eachEntry(zip)) {
    const name = entry.fileName.toLowerCase();
    if ((entry.generalPurposeBitFlag & 1) !== 0)
      throw new SheetRefused('file-encrypted', 'The workbook is protected by a password.', 'Bảng tính có mật khẩu.');
    if (/vbaproject|\/macrosheets\//.test(name))
      throw new SheetRefused('file-macros', 'The workbook holds macros: save it as .xlsx without them.', 'Bảng tính chứa macro: hãy lưu lại dạng .xlsx không có macro.'); // prettier-ignore
    if (name.includes('/externallinks/'))
      throw new SheetRefused('file-external-links', 'The workbook asks other workbooks for figures: put values in their place.', 'Bảng tính lấy số liệu từ tệp khác: hãy thay bằng giá trị.'); // prettier-ignore
    if (entries.has(name)) throw unreadable('two parts have one name');
    total += entry.uncompressedSize;
    const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
    if (total > bounds.mostBytes || (entry.uncompressedSize > bounds.looseBytes && ratio > bounds.mostRatio)) throw inflated();
    entries.set(name, entry);
  }
  return entries;
}

async function* eachEntry(zip: ZipFile): AsyncGenerator<Entry> {
  for (let read = 0; read < zip.entryCount; read++)
    yield await new Promise<Entry>((resolve, reject) => {
      const end = (): void => void zip.off('entry', found).off('error', broken);
      const found = (entry: Entry): void => {
        end();
        resolve(entry);
      };
      const broken = (): void => {
        end();
        reject(unreadable('its directory is broken'));
      };
      zip.once('entry', found).once('error', broken);
      zip.readEntry();
    });
}
