import { describe, expect, it } from '@jest/globals';
import { costsIn } from './costs-in';

const line = { label: 'Nộp đơn', hours: '10', fee: 20000, service: 0 };
const cost = { hourlyWage: 31111, lines: [line], timesPerYear: 1, subjectsPerYear: 40 };

describe('the costs of an option', () => {
  it('are counted once both are whole', () => {
    const side = { lines: [{ hours: '10', fee: 20000, service: 0 }], subjectsPerYear: 40 };
    expect(costsIn({ option: { before: cost, after: { ...cost, timesPerYear: undefined, everyYears: 3 } } })).toEqual({
      hourlyWage: 31111,
      before: { ...side, timesPerYear: 1 },
      after: { ...side, everyYears: 3 },
    });
  });

  it.each([
    {},
    { option: { before: cost } },
    { option: { before: { ...cost, hourlyWage: undefined }, after: cost } },
    { option: { before: { ...cost, lines: [] }, after: cost } },
    { option: { before: cost, after: { ...cost, lines: [line, { fee: 1, service: 0 }] } } },
    { option: { before: cost, after: { ...cost, timesPerYear: undefined } } },
    { option: { before: { ...cost, subjectsPerYear: undefined }, after: cost } },
  ])('are not asked for while something is missing: %j', (body) => {
    expect(costsIn(body)).toBeNull();
  });
});
