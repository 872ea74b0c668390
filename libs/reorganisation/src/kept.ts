import type { RecordedEvent } from '#event-store';
import { foldLine } from '#platform';
import type { Database } from '#platform';
import { classificationOf, conditionsOf, registerView, transferKey } from '#procedures';
import type { ListCondition } from '#procedures';
import { classifications } from '#workflow';
import type { Classification, Sight } from '#workflow';
import type { ReorganisationEvent } from './reorganisation.js';
import type { Which } from './steps.js';

const everyone: Sight = { units: null, clearance: 'topSecret' };

interface Kept {
  /** Unit ids. */
  readonly units: readonly string[];
  readonly which: Which;
}

/** Ids of what these units keep, in order after the one given, however secret it is. (Default: from the first) */
export async function keptBy(
  database: Database,
  { units, which, after = '00000000-0000-0000-0000-000000000000', limit }: Kept & { readonly after?: string | undefined; readonly limit: number },
): Promise<readonly string[]> {
  const values: unknown[] = [];
  const parameter = (value: unknown): string => `$${String(values.push(value))}`;
  const conditions = [...conditionsOf({ sight: everyone, units }, parameter), whichCondition(which)(parameter)];
  const { rows } = await database.pool.query<{ id: string }>(
    `SELECT r.id FROM ${registerView} r WHERE ${conditions.join(' AND ')} AND r.id > $${String(values.length + 1)}::uuid
     ORDER BY r.id LIMIT $${String(values.length + 2)}`,
    [...values, after, limit],
  );
  return rows.map(({ id }) => id);
} // prettier-ignore

/** How many procedures a step has given away so far, by classification. */
export async function countMoved(database: Database, step: Parameters<typeof transferKey>[0]): Promise<Readonly<Record<string, number>>> {
  const { rows } = await database.pool.query<{ classification: number; count: number }>(
    `SELECT r.classification, count(*)::integer AS count FROM ${registerView} r WHERE r.transferred_by = $1 GROUP BY r.classification ORDER BY r.classification`,
    [transferKey(step)],
  );
  return Object.fromEntries(rows.map(({ classification, count }) => [classificationOf(classification), count]));
}

/** The classifications of which an event says how many procedures a step has given away; none for any other event. */
export function movedIn({ type, data }: Pick<RecordedEvent, 'type' | 'data'>): readonly Classification[] {
  const { moved } = data as Extract<ReorganisationEvent, { type: 'ReorganisationStepDone' }>['data'];
  return type === 'ReorganisationStepDone' ? classifications.filter((one) => (moved[one] ?? 0) > 0) : [];
}

/** Which are meant, as a condition on the register. */
export function whichCondition(which: Which): ListCondition {
  const folded = (fields: readonly string[]): readonly string[] => fields.map((field) => foldLine(field));
  if ('procedures' in which) return (parameter) => `r.id = ANY (${parameter(which.procedures)}::uuid[])`;
  if ('fields' in which) return (parameter) => `r.field_key = ANY (${parameter(folded(which.fields))}::text[])`;
  return (parameter) => `NOT r.field_key = ANY (${parameter(folded(which.exceptFields))}::text[])`;
}
