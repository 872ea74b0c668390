import { Big } from 'big.js';
import { conditionsOf, ownerColumn, registerView } from '#procedures';
import type { Database } from '#platform';
import { readKey, writeCursor } from '#processors';
import { keptFor } from '../kept.js';
import type { Kept } from '../kept.js';
import { placeColumns } from '../place.js';
import { presentUnit, unitsInRow } from '../placed.js';
import { changesIn, contributions, rowsAt } from './past-rows.js';
import type { Parameter, Sums } from './past-rows.js';
import { NotReported } from './report.js';
import type { Asked, Explanation, PageAsked, Report, ReportColumn, ReportRow, ReportRows, Sources } from './report.js';

export const savingsGroupings = ['kind', 'group', 'field', 'unit'] as const;
type Grouping = (typeof savingsGroupings)[number];

interface Own {
  /** (Default: kind) */
  readonly by?: Grouping;
}

const groupings = {
  kind: { key: 'kind', title: { vi: 'Loại', en: 'Kind' }, type: 'text' },
  group: { key: 'group', title: { vi: 'Nhóm', en: 'Group' }, type: 'text' },
  field: { key: 'field', title: { vi: 'Lĩnh vực', en: 'Field' }, type: 'text' },
  unit: { key: 'unit', title: { vi: 'Đơn vị', en: 'Unit' }, type: 'unit' },
} as const satisfies Readonly<Record<Grouping, ReportColumn>>;

const figureColumns = [
  { key: 'procedures', title: { vi: 'Số thủ tục', en: 'Procedures' }, type: 'count' },
  { key: 'before', title: { vi: 'Chi phí trước (đồng/năm)', en: 'Cost before (đồng a year)' }, type: 'money', unit: 'dong' },
  { key: 'promised', title: { vi: 'Dự kiến tiết kiệm', en: 'Promised saving' }, type: 'money', unit: 'dong' },
  { key: 'approved', title: { vi: 'Đã phê duyệt', en: 'Approved saving' }, type: 'money', unit: 'dong' },
  { key: 'implemented', title: { vi: 'Đã thực thi', en: 'Implemented saving' }, type: 'money', unit: 'dong' },
  { key: 'measured', title: { vi: 'Đã đo', en: 'Measured saving' }, type: 'money', unit: 'dong' },
  { key: 'cutPercent', title: { vi: 'Tỷ lệ cắt giảm', en: 'Cut' }, type: 'percent', unit: 'percent' },
] as const satisfies readonly ReportColumn[];

type Figure = Exclude<(typeof figureColumns)[number]['key'], 'cutPercent'>;
type FigureSums = Readonly<Record<Figure, bigint>>;

/** What was abolished without an option costs nothing any more. */
const saved = (of: 'promised' | 'approved' | 'implemented'): string =>
  `CASE WHEN r.abolished AND NOT r.simplified THEN coalesce(r.base, 0) ELSE r.${of} END`;

/** By which a procedure comes from one row to another. */
const moving = ['RecordCorrected', 'ProcedureTransferred'];
const ending = ['ProcedureAbolished', 'ProcedureWithdrawn', ...moving];
const options = [
  'OptionProposed',
  'OptionQualityChecked',
  'OptionReturned',
  'OptionApproved',
  'OptionRejected',
  'ProcedureSimplified',
  ...ending,
];

/** What each procedure adds, over rows `r` of the figures, and which events can change it. (Default: any) */
const figures: Readonly<Record<Figure, { readonly sum: string; readonly isOfPeriod?: boolean; readonly types?: readonly string[] }>> = {
  procedures: { sum: '1', types: ['ProcedureRegistered', 'ProcedureWithdrawn', ...moving] },
  before: { sum: 'coalesce(r.base, 0)' },
  promised: { sum: saved('promised'), isOfPeriod: true, types: options },
  approved: { sum: saved('approved'), isOfPeriod: true, types: options },
  implemented: { sum: saved('implemented'), isOfPeriod: true, types: ['ProcedureSimplified', ...ending] },
  measured: { sum: 'r.measured', isOfPeriod: true, types: ['CostMeasured', ...ending, 'ProcedureSimplified'] },
};
const names = Object.keys(figures) as readonly Figure[];
const nothing: FigureSums = { procedures: 0n, before: 0n, promised: 0n, approved: 0n, implemented: 0n, measured: 0n };

/** How a row is told from the others: the key of its group. */
const keyOf: Readonly<Record<Exclude<Grouping, 'unit'>, string>> = {
  kind: 'r.kind',
  group: `coalesce(nullif(r."group", ''), 'none')`,
  field: 'r.field_key',
};

/**
 * What was promised, approved and implemented of the yearly cost, each with what came further. With a period these three are what came in it, by the dates on
 * paper; procedures and their cost before are all that are in scope.
 */
export const savings: Report<Own> = {
  name: 'savings',
  title: { vi: 'Cắt giảm chi phí tuân thủ', en: 'Savings of compliance cost' },
  views: ['figures'],
  pasts: ['past_figures'],
  columns: ({ by = 'kind' }) => [groupings[by], ...figureColumns],
  rows,
  explain,
};

async function rows(asked: Asked<Own>, { database }: Sources, { cursor, limit }: PageAsked): Promise<ReportRows> {
  const { by = 'kind' } = asked.own;
  const found = await sums(database, asked);
  const after = cursor === undefined ? undefined : readKey(cursor, `savings-${by}`);
  const keys = [...found.keys()].sort().filter((key) => after === undefined || key > after);
  const page = keys.slice(0, limit);
  const shown = await labels(database, asked, page);
  const last = page.at(-1);
  return {
    rows: page.map((key): ReportRow => Object.assign({ key }, shown.get(key), inRow(found.get(key) ?? nothing))),
    totals: inRow([...found.values()].reduce(plus, nothing)),
    nextCursor: last === undefined || keys.length === page.length ? null : writeCursor([`savings-${by}`, last]),
  };
}

/** Of each row, by its key. */
async function sums(database: Database, asked: Asked<Own>): Promise<ReadonlyMap<string, FigureSums>> {
  const { from, to } = asked;
  const hasPeriod = from !== undefined || to !== undefined;
  const found = new Map<string, FigureSums>();
  const add = (rows: readonly FoundSums[]): void => {
    for (const { key: group, ...of } of rows) {
      const key = keyOfRow(group, asked);
      const sum = Object.fromEntries(Object.entries(of).map(([name, value]) => [name, BigInt(value)]));
      found.set(key, plus(found.get(key) ?? nothing, { ...nothing, ...sum }));
    }
  };
  const isKept = asked.past === null && asked.filters.owner === undefined;
  const now = (parameter: Parameter): string => (isKept ? 'views.figure_sums' : rowsAt(tables, asked.past?.position, parameter));
  add(await grouped(database, asked, names.filter((name) => !hasPeriod || figures[name].isOfPeriod !== true), now, isKept)); // prettier-ignore
  const cameIn = (parameter: Parameter): string =>
    keptFor(keptChanges, { ...asked, isPast: asked.past !== null }, parameter)?.from ?? changesIn(asked, parameter);
  if (hasPeriod) {
    const came = await grouped(database, asked, ofPeriod, cameIn, true);
    // What moved on changed nothing where nothing is left of it.
    add(came.filter(({ key, ...of }) => found.has(keyOfRow(key, asked)) || Object.values(of).some((value) => value !== '0')));
  }
  return found;
}

/** What has become part of another unit stands in the row of that one. */
const keyOfRow = (group: string, { tree, own: { by } }: Asked<Own>): string => (by === 'unit' ? presentUnit(tree, group) : group);

const ofPeriod = names.filter((name) => figures[name].isOfPeriod === true);
const keptChanges: Kept = {
  ...{ whole: 'figure_sums', months: 'figure_months', rows: 'figure_changes', on: 'occurred_on' },
  columns: Object.fromEntries([...Object.keys(placeColumns), ...ofPeriod].map((name) => [name, null])),
  sums: ofPeriod,
};

const tables = { now: 'figures', past: 'past_figures' } as const;
type FoundSums = { readonly key: string } & Readonly<Record<string, string>>;

async function grouped(
  database: Database,
  { filters, own: { by = 'kind' } }: Asked<Own>,
  of: readonly Figure[],
  from: (parameter: Parameter) => string,
  areSums: boolean,
): Promise<readonly FoundSums[]> {
  const values: unknown[] = [];
  const parameter: Parameter = (value) => `$${String(values.push(value))}`;
  const columns = of.map((name) => `coalesce(sum(${areSums ? `r.${name}` : figures[name].sum}), 0)::text AS "${name}"`);
  const { rows: found } = await database.pool.query<FoundSums>(
    `SELECT ${by === 'unit' ? `(${ownerColumn(filters, parameter)})::text` : keyOf[by]} AS key, ${columns.join(', ')} FROM ${from(parameter)} r
     WHERE ${[areSums ? 'true' : 'NOT r.withdrawn', ...conditionsOf(filters, parameter)].join(' AND ')} GROUP BY 1`,
    values,
  );
  return found;
}

function plus(one: FigureSums, other: FigureSums): FigureSums {
  const of = (name: Figure): bigint => one[name] + other[name];
  return {
    ...{ procedures: of('procedures'), before: of('before'), promised: of('promised') },
    ...{ approved: of('approved'), implemented: of('implemented'), measured: of('measured') },
  };
}

function inRow(sum: FigureSums): Record<string, number | string | null> {
  const shown = Object.fromEntries(names.map((name) => [name, Number(sum[name])]));
  return { ...shown, cutPercent: percentOf(sum.implemented, sum.before) };
}

const Exact = Big();
Exact.DP = 40;

function percentOf(part: bigint, whole: bigint): string | null {
  return whole === 0n ? null : Exact(String(part)).times(100).div(String(whole)).toFixed(2, Big.roundHalfUp);
}

/** What stands in the column that a report groups by, and beside it, by key. */
async function labels(database: Database, { filters: { sight }, tree, own: { by = 'kind' } }: Asked<Own>, keys: readonly string[]): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>> {
  switch (by) {
    case 'kind':
      return new Map(keys.map((key) => [key, { kind: key }]));
    case 'group':
      return new Map(keys.map((key) => [key, { group: key === 'none' ? null : key }]));
    case 'unit':
      return new Map(keys.map((key) => [key, { unit: key, unitName: tree.get(key)?.name ?? key }]));
    case 'field': {
      const values: unknown[] = [keys];
      const conditions = ['r.field_key = ANY ($1)', ...conditionsOf({ sight }, (value) => `$${String(values.push(value))}`)];
      const { rows: found } = await database.pool.query<{ key: string; name: string }>(
        `SELECT r.field_key AS key, min(r.field) AS name FROM ${registerView} r WHERE ${conditions.join(' AND ')} GROUP BY 1`,
        values,
      );
      const written = new Map(found.map(({ key, name }) => [key, name]));
      return new Map(keys.map((key) => [key, { field: key, fieldName: written.get(key) ?? key }]));
    }
  }
} // prettier-ignore

async function explain(asked: Asked<Own>, { row, column }: { readonly row: string; readonly column: string }, { database }: Sources, page: PageAsked): Promise<Explanation> {
  const { by = 'kind' } = asked.own;
  const found = (await sums(database, asked)).get(row);
  if (!found) throw new NotReported('row');
  const value = column === by ? ((await labels(database, asked, [row])).get(row)?.[by] ?? null) : inRow(found)[column];
  return { value, ...(await savingsChanges(asked, { row, column }, { database }, page)) };
} // prettier-ignore

/** The events of an explanation, also where nothing is left of the row. @throws InvalidCursor */
export const savingsChanges = (
  asked: Asked<Own>,
  { row, column }: { readonly row: string; readonly column: string },
  { database }: Pick<Sources, 'database'>,
  page: PageAsked,
): Promise<Pick<Explanation, 'events' | 'nextCursor'>> =>
  contributions(database, asked, page, (parameter) => sumsOf(asked, row, column, parameter));

function sumsOf({ filters, tree, from, to, own: { by = 'kind' } }: Asked<Own>, row: string, column: string, parameter: Parameter): Sums {
  const hasPeriod = from !== undefined || to !== undefined;
  const isIn = by === 'unit' ? `${ownerColumn(filters, parameter)} = ANY (${parameter(unitsInRow(tree, row))}::uuid[])` : `${keyOf[by]} = ${parameter(row)}`;
  const among = ['NOT r.withdrawn', isIn, ...conditionsOf(filters, parameter)];
  const of = (name: Figure): Sums['parts'][number] => ({ sum: figures[name].sum, isOfPeriod: hasPeriod && figures[name].isOfPeriod === true });
  const past = tables.past;
  if (column === 'cutPercent') return { past, among, parts: [{ ...of('implemented'), part: 'numerator' }, { ...of('before'), part: 'denominator' }] };
  // What a row is about rests on the procedures that are in it.
  const name = names.find((one) => one === column) ?? 'procedures';
  return { past, among, parts: [of(name)], types: figures[name].types };
} // prettier-ignore
