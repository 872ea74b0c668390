import { hash } from 'node:crypto';
import type { Sha256 } from './verifier/sha256.js';

/** SHA-256 of the platform. By way of a string, for it takes three times as long to be handed a Buffer as to hash what trees are made of. */
export const nodeSha256: Sha256 = (octets) => {
  const digest = hash('sha256', octets, 'binary');
  const made = new Uint8Array(32);
  for (let at = 0; at < 32; at += 1) made[at] = digest.charCodeAt(at);
  return made;
};
