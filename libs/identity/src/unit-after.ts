import { UnitTree } from '#workflow';
import type { Unit } from '#workflow';
import type { UnitEvent } from './unit.js';

/** The unit after one of its events, for a tree as it once was; null while it is not registered. */
export function unitAfter(before: Unit | null, event: UnitEvent, id: string): Unit | null {
  switch (event.type) {
    case 'UnitRegistered':
      return { id, ...event.data };
    case 'UnitRenamed':
      return before && { ...before, name: event.data.name };
    case 'UnitMoved':
      return before && { ...before, parent: event.data.parent };
    case 'UnitMerged':
      return before && { ...before, closed: true, mergedInto: event.data.into };
    case 'UnitClosed':
      return before && { ...before, closed: true };
    default:
      // What another version of the product wrote.
      return before;
  }
}

/** The tree after an event of one of its units. */
export function treeAfterEvent(tree: UnitTree, id: string, event: UnitEvent): UnitTree {
  return new UnitTree(tree.all().map((one) => (one.id === id ? (unitAfter(one, event, id) ?? one) : one)));
}
