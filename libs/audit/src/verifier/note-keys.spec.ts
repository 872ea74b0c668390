import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Malformed } from './malformed.js';
import {
  cosignatureType,
  ed25519Type,
  isKeyName,
  parseSignerKey,
  parseVerifierKey,
  signerKey,
  signerKeyText,
  verifierKeyText,
} from './note-keys.js';
import { hex } from './octets.js';

const seed = new Uint8Array(32).fill(7);
const key = signerKey('example.com/foo', ed25519Type, seed);

describe('a key of notes', () => {
  it('is read as it was written', () => {
    const name = fc.string({ minLength: 1, unit: 'grapheme', maxLength: 50 }).filter(isKeyName);
    const octets = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(name, fc.constantFrom(ed25519Type, cosignatureType), octets, (called, type, given) => {
        const made = signerKey(called, type, given);
        const { seed: made32, ...publicPart } = made;
        expect(parseSignerKey(signerKeyText(made))).toEqual({ ...publicPart, seed: made32 });
        expect(parseVerifierKey(verifierKeyText(made))).toEqual(publicPart);
      }),
      { numRuns: 30 },
    );
  });

  it('has another id for another name or another type', () => {
    expect(
      new Set(
        [key, signerKey('example.com/bar', ed25519Type, seed), signerKey('example.com/foo', cosignatureType, seed)].map(({ id }) => id),
      ).size,
    ).toBe(3);
  });

  it('does not read when any letter was changed', () => {
    const text = verifierKeyText(key);
    for (let place = 0; place < text.length; place += 1) {
      const changed = text.slice(0, place) + (text[place] === 'A' ? 'B' : 'A') + text.slice(place + 1);
      expect(() => parseVerifierKey(changed)).toThrow(Malformed);
    }
  });

  it.each([
    '',
    'a',
    'a+b',
    'a+00000000+',
    `${verifierKeyText(key)}\n`,
    ` ${verifierKeyText(key)}`,
    'a+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
    'x'.repeat(5000),
  ])('is not %j', (text) => {
    expect(() => parseVerifierKey(text)).toThrow(Malformed);
    expect(() => parseSignerKey(text)).toThrow(Malformed);
  });

  it('of a type that is not known here is refused', () => {
    expect(() => parseVerifierKey('a+00000000+BgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')).toThrow('not known here');
  });

  it.each(['', 'a b', 'a+b', 'a\u00a0b', 'a\u0085', 'a\nb', 'a\u2003', '\ud800'])('is not called %j', (name) => {
    expect(() => signerKey(name, ed25519Type, seed)).toThrow(Malformed);
  });

  it('never shows its private part in a refusal', () => {
    const secret = signerKeyText(key).slice(0, -4);
    try {
      parseSignerKey(secret);
    } catch (error) {
      expect(String(error)).not.toContain('Bwc');
      expect(String(error)).not.toContain(hex(seed));
    }
    expect.assertions(2);
  });
});
