import { decisionPlaceholders, procedurePlaceholders, unitPlaceholders } from './common-placeholders.js';
import { above, blank, paragraph, paragraphsOf, subtitle } from './laid-paper.js';
import type { Block } from './laid-paper.js';
import type { Paper } from './paper.js';
import { onlyOne } from './paper-facts.js';
import type { PaperFacts, PaperOption, PaperProcedure } from './paper-facts.js';
import { money, percent } from './written.js';

const decisionOf = ({ procedures }: PaperFacts): PaperOption['decision'] => onlyOne(procedures.map(({ option }) => option?.decision));

/** The decision that approves options of simplification, annexed one by one. */
export const optionDecision: Paper = {
  kind: 'option-decision',
  title: { vi: 'Quyết định phê duyệt phương án', en: 'Decision on options' },
  selectedBy: 'approval',
  mostProcedures: 500,
  fileName: (facts) => `Quyết định phê duyệt phương án ${decisionOf(facts)?.number ?? 'dự thảo'}`,
  placeholders: {
    ...unitPlaceholders('approver', ({ approver }) => approver, { vi: 'Cơ quan phê duyệt', en: 'Who approves' }),
    ...unitPlaceholders('owner', ({ owner }) => owner, { vi: 'Cơ quan đề nghị', en: 'Who proposes' }),
    ...procedurePlaceholders,
    ...decisionPlaceholders(decisionOf),
    options: { title: { vi: 'Nội dung từng phương án', en: 'What each option is' }, blocks: ({ procedures }) => procedures.flatMap((one, at) => optionBlocks(one, at + 1)) },
  },
}; // prettier-ignore

function optionBlocks({ title, field, unit, option }: PaperProcedure, number: number): readonly Block[] {
  const about = subtitle(`${String(number)}. ${title}`);
  const whose = paragraph(` ${field}. Cơ quan chủ trì: ${unit}.`, 'Lĩnh vực:');
  if (!option) return [about, whose, paragraph(` ${blank}`, '1. Nội dung đơn giản hóa:')];
  const { content, reason, documentsToAmend, roadmap, saving } = option;
  return [
    ...[about, whose, above('1. Nội dung đơn giản hóa'), ...paragraphsOf(content)],
    ...[above('Lý do:'), ...paragraphsOf(reason)],
    above('2. Kiến nghị thực thi'),
    {
      kind: 'table',
      columns: [
        { title: 'Văn bản cần sửa đổi, bổ sung, bãi bỏ', width: 35 },
        { title: 'Số, ký hiệu', width: 15 },
        { title: 'Điều, khoản', width: 15 },
        { title: 'Nội dung sửa đổi', width: 35 },
      ],
      rows: documentsToAmend.map((one) => ({ cells: [one.title, one.number ?? blank, one.article ?? blank, one.change] })),
    },
    paragraph(` ${roadmap ?? blank}`, 'Lộ trình thực hiện:'),
    above('3. Lợi ích của phương án'),
    paragraph(`- Chi phí tuân thủ trước khi đơn giản hóa: ${money(saving.before.year)} đồng/năm;`),
    paragraph(`- Chi phí tuân thủ sau khi đơn giản hóa: ${money(saving.after.year)} đồng/năm;`),
    paragraph(`- Chi phí tiết kiệm: ${money(saving.saving)} đồng/năm;`),
    paragraph(`- Tỷ lệ cắt giảm chi phí: ${percent(saving.cutPercent)}.`),
    paragraph(''),
  ];
}
