import type { Difference } from './history-queries';
import { leavesOf } from './values';
import type { Value } from './values';

export interface FieldDifference {
  readonly path: string;
  readonly before: Value | undefined;
  readonly after: Value | undefined;
}

/** What only follows from other fields. */
const derived = new Set(['phase', 'everPublished']);

/** Differences field by field: of what came or went as a whole, each of its fields. */
export function differencesOf(changes: readonly Difference[]): readonly FieldDifference[] {
  return changes
    .filter(({ path }) => !derived.has(path))
    .flatMap(({ path, before, after }) => {
      const [gone, come] = [new Map(leavesOf(before, path)), new Map(leavesOf(after, path))];
      return [...new Set([...gone.keys(), ...come.keys()])].map((at) => ({ path: at, before: gone.get(at), after: come.get(at) }));
    })
    .filter(({ before, after }) => before !== after);
}
