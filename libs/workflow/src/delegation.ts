import type { HeldRole } from './authority.js';
import { everyAction } from './lifecycle.js';

/** What units do for each other about a procedure: ask, say what stands in their way, answer, end the asking, and remind. */
const inquiryActions = ['consult', 'raise-obstacle', 'answer', 'close-consultation', 'remind'] as const;
/** What can be delegated by its name. */
export const delegableActions = [...everyAction, ...inquiryActions] as const;

/** Somebody acts for another person from a day to a day, both included; `all` is every action. */
export interface Delegation {
  readonly id: string;
  /** Person id: who is acted for. */
  readonly from: string;
  /** Person id: who acts. */
  readonly to: string;
  readonly actions: readonly string[] | 'all';
  /** YYYY-MM-DD in Vietnam. */
  readonly startsOn: string;
  readonly endsOn: string;
  readonly reason: string;
  readonly revoked: boolean;
}

/** Whom somebody acts for, and what they may do as that person. */
export interface ActingFor {
  /** Person id. */
  readonly id: string;
  /** Those of the person acted for; what they were delegated themselves is not among them. */
  readonly roles: readonly HeldRole[];
  /** Empty when no delegation is in force. */
  readonly actions: readonly string[] | 'all';
  /** Ids of who else counts as that person where people must differ: their programs. (Default: nobody) */
  readonly countsAs?: readonly string[];
}

/** Whether it lets act on that day. */
export function isInForce({ startsOn, endsOn, revoked }: Delegation, today: string): boolean {
  return !revoked && startsOn <= today && today <= endsOn;
}

/** Whether both are in force on some day. */
export function meet(one: Pick<Delegation, 'startsOn' | 'endsOn'>, other: Pick<Delegation, 'startsOn' | 'endsOn'>): boolean {
  return one.startsOn <= other.endsOn && other.startsOn <= one.endsOn;
}

/** Whether the actions include that one. */
export function covers(actions: Delegation['actions'], action: string): boolean {
  return actions === 'all' || actions.includes(action);
}

/** The roles that count for the action: one's own, or those of whoever is acted for where that was delegated. */
export function rolesFor(
  action: string,
  { roles, actingFor }: { readonly roles: readonly HeldRole[]; readonly actingFor?: ActingFor | undefined },
): readonly HeldRole[] {
  if (actingFor === undefined) return roles;
  return covers(actingFor.actions, action) ? actingFor.roles : [];
}
