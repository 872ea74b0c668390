import type { Database } from '#platform';
import { readCursor, summaryColumns, toSummary, writeCursor } from './queries.js';
import type { Page, ProcedureSummary, SummaryRow } from './queries.js';
import { workKey } from './register.js';

/** Work that the caller might do: where it waits, and in which units. */
export interface WorklistCandidates {
  readonly definition: { readonly id: string; readonly version: number };
  /** Group, or kind for those without groups. */
  readonly class: string;
  readonly stage: string;
  readonly review: 'passed' | 'stopped';
  /** Owning units; null for all. */
  readonly units: readonly string[] | null;
}

/** However many candidates the rules refuse, a page looks at this many rows at most; then it ends early, with a cursor. */
const mostRowsLookedAt = 2_000;

/** A procedure that waits for the caller, with what the caller may do. */
export interface WorkItem extends ProcedureSummary {
  readonly actions: readonly string[];
}

/**
 * What the caller may do now, longest waiting first. The candidates choose rows by index; `actionsOn` decides on each,
 * with nothing for a procedure on which there is nothing to do.
 * @throws InvalidCursor
 */
export async function worklist(
  database: Database,
  options: {
    readonly candidates: readonly WorklistCandidates[];
    /** The state to decide on is at least that of the revision. */
    readonly actionsOn: (procedure: string, revision: number) => Promise<readonly string[]>;
    readonly cursor?: string | undefined;
    readonly limit: number;
  },
): Promise<Page<WorkItem>> {
  const { candidates, actionsOn, cursor, limit } = options;
  const items: WorkItem[] = [];
  let after = cursor === undefined ? '-1' : (readCursor(cursor, 'worklist', 1)[0] ?? '-1');
  const size = Math.max(limit + 1, 50);
  for (let looked = 0; candidates.length > 0; looked += size) {
    if (looked >= mostRowsLookedAt) return { items, nextCursor: writeCursor(['worklist', after]) };
    const { text, values } = worklistStatement(candidates, after, size);
    const { rows } = await database.pool.query<SummaryRow & { stage_position: string }>(text, values);
    const actions = await Promise.all(rows.map(({ id, revision }) => actionsOn(id, revision)));
    for (const [index, row] of rows.entries()) {
      const open = actions[index] ?? [];
      if (open.length > 0) {
        if (items.length === limit) return { items, nextCursor: writeCursor(['worklist', after]) };
        items.push({ ...toSummary(row), actions: open });
      }
      after = row.stage_position;
    }
    if (rows.length < size) break;
  }
  return { items, nextCursor: null };
}

/** The statement that reads candidates that came to their stage after this position. */
export function worklistStatement(
  candidates: readonly WorklistCandidates[],
  after: string,
  limit: number,
): { readonly text: string; readonly values: unknown[] } {
  const values: unknown[] = [after, limit];
  const parameter = (value: unknown): string => `$${String(values.push(value))}`;
  const byUnits = new Map<string, { readonly units: readonly string[] | null; readonly keys: string[] }>();
  for (const candidate of candidates) {
    const name = candidate.units === null ? '*' : [...candidate.units].sort().join();
    const group = byUnits.get(name) ?? { units: candidate.units, keys: [] };
    group.keys.push(workKey(candidate));
    byUnits.set(name, group);
  }
  const places = [...byUnits.values()].map(({ units, keys }) => {
    const waiting = `r.work = ANY (${parameter(keys)}::text[])`;
    return units === null ? waiting : `(${waiting} AND r.owning_unit = ANY (${parameter(units)}::uuid[]))`;
  });
  const text = `SELECT ${summaryColumns}, r.stage_position FROM views.register r
    WHERE r.work IS NOT NULL AND r.stage_position > $1 AND (${places.join(' OR ')})
    ORDER BY r.stage_position LIMIT $2`;
  return { text, values };
}
