import type { components } from '../api/schema';
import { leavesOf } from '../form/leaves';
import type { Value } from '../form/leaves';

export type Change = components['schemas']['DifferenceAnswer'];

export interface FieldDifference {
  readonly path: string;
  readonly before: Value | undefined;
  readonly after: Value | undefined;
}

/** What only follows from other fields, and ids, which say nothing to people. */
const hidden = /^(phase|everPublished)$|^options\.\d+\.(id|origin|people)\b|\.hash$/;

/** Differences field by field: of what came or went as a whole, each of its fields. */
export function differencesOf(changes: readonly Change[]): readonly FieldDifference[] {
  return changes
    .flatMap(({ path, before, after }) => {
      const [gone, come] = [new Map(leavesOf(before, path)), new Map(leavesOf(after, path))];
      return [...new Set([...gone.keys(), ...come.keys()])].map((at) => ({ path: at, before: gone.get(at), after: come.get(at) }));
    })
    .filter(({ path, before, after }) => before !== after && !hidden.test(path));
}
