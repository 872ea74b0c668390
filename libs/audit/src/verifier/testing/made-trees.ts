import { hashLength, leafHash } from '../merkle.js';
import { hex, utf8 } from '../octets.js';
import { type Sha256, sha256 } from '../sha256.js';
import type { TileReader } from '../tiles.js';
import { TreeAppender } from '../tree-appender.js';

/** Leaf hashes of `<word> 0`, `<word> 1`, … */
export const madeLeaves = (count: number, word = 'leaf', hash: Sha256 = sha256): readonly Uint8Array[] =>
  Array.from({ length: count }, (_, index) => leafHash(utf8(`${word} ${index}`), hash));

/** Keeps the widest of each tile that appenders wrote, and reads as a store of tiles does. */
export class TilesInMemory {
  readonly tiles = new Map<string, Uint8Array>();
  /** Of reads, in order. */
  readonly asked: string[] = [];

  keep(appender: TreeAppender): void {
    for (const { level, index, hashes } of appender.takeChanged()) this.tiles.set(`${level}/${index}`, hashes);
  }

  /** By `<level>/<index>`, hexadecimal. */
  written(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.tiles].map(([name, hashes]) => [name, hex(hashes)]));
  }

  readonly read: TileReader = (level, index, width) => {
    this.asked.push(`${level}/${index}`);
    const tile = this.tiles.get(`${level}/${index}`);
    return tile === undefined || width < 1 || tile.length < width * hashLength
      ? Promise.reject(new Error(`There is no tile ${level}/${index} of ${width} hashes.`))
      : Promise.resolve(tile.subarray(0, width * hashLength));
  };
}

/** The tiles of the tree over these leaf hashes. */
export function tilesOver(leaves: readonly Uint8Array[], hash: Sha256 = sha256): TilesInMemory {
  const tiles = new TilesInMemory();
  const appender = new TreeAppender(hash);
  for (const leaf of leaves) appender.append(leaf);
  tiles.keep(appender);
  return tiles;
}
