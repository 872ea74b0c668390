import type { Database } from '#platform';
import type { Group, Kind } from '#workflow';
import { conditionsOf } from '#procedures';
import type { ProcedureFilters } from '#procedures';

/** How many procedures stand in each stage. */
export async function funnel(
  database: Database,
  filters: Omit<ProcedureFilters, 'q' | 'stage'>,
): Promise<{
  readonly total: number;
  readonly rows: readonly { readonly kind: Kind; readonly group: Group | null; readonly stage: string; readonly count: number }[];
}> {
  const values: unknown[] = [];
  const conditions = ['r.count > 0', ...conditionsOf(filters, (value) => `$${String(values.push(value))}`)];
  const { rows } = await database.pool.query<{ kind: Kind; group: Group | null; stage: string; count: number }>(
    `SELECT r.kind, nullif(r."group", '') AS "group", r.stage, sum(r.count)::integer AS count FROM views.counts r
     WHERE ${conditions.join(' AND ')} GROUP BY r.kind, r."group", r.stage ORDER BY r.kind, r."group", r.stage`,
    values,
  );
  return { total: rows.reduce((total, { count }) => total + count, 0), rows };
}
