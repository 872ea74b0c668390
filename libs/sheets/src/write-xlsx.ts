import { writeXlsx } from 'hucre/xlsx';

/** A sheet to be written: lines of texts below a header that stays in sight. */
export interface WrittenSheet {
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Stands as its time: the same sheets make the same file, whenever they are written. */
const noTime = new Date('2000-01-01T00:00:00Z');

/** A workbook of these sheets, in which every cell is text, whatever it begins with. */
export async function workbookOf(sheets: readonly WrittenSheet[]): Promise<Buffer> {
  const written = await writeXlsx({
    properties: { created: noTime, modified: noTime },
    sheets: sheets.map(({ name, header, rows }) => ({
      name,
      rows: [[...header], ...rows.map((row) => [...row])],
      columns: header.map((title) => ({ width: Math.min(50, Math.max(12, title.length + 2)), style: { numFmt: '@' } })),
      freezePane: { rows: 1 },
    })),
  });
  return Buffer.from(written);
}
