import { describe, expect, it } from '@jest/globals';
import { csvHeader, csvLine } from './register-csv.js';

describe('A line of CSV', () => {
  it('keeps separators, quotes and line ends inside of cells, with either separator', () => {
    expect(csvLine(['a,b', 'c;d', 'nói "đúng"', 'hai\ndòng', ''], ';')).toBe('"a,b";"c;d";"nói ""đúng""";"hai\ndòng";\r\n');
    expect(csvLine(['a', 'b'], ',')).toBe('a,b\r\n');
  });

  it('is no formula to a spreadsheet', () => {
    expect(csvLine(['=1+1', '+1', '-1', '@x', '\tx', '\rx', '=a,"b"', "'=", '1=1'], ',')).toBe(
      `'=1+1,'+1,'-1,'@x,'\tx,"'\rx","'=a,""b""",'=,1=1\r\n`,
    );
  });

  it('begins a file with what tells spreadsheets its encoding', () => {
    expect(csvHeader('vi', ';')).toMatch(/^\uFEFFMã định danh;Mã thủ tục;/);
    expect(csvHeader('en', ',')).toMatch(/^\uFEFFId,Code,.*\r\n$/);
  });
});
