interface Kept<Found> {
  readonly at: number;
  readonly found: Promise<Found | undefined>;
}

/**
 * Finds something out about things: in one go for those that are asked about together, and once for all who ask within a moment. What
 * fails fails for all of them.
 * @param find Leaves out those that there is nothing to tell about
 * @param keptMs After which it is found out anew
 * @param now In milliseconds. (Default: the clock of the process)
 * @returns Answers in the order of the things
 */
export function foundForAll<Thing extends object, Found>(
  find: (things: readonly Thing[]) => Promise<ReadonlyMap<Thing, Found>>,
  keptMs: number,
  now: () => number = () => performance.now(),
): (things: readonly Thing[]) => Promise<readonly Found[]> {
  const known = new WeakMap<Thing, Kept<Found>>();
  return async (things) => {
    const at = now();
    const asked = things.filter((thing) => at - (known.get(thing)?.at ?? -Infinity) >= keptMs);
    if (asked.length > 0) {
      const answer = find(asked);
      for (const thing of asked) known.set(thing, { at, found: answer.then((found) => found.get(thing)) });
    }
    const all = await Promise.all(things.flatMap((thing) => known.get(thing)?.found ?? []));
    return all.flatMap((found) => (found === undefined ? [] : [found]));
  };
}
