import { procedurePlaceholders, unitPlaceholders } from './common-placeholders.js';
import { blank } from './laid-paper.js';
import type { PaperTable } from './laid-paper.js';
import type { Paper } from './paper.js';
import { stands } from './paper-facts.js';
import type { PaperFacts, PaperOption, PaperProcedure } from './paper-facts.js';
import { grouped, money, percent, shortDate } from './written.js';

/** What reviews led to: a row for each option, and one for each procedure without any. */
export const reviewResultsPaper: Paper = {
  kind: 'review-results',
  title: { vi: 'Tổng hợp kết quả rà soát', en: 'Review results' },
  selectedBy: 'filters',
  mostProcedures: 500,
  fileName: () => 'Tổng hợp kết quả rà soát',
  placeholders: {
    ...unitPlaceholders('owner', ({ owner }) => owner, { vi: 'Cơ quan báo cáo', en: 'Who reports' }),
    ...procedurePlaceholders,
    optionCount: { title: { vi: 'Số phương án, không kể phương án bị từ chối, trả lại', en: 'Number of options that were not turned down' }, text: (facts) => String(standing(facts).length) },
    totalBefore: { title: { vi: 'Tổng chi phí trước, đồng/năm', en: 'Cost before, đồng a year' }, text: (facts) => total(facts, ({ saving }) => saving.before.year) },
    totalSaving: { title: { vi: 'Tổng chi phí tiết kiệm, đồng/năm', en: 'Saving, đồng a year' }, text: (facts) => total(facts, ({ saving }) => saving.saving) },
    results: { title: { vi: 'Bảng kết quả', en: 'Table of the results' }, blocks: ({ procedures }) => [resultsTable(procedures)] },
  },
}; // prettier-ignore

const states = {
  proposed: 'Đã đề xuất',
  qualityChecked: 'Đã kiểm soát chất lượng',
  approved: 'Đã phê duyệt',
  implemented: 'Đã thực thi',
  rejected: 'Bị từ chối',
  returned: 'Bị trả lại',
  failed: 'Chưa đạt',
} as const satisfies Readonly<Record<PaperOption['status'], string>>;

const standing = ({ procedures }: PaperFacts): readonly PaperOption[] => procedures.flatMap(({ options }) => options.filter(stands));

/** The sum of many safe integers may be none. */
function total(facts: PaperFacts, of: (option: PaperOption) => number): string {
  return grouped(String(standing(facts).reduce((all, option) => all + BigInt(of(option)), 0n)));
}

const resultsTable = (procedures: readonly PaperProcedure[]): PaperTable => ({
  kind: 'table',
  columns: [
    { title: 'STT', width: 5, align: 'center' },
    { title: 'Tên thủ tục', width: 15 },
    { title: 'Lĩnh vực', width: 8 },
    { title: 'Cơ quan chủ trì', width: 9 },
    { title: 'Nhóm', width: 7, align: 'center' },
    { title: 'Phương án', width: 13 },
    { title: 'Văn bản cần sửa đổi', width: 10 },
    { title: 'Số, ngày quyết định', width: 11, align: 'center' },
    // Millions of millions stand in one line.
    { title: 'Chi phí trước', width: 16, align: 'right' },
    { title: 'Tiết kiệm', width: 16, align: 'right' },
    { title: 'Tỷ lệ', width: 9, align: 'right' },
    { title: 'Tình trạng', width: 8 },
  ],
  rows: procedures.flatMap(rowsOf).map(([title, field, unit, group, ...result], at) => ({ cells: [String(at + 1), title, field, unit, group, ...result] })),
}); // prettier-ignore

type Row = readonly [title: string, field: string, unit: string, group: string, ...result: readonly string[]];

function rowsOf({ title, field, unit, group: of, options }: PaperProcedure): readonly Row[] {
  const group = of ?? '';
  if (options.length === 0) return [[title, field, unit, group, 'Chưa có phương án', '', '', '', '', '', '']];
  return options.map((option) => [title, field, unit, group, ...resultOf(option)]);
}

function resultOf({ content, documentsToAmend, decision, saving, document, status }: PaperOption): readonly string[] {
  return [
    content,
    documentsToAmend.map(({ title, number }) => [title, number].filter(Boolean).join(' ')).join('; '),
    decision ? `${decision.number} ngày ${shortDate(decision.date)}` : blank,
    ...[money(saving.before.year), money(saving.saving), percent(saving.cutPercent)],
    document ? `${states[status]}: ${document.number} ngày ${shortDate(document.date)}` : states[status],
  ];
}
