import { isFigure } from '#reporting';
import type { ReportColumn, ReportRow } from '#reporting';
import { textOf } from './report-cells.js';
import type { ReportTable } from './report-cells.js';
import { pdfWriter } from './report-pdf.js';
import { xlsxWriter } from './report-xlsx.js';
import { csvLine, mark } from '../reading/register-csv.js';
import type { Figure } from '../reading/register-csv.js';
import type { ReportFormat } from './report-queries.dto.js';

export interface FileWriter {
  readonly contentType: string;
  /** The file in pieces, as it is written. */
  write(table: ReportTable): AsyncIterable<string | Uint8Array>;
}

/** Who writes a file of which format. */
export const fileWriters: Readonly<Record<Exclude<ReportFormat, 'json'>, FileWriter>> = {
  csv: { contentType: 'text/csv; charset=utf-8', write: writeCsv },
  xlsx: xlsxWriter,
  pdf: pdfWriter,
};

async function* writeCsv({ columns, parts, separator }: ReportTable): AsyncGenerator<string> {
  yield `${mark}${csvLine(columns.map(({ title }) => title), separator)}`; // prettier-ignore
  for await (const rows of parts)
    yield rows.map((row) => csvLine(columns.map((column) => cellOf(row, column)), separator)).join(''); // prettier-ignore
}

/** Figures as they are, which no program takes for a formula. */
function cellOf(row: ReportRow, column: Pick<ReportColumn, 'key' | 'type'>): string | Figure {
  const value = row[column.key];
  if (isFigure(column) && (typeof value === 'number' || typeof value === 'string')) return { figure: String(value) };
  return textOf(row, column);
}
