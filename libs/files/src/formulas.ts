import { BrokenArchive } from './archive.js';
import { unreadable } from './markup.js';

/** How names are written in brackets: `Table[Col'[1]]` of Excel escapes, `['file:///a.ods'#$A.A1]` of OpenDocument quotes. */
export type Dialect = 'excel' | 'open-document';

/** No program takes a longer formula, in characters. */
export const longestFormula = 64 * 1024;

/** Functions that ask another program or a server, or that run what they are told; also behind a prefix, as `_xlfn.WEBSERVICE`. */
const askingFunctions = /(^|\.)(dde|webservice|rtd|call|register(\.id)?|exec|sql\.request|py)$/i;
const words = /[\p{L}\p{N}_.]+/uy;
const opening = /\s*\(/y;

/**
 * Whether a formula asks another program, also without a function: `cmd|'/c calc'!A0` is a channel of DDE to a program by that name
 * (ECMA-376, part 1, 18.17.2.3). In text, names and arrays the stroke is a stroke. @throws BrokenArchive when it is too long
 */
export function asksElsewhere(formula: string, dialect: Dialect): boolean {
  if (formula.length > longestFormula) throw new BrokenArchive(unreadable);
  // In tables of a text the stroke stands between the items of a list.
  const isWriters = dialect === 'open-document' && formula.startsWith('ooow:');
  const unclosed = new Set<string>();
  for (let at = 0; at < formula.length;) {
    const character = formula.charAt(at);
    if (character === '|' && !isWriters) return true;
    const close = unclosed.has(character) ? undefined : closings.get(character);
    const end = close?.(formula, at, dialect) ?? at;
    // What does not end is no text and no name; it is read on as if it had not begun, and not looked for again.
    if (close && end === at) unclosed.add(character);
    words.lastIndex = at;
    const word = close ? '' : (words.exec(formula)?.[0] ?? '');
    if (word !== '' && askingFunctions.test(word)) {
      opening.lastIndex = at + word.length;
      if (opening.test(formula)) return true;
    }
    at = Math.max(end, at + Math.max(word.length, 1));
  }
  return false;
}

/** Where what begins there has ended; where it begins when it does not. */
type Close = (formula: string, at: number, dialect: Dialect) => number;

/** A quote that is doubled ends one piece and begins the next. */
const quoted: Close = (formula, at) => formula.indexOf(formula.charAt(at), at + 1) + 1 || at;

const braced: Close = (formula, at) => {
  for (let index = at + 1; index < formula.length; index++) {
    const character = formula.charAt(index);
    if (character === '}') return index + 1;
    if (character === '"') {
      index = formula.indexOf('"', index + 1);
      if (index < 0) return at;
    }
  }
  return at;
};

const bracketed: Close = (formula, at, dialect) => {
  let depth = 0;
  for (let index = at; index < formula.length; index++) {
    const character = formula.charAt(index);
    if (character === '[') depth++;
    if (character === ']' && --depth === 0) return index + 1;
    if (character === "'") index = dialect === 'excel' ? index + 1 : formula.indexOf("'", index + 1);
    if (index < 0) return at;
  }
  return at;
};

const closings: ReadonlyMap<string, Close> = new Map([
  ['"', quoted],
  ["'", quoted],
  ['{', braced],
  ['[', bracketed],
]);
