import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { NO_STREAM, PostgresEventStore, handle, noMetadata, openEventStore } from '#event-store';
import type { EventStore } from '#event-store';
import { anEvent } from '#event-store/testing';
import { openDatabase } from '#platform';
import type { Database } from '#platform';
import { EventStorePeer } from '../../../test/support/event-store-peer.js';
import { openLog } from '../../../test/support/log-installation.js';
import type { LogInstallation } from '../../../test/support/log-installation.js';
import { startPostgres } from '../../../test/support/postgres-server.js';
import type { PostgresServer } from '../../../test/support/postgres-server.js';
import { Calendars, initialCalendars } from './calendars.js';
import { DefinitionNotFound, Definitions } from './definitions.js';
import { authorityPolicies, lifecycleDefinitions, shippedLifecycles } from './initial-definitions.js';
import { lifecycleVersions } from './lifecycle-versions.js';
import type { LifecycleDefinition } from './lifecycle.js';
import type { LifecycleCommand } from './lifecycle-versions.js';

describe('Definitions', () => {
  let server: PostgresServer;
  let databases: readonly Database[];
  let stores: readonly PostgresEventStore[];
  beforeAll(async () => {
    server = await startPostgres();
    databases = await Promise.all([1, 2].map(() => openDatabase({ url: server.url, dataDir: '' })));
    stores = await Promise.all(databases.map((database) => PostgresEventStore.open(database)));
  });
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await Promise.all(databases.map((database) => database.close()));
    await server.stop();
  });

  it('are published once when two processes start at the same time, and again later', async () => {
    const both = stores.map((store) => new Definitions(store));
    await Promise.all(both.map((definitions) => definitions.publishInitial()));
    await both[0]?.publishInitial();
    for (const store of stores) {
      for (const { id } of lifecycleDefinitions)
        expect(await store.read(`lifecycle-${id}`)).toMatchObject(
          shippedLifecycles.filter((one) => one.id === id).map((definition) => ({ type: 'LifecyclePublished', data: { definition } })),
        );
      for (const policy of authorityPolicies)
        expect(await store.read(`authority-${policy.id}`)).toMatchObject([{ type: 'AuthorityPublished', data: { policy } }]);
    }
    for (const definitions of both) {
      for (const { kind, id, version } of lifecycleDefinitions) {
        expect(await definitions.current(kind)).toMatchObject({ id, version });
        expect(await definitions.lifecycle(id, version)).toMatchObject({ kind });
      }
      expect(await definitions.all()).toHaveLength(shippedLifecycles.length);
    }
  });

  it('are found by whoever did not publish them', async () => {
    const [store] = stores;
    if (!store) throw new Error('There is no store.');
    const reader = new Definitions(store);
    expect(await reader.authority('standard', 1)).toMatchObject({ id: 'standard', version: 1 });
    expect(await reader.current('public')).toMatchObject({ kind: 'public' });
  });

  it('take at once what another process has published or retired', async () => {
    const [store, other] = stores;
    const [definition] = lifecycleDefinitions;
    if (!store || !other || !definition) throw new Error('There is no store.');
    const [reader, writer] = [new Definitions(store), other];
    expect(await reader.current('internal')).toMatchObject({ version: 2 });
    const command = (sent: LifecycleCommand): Promise<unknown> =>
      handle({ store: writer, decider: lifecycleVersions, stream: 'lifecycle-internal', command: sent, metadata: { ...noMetadata, commandId: randomUUID() } });
    await command({ action: 'draft', document: definition });
    expect(await reader.current('internal')).toMatchObject({ version: 2 });
    await command({ action: 'publish', version: 3, findings: [], authority: definition.authority });
    const seen = await Promise.all(Array.from({ length: 20 }, () => reader.current('internal')));
    expect(new Set(seen.map(({ version }) => version))).toEqual(new Set([3]));
    await command({ action: 'retire', version: 3 });
    expect(await reader.current('internal')).toMatchObject({ version: 2 });
    expect((await reader.all()).filter(({ id }) => id === 'internal')).toHaveLength(3);
    expect(await reader.lifecycle('internal', 3)).toMatchObject({ version: 3 });
  }); // prettier-ignore

  it('say so when a version was never published', async () => {
    const [store] = stores;
    if (!store) throw new Error('There is no store.');
    const reader = new Definitions(store);
    await expect(reader.lifecycle('internal', 99)).rejects.toThrow(DefinitionNotFound);
    await expect(reader.authority('nothing', 1)).rejects.toThrow(DefinitionNotFound);
  });
});

describe('A new version of a lifecycle that the product comes with', () => {
  let log: LogInstallation;
  beforeEach(async () => {
    log = await openLog('embedded');
  });
  afterEach(() => log.close());

  const [internal] = shippedLifecycles;
  const returns = (definition: LifecycleDefinition): unknown =>
    definition.transitions.find(({ action, to }) => action === 'return' && to === 'origin')?.from;
  /** The log, as an older version of the product left it. */
  const withVersion1 = async (...more: readonly LifecycleCommand[]): Promise<Definitions> => {
    const { store } = log;
    if (!internal) throw new Error('There is no lifecycle.');
    const published = { ...anEvent({ definition: internal }), type: 'LifecyclePublished' };
    await store.append('lifecycle-internal', [published], { expected: NO_STREAM });
    for (const command of more)
      await handle({
        ...{ store, decider: lifecycleVersions, stream: 'lifecycle-internal', command },
        metadata: { ...noMetadata, commandId: randomUUID() },
      });
    const definitions = new Definitions(store);
    await definitions.publishInitial();
    await definitions.publishInitial();
    return definitions;
  };
  const draft: LifecycleCommand | undefined = internal && { action: 'draft', document: { ...internal, title: { vi: 'riêng', en: 'own' } } };

  it('is published at start where new procedures get the version before it, which stays as it is', async () => {
    const definitions = await withVersion1();
    expect(await definitions.current('internal')).toMatchObject({ version: 2 });
    expect(returns(await definitions.current('internal'))).toEqual(['optionProposed', 'qualityChecked', 'optionApproved']);
    expect(returns(await definitions.lifecycle('internal', 1))).toEqual(['optionProposed']);
  });

  it('takes the next number where somebody drafts one of their own', async () => {
    const definitions = await withVersion1(...(draft ? [draft] : []));
    expect((await definitions.versions('internal'))?.map(({ version, state }) => [version, state])).toEqual([
      [1, 'published'],
      [2, 'draft'],
      [3, 'published'],
    ]);
  });

  it('stands back where somebody has published one of their own', async () => {
    const publish = { action: 'publish', version: 2, findings: [], authority: { id: 'standard', version: 1 } } as const;
    const definitions = await withVersion1(...(draft ? [draft] : []), publish);
    expect(await definitions.current('internal')).toMatchObject({ version: 2, title: { en: 'own' } });
    expect(await definitions.versions('internal')).toHaveLength(2);
  });

  it('does not come back once it was retired', async () => {
    const definitions = await withVersion1();
    const command = { action: 'retire', version: 2 } as const;
    const metadata = { ...noMetadata, commandId: randomUUID() };
    await handle({ store: log.store, decider: lifecycleVersions, stream: 'lifecycle-internal', command, metadata });
    await definitions.publishInitial();
    expect(await definitions.current('internal')).toMatchObject({ version: 1 });
    expect(await definitions.versions('internal')).toHaveLength(2);
  });
});

describe('What an installation starts with, on a log that takes an event id twice', () => {
  const real = process.env['TEST_EVENTSTORE_URL'];
  let peer: EventStorePeer | undefined;
  let store: EventStore;
  beforeAll(async () => {
    peer = real === undefined ? await EventStorePeer.start() : undefined;
    store = await openEventStore(undefined, { eventStore: real ?? peer?.url, streamPrefix: `${randomUUID()}-` });
  });
  afterAll(async () => {
    await store.close();
    await peer?.stop();
  });

  /** The store as a process sees it that another one overtakes after each of its first looks at a stream. */
  function overtaken(by: () => Promise<void>): EventStore {
    const read: EventStore['read'] = async (...asked) => {
      const [seen] = await Promise.allSettled([store.read(...asked)]);
      await by();
      if (seen.status === 'rejected') throw seen.reason;
      return seen.value;
    };
    return Object.assign(Object.create(store) as EventStore, { read });
  }

  it('is published once, whoever is first and whenever', async () => {
    const publish = async (log: EventStore): Promise<void> => {
      await new Definitions(log).publishInitial();
      await new Calendars(log).publishInitial();
    };
    // Not itself overtaken, or nobody would ever come to an end.
    await publish(overtaken(() => publish(store)));
    await Promise.all([1, 2, 3].map(() => publish(store)));
    const revisions = async (stream: string): Promise<number> => (await store.read(stream)).length;
    for (const { id } of lifecycleDefinitions)
      expect([id, await revisions(`lifecycle-${id}`)]).toEqual([id, shippedLifecycles.filter((one) => one.id === id).length]);
    for (const { id } of authorityPolicies)
      expect([id, await revisions(`authority-${id}`)]).toEqual([id, authorityPolicies.filter((one) => one.id === id).length]);
    for (const { id } of initialCalendars) expect([id, await revisions(`calendar-${id}`)]).toEqual([id, 1]);
  });
});
