import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { savingOf } from './cost.js';
import type { CostSide } from './cost.js';

const places = 1_000_000n;
const dong = fc.integer({ min: 0, max: 1_000_000 });
const line = fc.record({ millionths: fc.integer({ min: 0, max: 1_000_000_000 }), fee: dong, service: dong });
const side = fc.record({
  lines: fc.array(line, { maxLength: 5 }),
  often: fc.oneof(
    fc.record({ timesPerYear: fc.integer({ min: 0, max: 365 }) }),
    fc.record({ everyYears: fc.integer({ min: 1, max: 100 }) }),
  ),
  subjectsPerYear: fc.integer({ min: 0, max: 1000 }),
});
type Side = typeof side extends fc.Arbitrary<infer Value> ? Value : never;

function asCost({ lines, often, ...counts }: Side): CostSide {
  const hours = (millionths: number) => `${String(Math.floor(millionths / 1e6))}.${String(millionths % 1e6).padStart(6, '0')}`;
  return { ...counts, ...often, lines: lines.map(({ millionths, fee, service }) => ({ hours: hours(millionths), fee, service })) };
}

/** The yearly cost, rounded half up, by whole numbers alone. */
function wholeDong(wage: number, { lines, often, subjectsPerYear }: Side): number {
  const once = lines.reduce((sum, one) => sum + BigInt(one.millionths) * BigInt(wage) + BigInt(one.fee + one.service) * places, 0n);
  const { timesPerYear = 1, everyYears = 1 } = { timesPerYear: undefined, everyYears: undefined, ...often };
  const over = once * BigInt(timesPerYear) * BigInt(subjectsPerYear);
  const under = places * BigInt(everyYears);
  return Number((over * 2n + under) / (under * 2n));
}

describe('Any compliance cost', () => {
  it('is what whole numbers make of it, rounded once, half up', () => {
    fc.assert(
      fc.property(dong, side, side, (hourlyWage, before, after) => {
        const exact = { before: wholeDong(hourlyWage, before), after: wholeDong(hourlyWage, after) };
        fc.pre(Number.isSafeInteger(exact.before) && Number.isSafeInteger(exact.after));
        const found = savingOf({ hourlyWage, before: asCost(before), after: asCost(after) });
        expect({ before: found.before.year, after: found.after.year }).toEqual(exact);
        expect(found.saving).toBe(exact.before - exact.after);
      }),
    );
  });
});
