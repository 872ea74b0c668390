import { administeringRole, unitClosed } from '#workflow';
import type { HeldRole } from '#workflow';
import type { Unmet } from '#event-store';
import { actingIn, notAuthorised } from './authorising.js';
import type { DecisionContext, Transfer } from './commands.js';
import type { IsoDate } from './events.js';
import type { Judged } from './procedure.js';
import type { RegisteredProcedure } from './state.js';
import { verdict } from './verdict.js';
import type { Verdict } from './verdict.js';

/**
 * Another unit keeps the procedure from now on, with all its past; it stays in its stage, and what has ended is given too. However full its
 * record is, it is given: it would be left with a unit that is no more.
 */
export function transferred(transfer: Transfer, occurredOn: IsoDate, state: RegisteredProcedure, context: DecisionContext): Judged {
  const { from, to, reorganisation, step, decision } = transfer;
  return {
    verdicts: [
      mayTransfer(transfer, state, context),
      verdict('unit-closed', unitClosed(context.units, to, 'to'), 'units', () => ({ says: { to, open: context.units.get(to)?.closed !== true } })),
      isKeptThere(transfer, state, context),
    ],
    event: () => ({ type: 'ProcedureTransferred', data: { occurredOn, stage: state.stage, from, to, reorganisation, step, decision } }),
  };
} // prettier-ignore

/** Whether the actor administers both units. */
function mayTransfer(transfer: Transfer, state: RegisteredProcedure, context: DecisionContext): Verdict {
  const held = transferringRole(transfer, state, context);
  const above = (unit: string): readonly string[] => context.units.pathUp(unit).map(({ id }) => id);
  return verdict('not-authorised', held ? [] : [notAuthorised('transfer')], 'authority', () => ({
    says: {
      ...actingIn('transfer', context),
      rules: [state.owningUnit, transfer.to].map((unit) => ({ rule: 'transfer', role: 'administrator', units: above(unit) })),
      classification: state.classification ?? 'none',
      held,
    },
  }));
}

/**
 * The role by which somebody gives it there: of an administrator of both units, or of one above both. How secret it is does not matter:
 * a unit that ends keeps nothing back, and whoever reorganises sees no more by it. Null when none lets them.
 */
export function transferringRole({ to }: Transfer, { owningUnit }: Pick<RegisteredProcedure, 'owningUnit'>, { actor, units }: DecisionContext): HeldRole | null {
  // Nobody administers for somebody else.
  if (actor.actingFor) return null;
  return administeringRole(actor.roles, to, units) && administeringRole(actor.roles, owningUnit, units);
} // prettier-ignore

function isKeptThere({ from }: Transfer, { owningUnit, records }: RegisteredProcedure, { units }: DecisionContext): Verdict<Unmet> {
  const isKept = units.present(owningUnit)?.id === units.present(from)?.id;
  const unmet = isKept ? [] : [{ code: 'not-kept-there', message: 'Another unit keeps it by now.', path: 'from' }];
  return verdict<Unmet>('not-kept-there', unmet, 'units', () => ({ says: { from, keptBy: owningUnit }, revisions: [records.length - 1] }));
}
