import { describe, expect, it } from '@jest/globals';
import { foldLine, hidesSomething, hidesSomethingInLines, tidyLine, tidyLines } from './plain-text.js';

describe('A text of one line', () => {
  it.each([
    ['ESC', '\u001b[2J'],
    ['BEL', '\u0007'],
    ['CR', '\r'],
    ['a line end', '\n'],
    ['a tab', '\t'],
    ['DEL', '\u007f'],
    ['a C1 control', '\u009b'],
    ['a direction override', '\u202e'],
    ['a direction isolate', '\u2066'],
    ['a direction mark', '\u200f'],
    ['a line separator', '\u2028'],
    ['a paragraph separator', '\u2029'],
    ['a zero-width space', '\u200b'],
    ['a zero-width joiner between letters', '\u200d'],
    ['a byte order mark', '\ufeff'],
    ['a soft hyphen', '\u00ad'],
    ['a letter that fills nothing', '\u3164'],
    ['a variation selector', '\ufe0f'],
    ['a tag', '\u{e0041}'],
    ['half a character', '\ud83d'],
  ])('hides something with %s in it', (_what, character) => {
    expect([hidesSomething(`a${character}b`), hidesSomething(character)]).toEqual([true, true]);
  });

  it('hides nothing in Vietnamese, in either Unicode form, in symbols and in emoji', () => {
    for (const text of ['Thủ tục đặc biệt – 12/QĐ-BQP (“nội bộ”) §3 №5 ½ 5 m²', 'Ký 👨‍👩‍👧‍👦 ❤️ 👩🏽‍⚕️ 3️⃣ 🏳️‍🌈'])
      for (const form of ['NFC', 'NFD'] as const) expect([text, hidesSomething(text.normalize(form))]).toEqual([text, false]);
  });

  it('is kept composed, with single spaces and none around it', () => {
    expect(tidyLine('  Thủ\u00a0 tục  '.normalize('NFD'))).toBe('Thủ tục');
  });

  it('is the same for whoever compares, whatever its case, spaces, width, Unicode form and what is not seen', () => {
    for (const text of ['VĂN PHÒNG', ' văn  phòng ', 'Văn phòng'.normalize('NFD'), 'Văn\u00a0phòng', 'Văn phòng\u200b', 'Văn ｐhòng'])
      expect(foldLine(text)).toBe('văn phòng');
    expect(foldLine('Vân phòng')).not.toBe('văn phòng');
  });
});

describe('A text of several lines', () => {
  it('has line ends and tabs, and nothing else that acts', () => {
    expect(hidesSomethingInLines('một\n\thai')).toBe(false);
    for (const character of ['\r', '\u001b', '\u202e', '\u2028']) expect(hidesSomethingInLines(`a${character}b`)).toBe(true);
    expect(tidyLines('một\r\nhai')).toBe('một\nhai');
  });
});
