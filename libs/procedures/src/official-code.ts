import { foldLine, hidesSomething } from '#platform';
import { mostCharacters } from './limits.js';

/** Letters of the Latin alphabet with their marks, digits, and the signs of a keyboard: a twin from another alphabet makes no second code. */
const readable = /^[\p{Script=Latin}\d !-/:-@[-`{-~]+$/u;
const dashes = /[\p{Pd}\u2212]/gu;

/** An official code as it is kept: one width, one dash (`1.012753.H19`, `1.001234.000.00.00.H01`). */
export function tidyCode(code: string): string {
  return code
    .normalize('NFKC')
    .replace(dashes, '-')
    .replace(/\p{Zs}/gu, ' ');
}

/** How codes are compared: what differs only in case, width, dashes, spaces or what is not seen is one code. */
export function foldCode(code: string): string {
  return foldLine(tidyCode(code)).replace(/ /g, '').toUpperCase();
}

/** The stream of who reserved a code, by what codes fold to. */
export const codeStream = (folded: string): string => `code-${encodeURIComponent(folded)}`;

/** What is wrong with an official code, which completes a sentence that begins with its path; null when nothing is. */
export function faultOfCode(code: unknown): string | null {
  if (typeof code !== 'string') return 'must be text';
  const tidy = tidyCode(code);
  if (tidy.trim() === '') return 'must not be blank';
  if (tidy.trim() !== tidy) return 'must not begin or end with a space';
  if (hidesSomething(code) || !readable.test(tidy)) return 'must be of Latin letters, digits and signs that are seen';
  return Array.from(tidy).length > mostCharacters.code ? `must have at most ${String(mostCharacters.code)} characters` : null;
}
