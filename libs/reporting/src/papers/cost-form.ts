import { Big } from 'big.js';
import type { Cost, CostLine } from '#procedures';
import { unitPlaceholders } from './common-placeholders.js';
import { above, blank, paragraph, subtitle } from './laid-paper.js';
import type { Block, PaperTable } from './laid-paper.js';
import type { Paper } from './paper.js';
import type { PaperProcedure } from './paper-facts.js';
import { decimal, money, percent } from './written.js';

/** What it costs to go through a procedure, line by line: form 03/SCM-KSTT. */
export const costForm: Paper = {
  kind: 'cost-form',
  title: { vi: 'Biểu mẫu tính chi phí 03/SCM-KSTT', en: 'Cost form 03/SCM-KSTT' },
  mostProcedures: 50,
  fileName: ({ procedures }) => `03-SCM-KSTT ${procedures[0]?.code ?? procedures[0]?.title.slice(0, 60) ?? ''}`,
  placeholders: {
    ...unitPlaceholders('owner', ({ owner }) => owner, { vi: 'Cơ quan tính chi phí', en: 'Who reckons' }),
    costs: { title: { vi: 'Biểu tính chi phí của từng thủ tục', en: 'The form of each procedure' }, blocks: ({ procedures }) => procedures.flatMap((one, at) => costsOf(one, at > 0)) },
  },
}; // prettier-ignore

function costsOf({ title, code, unit, option, cost: stated }: PaperProcedure, onNewPage: boolean): readonly Block[] {
  const about = [
    { ...subtitle(`Thủ tục: ${title}`), onNewPage },
    paragraph(`Mã số: ${code ?? blank}. Cơ quan chủ trì: ${unit}. Lương bình quân một giờ: ${money((option?.before ?? stated?.cost)?.hourlyWage)} đồng.`),
  ];
  if (option) {
    const { before, after, saving } = option;
    return [
      ...[...about, subtitle('I. CHI PHÍ HIỆN TẠI'), costTable(before, saving.before), ...inputsOf(before)],
      ...[subtitle('II. CHI PHÍ SAU ĐƠN GIẢN HÓA'), costTable(after, saving.after), ...inputsOf(after), subtitle('III. SO SÁNH')],
      paragraph(`Chi phí tiết kiệm: ${money(saving.saving)} đồng/năm. Tỷ lệ cắt giảm: ${percent(saving.cutPercent)}.`),
      paragraph(''),
    ];
  }
  return [...about, subtitle('CHI PHÍ HIỆN TẠI'), ...(stated ? [costTable(stated.cost, stated.figures), ...inputsOf(stated.cost)] : [costTable(unknown, undefined)]), paragraph('')];
} // prettier-ignore

const unknown: Pick<Cost, 'lines'> = { lines: [] };

/** @param figures What it comes to; undefined where nobody says what it costs */
function costTable(cost: Pick<Cost, 'lines'> & Partial<Cost>, figures: { readonly once: number; readonly year: number } | undefined): PaperTable {
  const often = cost.everyYears === undefined ? money(cost.timesPerYear) : `1/${String(cost.everyYears)}`;
  return {
    kind: 'table',
    columns: [
      { title: 'STT', width: 5, align: 'center' },
      { title: 'Công việc', width: 27 },
      { title: 'Thời gian (giờ)', width: 10, align: 'right' },
      { title: 'Phí, lệ phí (đồng)', width: 12, align: 'right' },
      { title: 'Dịch vụ (đồng)', width: 12, align: 'right' },
      { title: 'Chi phí một lần (đồng)', width: 14, align: 'right' },
      { title: 'Số lần/năm', width: 8, align: 'right' },
      { title: 'Số đối tượng/năm', width: 12, align: 'right' },
    ],
    rows: [
      ...cost.lines.map((line, at) => ({
        cells: [String(at + 1), line.label ?? blank, decimal(line.hours), money(line.fee), money(line.service), onceOf(line, cost.hourlyWage), often, money(cost.subjectsPerYear)],
      })),
      { cells: ['', 'Tổng chi phí một lần', '', '', '', money(figures?.once), '', ''], bold: true },
      { cells: ['', 'Tổng chi phí một năm', '', '', '', money(figures?.year), '', ''], bold: true },
    ],
  };
} // prettier-ignore

/** Of one line, exactly; what is not whole đồng keeps its decimals. */
function onceOf({ hours, fee, service }: CostLine, hourlyWage: number | undefined): string {
  if (hourlyWage === undefined) return blank;
  return decimal(Big(hours).times(hourlyWage).plus(fee).plus(service).toFixed());
}

/** Where its figures come from, where somebody said so. */
function inputsOf({ inputs }: Cost): readonly Block[] {
  if (!inputs || inputs.length === 0) return [];
  return [
    above('Nguồn số liệu:'),
    {
      kind: 'table',
      columns: [
        { title: 'Số liệu', width: 25 },
        { title: 'Nguồn', width: 40 },
        { title: 'Cách thu thập', width: 35 },
      ],
      rows: inputs.map(({ input, source, method }) => ({ cells: [inputName(input), source, method] })),
    },
  ];
}

function inputName(path: string): string {
  const [, line, of] = /^lines\.(\d+)\.(\w+)$/.exec(path) ?? [];
  const names: Readonly<Record<string, string>> = {
    ...{ hours: 'thời gian', fee: 'phí, lệ phí', service: 'dịch vụ', hourlyWage: 'Lương bình quân một giờ' },
    ...{ timesPerYear: 'Số lần trong năm', everyYears: 'Số năm mới làm một lần', subjectsPerYear: 'Số đối tượng trong năm' },
  };
  return line === undefined ? (names[path] ?? path) : `Dòng ${String(Number(line) + 1)}: ${names[of ?? ''] ?? path}`;
}
