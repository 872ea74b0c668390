import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { savingOf } from './cost.js';
import type { CostSide } from './cost.js';

const places = 1_000_000n;
const dong = fc.integer({ min: 0, max: 1_000_000 });
const line = fc.record({ millionths: fc.integer({ min: 0, max: 1_000_000_000 }), fee: dong, service: dong });
const side = fc.record({
  lines: fc.array(line, { maxLength: 5 }),
  timesPerYear: fc.integer({ min: 0, max: 365 }),
  subjectsPerYear: fc.integer({ min: 0, max: 1000 }),
});
type Side = typeof side extends fc.Arbitrary<infer Value> ? Value : never;

function asCost({ lines, ...counts }: Side): CostSide {
  const hours = (millionths: number) => `${String(Math.floor(millionths / 1e6))}.${String(millionths % 1e6).padStart(6, '0')}`;
  return { ...counts, lines: lines.map(({ millionths, fee, service }) => ({ hours: hours(millionths), fee, service })) };
}

/** The yearly cost in millionths of a đồng, by whole numbers alone. */
function millionthsOf(wage: number, { lines, timesPerYear, subjectsPerYear }: Side): bigint {
  const once = lines.reduce((sum, one) => sum + BigInt(one.millionths) * BigInt(wage) + BigInt(one.fee + one.service) * places, 0n);
  return once * BigInt(timesPerYear) * BigInt(subjectsPerYear);
}

const wholeDong = (millionths: bigint) => Number((millionths + places / 2n) / places);

describe('Any compliance cost', () => {
  it('is what whole numbers make of it, rounded once, half up', () => {
    fc.assert(
      fc.property(dong, side, side, (hourlyWage, before, after) => {
        const exact = { before: wholeDong(millionthsOf(hourlyWage, before)), after: wholeDong(millionthsOf(hourlyWage, after)) };
        fc.pre(Number.isSafeInteger(exact.before) && Number.isSafeInteger(exact.after));
        const found = savingOf({ hourlyWage, before: asCost(before), after: asCost(after) });
        expect({ before: found.before.year, after: found.after.year }).toEqual(exact);
        expect(found.saving).toBe(exact.before - exact.after);
      }),
    );
  });
});
