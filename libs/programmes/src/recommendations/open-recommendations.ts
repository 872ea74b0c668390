import type { Database } from '#platform';

/** How many recommendations of concluded inspections and of steering boards these units still have to remedy. */
export async function countOpenRecommendations(database: Database, units: readonly string[]): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(
    `SELECT count(*)::integer AS count FROM (
       SELECT r.owner, r.accepted FROM views.inspection_recommendations r JOIN views.inspections i ON i.id = r.inspection WHERE i.state = 'concluded'
       UNION ALL SELECT r.owner, r.accepted FROM views.board_recommendations r
     ) r WHERE NOT r.accepted AND r.owner = ANY ($1::uuid[])`,
    [units],
  );
  return rows[0]?.count ?? 0;
}
