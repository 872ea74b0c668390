import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeEntries, encodeEntries, longestEntry } from './entry-bundles.js';
import { Malformed } from './malformed.js';
import { hex } from './octets.js';

const entries = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 256 });

describe('a bundle of entries', () => {
  it('is each entry after its length, big-endian', () => {
    expect(hex(encodeEntries([Uint8Array.of(1, 2), new Uint8Array(0), new Uint8Array(258).fill(7)]).subarray(0, 9))).toBe(
      '000201020000010207',
    );
  });

  it('is read as it was written', () => {
    fc.assert(
      fc.property(entries, (given) => expect(decodeEntries(encodeEntries(given))).toEqual(given)),
      { numRuns: 50 },
    );
  });

  it('takes the longest entry, and not a longer one, none, or more than 256', () => {
    const longest = new Uint8Array(longestEntry);
    expect(decodeEntries(encodeEntries([longest]))).toEqual([longest]);
    expect(() => encodeEntries([new Uint8Array(longestEntry + 1)])).toThrow(Malformed);
    expect(() => encodeEntries([])).toThrow(Malformed);
    expect(() => encodeEntries(Array.from({ length: 257 }, () => longest.subarray(0, 1)))).toThrow(Malformed);
    expect(() => decodeEntries(new Uint8Array(2 * 257))).toThrow(Malformed);
    expect(() => decodeEntries(new Uint8Array(0))).toThrow(Malformed);
  });

  it('that is cut anywhere else than between entries is refused', () => {
    fc.assert(
      fc.property(entries, fc.nat(), (given, at) => {
        const bundle = encodeEntries(given);
        const cut = bundle.subarray(0, at % bundle.length);
        try {
          expect(decodeEntries(cut)).toEqual(given.slice(0, decodeEntries(cut).length));
        } catch (error) {
          expect(error).toBeInstanceOf(Malformed);
        }
      }),
    );
  });
});
