import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkpointText, parseCheckpoint } from './checkpoint.js';
import { Malformed } from './malformed.js';
import { base64 } from './octets.js';

const root = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=';
const published = `example.com/behind-the-sofa\n20852163\n${root}\n`;

describe('a checkpoint', () => {
  it('that was published reads', () => {
    const { origin, size, root: octets, extensions } = parseCheckpoint(published);
    expect([origin, size, base64(octets), extensions]).toEqual(['example.com/behind-the-sofa', 20_852_163, root, undefined]);
    expect(checkpointText(parseCheckpoint(published))).toBe(published);
  });

  it('is read as it was written', () => {
    const line = fc.string({ minLength: 1, unit: 'grapheme' }).filter((given) => !given.includes('\n'));
    const given = fc.record({
      origin: line,
      size: fc.maxSafeNat(),
      root: fc.uint8Array({ minLength: 32, maxLength: 32 }),
      extensions: fc.array(line, { minLength: 1, maxLength: 3 }),
    });
    fc.assert(fc.property(given, (checkpoint) => expect(parseCheckpoint(checkpointText(checkpoint))).toEqual(checkpoint)));
  });

  it.each([
    ['no origin', `\n1\n${root}\n`],
    ['no last newline', `a\n1\n${root}`],
    ['two lines', `a\n1\n`],
    ['an empty extension', `a\n1\n${root}\n\n`],
    ['an empty extension before another', `a\n1\n${root}\n\nb\n`],
    ['a leading zero', `a\n01\n${root}\n`],
    ['a sign', `a\n+1\n${root}\n`],
    ['a size below nothing', `a\n-1\n${root}\n`],
    ['a size in hexadecimal', `a\n0x1\n${root}\n`],
    ['a size with a space', `a\n1 \n${root}\n`],
    ['no size', `a\n\n${root}\n`],
    ['a size that no number holds', `a\n9007199254740992\n${root}\n`],
    ['a short root', `a\n1\n${base64(new Uint8Array(31))}\n`],
    ['a long root', `a\n1\n${base64(new Uint8Array(33))}\n`],
    ['a root with bits that say nothing', `a\n1\n${root.replace('2I=', '2J=')}\n`],
  ])('with %s is malformed', (_, text) => {
    expect(() => parseCheckpoint(text)).toThrow(Malformed);
  });

  it('is not written with a line break in a line', () => {
    const head = { size: 1, root: new Uint8Array(32) };
    for (const origin of ['', 'a\nb']) expect(() => checkpointText({ ...head, origin })).toThrow(Malformed);
    expect(() => checkpointText({ ...head, origin: 'a', extensions: [''] })).toThrow(Malformed);
  });

  it('of garbage is refused by its name', () => {
    const part = fc.constantFrom('\n', '0', '1', root, 'a', '=', ' ');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(part).map((parts) => parts.join('')),
        ),
        (text) => {
          try {
            expect(checkpointText(parseCheckpoint(text))).toBe(text);
          } catch (error) {
            expect(error).toBeInstanceOf(Malformed);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
