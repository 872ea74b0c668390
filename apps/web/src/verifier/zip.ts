import { longestPart, mostParts } from '#audit/verifier';

/** A file of which not enough can be read to say whether it holds. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';

  constructor(readonly reason: 'neither' | 'notWhole' | 'changed') {
    super(reason);
  }
}

/** One file inside of a zip. */
export interface Member {
  readonly isPacked: boolean;
  /** Octets in the zip, and of the file. */
  readonly packed: number;
  readonly size: number;
  /** Where its own header stands. */
  readonly at: number;
}

const notWhole = (): Unreadable => new Unreadable('notWhole');
/** Read at once. What comes of it is at most a thousand times as long, and is held until it was looked at. */
const step = 32_768;
const mostOfDirectory = 1_000_000;
const endLength = 22;
const unsaid = 0xffffffff;

async function viewOf(file: Blob, from: number, length: number): Promise<DataView> {
  const octets = from < 0 ? new ArrayBuffer(0) : await file.slice(from, from + length).arrayBuffer();
  if (octets.byteLength < length) throw notWhole();
  return new DataView(octets);
}

const long = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));

/** What a zip holds, by name (PKWARE APPNOTE 6.3.10, with Zip64). @throws Unreadable */
export async function membersOf(file: Blob): Promise<ReadonlyMap<string, Member>> {
  const { at, length } = await directoryOf(file);
  if (length > mostOfDirectory) throw notWhole();
  const view = await viewOf(file, at, length);
  const members = new Map<string, Member>();
  for (let place = 0; place < length;) {
    if (place + 46 > length || view.getUint32(place, true) !== 0x02014b50) throw notWhole();
    const extra = place + 46 + view.getUint16(place + 28, true);
    const comment = extra + view.getUint16(place + 30, true);
    const end = comment + view.getUint16(place + 32, true);
    if (end > length) throw notWhole();
    const name = new TextDecoder().decode(new Uint8Array(view.buffer, place + 46, extra - place - 46));
    if (members.has(name) || members.size >= mostParts) throw notWhole();
    members.set(name, memberAt(view, place, { from: extra, to: comment }));
    place = end;
  }
  return members;
}

async function directoryOf(file: Blob): Promise<{ readonly at: number; readonly length: number }> {
  const most = Math.min(file.size, endLength + 0xffff);
  const view = await viewOf(file, file.size - most, most);
  let end = most - endLength;
  while (end >= 0 && !(view.getUint32(end, true) === 0x06054b50 && end + endLength + view.getUint16(end + 20, true) === most)) end -= 1;
  if (end < 0) throw notWhole();
  const [length, at] = [view.getUint32(end + 12, true), view.getUint32(end + 16, true)];
  if (length !== unsaid && at !== unsaid && view.getUint16(end + 10, true) !== 0xffff) return { at, length };
  const locator = await viewOf(file, file.size - most + end - 20, 20);
  if (locator.getUint32(0, true) !== 0x07064b50) throw notWhole();
  const wide = await viewOf(file, long(locator, 8), 56);
  if (wide.getUint32(0, true) !== 0x06064b50) throw notWhole();
  return { length: long(wide, 40), at: long(wide, 48) };
}

function memberAt(view: DataView, place: number, extra: { readonly from: number; readonly to: number }): Member {
  const [flags, method] = [view.getUint16(place + 8, true), view.getUint16(place + 10, true)];
  if ((flags & 1) !== 0 || (method !== 0 && method !== 8)) throw notWhole();
  let [wide, end] = [0, 0];
  for (let at = extra.from; at + 4 <= extra.to; at += 4 + view.getUint16(at + 2, true))
    if (view.getUint16(at, true) === 1) [wide, end] = [at + 4, Math.min(extra.to, at + 4 + view.getUint16(at + 2, true))];
  /** The wide ones stand in this order, each only where the narrow one does not say it. */
  const field = (narrow: number): number => {
    const said = view.getUint32(place + narrow, true);
    if (said !== unsaid) return said;
    if (wide + 8 > end) throw notWhole();
    wide += 8;
    return long(view, wide - 8);
  };
  const [size, packed, at] = [field(24), field(20), field(42)];
  return { isPacked: method === 8, packed, size, at };
}

/** The octets of a file inside of a zip, as they come; no more than a bit of it is held. @param taken how many of the zip were read now @throws Unreadable */
export async function* octetsOf(file: Blob, member: Member, taken: (octets: number) => void = () => undefined): AsyncGenerator<Uint8Array> {
  const header = await viewOf(file, member.at, 30);
  if (header.getUint32(0, true) !== 0x04034b50) throw notWhole();
  const from = member.at + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  let at = from;
  const slices = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull: async (to) => {
        const length = Math.min(step, from + member.packed - at);
        if (length <= 0) {
          to.close();
          return;
        }
        const octets = await file.slice(at, at + length).arrayBuffer();
        if (octets.byteLength < length) throw notWhole();
        at += length;
        taken(length);
        to.enqueue(new Uint8Array(octets));
      },
    },
    { highWaterMark: 0 },
  );
  const reader = (member.isPacked ? slices.pipeThrough(new DecompressionStream('deflate-raw')) : slices).getReader();
  let size = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      size += next.value.length;
      if (size > member.size) throw notWhole();
      yield next.value;
    }
  } catch {
    throw notWhole();
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  if (size !== member.size) throw notWhole();
}

/** The octets of a small file inside of a zip. @throws Unreadable */
export async function wholeOf(file: Blob, member: Member): Promise<Uint8Array> {
  if (member.size > longestPart) throw notWhole();
  const whole = new Uint8Array(member.size);
  let at = 0;
  for await (const octets of octetsOf(file, member)) {
    whole.set(octets, at);
    at += octets.length;
  }
  return whole;
}
