import { above, paragraph, paragraphsOf, subtitle } from './laid-paper.js';
import type { Block } from './laid-paper.js';
import { amountOf } from './common-placeholders.js';
import type { PaperProcedure } from './paper-facts.js';
import { money, shortDate } from './written.js';

/** As portals and papers say that a procedure has none of it. */
const nothing = 'Không có thông tin.';

const agencyWords = {
  decides: 'Cơ quan có thẩm quyền quyết định',
  authorised: 'Cơ quan được ủy quyền',
  carriesOut: 'Cơ quan trực tiếp thực hiện',
  coordinates: 'Cơ quan phối hợp',
  receives: 'Nơi tiếp nhận',
} as const;

/** All that a procedure consists of, part by part, as a decision annexes it. */
export function procedureContent(procedure: PaperProcedure, number: number): readonly Block[] {
  const { title, parts } = procedure;
  const { steps, manners, manner, documents, dossier, timeLimitDays, subjects, agencies, agency, result, fees, form, conditions, bases } = parts;
  return [
    subtitle(`${String(number)}. ${title}`),
    ...part('a) Trình tự thực hiện:', steps),
    ...(manners && manners.length > 1 ? [above('b) Cách thức thực hiện:'), mannerTable(manners)] : part('b) Cách thức thực hiện:', manner ?? manners?.[0]?.way)),
    ...(documents && documents.length > 0
      ? [above('c) Thành phần, số lượng hồ sơ:'), documentTable(documents), ...(dossier ? [paragraph(`Số lượng hồ sơ: ${String(dossier.sets).padStart(2, '0')} bộ.`)] : [])]
      : part('c) Thành phần, số lượng hồ sơ:', undefined)),
    ...part('d) Thời hạn giải quyết:', manners?.[0] ? [...new Set(manners.map(({ timeLimit }) => amountOf(timeLimit.amount, timeLimit.unit)))].join('; ') : timeLimitDays === undefined ? undefined : `${String(timeLimitDays)} ngày`),
    ...part('đ) Đối tượng thực hiện:', subjects),
    ...part('e) Cơ quan thực hiện:', agencies && agencies.length > 1 ? agencies.map(({ role, name, address }) => `${agencyWords[role]}: ${name}${address === undefined ? '' : ` (${address})`}`).join('\n') : agency),
    ...part('g) Kết quả thực hiện:', result),
    ...part('h) Phí, lệ phí:', fees),
    ...part('i) Tên mẫu đơn, mẫu tờ khai:', form),
    ...part('k) Yêu cầu, điều kiện thực hiện:', conditions),
    ...part('l) Căn cứ pháp lý:', bases?.map(({ number: of, date, issuer, summary }) => [of, date && `ngày ${shortDate(date)}`, issuer, summary].filter(Boolean).join(', ')).join('\n')),
  ];
} // prettier-ignore

/** A text of one line stands beside its name, others below it. */
function part(name: string, text: string | undefined): readonly Block[] {
  const said = text === undefined || text.trim() === '' ? nothing : text.trim();
  return said.includes('\n') ? [above(name), ...paragraphsOf(said)] : [paragraph(` ${said}`, name)];
}

const mannerTable = (manners: NonNullable<PaperProcedure['parts']['manners']>): Block => ({
  kind: 'table',
  columns: [
    { title: 'Hình thức nộp', width: 25 },
    { title: 'Thời hạn giải quyết', width: 20 },
    { title: 'Phí, lệ phí', width: 25 },
    { title: 'Mô tả', width: 30 },
  ],
  rows: manners.map(({ way, timeLimit, fee, note }) => ({
    cells: [way, amountOf(timeLimit.amount, timeLimit.unit), typeof fee === 'number' ? `${money(fee)} đồng` : (fee ?? ''), note ?? ''],
  })),
});

const documentTable = (documents: NonNullable<PaperProcedure['parts']['documents']>): Block => ({
  kind: 'table',
  columns: [
    { title: 'Tên giấy tờ', width: 50 },
    { title: 'Mẫu đơn, tờ khai', width: 25 },
    { title: 'Bản chính', width: 12, align: 'center' },
    { title: 'Bản sao', width: 13, align: 'center' },
  ],
  rows: documents.map(({ name, form, originals, copies }) => ({ cells: [name, form ?? '', String(originals), String(copies)] })),
});
