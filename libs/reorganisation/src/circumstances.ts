import { othersAdminister, rolesOnAnyDay } from '#identity';
import type { Directory, Person } from '#identity';
import type { Circumstances } from './judged.js';

/** How units stand today, and what somebody holds; nothing for whoever is not known any more. */
export function circumstancesOf(person: Pick<Person, 'roles' | 'grants' | 'countsAs'> | null, directory: Directory): Circumstances {
  return {
    by: { roles: person?.roles ?? [], held: person ? rolesOnAnyDay(person, directory) : [] },
    units: directory.units(),
    othersAdminister: (unit) => othersAdminister(directory, unit),
  };
}
