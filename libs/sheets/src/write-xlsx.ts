import { writeXlsx } from 'hucre/xlsx';

/** A sheet to be written: lines of texts below a header that stays in sight. */
export interface WrittenSheet {
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A workbook of these sheets, in which every cell is text, whatever it begins with. */
export async function workbookOf(sheets: readonly WrittenSheet[]): Promise<Buffer> {
  const written = await writeXlsx({
    sheets: sheets.map(({ name, header, rows }) => ({
      name,
      rows: [[...header], ...rows.map((row) => [...row])],
      columns: header.map((title) => ({ width: Math.min(50, Math.max(12, title.length + 2)), style: { numFmt: '@' } })),
      freezePane: { rows: 1 },
    })),
  });
  return Buffer.from(written);
}
