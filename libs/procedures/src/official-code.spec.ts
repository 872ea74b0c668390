import { describe, expect, it } from '@jest/globals';
import { faultOfCode, foldCode, tidyCode } from './official-code.js';

describe('An official code', () => {
  it.each(['1.012753.H19', '1.001234.000.00.00.H01', '1.001', 'QT-07/BQP', 'ĐB 12'])('%s is one, and stays as it is', (code) => {
    expect([faultOfCode(code), tidyCode(code)]).toEqual([null, code]);
  });

  it.each([
    ['in another case', '1.012753.h19'],
    ['of full width', '１.０１２７５３．Ｈ１９'],
    ['with spaces', '1.012753. H19'],
    ['with a zero-width space', '1.012753\u200b.H19'],
    ['with a soft hyphen', '1.0127\u00ad53.H19'],
    ['with a variation selector', '1\ufe0f.012753.H19'],
  ])('%s is the same one', (_what, code) => {
    expect(foldCode(code)).toBe('1.012753.H19');
  });

  it('is the same with any dash, and in either Unicode form', () => {
    for (const dash of ['-', '‐', '‑', '–', '—', '−', '－']) expect(foldCode(`qt${dash}07`)).toBe('QT-07');
    expect(foldCode('đb-Ế'.normalize('NFD'))).toBe(foldCode('ĐB-ế'));
    expect(foldCode('DB-Ế')).not.toBe(foldCode('ĐB-Ế'));
  });

  it.each([
    ['a character that nobody sees', '1.001\u200b'],
    ['a control character', '1.001\u0007'],
    ['a letter of another alphabet', '1.012753.\u041d19'],
    ['spaces around it', ' 1.001'],
    ['nothing in it', ' '],
    ['over a hundred characters', '1'.repeat(101)],
  ])('with %s is refused', (_what, code) => {
    expect(faultOfCode(code)).toEqual(expect.any(String));
  });
});
