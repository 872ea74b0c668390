import { manifestHeader } from '../bundle.js';
import { canonicalJson } from '../canonical.js';
import { committedParts, partSalt } from '../commitments.js';
import { leafOf, type LoggedEvent } from '../leaf.js';
import { leafHash, rootOf } from '../merkle.js';
import { encodeNote, signNote } from '../note.js';
import { base64, hex, textOf, utf8 } from '../octets.js';
import { inclusionProof } from '../proofs.js';
import { sha256 } from '../sha256.js';
import { logKey, madeCheckpoint, madeMetadata } from './made-logs.js';
import { tilesOver } from './made-trees.js';

const eventAt = (index: number): LoggedEvent => ({
  ...{ id: `018f4e6a-7c00-7000-8000-${String(index).padStart(12, '0')}`, recordedAt: '2026-11-30T02:00:00.000Z', schemaVersion: 1 },
  ...{
    stream: `procedure-${index % 2}`,
    revision: Math.floor(index / 2),
    type: 'ProcedureReviewed',
    data: { index },
    metadata: madeMetadata,
  },
});
const saltAt = (index: number): Uint8Array => new Uint8Array(32).fill((index % 255) + 1);

/** Parts of a bundle of a log of so many events, which go to two streams in turns. */
export interface MadeBundle {
  readonly checkpoint: Uint8Array;
  readonly lines: readonly string[];
  /** Of these lines, as the log signs it. */
  readonly manifestOf: (lines: readonly string[]) => Uint8Array;
}

interface Wanted {
  readonly size: number;
  /** Which leaves; all of them without proofs. (Default: all) */
  readonly indices?: readonly number[];
  readonly of?: 'subject' | 'range';
  /** What else the manifest says. */
  readonly said?: object;
}

export async function madeBundle({ size, indices, of = 'subject', said = {} }: Wanted): Promise<MadeBundle> {
  const leaves = Array.from({ length: size }, (_, index) => leafOf(eventAt(index), index, saltAt(index), { classified: false }));
  const hashes = leaves.map((leaf) => leafHash(leaf));
  const tiles = tilesOver(hashes);
  const lineAt = async (index: number): Promise<string> =>
    JSON.stringify({
      ...{ index, leaf: textOf(leaves[index] ?? new Uint8Array()), of, event: eventAt(index) },
      ...(indices && { proof: (await inclusionProof(index, size, tiles.read)).map(base64) }),
      salts: Object.fromEntries(committedParts.slice(0, 2).map((part) => [part, hex(partSalt(saltAt(index), part))])),
    });
  const lines = await Promise.all((indices ?? leaves.map((_, index) => index)).map(lineAt));
  const manifestOf = (sealed: readonly string[]): Uint8Array => {
    const sum = hex(sha256(utf8(sealed.map((line) => `${line}\n`).join(''))));
    const scope = indices ? { procedure: eventAt(0).id } : { all: true };
    const manifest = { v: 1, origin: logKey().name, size, lines: sealed.length, sha256: sum, streams: {}, scope, ...said };
    const text = `${manifestHeader}\n${canonicalJson(manifest)}\n`;
    return encodeNote({ text, signatures: [signNote(text, logKey())] });
  };
  return { checkpoint: madeCheckpoint({ size, root: rootOf(hashes) }), lines, manifestOf };
}
