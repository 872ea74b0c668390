import { procedureContent } from './procedure-content.js';
import { procedurePlaceholders, procedureTable, unitPlaceholders } from './common-placeholders.js';
import { blank, paragraph } from './laid-paper.js';
import type { Paper } from './paper.js';
import type { PaperFacts } from './paper-facts.js';
import { dateInWords } from './written.js';

/** The one decision by which all of them were published; undefined where there is none yet, or more than one. */
const decisionOf = ({ procedures }: PaperFacts): PaperFacts['procedures'][number]['decision'] => {
  const [first, ...others] = procedures.map(({ decision }) => decision);
  return others.every((one) => one?.number === first?.number && one?.date === first?.date) ? first : undefined;
};

/** The decision that publishes procedures, with the list of them and what each consists of. */
export const publicationDecision: Paper = {
  kind: 'publication-decision',
  title: { vi: 'Quyết định công bố', en: 'Decision to publish' },
  selectedBy: 'publication',
  mostProcedures: 500,
  fileName: (facts) => `Quyết định công bố ${decisionOf(facts)?.number ?? 'dự thảo'}`,
  placeholders: {
    ...unitPlaceholders('publisher', ({ publisher }) => publisher, { vi: 'Cơ quan công bố', en: 'Who publishes' }),
    ...unitPlaceholders('owner', ({ owner }) => owner, { vi: 'Cơ quan đề nghị', en: 'Who proposes' }),
    ...procedurePlaceholders,
    decisionNumber: { title: { vi: 'Số, ký hiệu quyết định', en: 'Number of the decision' }, text: (facts) => decisionOf(facts)?.number ?? `${blank}/QĐ-${blank}` },
    decisionDate: { title: { vi: 'Ngày quyết định, bằng chữ', en: 'Date of the decision' }, text: (facts) => dateInWords(decisionOf(facts)?.date) },
    effectiveDate: { title: { vi: 'Ngày có hiệu lực, bằng chữ', en: 'Effective date' }, text: (facts) => dateInWords(decisionOf(facts)?.effectiveDate) },
    signer: { title: { vi: 'Người ký', en: 'Signer' }, text: (facts) => decisionOf(facts)?.signer ?? blank },
    procedureList: { title: { vi: 'Bảng danh mục thủ tục', en: 'Table of the procedures' }, blocks: ({ procedures }) => [procedureTable(procedures)] },
    procedureContents: {
      title: { vi: 'Nội dung cụ thể của từng thủ tục', en: 'What each procedure consists of' },
      blocks: ({ procedures }) => procedures.flatMap((procedure, at) => [...procedureContent(procedure, at + 1), paragraph('')]),
    },
  },
}; // prettier-ignore
