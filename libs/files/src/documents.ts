import { TooMuchInside, Unpacking, partsOf } from './archive.js';
import type { Bounds, Part } from './archive.js';
import { isTypeList, mustNotBeOfTypes } from './office-open-xml.js';
import { watchesOf } from './what-runs.js';

// A file must not fill the disk or the memory of whoever opens it.
const bounds: Bounds = { mostParts: 10_000, mostBytes: 400 * 1024 * 1024, mostRatio: 200, withinMs: 20_000 };
/** What the refusal says. */
export const boundsInWords = '400 MB in 10,000 parts, 200 times the size of the file';

/** Of the part that names the type of an OpenDocument. */
const mimetypeBytes = 200;
/** A document within a document within a document. */
const deepest = 2;
const packageBeginning = Buffer.from('PK\x03\x04', 'latin1');

/** One after the other, so that unpacking takes no more than a thread from everybody else. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Whether the file is a document of that type, after all of it was unpacked once.
 * @throws BrokenArchive, TooMuchInside, HasMacros, RunsFromElsewhere
 */
export function isDocument(content: Buffer, type: string): Promise<boolean> {
  const looked = last.then(() => look(content, type));
  last = looked.catch(() => undefined);
  return looked;
}

async function look(content: Buffer, type: string): Promise<boolean> {
  const parts = partsOf(content, bounds);
  const unpacking = new Unpacking(bounds, content.length);
  let isOfType = false;
  for (const part of parts) {
    const { bytes, types } = await mustNotRun(part, unpacking, parts.length, 0);
    isOfType ||= types.includes(`${type}.main+xml`) || isMimetype(part, bytes, type);
    // What says that it is of another type is refused for that.
    if (!isOfType && isTypeList(part.name)) return false;
    mustNotBeOfTypes(types);
  }
  return isOfType;
}

/** OpenDocument says its type at the very beginning (OpenDocument 1.3, part 2, 3.3), Office Open XML in a list of types. */
const isMimetype = ({ name, at, isPacked }: Part, bytes: Buffer, type: string): boolean =>
  name === 'mimetype' && at === 0 && !isPacked && bytes.toString('latin1') === type;

function wanted({ name }: Part, beginning: Buffer): number {
  if (beginning.subarray(0, 4).equals(packageBeginning)) return Infinity;
  return name === 'mimetype' ? mimetypeBytes : 0;
}

/** Unpacks a part and what is packed within it. Answers the types that it lists, if it does. */
async function mustNotRun(
  part: Part,
  unpacking: Unpacking,
  before: number,
  depth: number,
): Promise<{ readonly bytes: Buffer; readonly types: readonly string[] }> {
  const types: string[] = [];
  const watches = watchesOf(part.name, (type) => void types.push(type));
  const watch = (piece: Buffer): void => {
    for (const one of watches) one.add(piece);
  };
  const bytes = await unpacking.unpack(part, watch, (beginning) => wanted(part, beginning));
  for (const one of watches) one.end();
  if (bytes.subarray(0, 4).equals(packageBeginning)) {
    if (depth === deepest) throw new TooMuchInside();
    const inside = partsOf(bytes, { ...bounds, mostParts: bounds.mostParts - before });
    for (const one of inside) mustNotBeOfTypes((await mustNotRun(one, unpacking, before + inside.length, depth + 1)).types);
  }
  return { bytes, types };
}
