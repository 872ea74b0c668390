import { othersAdminister } from '#identity';
import type { Directory, Person } from '#identity';
import type { Circumstances } from './judged.js';

/** How units stand today, and what somebody holds; nothing for whoever is not known any more. */
export function circumstancesOf(person: Pick<Person, 'roles' | 'grants' | 'countsAs'> | null, directory: Directory): Circumstances {
  const alsoThem = (person?.countsAs ?? []).flatMap((id) => directory.person(id)?.grants ?? []);
  return {
    by: { roles: person?.roles ?? [], held: [...(person?.grants ?? []), ...alsoThem].map(({ role, unit }) => ({ role, unit })) },
    units: directory.units(),
    othersAdminister: (unit) => othersAdminister(directory, unit),
  };
}
