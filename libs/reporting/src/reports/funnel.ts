import type { Database } from '#platform';
import { conditionsOf } from '#procedures';
import type { Asked, Report, ReportColumn, ReportRows, Sources } from './report.js';

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
  columns: () => columns,
  rows,
};

interface StageCount {
  readonly kind: string;
  readonly group: string | null;
  readonly stage: string;
  readonly count: number;
}

async function rows({ filters }: Asked, { database }: Sources): Promise<ReportRows> {
  const { total, rows: found } = await stageCounts(database, filters);
  return { rows: found.map((row) => ({ key: keyOf(row), ...row })), beside: { total } };
}

const keyOf = ({ kind, group, stage }: StageCount): string => `${kind}/${group ?? ''}/${stage}`;

/** How many procedures stand in each stage, and in all of them. */
export async function stageCounts(
  database: Database,
  filters: Asked['filters'],
): Promise<{ readonly total: number; readonly rows: readonly StageCount[] }> {
  const values: unknown[] = [];
  const conditions = ['r.count > 0', ...conditionsOf(filters, (value) => `$${String(values.push(value))}`)];
  const { rows: found } = await database.pool.query<StageCount>(
    `SELECT r.kind, nullif(r."group", '') AS "group", r.stage, sum(r.count)::integer AS count FROM views.counts r
     WHERE ${conditions.join(' AND ')} GROUP BY r.kind, r."group", r.stage ORDER BY r.kind, r."group", r.stage`,
    values,
  );
  return { total: found.reduce((total, { count }) => total + count, 0), rows: found };
}
