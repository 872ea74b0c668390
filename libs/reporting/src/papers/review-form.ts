import { kindOf, unitPlaceholders } from './common-placeholders.js';
import { blank, paragraph, paragraphsOf, subtitle } from './laid-paper.js';
import type { Block } from './laid-paper.js';
import type { Paper } from './paper.js';
import type { PaperProcedure } from './paper-facts.js';
import { procedureContent } from './procedure-content.js';
import { money } from './written.js';

/** How a review is filled in, by procedure: form 02/RS-KSTT. */
export const reviewForm: Paper = {
  kind: 'review-form',
  title: { vi: 'Biểu mẫu rà soát 02/RS-KSTT', en: 'Review form 02/RS-KSTT' },
  mostProcedures: 50,
  fileName: ({ procedures }) => `02-RS-KSTT ${procedures[0]?.code ?? procedures[0]?.title.slice(0, 60) ?? ''}`,
  placeholders: {
    ...unitPlaceholders('owner', ({ owner }) => owner, { vi: 'Cơ quan rà soát', en: 'Who reviews' }),
    reviews: { title: { vi: 'Biểu đã điền của từng thủ tục', en: 'The form of each procedure, filled in' }, blocks: ({ procedures }) => procedures.flatMap((one, at) => filledIn(one, at > 0)) },
  },
}; // prettier-ignore

const box = (holds: boolean | undefined): string => `${holds === true ? '☒' : '☐'} Có     ${holds === false ? '☒' : '☐'} Không`;

function filledIn(procedure: PaperProcedure, onNewPage: boolean): readonly Block[] {
  const { title, code, kind, group, field, unit, review } = procedure;
  const whole = group === undefined ? kindOf([{ kind }]) : `${kindOf([{ kind }])}, nhóm ${group}`;
  const [, ...parts] = procedureContent(procedure, 1);
  return [
    { ...subtitle('I. THÔNG TIN CHUNG'), onNewPage },
    ...[paragraph(` ${title}`, '1. Tên thủ tục:'), paragraph(` ${code ?? blank}`, '2. Mã số:'), paragraph(` ${whole}`, '3. Loại:')],
    ...[paragraph(` ${field}`, '4. Lĩnh vực:'), paragraph(` ${unit}`, '5. Cơ quan chủ trì:')],
    ...[subtitle('II. NỘI DUNG HIỆN HÀNH'), ...parts],
    subtitle('III. RÀ SOÁT, ĐÁNH GIÁ'),
    {
      kind: 'table',
      columns: [
        { title: 'STT', width: 7, align: 'center' },
        { title: 'Nội dung đánh giá', width: 41 },
        { title: 'Kết quả', width: 22, align: 'center' },
        { title: 'Lý do', width: 30 },
      ],
      rows: [
        { cells: ['1', 'Thủ tục có thực sự cần thiết không?', box(review?.necessary), blank] },
        { cells: ['2', 'Các quy định về thủ tục có hợp lý không?', box(review?.reasonable), blank] },
        { cells: ['3', 'Thủ tục có hợp pháp không?', box(review?.lawful), blank] },
        { cells: ['4', 'Thủ tục có được ban hành đúng thẩm quyền không?', box(review?.withinPowers), blank] },
      ],
    },
    subtitle('IV. NHẬN XÉT'),
    ...paragraphsOf(review?.findings ?? blank),
    subtitle('V. CHI PHÍ TUÂN THỦ'),
    paragraph(` ${costOf(procedure)}`, 'Chi phí tuân thủ một năm:'),
    paragraph(''),
  ];
}

/** The total of form 03/SCM-KSTT before anything is simplified. */
function costOf({ cost, option }: PaperProcedure): string {
  const year = (option?.saving.before ?? cost?.figures)?.year;
  return year === undefined ? `${blank} đồng (theo biểu mẫu 03/SCM-KSTT)` : `${money(year)} đồng (theo biểu mẫu 03/SCM-KSTT)`;
}
