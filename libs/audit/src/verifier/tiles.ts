import { half } from './merkle.js';
import { Malformed } from './malformed.js';
import { wholeNumber } from './octets.js';

/** Hashes of a full tile, and entries of a full bundle. */
export const tileWidth = 256;

/** `tile/<level>/<index>`; at level `entries` it is the bundle of entries below the tile of level 0. c2sp.org/tlog-tiles */
export interface TileName {
  /** 0 to 63. */
  readonly level: number | 'entries';
  /** Counted from 0 within its level. */
  readonly index: number;
  /** 1 to 256; a tile of fewer than 256 is partial. */
  readonly width: number;
}

/** Hashes of the tile end to end, `width` × 32 octets. A partial tile may be cut from a wider one. */
export type TileReader = (level: number, index: number, width: number) => Promise<Uint8Array>;

/** `tile/0/x001/x234/067.p/112` */
export function tilePath({ level, index, width }: TileName): string {
  const groups: string[] = [];
  for (let rest = index; groups.length === 0 || rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(`${groups.length === 0 ? '' : 'x'}${String(rest % 1000).padStart(3, '0')}`);
  }
  return `tile/${level}/${groups.join('/')}${width === tileWidth ? '' : `.p/${width}`}`;
}

/** What `tilePath` writes, and nothing else, so that one tile has one path. @throws Malformed */
export function parseTilePath(path: string): TileName {
  const parts = /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/.exec(path);
  const [, level = '', groups = '', partial] = parts ?? [];
  if (parts === null) throw new Malformed('This is not the path of a tile.');
  const name: TileName = {
    level: level === 'entries' ? level : wholeNumber(level),
    index: Number(groups.replaceAll(/[x/]/g, '')),
    width: partial === undefined ? tileWidth : wholeNumber(partial),
  };
  if (name.level !== 'entries' && name.level > 63) throw new Malformed('A level is at most 63.');
  if (name.width < 1 || (partial !== undefined && name.width >= tileWidth)) throw new Malformed('A partial tile has 1 to 255 hashes.');
  if (!Number.isSafeInteger(name.index) || tilePath(name) !== path)
    throw new Malformed('The index of a tile is written in groups of three digits.');
  return name;
}

/** How many hashes the tree of this size has at a level of tiles. */
export function hashesAtLevel(level: number, size: number): number {
  let hashes = size;
  for (let at = 0; at < level && hashes > 0; at += 1) hashes = Math.floor(hashes / tileWidth);
  return hashes;
}

/** How wide the tile is in the tree of this size, 0 where it has none: an empty tile is never served. */
export function widthInTree({ level, index }: Pick<TileName, 'level' | 'index'>, size: number): number {
  const hashes = hashesAtLevel(level === 'entries' ? 0 : level, size);
  return Math.max(0, Math.min(tileWidth, hashes - index * tileWidth));
}

/** All tiles of the tree of this size, level by level, without the bundles of entries. */
export function* tilesOfTree(size: number): Generator<TileName & { readonly level: number }> {
  for (let level = 0, hashes = size; hashes > 0; level += 1, hashes = Math.floor(hashes / tileWidth)) {
    for (let index = 0; index * tileWidth < hashes; index += 1)
      yield { level, index, width: Math.min(tileWidth, hashes - index * tileWidth) };
  }
}

/** A whole subtree: the leaves from `index` × 2^`height` on, 2^`height` of them. */
export interface Subtree {
  readonly height: number;
  readonly index: number;
}

/** Where the subtree's hash is found: the row of 2ⁿ hashes of this tile that lies below it. */
export function rowBelow({ height, index }: Subtree): {
  readonly level: number;
  readonly index: number;
  readonly from: number;
  readonly to: number;
} {
  const level = Math.floor(height / 8);
  const length = 2 ** (height - 8 * level);
  const first = index * length;
  const from = first % tileWidth;
  return { level, index: Math.floor(first / tileWidth), from, to: from + length };
}

/** The whole subtrees that make up the leaves `from` to `to` (exclusive), the leftmost first, where `from` begins a subtree that could hold them. */
export function subtreesOf(from: number, to: number): readonly Subtree[] {
  const subtrees: Subtree[] = [];
  let start = from;
  while (start < to) {
    let height = 0;
    let length = 1;
    for (let place = start; length * 2 <= to - start && place % 2 === 0; place = half(place)) {
      height += 1;
      length *= 2;
    }
    subtrees.push({ height, index: start / length });
    start += length;
  }
  return subtrees;
}
