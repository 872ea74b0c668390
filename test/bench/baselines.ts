import { randomUUID } from 'node:crypto';
import { DBOS } from '@dbos-inc/dbos-sdk';
import { DeciderCommandHandler, STREAM_DOES_NOT_EXIST } from '@event-driven-io/emmett';
import type { Event } from '@event-driven-io/emmett';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import pg from 'pg';
import { inParallel } from './measure.js';
import type { Contestant } from './measure.js';
import { registration, sampleMetadata } from './samples.js';

/** Everybody's pool: at 128 in flight, calls queue for these connections as they would in a service. */
export const connections = 32;

export interface Baseline {
  readonly once: Contestant;
  close(): Promise<void>;
}

/** Single-row INSERTs of the same event into a plain table: what one commit for each event costs. */
export async function bareInsert(url: string): Promise<Baseline> {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  await pool.query(
    `CREATE TABLE events (stream text, revision int, id uuid NOT NULL, type text NOT NULL, schema_version int NOT NULL,
       recorded_at timestamptz NOT NULL DEFAULT now(), data json NOT NULL, metadata json NOT NULL, PRIMARY KEY (stream, revision))`,
  );
  const text = 'INSERT INTO events (stream, revision, id, type, schema_version, data, metadata) VALUES ($1, 0, $2, $3, $4, $5, $6)';
  return {
    once: (index) => {
      const { id, type, schemaVersion, data, metadata } = registration(index);
      const values = [`procedure-${id}`, id, type, schemaVersion, JSON.stringify(data), JSON.stringify(metadata)];
      return pool.query({ name: 'insert', text, values });
    },
    close: () => pool.end(),
  };
}

async function openEmmett(url: string) {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  const store = getPostgreSQLEventStore(url, { connectionOptions: { pool } });
  await store.schema.migrate();
  return {
    store,
    close: async (): Promise<void> => {
      await store.close();
      await pool.end();
    },
  };
}

type SampleEvent = Event<string, Record<string, unknown>, Record<string, unknown>>;

function emmettEvent(index: number): SampleEvent {
  const { type, data, metadata } = registration(index);
  return { type, data: { ...data }, metadata: { ...metadata }, kind: 'Event' };
}

export async function emmettAppend(url: string): Promise<Baseline> {
  const { store, close } = await openEmmett(url);
  return {
    once: (index) =>
      store.appendToStream(`procedure-${randomUUID()}`, [emmettEvent(index)], { expectedStreamVersion: STREAM_DOES_NOT_EXIST }),
    close,
  };
}

/** Reads the stream, folds, decides, appends, by Emmett's own command handler; on `streams` existing streams in turn. */
export async function emmettCommand(url: string, streams: number): Promise<Baseline> {
  const { store, close } = await openEmmett(url);
  const names = Array.from({ length: streams }, () => `procedure-${randomUUID()}`);
  await inParallel(streams, connections, (index) => store.appendToStream(names[index] ?? '', [emmettEvent(index)]));
  const command = DeciderCommandHandler<{ revision: number }, { type: 'Amend'; data: { index: number } }, SampleEvent>({
    initialState: () => ({ revision: 0 }),
    evolve: ({ revision }) => ({ revision: revision + 1 }),
    decide: ({ data: { index } }) => ({
      kind: 'Event',
      type: 'PartsAmended',
      data: { parts: { agency: `Phòng ${String(index)}` }, occurredOn: '2025-03-02', stage: 'registered' },
      metadata: { ...sampleMetadata() },
    }),
  });
  return { once: (index) => command(store, names[index % streams] ?? '', { type: 'Amend', data: { index } }), close };
}

const stepsInAWorkflow = 10;

/**
 * A durable workflow of ten steps, each deciding and recording the same payload. Its rate is counted in steps, so that
 * starting and ending a workflow weighs as little as it can.
 */
export async function dbosSteps(url: string): Promise<Baseline & { readonly steps: number }> {
  const silent = { info: () => undefined, debug: () => undefined, warn: () => undefined, error: () => undefined };
  DBOS.setConfig({ name: 'bench', systemDatabaseUrl: url, systemDatabasePoolSize: connections, logger: silent });
  const workflow = DBOS.registerWorkflow(
    async (index: number) => {
      for (let step = 0; step < stepsInAWorkflow; step++)
        await DBOS.runStep(() => Promise.resolve(registration(index + step)), { name: 'decide' });
    },
    { name: 'command' },
  );
  await DBOS.launch();
  return { once: workflow, close: () => DBOS.shutdown({ deregister: true }), steps: stepsInAWorkflow };
}
