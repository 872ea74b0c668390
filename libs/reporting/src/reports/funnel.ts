import type { Database } from '#platform';
import { conditionsOf } from '#procedures';
import { contributions, rowsAt } from './past-rows.js';
import { NotReported } from './report.js';
import type { Asked, Explanation, PageAsked, Report, ReportColumn, ReportRows, Sources } from './report.js';

const columns = [
  { key: 'kind', title: { vi: 'Loại', en: 'Kind' }, type: 'text' },
  { key: 'group', title: { vi: 'Nhóm', en: 'Group' }, type: 'text' },
  { key: 'stage', title: { vi: 'Giai đoạn', en: 'Stage' }, type: 'text' },
  { key: 'count', title: { vi: 'Số thủ tục', en: 'Procedures' }, type: 'count' },
] as const satisfies readonly ReportColumn[];

/** How many procedures stand in each stage. */
export const funnel: Report = {
  name: 'funnel',
  title: { vi: 'Thủ tục theo giai đoạn', en: 'Procedures by stage' },
  views: ['counts'],
  pasts: ['past_counted'],
  columns: () => columns,
  rows,
  explain,
};

interface StageCount {
  readonly kind: string;
  readonly group: string | null;
  readonly stage: string;
  readonly count: number;
}

async function rows({ filters, past }: Asked, { database }: Sources): Promise<ReportRows> {
  const { total, rows: found } = await stageCounts(database, filters, past?.position);
  return { rows: found.map((row) => ({ key: keyOf(row), ...row })), beside: { total } };
}

const keyOf = ({ kind, group, stage }: StageCount): string => `${kind}/${group ?? ''}/${stage}`;

/** Whoever comes to a stage or leaves it, and whoever moves in it from one row to another. */
async function explain(asked: Asked, { row, column }: { readonly row: string; readonly column: string }, sources: Sources, page: PageAsked): Promise<Explanation> {
  const found = (await rows(asked, sources)).rows.find(({ key }) => key === row);
  if (!found) throw new NotReported('row');
  const [kind, group, stage] = row.split('/');
  const explained = await contributions(sources.database, asked, page, (parameter) => ({
    past: 'past_counted',
    among: [
      ...[`r.kind = ${parameter(kind)}`, `r."group" = ${parameter(group)}`, `r.stage = ${parameter(stage)}`],
      ...conditionsOf(asked.filters, parameter),
    ],
    parts: [{ sum: '1' }],
  }));
  return { value: found[column], ...explained };
} // prettier-ignore

/** How many procedures stand in each stage, and in all of them. @param position As they stood there. (Default: as they stand) */
export async function stageCounts(
  database: Database,
  filters: Asked['filters'],
  position?: bigint,
): Promise<{ readonly total: number; readonly rows: readonly StageCount[] }> {
  const values: unknown[] = [];
  const parameter = (value: unknown): string => `$${String(values.push(value))}`;
  const counted =
    position === undefined
      ? 'views.counts'
      : `(SELECT s.*, 1 AS count FROM ${rowsAt({ now: 'counts', past: 'past_counted' }, position, parameter)} s)`;
  const conditions = ['r.count > 0', ...conditionsOf(filters, parameter)];
  const { rows: found } = await database.pool.query<StageCount>(
    `SELECT r.kind, nullif(r."group", '') AS "group", r.stage, sum(r.count)::integer AS count FROM ${counted} r
     WHERE ${conditions.join(' AND ')} GROUP BY r.kind, r."group", r.stage ORDER BY r.kind, r."group", r.stage`,
    values,
  );
  return { total: found.reduce((total, { count }) => total + count, 0), rows: found };
}
