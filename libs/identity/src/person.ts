import { Rejected } from '#event-store';
import type { Decider, Unmet } from '#event-store';
import { administeringRole, isCleared, isSameRole, unitClosed } from '#workflow';
import type { Classification, HeldRole, Role, UnitTree } from '#workflow';
import { governsForGood, isSamePerson, roleOverGrant, roleOverPerson } from './administering.js';
import type { Administrator, Standing } from './administering.js';

/** A role at a unit, from a day to a day in Vietnam, both included. (Default: without end, from the beginning) */
export interface Grant extends HeldRole {
  readonly from?: string;
  readonly to?: string;
}

/** What the log holds in `person-<uuid>`: no name, no username, no hash. */
export type PersonEvent =
  | {
      readonly type: 'PersonRegistered';
      readonly data: {
        readonly version: number;
        readonly commitment: string;
        /** Unit id: where they are looked after until they hold a role. (Default: at services and the ministry) */
        readonly unit?: string;
      };
    }
  | { readonly type: 'RoleGranted'; readonly data: Grant }
  | { readonly type: 'RoleRevoked'; readonly data: HeldRole }
  | { readonly type: 'ClearanceGranted'; readonly data: { readonly clearance: Classification } };

/** What a decision about a person looks at besides their own past. */
interface PersonContext {
  readonly person: string;
  readonly by: Administrator;
  readonly units: UnitTree;
  /** The date in Vietnam. */
  readonly today: string;
  /** Whether somebody else, who can sign in, administers a service or the ministry from today on without an end. */
  readonly othersAdminister: boolean;
}

export type PersonCommand = (
  | {
      readonly action: 'register-person';
      readonly version: number;
      readonly commitment: string;
      readonly clearance: Classification;
      /** Unit id: where they are looked after while they hold no role. */
      readonly unit: string;
    }
  | { readonly action: 'grant-role'; readonly grant: Grant }
  | { readonly action: 'revoke-role'; readonly role: Role; readonly unit: string }
  | { readonly action: 'set-clearance'; readonly clearance: Classification }
) & { readonly context: PersonContext };

export interface PersonState extends Standing {
  /** Null where the log says nothing of it: it may have been given before clearances stood there. */
  readonly clearance: Classification | null;
  /** How many events there are. */
  readonly stored: number;
}

/** Events of one person. Beyond them only what they have is taken back; an ordinary career is some dozens. */
const mostEvents = 1_000;

/** What one person may do where, and see. A command that changes nothing leads to no event. */
export const person: Decider<PersonCommand, PersonState, PersonEvent> = {
  initial: { grants: [], home: null, clearance: null, stored: 0 },
  decide: (command, state) => {
    const [first, ...others] = unmetConditions(command, state);
    if (first) throw new Rejected([first, ...others]);
    return eventsOf(command, state);
  },
  evolve: (before, { type, data }) => {
    const state = { ...before, stored: before.stored + 1 };
    switch (type) {
      case 'PersonRegistered':
        return { ...state, home: data.unit ?? null };
      case 'RoleGranted':
        return { ...state, grants: [...without(state.grants, data), data] };
      case 'RoleRevoked':
        return { ...state, grants: without(state.grants, data), home: data.unit };
      case 'ClearanceGranted':
        return { ...state, clearance: data.clearance };
    }
  },
  authority: authorisingRole,
};

function eventsOf(command: PersonCommand, state: PersonState): readonly PersonEvent[] {
  switch (command.action) {
    case 'register-person': {
      const { version, commitment, clearance, unit } = command;
      return [
        { type: 'PersonRegistered', data: { version, commitment, unit } },
        ...(clearance === 'none' ? [] : clearanceGranted(clearance, state)),
      ];
    }
    case 'grant-role': {
      const held = state.grants.find((one) => isSameRole(one, command.grant));
      const unchanged = held && held.from === command.grant.from && held.to === command.grant.to;
      return unchanged ? [] : [{ type: 'RoleGranted', data: command.grant }];
    }
    case 'revoke-role': {
      const { role, unit } = command;
      return state.grants.some((one) => isSameRole(one, command)) ? [{ type: 'RoleRevoked', data: { role, unit } }] : [];
    }
    case 'set-clearance':
      return clearanceGranted(command.clearance, state);
  }
}

/** What clears them for that; nothing where they are already. */
export function clearanceGranted(clearance: Classification, state: PersonState): readonly PersonEvent[] {
  return clearance === state.clearance ? [] : [{ type: 'ClearanceGranted', data: { clearance } }];
}

function unmetConditions(command: PersonCommand, state: PersonState): readonly Unmet[] {
  const { person: id, by, units } = command.context;
  const gives = command.action === 'grant-role' || command.action === 'set-clearance';
  return [
    ...notAuthorised(command, state),
    ...(gives && isSamePerson(by, id) ? [{ code: 'same-person', message: 'Nobody gives themselves a role or a clearance.' }] : []),
    ...(command.action === 'grant-role' ? unitClosed(units, command.grant.unit, 'unit') : []),
    ...(command.action === 'register-person' ? unitClosed(units, command.unit, 'unit') : []),
    ...(state.stored >= mostEvents && givesMore(command, state)
      ? [{ code: 'record-full', message: 'Roles and clearance of this person were changed so often that they can only be taken back.' }]
      : []),
    ...(isLast(command, state) ? [{ code: 'last-administrator', message: 'Somebody must remain who administers.' }] : []),
  ];
}

/** Whether it would be stored and is not there to take something back. */
function givesMore(command: PersonCommand, state: PersonState): boolean {
  const takesBack =
    command.action === 'revoke-role' || (command.action === 'set-clearance' && isCleared(state.clearance ?? 'none', command.clearance));
  return !takesBack && eventsOf(command, state).length > 0;
}

/** Whether nobody would be left who administers: also a role that ends, or begins later, leaves nobody. */
function isLast(command: PersonCommand, { grants }: PersonState): boolean {
  const { context } = command;
  if (context.othersAdminister) return false;
  if (command.action === 'revoke-role') return command.role === 'administrator' && !governsForGood(without(grants, command), context);
  if (command.action !== 'grant-role') return false;
  const changed = [...without(grants, command.grant), command.grant];
  return governsForGood(grants, context) && !governsForGood(changed, context);
}

function notAuthorised(command: PersonCommand, state: PersonState): readonly Unmet[] {
  const { by } = command.context;
  if (by.isProgram) return [{ code: 'not-authorised', message: 'A program makes nobody known and gives nobody anything.' }];
  if (!authorisingRole(command, state))
    return [{ code: 'not-authorised', message: 'This is for administrators of every unit that it concerns, or of one above.' }];
  if ('clearance' in command && !isCleared(by.clearance, command.clearance))
    return [{ code: 'not-authorised', message: 'Nobody gives a clearance that is higher than their own.', path: 'clearance' }];
  return [];
}

/** The role by which whoever orders it may; null when none does. */
function authorisingRole(command: PersonCommand, state: PersonState): HeldRole | null {
  const { by, units } = command.context;
  switch (command.action) {
    case 'register-person':
      return administeringRole(by.roles, command.unit, units);
    case 'grant-role':
      return roleOverPerson(by.roles, state, command.context) && roleOverGrant(by.roles, command.grant, units);
    case 'revoke-role':
      return roleOverGrant(by.roles, command, units);
    case 'set-clearance':
      return roleOverPerson(by.roles, state, command.context);
  }
}

const without = (grants: readonly Grant[], held: HeldRole): readonly Grant[] => grants.filter((one) => !isSameRole(one, held));
