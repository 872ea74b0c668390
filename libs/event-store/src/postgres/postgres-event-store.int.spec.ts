import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PoolClient } from 'pg';
import { openDatabase } from '#platform';
import type { Database } from '#platform';
import { startPostgres } from '../../../../test/support/postgres-server.js';
import type { PostgresServer } from '../../../../test/support/postgres-server.js';
import { DuplicateEventId, StreamNotFound, Unavailable } from '../errors.js';
import { NO_STREAM } from '../event-store.js';
import { eventStoreContract } from '../testing/event-store-contract.js';
import { anEvent } from '../testing/events.js';
import { PostgresEventStore } from './postgres-event-store.js';
import { newDataFolder } from '../../../../test/support/data-folder.js';

async function openEmbedded() {
  const dataDir = await newDataFolder('log');
  const database = await openDatabase({ dataDir });
  const store = await PostgresEventStore.open(database);
  return {
    store,
    close: async () => {
      await store.close();
      await database.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

async function openServer() {
  const given = process.env['TEST_DATABASE_URL'];
  const server = given === undefined ? await startPostgres() : undefined;
  const database = await openDatabase({ url: given ?? server?.url, dataDir: '' });
  const store = await PostgresEventStore.open(database);
  return {
    store,
    close: async () => {
      await store.close();
      await database.close();
      await server?.stop();
    },
  };
}

describe('PostgresEventStore, embedded', () => eventStoreContract(openEmbedded));

describe('PostgresEventStore, on a server', () => eventStoreContract(openServer));

describe.each([
  ['embedded', openEmbedded],
  ['on a server', openServer],
])('PostgresEventStore, %s', (_, open) => {
  it('refuses an event id that is in another stream', async () => {
    const { store, close } = await open();
    const event = anEvent();
    const [first, second] = [`thing-${randomUUID()}`, `thing-${randomUUID()}`];
    await store.append(first, [event], { expected: NO_STREAM });
    const again = store.append(second, [event], { expected: NO_STREAM });
    await expect(again).rejects.toBeInstanceOf(DuplicateEventId);
    await expect(again).rejects.toMatchObject({ id: event.id, stream: first, revision: 0 });
    await close();
  });

  it('names the event of another log that it was handed twice, and stores nothing of the batch', async () => {
    const { store, close } = await open();
    const stream = `thing-${randomUUID()}`;
    const event = { ...anEvent(), stream, position: 1n, recordedAt: '2026-01-31T08:00:00.000Z' };
    const adopting = store.adopt([
      { ...event, revision: 0 },
      { ...event, revision: 1 },
    ]);
    await expect(adopting).rejects.toBeInstanceOf(DuplicateEventId);
    await expect(adopting).rejects.toMatchObject({ id: event.id, stream, revision: 1 });
    await expect(store.read(stream)).rejects.toBeInstanceOf(StreamNotFound);
    await close();
  });
});

describe.each(['embedded', 'on a server'])('PostgresEventStore, %s, when the answer to a commit is lost', (where) => {
  it('finds by their ids what was stored, and gives each append of the batch its own verdict', async () => {
    const dataDir = await newDataFolder('log');
    const server = where === 'embedded' ? undefined : await startPostgres();
    const database = await openDatabase({ url: server?.url, dataDir });
    const line = losingAnswers(database);
    const store = await PostgresEventStore.open(line.database);
    const streams = Array.from({ length: 6 }, () => `thing-${randomUUID()}`);
    const [first = '', second = '', taken = ''] = streams;
    await store.append(taken, [anEvent()], { expected: NO_STREAM });
    const before = await store.head();

    line.loseNext();
    const events = [[anEvent(), anEvent()], [anEvent()]] as const;
    const stored = await Promise.all([
      store.append(first, events[0], { expected: NO_STREAM }),
      store.append(second, events[1], { expected: NO_STREAM }),
    ]);
    expect(line.lost()).toBe(1);
    expect(stored).toMatchObject([{ revision: 1 }, { revision: 0 }]);
    expect(await store.read(first)).toMatchObject(events[0]);
    expect(await store.read(second)).toMatchObject(events[1]);
    expect(Number(await store.head()) - Number(before)).toBe(3);

    line.loseNext();
    const outcomes = await Promise.allSettled(streams.slice(2).map((stream) => store.append(stream, [anEvent()], { expected: NO_STREAM })));
    expect(line.lost()).toBe(2);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
    expect(outcomes[0]).toMatchObject({ reason: { name: 'WrongExpectedRevision', stream: taken, actual: 0 } });
    expect(Number(await store.head()) - Number(before)).toBe(6);

    await store.close();
    await database.close();
    await server?.stop();
    await rm(dataDir, { recursive: true });
  });
});

/** The same database over a line that does what it is asked and then, when told, breaks before it says so. */
function losingAnswers(database: Database) {
  let losing = false;
  let lost = 0;
  const connect = async (): Promise<PoolClient> => {
    const client = await database.connect();
    return Object.assign(Object.create(client) as PoolClient, {
      query: async (statement: { readonly text: string; readonly values: unknown[] }) => {
        const answer = await client.query<{ before?: string | null }>(statement);
        if (!losing || answer.rows[0]?.before === null) return answer;
        losing = false;
        lost++;
        throw new Error('Connection terminated unexpectedly');
      },
    });
  };
  return { database: { ...database, connect }, loseNext: () => void (losing = true), lost: () => lost };
}

describe('PostgresEventStore whose server goes away', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  it('says so after a bounded wait and works again without a restart', async () => {
    const database = await openDatabase({ url: server.url, dataDir: '' });
    const store = await PostgresEventStore.open(database, { patienceMs: 1_000, pollMs: 100 });
    const stop = new AbortController();
    const seen: string[] = [];
    const following = (async () => {
      for await (const { events } of store.subscribe({ from: null, signal: stop.signal })) seen.push(...events.map(({ id }) => id));
    })();
    const before = anEvent();
    await store.append(`thing-${randomUUID()}`, [before], { expected: NO_STREAM });

    await server.down();
    await expect(store.append(`thing-${randomUUID()}`, [anEvent()], { expected: NO_STREAM })).rejects.toBeInstanceOf(Unavailable);
    await expect(store.head()).rejects.toBeInstanceOf(Unavailable);

    await server.up();
    const after = anEvent();
    await store.append(`thing-${randomUUID()}`, [after], { expected: NO_STREAM });
    for (let turn = 0; turn < 100 && seen.length < 2; turn++) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(seen).toEqual([before.id, after.id]);
    stop.abort();
    await following;
    await store.close();
    await database.close();
  });
});
