import { copyPeople } from '#identity';
import { copyNotifications } from '#notifications';
import { openPlace, parsePlace, sentence } from './places.js';

/** Copies people, passwords, and what they decided and read of notifications from one database into another, where nobody is known yet. Throws a sentence when it cannot. */
export async function copyPeopleBetween({ from, to }: { readonly from: string; readonly to: string }): Promise<void> {
  const [origin, goal] = [parsePlace(from, '--from'), parsePlace(to, '--to')];
  if (origin.kind === 'eventstore' || goal.kind === 'eventstore')
    throw new Error('People stand in a database, never in EventStoreDB: name a folder or postgres://….');
  if (origin.name === goal.name) throw new Error(`--from and --to are the same place (${goal.name}).`);
  const source = await openPlace(origin, '--from');
  try {
    const { rows } = await source.pool.query<{ found: boolean }>(`SELECT to_regclass('identity.signing_keys') IS NOT NULL AS found`);
    if (rows[0]?.found !== true) throw new Error(`--from: there are no people in ${origin.name}.`);
    const target = await openPlace(goal, '--to');
    try {
      const refused = (error: unknown): never => {
        throw sentence('--to', error);
      };
      const people = await copyPeople(source, target).catch(refused);
      await copyNotifications(source, target).catch(refused);
      console.log(
        people === 0 ? 'There is nothing to copy: all people are there.' : `${people} people were copied with their units and passwords.`,
      );
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}
