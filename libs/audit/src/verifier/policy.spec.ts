import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { acceptCheckpoint } from './accepted-checkpoint.js';
import { Malformed } from './malformed.js';
import { verifierKeyText } from './note-keys.js';
import { Unverified } from './note.js';
import { isQuorum, parsePolicy, policyOfKey } from './policy.js';
import { utf8 } from './octets.js';
import { logKey, madeCheckpoint, witnessKey } from './testing/made-logs.js';

const vkey = (number: number): string => verifierKeyText(witnessKey(number));
const log = `log ${verifierKeyText(logKey())}`;
const parse = (...lines: readonly string[]) => parsePolicy(utf8(lines.map((line) => `${line}\n`).join('')));

/** Of the shape of the published example: two of three, and one of another three. */
const nested = parse(
  '# who must have seen it',
  log,
  '',
  ...[1, 2, 3].map((number) => `witness X${number} ${vkey(number)}`),
  'group X-witnesses 2 X1 X2 X3',
  ...[4, 5, 6].map((number) => `\twitness  Y${number}\t${vkey(number)} https://y.example/${number} `),
  '  group Y-witnesses any Y4 Y5 Y6',
  'group X-and-Y all X-witnesses Y-witnesses',
  'quorum X-and-Y',
);

describe('a policy', () => {
  it('asks for as many of each group as it says', () => {
    const key = new Map(nested.witnesses.map((witness) => [witness.name, witness.key]));
    const isEnough = (...names: readonly string[]) => isQuorum(nested, new Set(names.flatMap((name) => key.get(name) ?? [])));
    expect([isEnough('X1', 'X3', 'Y4'), isEnough('X1', 'X2', 'X3', 'Y6'), isEnough('X2', 'X3', 'Y4', 'Y5')]).toEqual([true, true, true]);
    expect([isEnough(), isEnough('X1', 'Y4'), isEnough('X1', 'X2', 'X3'), isEnough('Y4', 'Y5', 'Y6')]).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(nested.witnesses.map(({ url }) => url)).toEqual([
      undefined,
      undefined,
      undefined,
      ...[4, 5, 6].map((number) => `https://y.example/${number}`),
    ]);
  });

  it('accepts a checkpoint of its log that enough have seen, and says who', () => {
    const seen = madeCheckpoint({ size: 5, witnesses: [1, 3, 4].map(witnessKey) });
    expect(acceptCheckpoint(seen, nested).cosigners).toEqual(['X1', 'X3', 'Y4'].map((name) => ({ name, atMs: 1_800_000_000_000 })));
    expect(() => acceptCheckpoint(madeCheckpoint({ size: 5, witnesses: [1, 4].map(witnessKey) }), nested)).toThrow(Unverified);
    expect(() => acceptCheckpoint(madeCheckpoint({ size: 5, witnesses: [1, 1, 4].map(witnessKey) }), nested)).toThrow(Unverified);
  });

  it('accepts no checkpoint that its log did not sign, or that was signed under another name', () => {
    const none = policyOfKey(logKey());
    expect(acceptCheckpoint(madeCheckpoint({ size: 3 }), none).size).toBe(3);
    expect(() => acceptCheckpoint(madeCheckpoint({ size: 3, signers: [logKey('log.example/two', 2)] }), none)).toThrow(Unverified);
    expect(() => acceptCheckpoint(madeCheckpoint({ size: 3, origin: 'log.example/two' }), none)).toThrow(Unverified);
    expect(() => acceptCheckpoint(madeCheckpoint({ size: 3, signers: [logKey('log.example/one', 2)] }), none)).toThrow(Unverified);
    const onlyWitnessed = madeCheckpoint({ size: 3, signers: [], witnesses: [1, 2, 3, 4].map(witnessKey) });
    expect(() => acceptCheckpoint(onlyWitnessed, nested)).toThrow(Unverified);
  });

  it('accepts a checkpoint by the old or the new key of a log while both stand in it', () => {
    const both = parse(log, `log ${verifierKeyText(logKey('log.example/one', 2))}`, 'quorum none');
    for (const number of [1, 2])
      expect(acceptCheckpoint(madeCheckpoint({ size: 3, signers: [logKey('log.example/one', number)] }), both).size).toBe(3);
  });

  it('asks nobody besides where its quorum is none, and reads without its last newline', () => {
    expect(isQuorum(parse('quorum none'), new Set())).toBe(true);
    expect(parsePolicy(utf8(`${log}\nquorum none`)).logs).toHaveLength(1);
  });

  it('tells names by their octets, in any script', () => {
    const policy = parsePolicy(utf8(`witness K ${vkey(1)}\nwitness \u212a ${vkey(2)}\nwitness Thanh-tra-Tỉnh ${vkey(3)}\nquorum \u212a\n`));
    expect(isQuorum(policy, new Set(policy.witnesses.slice(0, 1).map(({ key }) => key)))).toBe(false);
    expect(isQuorum(policy, new Set(policy.witnesses.slice(1, 2).map(({ key }) => key)))).toBe(true);
    expect(policy.witnesses.map(({ name }) => name)).toEqual(['K', '\u212a', 'Thanh-tra-Tỉnh']);
  });

  it('reads names that are no UTF-8', () => {
    const octets = Uint8Array.from([...utf8('witness '), 0xff, ...utf8(` ${vkey(1)}\nquorum `), 0xff, 0x0a]);
    expect(parsePolicy(octets).witnesses).toHaveLength(1);
  });

  const w1 = `witness a ${vkey(1)}`;
  it.each([
    ['no quorum', [log]],
    ['two quorums', ['quorum none', 'quorum none']],
    ['an unknown word', ['witnes a', 'quorum none']],
    ['a quorum of two names', [w1, 'quorum a a']],
    ['a quorum that is not known', ['quorum a', w1]],
    ['a name twice', [w1, `witness a ${vkey(2)}`, 'quorum a']],
    ['a witness called none', [`witness none ${vkey(1)}`, 'quorum none']],
    ['a group called none', [w1, 'group none any a', 'quorum none']],
    ['none as a member', [w1, 'group g any a none', 'quorum g']],
    ['a key twice', [w1, `witness b ${vkey(1)}`, 'quorum a']],
    ['a log twice', [log, log, 'quorum none']],
    ['a member twice', [w1, 'group g any a a', 'quorum g']],
    ['a member of two groups', [w1, 'group g any a', 'group h any a', 'quorum g']],
    ['a group below its use', [w1, 'group g any h', 'group h any a', 'quorum g']],
    ['a group of itself', ['group g any g', 'quorum g']],
    ['a group without members', [w1, 'group g any', 'quorum a']],
    ['a group that asks for none', [w1, 'group g 0 a', 'quorum g']],
    ['a group that asks for more than it has', [w1, 'group g 2 a', 'quorum g']],
    ['a number with a zero before it', [w1, 'group g 01 a', 'quorum g']],
    ['a log with the key of a witness', [`log ${vkey(1)}`, 'quorum none']],
    ['a witness with the key of a log', [`witness a ${verifierKeyText(logKey())}`, 'quorum a']],
    ['a log without a key', ['log', 'quorum none']],
    ['something beside a log', [`${log} https://a b`, 'quorum none']],
    ['something beside a witness', [`${w1} https://a b`, 'quorum none']],
    ['a comment behind something', ['quorum none # none']],
    ['a carriage return', ['quorum none\r']],
    ['a DEL', ['# \u007f', 'quorum none']],
  ])('with %s is malformed', (_, lines) => {
    expect(() => parse(...lines)).toThrow(Malformed);
  });

  it('says in which line it is wrong', () => {
    expect(() => parse(log, 'quorum nobody')).toThrow('Line 2');
  });

  it('has at most a thousand lines that define something, and is bounded', () => {
    const deep = [w1, ...Array.from({ length: 998 }, (_, at) => `group g${at} any ${at === 0 ? 'a' : `g${at - 1}`}`), 'quorum g997'];
    const policy = parse(...deep);
    expect(isQuorum(policy, new Set(policy.witnesses.map(({ key }) => key)))).toBe(true);
    expect(() => parse(...deep.slice(0, -1), 'group more any g997', 'group most any more', 'quorum most')).toThrow(Malformed);
    expect(() => parsePolicy(new Uint8Array(500_001).fill(0x20))).toThrow(Malformed);
  });

  it('of garbage is refused by its name', () => {
    const word = fc.constantFrom(
      'log',
      'witness',
      'group',
      'quorum',
      'none',
      'any',
      'all',
      '1',
      'a',
      'b',
      '\n',
      '\n',
      vkey(1),
      vkey(2),
      '#',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.array(word, { maxLength: 30 }).map((words) => utf8(words.join(' '))),
        ),
        (octets) => {
          try {
            isQuorum(parsePolicy(octets), new Set());
          } catch (error) {
            expect(error).toBeInstanceOf(Malformed);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
