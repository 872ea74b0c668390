import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Malformed } from './malformed.js';
import { base64, fromBase64, fromHex, hex, joined, textOf, utf8, wholeNumber } from './octets.js';

describe('octets', () => {
  it('are written as Base64 and hexadecimal as everybody writes them, and read again', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (octets) => {
        expect(base64(octets)).toBe(Buffer.from(octets).toString('base64'));
        expect(hex(octets)).toBe(Buffer.from(octets).toString('hex'));
        expect(fromBase64(base64(octets))).toEqual(octets);
        expect(fromHex(hex(octets))).toEqual(octets);
      }),
    );
  });

  it('have one text each', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[AB+/=-_]{0,9}$/)), (text) => {
        try {
          expect(base64(fromBase64(text))).toBe(text);
        } catch (error) {
          expect(error).toBeInstanceOf(Malformed);
        }
      }),
      { numRuns: 1000 },
    );
    for (const text of ['=', '==', '====', 'A', 'AA=A', 'AB==', 'AAB=', 'AA==AA==', 'AA\n=', 'A==='])
      expect(() => fromBase64(text)).toThrow(Malformed);
    for (const text of ['0', 'AB', 'g0', ' 00']) expect(() => fromHex(text)).toThrow(Malformed);
  });

  it('laid end to end are as long as their parts', () => {
    expect(joined(utf8('a'), new Uint8Array(0), utf8('bc'))).toEqual(utf8('abc'));
  });

  it('that are UTF-8 are the text, with all of it', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => expect(textOf(utf8(text))).toBe(text)));
    expect(textOf(utf8('\ufeffa'))).toBe('\ufeffa');
  });
});

describe('a whole number', () => {
  it('has no sign, zeroes or letters, and not more than numbers hold', () => {
    expect([wholeNumber('0'), wholeNumber('9007199254740991')]).toEqual([0, Number.MAX_SAFE_INTEGER]);
    for (const text of ['', '00', '01', '-1', '+1', '1.0', '1e3', ' 1', '1\n', '٣', '9007199254740992', '9'.repeat(400)]) {
      expect(() => wholeNumber(text)).toThrow(Malformed);
    }
  });
});
