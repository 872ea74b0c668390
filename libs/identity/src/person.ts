import { Rejected } from '#event-store';
import type { Decider, Unmet } from '#event-store';
import { administers, isSameRole } from '#workflow';
import type { Classification, HeldRole, Role, UnitTree } from '#workflow';

/** A role at a unit, from a day to a day in Vietnam, both included. (Default: without end, from the beginning) */
export interface Grant extends HeldRole {
  readonly from?: string;
  readonly to?: string;
}

/** What the log holds in `person-<uuid>`: no name, no username, no hash. */
export type PersonEvent =
  | { readonly type: 'PersonRegistered'; readonly data: { readonly version: number; readonly commitment: string } }
  | { readonly type: 'RoleGranted'; readonly data: Grant }
  | { readonly type: 'RoleRevoked'; readonly data: HeldRole }
  | { readonly type: 'ClearanceGranted'; readonly data: { readonly clearance: Classification } };

/** What a decision about a person looks at besides their own past. */
interface PersonContext {
  readonly person: string;
  readonly by: { readonly id: string; readonly roles: readonly HeldRole[] };
  readonly units: UnitTree;
  /** Whether somebody else administers today. */
  readonly othersAdminister: boolean;
}

export type PersonCommand = (
  | { readonly action: 'register-person'; readonly version: number; readonly commitment: string; readonly clearance: Classification }
  | { readonly action: 'grant-role'; readonly grant: Grant }
  | { readonly action: 'revoke-role'; readonly role: Role; readonly unit: string }
  | { readonly action: 'set-clearance'; readonly clearance: Classification }
) & { readonly context: PersonContext };

export interface PersonState {
  readonly grants: readonly Grant[];
  readonly clearance: Classification;
}

/** What one person may do where, and see. A command that changes nothing leads to no event. */
export const person: Decider<PersonCommand, PersonState, PersonEvent> = {
  initial: { grants: [], clearance: 'none' },
  decide: (command, state) => {
    const [first, ...others] = unmetConditions(command);
    if (first) throw new Rejected([first, ...others]);
    return eventsOf(command, state);
  },
  evolve: (state, { type, data }) => {
    switch (type) {
      case 'PersonRegistered':
        return state;
      case 'RoleGranted':
        return { ...state, grants: [...without(state.grants, data), data] };
      case 'RoleRevoked':
        return { ...state, grants: without(state.grants, data) };
      case 'ClearanceGranted':
        return { ...state, clearance: data.clearance };
    }
  },
};

function eventsOf(command: PersonCommand, state: PersonState): readonly PersonEvent[] {
  const clearanceGranted = (clearance: Classification): readonly PersonEvent[] =>
    clearance === state.clearance ? [] : [{ type: 'ClearanceGranted', data: { clearance } }];
  switch (command.action) {
    case 'register-person': {
      const { version, commitment, clearance } = command;
      return [{ type: 'PersonRegistered', data: { version, commitment } }, ...clearanceGranted(clearance)];
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
      return clearanceGranted(command.clearance);
  }
}

function unmetConditions(command: PersonCommand): readonly Unmet[] {
  const { person: id, by, units, othersAdminister } = command.context;
  const unit = command.action === 'grant-role' ? command.grant.unit : command.action === 'revoke-role' ? command.unit : null;
  const authorised = unit === null ? by.roles.some(({ role }) => role === 'administrator') : administers(by.roles, unit, units);
  const gives = command.action === 'grant-role' || command.action === 'set-clearance';
  const isLast = command.action === 'revoke-role' && command.role === 'administrator' && !othersAdminister;
  return [
    ...(authorised ? [] : [{ code: 'not-authorised', message: 'This is for administrators of the unit or of one above it.' }]),
    ...(gives && by.id === id ? [{ code: 'same-person', message: 'Nobody gives themselves a role or a clearance.' }] : []),
    ...(command.action === 'grant-role' && units.get(command.grant.unit)?.closed === true
      ? [{ code: 'unit-closed', message: 'A closed unit takes nothing on.', path: 'unit' }]
      : []),
    ...(isLast ? [{ code: 'last-administrator', message: 'Somebody must remain who administers.' }] : []),
  ];
}

const without = (grants: readonly Grant[], held: HeldRole): readonly Grant[] => grants.filter((one) => !isSameRole(one, held));
