import { copyPeople } from '#identity';
import { copyNotifications } from '#notifications';
import { betweenDatabases, sentence } from './places.js';

/** Copies people, passwords, and what they decided and read of notifications from one database into another, where nobody is known yet. Throws a sentence when it cannot. */
export async function copyPeopleBetween(places: { readonly from: string; readonly to: string }): Promise<void> {
  await betweenDatabases(places, { what: 'people', table: 'identity.signing_keys' }, async (source, target) => {
    const refused = (error: unknown): never => {
      throw sentence('--to', error);
    };
    const people = await copyPeople(source, target).catch(refused);
    await copyNotifications(source, target).catch(refused);
    console.log(
      people === 0 ? 'There is nothing to copy: all people are there.' : `${people} people were copied with their units and passwords.`,
    );
  });
}
