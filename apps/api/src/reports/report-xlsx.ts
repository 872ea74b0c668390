import { streamedWorkbook } from '#sheets';
import type { WrittenCell, WrittenColumn } from '#sheets';
import type { FileWriter } from './report-files.js';
import { textOf } from './report-cells.js';
import type { ReportTable } from './report-cells.js';

type Column = ReportTable['columns'][number];

/** Figures as numbers and days as dates, below a header that stays in sight. */
export const xlsxWriter: FileWriter = {
  contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  write: ({ title, columns, parts }) => streamedWorkbook(title, columns.map(writtenColumn), cells(columns, parts)),
};

function writtenColumn({ title, type }: Column): WrittenColumn {
  if (type === 'count' || type === 'money') return { title, type: 'whole' };
  if (type === 'percent' || type === 'days') return { title, type: 'decimal' };
  return { title, type: type === 'date' ? 'date' : 'text' };
}

async function* cells(columns: readonly Column[], parts: ReportTable['parts']): AsyncGenerator<readonly WrittenCell[]> {
  for await (const rows of parts)
    for (const row of rows)
      yield columns.map((column) => {
        const value = row[column.key];
        if (value === null || value === undefined) return null;
        if (writtenColumn(column).type === 'text') return textOf(row, column);
        // A percentage is text with two decimals, which a spreadsheet can hold as it is.
        if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
        if (typeof value !== 'string') return null;
        return column.type === 'date' ? value : Number(value);
      });
}
