import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nodeSha256 } from './node-sha256.js';
import { sha256 } from './verifier/sha256.js';

it('hashes on a server as it does everywhere', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => expect(nodeSha256(octets)).toEqual(sha256(octets))));
});
