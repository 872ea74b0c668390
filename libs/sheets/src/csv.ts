import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { mostColumns, mostRowCharacters, SheetRefused } from './sheet.js';
import type { Cell, SheetBytes, SheetRow } from './sheet.js';

const separators = [',', ';', '\t'] as const;
/** In which it shows how a file is separated. */
const headBytes = 64 * 1024;

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1258';

/**
 * The lines of a file of separated values: UTF-8, UTF-16 with its mark, or windows-1258 where it is no UTF-8; separated by what its first line shows.
 * @throws SheetRefused
 */
export async function* rowsOfCsv(bytes: SheetBytes): AsyncGenerator<SheetRow> {
  const encoding = await encodingOf(bytes);
  const head = await firstOf(textOf(bytes, encoding, headBytes));
  const delimiter = separatorOf(head);
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: mostRowCharacters,
  });
  const source = Readable.from(textOf(bytes, encoding));
  pipeline(source, parser, () => undefined);
  let row = 0;
  try {
    for await (const record of parser as AsyncIterable<readonly string[]>) {
      row++;
      if (record.length > mostColumns) throw tooWide(row);
      const cells = record.map(cellOf);
      if (cells.some((cell) => cell !== null)) yield { row, cells };
    }
  } catch (error) {
    // Lines that were read before it are dropped with the stream, so those that came out do not tell where it is.
    if (error instanceof CsvError) throw unreadable(Number(error.records) + 1);
    throw error;
  } finally {
    source.destroy();
    parser.destroy();
  }
}

const unreadable = (row: number): SheetRefused =>
  new SheetRefused('file-unreadable', `Line ${String(row)} cannot be read: a quotation mark is not closed, or it is too long.`, `Không đọc được dòng ${String(row)}: dấu ngoặc kép không đóng, hoặc dòng quá dài.`, row); // prettier-ignore

export const tooWide = (row: number): SheetRefused =>
  new SheetRefused('file-unreadable', `Line ${String(row)} has more than ${String(mostColumns)} columns.`, `Dòng ${String(row)} có hơn ${String(mostColumns)} cột.`, row); // prettier-ignore

/** An apostrophe before what a spreadsheet would count out was put there by whoever wrote the file, so that it does not. */
function cellOf(written: string): Cell {
  const text = /^'[=+\-@\t\r]/.test(written) ? written.slice(1) : written;
  return text.trim() === '' ? null : { type: 'text', text };
}

async function encodingOf(bytes: SheetBytes): Promise<Encoding> {
  let mark = Buffer.alloc(0);
  for await (const piece of bytes.read(0, Math.min(4, bytes.size))) mark = Buffer.concat([mark, piece]);
  if (mark[0] === 0xff && mark[1] === 0xfe) return 'utf-16le';
  if (mark[0] === 0xfe && mark[1] === 0xff) return 'utf-16be';
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const piece of bytes.read(0, bytes.size)) if (!decodes(() => decoder.decode(piece, { stream: true }))) return 'windows-1258';
  return decodes(() => decoder.decode()) ? 'utf-8' : 'windows-1258';
}

/** A decoder that takes no fault throws nothing else. */
function decodes(decode: () => string): boolean {
  try {
    decode();
    return true;
  } catch {
    return false;
  }
}

/** Without its mark, and without the line that names the separator to one program alone. (Default: to the end) */
async function* textOf(bytes: SheetBytes, encoding: Encoding, to = bytes.size): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  let isFirst = true;
  for await (const piece of bytes.read(0, Math.min(to, bytes.size))) {
    const text = decoder.decode(piece, { stream: true });
    if (text.includes('\0'))
      throw new SheetRefused('file-unreadable', 'The file holds NUL characters: it is no text.', 'Tệp chứa ký tự NUL: không phải là văn bản.'); // prettier-ignore
    if (text !== '') yield isFirst ? text.replace(/^sep=.(\r\n|\n|\r)/, '') : text;
    isFirst = false;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

async function firstOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

/** What stands most often in the first line that is not empty, outside of quotation marks. */
function separatorOf(head: string): string {
  const counts = new Map<string, number>(separators.map((one) => [one, 0]));
  let [isQuoted, isEmpty] = [false, true];
  for (const character of head) {
    if (character === '"') isQuoted = !isQuoted;
    if (isQuoted) continue;
    if ((character === '\n' || character === '\r') && !isEmpty) break;
    if (character.trim() !== '') isEmpty = false;
    const count = counts.get(character);
    if (count !== undefined) counts.set(character, count + 1);
  }
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}
