import { describe, expect, it } from '@jest/globals';
import { shownUnits, sumsBelow } from './unit-sums';

const unit = (id: string, parent: string | null, mergedInto: string | null = null) => ({ id, parent, mergedInto });
const units = [
  unit('ministry', null),
  unit('service', 'ministry'),
  unit('one', 'service'),
  unit('two', 'service'),
  unit('old', 'service', 'two'),
];
const number = ({ count }: { readonly count: number }): number => count;

describe('Figures of units', () => {
  const rows = [
    { unit: 'service', count: 3 },
    { unit: 'one', count: 2 },
    { unit: 'old', count: 5 },
  ];
  const sums = sumsBelow(units, rows, number);

  it('hold what is owned below them, and by what became part of them', () => {
    expect([...sums].sort()).toEqual([
      ['ministry', 10],
      ['old', 5],
      ['one', 2],
      ['service', 10],
      ['two', 5],
    ]);
  });

  it('begin where the tree branches, and go one step down from the chosen unit', () => {
    expect(shownUnits(units, sums)).toEqual(['service', 'one', 'two']);
    expect(shownUnits(units, sums, 'ministry')).toEqual(['ministry', 'service']);
    expect(shownUnits(units, sums, 'two')).toEqual(['two', 'old']);
    expect(shownUnits(units, new Map())).toEqual([]);
  });
});
