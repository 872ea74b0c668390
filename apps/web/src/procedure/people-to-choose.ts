import type { components } from '../api/schema';

type Person = Pick<components['schemas']['PersonAnswer'], 'id' | 'name' | 'unit' | 'roles'>;
type Unit = Pick<components['schemas']['UnitInTree'], 'id' | 'parent'>;

/** Who may be given work: whoever has a role, those of the owning unit and above it first. */
export function peopleToChoose<One extends Person>(people: readonly One[], units: readonly Unit[], owningUnit: string): readonly One[] {
  const above = new Set<string>();
  for (let at: string | null = owningUnit; at !== null && !above.has(at); at = units.find(({ id }) => id === at)?.parent ?? null)
    above.add(at);
  const able = people.filter(({ roles }) => roles.length > 0);
  const isNear = ({ roles }: One): boolean => roles.some(({ unit }) => above.has(unit));
  return [...able.filter(isNear), ...able.filter((one) => !isNear(one))];
}
