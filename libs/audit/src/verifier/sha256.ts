import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';

/**
 * SHA-256 of the octets, 32 octets. A server may hand in the one of its platform, which is faster; the answer is the same. The octets
 * are overwritten after the call, so that none may keep them.
 */
export type Sha256 = (octets: Uint8Array) => Uint8Array;

/** The one that runs everywhere. */
export const sha256: Sha256 = (octets) => nobleSha256(octets);

const blockLength = 64;
const innerBlock = new Uint8Array(2 * blockLength);
const outerBlock = new Uint8Array(blockLength + 32);

/** RFC 2104 over SHA-256, for keys and messages of at most 64 octets. */
export function hmacSha256(key: Uint8Array, message: Uint8Array, hash: Sha256 = sha256): Uint8Array {
  for (let at = 0; at < blockLength; at += 1) {
    const octet = key[at] ?? 0;
    innerBlock[at] = octet ^ 0x36;
    outerBlock[at] = octet ^ 0x5c;
  }
  innerBlock.set(message, blockLength);
  outerBlock.set(hash(innerBlock.subarray(0, blockLength + message.length)), blockLength);
  return hash(outerBlock);
}
