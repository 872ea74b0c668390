import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Malformed } from './malformed.js';
import { base64, textOf, utf8 } from './octets.js';
import { madeCheckpoint } from './testing/made-logs.js';
import { encodeTlogProof, parseTlogProof } from './tlog-proof.js';

const checkpoint = madeCheckpoint({ size: 3 });
const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
const proof = fc.record(
  {
    index: fc.maxSafeNat(),
    hashes: fc.array(hash, { maxLength: 63 }),
    checkpoint: fc.constant(checkpoint),
    extra: fc.uint8Array({ minLength: 1 }),
  },
  { requiredKeys: ['index', 'hashes', 'checkpoint'] },
);

const h = base64(new Uint8Array(32));
const whole = (head: string): Uint8Array => utf8(`${head}\n\n${textOf(checkpoint)}`);

describe('a proof in a file', () => {
  it('has the lines that were published', () => {
    const made = encodeTlogProof({ index: 73_894, hashes: [new Uint8Array(32)], checkpoint, extra: utf8('abc') });
    expect(textOf(made)).toBe(`c2sp.org/tlog-proof@v1\nextra YWJj\nindex 73894\n${h}\n\n${textOf(checkpoint)}`);
  });

  it('is read as it was written', () => {
    fc.assert(fc.property(proof, (given) => expect(parseTlogProof(encodeTlogProof(given))).toEqual(given)));
  });

  it.each([
    ['nothing', ''],
    ['another header', `c2sp.org/tlog-proof@v2\nindex 0`],
    ['a header with a space', `c2sp.org/tlog-proof@v1 \nindex 0`],
    ['no index', 'c2sp.org/tlog-proof@v1'],
    ['an index with a zero before it', 'c2sp.org/tlog-proof@v1\nindex 00'],
    ['an index below nothing', 'c2sp.org/tlog-proof@v1\nindex -1'],
    ['nothing besides', 'c2sp.org/tlog-proof@v1\nextra \nindex 0'],
    ['something besides twice', 'c2sp.org/tlog-proof@v1\nextra YQ==\nextra YQ==\nindex 0'],
    ['something besides behind the index', 'c2sp.org/tlog-proof@v1\nindex 0\nextra YQ=='],
    ['a short hash', `c2sp.org/tlog-proof@v1\nindex 0\n${base64(new Uint8Array(31))}`],
    ['a hash that is none', 'c2sp.org/tlog-proof@v1\nindex 0\nabc'],
    ['64 hashes', `c2sp.org/tlog-proof@v1\nindex 0${`\n${h}`.repeat(64)}`],
    ['a carriage return', `c2sp.org/tlog-proof@v1\r\nindex 0`],
  ])('with %s is malformed', (_, head) => {
    expect(() => parseTlogProof(whole(head))).toThrow(Malformed);
  });

  it('without an empty line, or too long, is malformed', () => {
    expect(() => parseTlogProof(utf8('c2sp.org/tlog-proof@v1\nindex 0\n'))).toThrow(Malformed);
    expect(() => parseTlogProof(new Uint8Array(2_000_001))).toThrow(Malformed);
  });

  it('of garbage is refused by its name', () => {
    const part = fc.constantFrom('c2sp.org/tlog-proof@v1', '\n', '\n\n', 'index ', 'extra ', '0', '1', h, 'YQ==');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.array(part).map((parts) => utf8(parts.join(''))),
        ),
        (octets) => {
          try {
            expect(encodeTlogProof(parseTlogProof(octets))).toEqual(octets);
          } catch (error) {
            expect(error).toBeInstanceOf(Malformed);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
