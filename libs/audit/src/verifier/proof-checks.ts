import { emptyRoot, half, isOdd, isPowerOfTwo, nodeHash, type TreeHead } from './merkle.js';
import { equal } from './octets.js';
import { sha256, type Sha256 } from './sha256.js';

/** That a leaf hash stands at an index of a tree. */
export interface Inclusion {
  /** Counted from 0. */
  readonly index: number;
  /** Number of leaves of the tree. */
  readonly size: number;
  /** Its leaf hash. */
  readonly leaf: Uint8Array;
  /** From the leaf's sibling up to the child of the root. */
  readonly proof: readonly Uint8Array[];
}

/** The root that an inclusion proof leads to, or null where it has not the length that this leaf has in this tree. RFC 9162, 2.1.3.2 */
export function rootFromInclusion({ index, size, leaf, proof }: Inclusion, hash: Sha256 = sha256): Uint8Array | null {
  if (index >= size) return null;
  let node = index;
  let last = size - 1;
  let root = leaf;
  for (const sibling of proof) {
    if (last === 0) return null;
    if (isOdd(node) || node === last) {
      root = nodeHash(sibling, root, hash);
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      root = nodeHash(root, sibling, hash);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 ? root : null;
}

/** Whether the leaf hash stands at this index of the tree of this size and root. RFC 9162, 2.1.3.2 */
export function isIncluded(inclusion: Inclusion, root: Uint8Array, hash: Sha256 = sha256): boolean {
  const reached = rootFromInclusion(inclusion, hash);
  return reached !== null && equal(reached, root);
}

/**
 * Whether the later tree begins with all leaves of the earlier one. The empty tree is consistent with every tree, a tree with
 * itself, both without a proof. RFC 9162, 2.1.4.2
 */
export function isConsistent(from: TreeHead, to: TreeHead, proof: readonly Uint8Array[], hash: Sha256 = sha256): boolean {
  if (from.size > to.size) return false;
  if (from.size === to.size) return proof.length === 0 && equal(from.root, to.root);
  if (from.size === 0) return proof.length === 0 && equal(from.root, emptyRoot(hash));
  const path = isPowerOfTwo(from.size) ? [from.root, ...proof] : proof;
  const [first, ...rest] = path;
  if (first === undefined) return false;
  let node = from.size - 1;
  let last = to.size - 1;
  while (isOdd(node)) [node, last] = [half(node), half(last)];
  let earlier = first;
  let later = first;
  for (const sibling of rest) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      earlier = nodeHash(sibling, earlier, hash);
      later = nodeHash(sibling, later, hash);
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      later = nodeHash(later, sibling, hash);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && equal(earlier, from.root) && equal(later, to.root);
}
