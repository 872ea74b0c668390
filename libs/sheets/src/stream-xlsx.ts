import { writeXlsxStream } from 'hucre/xlsx';

/** A column of a sheet that is written line by line. Numbers are written as such, days as dates. */
export interface WrittenColumn {
  readonly title: string;
  readonly type: 'text' | 'whole' | 'decimal' | 'date';
}

/** A cell: text as it is, whatever it begins with; a number; a day as YYYY-MM-DD in a column of dates; null for nothing. */
export type WrittenCell = string | number | null;

const formats = { text: '@', whole: '#,##0', decimal: '0.00', date: 'dd/mm/yyyy' } as const;
const widths = { text: 28, whole: 16, decimal: 12, date: 12 } as const;
const mostCharactersInCell = 32_767;

/** A workbook of one sheet in pieces, below a header that stays in sight; memory does not grow with the lines. */
export function streamedWorkbook(
  sheet: string,
  columns: readonly WrittenColumn[],
  rows: AsyncIterable<readonly WrittenCell[]>,
): AsyncIterable<Uint8Array> {
  return writeXlsxStream(asWritten(columns, rows), {
    name: sheet.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31),
    columns: columns.map(({ title, type }) => ({
      header: title,
      width: Math.max(widths[type], Math.min(40, title.length + 2)),
      style: { numFmt: formats[type] },
    })),
    freezePane: { rows: 1 },
  });
}

async function* asWritten(
  columns: readonly WrittenColumn[],
  rows: AsyncIterable<readonly WrittenCell[]>,
): AsyncGenerator<(string | number | Date | null)[]> {
  for await (const row of rows) {
    yield columns.map(({ type }, at) => {
      const cell = row[at] ?? null;
      if (typeof cell !== 'string') return cell;
      return type === 'date' && /^\d{4}-\d\d-\d\d$/.test(cell) ? new Date(`${cell}T00:00:00Z`) : cell.slice(0, mostCharactersInCell);
    });
  }
}
