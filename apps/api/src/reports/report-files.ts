import { isFigure } from '#reporting';
import type { ReportColumn, ReportRow } from '#reporting';
import { csvLine, mark } from '../reading/register-csv.js';
import type { Figure, Separator } from '../reading/register-csv.js';
import type { ReportFormat } from './report-queries.dto.js';

/** What a file is written from. */
interface ReportTable {
  /** As its address has it. */
  readonly name: string;
  /** In the language that is accepted. */
  readonly title: string;
  readonly language: 'vi' | 'en';
  readonly columns: readonly (Pick<ReportColumn, 'key' | 'type' | 'unit'> & { readonly title: string })[];
  readonly parameters: Readonly<Record<string, string>>;
  readonly asOf: { readonly position: string; readonly at: string };
  /** Rows in parts, as they are read. */
  readonly parts: AsyncIterable<readonly ReportRow[]>;
  readonly separator: Separator;
}

export interface FileWriter {
  readonly contentType: string;
  /** The file in pieces, as it is written. */
  write(table: ReportTable): AsyncIterable<string | Buffer>;
}

/** Who writes a file of which format; null for one that is not built. */
export const fileWriters: Readonly<Record<Exclude<ReportFormat, 'json'>, FileWriter | null>> = {
  csv: { contentType: 'text/csv; charset=utf-8', write: writeCsv },
  xlsx: null,
  pdf: null,
};

async function* writeCsv({ columns, parts, separator }: ReportTable): AsyncGenerator<string> {
  yield `${mark}${csvLine(columns.map(({ title }) => title), separator)}`; // prettier-ignore
  for await (const rows of parts)
    yield rows.map((row) => csvLine(columns.map((column) => cellOf(row, column)), separator)).join(''); // prettier-ignore
}

/** The value of a cell as files have it: figures as they are, of a unit its name, of what is made of several the values with their names. */
function cellOf(row: ReportRow, column: Pick<ReportColumn, 'key' | 'type'>): string | Figure {
  const { key } = column;
  const value = column.type === 'unit' ? (row[`${key}Name`] ?? row[key]) : row[key];
  if (isFigure(column) && (typeof value === 'number' || typeof value === 'string')) return { figure: String(value) };
  return shown(value);
}

function shown(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.map(shown).join('; ');
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .flatMap(([name, one]) => (one === undefined || one === null ? [] : [`${name}: ${shown(one)}`]))
    .join('; ');
}
