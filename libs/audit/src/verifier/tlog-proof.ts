import { hashLength } from './merkle.js';
import { Malformed } from './malformed.js';
import { longestNote } from './note.js';
import { base64, firstEmptyLine, fromBase64, joined, textOf, utf8, wholeNumber } from './octets.js';

/** Hashes of the longest proof of inclusion or consistency. */
export const mostProofHashes = 63;
/** Octets of the longest proof file that is read. */
export const longestTlogProof = 2 * longestNote;

/** That an entry stands in a log, in one file that proves it offline. c2sp.org/tlog-proof@v1 */
export interface TlogProof {
  /** Counted from 0. */
  readonly index: number;
  /** From the leaf's sibling up to the child of the root. */
  readonly hashes: readonly Uint8Array[];
  /** The note, as the log gave it. */
  readonly checkpoint: Uint8Array;
  /** Of this house the leaf itself; not authenticated before its hash was proven. */
  readonly extra?: Uint8Array | undefined;
}

const header = 'c2sp.org/tlog-proof@v1';

/** A `.tlog-proof` file. */
export function encodeTlogProof({ index, hashes, checkpoint, extra }: TlogProof): Uint8Array {
  const lines = [header, ...(extra === undefined ? [] : [`extra ${base64(extra)}`]), `index ${index}`, ...hashes.map(base64), '', ''];
  return joined(utf8(lines.join('\n')), checkpoint);
}

/** What `encodeTlogProof` writes; nothing is proven by that. @throws Malformed */
export function parseTlogProof(octets: Uint8Array): TlogProof {
  if (octets.length > longestTlogProof) throw new Malformed(`A proof has at most ${longestTlogProof} octets.`);
  const split = firstEmptyLine(octets);
  if (split === -1) throw new Malformed('A proof has an empty line before its checkpoint.');
  const [first, ...lines] = textOf(octets.subarray(0, split)).split('\n');
  if (first !== header) throw new Malformed(`A proof begins with ${header}.`);
  const extra = lines[0]?.startsWith('extra ') ? fromBase64(lines.shift()?.slice('extra '.length) ?? '') : undefined;
  if (extra?.length === 0) throw new Malformed('A proof without anything besides says nothing of it.');
  const index = lines.shift();
  if (index?.startsWith('index ') !== true) throw new Malformed('A proof says the index of its entry.');
  return {
    index: wholeNumber(index.slice('index '.length)),
    hashes: parseHashes(lines),
    checkpoint: octets.subarray(split + 2),
    ...(extra && { extra }),
  };
}

/** One hash a line, at most 63. @throws Malformed */
export function parseHashes(lines: readonly string[]): readonly Uint8Array[] {
  if (lines.length > mostProofHashes) throw new Malformed(`A proof has at most ${mostProofHashes} hashes.`);
  return lines.map((line) => {
    const hash = fromBase64(line);
    if (hash.length !== hashLength) throw new Malformed('A hash has 32 octets.');
    return hash;
  });
}
