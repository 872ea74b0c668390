import { Directory, migrateIdentity, seedDemo } from '#identity';
import type { Person } from '#identity';
import { Inbox, migrateNotifications } from '#notifications';
import type { Clock } from '#platform';
import { Calendars, Definitions } from '#workflow';
import { everyView } from '../../apps/worker/src/what-follows.js';
import { openFollowed } from './log-installation.js';
import type { FollowedInstallation } from './log-installation.js';

/** An installation with sample people and their inbox, without HTTP. */
export interface NotifiedInstallation<Time extends Clock> extends FollowedInstallation {
  readonly directory: Directory;
  readonly inbox: Inbox;
  readonly clock: Time;
  /** The sample person of that username. */
  person(username: string): Person;
}

export async function openNotified<Time extends Clock>(
  where: 'embedded' | 'on a server',
  clock: Time,
): Promise<NotifiedInstallation<Time>> {
  const installation = await openFollowed(where, everyView, async ({ database, store }) => {
    await migrateIdentity(database);
    await migrateNotifications(database);
    await new Definitions(store).publishInitial();
    await new Calendars(store).publishInitial();
    await seedDemo(database, store);
  });
  const { database, store } = installation;
  const directory = await Directory.open(database, clock);
  return {
    ...{ ...installation, directory, clock, inbox: new Inbox(database, directory, new Definitions(store), clock) },
    person: (username) => {
      const found = directory.people().find((one) => one.username === username);
      if (!found) throw new Error(`The demo has no ${username}.`);
      return found;
    },
  };
}
