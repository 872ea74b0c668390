import type { UnitTree } from '#workflow';
import type { Handover } from './reorganisations-view.js';
import type { Which } from './steps.js';

/** A unit of today that does what another one did. */
export interface Successor {
  /** Unit id. */
  readonly unit: string;
  /** Of what it has been given, when it was given a part alone; null where it has all that nobody else was given. */
  readonly fields: readonly string[] | null;
  /** The way from the old unit, oldest first: how each was succeeded. */
  readonly by: readonly Succession[];
}

interface Succession {
  readonly how: 'merged' | 'given' | 'closed';
  readonly from: string;
  readonly to: string;
  /** The reorganisation by which it happened, with its decision; null where it was no part of one. */
  readonly reorganisation: Pick<Handover, 'reorganisation' | 'on' | 'decision'> | null;
}

/** However often units were split, no more are named. */
const mostSuccessors = 100;

/**
 * The units of today that do what the unit did: what it was merged into, however often; after a split one for each part; for one that was closed
 * the nearest open one above. The unit itself where it is open, and beside it those that took single fields of its. @param given The oldest first @param ended At which position of the log units ended
 */
export function successorsOf(
  unit: string,
  units: UnitTree,
  given: readonly Handover[],
  ended: ReadonlyMap<string, bigint>,
): readonly Successor[] {
  const found: Successor[] = [];
  // What a unit gave away before it was given something, or before another one became part of it, is not of that.
  const follow = (
    id: string,
    fields: readonly string[] | null,
    by: readonly Succession[],
    seen: readonly string[],
    after: bigint,
  ): void => {
    if (found.length >= mostSuccessors || seen.includes(id)) return;
    const one = units.get(id);
    if (!one) return;
    const onwards = (to: string, of: readonly string[] | null, step: Omit<Succession, 'from' | 'to'>, at = after): void =>
      follow(to, of, [...by, { ...step, from: id, to }], [...seen, id], at);
    const parts = given.filter((part) => part.at > after && part.from === id && !('procedures' in part.which));
    for (const { to, which, reorganisation, on, decision, at } of parts) {
      const of = fieldsIn(which, fields);
      if (of === null || of.length > 0) onwards(to, of, { how: 'given', reorganisation: { reorganisation, on, decision } }, at);
    }
    // Whoever has the rest goes on for it, unless that was given too.
    if (parts.some(({ which }) => 'exceptFields' in which)) return;
    const end = ended.get(id) ?? after;
    if (one.closed !== true) found.push({ unit: id, fields, by });
    else if (one.mergedInto != null) onwards(one.mergedInto, fields, { how: 'merged', reorganisation: null }, end);
    else {
      const above = units.successor(id);
      if (above) onwards(above.id, fields, { how: 'closed', reorganisation: null }, end);
    }
  };
  follow(unit, null, [], [], -1n);
  return distinct(found);
}

/** Which fields of those asked about are given; null for all that is left. */
function fieldsIn(which: Which, of: readonly string[] | null): readonly string[] | null {
  if ('fields' in which) return of === null ? which.fields : which.fields.filter((one) => of.includes(one));
  return of;
}

/** One for each unit and its fields, by the first way that leads there. */
function distinct(found: readonly Successor[]): readonly Successor[] {
  const keyOf = ({ unit, fields }: Successor): string => JSON.stringify([unit, fields]);
  return [...new Map([...found].reverse().map((one) => [keyOf(one), one])).values()].reverse();
}
