import { administeringRole } from '#workflow';
import type { Classification, HeldRole, Role, UnitTree } from '#workflow';
import type { Grant } from './person.js';

/** Who orders something, as far as the rules of administering ask. */
export interface Administrator {
  readonly id: string;
  readonly roles: readonly HeldRole[];
  readonly clearance: Classification;
  /** Ids: of a program those who can use its keys, and their other programs; of a person theirs. */
  readonly countsAs: readonly string[];
  /** Acts by a key. */
  readonly isProgram: boolean;
}

/** Whether the one is the other, or counts as them. */
export function isSamePerson(by: Pick<Administrator, 'id' | 'countsAs'>, id: string): boolean {
  return by.id === id || by.countsAs.includes(id);
}

/** What a person is administered by. */
export interface Standing {
  /** All that were given and not taken back. */
  readonly grants: readonly Grant[];
  /** Unit id: where they are looked after while they hold no role: where they held the last one, else where it was said; null for neither. */
  readonly home: string | null;
}

/** The moment at which it is asked. */
interface Moment {
  readonly units: UnitTree;
  /** The date in Vietnam. */
  readonly today: string;
}

const governs = ({ role, unit }: HeldRole, units: UnitTree): boolean =>
  role === 'administrator' && ['ministry', 'service'].includes(units.present(unit)?.level ?? '');

/**
 * The role by which somebody orders what belongs to no unit, such as definitions, calendars, processors and webhooks: as
 * administrator of a service or the ministry. Null when none does.
 */
export function governingRole(held: readonly HeldRole[], units: UnitTree): HeldRole | null {
  return governingRoles(held, units)[0] ?? null;
}

/** The roles by which somebody orders what belongs to no unit. */
export const governingRoles = (held: readonly HeldRole[], units: UnitTree): readonly HeldRole[] =>
  held.filter((one) => governs(one, units));

/** Whether a role that was given counts on that day or on one to come. @param today The date in Vietnam */
export const isStanding = ({ to = '9999' }: Grant, today: string): boolean => to >= today;

/** Whether somebody orders what belongs to no unit today, and on no day that is set no longer. */
export function governsForGood(grants: readonly Grant[], { units, today }: Moment): boolean {
  return grants.some(
    (one) => governs(one, units) && units.present(one.unit)?.closed !== true && (one.from ?? '') <= today && one.to === undefined,
  );
}

/**
 * The role by which somebody gives and takes that role; null when they may not. An auditor reads the whole register wherever
 * the role is held, so it is not for administrators of a unit to give, nor to take from whoever looks at them.
 */
export function roleOverGrant(held: readonly HeldRole[], { role, unit }: HeldRole, units: UnitTree): HeldRole | null {
  return administeringRole(role === 'auditor' ? governingRoles(held, units) : held, unit, units);
}

/**
 * The role by which somebody administers the person; null when they do not. All roles that the person holds, now or on a day to
 * come, must be theirs to give: else whoever gives somebody else's officer a small role would take the officer from those above.
 */
export function roleOverPerson(held: readonly HeldRole[], { grants, home }: Standing, { units, today }: Moment): HeldRole | null {
  const standing = grants.filter((one) => isStanding(one, today));
  if (standing.length === 0) return home === null ? governingRole(held, units) : administeringRole(held, home, units);
  const over = standing.map((grant) => roleOverGrant(held, grant, units));
  return over.every((one) => one !== null) ? (over[0] ?? null) : null;
}

/** What is changed about units, and what is given by one to another besides. */
interface UnitChange {
  readonly before: UnitTree;
  readonly after: UnitTree;
  /** (Default: nothing) */
  readonly given?: readonly { readonly from: string; readonly to: string }[];
}

/**
 * Which of the roles would count for what they do not count for before. As administrator one orders all of it already, and an auditor reads
 * everything, so these two are left out.
 */
export function rolesThatGrow(held: readonly HeldRole[], { before, after, given = [] }: UnitChange): readonly Role[] {
  const names = new Set(held.map(({ role }) => role).filter((role) => role !== 'administrator' && role !== 'auditor'));
  return [...names].filter((name) => {
    const places = held.filter(({ role }) => role === name).map(({ unit }) => unit);
    const [was, is] = [unitsCovered(places, before), unitsCovered(places, after)];
    return [...is].some((unit) => !was.has(unit)) || given.some(({ from, to }) => is.has(to) && !was.has(from));
  });
}

/** Units for which roles at these places count. */
function unitsCovered(places: readonly string[], tree: UnitTree): ReadonlySet<string> {
  const present = places.flatMap((unit) => {
    const one = tree.present(unit);
    return one && one.closed !== true ? [one.id] : [];
  });
  return new Set(present.flatMap((unit) => tree.subtree(unit)));
}
