import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import yazl from 'yazl';
import { membersOf, octetsOf, Unreadable, wholeOf } from './zip';

interface Wanted {
  readonly compress?: boolean;
  readonly forceZip64Format?: boolean;
}

async function zipOf(texts: Readonly<Record<string, string>>, wanted: Wanted = {}): Promise<Uint8Array<ArrayBuffer>> {
  const zip = new yazl.ZipFile();
  for (const [name, text] of Object.entries(texts)) zip.addBuffer(Buffer.from(text), name, wanted);
  zip.end({ forceZip64Format: wanted.forceZip64Format ?? false, comment: 'PK and no end' });
  const pieces: Buffer[] = [];
  zip.outputStream.on('data', (piece: Buffer) => pieces.push(piece));
  await once(zip.outputStream, 'end');
  return new Uint8Array(Buffer.concat(pieces));
}

async function textsOf(file: Blob): Promise<Readonly<Record<string, string>>> {
  const members = await membersOf(file);
  const texts: Record<string, string> = {};
  for (const [name, member] of members) texts[name] = new TextDecoder().decode(await wholeOf(file, member));
  return texts;
}

const texts = { 'key.txt': 'khóa', 'empty.txt': '', 'events.jsonl': '{"index":0}\n'.repeat(20_000) };

describe('A zip', () => {
  it('is read as it was written: packed or not, narrow or wide', async () => {
    for (const compress of [true, false])
      for (const forceZip64Format of [true, false]) {
        const file = new Blob([await zipOf(texts, { compress, forceZip64Format })]);
        expect([compress, forceZip64Format, await textsOf(file)]).toEqual([compress, forceZip64Format, texts]);
      }
  });

  it('comes bit by bit, and says how much of it was read', async () => {
    const file = new Blob([await zipOf(texts)]);
    const member = (await membersOf(file)).get('events.jsonl');
    let [read, longest] = [0, 0];
    if (member) for await (const octets of octetsOf(file, member, (taken) => (read += taken))) longest = Math.max(longest, octets.length);
    expect(read).toBe(member?.packed);
    expect(longest).toBeLessThan(texts['events.jsonl'].length / 2);
  });

  it('that is cut or changed anywhere is not whole, or reads as something, and does nothing worse', async () => {
    const whole = await zipOf({ 'key.txt': 'khóa', 'events.jsonl': '{"index":0}\n'.repeat(20) });
    const outcome = async (octets: Uint8Array<ArrayBuffer>): Promise<boolean> =>
      textsOf(new Blob([octets])).then(
        () => true,
        (error: unknown) => {
          if (!(error instanceof Unreadable)) throw error;
          return false;
        },
      );
    for (let end = 0; end < whole.length; end += 1) expect([end, await outcome(whole.slice(0, end))]).toEqual([end, false]);
    for (let at = 0; at < whole.length; at += 1) for (const bit of [1, 0x80, 0xff]) await outcome(whole.with(at, (whole[at] ?? 0) ^ bit));
  });

  it('that says less of a file than there is in it is not read further than it says', async () => {
    const octets = await zipOf({ 'events.jsonl': 'a'.repeat(5_000_000) });
    const view = new DataView(octets.buffer);
    const directory = octets.findLastIndex((_, at) => at + 4 <= octets.length && view.getUint32(at, true) === 0x02014b50);
    view.setUint32(directory + 24, 10, true);
    await expect(textsOf(new Blob([octets]))).rejects.toBeInstanceOf(Unreadable);
  });

  it('holds no name twice, and no more than a bundle does', async () => {
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`${String(at)}.txt`, '']));
    await expect(membersOf(new Blob([await zipOf(many)]))).rejects.toBeInstanceOf(Unreadable);
    const twice = await zipOf({ 'a.txt': 'a', 'b.txt': 'b' });
    for (let at = 0; at < twice.length; at += 1) if (twice[at] === 0x62 && twice[at + 1] === 0x2e) twice[at] = 0x61;
    await expect(membersOf(new Blob([twice]))).rejects.toBeInstanceOf(Unreadable);
  });
});
