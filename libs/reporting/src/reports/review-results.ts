import type { Database } from '#platform';
import { conditionsOf, ownerColumn } from '#procedures';
import { InvalidCursor, cursorValues, writeCursor } from '#processors';
import type { AuthorityPolicy, Definitions } from '#workflow';
import { presentUnit } from '../placed.js';
import { reviewedThen } from '../results/reviewed-then.js';
import { afterCursor, explained } from './explained.js';
import type { FoundEvent } from './explained.js';
import { NotReported } from './report.js';
import type { Asked, Report, ReportColumn, ReportRow } from './report.js';

const columns = [
  { key: 'no', title: { vi: 'STT', en: 'No.' }, type: 'count' },
  { key: 'procedure', title: { vi: 'Mã thủ tục trong hệ thống', en: 'Procedure' }, type: 'text' },
  { key: 'code', title: { vi: 'Mã số', en: 'Code' }, type: 'text' },
  { key: 'title', title: { vi: 'Tên thủ tục', en: 'Title' }, type: 'text' },
  { key: 'kind', title: { vi: 'Loại', en: 'Kind' }, type: 'text' },
  { key: 'group', title: { vi: 'Nhóm', en: 'Group' }, type: 'text' },
  { key: 'field', title: { vi: 'Lĩnh vực', en: 'Field' }, type: 'text' },
  { key: 'unit', title: { vi: 'Cơ quan, đơn vị chủ trì', en: 'Lead unit' }, type: 'unit' },
  { key: 'publicationNumber', title: { vi: 'Số quyết định công bố', en: 'Publication decision' }, type: 'text' },
  { key: 'publicationOn', title: { vi: 'Ngày quyết định công bố', en: 'Publication decision of' }, type: 'date' },
  { key: 'option', title: { vi: 'Phương án', en: 'Option' }, type: 'text' },
  { key: 'type', title: { vi: 'Loại phương án', en: 'Type of option' }, type: 'text' },
  { key: 'content', title: { vi: 'Nội dung phương án', en: 'Content of the option' }, type: 'text' },
  { key: 'documents', title: { vi: 'Văn bản cần sửa đổi', en: 'Documents to amend' }, type: 'text' },
  { key: 'authority', title: { vi: 'Thẩm quyền', en: 'Authority' }, type: 'text' },
  { key: 'decisionNumber', title: { vi: 'Số quyết định phê duyệt', en: 'Approving decision' }, type: 'text' },
  { key: 'decisionOn', title: { vi: 'Ngày quyết định phê duyệt', en: 'Approving decision of' }, type: 'date' },
  { key: 'costBefore', title: { vi: 'Chi phí trước', en: 'Cost before' }, type: 'money', unit: 'VND/year' },
  { key: 'costAfter', title: { vi: 'Chi phí sau', en: 'Cost after' }, type: 'money', unit: 'VND/year' },
  { key: 'saving', title: { vi: 'Tiết kiệm', en: 'Saving' }, type: 'money', unit: 'VND/year' },
  { key: 'cutPercent', title: { vi: 'Tỷ lệ cắt giảm', en: 'Cut' }, type: 'percent', unit: 'percent' },
  { key: 'implementedBy', title: { vi: 'Văn bản thực thi', en: 'Implemented by' }, type: 'text' },
  { key: 'implementedOn', title: { vi: 'Ngày văn bản thực thi', en: 'Implemented by the document of' }, type: 'date' },
  { key: 'roadmap', title: { vi: 'Lộ trình', en: 'Roadmap' }, type: 'text' },
  { key: 'deadline', title: { vi: 'Thời hạn được giao', en: 'Deadline' }, type: 'date' },
  { key: 'status', title: { vi: 'Trạng thái', en: 'Status' }, type: 'text' },
  { key: 'delayReason', title: { vi: 'Lý do chậm', en: 'Reason of delay' }, type: 'text' },
] as const satisfies readonly ReportColumn[];
type Column = (typeof columns)[number]['key'];

/** A row for each option, and one for each procedure without any, in the order in which procedures were registered. */
export const reviewResultsTable: Report = {
  name: 'review-results',
  title: { vi: 'Kết quả rà soát', en: 'Results of reviews' },
  views: ['review_results', 'acts'],
  // Everything that happens to procedures is an act.
  pasts: ['acts'],
  isHeavy: true,
  columns: () => columns,
  rows: async (asked, { database, definitions }, page) => {
    const { after, no } = begin(page.cursor);
    const found = await resultsOf(database, asked, { after, limit: page.limit + 1 });
    const approvers = new Approvers(definitions);
    const rows: ReportRow[] = [];
    for (const result of found.slice(0, page.limit)) rows.push(await rowOf(result, no + rows.length + 1, asked, approvers));
    const last = found[rows.length - 1];
    return {
      rows,
      nextCursor: last && found.length > page.limit ? writeCursor([list, String(no + rows.length), last.registered_position, String(last.number ?? -1)]) : null,
    };
  },
  explain: async (asked, { row: key, column }, { database, definitions }, page) => {
    const [, procedure, option] = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/(.{1,100}))?$/.exec(key) ?? [];
    const found = procedure === undefined ? [] : await resultsOf(database, asked, { procedure });
    const result = found.find((one) => one.option === (option ?? null));
    if (!result) throw new NotReported('row');
    const row = await rowOf(result, 0, asked, new Approvers(definitions));
    const events = await eventsOf(database, asked, result, column as Column, page);
    return explained(column === 'no' ? null : row[column], events, page, `${list}-explained`, (event) => contributionOf(row, column as Column, event));
  },
}; // prettier-ignore

const list = 'review-results';

interface After {
  readonly position: string;
  readonly number: string;
}

/** Where a page begins, and how many rows there are before it. */
function begin(cursor: string | undefined): { readonly after: After | null; readonly no: number } {
  if (cursor === undefined) return { after: null, no: 0 };
  const [name, no, position, number, ...more] = cursorValues(cursor);
  // The number stands in a column of four bytes, positions in one of eight.
  const isNumber = (value: unknown, digits: number): value is string =>
    typeof value === 'string' && (value === '-1' || (/^\d+$/.test(value) && value.length <= digits));
  if (name !== list || !isNumber(no, 15) || !isNumber(position, 15) || !isNumber(number, 9) || more.length > 0)
    throw new InvalidCursor('The cursor is not one of this list.');
  return { after: { position, number }, no: Number(no) };
}

interface Result {
  readonly procedure: string;
  readonly registered_position: string;
  readonly code: string | null;
  readonly title: string;
  readonly kind: string;
  readonly group: string | null;
  readonly field: string;
  readonly owning_unit: string;
  readonly definition_id: string;
  readonly definition_version: number;
  readonly published: number | null;
  readonly publication_number: string | null;
  readonly publication_on: string | null;
  readonly assigned: number | null;
  readonly due_on: string | null;
  readonly reason: string | null;
  readonly reasoned: number | null;
  readonly number: number | null;
  readonly option: string | null;
  readonly revision: number | null;
  readonly status: string | null;
  readonly type: string | null;
  readonly content: string | null;
  readonly documents: readonly { readonly title: string; readonly number: string | null }[] | null;
  readonly roadmap: string | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly saving: string | null;
  readonly cut_percent: string | null;
  readonly checked: number | null;
  readonly approved: number | null;
  readonly decision_number: string | null;
  readonly decision_on: string | null;
  readonly implemented: number | null;
  readonly document_title: string | null;
  readonly document_number: string | null;
  readonly document_on: string | null;
}

async function resultsOf(
  database: Database,
  { filters, from, to, past }: Asked,
  page: { readonly after?: After | null; readonly limit?: number; readonly procedure?: string },
): Promise<readonly Result[]> {
  const values: unknown[] = [];
  const parameter = (value: unknown): string => `$${String(values.push(value))}`;
  const at = past && parameter(String(past.position));
  const { after = null, procedure } = page;
  const conditions = [
    ...conditionsOf(filters, parameter),
    ...(from === undefined && to === undefined ? [] : [happenedWithin(parameter(from ?? '0001-01-01'), parameter(to ?? '9999-12-31'))]),
    ...(procedure === undefined ? [] : [`r.procedure = ${parameter(procedure)}`]),
  ];
  if (after) {
    const position = `${parameter(after.position)}::bigint`;
    // The first finds the place by its index.
    conditions.push(`r.registered_position >= ${position}`, `(r.registered_position, coalesce(o.number, -1)) > (${position}, ${parameter(after.number)}::integer)`);
  }
  const { rows } = await database.pool.query<Result>(
    `SELECT r.procedure, r.registered_position::text AS registered_position, r.code, r.title, r.kind, nullif(r."group", '') AS "group", r.field, ${ownerColumn(filters, parameter)} AS owning_unit,
       r.definition_id, r.definition_version, r.published, r.publication_number, r.publication_on::text AS publication_on, r.assigned,
       r.due_on::text AS due_on, CASE WHEN o.procedure IS NULL THEN r.reason ELSE o.reason END AS reason,
       CASE WHEN o.procedure IS NULL THEN r.reasoned ELSE o.reasoned END AS reasoned, o.number, o.option, o.revision, o.status, o.type, o.content, o.documents,
       o.roadmap, o.before::text AS before, o.after::text AS after, o.saving::text AS saving, o.cut_percent, o.checked, o.approved, o.decision_number,
       o.decision_on::text AS decision_on, o.implemented, o.document_title, o.document_number, o.document_on::text AS document_on
     FROM ${reviewedThen('reviewed_procedures', at)} r LEFT JOIN ${reviewedThen('review_options', at)} o ON o.procedure = r.procedure
     ${conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`}
     ORDER BY r.registered_position, coalesce(o.number, -1) ${page.limit === undefined ? '' : `LIMIT ${parameter(page.limit)}`}`,
    values,
  );
  return rows;
} // prettier-ignore

/** What happened to the option, or to the procedure that has none. Dates compare as text. */
const happenedWithin = (from: string, to: string): string =>
  `EXISTS (SELECT FROM jsonb_each_text(CASE WHEN o.procedure IS NULL THEN r.happened ELSE o.happened END) AS of (revision, day)
     WHERE of.day >= ${from} AND of.day <= ${to})`;

/** Whose decision an option is, by the policy that its procedure is under; asked for once a page. */
class Approvers {
  private readonly known = new Map<string, AuthorityPolicy>();

  constructor(private readonly definitions: Definitions) {}

  /** `own` where the owner's service or the owner itself approves, `proposedUp` where a level above does, null where there are no options. @throws Unavailable */
  async of({ definition_id, definition_version, kind, group, owning_unit }: Result, { tree }: Asked): Promise<string | null> {
    const key = `${definition_id}@${String(definition_version)}`;
    let policy = this.known.get(key);
    if (!policy) {
      const { authority } = await this.definitions.lifecycle(definition_id, definition_version);
      policy = await this.definitions.authority(authority.id, authority.version);
      this.known.set(key, policy);
    }
    const approver = policy.classes[group ?? kind]?.approver ?? null;
    if (approver === null) return null;
    return approver === 'ministry' && tree.get(owning_unit)?.level !== 'ministry' ? 'proposedUp' : 'own';
  }
}

const mostShown = 1_000;

async function rowOf(result: Result, no: number, asked: Asked, approvers: Approvers): Promise<ReportRow> {
  const { procedure, option } = result;
  const unit = presentUnit(asked.tree, result.owning_unit);
  const documents = (result.documents ?? []).map(({ title, number }) => [title, number].filter((part) => part !== null).join(' '));
  const paper = [result.document_title, result.document_number].filter((part) => part !== null).join(' ');
  const money = (value: string | null): number | null => (value === null ? null : Number(value));
  return {
    ...{ key: option === null ? procedure : `${procedure}/${option}`, no, procedure, code: result.code, title: result.title },
    ...{ kind: result.kind, group: result.group, field: result.field, unit, unitName: asked.tree.get(unit)?.name ?? unit },
    ...{ publicationNumber: result.publication_number, publicationOn: result.publication_on, option, type: result.type },
    ...{ content: result.content, documents: option === null ? null : documents.join('; ').slice(0, mostShown) },
    authority: await approvers.of(result, asked),
    ...{ decisionNumber: result.decision_number, decisionOn: result.decision_on },
    ...{ costBefore: money(result.before), costAfter: money(result.after), saving: money(result.saving), cutPercent: result.cut_percent },
    ...{ implementedBy: paper === '' ? null : paper, implementedOn: result.document_on, roadmap: result.roadmap, deadline: result.due_on },
    ...{ status: result.status, delayReason: result.reason },
  };
}

/** Revisions of the records that a cell rests on. */
function recordsOf(result: Result, column: Column): readonly (number | null)[] {
  const { revision, published, assigned, checked, approved, implemented, reasoned } = result;
  switch (column) {
    case 'no':
    case 'procedure':
    case 'code':
    case 'title':
    case 'kind':
    case 'group':
    case 'field':
    case 'unit':
    case 'authority':
      return [0];
    case 'publicationNumber':
    case 'publicationOn':
      return [published];
    case 'option':
    case 'type':
    case 'content':
    case 'documents':
    case 'roadmap':
    case 'costBefore':
    case 'costAfter':
    case 'saving':
    case 'cutPercent':
      return [revision];
    case 'decisionNumber':
    case 'decisionOn':
      return [approved];
    case 'implementedBy':
    case 'implementedOn':
      return [implemented];
    case 'deadline':
      return [assigned];
    case 'status':
      return [revision, checked, approved, implemented, reasoned];
    case 'delayReason':
      return [reasoned];
  }
}

interface RestingEvent extends FoundEvent {
  readonly corrects: number | null;
  readonly turn: number;
}

/** The records and their corrections; a ratio is looked at twice. */
async function eventsOf(
  database: Database,
  { past }: Asked,
  result: Result,
  column: Column,
  page: Parameters<typeof afterCursor>[0],
): Promise<readonly RestingEvent[]> {
  const values: unknown[] = [];
  const parameter = (value: unknown): string => `$${String(values.push(value))}`;
  const records = `${parameter(recordsOf(result, column).filter((revision) => revision !== null))}::integer[]`;
  const after = afterCursor(page, `${list}-explained`);
  const turns = column === 'cutPercent' ? 'VALUES (0), (1)' : 'VALUES (0)';
  const { rows } = await database.pool.query<RestingEvent>(
    `SELECT a.procedure, a.revision, a.position::text AS position, a.type, a.recorded_at, a.corrects, t.turn FROM views.acts a CROSS JOIN (${turns}) AS t (turn)
     WHERE a.procedure = ${parameter(result.procedure)} AND (a.revision = ANY (${records}) OR a.corrects = ANY (${records}))
       AND (a.position, t.turn) > (${parameter(after.position)}::bigint, ${parameter(after.turn)}::integer)
       ${past ? `AND a.position <= ${parameter(String(past.position))}` : ''}
     ORDER BY a.position, t.turn LIMIT ${parameter(page.limit + 1)}`,
    values,
  );
  return rows;
}

type Contribution = ReturnType<Parameters<typeof explained<RestingEvent>>[4]>;

/** What an option costs is said by the event that proposed it, as it reads after its corrections, which contribute nothing besides. */
function contributionOf(row: ReportRow, column: Column, { corrects, turn }: RestingEvent): Contribution {
  const said = (name: Column): number => (corrects === null ? Number(row[name] ?? 0) : 0);
  if (column === 'costBefore' || column === 'costAfter' || column === 'saving') return { contributes: said(column) };
  if (column !== 'cutPercent') return { contributes: null };
  return turn === 0 ? { contributes: said('saving'), part: 'numerator' } : { contributes: said('costBefore'), part: 'denominator' };
}
