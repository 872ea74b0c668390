import { describe, expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalJson, mostLevels } from './canonical.js';
import { Malformed } from './malformed.js';
import { fromHex, hex, utf8 } from './octets.js';

const double = (bits: string): number => new DataView(fromHex(bits).buffer).getFloat64(0);
const levels = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));

describe('canonical JSON', () => {
  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the double %s as RFC 8785, appendix B, has it', (bits, text) => {
    expect(canonicalJson(double(bits))).toBe(text);
  });

  it('sorts by UTF-16 as RFC 8785, 3.2.3, has it', () => {
    const given = { '€': 1, '\r': 2, '\ufb33': 3, '1': 4, '😀': 5, '\u0080': 6, ö: 7 };
    expect(Object.values(JSON.parse(canonicalJson(Object.entries(given))) as [string, number][]).map(([, at]) => at)).not.toEqual([
      2, 4, 6, 7, 1, 5, 3,
    ]);
    expect([...canonicalJson(given).matchAll(/:(\d)/g)].map(([, at]) => Number(at))).toEqual([2, 4, 6, 7, 1, 5, 3]);
  });

  it('has the octets of the example in RFC 8785, 3.2.4', () => {
    const given = {
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(hex(utf8(canonicalJson(given)))).toBe(
      '7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a5b3333333333333333332e333333333333332c31652b33302c34' +
        '2e352c302e3030322c31652d32375d2c22737472696e67223a22e282ac245c75303030665c6e4127425c225c5c5c5c5c222f227d',
    );
  });

  it('is what the reference implementation makes of any plain data, and reads as the same', () => {
    const value = fc.jsonValue({ maxDepth: 5, stringUnit: 'binary' });
    fc.assert(
      fc.property(value, (given) => {
        expect(canonicalJson(given)).toBe(canonicalize(given));
        expect(canonicalJson(JSON.parse(canonicalJson(given)))).toBe(canonicalJson(given));
      }),
    );
  });

  it('sorts many fields as it sorts few', () => {
    const names = fc.uniqueArray(fc.string({ unit: 'binary', maxLength: 3 }), { minLength: 15, maxLength: 40 });
    fc.assert(
      fc.property(names, (given) => {
        const object = Object.fromEntries(given.map((name, at) => [name, at]));
        expect(canonicalJson(object)).toBe(canonicalize(object));
      }),
    );
  });

  it('leaves out a field that is undefined', () => {
    expect(canonicalJson({ b: undefined, a: 1 })).toBe('{"a":1}');
  });

  it.each([
    ['not a number', { a: Number.NaN }],
    ['infinity', [Number.POSITIVE_INFINITY]],
    ['half a character', 'a\ud800'],
    ['half a character in a name', { '\udc00': 1 }],
    ['a big integer', [1n]],
    ['a function', { a: () => 1 }],
    ['a hole in a list', [undefined]],
    ['nothing', undefined],
    ['more levels than there are', levels(mostLevels + 1)],
    ['levels without end', levels(100_000)],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(Malformed);
  });

  it('takes as many levels as it says', () => {
    expect(canonicalJson(levels(mostLevels))).toBe('['.repeat(mostLevels) + ']'.repeat(mostLevels));
  });
});
