import { describe, expect, it } from '@jest/globals';
import { table } from './table.js';
import { inLine } from './terminal.js';

describe('What the command line prints', () => {
  it('shows what a terminal would obey or hide, and leaves words as they are', () => {
    expect(inLine('\u001b[2J\u0007\r\n\u009b1m')).toBe('\\u001b[2J\\u0007\\u000d\\u000a\\u009b1m');
    expect(inLine('a\u202eb\u2066c\u200bd\u2028e\u{e0041}')).toBe('a\\u202eb\\u2066c\\u200bd\\u2028e\\udb40\\udc41');
    for (const text of ['Thủ tục cấp phép “Đường 19/5” – bước 2', 'Thủ tục'.normalize('NFD'), '文書 ✓ 🚢', ''])
      expect(inLine(text)).toBe(text);
  });

  it('keeps its meaning where it is JSON', () => {
    const value = { title: 'a\u202eb\u009bc\u007f\u{e0041}"\\' };
    expect(JSON.parse(inLine(JSON.stringify(value)))).toEqual(value);
  });

  it('has one line for each row of a table, whatever is in it', () => {
    expect(table([['what', 'by'], ['a\nb\u001b[1A', 'c']]).split('\n')).toEqual(['what               by', '─────────────────  ──', 'a\\u000ab\\u001b[1A  c']); // prettier-ignore
  });
});
