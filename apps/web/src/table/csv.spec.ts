import { describe, expect, it } from '@jest/globals';
import { csvOf } from './csv';

describe('A table as a file', () => {
  it('has every cell whole, and none that a spreadsheet would calculate', () => {
    const lines = [
      ['Đơn vị', 'Số'],
      ['=1+1; "x"', 3],
      ['-2+3', -2],
    ];
    expect(csvOf(lines, ';')).toBe('\uFEFFĐơn vị;Số\r\n"\'=1+1; ""x""";3\r\n\'-2+3;-2\r\n');
    expect(csvOf([['a,b', 1]], ',')).toBe('\uFEFF"a,b",1\r\n');
  });

  it('has figures that can be added up, also where they are written with their sign', () => {
    const figures = ['+2', '-1.234', '+1.234.567,50'];
    const none = ['-', '+84 900', '-1e5', '+2+3'];
    expect(csvOf([figures, none], ';')).toBe(`\uFEFF+2;-1.234;"+1.234.567,50"\r\n'-;'+84 900;'-1e5;'+2+3\r\n`);
  });
});
