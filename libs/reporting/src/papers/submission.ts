import { procedurePlaceholders, procedureTable, unitPlaceholders } from './common-placeholders.js';
import { blank } from './laid-paper.js';
import type { PaperTable } from './laid-paper.js';
import type { Paper } from './paper.js';
import { onlyOne } from './paper-facts.js';
import type { PaperFacts, PaperProcedure } from './paper-facts.js';
import { dateInWords } from './written.js';

const documentOf = ({ procedures }: PaperFacts): PaperProcedure['document'] => onlyOne(procedures.map(({ document }) => document));

/** By which the owning unit proposes that procedures are published. */
export const submission: Paper = {
  kind: 'submission',
  title: { vi: 'Tờ trình', en: 'Submission' },
  mostProcedures: 500,
  fileName: (facts) => `Tờ trình ${documentOf(facts)?.number ?? 'dự thảo'}`,
  placeholders: {
    ...unitPlaceholders('owner', ({ owner }) => owner, { vi: 'Cơ quan trình', en: 'Who submits' }),
    ...unitPlaceholders('publisher', ({ publisher }) => publisher, { vi: 'Cơ quan công bố', en: 'Who publishes' }),
    ...procedurePlaceholders,
    number: { title: { vi: 'Số, ký hiệu tờ trình', en: 'Number of the submission' }, text: (facts) => documentOf(facts)?.number ?? `${blank}/TTr-${blank}` },
    date: { title: { vi: 'Ngày trình, bằng chữ', en: 'Date of the submission' }, text: (facts) => dateInWords(documentOf(facts)?.date) },
    procedureList: { title: { vi: 'Bảng danh mục thủ tục', en: 'Table of the procedures' }, blocks: ({ procedures }) => [procedureTable(procedures)] },
    reviewList: { title: { vi: 'Bảng kết quả rà soát từng thủ tục', en: 'Table of what the reviews found' }, blocks: ({ procedures }) => [reviewTable(procedures)] },
  },
}; // prettier-ignore

const yes = (holds: boolean | undefined): string => (holds === undefined ? blank : holds ? 'Có' : 'Không');

const reviewTable = (procedures: PaperFacts['procedures']): PaperTable => ({
  kind: 'table',
  columns: [
    { title: 'STT', width: 7, align: 'center' },
    { title: 'Tên thủ tục', width: 34 },
    { title: 'Cần thiết', width: 9, align: 'center' },
    { title: 'Hợp lý', width: 9, align: 'center' },
    { title: 'Hợp pháp', width: 9, align: 'center' },
    { title: 'Nhận xét', width: 33 },
  ],
  rows: procedures.map(({ title, review }, at) => ({
    cells: [String(at + 1), title, yes(review?.necessary), yes(review?.reasonable), yes(review && review.lawful && review.withinPowers), review?.findings ?? blank],
  })),
}); // prettier-ignore
