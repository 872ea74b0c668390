import { copyPeople } from '#identity';
import { betweenDatabases, sentence } from './places.js';

/** Copies people, units and passwords from one database into another, where nobody is known yet. Throws a sentence when it cannot. */
export async function copyPeopleBetween(places: { readonly from: string; readonly to: string }): Promise<void> {
  await betweenDatabases(places, { what: 'people', table: 'identity.signing_keys' }, async (source, target) => {
    const people = await copyPeople(source, target).catch((error: unknown) => {
      throw sentence('--to', error);
    });
    console.log(
      people === 0 ? 'There is nothing to copy: all people are there.' : `${people} people were copied with their units and passwords.`,
    );
  });
}
