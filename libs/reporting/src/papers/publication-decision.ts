import { procedureContent } from './procedure-content.js';
import { decisionPlaceholders, procedurePlaceholders, procedureTable, unitPlaceholders } from './common-placeholders.js';
import { paragraph } from './laid-paper.js';
import type { Paper } from './paper.js';
import { onlyOne } from './paper-facts.js';
import type { PaperFacts, PaperProcedure } from './paper-facts.js';

const decisionOf = ({ procedures }: PaperFacts): PaperProcedure['decision'] => onlyOne(procedures.map(({ decision }) => decision));

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
    ...decisionPlaceholders(decisionOf),
    procedureList: { title: { vi: 'Bảng danh mục thủ tục', en: 'Table of the procedures' }, blocks: ({ procedures }) => [procedureTable(procedures)] },
    procedureContents: {
      title: { vi: 'Nội dung cụ thể của từng thủ tục', en: 'What each procedure consists of' },
      blocks: ({ procedures }) => procedures.flatMap((procedure, at) => [...procedureContent(procedure, at + 1), paragraph('')]),
    },
  },
}; // prettier-ignore
