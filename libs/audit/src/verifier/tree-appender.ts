import { hashLength, rootOfRow, rootOfSubtrees } from './merkle.js';
import { sha256, type Sha256 } from './sha256.js';
import { hashesAtLevel, tileWidth, widthInTree, type TileReader } from './tiles.js';

/** A tile that an append made, or made wider. */
export interface WrittenTile {
  readonly level: number;
  readonly index: number;
  /** 1 to 256. */
  readonly width: number;
  /** `width` × 32 octets, not changed afterwards. */
  readonly hashes: Uint8Array;
}

/** The rightmost tile of a level, which grows. */
interface Edge {
  readonly level: number;
  index: number;
  width: number;
  hashes: Uint8Array;
  written: boolean;
}

/**
 * Appends leaf hashes to a tree and keeps nothing of it but the partial tiles of its right edge. What it holds is lost with it: whoever
 * stores a tree stores the changed tiles together with the new size, and opens another one with `at` where that did not succeed.
 */
export class TreeAppender {
  private readonly edges: Edge[] = [];
  private full: WrittenTile[] = [];
  private leaves = 0;

  /** Of the empty tree. */
  constructor(private readonly hash: Sha256 = sha256) {}

  /** Of the tree of this size, whose partial tiles are read. */
  static async at(size: number, read: TileReader, hash: Sha256 = sha256): Promise<TreeAppender> {
    const appender = new TreeAppender(hash);
    for (let level = 0; hashesAtLevel(level, size) > 0; level += 1) {
      const index = Math.floor(hashesAtLevel(level, size) / tileWidth);
      const width = widthInTree({ level, index }, size);
      const edge: Edge = { level, index, width, hashes: new Uint8Array(tileWidth * hashLength), written: true };
      if (width > 0) edge.hashes.set((await read(level, index, width)).subarray(0, width * hashLength));
      appender.edges.push(edge);
    }
    appender.leaves = size;
    return appender;
  }

  /** Number of leaves. */
  get size(): number {
    return this.leaves;
  }

  /** @param leafHash 32 octets, copied */
  append(leafHash: Uint8Array): void {
    this.leaves += 1;
    this.appendAt(0, leafHash);
  }

  root(): Uint8Array {
    const subtrees = [...this.edges].reverse().flatMap(({ hashes, width }) => this.subtreesOfRow(hashes.subarray(0, width * hashLength)));
    return rootOfSubtrees(subtrees, this.hash);
  }

  /** The tiles that changed since this was asked last, each as wide as it is now: level by level, full ones before partial ones. */
  takeChanged(): readonly WrittenTile[] {
    const partial = this.edges.filter(({ written, width }) => !written && width > 0);
    const changed = [
      ...this.full,
      ...partial.map(({ level, index, width, hashes }) => ({ level, index, width, hashes: hashes.slice(0, width * hashLength) })),
    ];
    this.full = [];
    for (const edge of partial) edge.written = true;
    return changed.sort((left, right) => left.level - right.level || left.index - right.index);
  }

  /** Lets go of changed tiles, for whoever wants roots alone. */
  forgetChanged(): void {
    this.full = [];
  }

  private appendAt(level: number, subtree: Uint8Array): void {
    const edge = (this.edges[level] ??= { level, index: 0, width: 0, hashes: new Uint8Array(tileWidth * hashLength), written: true });
    edge.hashes.set(subtree, edge.width * hashLength);
    edge.width += 1;
    edge.written = false;
    if (edge.width < tileWidth) return;
    this.full.push({ level, index: edge.index, width: tileWidth, hashes: edge.hashes });
    this.appendAt(level + 1, rootOfRow(edge.hashes, this.hash));
    edge.index += 1;
    edge.width = 0;
    edge.hashes = new Uint8Array(tileWidth * hashLength);
  }

  /** The whole subtrees over a row of hashes, the largest first. */
  private subtreesOfRow(row: Uint8Array): readonly Uint8Array[] {
    const subtrees: Uint8Array[] = [];
    let at = 0;
    for (let length = tileWidth / 2; length >= 1; length /= 2) {
      if (at + length > row.length / hashLength) continue;
      subtrees.push(rootOfRow(row.subarray(at * hashLength, (at + length) * hashLength), this.hash));
      at += length;
    }
    return subtrees;
  }
}
