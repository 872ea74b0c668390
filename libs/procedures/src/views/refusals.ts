import type { Actor, RecordedEvent, RefusedCommand } from '#event-store';
import type { Database } from '#platform';
import { column, projection, table } from '#processors';
import type { RowIn } from '#processors';
import type { HistoryItem } from '../history/history.js';

/** As what refused commands stand in the log. */
export const refusedType = 'CommandRefused';

const refusalTable = table({
  name: 'refusals',
  key: ['position'],
  columns: {
    position: column.bigint,
    procedure: column.nullable(column.uuid),
    revision: column.nullable(column.integer),
    stage: column.nullable(column.text),
    data: column.json<RefusedCommand>(),
    actor: column.json<Actor>(),
    recorded_at: column.instant,
  },
  risesIn: ['position'],
  indexes: ['(procedure, position)'],
});

/** Refused commands by procedure. */
export const refusals = projection({
  name: 'refusals',
  codeVersion: '1',
  prefixes: ['refusals-'],
  readsMetadata: true,
  table: refusalTable,
  // Each is a row of its own, which nothing changes.
  subject: ({ position }) => String(position),
  begins: ({ type }) => type === refusedType,
  remembered: 0,
  rowAfter: (before, event) => before ?? refused(event),
});

function refused({ position, data, metadata, recordedAt }: RecordedEvent): RowIn<typeof refusalTable> {
  const command = data as RefusedCommand;
  const { procedure, revision, stage } = command;
  return { position, procedure, revision, stage, data: command, actor: metadata.actor, recorded_at: recordedAt };
}

/** A refused command as it stands in the log. */
export interface Refusal {
  readonly position: bigint;
  readonly command: RefusedCommand;
  readonly actor: Actor;
  /** ISO 8601 UTC. */
  readonly recordedAt: string;
}

/** The refusal at that position; null where there is none. @param position Decimal */
export async function refusalAt(database: Database, position: string): Promise<Refusal | null> {
  const { rows } = await database.pool.query<RefusalRow>(
    'SELECT position, data, actor, recorded_at FROM views.refusals WHERE position = $1',
    [position],
  );
  const [row] = rows;
  return row ? { position: BigInt(row.position), command: row.data, actor: row.actor, recordedAt: row.recorded_at.toISOString() } : null;
}

const linesAtOnce = 200;

/** The refused commands on the procedure as lines of its history, after (or backwards: before) the position given. */
export async function* refusalLines(
  database: Database,
  id: string,
  { backwards, after }: { readonly backwards: boolean; readonly after: bigint | undefined },
): AsyncGenerator<HistoryItem, void, undefined> {
  const text = `SELECT position, revision, stage, data, actor, recorded_at FROM views.refusals
    WHERE procedure = $1 AND ($2::bigint IS NULL OR position ${backwards ? '<' : '>'} $2)
    ORDER BY position ${backwards ? 'DESC' : 'ASC'} LIMIT ${String(linesAtOnce)}`;
  for (let last = after === undefined ? null : String(after); ;) {
    const { rows } = await database.pool.query<RefusalRow>(text, [id, last]);
    yield* rows.map(lineOf);
    last = rows.at(-1)?.position ?? null;
    if (rows.length < linesAtOnce) return;
  }
}

interface RefusalRow {
  readonly position: string;
  readonly revision: number | null;
  readonly stage: string | null;
  readonly data: RefusedCommand;
  readonly actor: Actor;
  readonly recorded_at: Date;
}

function lineOf({ position, revision, stage, data, actor, recorded_at }: RefusalRow): HistoryItem {
  const recordedAt = recorded_at.toISOString();
  return { revision, position, type: refusedType, recordedAt, actor, stageBefore: stage, stageAfter: stage, data };
}
