import type { Actor, RefusedCommand } from '#event-store';
import type { Database } from '#platform';
import type { View } from '#processors';
import { columnsOf } from '#processors';
import type { HistoryItem } from '../history/history.js';

/** As what refused commands stand in the log. */
export const refusedType = 'CommandRefused';

/** Refused commands by procedure. */
export const refusals: View = {
  name: 'refusals',
  codeVersion: '1',
  prefixes: ['refusals-'],
  readsMetadata: true,
  tables: ['refusals'],
  create: async (transaction, table) => {
    await transaction.query(`
      CREATE TABLE ${table('refusals')} (
        position bigint PRIMARY KEY,
        procedure uuid,
        revision integer,
        stage text,
        data json NOT NULL,
        actor json NOT NULL,
        recorded_at timestamptz(3) NOT NULL
      );
    `);
  },
  index: async (transaction, table) => {
    await transaction.query(`CREATE INDEX ON ${table('refusals')} (procedure, position)`);
  },
  writer: (table) => ({
    apply: async (transaction, events) => {
      await transaction.query(
        `INSERT INTO ${table('refusals')} (position, procedure, revision, stage, data, actor, recorded_at)
         SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::integer[], $4::text[], $5::json[], $6::json[], $7::timestamptz[])
         ON CONFLICT (position) DO NOTHING`,
        [
          ...columnsOf(events, ({ position, data, metadata, recordedAt }) => {
            const { procedure, revision, stage } = data as RefusedCommand;
            return [position, procedure, revision, stage, JSON.stringify(data), JSON.stringify(metadata.actor), recordedAt];
          }),
        ],
      );
    },
    forget: () => undefined,
  }),
};

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
