import type { AnyAction, AuthorityPolicy, LifecycleDefinition, Place, Role } from './lifecycle.js';
import type { UnitTree } from './units.js';

/** A role that somebody holds at a unit. */
export interface HeldRole {
  readonly role: Role;
  /** Unit id. */
  readonly unit: string;
}

/** What authority depends on: the class (group, or kind without groups) and who owns it. */
export interface Owned {
  readonly class: string;
  /** Unit id. */
  readonly owningUnit: string;
}

/** The units at which a role counts for that place, nearest to the owner first. */
export function unitsAt(place: Place, owned: Owned, policy: AuthorityPolicy, units: UnitTree): readonly string[] {
  const path = units.pathUp(owned.owningUnit);
  if (place === 'own-or-above') return path.map((unit) => unit.id);
  const levels = policy.classes[owned.class];
  const level = place === 'checker' ? (path[0]?.level === 'ministry' ? 'ministry' : 'service') : levels?.[place];
  const found = path.find((unit) => unit.level === level);
  return found ? [found.id] : [];
}

/** Which of the roles held lets somebody act under one of the rules, null when none does. */
export function authorise(
  rules: readonly string[],
  owned: Owned,
  held: readonly HeldRole[],
  { authority, units }: { readonly authority: AuthorityPolicy; readonly units: UnitTree },
): HeldRole | null {
  for (const name of rules) {
    const rule = authority.rules[name];
    if (!rule) continue;
    for (const unit of unitsAt(rule.at, owned, authority, units))
      if (held.some((one) => one.role === rule.role && one.unit === unit)) return { role: rule.role, unit };
  }
  return null;
}

/** Whether a unit of that level may own a procedure of the class; whether it is open is for `unitClosed` to say. */
export function mayOwn(owned: Owned, policy: AuthorityPolicy, units: UnitTree): boolean {
  const owner = units.get(owned.owningUnit);
  return owner !== undefined && (policy.classes[owned.class]?.owners.includes(owner.level) ?? false);
}

/** Whether somebody administers the unit: as administrator of it or of one above it. */
export function administers(held: readonly HeldRole[], unit: string, units: UnitTree): boolean {
  return administeringRole(held, unit, units) !== null;
}

/** The role by which somebody administers the unit; null when they do not. */
export function administeringRole(held: readonly HeldRole[], unit: string, units: UnitTree): HeldRole | null {
  const path = units.pathUp(unit);
  return held.find((one) => one.role === 'administrator' && path.some(({ id }) => id === one.unit)) ?? null;
}

/** The one of these roles that is held nearest to the unit, at it or above; null when none is. */
export function nearestRole(held: readonly HeldRole[], among: readonly Role[], unit: string, units: UnitTree): HeldRole | null {
  for (const { id } of units.pathUp(unit)) {
    const found = held.find((one) => one.unit === id && among.includes(one.role));
    if (found) return found;
  }
  return null;
}

/** Whether both are the same role at the same unit. */
export function isSameRole(one: HeldRole, other: HeldRole): boolean {
  return one.role === other.role && one.unit === other.unit;
}

/** The rules an action falls under wherever it stands in the lifecycle; those of the whole policy for an action that the lifecycle lacks. */
export function rulesOf(action: AnyAction, definition: LifecycleDefinition, policy: AuthorityPolicy): readonly string[] {
  const own = definition.transitions.filter((transition) => transition.action === action).map((transition) => transition.authority);
  return own.length > 0 ? own : Object.keys(policy.rules).filter((rule) => rule.split(':')[0] === action);
}
