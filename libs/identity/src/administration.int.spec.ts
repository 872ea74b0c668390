import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KeyReused, openEventStore } from '#event-store';
import type { EventStore } from '#event-store';
import { SystemClock, openDatabase } from '#platform';
import type { Database } from '#platform';
import { UnitTree } from '#workflow';
import { newDataFolder } from '../../../test/support/data-folder.js';
import { Administration } from './administration.js';
import type { NewAccount, Order } from './administration.js';
import { Directory } from './directory.js';
import type { Person } from './directory.js';
import { migrateIdentity } from './registration.js';

const [withoutPersonal, former, another] = ['a', 'b', 'c'].map((digit) => digit.repeat(64)) as [string, string, string];

describe('Somebody who is made known', () => {
  let database: Database;
  let store: EventStore;
  let administration: Administration;
  let dataDir: string;
  const unit = randomUUID();
  const by: Person = {
    ...{ id: randomUUID(), version: 1, commitment: '', name: '', username: '', grants: [], unit, home: null, clearance: 'none' },
    ...{
      roles: [{ role: 'administrator', unit }],
      demo: false,
      governs: null,
      isProgram: false,
      canSignIn: true,
      countsAs: [],
      keepers: [],
    },
  };
  const order = (commandId: string, requestHash: string, formerHash?: string): Order => {
    const actor = { id: by.id, version: 1, commitment: '', role: 'administrator', unit };
    return { by, formerHash, metadata: { commandId, requestHash, $correlationId: commandId, $causationId: commandId, actor } };
  };
  const account = (username: string): NewAccount => ({ id: randomUUID(), name: 'Nguyễn Văn A', username, clearance: 'none', unit });

  beforeAll(async () => {
    dataDir = await newDataFolder();
    database = await openDatabase({ url: undefined, dataDir });
    store = await openEventStore(database, {});
    await migrateIdentity(database);
    const directory = await Directory.open(database, new SystemClock());
    const tree = new UnitTree([{ id: unit, name: 'Đơn vị', level: 'unit', parent: null }]);
    directory.units = () => tree;
    administration = new Administration(store, database, directory, () => Promise.resolve(false));
  });
  afterAll(async () => {
    await store.close();
    await database.close();
    await rm(dataDir, { recursive: true });
  });

  it('is made once, however often it is sent under its key, also when an earlier version stored it with its personal data', async () => {
    for (const stored of [withoutPersonal, former]) {
      const [command, person] = [randomUUID(), account(`nguoi.${stored.slice(0, 1)}`)];
      const first = await administration.registerPerson(person, order(command, stored));
      const again = await administration.registerPerson(person, order(command, withoutPersonal, former));
      expect(again).toEqual(first);
      const events = await store.read(`person-${person.id}`);
      expect(events.map(({ metadata }) => metadata.requestHash)).toEqual([stored]);
    }
  });

  it('is somebody else with another name, username or clearance under the same key', async () => {
    const [command, person] = [randomUUID(), account('nguoi.x')];
    await administration.registerPerson(person, order(command, withoutPersonal, former));
    const again = (change: Partial<NewAccount>, hash = withoutPersonal): Promise<unknown> =>
      administration.registerPerson({ ...person, ...change }, order(command, hash, another));
    await expect(again({ name: 'Trần Thị B' })).rejects.toThrow(KeyReused);
    await expect(again({ username: 'nguoi.y' })).rejects.toThrow(KeyReused);
    await expect(again({}, another)).rejects.toThrow(KeyReused);
    expect(await store.read(`person-${person.id}`)).toHaveLength(1);
  });
});
