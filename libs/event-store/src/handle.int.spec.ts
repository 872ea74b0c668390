import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase } from '#platform';
import { EventStorePeer } from '../../../test/support/event-store-peer.js';
import { Rejected } from './decider.js';
import type { Decider } from './decider.js';
import type { EventStore } from './event-store.js';
import { EventStoreDbEventStore } from './eventstoredb/eventstoredb-event-store.js';
import { KeyReused, RevisionConflict, handle, loadState } from './handle.js';
import type { Handled } from './handle.js';
import { PrefixedEventStore } from './prefixed-event-store.js';
import { PostgresEventStore } from './postgres/postgres-event-store.js';
import { StateCache } from './state-cache.js';
import { someMetadata } from './testing/events.js';
import { actorWithoutPerson } from './without-person.js';
import { newDataFolder } from '../../../test/support/data-folder.js';

interface Added {
  readonly type: 'Added';
  readonly data: { readonly amount: number };
}
const upToTen: Decider<number, number, Added> = {
  initial: 0,
  decide: (amount, sum) => {
    if (sum + amount > 10) throw new Rejected([{ code: 'too-much', message: 'No more than ten.' }]);
    return [{ type: 'Added', data: { amount } }];
  },
  evolve: (sum, { data }) => sum + data.amount,
};

interface Opened {
  readonly store: EventStore;
  close(): Promise<void>;
}

async function openEmbedded(): Promise<Opened> {
  const dataDir = await newDataFolder('handle');
  const database = await openDatabase({ dataDir });
  const store = await PostgresEventStore.open(database);
  const close = async (): Promise<void> => {
    await store.close();
    await database.close();
    await rm(dataDir, { recursive: true });
  };
  return { store, close };
}

async function openEventStoreDb(): Promise<Opened> {
  const real = process.env['TEST_EVENTSTORE_URL'];
  const peer = real === undefined ? await EventStorePeer.start() : undefined;
  const store = new PrefixedEventStore(await EventStoreDbEventStore.open(real ?? peer?.url ?? ''), `${randomUUID()}-`);
  const close = async (): Promise<void> => {
    await store.close();
    await peer?.stop();
  };
  return { store, close };
}

describe.each([
  ['in PostgreSQL', openEmbedded],
  ['in EventStoreDB', openEventStoreDb],
])('handle, with the log %s', (_, open) => {
  let store: EventStore;
  let close: () => Promise<void>;
  beforeAll(async () => {
    const opened = await open();
    store = opened.store;
    close = () => opened.close();
  });
  afterAll(() => close());
  const add = (
    stream: string,
    amount: number,
    more: { id?: string; ifMatch?: number; cache?: StateCache<number>; isNew?: boolean } = {},
  ): Promise<Handled<number>> => {
    const { id = randomUUID(), ...options } = more;
    return handle({ store, decider: upToTen, stream, command: amount, metadata: someMetadata(id), ...options });
  };

  it('names in the events, and in a refusal, the role by which it was decided on the state of that moment', async () => {
    const stream = `sum-${randomUUID()}`;
    // Whoever begins does so as an officer; what follows is for the authority alone.
    const authority = (amount: number, sum: number) =>
      amount === 0 ? null : { role: sum === 0 ? 'officer' : 'authority', unit: `at ${String(sum)}` };
    const send = (amount: number, metadata = someMetadata(randomUUID())) =>
      handle({ store, decider: { ...upToTen, authority }, stream, command: amount, metadata });
    expect((await send(4)).events[0]?.metadata.actor).toMatchObject({ role: 'officer', unit: 'at 0' });
    expect((await send(3)).events[0]?.metadata.actor).toMatchObject({ role: 'authority', unit: 'at 4' });
    await expect(send(9)).rejects.toMatchObject({ unmet: [{ code: 'too-much' }], authority: { role: 'authority', unit: 'at 7' } });
    await expect(send(0)).rejects.toThrow('What no role allows was accepted.');
    const nobody = { ...someMetadata(randomUUID()), actor: actorWithoutPerson('system') };
    expect((await send(0, nobody)).events[0]?.metadata.actor).toEqual(nobody.actor);
  });

  it('answers with the new state and the events as the log holds them', async () => {
    const stream = `sum-${randomUUID()}`;
    const { events, state, revision, repeated } = await add(stream, 3);
    expect({ state, revision, repeated }).toEqual({ state: 3, revision: 0, repeated: false });
    expect(events).toEqual(await store.read(stream));
  });

  it('decides for a stream that is presumed new without reading it, and on what is there where it is not new', async () => {
    const stream = `sum-${randomUUID()}`;
    const id = randomUUID();
    const first = await add(stream, 8, { id, isNew: true });
    expect(first).toMatchObject({ state: 8, revision: 0, repeated: false });

    const again = await add(stream, 8, { id, isNew: true });
    expect(again).toMatchObject({ events: first.events, state: 8, revision: 0, position: first.position });
    expect(await add(stream, 1, { isNew: true })).toMatchObject({ state: 9, revision: 1, repeated: false });
    await expect(add(stream, 11, { isNew: true })).rejects.toBeInstanceOf(Rejected);
    await expect(add(stream, 2, { isNew: true })).rejects.toBeInstanceOf(Rejected);
    await expect(add(stream, 1, { isNew: true, ifMatch: 0 })).rejects.toMatchObject({ expected: 0, actual: 1 });
    expect(await store.read(stream)).toHaveLength(2);
  });

  it.each([undefined, new StateCache<number>()])(
    'answers a repeated command as the first time, also under an old If-Match',
    async (cache) => {
      const stream = `sum-${randomUUID()}`;
      const id = randomUUID();
      const kept = cache && { cache };
      const first = await add(stream, 3, { id, ...kept });
      await add(stream, 4, { ...kept });
      expect(await add(stream, 3, { id, ifMatch: 7, ...kept })).toEqual({ ...first, repeated: true });
    },
  );

  it('refuses a command id that belongs to another request, in this stream or another', async () => {
    const stream = `sum-${randomUUID()}`;
    const id = randomUUID();
    await add(stream, 3, { id });
    await expect(add(`sum-${randomUUID()}`, 3, { id })).rejects.toBeInstanceOf(KeyReused);
    const metadata = { ...someMetadata(id), requestHash: 'c'.repeat(64) };
    await expect(handle({ store, decider: upToTen, stream, command: 3, metadata })).rejects.toBeInstanceOf(KeyReused);
  });

  it('lets one of two streams have a command id that both ask for at once', async () => {
    const id = randomUUID();
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => add(`sum-${randomUUID()}`, 3, { id })));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(KeyReused);
  });

  it('lets a command that was refused go to another stream', async () => {
    const id = randomUUID();
    await expect(add(`sum-${randomUUID()}`, 11, { id })).rejects.toBeInstanceOf(Rejected);
    expect((await add(`sum-${randomUUID()}`, 3, { id })).state).toBe(3);
  });

  it('names both revisions when the caller has seen an old one', async () => {
    const stream = `sum-${randomUUID()}`;
    await expect(add(stream, 1, { ifMatch: 0 })).rejects.toMatchObject({ expected: 0, actual: null });
    await add(stream, 1);
    await expect(add(stream, 1, { ifMatch: 5 })).rejects.toBeInstanceOf(RevisionConflict);
  });

  it('decides again when another writer was faster, and keeps the rule under a race', async () => {
    const stream = `sum-${randomUUID()}`;
    const cache = new StateCache<number>();
    const outcomes = await Promise.allSettled([4, 4, 4].map((amount) => add(stream, amount, { cache })));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect((await loadState(store, upToTen, stream))?.state).toBe(8);
  });

  it('does not trust a cache that is behind', async () => {
    const stream = `sum-${randomUUID()}`;
    const cache = new StateCache<number>();
    await add(stream, 4, { cache });
    await add(stream, -4);
    expect((await add(stream, 9, { cache })).state).toBe(9);
    expect((await loadState(store, upToTen, stream, { to: 0 }))?.state).toBe(4);
  });
});
