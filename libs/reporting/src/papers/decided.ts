import type { Database } from '#platform';
import { conditionsOf, ownerToday } from '#procedures';
import type { ProcedureFilters } from '#procedures';
import { reviewedThen } from '../results/reviewed-then.js';
import type { DecisionAsked } from './paper-facts.js';

/** By which of its decisions: what published a procedure last, or what approved one of its options. */
const columns = {
  publication: { number: 'r.publication_number', on: 'r.publication_on' },
  approval: { number: 'o.decision_number', on: 'o.decision_on' },
} as const;

/** Which procedures a paper is about. */
interface Selecting extends Pick<ProcedureFilters, 'sight' | 'kind' | 'group' | 'field' | 'units'> {
  /** (Default: whatever was decided on them) */
  readonly decided?: { readonly by: keyof typeof columns; readonly decision: DecisionAsked } | undefined;
  /** As they stood at this position of the log; null as they stand. */
  readonly position: bigint | null;
  readonly limit: number;
}

/** Procedures by id, in the order in which they were registered: of those that the reader sees today, what fits as of the position. */
export async function selectedForPaper(
  database: Database,
  { decided, position, limit, ...filters }: Selecting,
): Promise<readonly string[]> {
  const values: unknown[] = [];
  const parameter = (value: unknown): string => `$${String(values.push(value))}`;
  const at = position === null ? null : parameter(String(position));
  const restated = at === null ? {} : { owner: () => 'r.owning_unit', keeper: () => ownerToday };
  const conditions = [...conditionsOf({ ...filters, ...restated }, parameter), ...(decided ? conditionsOn(decided, parameter) : [])];
  const options = decided?.by === 'approval' ? `JOIN ${reviewedThen('review_options', at)} o ON o.procedure = r.procedure` : '';
  const { rows } = await database.pool.query<{ procedure: string }>(
    `SELECT r.procedure FROM ${reviewedThen('reviewed_procedures', at)} r ${options}
     ${conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`}
     GROUP BY r.procedure, r.registered_position ORDER BY r.registered_position LIMIT ${parameter(limit)}`,
    values,
  );
  return rows.map(({ procedure }) => procedure);
}

function conditionsOn({ by, decision }: NonNullable<Selecting['decided']>, parameter: (value: unknown) => string): readonly string[] {
  const { number, on } = columns[by];
  return [
    `${number} = ${parameter(decision.number)}`,
    ...(decision.date === undefined ? [] : [`${on} = ${parameter(decision.date)}::date`]),
  ];
}
