import type { Actor, RefusedCommand } from '#event-store';
import type { Database } from '#platform';
import type { View } from '#processors';
import { columnsOf } from './bulk.js';
import type { HistoryItem } from './history.js';

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

/** The refused commands on the procedure as lines of its history, oldest first. */
export async function refusalsOf(database: Database, id: string): Promise<readonly HistoryItem[]> {
  const { rows } = await database.pool.query<{
    position: string;
    revision: number | null;
    stage: string | null;
    data: RefusedCommand;
    actor: Actor;
    recorded_at: Date;
  }>('SELECT position, revision, stage, data, actor, recorded_at FROM views.refusals WHERE procedure = $1 ORDER BY position', [id]);
  return rows.map(({ position, revision, stage, data, actor, recorded_at }) => ({
    revision,
    position,
    type: 'CommandRefused',
    recordedAt: recorded_at.toISOString(),
    actor,
    stageBefore: stage,
    stageAfter: stage,
    data,
  }));
}
