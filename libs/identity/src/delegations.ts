import { Rejected } from '#event-store';
import type { Authority, Decider, Unmet } from '#event-store';
import { covers, meet } from '#workflow';
import type { Delegation, Role, UnitTree } from '#workflow';
import { isSamePerson, roleOverPerson } from './administering.js';
import type { Administrator, Standing } from './administering.js';

/** What the log holds in `delegation-<person uuid>`, the stream of all that this person delegates. */
export type DelegationEvent =
  | { readonly type: 'DelegationGranted'; readonly data: Omit<Delegation, 'revoked'> }
  | { readonly type: 'DelegationRevoked'; readonly data: { readonly id: string; readonly reason?: string } };

interface DelegationContext {
  readonly by: Pick<Administrator, 'id' | 'roles' | 'countsAs' | 'isProgram'>;
  /** Whose delegations they are. */
  readonly from: Standing & Pick<Administrator, 'id' | 'isProgram'>;
  /** Who shall act; null where none is made. */
  readonly to: (Standing & Pick<Administrator, 'isProgram'>) | null;
  /** The date in Vietnam. */
  readonly today: string;
  /** Those of other people, as they stand now. */
  readonly others: readonly Delegation[];
  readonly units: UnitTree;
}

export type DelegationCommand = (
  | { readonly action: 'delegate'; readonly delegation: Omit<Delegation, 'revoked'> }
  | { readonly action: 'revoke-delegation'; readonly id: string; readonly reason?: string | undefined }
) & { readonly context: DelegationContext };

/** Delegations of one person, revoked ones included; beyond them none is made. Everybody's are kept in memory, and looked at for each. */
const mostDelegations = 1_000;

/** All that one person has delegated; the stream of one person, so that two at once cannot overlap. */
export const delegations: Decider<DelegationCommand, readonly Delegation[], DelegationEvent> = {
  initial: [],
  decide: (command, state) => {
    const [first, ...others] = unmetConditions(command, state);
    if (first) throw new Rejected([first, ...others]);
    if (command.action === 'delegate') return [{ type: 'DelegationGranted', data: fromToday(command) }];
    const standing = state.some((one) => one.id === command.id && !one.revoked);
    const { id, reason } = command;
    return standing ? [{ type: 'DelegationRevoked', data: { id, ...(reason !== undefined && { reason }) } }] : [];
  },
  evolve: (state, { type, data }) => {
    switch (type) {
      case 'DelegationGranted':
        return [...state, { ...data, revoked: false }];
      case 'DelegationRevoked':
        return state.map((one) => (one.id === data.id ? { ...one, revoked: true } : one));
    }
  },
  authority: authorityOf,
};

/** Roles whose work others can do: what an administrator orders, and what leaders and auditors read, is nobody else's. */
const working: readonly Role[] = ['officer', 'checker', 'authority'];

/** By which role somebody lets others be acted for; what is one’s own is delegated with no other right than the role whose work it is. */
function authorityOf({ context }: DelegationCommand): Authority | null {
  const { by, from, to } = context;
  if (by.id === from.id) return by.roles.find(({ role }) => working.includes(role)) ?? by.roles[0] ?? { role: 'none', unit: '' };
  const over = [from, ...(to ? [to] : [])].map((one) => roleOverPerson(by.roles, one, context));
  return over.every((one) => one !== null) ? (over[0] ?? null) : null;
}

/** It begins today at the earliest: what was done before was done without it, and shall not look as if it had been allowed. */
function fromToday({ delegation, context }: Extract<DelegationCommand, { action: 'delegate' }>): Omit<Delegation, 'revoked'> {
  return delegation.startsOn < context.today ? { ...delegation, startsOn: context.today } : delegation;
}

function unmetConditions(command: DelegationCommand, own: readonly Delegation[]): readonly Unmet[] {
  const { by, from, others } = command.context;
  const unmet: Unmet[] = [];
  if (!authorityOf(command))
    unmet.push({ code: 'not-authorised', message: 'One delegates what is one’s own; for others an administrator above both does.' });
  if (by.isProgram) unmet.push({ code: 'not-authorised', message: 'A program lets nobody act for anybody.' });
  if (command.action === 'revoke-delegation') return unmet;
  if (from.isProgram || command.context.to?.isProgram === true)
    unmet.push({ code: 'not-authorised', message: 'A program acts for nobody, and nobody for it.', path: 'to' });
  const { to, actions } = command.delegation;
  const meets = (one: Delegation): boolean => !one.revoked && meet(one, fromToday(command));
  const shared = (one: Delegation): boolean => actions === 'all' || actions.some((action) => covers(one.actions, action));
  if (to === from.id) unmet.push({ code: 'same-person', message: 'Nobody acts for themselves.', path: 'to' });
  if (isSamePerson(by, to) && by.id !== from.id)
    unmet.push({ code: 'same-person', message: 'Nobody makes themselves somebody’s substitute.', path: 'to' });
  if (own.some((one) => meets(one) && shared(one)))
    unmet.push({ code: 'delegation-overlap', message: 'On some of these days one of the actions is delegated already.' });
  if (own.length >= mostDelegations)
    unmet.push({ code: 'record-full', message: `${String(own.length)} delegations were made of this person's work, and no more are.` });
  if (others.some((one) => meets(one) && one.to === from.id) || [...own, ...others].some((one) => meets(one) && one.from === to))
    unmet.push({ code: 'delegation-chain', message: 'Whoever acts for somebody on these days delegates nothing on.' });
  return unmet;
}
