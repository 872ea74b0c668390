import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rowsOfCsv } from './csv.js';
import { dateOfSerial, isDateFormat } from './serial-dates.js';
import { SheetRefused } from './sheet.js';
import type { SheetBytes, SheetRow } from './sheet.js';
import { workbookOf } from './write-xlsx.js';
import { columnName, rowsOfXlsx } from './xlsx.js';

/** In pieces of so many bytes. */
const bytesOf = (content: Buffer, piece = 7): SheetBytes => ({
  size: content.length,
  async *read(from, to) {
    for (let at = from; at < to; at += piece) yield await Promise.resolve(content.subarray(at, Math.min(to, at + piece)));
  },
});
const allOf = async (rows: AsyncIterable<SheetRow>): Promise<readonly SheetRow[]> => {
  const all: SheetRow[] = [];
  for await (const row of rows) all.push(row);
  return all;
};
const textsIn = (rows: readonly SheetRow[]): unknown =>
  rows.map(({ row, cells }) => [row, ...cells.map((cell) => (cell?.type === 'text' ? cell.text : cell))]);
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof SheetRefused ? error.code : error),
  );

/** What a spreadsheet holds that is shown as text. */
const text = fc.string({ unit: fc.constantFrom(...Array.from('aZ09 ,;"\'\n\r\t=+-@<&>ế̂đ')), maxLength: 12 });
const sheet = fc.array(fc.array(text, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 8 });

describe('A file of separated values', () => {
  it('is read as it was written, whatever stands in its cells, its encoding and its separator', async () => {
    const encoded = fc.constantFrom<readonly [BufferEncoding, boolean]>(['utf8', false], ['utf8', true], ['utf16le', true]);
    await fc.assert(
      fc.asyncProperty(sheet, fc.constantFrom(',', ';', '\t'), encoded, fc.integer({ min: 1, max: 9 }), async (rows, separator, [encoding, marked], piece) => {
        const taken = (cell: string): string => cell.replace(/^'(?=[=+\-@\t\r])/, '');
        const all = [['header', 'a', 'b', 'c', 'd'], ...rows];
        const quoted = all.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(separator)).join('\r\n');
        const read = await allOf(rowsOfCsv(bytesOf(Buffer.from(`${marked ? '\uFEFF' : ''}${quoted}`, encoding), piece)));
        const kept = all.map((cells, index) => ({ row: index + 1, cells })).filter(({ cells }) => cells.some((cell) => taken(cell).trim() !== ''));
        expect(read.map(({ row }) => row)).toEqual(kept.map(({ row }) => row));
        read.forEach(({ cells }, index) =>
          expect(cells.map((cell) => (cell?.type === 'text' ? cell.text : ''))).toEqual(
            kept[index]?.cells.map((cell) => (taken(cell).trim() === '' ? '' : taken(cell))),
          ),
        );
      }),
      { numRuns: 150 },
    );
  }); // prettier-ignore

  it('may be windows-1258, name its separator, and end its lines as it likes', async () => {
    expect(textsIn(await allOf(rowsOfCsv(bytesOf(Buffer.from('sep=;\r\na;b\r\rx,y;z\n')))))).toEqual([[1, 'a', 'b'], [3, 'x,y', 'z']]);
    expect(textsIn(await allOf(rowsOfCsv(bytesOf(Buffer.from('\xd0\xf4\xec', 'latin1')))))).toEqual([[1, 'Đô\u0301']]);
  }); // prettier-ignore

  it('is refused where it is no text, or cannot be read to its end', async () => {
    expect(await codeOf(allOf(rowsOfCsv(bytesOf(Buffer.from('a\0b')))))).toBe('file-unreadable');
    expect(await codeOf(allOf(rowsOfCsv(bytesOf(Buffer.from('a\n"b')))))).toBe('file-unreadable');
    for (const before of [1, 2, 500])
      await expect(allOf(rowsOfCsv(bytesOf(Buffer.from(`${'a\n'.repeat(before)}"b\nc\n`))))).rejects.toMatchObject({ row: before + 1, message: expect.stringContaining(`Line ${String(before + 1)} `) });
    expect(await codeOf(allOf(rowsOfCsv(bytesOf(Buffer.from(Array.from({ length: 2_001 }, () => 'x').join(','))))))).toBe('file-unreadable');
  }); // prettier-ignore
});

describe('A workbook', () => {
  it('is read as another program wrote it, whatever stands in its cells', async () => {
    await fc.assert(
      fc.asyncProperty(sheet, async (rows) => {
        const [header = [], ...below] = rows;
        const read = await allOf(rowsOfXlsx(bytesOf(await workbookOf([{ name: 'A', header, rows: below }]), 4_096)));
        const kept = rows.map((cells, index) => ({ row: index + 1, cells })).filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
        expect(read.map(({ row }) => row)).toEqual(kept.map(({ row }) => row));
        read.forEach(({ cells }, index) => {
          const texts = kept[index]?.cells.map((_, at) => { const cell = cells[at] ?? null; return cell?.type === 'text' ? cell.text.replace(/\r\n?/g, '\n') : ''; });
          expect(texts).toEqual(kept[index]?.cells.map((cell) => (cell.trim() === '' ? '' : cell.replace(/\r\n?/g, '\n'))));
        });
      }),
      { numRuns: 40 },
    );
  }); // prettier-ignore

  it('is the same file whenever it is written', async () => {
    const written = (): Promise<Buffer> => workbookOf([{ name: 'A', header: ['a'], rows: [['b']] }]);
    const first = await written();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect((await written()).equals(first)).toBe(true);
  });

  it('that was damaged is refused, or read as it is; nothing else becomes of it', async () => {
    const whole = await workbookOf([{ name: 'A', header: ['a', 'b'], rows: [['1', 'x']] }]);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const damaged = Buffer.from(whole);
        damaged[at] = (damaged[at] ?? 0) ^ change;
        const found = await codeOf(allOf(rowsOfXlsx(bytesOf(damaged, 4_096))));
        expect(found === null || (typeof found === 'string' && found.startsWith('file-')) ? null : found).toBeNull();
      }),
      { numRuns: 300 },
    );
  }); // prettier-ignore
});

it('Days are counted from 1900 with a day that never was, or from 1904', () => {
  const days = (serial: number, is1904 = false): string | null => dateOfSerial(serial, is1904);
  expect([days(1), days(59), days(60), days(61), days(44_958.75)]).toEqual(['1900-01-01', '1900-02-28', null, '1900-03-01', '2023-02-01']);
  expect([days(0), days(-1), days(Number.NaN), days(3e6)]).toEqual([null, null, null, null]);
  expect([days(0, true), days(43_496, true)]).toEqual(['1904-01-01', '2023-02-01']);
  for (const format of ['dd/mm/yyyy', '[$-vi-VN]d mmmm yyyy', 'yyyy\\-mm']) expect([format, isDateFormat(format)]).toEqual([format, true]);
  for (const format of ['#,##0 "đ"', '0.00', 'General', '[Red]0', '@', 'h:mm']) expect([format, isDateFormat(format)]).toEqual([format, false]);
}); // prettier-ignore

it('Columns are named as spreadsheets name them', () => {
  expect([0, 25, 26, 701, 702].map(columnName)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA']);
});
