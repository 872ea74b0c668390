import { Problem } from '../http/problem.js';
import { laidOutInTurn } from '../own-thread.js';
import type { PrintedCode } from '../proofs/imprints.js';
import { printedMoment } from '../proofs/printed-moment.js';
import { textOf } from './report-cells.js';
import type { ReportTable } from './report-cells.js';
import type { FileWriter } from './report-files.js';

/** More rows make a paper that nobody reads, and take long: a file of another kind is for them. */
const mostRows = 2_000;

const words = {
  vi: {
    asOf: 'Số liệu đến',
    position: 'vị trí',
    page: 'Trang',
    none: 'Không có số liệu.',
    parameters: 'Điều kiện',
  },
  en: {
    asOf: 'As of',
    position: 'position',
    page: 'Page',
    none: 'There are no rows.',
    parameters: 'Parameters',
  },
} as const;

/** What is laid out, as plain data. */
export interface Paper {
  readonly title: string;
  /** ISO 8601: as of when. */
  readonly at: string;
  readonly lines: readonly string[];
  readonly columns: readonly { readonly title: string; readonly isFigure: boolean }[];
  readonly rows: readonly (readonly string[])[];
  readonly none: string;
  /** Below each page. */
  readonly foot: string;
  /** On the last page; null where there is none. */
  readonly code: PrintedCode | null;
  readonly page: string;
}

/** A paper that says as of when it was made, and with which parameters. */
export const pdfWriter: FileWriter = {
  contentType: 'application/pdf',
  write: async function* (table) {
    yield await laidOutInTurn(table.party, new URL('./pdf-worker.js', import.meta.url), () => paperOf(table));
  },
};

async function paperOf({ title, language, columns, parameters, asOf, parts, imprint }: ReportTable): Promise<Paper> {
  const rows: (readonly string[])[] = [];
  for await (const part of parts) {
    rows.push(...part.map((row) => columns.map((column) => printed(textOf(row, column), column.type, language))));
    if (rows.length > mostRows)
      throw new Problem('invalid-query', {
        detail: `A paper holds at most ${String(mostRows)} rows; narrow the report down, or take it as xlsx or csv.`,
        errors: [{ path: 'format', message: `pdf is for at most ${String(mostRows)} rows` }],
      });
  }
  const said = words[language];
  const at = printedMoment(asOf.at, language);
  const sealed = await imprint?.();
  const given = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  return {
    ...{ title, at: asOf.at, rows, none: said.none, page: said.page },
    foot: `${said.asOf} ${at} (${said.position} ${asOf.position}). ${sealed?.line ?? ''}`.trim(),
    code: sealed?.code ?? null,
    lines: [
      `${said.asOf} ${at} (${said.position} ${asOf.position})`,
      ...(given.length > 0 ? [`${said.parameters}: ${given.join(', ')}`] : []),
    ],
    columns: columns.map(({ title: name, type }) => ({ title: name, isFigure: ['count', 'money', 'percent', 'days'].includes(type) })),
  };
}

/** As papers of that language write it: whole figures in groups of three, days as dd/MM/yyyy. */
function printed(text: string, type: ReportTable['columns'][number]['type'], language: 'vi' | 'en'): string {
  const [point, group] = language === 'vi' ? [',', '.'] : ['.', ','];
  if ((type === 'count' || type === 'money') && /^-?\d+$/.test(text)) return text.replace(/\B(?=(\d{3})+$)/g, group);
  if (type === 'percent' || type === 'days') return text.replace('.', point);
  return type === 'date' ? text.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$3/$2/$1') : text;
}
