import { hashLength, largestPowerBelow, rootOfRow, rootOfSubtrees, emptyRoot } from './merkle.js';
import { Malformed } from './malformed.js';
import { sha256, type Sha256 } from './sha256.js';
import { rowBelow, subtreesOf, widthInTree, type TileReader } from './tiles.js';

/** The leaves `from` to `to`, exclusive. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/** The proof that the leaf stands in the tree of this size, from its sibling up. RFC 9162, 2.1.3.1 @throws RangeError */
export async function inclusionProof(index: number, size: number, read: TileReader, hash: Sha256 = sha256): Promise<readonly Uint8Array[]> {
  if (!(index >= 0 && index < size)) throw new RangeError('The leaf is not in the tree.');
  const ranges: Range[] = [];
  let { from, to }: Range = { from: 0, to: size };
  while (to - from > 1) {
    const middle = from + largestPowerBelow(to - from);
    ranges.unshift(index < middle ? { from: middle, to } : { from, to: middle });
    [from, to] = index < middle ? [from, middle] : [middle, to];
  }
  return hashesOfRanges(ranges, size, read, hash);
}

/** The proof that the tree of size `to` begins with the one of size `from`; none is needed for 0 or the same size. RFC 9162, 2.1.4.1 @throws RangeError */
export async function consistencyProof(from: number, to: number, read: TileReader, hash: Sha256 = sha256): Promise<readonly Uint8Array[]> {
  if (!(from >= 0 && from <= to)) throw new RangeError('The earlier tree is larger than the later one.');
  if (from === 0 || from === to) return [];
  const ranges: Range[] = [];
  let start = 0;
  let end = to;
  while (from !== end) {
    const middle = start + largestPowerBelow(end - start);
    ranges.unshift(from <= middle ? { from: middle, to: end } : { from: start, to: middle });
    [start, end] = from <= middle ? [start, middle] : [middle, end];
  }
  // Whoever checks it knows the earlier root, which is this first hash where the earlier tree is one whole subtree.
  if (start > 0) ranges.unshift({ from: start, to: end });
  return hashesOfRanges(ranges, to, read, hash);
}

/** The root of the tree of this size. */
export async function rootAt(size: number, read: TileReader, hash: Sha256 = sha256): Promise<Uint8Array> {
  const [root] = size === 0 ? [] : await hashesOfRanges([{ from: 0, to: size }], size, read, hash);
  return root ?? emptyRoot(hash);
}

/** The Merkle tree hash of each range; each tile is asked for once, all at the same time. */
async function hashesOfRanges(ranges: readonly Range[], size: number, read: TileReader, hash: Sha256): Promise<readonly Uint8Array[]> {
  const tiles = new Map<string, Promise<Uint8Array>>();
  const tileOf = (level: number, index: number): Promise<Uint8Array> => {
    const width = widthInTree({ level, index }, size);
    const asked = tiles.get(`${level}/${index}`) ?? read(level, index, width).then((tile) => ofWidth(tile, width));
    tiles.set(`${level}/${index}`, asked);
    return asked;
  };
  return Promise.all(
    ranges.map(async ({ from, to }) => {
      const subtrees = subtreesOf(from, to).map(async (subtree) => {
        const row = rowBelow(subtree);
        return rootOfRow((await tileOf(row.level, row.index)).subarray(row.from * hashLength, row.to * hashLength), hash);
      });
      return rootOfSubtrees(await Promise.all(subtrees), hash);
    }),
  );
}

function ofWidth(tile: Uint8Array, width: number): Uint8Array {
  if (tile.length !== width * hashLength)
    throw new Malformed(`A tile of ${width} hashes has ${width * hashLength} octets, this one ${tile.length}.`);
  return tile;
}
