import { describe, expect, it } from '@jest/globals';
import { InvalidBody } from '#event-store';
import { lowerMiddle } from './cost-inputs.js';
import { checkCost, savingOf, sensitivityOf } from './cost.js';
import type { CostInput } from './events.js';

const cost = { hourlyWage: 50_000, lines: [{ hours: '10', fee: 20_000, service: 0 }], timesPerYear: 2, subjectsPerYear: 100 };
const said = (input: string, figures?: readonly string[]): CostInput => ({
  input,
  source: 'Khảo sát',
  method: 'Phỏng vấn',
  ...(figures && { figures }),
});
const faults = (...inputs: readonly CostInput[]): readonly string[] => {
  try {
    checkCost({ ...cost, inputs }, 'cost');
    return [];
  } catch (error) {
    if (error instanceof InvalidBody) return error.errors.map(({ path }) => path);
    throw error;
  }
}; // prettier-ignore

describe('The figures of a cost form', () => {
  it('say where they come from, each once and only what is there', () => {
    expect(faults(said('lines.0.hours'), said('subjectsPerYear'), said('hourlyWage'))).toEqual([]);
    expect(faults(said('lines.1.hours'), said('everyYears'), said('lines.0.label'), said('__proto__'))).toEqual(
      [0, 1, 2, 3].map((at) => `cost.inputs.${String(at)}.input`),
    );
    expect(faults(said('lines.0.fee'), said('lines.0.fee'))).toEqual(['cost.inputs.1.input']);
  });

  it('are the lower middle one where sources differ', () => {
    expect([lowerMiddle(['12', '8', '10']), lowerMiddle(['12', '8', '10', '9']), lowerMiddle(['9'])]).toEqual(['10', '9', '9']);
    expect(faults(said('lines.0.hours', ['8', '10.0', '30']))).toEqual([]);
    expect(faults(said('lines.0.hours', ['8', '30']), said('subjectsPerYear', ['x']))).toEqual([
      'cost.inputs.0.figures',
      'cost.inputs.1.figures.0',
    ]);
  });
});

describe('What hangs on each part of a cost', () => {
  const costs = { hourlyWage: 50_000, before: cost, after: { ...cost, lines: [{ hours: '4', fee: 20_000, service: 0 }] } };
  it('is told by one part less and more, all else being the same', () => {
    const { saving } = savingOf(costs);
    const found = sensitivityOf(costs, 20);
    expect(found.find(({ part }) => part === 'time')).toMatchObject({ low: { saving: saving * 0.8 }, high: { saving: saving * 1.2 } });
    expect(found.find(({ part }) => part === 'subjects')).toMatchObject({ low: { saving: saving * 0.8 } });
    expect(found.find(({ part }) => part === 'fees')).toMatchObject({
      low: { saving, cutPercent: '58.14' },
      high: { cutPercent: '57.25' },
    });
    expect(found.find(({ part }) => part === 'services')).toMatchObject({ low: { saving }, high: { saving } });
  });
});
