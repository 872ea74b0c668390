import { Big } from 'big.js';
import type { Database } from '#platform';
import { conditionsOf } from '#procedures';
import type { ProcedureEventType } from '#procedures';
import { keptFor } from '../kept.js';
import type { Kept } from '../kept.js';
import { presentUnit, unitsInRow } from '../placed.js';
import { joinedThen, placeThen } from '../places-then.js';
import { afterCursor, explained } from './explained.js';
import type { FoundEvent } from './explained.js';
import { NotReported } from './report.js';
import type { Asked, Report, ReportColumn, ReportRow } from './report.js';

/** What is done to procedures, by the events that it leads to. */
const acts = {
  registered: { type: 'ProcedureRegistered', title: { vi: 'Đăng ký', en: 'Registered' } },
  amended: { type: 'PartsAmended', title: { vi: 'Sửa nội dung', en: 'Parts amended' } },
  built: { type: 'ProcessBuilt', title: { vi: 'Xây dựng', en: 'Built' } },
  reviewed: { type: 'ProcedureReviewed', title: { vi: 'Rà soát', en: 'Reviewed' } },
  proposed: { type: 'PublicationProposed', title: { vi: 'Đề nghị công bố', en: 'Proposed' } },
  returned: { type: 'PublicationReturned', title: { vi: 'Trả lại đề nghị', en: 'Proposals returned' } },
  published: { type: 'ProcedurePublished', title: { vi: 'Công bố', en: 'Published' } },
  disclosed: { type: 'ProcedureDisclosed', title: { vi: 'Công khai', en: 'Disclosed' } },
  reviewsAssigned: { type: 'ReviewAssigned', title: { vi: 'Giao rà soát', en: 'Reviews assigned' } },
  optionsProposed: { type: 'OptionProposed', title: { vi: 'Đề xuất phương án', en: 'Options proposed' } },
  optionsChecked: { type: 'OptionQualityChecked', title: { vi: 'Kiểm soát chất lượng', en: 'Options checked' } },
  optionsReturned: { type: 'OptionReturned', title: { vi: 'Trả lại phương án', en: 'Options returned' } },
  optionsApproved: { type: 'OptionApproved', title: { vi: 'Phê duyệt phương án', en: 'Options approved' } },
  optionsRejected: { type: 'OptionRejected', title: { vi: 'Bác phương án', en: 'Options rejected' } },
  optionsImplemented: { type: 'ProcedureSimplified', title: { vi: 'Thực thi phương án', en: 'Options implemented' } },
  abolished: { type: 'ProcedureAbolished', title: { vi: 'Bãi bỏ', en: 'Abolished' } },
  withdrawn: { type: 'ProcedureWithdrawn', title: { vi: 'Rút', en: 'Withdrawn' } },
  suspended: { type: 'ProcedureSuspended', title: { vi: 'Tạm dừng', en: 'Suspended' } },
  resumed: { type: 'ProcedureResumed', title: { vi: 'Tiếp tục', en: 'Resumed' } },
  applied: { type: 'ProcessApplied', title: { vi: 'Áp dụng', en: 'Applied' } },
  audited: { type: 'ProcessAudited', title: { vi: 'Đánh giá nội bộ', en: 'Audited' } },
  corrected: { type: 'RecordCorrected', title: { vi: 'Đính chính', en: 'Corrected' } },
  migrated: { type: 'ProcedureMigrated', title: { vi: 'Chuyển quy trình', en: 'Migrated' } },
  transferred: { type: 'ProcedureTransferred', title: { vi: 'Chuyển đơn vị', en: 'Transferred' } },
} as const satisfies Readonly<Record<string, { readonly type: ProcedureEventType; readonly title: ReportColumn['title'] }>>;
const actNames = Object.keys(acts) as (keyof typeof acts)[];
const returning: readonly string[] = [acts.returned.type, acts.optionsReturned.type];

const columns: readonly ReportColumn[] = [
  { key: 'unit', title: { vi: 'Đơn vị thực hiện', en: 'Acting unit' }, type: 'unit' },
  ...actNames.map((key): ReportColumn => ({ key, title: acts[key].title, type: 'count' })),
  { key: 'total', title: { vi: 'Tổng', en: 'Total' }, type: 'count' },
  { key: 'returnedPercent', title: { vi: 'Tỷ lệ trả lại', en: 'Share of returns' }, type: 'percent', unit: 'percent' },
];

interface Own {
  /** In which role it was done. (Default: in any) */
  readonly role?: string;
}

/** What each unit did in the period, to procedures that the reader may see. */
export const activity: Report<Own> = {
  name: 'activity',
  title: { vi: 'Hoạt động theo đơn vị', en: 'Activity by unit' },
  views: ['acts'],
  pasts: ['acts'],
  isHeavy: true,
  columns: () => columns,
  rows: async (asked, { database }) => {
    const counts = await countsOf(database, asked);
    const units = [...new Set(counts.map(({ unit }) => unit))];
    const rows = units.map((unit) => rowOf(unit, counts.filter((one) => one.unit === unit), asked)); // prettier-ignore
    return { rows, totals: figuresOf(counts) };
  },
  explain: async (asked, { row: key, column }, { database }, page) => {
    const unit = key === bySystem ? '' : key.toLowerCase();
    const counts = (await countsOf(database, asked)).filter((one) => one.unit === unit);
    if (counts.length === 0) throw new NotReported('row');
    const found = await eventsOf(database, asked, { unit, types: [...new Set(counts.map(({ type }) => type))], column, page });
    return explained(rowOf(unit, counts, asked)[column], found, page, list, ({ turn }) => {
      if (column === 'unit') return { contributes: null };
      return { contributes: 1, ...(column === 'returnedPercent' && { part: turn === 0 ? 'numerator' : 'denominator' }) };
    });
  },
};

const list = 'activity-explained';
/** Key of the row of what the system did for no unit. */
const bySystem = 'system';

interface Count {
  readonly unit: string;
  readonly type: string;
  readonly count: number;
}

function rowOf(unit: string, counts: readonly Count[], { tree }: Asked<Own>): ReportRow {
  const named = unit === '' ? null : unit;
  return { key: named ?? bySystem, unit: named, unitName: tree.get(unit)?.name ?? named, ...figuresOf(counts) };
}

function figuresOf(counts: readonly Count[]): Readonly<Record<string, unknown>> {
  const of = (types: readonly string[]): number => counts.reduce((sum, one) => sum + (types.includes(one.type) ? one.count : 0), 0);
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  return {
    ...Object.fromEntries(actNames.map((name) => [name, of([acts[name].type])])),
    total,
    returnedPercent: total === 0 ? null : Big(of(returning)).times(100).div(total).toFixed(2),
  };
}

type Parameter = (value: unknown) => string;
const parametersInto =
  (values: unknown[]): Parameter =>
  (value) =>
    `$${String(values.push(value))}`;

async function countsOf(database: Database, asked: Asked<Own>): Promise<readonly Count[]> {
  const values: unknown[] = [];
  const parameter = parametersInto(values);
  const kept = keptFor(keptActs, { ...asked, isPast: asked.past !== null }, parameter);
  const [counted, from, conditions] = kept
    ? ['sum(r.count)', kept.from, scope({ ...asked, filters: kept.filters }, parameter)]
    : ['count(*)', actsOf(asked, parameter), within(asked, parameter)];
  const { rows: found } = await database.pool.query<Count>(
    `SELECT r.unit, r.type, ${counted}::integer AS count FROM ${from} r ${where(conditions)} GROUP BY r.unit, r.type
     HAVING ${counted} > 0 ORDER BY r.unit, r.type`,
    values,
  );
  const counts = found.map((one) => ({ ...one, unit: presentUnit(asked.tree, one.unit) }));
  return counts.sort((one, other) => (one.unit < other.unit ? -1 : one.unit > other.unit ? 1 : 0));
}

const where = (conditions: readonly string[]): string => (conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`);

const keptActs: Kept = {
  ...{ whole: 'act_counts', months: 'act_months', rows: 'acts', on: 'occurred_on' },
  columns: { unit: null, role: null, type: null, kind: null, group: null, classification: null, count: '1' },
  sums: ['count'],
};

const scope = ({ filters, own: { role } }: Asked<Own>, parameter: Parameter): readonly string[] => [
  ...conditionsOf(filters, parameter),
  ...(role === undefined ? [] : [`r.role = ${parameter(role)}`]),
];

function within(asked: Asked<Own>, parameter: Parameter): readonly string[] {
  const { from, to } = asked;
  return [
    ...scope(asked, parameter),
    ...(from === undefined ? [] : [`r.occurred_on >= ${parameter(from)}::date`]),
    ...(to === undefined ? [] : [`r.occurred_on <= ${parameter(to)}::date`]),
  ];
}

/** What was done, as it reads or as it read after the last event up to the moment. */
function actsOf({ past }: Pick<Asked, 'past'>, parameter: Parameter): string {
  if (!past) return 'views.acts';
  return `(SELECT s.procedure, s.revision, s.position, s.recorded_at, s.type, s.unit, s.role, coalesce(d.occurred_on, s.occurred_on) AS occurred_on, ${placeThen}
    FROM views.acts s ${joinedThen({ places: 'former_act_places', dates: 'former_act_dates' }, past.position, parameter)}
    WHERE s.position <= ${parameter(String(past.position))})`;
}

async function eventsOf(
  database: Database,
  asked: Asked<Own>,
  of: {
    readonly unit: string;
    /** Of what the unit did. */
    readonly types: readonly string[];
    readonly column: string;
    readonly page: Parameters<typeof afterCursor>[0];
  },
): Promise<readonly (FoundEvent & { readonly turn: number })[]> {
  const { unit, column, page } = of;
  const name = actNames.find((one) => one === column);
  const types = name ? of.types.filter((type) => type === acts[name].type) : of.types;
  if (types.length === 0) return [];
  const values: unknown[] = [];
  const parameter = parametersInto(values);
  const from = actsOf(asked, parameter);
  const after = afterCursor(page, list);
  const [position, turn] = [`${parameter(after.position)}::bigint`, `${parameter(after.turn)}::integer`];
  const among = (column: string, some: readonly string[]): string => `r.${column} IN (${some.map(parameter).join(', ')})`;
  const conditions = [...within(asked, parameter), among('unit', unitsInRow(asked.tree, unit)), `r.position >= ${position}`];
  // The page has one more than fits, and begins with an event of which a part may have been on the page before.
  const most = parameter(page.limit + 2);
  const done = (some: readonly string[]): string =>
    `(SELECT r.procedure, r.revision, r.position, r.type, r.recorded_at FROM ${from} r
      WHERE ${[...conditions, among('type', some)].join(' AND ')} ORDER BY r.position LIMIT ${most})`;
  // An index has what a unit did of each type in order.
  const found = (asked.past ? [types] : types.map((type) => [type])).map(done).join(' UNION ALL ');
  const [turns, numerator] = column === 'returnedPercent' ? ['VALUES (0), (1)', `n.type = ANY (${parameter(returning)}::text[])`] : ['VALUES (0)', 'true'];
  const { rows } = await database.pool.query<FoundEvent & { turn: number }>(
    `SELECT n.procedure, n.revision, n.position::text AS position, n.type, n.recorded_at, t.turn FROM (${found}) n
     JOIN (${turns}) AS t (turn) ON t.turn = 1 OR ${numerator}
     WHERE (n.position, t.turn) > (${position}, ${turn}) ORDER BY n.position, t.turn LIMIT ${parameter(page.limit + 1)}`,
    values,
  );
  return rows;
} // prettier-ignore
