import { unmetIn } from '#event-store';
import type { FieldError, Unmet } from '#event-store';
import { foldLine } from '#platform';
import { rolesThatGrow, unit as unitLife } from '#identity';
import { administeringRole, unitClosed } from '#workflow';
import type { HeldRole, UnitTree } from '#workflow';
import { actsOf, rankOfLevel, treeAfter, unitsIn } from './steps.js';
import type { Act, Step } from './steps.js';

/** Who would have it done, and how units stand. */
export interface Circumstances {
  readonly by: {
    /** Those that count today. */
    readonly roles: readonly HeldRole[];
    /** All that they hold on any day, and those of whoever counts as them. */
    readonly held: readonly HeldRole[];
  };
  readonly units: UnitTree;
  /** Whether somebody would administer if nobody held a role at this unit. */
  readonly othersAdminister: (unit: string) => boolean;
}

/** What would be done for the steps, one after the other, and what stands against it. */
interface Judged {
  /** By step. */
  readonly acts: readonly (readonly Act[])[];
  /** Paths begin with `steps.`. */
  readonly unmet: readonly Unmet[];
}

/** Named at once; who has more of them has one cause. */
const mostUnmet = 50;

/** Follows the steps from where units stand today, each on the tree that those before it leave. */
export function judged(steps: readonly Step[], { by, units, othersAdminister }: Circumstances): Judged {
  const acts: (readonly Act[])[] = [];
  const faults: Unmet[] = [];
  let tree = units;
  for (const [index, step] of steps.entries()) {
    const own = actsOf(step, tree);
    for (const act of own) {
      const unmet = unmetByAct(act, { by, units: tree, othersAdminister });
      faults.push(...unmet.map(({ code, message }) => ({ code, message, path: `steps.${String(index)}` })));
      if (unmet.length === 0) tree = treeAfter(tree, act);
    }
    acts.push(own);
  }
  const named = [...new Set(steps.flatMap(unitsIn))];
  const others = named.filter((unit) => !administeringRole(by.roles, unit, units));
  const unmet = [
    ...(others.length > 0 ? [{ code: 'not-authorised', message: 'This is for administrators of all units that it concerns, or of one above.' }] : []),
    ...faults.filter(({ code }) => code !== 'not-authorised'),
    ...(others.length === 0 && faults.some(({ code }) => code === 'not-authorised') ? faults.filter(({ code }) => code === 'not-authorised').slice(0, 1) : []),
    ...gainUnmet(by.held, units, tree, acts.flat()),
  ]; // prettier-ignore
  return { acts, unmet: unmet.slice(0, mostUnmet) };
}

/** What the fields say that no plan can mean; units are there. */
export function wrongIn(steps: readonly Step[], units: UnitTree): readonly FieldError[] {
  return steps.flatMap((step, index) => wrongInStep(step, units).map(({ path, ...error }) => ({ path: `steps.${String(index)}.${path}`, ...error })));
} // prettier-ignore

function wrongInStep(step: Step, units: UnitTree): readonly FieldError[] {
  const another = (path: string): FieldError => ({ path, message: 'must be another unit', vi: 'phải là đơn vị khác' });
  switch (step.kind) {
    case 'merge':
      return step.into === step.unit ? [another('into')] : [];
    case 'transfer':
      return step.to === step.unit ? [another('to')] : [];
    case 'split': {
      const fields = step.parts.flatMap((part) => part.fields.map((field) => foldLine(field)));
      return [
        ...step.parts.flatMap(({ to }, index) => (to === step.unit || to === step.rest ? [another(`parts.${String(index)}.to`)] : [])),
        ...(new Set(fields).size < fields.length ? [{ path: 'parts', message: 'must name each field once', vi: 'mỗi lĩnh vực chỉ được nêu một lần' }] : []),
      ];
    }
    case 'end-level':
      return step.successors.flatMap(({ unit, into }, index) => {
        const at = `successors.${String(index)}`;
        const ends = units.get(unit);
        const isBelow = ends?.closed !== true && ends?.parent != null && units.present(ends.parent)?.id === step.below;
        const target = units.get(into);
        const isBeside = target?.closed !== true && target?.parent != null && units.present(target.parent)?.id === step.below;
        const isLower = ends && target && rankOfLevel[target.level] < rankOfLevel[ends.level];
        return [
          ...(isBelow ? [] : [{ path: `${at}.unit`, message: 'is no open unit directly below', vi: 'không phải là đơn vị đang hoạt động trực thuộc' }]),
          ...(isBeside || isLower === true ? [{ path: `${at}.into`, message: 'must not end with the level, nor stand below it', vi: 'không được là đơn vị của cấp bị bỏ hoặc cấp dưới' }] : []),
        ];
      });
  }
} // prettier-ignore

/** The rules of single orders about units hold for each act; what is given to a unit needs both administered, and the one open. */
function unmetByAct(act: Act, { by, units, othersAdminister }: Circumstances): readonly Unmet[] {
  if (act.act === 'transfer') return [...unitClosed(units, act.to), ...keepsNothing(act.from, units)];
  return unmetIn(() => decideOnUnit(act, { roles: by.roles, units, othersAdminister }));
}

/** What became part of another unit keeps nothing any more; what was closed otherwise may. */
const keepsNothing = (unit: string, units: UnitTree): readonly Unmet[] =>
  units.get(unit)?.mergedInto == null ? [] : unitClosed(units, unit);

/** What the act leads to in the life of its unit, as the tree has it. @throws Rejected */
function decideOnUnit(
  act: Exclude<Act, { act: 'transfer' }>,
  { roles, units, othersAdminister }: { readonly roles: readonly HeldRole[] } & Pick<Circumstances, 'units' | 'othersAdminister'>,
): void {
  const one = units.get(act.unit);
  const state =
    one && one.closed !== true
      ? ({ phase: 'open', name: one.name, level: one.level, parent: one.parent, stored: 0 } as const)
      : ({ phase: 'closed' } as const);
  const context = { unit: act.unit, by: roles, units, othersAdminister: othersAdminister(act.unit) };
  unitLife.decide({ ...unitCommandOf(act), context }, state);
}

/** The order about the unit that the act is. */
export function unitCommandOf(act: Exclude<Act, { act: 'transfer' }>): 
  | { readonly action: 'merge-unit'; readonly into: string }
  | { readonly action: 'move-unit'; readonly parent: string }
  | { readonly action: 'close-unit' } {
  if (act.act === 'merge') return { action: 'merge-unit', into: act.into };
  return act.act === 'move' ? { action: 'move-unit', parent: act.parent } : { action: 'close-unit' };
} // prettier-ignore

/**
 * Nobody gives themselves a role, and so nobody plans what would make a role of theirs count for procedures for which it does not count today: by a
 * merge, a move or a transfer.
 */
function gainUnmet(held: readonly HeldRole[], before: UnitTree, after: UnitTree, acts: readonly Act[]): readonly Unmet[] {
  const given = acts.flatMap((act) => (act.act === 'transfer' ? [act] : []));
  return rolesThatGrow(held, { before, after, given }).map((role) => ({
    code: 'same-person',
    message: `Your own role as ${role} would count for more than it does today: somebody else has to plan it.`,
  }));
} // prettier-ignore
