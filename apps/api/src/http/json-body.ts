import { Problem } from './problem.js';

/** Most bytes of a body. */
export const bodyLimit = 1024 * 1024;
const deepest = 32;
/** A calendar of 10,000 dates, the largest body that a call takes, has 30,000. */
const mostValues = 32_000;
/** As in Stream-Safe Text (UAX #15, 13): to put marks in order takes a time that grows with the square of their number. */
const manyMarks = /(?<!\p{M})\p{M}{31}/u;
const decoder = new TextDecoder('utf-8', { fatal: true });
/** They would reach into objects' prototypes. */
export const poisoned: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/**
 * A body as JSON, its texts composed (NFC); nothing at all reads as `{}`.
 * @throws Problem for what is no JSON, too deep or of too many values, or holds a name twice, a NUL, half a character or more than 30 marks in a row
 */
export function parseJsonBody(bytes: Buffer): unknown {
  if (bytes.length === 0) return {};
  const text = decode(bytes);
  // Before anything is made of it: a value in a list takes two bytes as text and many times as much of memory and time.
  checkStructure(text);
  const value = parse(text);
  // Letters that could be decomposed, and escapes that could hide something, are rare in large bodies of figures.
  return mayNeedComposing.test(text) ? composed(value, '') : value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw wrong('', 'is not JSON');
  }
}

const mayNeedComposing = /[^\x00-\x7f]|\\u/;

function decode(bytes: Buffer): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw wrong('', 'is not UTF-8');
  }
}

/** Looks at how deep the text goes, how many values it has and which names it repeats; whether it is JSON is not known yet. */
function checkStructure(text: string): void {
  const names: (Set<string> | null)[] = [];
  let nameNext = false;
  let values = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x7b: // {
      case 0x5b: // [
        nameNext = text[at] === '{';
        values++;
        if (names.push(nameNext ? new Set() : null) > deepest) throw wrong('', `is nested over ${String(deepest)} levels`);
        break;
      case 0x7d: // }
      case 0x5d: // ]
        names.pop();
        nameNext = false;
        break;
      case 0x2c: // ,
        nameNext = names.at(-1) instanceof Set;
        values++;
        break;
      case 0x22: {
        // "
        const end = endOfText(text, at);
        if (nameNext) seeName(text.slice(at, end + 1), names.at(-1));
        nameNext = false;
        at = end;
      }
    }
    if (values > mostValues) throw wrong('', `holds more than ${String(mostValues)} values`);
  }
}

function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === 0x22) return at;
  }
  return text.length;
}

function seeName(quoted: string, seen: Set<string> | null | undefined): void {
  const name = quoted.includes('\\') ? String(parse(quoted)) : quoted.slice(1, -1);
  if (poisoned.includes(name)) throw wrong('', `must not have a field ${name}`);
  if (seen?.has(name)) throw wrong(name, 'stands there twice');
  seen?.add(name);
}

function composed(value: unknown, path: string): unknown {
  if (typeof value === 'string') return composedText(value, path);
  if (Array.isArray(value)) return value.map((item: unknown, index) => composed(item, join(path, String(index))));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [composedText(name, join(path, 'name')), composed(item, join(path, name))]),
  );
}

function composedText(text: string, path: string): string {
  if (text.includes('\0')) throw wrong(path, 'must not hold a NUL character');
  if (/\p{Surrogate}/u.test(text)) throw wrong(path, 'must not hold half a character (a lone surrogate)');
  if (manyMarks.test(text)) throw wrong(path, 'must not hold more than 30 combining marks in a row');
  return text.normalize('NFC');
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

function wrong(path: string, message: string): Problem {
  return new Problem('invalid-body', { detail: `The body ${message}.`, errors: [{ path, message }] });
}
