import { setImmediate as turn } from 'node:timers/promises';
import { createInflateRaw } from 'node:zlib';

/** The bytes are no archive, or one that does not hold what its list says. */
export class BrokenArchive extends Error {
  override readonly name = 'BrokenArchive';
}

/** Unpacking goes beyond what anybody may ask of those who open it. */
export class TooMuchInside extends Error {
  override readonly name = 'TooMuchInside';
}

/** What may be in an archive, together with those inside it. */
export interface Bounds {
  readonly mostParts: number;
  readonly mostBytes: number;
  /** Unpacked to packed, where it is more than a few MB; documents come to a tenth of this. */
  readonly mostRatio: number;
  readonly withinMs: number;
}

/** A part as the list has it. */
export interface Part {
  readonly name: string;
  /** Unpacked, as the list says. */
  readonly size: number;
  readonly isPacked: boolean;
  /** Where its header begins. */
  readonly at: number;
  /** As it stands in the archive. */
  readonly bytes: Buffer;
}

const signatures = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50 };
const endBytes = 22;
/** Sizes that stand behind a part which was written before they were known: with or without a signature, of 4 or 8 bytes each. */
const descriptorBytes: readonly number[] = [12, 16, 20, 24];
const sizesFollow = 8;
/** Encrypted in one way or another. */
const encrypted = 1 | 64 | 8192;
const stored = 0;
const deflated = 8;
const unicodePath = 0x7075;
const looseRatioBytes = 8 * 1024 * 1024;

/**
 * The parts of a ZIP archive (APPNOTE.TXT 6.3) in the order in which they stand. Everything in it must belong to exactly one part:
 * what one reader sees, all see. Without ZIP64, which no file needs that is small enough. @throws BrokenArchive, TooMuchInside
 */
export function partsOf(content: Buffer, { mostParts, mostBytes }: Pick<Bounds, 'mostParts' | 'mostBytes'>): readonly Part[] {
  const end = content.length - endBytes;
  if (end < 0 || content.readUInt32LE(end) !== signatures.end) throw new BrokenArchive('its list cannot be read');
  const [disks, count, listBytes, list] = [content.readUInt32LE(end + 4), content.readUInt16LE(end + 10), content.readUInt32LE(end + 12), content.readUInt32LE(end + 16)]; // prettier-ignore
  if (count > mostParts) throw new TooMuchInside();
  if (disks !== 0 || content.readUInt16LE(end + 8) !== count || list + listBytes !== end)
    throw new BrokenArchive('its list cannot be read');
  const entries: Entry[] = [];
  const names = new Set<string>();
  let [at, bytes] = [list, 0];
  for (let index = 0; index < count; index++) {
    const entry = entryAt(content, at, end);
    bytes += entry.size;
    if (bytes > mostBytes) throw new TooMuchInside();
    const folded = entry.name.toLowerCase();
    if (names.has(folded)) throw new BrokenArchive('two parts have one name');
    names.add(folded);
    entries.push(entry);
    at += 46 + entry.more;
  }
  if (at !== end) throw new BrokenArchive('its list cannot be read');
  entries.sort((one, other) => one.at - other.at);
  if ((entries[0]?.at ?? list) !== 0) throw new BrokenArchive('something stands before its parts');
  return entries.map((entry, index) => partAt(content, entry, entries[index + 1]?.at ?? list));
}

interface Entry extends Omit<Part, 'bytes' | 'isPacked'> {
  readonly nameBytes: Buffer;
  readonly method: number;
  readonly flags: number;
  readonly packedSize: number;
  /** Bytes of the list that belong to it, besides those that all have. */
  readonly more: number;
}

function entryAt(content: Buffer, at: number, end: number): Entry {
  if (at + 46 > end || content.readUInt32LE(at) !== signatures.central) throw new BrokenArchive('its list cannot be read');
  const [flags, method] = [content.readUInt16LE(at + 8), content.readUInt16LE(at + 10)];
  const [packedSize, size] = [content.readUInt32LE(at + 20), content.readUInt32LE(at + 24)];
  const nameLength = content.readUInt16LE(at + 28);
  const more = nameLength + content.readUInt16LE(at + 30) + content.readUInt16LE(at + 32);
  if (at + 46 + more > end) throw new BrokenArchive('its list cannot be read');
  const nameBytes = content.subarray(at + 46, at + 46 + nameLength);
  const name = nameBytes.toString('utf8');
  if (hasOtherName(content.subarray(at + 46 + nameLength, at + 46 + nameLength + content.readUInt16LE(at + 30))))
    throw new BrokenArchive('a part has two names');
  if ((flags & encrypted) !== 0) throw new BrokenArchive('it is encrypted');
  if (method !== deflated && (method !== stored || packedSize !== size)) throw new BrokenArchive('it is packed in a way that is not known');
  // Nothing here is ever written under its name; whoever unpacks it may do so.
  if (name === '' || /^\/|^[a-z]:|\\|(^|\/)\.{1,2}(\/|$)|\p{Cc}/iu.test(name))
    throw new BrokenArchive('a part has a name that leads elsewhere');
  return { name, nameBytes, flags, method, packedSize, size, more, at: content.readUInt32LE(at + 42) };
}

function partAt(content: Buffer, entry: Entry, next: number): Part {
  const { at, name, nameBytes, flags, method, packedSize, size } = entry;
  const start = at + 30;
  if (start > next || content.readUInt32LE(at) !== signatures.local) throw new BrokenArchive('its parts overlap');
  const nameLength = content.readUInt16LE(at + 26);
  const from = start + nameLength + content.readUInt16LE(at + 28);
  const to = from + packedSize;
  if (to > next) throw new BrokenArchive('its parts overlap');
  if (hasOtherName(content.subarray(start + nameLength, from))) throw new BrokenArchive('a part has two names');
  const follows = (content.readUInt16LE(at + 6) & sizesFollow) !== 0;
  const agrees =
    content.readUInt16LE(at + 8) === method &&
    content.subarray(start, start + nameLength).equals(nameBytes) &&
    follows === ((flags & sizesFollow) !== 0) &&
    (follows || (content.readUInt32LE(at + 18) === packedSize && content.readUInt32LE(at + 22) === size));
  if (!agrees) throw new BrokenArchive('its list says something else than its parts');
  if (follows ? !descriptorBytes.includes(next - to) : next !== to) throw new BrokenArchive('something stands between its parts');
  return { name, size, at, isPacked: method === deflated, bytes: content.subarray(from, to) };
}

/** Whether extra fields hold a name that some readers take instead of the part's own (APPNOTE.TXT 4.6.9). */
function hasOtherName(extra: Buffer): boolean {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) if (extra.readUInt16LE(at) === unicodePath) return true;
  return false;
}

/** Unpacks parts and counts: those who open a file must not be given more than its list says. */
export class Unpacking {
  private parts = 0;
  private bytes = 0;
  private packed = 0;
  private readonly until: number;

  constructor(private readonly bounds: Bounds) {
    this.until = performance.now() + bounds.withinMs;
  }

  /**
   * Unpacks all of it, off the event loop, and keeps no more than is wanted.
   * @param wanted How many bytes are kept, by the first ones. @throws BrokenArchive, TooMuchInside
   */
  async unpack({ bytes, isPacked, size }: Part, wanted: (beginning: Buffer) => number): Promise<Buffer> {
    this.packed += bytes.length;
    // Counted here, since archives beside each other do not know of each other, and what is empty comes in no pieces.
    this.parts++;
    this.count(0);
    if (!isPacked) {
      this.count(size);
      await turn();
      return bytes.subarray(0, wanted(bytes.subarray(0, 8)));
    }
    const kept: Buffer[] = [];
    let [seen, most] = [0, Infinity];
    const inflating = createInflateRaw({ chunkSize: 64 * 1024 });
    inflating.end(bytes);
    try {
      for await (const chunk of inflating as AsyncIterable<Buffer>) {
        if (seen === 0) most = wanted(chunk.subarray(0, 8));
        if (seen < most) kept.push(chunk.subarray(0, most - seen));
        seen += chunk.length;
        this.count(chunk.length);
        if (seen > size) break;
      }
    } catch (error) {
      if (error instanceof TooMuchInside) throw error;
      throw new BrokenArchive('a part cannot be unpacked', { cause: error });
    }
    if (seen !== size || inflating.bytesWritten !== bytes.length) throw new BrokenArchive('a part is of another size than its list says');
    return Buffer.concat(kept);
  }

  private count(bytes: number): void {
    const { mostParts, mostBytes, mostRatio } = this.bounds;
    this.bytes += bytes;
    const isLoose = this.bytes > looseRatioBytes && this.bytes > this.packed * mostRatio;
    if (this.parts > mostParts || this.bytes > mostBytes || isLoose || performance.now() > this.until) throw new TooMuchInside();
  }
}
