import { describe, expect, it } from '@jest/globals';
import { passwordFault } from './passwords.js';

describe('a password', () => {
  it('is taken when it is long enough, whatever it is composed of', () => {
    for (const good of ['bốn con ngựa gỗ', 'aaaabbbbccccd', 'mot-hai-ba-bon', '日本語のパスワードです!', 'x'.repeat(3) + 'lmnopqrstuv'])
      expect(passwordFault(good, 'navy.officer1')).toBeNull();
  });

  it('has 12 to 200 characters, counted as people do and composed', () => {
    expect(passwordFault('mười một ký', 'a')?.message).toMatch(/12 to 200/);
    expect(passwordFault('mười một ký t'.normalize('NFD'), 'a')).toBeNull();
    // Eleven letters that decompose into more.
    expect(passwordFault('ườườườườ123'.normalize('NFD'), 'a')?.message).toMatch(/12 to 200/);
    expect(passwordFault('🐎🐂🐐🐓🐕', 'a')?.message).toMatch(/12 to 200/);
    expect(passwordFault('abcd'.repeat(50), 'a')).toBeNull();
    expect(passwordFault('abcd'.repeat(50) + 'e', 'a')?.message).toMatch(/12 to 200/);
  });

  it('is not a name from around the product, nor the username, with figures and signs about it', () => {
    for (const guessed of ['TinhGon@2026!!', 'Hải Quân 1955!', 'hai-quan-2026-', 'Navy2026!2026', 'navy.officer2026', '2026-Officer-navy'])
      expect([guessed, passwordFault(guessed, 'navy.officer1')?.message]).toEqual([
        guessed,
        guessed === '2026-Officer-navy' ? undefined : expect.stringMatching(/guessed/),
      ]);
    for (const good of ['202611071955', '7 tháng 5 1955', 'hải quân ra khơi']) expect(passwordFault(good, 'navy.officer1')).toBeNull();
  });

  it('is not the username, nor among those that are guessed first, in whatever case', () => {
    expect(passwordFault('Navy.Officer1', 'navy.officer1')?.message).toMatch(/username/);
    for (const guessed of ['Password1234', 'MatKhau123456', 'aaaaaaaaaaaa', '121212121212', '1q2w3e4r5t6y'])
      expect(passwordFault(guessed, 'navy.officer1')?.message).toMatch(/guessed/);
  });
});
