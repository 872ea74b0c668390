import type { Database } from '#platform';
import type { Classified } from '#workflow';
import { classificationOf } from './queries.js';

/** How each of the procedures is called, who owns it and how secret it is, by id; those that the view does not know yet are left out. */
export async function titledIn(
  database: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Classified & { readonly title: string }>> {
  const { rows } = await database.pool.query<{ id: string; title: string; owningUnit: string; classification: number }>(
    'SELECT id, title, owning_unit AS "owningUnit", classification FROM views.register WHERE id = ANY ($1::uuid[])',
    [ids],
  );
  return new Map(
    rows.map(({ id, title, owningUnit, classification }) => [id, { title, owningUnit, classification: classificationOf(classification) }]),
  );
}
