import type { HeldRole } from './authority.js';
import type { UnitTree } from './units.js';

/** none, mật, tối mật, tuyệt mật; each includes those before it. From `secret` on the register holds a reference, never content. */
export const classifications = ['none', 'confidential', 'secret', 'topSecret'] as const;
export type Classification = (typeof classifications)[number];

/** What somebody may read: what these units own, up to that classification. */
export interface Sight {
  /** Unit ids; null for the whole register. */
  readonly units: ReadonlySet<string> | null;
  readonly clearance: Classification;
}

/** A person sees what is owned by a unit at which they hold a role or by one below it; an auditor sees the whole register. */
export function sightOf(roles: readonly HeldRole[], clearance: Classification, units: UnitTree): Sight {
  if (roles.some(({ role }) => role === 'auditor')) return { units: null, clearance };
  const seen = new Set(roles.flatMap(({ unit }) => units.subtree(unit)));
  return { units: seen.size > 0 && seen.size === units.all().length ? null : seen, clearance };
}

/** Whether somebody with that sight may read it. */
export function sees(sight: Sight, { owningUnit, classification = 'none' }: Classified): boolean {
  return isCleared(sight.clearance, classification) && (sight.units === null || sight.units.has(owningUnit));
}

/** Who owns it and how secret it is. (Default: none) */
export interface Classified {
  /** Unit id. */
  readonly owningUnit: string;
  readonly classification?: Classification | undefined;
}

export function isCleared(clearance: Classification, classification: Classification): boolean {
  return clearanceRankOf(clearance) >= rankOf(classification);
}

/** Whether the register holds no more of it than a reference. */
export function isReferenceOnly(classification: Classification | undefined): boolean {
  return classification !== undefined && rankOf(classification) >= rankOf('secret');
}

/** How secret a record is: 0 for none, 3 for topSecret and for a word that this version does not know. */
export function rankOf(classification: Classification): number {
  const rank = classifications.indexOf(classification);
  return rank === -1 ? classifications.length - 1 : rank;
}

/** Up to which rank somebody may see: 0 for none, and for a word that this version does not know. */
export const clearanceRankOf = (clearance: Classification): number => Math.max(0, classifications.indexOf(clearance));

/** Whether whoever sees the one sees all that the other lets see. */
export function seesAllOf(one: Sight, other: Sight): boolean {
  const { units } = one;
  const seesUnits = units === null || (other.units !== null && [...other.units].every((unit) => units.has(unit)));
  return seesUnits && clearanceRankOf(one.clearance) >= clearanceRankOf(other.clearance);
}
