import { setImmediate as turn } from 'node:timers/promises';
import { BrokenArchive, TooMuchInside, Unpacking, partsOf } from './archive.js';
import type { Bounds, Part } from './archive.js';

/** A document holds what runs when it is opened. */
export class HasMacros extends Error {
  override readonly name = 'HasMacros';
}

// A file must not fill the disk or the memory of whoever opens it.
const bounds: Bounds = { mostParts: 10_000, mostBytes: 400 * 1024 * 1024, mostRatio: 200, withinMs: 20_000 };
/** What the refusal says. */
export const boundsInWords = '400 MB in 10,000 parts, 200 times the size of the file';

/** Of what is read as text; no document comes near. */
const mostTextBytes = 2 * 1024 * 1024;
/** A document within a document within a document. */
const deepest = 2;
const windowBytes = 1024 * 1024;

const macroParts = /(^|\/)(vbaproject|vbadata|vbaprojectsignature)[^/]*$|(^|\/)(macrosheets|basic|scripts)\//i;
const macroTypes = /macroenabled|vbaproject|vbadata|macrosheet/i;
const packageBeginning = Buffer.from('PK\x03\x04', 'latin1');
const oleBeginning = Buffer.from('d0cf11e0a1b11ae1', 'hex');
/** The stream that every project of macros has, whatever its file is called, as it stands in the directory of the file: UTF-16. */
const oleMacros = Buffer.from('_vba_project', 'utf16le').toString('latin1');

/** One after the other, so that unpacking takes no more than a thread from everybody else. */
let last: Promise<unknown> = Promise.resolve();

/** Whether the file is a document of that type, after all of it was unpacked once. @throws BrokenArchive, TooMuchInside, HasMacros */
export function isDocument(content: Buffer, type: string): Promise<boolean> {
  const looked = last.then(() => look(content, type));
  last = looked.catch(() => undefined);
  return looked;
}

async function look(content: Buffer, type: string): Promise<boolean> {
  const parts = partsOf(content, bounds);
  const unpacking = new Unpacking(bounds);
  let isOfType = false;
  for (const part of parts) {
    const bytes = await unpacking.unpack(part, (beginning) => wanted(part, beginning));
    isOfType ||= saysType(part, bytes, type);
    // What says that it is of another type is refused for that.
    if (!isOfType && part.name === '[Content_Types].xml') return false;
    await mustNotRun(part, bytes, unpacking, parts.length, 0);
  }
  return isOfType;
}

function wanted({ name }: Part, beginning: Buffer): number {
  if (beginning.subarray(0, 4).equals(packageBeginning) || beginning.equals(oleBeginning)) return Infinity;
  return ['mimetype', '[Content_Types].xml', 'META-INF/manifest.xml'].includes(name) ? mostTextBytes : 0;
}

/** Office Open XML says it in a list of types, OpenDocument at the very beginning (OpenDocument 1.3, part 2, 3.3). */
function saysType({ name, at, isPacked }: Part, bytes: Buffer, type: string): boolean {
  if (name === 'mimetype') return at === 0 && !isPacked && bytes.toString('latin1') === type;
  return name === '[Content_Types].xml' && typesIn(bytes).includes(`${type}.main+xml`);
}

/** @throws BrokenArchive for a list that readers may read in different ways */
function typesIn(bytes: Buffer): readonly string[] {
  const text = textOf(bytes);
  if (/<!|&/.test(text)) throw new BrokenArchive('its types are written in a way that is not taken');
  return [...text.matchAll(/\bContentType\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, one, other]) => (one ?? other ?? '').trim());
}

function textOf(bytes: Buffer): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!/^<\?xml[^>]*encoding\s*=\s*["'](?!utf-8["'])/i.test(text)) return text;
  } catch {
    // As any other encoding.
  }
  throw new BrokenArchive('it is not written in UTF-8');
}

async function mustNotRun(part: Part, bytes: Buffer, unpacking: Unpacking, before: number, depth: number): Promise<void> {
  const { name } = part;
  if (macroParts.test(name)) throw new HasMacros(name);
  if (name === '[Content_Types].xml' && typesIn(bytes).some((type) => macroTypes.test(type))) throw new HasMacros(name);
  if (name === 'META-INF/manifest.xml' && textOf(bytes).includes('encryption-data')) throw new BrokenArchive('it is encrypted');
  if (bytes.subarray(0, 8).equals(oleBeginning) && (await hasOleMacros(bytes))) throw new HasMacros(name);
  if (!bytes.subarray(0, 4).equals(packageBeginning)) return;
  if (depth === deepest) throw new TooMuchInside();
  const inside = partsOf(bytes, { ...bounds, mostParts: bounds.mostParts - before });
  for (const one of inside) {
    const unpacked = await unpacking.unpack(one, (beginning) => wanted(one, beginning));
    await mustNotRun(one, unpacked, unpacking, before + inside.length, depth + 1);
  }
}

async function hasOleMacros(bytes: Buffer): Promise<boolean> {
  for (let from = 0; from < bytes.length; from += windowBytes) {
    const window = bytes.subarray(from, from + windowBytes + oleMacros.length);
    if (window.toString('latin1').toLowerCase().includes(oleMacros)) return true;
    await turn();
  }
  return false;
}
