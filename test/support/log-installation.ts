import { rm } from 'node:fs/promises';
import { openEventStore } from '#event-store';
import type { EventStore } from '#event-store';
import { openDatabase } from '#platform';
import type { Database } from '#platform';
import { Processors } from '#processors';
import type { View } from '#processors';
import { newDataFolder } from './data-folder.js';
import { startPostgres } from './postgres-server.js';

/** A database with an empty log in it. */
export interface LogInstallation {
  readonly database: Database;
  readonly store: EventStore;
  readonly close: () => Promise<void>;
}

/** With views that follow the log. */
export interface FollowedInstallation extends LogInstallation {
  readonly processors: Processors;
}

/** @param where `embedded` or `on a server`, as specifications call the two. */
export async function openLog(where: string): Promise<LogInstallation> {
  const server = where === 'on a server' ? await startPostgres() : undefined;
  const dataDir = server ? '' : await newDataFolder();
  const database = await openDatabase({ url: server?.url, dataDir });
  const store = await openEventStore(database);
  return {
    ...{ database, store },
    close: async () => {
      await store.close();
      await database.close();
      await server?.stop();
      if (dataDir !== '') await rm(dataDir, { recursive: true });
    },
  };
}

/** @param prepare Done before the views begin. (Default: nothing) */
export async function openFollowed(
  where: string,
  views: readonly View[],
  prepare: (log: LogInstallation) => Promise<void> = () => Promise.resolve(),
): Promise<FollowedInstallation> {
  const log = await openLog(where);
  await prepare(log);
  const processors = new Processors({ ...log, views });
  await processors.start();
  await processors.caughtUpAtStart;
  return {
    ...{ ...log, processors },
    close: async () => {
      await processors.stop();
      await log.close();
    },
  };
}
