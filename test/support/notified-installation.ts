import { rm } from 'node:fs/promises';
import { openEventStore } from '#event-store';
import type { EventStore } from '#event-store';
import { Directory, directoryView, migrateIdentity, seedDemo } from '#identity';
import type { Person } from '#identity';
import { Inbox, migrateNotifications, notificationsView } from '#notifications';
import { openDatabase } from '#platform';
import type { Clock, Database } from '#platform';
import { procedureViews } from '#procedures';
import { Processors } from '#processors';
import { Calendars, Definitions } from '#workflow';
import { startPostgres } from './postgres-server.js';
import { newDataFolder } from './data-folder.js';

/** An installation with sample people and their inbox, without HTTP. */
export interface NotifiedInstallation<Time extends Clock> {
  readonly database: Database;
  readonly store: EventStore;
  readonly processors: Processors;
  readonly directory: Directory;
  readonly inbox: Inbox;
  readonly clock: Time;
  /** The sample person of that username. */
  person(username: string): Person;
  close(): Promise<void>;
}

export async function openNotified<Time extends Clock>(
  where: 'embedded' | 'on a server',
  clock: Time,
): Promise<NotifiedInstallation<Time>> {
  const dataDir = await newDataFolder('notified');
  const server = where === 'on a server' ? await startPostgres() : undefined;
  const database = await openDatabase({ dataDir, url: server?.url });
  const store = await openEventStore(database);
  await migrateIdentity(database);
  await migrateNotifications(database);
  const definitions = new Definitions(store);
  await definitions.publishInitial();
  await new Calendars(store).publishInitial();
  await seedDemo(database, store);
  const processors = new Processors({ database, store, views: [...procedureViews, directoryView, notificationsView] });
  await processors.start();
  await processors.caughtUpAtStart;
  const directory = await Directory.open(database, clock);
  return {
    ...{ database, store, processors, directory, clock, inbox: new Inbox(database, directory, definitions, clock) },
    person: (username) => {
      const found = directory.people().find((one) => one.username === username);
      if (!found) throw new Error(`The demo has no ${username}.`);
      return found;
    },
    close: async () => {
      await processors.stop();
      await store.close();
      await database.close();
      await server?.stop();
      await rm(dataDir, { recursive: true });
    },
  };
}
