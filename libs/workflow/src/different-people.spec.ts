import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { differentPeople } from './different-people.js';

const tasks = ['a', 'b', 'c', 'd', 'e'];
const task = fc.constantFrom(...tasks);
const situation = fc.record({
  candidates: fc.array(fc.subarray(['1', '2', '3', '4']), { minLength: tasks.length, maxLength: tasks.length }),
  apart: fc.array(fc.tuple(task, task), { maxLength: 8 }),
});

/** Tries everything. */
function canBe(candidates: ReadonlyMap<string, readonly string[]>, apart: readonly (readonly [string, string])[]): boolean {
  const others = apart.filter(([one, other]) => one !== other);
  if (apart.some(([one, other]) => one === other && candidates.get(one)?.length === 1)) return false;
  const assign = (left: readonly string[], chosen: ReadonlyMap<string, string>): boolean => {
    const [next, ...rest] = left;
    if (next === undefined) return others.every(([one, other]) => chosen.get(one) !== chosen.get(other));
    return (candidates.get(next) ?? []).some((person) => assign(rest, new Map([...chosen, [next, person]])));
  };
  return assign([...candidates.keys()], new Map());
}

describe('Different people for tasks that are kept apart', () => {
  it('are found exactly when there is a way to choose them', () => {
    fc.assert(
      fc.property(situation, ({ candidates, apart }) => {
        const byTask = new Map(tasks.map((name, index) => [name, candidates[index] ?? []]));
        expect(differentPeople(byTask, apart)).toBe(canBe(byTask, apart));
      }),
      { numRuns: 500 },
    );
  });

  it('are known to be missing where twenty tasks have nineteen people', () => {
    const many = Array.from({ length: 20 }, (_, index) => `task ${String(index)}`);
    const people = Array.from({ length: 19 }, (_, index) => String(index));
    const apart = many.flatMap((one) => many.map((other) => [one, other] as const)).filter(([one, other]) => one !== other);
    expect(differentPeople(new Map(many.map((one) => [one, people])), apart)).toBe(false);
  });
});
