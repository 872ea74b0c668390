import { describe, expect, it } from '@jest/globals';
import { sumOf } from './explained';

describe('What explains a cell', () => {
  it('adds up to its sum', () => {
    expect(sumOf([{ contributes: 3 }, { contributes: -1 }, { contributes: null }])).toEqual({
      ...{ number: 3, sum: 2, numerator: null, denominator: null, samples: 0 },
    });
  });

  it('adds up to both parts of a ratio, and counts what a median is taken of', () => {
    const ratio = [
      { contributes: 2, part: 'numerator' },
      { contributes: 5, part: 'denominator' },
    ] as const;
    expect(sumOf(ratio)).toMatchObject({ sum: null, numerator: 2, denominator: 5 });
    expect(
      sumOf([
        { contributes: 4, part: 'sample' },
        { contributes: null, part: 'sample' },
      ]),
    ).toMatchObject({ sum: null, samples: 2 });
  });
});
