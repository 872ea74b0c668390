import { sha256, type Sha256 } from './sha256.js';

/** Octets of a hash of the tree. */
export const hashLength = 32;

/** Of a leaf: SHA-256(0x00 ‖ leaf). RFC 9162, 2.1.1 */
export function leafHash(leaf: Uint8Array, hash: Sha256 = sha256): Uint8Array {
  const prefixed = new Uint8Array(1 + leaf.length);
  prefixed.set(leaf, 1);
  return hash(prefixed);
}

/** Of two neighbours: SHA-256(0x01 ‖ left ‖ right). RFC 9162, 2.1.1 */
export function nodeHash(left: Uint8Array, right: Uint8Array, hash: Sha256 = sha256): Uint8Array {
  const prefixed = new Uint8Array(1 + 2 * hashLength);
  prefixed[0] = 1;
  prefixed.set(left, 1);
  prefixed.set(right, 1 + hashLength);
  return hash(prefixed);
}

/** Of the tree without leaves: the hash of nothing. RFC 9162, 2.1.1 */
export const emptyRoot = (hash: Sha256 = sha256): Uint8Array => hash(new Uint8Array(0));

/** The Merkle tree hash over leaf hashes, written as the definition has it. RFC 9162, 2.1.1 */
export function rootOf(leafHashes: readonly Uint8Array[], hash: Sha256 = sha256): Uint8Array {
  const [only] = leafHashes;
  if (only === undefined) return emptyRoot(hash);
  if (leafHashes.length === 1) return only;
  const split = largestPowerBelow(leafHashes.length);
  return nodeHash(rootOf(leafHashes.slice(0, split), hash), rootOf(leafHashes.slice(split), hash), hash);
}

/** Of neighbouring whole subtrees, the largest first: the tree that they make together. */
export const rootOfSubtrees = (subtrees: readonly Uint8Array[], hash: Sha256 = sha256): Uint8Array =>
  subtrees.length === 0 ? emptyRoot(hash) : subtrees.reduceRight((right, left) => nodeHash(left, right, hash));

/** Of 2ⁿ hashes laid end to end: the subtree above them. */
export function rootOfRow(row: Uint8Array, hash: Sha256 = sha256): Uint8Array {
  if (row.length === hashLength) return row;
  const above = new Uint8Array(row.length / 2);
  const prefixed = new Uint8Array(1 + 2 * hashLength);
  prefixed[0] = 1;
  for (let at = 0; at < above.length; at += hashLength) {
    prefixed.set(row.subarray(2 * at, 2 * (at + hashLength)), 1);
    above.set(hash(prefixed), at);
  }
  return rootOfRow(above, hash);
}

/** A tree as a checkpoint names it. */
export interface TreeHead {
  /** Number of leaves. */
  readonly size: number;
  readonly root: Uint8Array;
}

/** Sizes and indices go up to 2⁵³ − 1, so halves are not taken by shifts, which know 32 bits. */
export const half = (value: number): number => Math.floor(value / 2);
export const isOdd = (value: number): boolean => value % 2 === 1;

/** The largest power of two smaller than the value, which is at least 2. RFC 9162, 2.1.1 */
export function largestPowerBelow(value: number): number {
  let power = 1;
  while (power * 2 < value) power *= 2;
  return power;
}

/** Of a value of at least 1. */
export function isPowerOfTwo(value: number): boolean {
  let rest = value;
  while (!isOdd(rest)) rest = half(rest);
  return rest === 1;
}
