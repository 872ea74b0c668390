import { describe, expect, it } from '@jest/globals';
import { fileNameFault } from './file-name.js';

describe('The name of a file', () => {
  it.each(['Quyết định 12.pdf', 'a.tar.txt', `${'ạ'.repeat(196)}.pdf`, 'báo cáo "quý 1" (bản ký).docx'])('may be %s', (name) => {
    expect(fileNameFault(name)).toBeNull();
  });

  it.each([
    ['a slash', '../etc/passwd.pdf'],
    ['a backslash', 'C:\\a.pdf'],
    ['two dots in a row', '..'],
    ['a line break', 'a.pdf\r\nSet-Cookie: a=b'],
    ['a NUL', 'a.pdf\0.exe'],
    ['a mark that turns the direction of writing', 'a\u202Efdp.exe'],
    ['a line separator', 'a\u2028.pdf'],
    ['a character that nobody sees', 'a\u200b.pdf'],
    ['a letter that fills nothing', 'a\u3164.pdf'],
    ['nothing', ' '],
    ['more than 200 characters', `${'a'.repeat(197)}.pdf`],
  ])('holds no %s', (_what, name) => {
    expect(fileNameFault(name)).toMatch(/^must /);
  });
});
