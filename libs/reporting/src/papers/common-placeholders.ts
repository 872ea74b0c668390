import { blank } from './laid-paper.js';
import type { PaperTable } from './laid-paper.js';
import type { Placeholders } from './fill-template.js';
import { classificationOfAll } from './paper-facts.js';
import type { PaperFacts, PaperProcedure, PaperUnit } from './paper-facts.js';
import { dateInWords, decimal } from './written.js';

/** Of the unit that a paper is by. */
export const unitPlaceholders = (name: string, unitOf: (facts: PaperFacts) => PaperUnit | null, words: { readonly vi: string; readonly en: string }): Placeholders<PaperFacts> => ({
  [name]: { title: words, text: (facts) => unitOf(facts)?.name ?? blank },
  [`${name}Upper`]: { title: { vi: `${words.vi}, viết hoa`, en: `${words.en}, in capitals` }, text: (facts) => upper(unitOf(facts)?.name ?? blank) },
  [`${name}Above`]: { title: { vi: `Cơ quan cấp trên của ${words.vi.toLowerCase()}, viết hoa; trống nếu không có`, en: `What stands above: ${words.en.toLowerCase()}, in capitals; nothing where nothing does` }, text: (facts) => upper(unitOf(facts)?.above ?? '') },
}); // prettier-ignore

/** Of the procedures that a paper is about. */
export const procedurePlaceholders: Placeholders<PaperFacts> = {
  count: { title: { vi: 'Số thủ tục, hai chữ số nếu dưới 10', en: 'Number of procedures, two digits below 10' }, text: ({ procedures }) => String(procedures.length).padStart(2, '0') },
  procedures: { title: { vi: 'Tên thủ tục nếu chỉ có một, nếu không thì số lượng và loại', en: 'The title where there is one procedure, else how many of which kind' }, text: ({ procedures }) => namedTogether(procedures) },
  proceduresUpper: { title: { vi: 'Như trên, viết hoa', en: 'The same in capitals' }, text: ({ procedures }) => upper(namedTogether(procedures)) },
  kind: { title: { vi: 'Loại thủ tục', en: 'Kind of the procedures' }, text: ({ procedures }) => kindOf(procedures) },
  verb: { title: { vi: '"công bố" hoặc "ban hành"', en: '"công bố" or "ban hành"' }, text: ({ procedures }) => verbOf(procedures) },
  verbCapital: { title: { vi: '"Công bố" hoặc "Ban hành"', en: '"Công bố" or "Ban hành"' }, text: ({ procedures }) => capital(verbOf(procedures)) },
  fields: { title: { vi: 'Các lĩnh vực', en: 'Their fields' }, text: ({ procedures }) => joined(procedures.map(({ field }) => field), 'lĩnh vực khác') },
  owners: { title: { vi: 'Các cơ quan chủ trì', en: 'Their owning units' }, text: ({ procedures }) => joined(procedures.map(({ unit }) => unit), 'cơ quan, đơn vị khác') },
}; // prettier-ignore

/** Of the decision that a paper is, or is to become. */
export const decisionPlaceholders = (decisionOf: (facts: PaperFacts) => PaperProcedure['decision']): Placeholders<PaperFacts> => ({
  decisionNumber: { title: { vi: 'Số, ký hiệu quyết định', en: 'Number of the decision' }, text: (facts) => decisionOf(facts)?.number ?? `${blank}/QĐ-${blank}` },
  decisionDate: { title: { vi: 'Ngày quyết định, bằng chữ', en: 'Date of the decision' }, text: (facts) => dateInWords(decisionOf(facts)?.date) },
  effectiveDate: { title: { vi: 'Ngày có hiệu lực, bằng chữ', en: 'Effective date' }, text: (facts) => dateInWords(decisionOf(facts)?.effectiveDate) },
  signer: { title: { vi: 'Người ký', en: 'Signer' }, text: (facts) => decisionOf(facts)?.signer ?? blank },
}); // prettier-ignore

/** What fills more than a line of the wording is not put into one. */
const mostJoined = 5;

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

/** Each once; of many the first ones, and how many there are besides. */
function joined(texts: readonly string[], others: string): string {
  const all = unique(texts);
  if (all.length === 0) return blank;
  const rest = all.length - mostJoined;
  return `${all.slice(0, mostJoined).join(', ')}${rest > 0 ? ` và ${String(rest)} ${others}` : ''}`;
}

export function kindOf(procedures: readonly Pick<PaperProcedure, 'kind'>[]): string {
  const kinds = unique(procedures.map(({ kind }) => kind));
  if (kinds.length === 1 && kinds[0] === 'internal') return 'thủ tục hành chính nội bộ';
  return kinds.length === 1 && kinds[0] === 'quality' ? 'quy trình giải quyết công việc' : 'thủ tục hành chính';
}

const namedTogether = (procedures: readonly PaperProcedure[]): string =>
  procedures.length === 1
    ? `${kindOf(procedures)} “${procedures[0]?.title ?? ''}”`
    : `${String(procedures.length).padStart(2, '0')} ${kindOf(procedures)}`;

/** What an authority decides for itself alone it promulgates. */
const verbOf = (procedures: readonly PaperProcedure[]): string =>
  procedures.length > 0 && procedures.every(({ kind, group }) => kind === 'quality' || group === 'C' || group === 'D')
    ? 'ban hành'
    : 'công bố';

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
const upper = (text: string): string => text.toLocaleUpperCase('vi');

/** The mark of secrecy of a paper about them. */
export function markOf(procedures: readonly PaperProcedure[]): string | null {
  const marks = { none: null, confidential: 'MẬT', secret: 'TỐI MẬT', topSecret: 'TUYỆT MẬT' } as const;
  return marks[classificationOfAll(procedures)];
}

/** The procedures one below the other. */
export const procedureTable = (procedures: readonly PaperProcedure[]): PaperTable => ({
  kind: 'table',
  columns: [
    { title: 'STT', width: 7, align: 'center' },
    { title: 'Mã số', width: 12, align: 'center' },
    { title: 'Tên thủ tục', width: 36 },
    { title: 'Nhóm', width: 9, align: 'center' },
    { title: 'Lĩnh vực', width: 17 },
    { title: 'Cơ quan thực hiện', width: 20 },
  ],
  rows: procedures.map(({ title, code, group, field, unit }, at) => ({
    cells: [String(at + 1), code ?? blank, title, group ?? '', field, unit],
  })),
});

/** As of when. Positions are those of the log. */
export function noteOf({ position, at, stoodAt }: PaperFacts['asOf']): string {
  const made = `Lập từ dữ liệu đến vị trí ${position} của nhật ký`;
  return stoodAt === undefined ? `${made}, ${momentInWords(at)}.` : `${made}, như ${momentInWords(stoodAt)}; in ${momentInWords(at)}.`;
}

function momentInWords(at: string): string {
  const time = new Date(at).toLocaleTimeString('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh', hour: '2-digit', minute: '2-digit' });
  return `lúc ${time} ngày ${new Date(at).toLocaleDateString('en-GB', { timeZone: 'Asia/Ho_Chi_Minh' })}`;
}

/** Amount with the words of its unit. */
export const amountOf = (amount: number, unit: 'workingDays' | 'days' | 'hours'): string =>
  `${decimal(String(amount))} ${{ workingDays: 'ngày làm việc', days: 'ngày', hours: 'giờ' }[unit]}`;
