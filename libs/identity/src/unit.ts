import { Rejected } from '#event-store';
import type { Decider, Unmet } from '#event-store';
import { administeringRole, unitClosed } from '#workflow';
import type { HeldRole, Level, UnitTree } from '#workflow';
import { rolesThatGrow } from './administering.js';
import { treeAfterEvent } from './unit-after.js';

/** What the log holds in `unit-<uuid>`. */
export type UnitEvent =
  | { readonly type: 'UnitRegistered'; readonly data: { readonly name: string; readonly level: Level; readonly parent: string | null } }
  | { readonly type: 'UnitRenamed'; readonly data: { readonly name: string } }
  | { readonly type: 'UnitMoved'; readonly data: { readonly parent: string } }
  | { readonly type: 'UnitMerged'; readonly data: { readonly into: string } }
  | { readonly type: 'UnitClosed'; readonly data: { readonly reason?: string } };

/** What a decision about a unit looks at besides its own past. */
interface UnitContext {
  readonly unit: string;
  readonly by: readonly HeldRole[];
  readonly units: UnitTree;
  /** Whether somebody would administer, who can sign in, if nobody held a role at this unit. */
  readonly othersAdminister: boolean;
  /** All that whoever orders it holds on any day, and whoever counts as them. None of it comes to count for more. (Default: nothing) */
  readonly held?: readonly HeldRole[];
}

export type UnitCommand = (
  | { readonly action: 'register-unit'; readonly name: string; readonly level: Level; readonly parent: string | null }
  | { readonly action: 'rename-unit'; readonly name: string }
  | { readonly action: 'move-unit'; readonly parent: string }
  | { readonly action: 'merge-unit'; readonly into: string }
  | { readonly action: 'close-unit'; readonly reason?: string | undefined }
) & { readonly context: UnitContext };

export type UnitState =
  | { readonly phase: 'unregistered' }
  | { readonly phase: 'open'; readonly name: string; readonly level: Level; readonly parent: string | null; readonly stored: number }
  | { readonly phase: 'closed' };

/** Events of one unit; beyond them it is only merged or closed. */
const mostEvents = 1_000;

/** Which levels may stand directly below which. */
const below: Readonly<Record<Level, readonly Level[]>> = { ministry: ['service'], service: ['unit'], unit: ['unit'] };

/** The life of one unit. A command that changes nothing leads to no event. */
export const unit: Decider<UnitCommand, UnitState, UnitEvent> = {
  initial: { phase: 'unregistered' },
  decide: (command, state) => {
    const unmet = unmetConditions(command, state);
    const [first, ...others] = unmet;
    if (first) throw new Rejected([first, ...others]);
    return eventsOf(command, state);
  },
  evolve: (state, { type, data }) => {
    switch (type) {
      case 'UnitRegistered':
        return { phase: 'open', name: data.name, level: data.level, parent: data.parent, stored: 1 };
      case 'UnitRenamed':
        return state.phase === 'open' ? { ...state, name: data.name, stored: state.stored + 1 } : state;
      case 'UnitMoved':
        return state.phase === 'open' ? { ...state, parent: data.parent, stored: state.stored + 1 } : state;
      case 'UnitMerged':
      case 'UnitClosed':
        return { phase: 'closed' };
    }
  },
  authority: authorityOf,
};

function eventsOf(command: UnitCommand, state: UnitState): readonly UnitEvent[] {
  switch (command.action) {
    case 'register-unit': {
      const { name, level, parent } = command;
      return [{ type: 'UnitRegistered', data: { name, level, parent } }];
    }
    case 'rename-unit':
      return state.phase === 'open' && state.name === command.name ? [] : [{ type: 'UnitRenamed', data: { name: command.name } }];
    case 'move-unit':
      return state.phase === 'open' && state.parent === command.parent ? [] : [{ type: 'UnitMoved', data: { parent: command.parent } }];
    case 'merge-unit':
      return [{ type: 'UnitMerged', data: { into: command.into } }];
    case 'close-unit':
      return [{ type: 'UnitClosed', data: command.reason === undefined ? {} : { reason: command.reason } }];
  }
}

function unmetConditions(command: UnitCommand, state: UnitState): readonly Unmet[] {
  const { unit: id, units } = command.context;
  const misplaced = placeFaults(command, state);
  return [
    ...(authorityOf(command) ? [] : [{ code: 'not-authorised', message: 'This is for administrators of the units that it concerns.' }]),
    ...(command.action !== 'register-unit' && state.phase === 'closed' ? closedItself(units, id) : []),
    ...misplaced,
    ...(isFull(command, state)
      ? [{ code: 'record-full', message: 'The unit was renamed and moved so often that it can only be merged or closed.' }]
      : []),
    ...(misplaced.length === 0 && state.phase === 'open' ? gainUnmet(command, state) : []),
    ...(command.action === 'close-unit' && units.hasOpenBelow(id)
      ? [{ code: 'unit-in-use', message: 'Move, merge or close the units below it first.' }]
      : []),
    ...(command.action === 'close-unit' && !command.context.othersAdminister
      ? [{ code: 'last-administrator', message: 'Somebody must remain who administers.' }]
      : []),
  ];
}

/** Nobody gives themselves a role, and so nobody moves or merges units where that makes a role of theirs count for more than before. */
function gainUnmet(command: UnitCommand, state: UnitState): readonly Unmet[] {
  const { unit: id, units, held = [] } = command.context;
  const moved = ['move-unit', 'merge-unit'].includes(command.action) ? eventsOf(command, state) : [];
  const after = moved.reduce((tree, event) => treeAfterEvent(tree, id, event), units);
  return rolesThatGrow(held, { before: units, after }).map((role) => ({
    code: 'same-person',
    message: `Your own role as ${role} would count for more than it does today: somebody else has to order it.`,
  }));
}

const isFull = (command: UnitCommand, state: UnitState): boolean =>
  ['rename-unit', 'move-unit'].includes(command.action) &&
  state.phase === 'open' && state.stored >= mostEvents && eventsOf(command, state).length > 0; // prettier-ignore

/** The role that counts at every unit that it concerns; where it takes several, the one at the unit itself. Null where one is missing. */
function authorityOf(command: UnitCommand): HeldRole | null {
  const { unit: id, by, units } = command.context;
  const over = (held: readonly HeldRole[]): readonly (HeldRole | null)[] =>
    placesOf(command).map((one) => administeringRole(held, one ?? id, units));
  const [whole] = by.filter((one) => over([one]).every((found) => found !== null));
  const each = over(by);
  return whole ?? (each.every((found) => found !== null) ? (each[0] ?? null) : null);
}

/** The tree may be behind what the unit itself says. */
function closedItself(units: UnitTree, id: string): readonly Unmet[] {
  const [closed = { code: 'unit-closed', message: 'The unit is closed.' }] = unitClosed(units, id);
  return [closed];
}

/** The units at which the administrator must stand; null is the unit itself. */
function placesOf(command: UnitCommand): readonly (string | null)[] {
  if (command.action === 'register-unit') return [command.parent];
  if (command.action === 'move-unit') return [null, command.parent];
  return command.action === 'merge-unit' ? [null, command.into] : [null];
}

function placeFaults(command: UnitCommand, state: UnitState): readonly Unmet[] {
  const { unit: id, units } = command.context;
  const misplaced = (message: string, path: string): Unmet => ({ code: 'unit-misplaced', message, path });
  if (command.action === 'register-unit') {
    const parent = command.parent === null ? undefined : units.get(command.parent);
    if (!parent) return command.level === 'ministry' ? [] : [misplaced('A service or unit stands below another one.', 'parent')];
    if (parent.closed === true) return unitClosed(units, parent.id, 'parent');
    return below[parent.level].includes(command.level)
      ? []
      : [misplaced(`A ${command.level} cannot stand below a ${parent.level}.`, 'parent')];
  }
  if (state.phase !== 'open') return [];
  if (command.action === 'move-unit') {
    const parent = units.get(command.parent);
    if (parent?.closed === true) return unitClosed(units, parent.id, 'parent');
    if (units.subtree(id).includes(command.parent)) return [misplaced('A unit cannot stand below itself.', 'parent')];
    return parent && below[parent.level].includes(state.level) ? [] : [misplaced(`A ${state.level} cannot stand there.`, 'parent')];
  }
  if (command.action !== 'merge-unit') return [];
  const into = units.get(command.into);
  if (into?.closed === true) return unitClosed(units, into.id, 'into');
  if (units.subtree(id).includes(command.into)) return [misplaced('A unit cannot become part of itself or of one below it.', 'into')];
  return into?.level === state.level ? [] : [misplaced('Units of one level can be merged.', 'into')];
}
