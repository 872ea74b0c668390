import type { Leaf } from './leaf.js';
import { equal } from './octets.js';
import { leafHash, type TreeHead } from './merkle.js';
import { sha256, type Sha256 } from './sha256.js';
import { TreeAppender } from './tree-appender.js';
import type { Findings } from './verdict.js';
import { checkLeaf } from './verify.js';

/**
 * All entries of a log, in order, against the tree of a checkpoint. Where the hashes of its tiles are given beside the entries, an
 * entry that was changed is named by its index; without them only that the root is another. Holds one tile for each level.
 */
export class EntriesCheck {
  private readonly tree: TreeAppender;

  constructor(
    private readonly checkpoint: TreeHead,
    private readonly findings: Findings,
    private readonly hash: Sha256 = sha256,
  ) {
    this.tree = new TreeAppender(hash);
  }

  /** The next index. */
  get next(): number {
    return this.tree.size;
  }

  /**
   * Takes the next entry. @param inTree its leaf hash as the tiles have it
   * @returns its leaf, or null and findings
   */
  take(entry: Uint8Array, inTree?: Uint8Array): Leaf | null {
    const index = this.next;
    const own = leafHash(entry, this.hash);
    this.add(inTree ?? own);
    if (inTree !== undefined && !equal(own, inTree)) {
      this.findings.history('entry', index, `The entry at ${index} is not the one that the tree has there.`);
      return null;
    }
    return index < this.checkpoint.size ? checkLeaf(entry, index, this.findings) : null;
  }

  /** Takes the next entry, which was looked at already. */
  add(hash: Uint8Array): void {
    this.tree.append(hash);
    this.tree.forgetChanged();
  }

  /** After the last entry. */
  finish(): void {
    const { size, root } = this.checkpoint;
    if (this.next !== size) {
      const first = Math.min(this.next, size);
      this.findings.history('size', first, `There are ${this.next} entries, and ${size} in the checkpoint; the first beyond is ${first}.`);
    } else if (!equal(this.tree.root(), root)) {
      this.findings.history('root', null, `The ${size} entries make another tree than the one that was signed.`);
    }
  }
}
