import type { Database } from '#platform';
import { conditionsOf } from '#procedures';
import type { ProcedureFilters } from '#procedures';
import type { DecisionAsked } from './paper-facts.js';

/** By which of its decisions: what published a procedure last, or what approved one of its options. */
const columns = {
  publication: { number: 'r.publication_number', on: 'r.publication_on' },
  approval: { number: 'o.decision_number', on: 'o.decision_on' },
} as const;

/** Procedures that the decision is about, by id, in the order in which they were registered. */
export async function decidedBy(
  database: Database,
  by: keyof typeof columns,
  { decision, limit, ...filters }: Pick<ProcedureFilters, 'sight'> & { readonly decision: DecisionAsked; readonly limit: number },
): Promise<readonly string[]> {
  const values: unknown[] = [];
  const parameter = (value: unknown): string => `$${String(values.push(value))}`;
  const { number, on } = columns[by];
  const conditions = [
    ...conditionsOf(filters, parameter),
    `${number} = ${parameter(decision.number)}`,
    ...(decision.date === undefined ? [] : [`${on} = ${parameter(decision.date)}::date`]),
  ];
  const { rows } = await database.pool.query<{ procedure: string }>(
    `SELECT r.procedure FROM views.reviewed_procedures r ${by === 'approval' ? 'JOIN views.review_options o ON o.procedure = r.procedure' : ''}
     WHERE ${conditions.join(' AND ')} GROUP BY r.procedure, r.registered_position ORDER BY r.registered_position LIMIT ${parameter(limit)}`,
    values,
  );
  return rows.map(({ procedure }) => procedure);
}
