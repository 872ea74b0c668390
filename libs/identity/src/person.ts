import { Rejected } from '#event-store';
import type { Decider, Unmet } from '#event-store';
import { administeringRole, isCleared, isSameRole, unitClosed } from '#workflow';
import type { Classification, HeldRole, Role, UnitTree } from '#workflow';
import { governingRoles, governsForGood, isSamePerson, isStanding, roleOverGrant, roleOverPerson } from './administering.js';
import type { Administrator, Standing } from './administering.js';

/** A role at a unit, from a day to a day in Vietnam, both included. (Default: without end, from the beginning) */
export interface Grant extends HeldRole {
  readonly from?: string;
  readonly to?: string;
}

/** On what ground somebody is erased; it stands in the log for ever. */
export interface Erasure {
  readonly legalBasis: string;
  /** (Default: none was given) */
  readonly reason?: string;
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
  | { readonly type: 'ClearanceGranted'; readonly data: { readonly clearance: Classification } }
  /** What stands about them in the database is removed from here on, and the salts of the events before it. */
  | { readonly type: 'PersonErased'; readonly data: Erasure };

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
  | {
      readonly action: 'erase-person';
      readonly erasure: Erasure;
      /** Whether it is a service account. */
      readonly isProgram: boolean;
      /** Whether they made a key of a service account that is good. */
      readonly holdsKeys: boolean;
    }
) & { readonly context: PersonContext };

export interface PersonState extends Standing {
  /** Null where the log says nothing of it: it may have been given before clearances stood there. */
  readonly clearance: Classification | null;
  /** For good: nothing is given to them, and nothing is known of them but what they did. */
  readonly erased: boolean;
  /** How many events there are. */
  readonly stored: number;
}

/** Events of one person. Beyond them only what they have is taken back; an ordinary career is some dozens. */
const mostEvents = 1_000;

/** What one person may do where, and see. A command that changes nothing leads to no event. */
export const person: Decider<PersonCommand, PersonState, PersonEvent> = {
  initial: { grants: [], home: null, clearance: null, erased: false, stored: 0 },
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
      case 'PersonErased':
        return { ...state, erased: true };
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
    case 'erase-person':
      return [{ type: 'PersonErased', data: command.erasure }];
  }
}

/** What clears them for that; nothing where they are already. */
export function clearanceGranted(clearance: Classification, state: PersonState): readonly PersonEvent[] {
  return clearance === state.clearance ? [] : [{ type: 'ClearanceGranted', data: { clearance } }];
}

function unmetConditions(command: PersonCommand, state: PersonState): readonly Unmet[] {
  const refused = notAuthorised(command, state);
  if (state.erased) return [...refused, { code: 'person-erased', message: 'The person was erased.' }];
  if (command.action === 'erase-person') return refused.length > 0 ? refused : notErasable(command, state);
  const { person: id, by, units } = command.context;
  const gives = command.action === 'grant-role' || command.action === 'set-clearance';
  return [
    ...refused,
    ...(gives && isSamePerson(by, id) ? [{ code: 'same-person', message: 'Nobody gives themselves a role or a clearance.' }] : []),
    ...(command.action === 'grant-role' ? unitClosed(units, command.grant.unit, 'unit') : []),
    ...(command.action === 'register-person' ? unitClosed(units, command.unit, 'unit') : []),
    ...(state.stored >= mostEvents && givesMore(command, state)
      ? [{ code: 'record-full', message: 'Roles and clearance of this person were changed so often that they can only be taken back.' }]
      : []),
    ...(isLast(command, state) ? [{ code: 'last-administrator', message: 'Somebody must remain who administers.' }] : []),
  ];
}

/** Their roles are taken back first, so that what they do is not lost unseen, and the last administrator stays. */
function notErasable(
  { isProgram, holdsKeys, context }: Extract<PersonCommand, { action: 'erase-person' }>,
  { grants }: PersonState,
): readonly Unmet[] {
  return [
    ...(isProgram ? [{ code: 'not-authorised', message: 'A program is nobody: its keys are revoked.' }] : []),
    ...(isSamePerson(context.by, context.person) ? [{ code: 'same-person', message: 'Nobody erases themselves.' }] : []),
    ...(grants.some((one) => isStanding(one, context.today)) ? [{ code: 'roles-held', message: 'Their roles are taken back first.' }] : []),
    ...(holdsKeys ? [{ code: 'keys-held', message: 'They made keys of programs that are good: have them rotated or revoked first.' }] : []),
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
    case 'erase-person':
      return roleOverPerson(governingRoles(by.roles, units), state, command.context);
  }
}

const without = (grants: readonly Grant[], held: HeldRole): readonly Grant[] => grants.filter((one) => !isSameRole(one, held));
