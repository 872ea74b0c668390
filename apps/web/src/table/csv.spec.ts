import { describe, expect, it } from '@jest/globals';
import { csvOf } from './csv';

describe('A table as a file', () => {
  it('has every cell whole, and none that a spreadsheet would calculate', () => {
    const lines = [
      ['Đơn vị', 'Số'],
      ['=1+1; "x"', 3],
      ['-2', -2],
    ];
    expect(csvOf(lines, ';')).toBe('\uFEFFĐơn vị;Số\r\n"\'=1+1; ""x""";3\r\n\'-2;-2\r\n');
    expect(csvOf([['a,b', 1]], ',')).toBe('\uFEFF"a,b",1\r\n');
  });
});
