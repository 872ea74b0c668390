import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase } from '#platform';
import { startPostgres } from '../../../../test/support/postgres-server.js';
import type { PostgresServer } from '../../../../test/support/postgres-server.js';
import { Unavailable } from '../errors.js';
import { NO_STREAM } from '../event-store.js';
import { eventStoreContract } from '../testing/event-store-contract.js';
import { anEvent } from '../testing/events.js';
import { PostgresEventStore } from './postgres-event-store.js';

async function openEmbedded() {
  const dataDir = await mkdtemp(join(tmpdir(), 'tinhgon-log-'));
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
