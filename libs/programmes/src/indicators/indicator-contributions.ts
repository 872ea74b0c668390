import type { Database } from '#platform';

/** An event by which a figure of an indicator came to what it is. */
export interface IndicatorContribution {
  readonly stream: string;
  readonly revision: number;
  /** Decimal. */
  readonly position: string;
  readonly type: string;
  /** ISO 8601 UTC. */
  readonly recordedAt: string;
  /** What it added to the total of the period; null of the event that defined the indicator. */
  readonly added: number | null;
}

/**
 * The event that defined an indicator, and those that changed its total of a period, in the order of the log: what units reported, reported
 * anew and had returned. What they added sums to the total. @param asked `after` and `upTo` are positions, `limit` as many as are read at most
 */
export async function indicatorContributions(
  database: Database,
  indicator: string,
  asked: { readonly period: string | null; readonly after: string; readonly upTo: bigint | undefined; readonly limit: number },
): Promise<readonly IndicatorContribution[]> {
  const { period, after, upTo, limit } = asked;
  const { rows } = await database.pool.query<
    Omit<IndicatorContribution, 'added' | 'recordedAt'> & { readonly recorded_at: Date; readonly added: string | null }
  >(
    // A report that is returned counts no more; its value stands in the row all the same.
    `WITH counted AS (
       SELECT p.stream, p.revision, p.position, p.type, p.recorded_at, CASE WHEN p.state = 'returned' THEN 0 ELSE p.value::numeric END AS value
       FROM views.past_indicators p
       WHERE p.indicator = $1 AND p.period = $2 AND p.unit IS NOT NULL AND p.state IS NOT NULL AND ($4::bigint IS NULL OR p.position <= $4)
     ), changed AS (
       SELECT c.*, c.value - coalesce(lag(c.value) OVER (PARTITION BY c.stream ORDER BY c.revision), 0) AS added FROM counted c
     )
     SELECT found.stream, found.revision, found.position::text AS position, found.type, found.recorded_at, found.added::text AS added FROM (
       SELECT 'report-' || c.stream AS stream, c.revision, c.position, c.type, c.recorded_at, c.added FROM changed c WHERE c.added <> 0
       UNION ALL
       SELECT 'indicator-' || p.stream, p.revision, p.position, p.type, p.recorded_at, NULL FROM views.past_indicators p
       WHERE p.indicator = $1 AND p.type = 'IndicatorDefined' AND ($4::bigint IS NULL OR p.position <= $4)
     ) found WHERE found.position > $3 ORDER BY found.position LIMIT $5`,
    [indicator, period, after, upTo === undefined ? null : String(upTo), limit],
  );
  return rows.map(({ recorded_at, added, ...row }) => ({
    ...{ ...row, recordedAt: recorded_at.toISOString(), added: added === null ? null : Number(added) },
  }));
}
