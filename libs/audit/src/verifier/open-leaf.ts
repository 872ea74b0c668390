import { canonicalJson } from './canonical.js';
import { longestEntry } from './entry-bundles.js';
import type { Leaf } from './leaf.js';
import { Malformed } from './malformed.js';
import { equal, textOf, utf8 } from './octets.js';

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string';
const count: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const matching =
  (form: RegExp): Check =>
  (value) =>
    typeof value === 'string' && form.test(value);
const commitment = matching(/^[0-9a-f]{64}$/);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

const frame = {
  v: (value) => value === 1,
  index: count,
  id: matching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i),
  recordedAt: matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/),
  schemaVersion: count,
  data: commitment,
  metadata: commitment,
} satisfies Record<string, Check>;

const classified = { ...frame, head: commitment };

const clear = {
  ...frame,
  stream: text,
  revision: count,
  type: text,
  actor: object({ id: text, version: count, commitment: text, role: text, unit: text, onBehalfOf: optional(text) }),
  definition: optional(object({ id: text, version: count })),
  command: text,
  causation: text,
  correlation: text,
  batch: optional(text),
};

const isLeaf = (value: unknown): value is Leaf => object(classified)(value) || object(clear)(value);

/**
 * The leaf that these octets are, where they are one letter for letter as `leafOf` writes it: canonical, complete, nothing besides.
 * @throws Malformed
 */
export function openLeaf(octets: Uint8Array): Leaf {
  if (octets.length > longestEntry) throw new Malformed(`A leaf has at most ${longestEntry} octets.`);
  let leaf: unknown;
  try {
    leaf = JSON.parse(textOf(octets));
  } catch (error) {
    throw error instanceof Malformed ? error : new Malformed('A leaf is JSON.');
  }
  if (!isLeaf(leaf)) throw new Malformed('This is not a leaf of version 1.');
  if (!equal(utf8(canonicalJson(leaf)), octets)) throw new Malformed('A leaf is canonical JSON.');
  return leaf;
}

/** An object with these fields and no others. */
function object(checks: Readonly<Record<string, Check>>): Check {
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const given = new Map(Object.entries(value));
    return (
      Object.entries(checks).every(([name, check]) => check(given.get(name))) &&
      [...given.keys()].every((name) => Object.hasOwn(checks, name))
    );
  };
}
