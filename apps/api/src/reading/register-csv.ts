import type { ProcedureSummary } from '#procedures';
import type { UnitTree } from '#workflow';

export type Separator = ',' | ';';
type Language = 'vi' | 'en';
type Cell = (procedure: ProcedureSummary, units: UnitTree) => string;

/** Byte order mark: without it spreadsheets take the text for another encoding. */
export const mark = '\uFEFF';

/** Columns in their order, with their titles. */
const columns: readonly { readonly vi: string; readonly en: string; readonly cell: Cell }[] = [
  { vi: 'Mã định danh', en: 'Id', cell: ({ id }) => id },
  { vi: 'Mã thủ tục', en: 'Code', cell: ({ code }) => code ?? '' },
  { vi: 'Tên thủ tục', en: 'Title', cell: ({ title }) => title },
  { vi: 'Loại', en: 'Kind', cell: ({ kind }) => kind },
  { vi: 'Nhóm', en: 'Group', cell: ({ group }) => group ?? '' },
  { vi: 'Lĩnh vực', en: 'Field', cell: ({ field }) => field },
  { vi: 'Đơn vị chủ trì', en: 'Owning unit', cell: ({ owningUnit }, units) => units.get(owningUnit)?.name ?? owningUnit },
  { vi: 'Độ mật', en: 'Classification', cell: ({ classification }) => classification },
  { vi: 'Bước', en: 'Stage', cell: ({ stage }) => stage },
  { vi: 'Tạm dừng', en: 'Suspended', cell: ({ suspended }) => (suspended ? '1' : '0') },
  { vi: 'Phiên bản', en: 'Revision', cell: ({ revision }) => String(revision) },
  { vi: 'Đăng ký lúc', en: 'Registered at', cell: ({ registeredAt }) => registeredAt },
  { vi: 'Ở giai đoạn này từ', en: 'In this stage since', cell: ({ stageSince }) => stageSince },
];

/** The first line of a file. */
export const csvHeader = (language: Language, separator: Separator): string =>
  `${mark}${csvLine(
    columns.map((column) => column[language]),
    separator,
  )}`;

export const csvOf = (procedures: readonly ProcedureSummary[], units: UnitTree, separator: Separator): string =>
  procedures
    .map((one) =>
      csvLine(
        columns.map(({ cell }) => cell(one, units)),
        separator,
      ),
    )
    .join('');

/** What is written as a figure: a minus before it makes no formula of it. */
export interface Figure {
  readonly figure: string;
}

/** A line of RFC 4180, in which no text is a formula to a spreadsheet. */
export function csvLine(cells: readonly (string | Figure)[], separator: Separator): string {
  const written = cells.map((cell) => {
    if (typeof cell !== 'string') return cell.figure;
    const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
    return /["\r\n,;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${written.join(separator)}\r\n`;
}
