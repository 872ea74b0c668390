import type { Database } from '#platform';
import type { Sight } from '#workflow';
import { conditionsOf } from './queries.js';

/** How many procedures keep which version of a lifecycle, by their stages. */
export async function countByVersion(
  database: Database,
  { lifecycle, ...filters }: { readonly lifecycle: string; readonly sight: Sight },
): Promise<readonly { readonly version: number; readonly stage: string; readonly count: number }[]> {
  const values: unknown[] = [lifecycle];
  const conditions = ['r.definition_id = $1', ...conditionsOf(filters, (value) => `$${String(values.push(value))}`)];
  const { rows } = await database.pool.query<{ version: number; stage: string; count: number }>(
    `SELECT r.definition_version AS version, r.stage, count(*)::integer AS count FROM views.register r
     WHERE ${conditions.join(' AND ')} GROUP BY 1, 2 ORDER BY 1, 2`,
    values,
  );
  return rows;
}
