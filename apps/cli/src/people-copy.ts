import { copyPeople } from '#identity';
import { copyNotifications } from '#notifications';
import type { Database } from '#platform';
import { Interrupted, interruptible } from './interruption.js';
import { betweenDatabases, sentence } from './places.js';
import { say } from './terminal.js';

/** Copies people, passwords, and what they decided and read of notifications from one database into another, where nobody is known yet. Throws a sentence when it cannot. */
export async function copyPeopleBetween(places: { readonly from: string; readonly to: string }): Promise<void> {
  const copy = async (source: Database, target: Database, signal: AbortSignal): Promise<void> => {
    const refused = (error: unknown): never => {
      if (error instanceof Interrupted) throw new Interrupted('Interrupted. Nothing was written.');
      throw sentence('--to', error);
    };
    const people = await copyPeople(source, target, signal).catch(refused);
    await copyNotifications(source, target).catch(refused);
    say(people === 0 ? 'There is nothing to copy: all people are there.' : `${people} people were copied with their units and passwords.`);
  };
  await interruptible((signal) =>
    betweenDatabases(places, { what: 'people', table: 'identity.signing_keys' }, (source, target) => copy(source, target, signal)),
  );
}
