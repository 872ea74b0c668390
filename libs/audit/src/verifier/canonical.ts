import { Malformed } from './malformed.js';
import { isWellFormed } from './octets.js';

/** Objects within objects; what is deeper is no record of anybody's work. */
export const mostLevels = 200;

/** What JSON writes otherwise than it stands, and halves of characters, which may be whole ones. */
const special = /["\\\u0000-\u001f\ud800-\udfff]/;

/** Names of fields as they are written; events have few of them, and a stranger's file cannot fill it. */
const writtenNames = new Map<string, string>();
const mostWrittenNames = 5000;

/**
 * Canonical JSON (RFC 8785) of plain data, as JSON.parse gives it: fields in the order of their names' UTF-16, numbers as
 * ECMAScript writes them. A field that is undefined is left out, as JSON.stringify has it.
 * @throws Malformed for what JSON does not have, for a lone surrogate, and for more than 200 levels
 */
export const canonicalJson = (value: unknown): string => written(value, 0);

function written(value: unknown, depth: number): string {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
      if (!Number.isFinite(value)) throw new Malformed('JSON has no such number.');
      return String(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      break;
    case 'bigint':
    case 'symbol':
    case 'undefined':
    case 'function':
      throw new Malformed(`JSON has no ${typeof value}.`);
  }
  if (value === null) return 'null';
  if (depth === mostLevels) throw new Malformed(`JSON of more than ${mostLevels} levels is not taken.`);
  return Array.isArray(value) ? list(value, depth + 1) : fields(value as Readonly<Record<string, unknown>>, depth + 1);
}

function list(values: readonly unknown[], depth: number): string {
  let items = '';
  for (const value of values) items += items === '' ? written(value, depth) : `,${written(value, depth)}`;
  return `[${items}]`;
}

function fields(value: Readonly<Record<string, unknown>>, depth: number): string {
  let pairs = '';
  for (const name of inOrder(Object.keys(value))) {
    const field = value[name];
    if (field !== undefined) pairs += (pairs === '' ? '' : ',') + writtenName(name) + written(field, depth);
  }
  return `{${pairs}}`;
}

/** The text as JSON. @throws Malformed for a lone surrogate */
export function quoted(text: string): string {
  if (!special.test(text)) return `"${text}"`;
  if (!isWellFormed(text)) throw new Malformed('Half a character (a lone surrogate) is none.');
  return JSON.stringify(text);
}

function writtenName(name: string): string {
  const known = writtenNames.get(name);
  if (known !== undefined) return known;
  const made = `${quoted(name)}:`;
  if (name.length <= 100 && writtenNames.size < mostWrittenNames) writtenNames.set(name, made);
  return made;
}

/** Sorted in place by UTF-16. Most objects have few fields, and there inserting is several times as fast as `sort`. */
function inOrder(names: string[]): readonly string[] {
  if (names.length > 20) return names.sort();
  for (let next = 1; next < names.length; next += 1) {
    const name = names[next] ?? '';
    let place = next;
    for (let before = names[place - 1]; before !== undefined && before > name; before = names[place - 1]) {
      names[place] = before;
      place -= 1;
    }
    names[place] = name;
  }
  return names;
}
