import { isInForce, isSameRole } from '#workflow';
import type { Delegation, HeldRole, UnitTree } from '#workflow';
import type { Grant } from './person.js';

/** The roles that count on a day: what was merged is held where it went; what is closed is held no more. @param today `yyyy-mm-dd` */
export function rolesOn(today: string, grants: readonly Grant[], tree: UnitTree): readonly HeldRole[] {
  const held = grants.flatMap(({ role, unit, from = '', to = '9999' }): HeldRole[] => {
    const present = tree.present(unit);
    return present && present.closed !== true && from <= today && today <= to ? [{ role, unit: present.id }] : [];
  });
  return held.filter((one, index) => held.findIndex((other) => isSameRole(one, other)) === index);
}

/** What one may do as the other on a day; empty without a delegation in force. */
export function delegatedActions(
  delegations: readonly Delegation[],
  { from, to, today }: { readonly from: string; readonly to: string; readonly today: string },
): readonly string[] | 'all' {
  const standing = delegations.filter((one) => one.from === from && one.to === to && isInForce(one, today));
  return standing.some((one) => one.actions === 'all') ? 'all' : standing.flatMap((one) => (one.actions === 'all' ? [] : one.actions));
}
