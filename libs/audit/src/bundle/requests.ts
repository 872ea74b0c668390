import type { Database } from '#platform';

/** What is handed out: everything of a procedure, a programme or the procedures of a unit, what was recorded in a period, or all there is. */
export type BundleScope =
  | { readonly procedure: string }
  | { readonly programme: string }
  /** Both days are whole, in Vietnam. (Default: without a beginning or an end) */
  | { readonly unit: string; readonly from?: string; readonly to?: string }
  /** `YYYY`, `YYYY-Hn`, `YYYY-Qn` or `YYYY-MM`, in Vietnam. */
  | { readonly period: string }
  | { readonly all: true };

export interface BundleRequest {
  readonly id: string;
  readonly scope: BundleScope;
  /** Of a unit, by id; null where it is of none. */
  readonly procedures: readonly string[] | null;
  /** Who asked, by id. */
  readonly person: string;
  /** Of the newest event then. */
  readonly position: bigint;
  readonly askedAt: Date;
}

/** A request is kept so long, in days; who wants it later asks again. */
export const daysKept = 30;
/** Most requests of one person that are kept. */
const mostOfOne = 200;

/** Keeps the request, and lets go of those that are too old or too many. */
export async function keepRequest(database: Database, { id, scope, procedures, person, position, askedAt }: BundleRequest): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.query(
      'INSERT INTO audit.bundles (id, scope, person, position, asked_at, procedures) VALUES ($1, $2, $3, $4, $5, $6)',
      [...[id, JSON.stringify(scope), person, String(position), askedAt.toISOString(), procedures]],
    );
    await transaction.query(
      `DELETE FROM audit.bundles b WHERE b.asked_at < $1::timestamptz - $2 * interval '1 day'
         OR (b.person = $3 AND b.id IN (SELECT o.id FROM audit.bundles o WHERE o.person = $3 ORDER BY o.asked_at DESC OFFSET $4))`,
      [askedAt.toISOString(), daysKept, person, mostOfOne],
    );
  });
}

/** The request, where this person made it; null where there is none. */
export async function findRequest(database: Database, id: string, person: string): Promise<BundleRequest | null> {
  const { rows } = await database.pool.query<{ scope: BundleScope; procedures: string[] | null; position: string; asked_at: Date }>(
    'SELECT scope, procedures, position, asked_at FROM audit.bundles WHERE id = $1 AND person = $2',
    [id, person],
  );
  const [row] = rows;
  return row ? { id, scope: row.scope, procedures: row.procedures, person, position: BigInt(row.position), askedAt: row.asked_at } : null;
}
