import { longestEntry } from './entry-bundles.js';
import { canonicalLeaf, type Leaf } from './leaf.js';
import { Malformed } from './malformed.js';
import { textOf } from './octets.js';

/** A parsed object of which nothing is known yet. */
type Given = Readonly<Record<string, unknown>>;

/**
 * The leaf that these octets are, where they are one letter for letter as `leafOf` writes it: canonical, complete, nothing besides.
 * @throws Malformed
 */
export function openLeaf(octets: Uint8Array): Leaf {
  if (octets.length > longestEntry) throw new Malformed(`A leaf has at most ${longestEntry} octets.`);
  const text = textOf(octets);
  const leaf = parsed(text);
  if (!isLeaf(leaf)) throw new Malformed('This is not a leaf of version 1.');
  // Only what is known is written again: a field too many, twice or in another place makes another text.
  if (canonicalLeaf(leaf, leaf) !== text) throw new Malformed('A leaf is canonical JSON without any further field.');
  return leaf;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Malformed('A leaf is JSON.');
  }
}

function isLeaf(value: unknown): value is Leaf {
  if (!isObject(value) || !isFrame(value)) return false;
  return 'head' in value ? isCommitment(value['head']) : isHead(value);
}

const isFrame = ({ v, index, id, recordedAt, schemaVersion, data, metadata }: Given): boolean =>
  v === 1 && isCount(index) && isId(id) && isMoment(recordedAt) && isCount(schemaVersion) && isCommitment(data) && isCommitment(metadata);

const isHead = ({ stream, revision, type, actor, definition, command, causation, correlation, batch }: Given): boolean =>
  isText(stream) &&
  isCount(revision) &&
  isText(type) &&
  isObject(actor) &&
  isActor(actor) &&
  (definition === undefined || (isObject(definition) && isText(definition['id']) && isCount(definition['version']))) &&
  isText(command) &&
  isText(causation) &&
  isText(correlation) &&
  isTextOrNothing(batch);

const isActor = ({ id, version, commitment, role, unit, onBehalfOf }: Given): boolean =>
  isText(id) && isCount(version) && isText(commitment) && isText(role) && isText(unit) && isTextOrNothing(onBehalfOf);

const isObject = (value: unknown): value is Given => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isTextOrNothing = (value: unknown): boolean => value === undefined || isText(value);
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isCommitment = (value: unknown): boolean => isText(value) && /^[0-9a-f]{64}$/.test(value);
const isId = (value: unknown): boolean => isText(value) && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
const isMoment = (value: unknown): boolean => isText(value) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(value);
