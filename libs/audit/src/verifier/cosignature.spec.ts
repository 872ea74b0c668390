import { describe, expect, it } from '@jest/globals';
import { checkpointText } from './checkpoint.js';
import { cosign, cosignatureVerifier, cosignedAtMs } from './cosignature.js';
import { Malformed } from './malformed.js';
import { cosignatureType, ed25519Type, signerKey } from './note-keys.js';
import { isEd25519, noteVerifier, parseSignatures } from './note.js';
import { hex, utf8 } from './octets.js';

const witness = signerKey('witness.example/w1', cosignatureType, new Uint8Array(32).fill(3));
const text = checkpointText({ origin: 'log.example/one', size: 5, root: new Uint8Array(32).fill(9), extensions: ['beside'] });
const at = 1_679_315_147;
const cosignature = cosign(text, at, witness);

describe('a cosignature', () => {
  it('signs the header, the time and the whole text of the checkpoint', () => {
    const message = utf8(`cosignature/v1\ntime 1679315147\n${text}`);
    expect(isEd25519(cosignature.signature.subarray(8), message, witness.publicKey)).toBe(true);
    expect(hex(cosignature.signature.subarray(0, 8))).toBe('00000000641850cb');
    expect(cosignature.signature).toHaveLength(72);
  });

  it('of the published example has its time', () => {
    const [published] = parseSignatures(
      '— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==',
    );
    expect(published && cosignedAtMs(published)).toBe(at * 1000);
    expect(published?.id).toBe('8d66cf3f');
  });

  it('verifies, and not when any octet of it or of the checkpoint was changed', () => {
    const { verify } = cosignatureVerifier(witness);
    expect(verify(text, cosignature.signature)).toBe(true);
    for (let place = 0; place < 72; place += 1) {
      expect(verify(text, cosignature.signature.with(place, (cosignature.signature[place] ?? 0) ^ 1))).toBe(false);
    }
    for (const changed of [text.replace('5', '6'), text.replace('beside', 'besides'), `${text}more\n`])
      expect(verify(changed, cosignature.signature)).toBe(false);
    for (const length of [0, 8, 64, 71]) expect(verify(text, cosignature.signature.subarray(0, length))).toBe(false);
  });

  it('is not made for no time, nor by a key of another kind', () => {
    for (const seconds of [0, -1, 1.5, Number.NaN]) expect(() => cosign(text, seconds, witness)).toThrow(Malformed);
    const log = signerKey('log.example/one', ed25519Type, new Uint8Array(32).fill(1));
    expect(() => cosign(text, at, log)).toThrow(Malformed);
    expect(() => cosignatureVerifier(log)).toThrow(Malformed);
    expect(() => noteVerifier(witness)).toThrow(Malformed);
  });

  it('says no time beyond what 63 bits hold', () => {
    const late = { ...cosignature, signature: cosignature.signature.with(0, 0x80) };
    expect(() => cosignedAtMs(late)).toThrow(Malformed);
    expect(cosignatureVerifier(witness).verify(text, late.signature)).toBe(false);
  });
});
