import { setImmediate as turn } from 'node:timers/promises';
import { crc32, createInflateRaw } from 'node:zlib';

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
  /** Unpacked to the size of the file, where it is more than a few MB; documents come to a tenth of this. */
  readonly mostRatio: number;
  readonly withinMs: number;
}

/** A part as the list has it. */
export interface Part {
  readonly name: string;
  /** Unpacked, as the list says. */
  readonly size: number;
  readonly isPacked: boolean;
  /** CRC-32 of what it holds unpacked, as the list says. */
  readonly checksum: number;
  /** Where its header begins. */
  readonly at: number;
  /** As it stands in the archive. */
  readonly bytes: Buffer;
}

const signatures = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50, descriptor: 0x08074b50 };
const endBytes = 22;
/** Sizes that stand behind a part which was written before they were known: with or without a signature, of 4 or 8 bytes each. */
const descriptorBytes: readonly number[] = [12, 16, 20, 24];
const sizesFollow = 8;
/** Stands for a size that follows, as 0 does. */
const notYetKnown = 0xffffffff;
/** Encrypted in one way or another. */
const encrypted = 1 | 64 | 8192;
const stored = 0;
const deflated = 8;
const unicodePath = 0x7075;
/** No program names a part so; each name is looked at in many ways. */
const longestName = 1_024;
const pieceBytes = 64 * 1024;
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
  const [checksum, packedSize, size] = [content.readUInt32LE(at + 16), content.readUInt32LE(at + 20), content.readUInt32LE(at + 24)];
  const nameLength = content.readUInt16LE(at + 28);
  const more = nameLength + content.readUInt16LE(at + 30) + content.readUInt16LE(at + 32);
  if (at + 46 + more > end) throw new BrokenArchive('its list cannot be read');
  if (nameLength > longestName) throw new BrokenArchive('a part has a name that is too long');
  const nameBytes = content.subarray(at + 46, at + 46 + nameLength);
  const name = nameBytes.toString('utf8');
  if (hasOtherName(content.subarray(at + 46 + nameLength, at + 46 + nameLength + content.readUInt16LE(at + 30))))
    throw new BrokenArchive('a part has two names');
  if ((flags & encrypted) !== 0) throw new BrokenArchive('it is encrypted');
  if (method !== deflated && (method !== stored || packedSize !== size)) throw new BrokenArchive('it is packed in a way that is not known');
  // Nothing here is ever written under its name; whoever unpacks it may do so.
  if (name === '' || /^\/|^[a-z]:|\\|(^|\/)\.{1,2}(\/|$)|\p{Cc}/iu.test(name))
    throw new BrokenArchive('a part has a name that leads elsewhere');
  return { name, nameBytes, flags, method, checksum, packedSize, size, more, at: content.readUInt32LE(at + 42) };
}

function partAt(content: Buffer, entry: Entry, next: number): Part {
  const { at, name, nameBytes, flags, method, checksum, packedSize, size } = entry;
  const start = at + 30;
  if (start > next || content.readUInt32LE(at) !== signatures.local) throw new BrokenArchive('its parts overlap');
  const nameLength = content.readUInt16LE(at + 26);
  const from = start + nameLength + content.readUInt16LE(at + 28);
  const to = from + packedSize;
  if (to > next) throw new BrokenArchive('its parts overlap');
  if (hasOtherName(content.subarray(start + nameLength, from))) throw new BrokenArchive('a part has two names');
  const follows = (content.readUInt16LE(at + 6) & sizesFollow) !== 0;
  const said = [content.readUInt32LE(at + 14), content.readUInt32LE(at + 18), content.readUInt32LE(at + 22)] as const;
  const agrees =
    content.readUInt16LE(at + 8) === method &&
    content.subarray(start, start + nameLength).equals(nameBytes) &&
    follows === ((flags & sizesFollow) !== 0) &&
    [checksum, packedSize, size].every(
      (one, index) => said[index] === one || (follows && (said[index] === 0 || said[index] === notYetKnown)),
    );
  if (!agrees) throw new BrokenArchive('its list says something else than its parts');
  if (follows ? !descriptorBytes.includes(next - to) : next !== to) throw new BrokenArchive('something stands between its parts');
  if (follows && !describes(content.subarray(to, next), entry)) throw new BrokenArchive('its list says something else than its parts');
  return { name, size, checksum, at, isPacked: method === deflated, bytes: content.subarray(from, to) };
}

/** Whether what stands behind a part (APPNOTE.TXT 4.3.9) says the same as the list. */
function describes(behind: Buffer, { checksum, packedSize, size }: Entry): boolean {
  const isSigned = behind.length % 8 === 0;
  const at = isSigned ? 4 : 0;
  const width = (behind.length - at - 4) / 2;
  // Eight bytes are written where sizes may be large; these are not.
  const sizeAt = (from: number): number => (width === 8 ? Number(behind.readBigUInt64LE(from)) : behind.readUInt32LE(from));
  return (
    (!isSigned || behind.readUInt32LE(0) === signatures.descriptor) &&
    behind.readUInt32LE(at) === checksum &&
    sizeAt(at + 4) === packedSize &&
    sizeAt(at + 4 + width) === size
  );
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
  private readonly until: number;

  /** @param fileBytes Of the file that all of it comes from, packed within it or not. */
  constructor(
    private readonly bounds: Bounds,
    private readonly fileBytes: number,
  ) {
    this.until = performance.now() + bounds.withinMs;
  }

  /**
   * Unpacks all of it, off the event loop, holds it against its checksum, and keeps no more than is wanted.
   * @param watch Told of each piece, in order. What it throws ends it.
   * @param wanted How many bytes are kept, by the first ones. @throws BrokenArchive, TooMuchInside
   */
  async unpack(part: Part, watch: (piece: Buffer) => void, wanted: (beginning: Buffer) => number): Promise<Buffer> {
    const { bytes, isPacked, size, checksum } = part;
    // Counted here, since archives beside each other do not know of each other, and what is empty comes in no pieces.
    this.parts++;
    this.count(0);
    const kept: Buffer[] = [];
    let [seen, sum, most] = [0, 0, Infinity];
    for await (const piece of isPacked ? inflated(bytes) : pieces(bytes)) {
      if (seen === 0) most = wanted(piece.subarray(0, 8));
      if (seen < most) kept.push(piece.subarray(0, most - seen));
      seen += piece.length;
      this.count(piece.length);
      if (seen > size) break;
      sum = crc32(piece, sum);
      watch(piece);
    }
    if (seen !== size) throw new BrokenArchive('a part is of another size than its list says');
    if (sum !== checksum) throw new BrokenArchive('a part is damaged');
    return Buffer.concat(kept);
  }

  private count(bytes: number): void {
    const { mostParts, mostBytes, mostRatio } = this.bounds;
    this.bytes += bytes;
    const isLoose = this.bytes > looseRatioBytes && this.bytes > this.fileBytes * mostRatio;
    if (this.parts > mostParts || this.bytes > mostBytes || isLoose || performance.now() > this.until) throw new TooMuchInside();
  }
}

async function* pieces(bytes: Buffer): AsyncGenerator<Buffer, void, undefined> {
  for (let from = 0; from < bytes.length; from += pieceBytes) {
    yield bytes.subarray(from, from + pieceBytes);
    await turn();
  }
  await turn();
}

/** @throws BrokenArchive */
async function* inflated(bytes: Buffer): AsyncGenerator<Buffer, void, undefined> {
  const inflating = createInflateRaw({ chunkSize: pieceBytes });
  inflating.end(bytes);
  const chunks = (inflating as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await chunks.next().catch((error: unknown) => {
        throw new BrokenArchive('a part cannot be unpacked', { cause: error });
      });
      if (next.done === true) break;
      yield next.value;
    }
  } finally {
    inflating.destroy();
  }
  if (inflating.bytesWritten !== bytes.length) throw new BrokenArchive('a part is of another size than its list says');
}
