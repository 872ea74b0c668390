import { treeAfterEvent } from '#identity';
import type { Level, Unit, UnitTree } from '#workflow';

/**
 * Terminology
 *
 * - step: what a decision says is to become of units, in the words of the law: merge, split, hand over a field, end a level
 * - act: one thing that is done for a step, to one unit or to the procedures that one unit keeps
 * - rest: what no other part of a split is given
 */

/** What a decision says. Units are ids; fields are texts, compared as the register compares them. */
export type Step =
  | { readonly kind: 'merge'; readonly unit: string; readonly into: string }
  | {
      readonly kind: 'split';
      readonly unit: string;
      readonly parts: readonly { readonly fields: readonly string[]; readonly to: string }[];
      /** What keeps everything else: the unit itself, which then goes on, or another one, and then it ends. */
      readonly rest: string;
    }
  | {
      readonly kind: 'transfer';
      readonly unit: string;
      readonly to: string;
      readonly which: { readonly fields: readonly string[] } | { readonly procedures: readonly string[] };
    }
  /** All units directly below that one end: each is succeeded by it, or by the unit that is named. */
  | {
      readonly kind: 'end-level';
      readonly below: string;
      readonly successors: readonly { readonly unit: string; readonly into: string }[];
    };

export const stepKinds = ['merge', 'split', 'transfer', 'end-level'] as const satisfies readonly Step['kind'][];

/** Which of a unit's procedures: of these fields, of all fields but these, or these procedures alone. */
export type Which =
  { readonly fields: readonly string[] } | { readonly exceptFields: readonly string[] } | { readonly procedures: readonly string[] };

export type Act =
  | { readonly act: 'merge'; readonly unit: string; readonly into: string }
  | { readonly act: 'move'; readonly unit: string; readonly parent: string }
  | { readonly act: 'transfer'; readonly from: string; readonly to: string; readonly which: Which }
  | { readonly act: 'close'; readonly unit: string };

/** Everything that a unit keeps. */
const everything: Which = { exceptFields: [] };

/** Units that the step names, each once. */
export function unitsIn(step: Step): readonly string[] {
  switch (step.kind) {
    case 'merge':
      return [step.unit, step.into];
    case 'split':
      return [...new Set([step.unit, ...step.parts.map(({ to }) => to), step.rest])];
    case 'transfer':
      return [step.unit, step.to];
    case 'end-level':
      return [...new Set([step.below, ...step.successors.flatMap(({ unit, into }) => [unit, into])])];
  }
}

/** What is done for a step where the tree stands so, in this order. */
export function actsOf(step: Step, tree: UnitTree): readonly Act[] {
  switch (step.kind) {
    case 'merge':
      return [{ act: 'merge', unit: step.unit, into: step.into }];
    case 'split': {
      const { unit, parts, rest } = step;
      const given = parts.map(({ fields, to }): Act => ({ act: 'transfer', from: unit, to, which: { fields } }));
      return rest === unit ? given : [...given, ...succession(unit, rest, { exceptFields: parts.flatMap(({ fields }) => fields) }, tree)];
    }
    case 'transfer':
      return [{ act: 'transfer', from: step.unit, to: step.to, which: step.which }];
    case 'end-level':
      return endingIn(step, tree).flatMap(({ unit, into }) =>
        tree.get(into)?.level === tree.get(unit)?.level && !tree.pathUp(unit).some(({ id }) => id === into)
          ? [{ act: 'merge' as const, unit, into }]
          : // Roles at a unit do not become roles at one above it: nobody decided that.
            succession(unit, into, everything, tree),
      );
  }
}

/** The units that end with a level, and what succeeds each. */
function endingIn({ below, successors }: Extract<Step, { kind: 'end-level' }>, tree: UnitTree): readonly { readonly unit: string; readonly into: string }[] {
  const named = new Map(successors.map(({ unit, into }) => [unit, into]));
  return childrenOf(below, tree).map(({ id }) => ({ unit: id, into: named.get(id) ?? below }));
} // prettier-ignore

/** One unit ends without becoming part of another: what stands below it is put below its successor, which is given its procedures. */
function succession(unit: string, to: string, which: Which, tree: UnitTree): readonly Act[] {
  // A unit that succeeds the one it stood below takes its place.
  const above = tree.get(unit)?.parent ?? to;
  return [
    ...childrenOf(unit, tree).map(({ id }): Act => ({ act: 'move', unit: id, parent: id === to ? above : to })),
    { act: 'transfer', from: unit, to, which },
    { act: 'close', unit },
  ];
}

/** Open units directly below, also by way of what became part of it. */
function childrenOf(unit: string, tree: UnitTree): readonly Unit[] {
  return tree.all().filter(({ parent, closed }) => closed !== true && parent !== null && tree.present(parent)?.id === unit);
}

/** The tree after the act; the same one where it changes nothing of it. */
export function treeAfter(tree: UnitTree, act: Act): UnitTree {
  switch (act.act) {
    case 'transfer':
      return tree;
    case 'move':
      return treeAfterEvent(tree, act.unit, { type: 'UnitMoved', data: { parent: act.parent } });
    case 'merge':
      return treeAfterEvent(tree, act.unit, { type: 'UnitMerged', data: { into: act.into } });
    case 'close':
      return treeAfterEvent(tree, act.unit, { type: 'UnitClosed', data: {} });
  }
}

/** Higher is nearer to the ministry. */
export const rankOfLevel: Readonly<Record<Level, number>> = { unit: 0, service: 1, ministry: 2 };
