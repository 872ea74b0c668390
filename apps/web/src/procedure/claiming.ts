import type { SignedInPerson } from '../api/session';
import type { components } from '../api/schema';
import type { Procedure } from './procedure-queries';

/** How work becomes somebody's, or nobody's. */
export type Claiming = 'claim' | 'release' | 'assign';

/** What is done beside the work that waits, and makes nobody its holder. */
const aside: readonly string[] = [
  'abolish',
  'withdraw',
  'suspend',
  'resume',
  'correct',
  'return',
  'reject-option',
  'assign-review',
  'audit',
];

interface Me {
  readonly id: string;
  readonly roles: SignedInPerson['roles'];
  /** Person id. */
  readonly actingFor: string | undefined;
}

/** What somebody is offered to do about whose work it is. @param holder Person id; null when nobody has claimed it */
export function claimingOf({ allowed }: Pick<Procedure, 'allowed'>, holder: string | null, me: Me): readonly Claiming[] {
  const mayWork = allowed.some(({ action, unmet }) => unmet.length === 0 && !aside.includes(action));
  const isTheirs = holder !== null && (holder === me.id || holder === me.actingFor);
  // Whether they are at the head of the owning unit or above, only the server knows.
  const mayGive = mayWork || me.roles.includes('authority');
  return [
    ...(mayWork && (holder === null || (isTheirs && holder !== me.id)) ? (['claim'] as const) : []),
    ...(holder !== null && (isTheirs || mayGive) ? (['release'] as const) : []),
    ...(mayGive ? (['assign'] as const) : []),
  ];
}

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
