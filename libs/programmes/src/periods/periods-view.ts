import type { RecordedEvent } from '#event-store';
import type { Database } from '#platform';
import { column, projection, readCursor, table, writeCursor } from '#processors';
import type { Page, RowIn } from '#processors';
import type { Sight } from '#workflow';
import type { PeriodEvent } from './closing.js';

const prefix = 'period-';

const periodTable = table({
  name: 'closed_periods',
  key: ['id'],
  columns: {
    ...{ id: column.uuid, unit: column.uuid, period: column.text, begins: column.date, ends: column.date },
    /** Of the closing itself, and of the figures. */
    ...{ position: column.bigint, figures_position: column.bigint, closed_at: column.instant },
  },
  indexes: ['(position)'],
});
type Row = RowIn<typeof periodTable>;

/** Every period that was closed, for lists. */
export const periodsView = projection({
  name: 'periods',
  codeVersion: '1',
  prefixes: [prefix],
  readsMetadata: false,
  table: periodTable,
  subject: ({ stream }) => stream.slice(prefix.length),
  rowAfter,
});

function rowAfter(before: Row | null, event: RecordedEvent, id: string): Row | null {
  // The stream says what it is.
  const { type, data } = event as unknown as PeriodEvent;
  if (before || (type as string) !== 'PeriodClosed') return before;
  const { unit, period, begins, ends, position } = data;
  return { id, unit, period, begins, ends, position: event.position, figures_position: BigInt(position), closed_at: event.recordedAt };
}

/** A closed period as lists show it. */
export interface PeriodSummary {
  readonly id: string;
  /** Unit id. */
  readonly unit: string;
  readonly period: string;
  /** Days, both included. */
  readonly begins: string;
  readonly ends: string;
  /** Of the log, decimal: everything up to here is in the figures. */
  readonly position: string;
  /** ISO 8601 UTC. */
  readonly closedAt: string;
}

/** One page of the closed periods of units in sight, the newest first. @throws InvalidCursor */
export async function listPeriods(
  database: Database,
  { sight, cursor, limit }: { readonly sight: Sight; readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<PeriodSummary>> {
  const [after] = cursor === undefined ? [undefined] : readCursor(cursor, 'periods', 1, 'position');
  const { rows } = await database.pool.query<Omit<PeriodSummary, 'closedAt'> & { readonly shown: string; readonly at: Date }>(
    `SELECT p.id, p.unit, p.period, p.begins::text AS begins, p.ends::text AS ends, p.figures_position::text AS position, p.closed_at AS at,
       p.position::text AS shown
     FROM views.closed_periods p WHERE ($1::bigint IS NULL OR p.position < $1) AND ($2::uuid[] IS NULL OR p.unit = ANY ($2))
     ORDER BY p.position DESC LIMIT $3`,
    [after ?? null, sight.units === null ? null : [...sight.units], limit + 1],
  );
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(({ id, unit, period, begins, ends, position, at }) => {
      return { id, unit, period, begins, ends, position, closedAt: at.toISOString() };
    }),
    nextCursor: last && rows.length > limit ? writeCursor(['periods', last.shown]) : null,
  };
}
