import { describe, expect, it } from '@jest/globals';
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { Malformed } from './malformed.js';
import { utf8 } from './octets.js';
import { checkBundle, type OpenedBundle } from './opened-bundle.js';
import { encodeNote, parseNote, signNote } from './note.js';
import type { SignerKey } from './note-keys.js';
import { policyOfKey } from './policy.js';
import { madeBundle, type MadeBundle } from './testing/made-bundles.js';
import { logKey } from './testing/made-logs.js';
import { Findings } from './verdict.js';

const opened = ({ checkpoint, manifestOf }: MadeBundle, lines: readonly string[], sealed = lines, step = 100): OpenedBundle => {
  const octets = utf8(lines.map((line) => `${line}\n`).join(''));
  const parts: Readonly<Record<string, Uint8Array>> = { 'checkpoint.txt': checkpoint, 'manifest.txt': manifestOf(sealed) };
  return {
    part: (name) => Promise.resolve(parts[name] ?? null),
    // Cut anywhere, inside of lines and letters.
    events: () => Promise.resolve(ReadableStream.from(pieces(octets, step))),
  };
};
function* pieces(octets: Uint8Array, step: number): Generator<Uint8Array> {
  for (let at = 0; at < octets.length; at += step) yield octets.subarray(at, at + step);
}
const found = async (bundle: OpenedBundle, key = logKey()): Promise<readonly string[]> => {
  const findings = new Findings();
  await checkBundle(bundle, policyOfKey(key), findings, { running: nobleSha256.create() });
  return findings.verdict().findings.map(({ check, index }) => `${check} ${String(index)}`);
};

describe('a bundle', () => {
  it('holds, in whatever pieces it comes', async () => {
    const whole = await madeBundle({ size: 9 });
    for (const step of [1, 7, 1000, 100_000]) expect(await found(opened(whole, whole.lines, whole.lines, step))).toEqual([]);
    const streams = { said: { streams: { 'procedure-0': 4 } } };
    const part = await madeBundle({ size: 9, indices: [0, 2, 4, 6, 8], ...streams });
    expect(await found(opened(part, part.lines))).toEqual([]);
  });

  it('names the entry of which something was changed, and what else does not hold then', async () => {
    const whole = await madeBundle({ size: 9 });
    const changed = whole.lines.with(5, (whole.lines[5] ?? '').replace('"data":{"index":5}', '"data":{"index":6}'));
    expect(await found(opened(whole, changed, whole.lines))).toEqual(['foreign null', 'data 5']);
    expect(await found(opened(whole, changed, whole.lines, 100_000))).toEqual(['foreign null', 'data 5']);
    const streams = { said: { streams: { 'procedure-0': 4 } } };
    const part = await madeBundle({ size: 9, indices: [0, 2, 4, 6, 8], ...streams });
    const changedPart = part.lines.with(3, (part.lines[3] ?? '').replace('"data":{"index":6}', '"data":{"index":7}'));
    expect(await found(opened(part, changedPart, part.lines, 100_000))).toEqual(['foreign null', 'data 6']);
    expect(await found(opened(whole, changed))).toEqual(['data 5']);
    expect(await found(opened(whole, whole.lines.toSpliced(3, 1), whole.lines))).toEqual(
      expect.arrayContaining(['missing null', 'order 3', 'size 3']),
    );
  });

  it('that nobody known signed is still held against its leaves', async () => {
    const whole = await madeBundle({ size: 9 });
    const another = logKey('log.example/one', 2);
    expect(await found(opened(whole, whole.lines), another)).toEqual(['signature null', 'signature null']);
    const changed = whole.lines.with(5, (whole.lines[5] ?? '').replace('"data":{"index":5}', '"data":{"index":6}'));
    expect(await found(opened(whole, changed), another)).toEqual(['signature null', 'signature null', 'data 5']);
  });

  it('of a stretch has each of its leaves, whichever revisions they are', async () => {
    const range = { of: 'range', said: { range: { from: 3, to: 7 } } } as const;
    const stretch = await madeBundle({ size: 9, indices: [3, 4, 5, 6], ...range });
    expect(await found(opened(stretch, stretch.lines))).toEqual([]);
    for (const [left, named] of [
      [0, 'missing 3'],
      [1, 'missing 4'],
      [3, 'missing 6'],
    ] as const)
      expect([left, await found(opened(stretch, stretch.lines.toSpliced(left, 1)))]).toEqual([left, [named]]);
    const wider = await madeBundle({ size: 9, indices: [2, 3, 4, 5, 6, 7], ...range });
    expect(await found(opened(wider, wider.lines))).toEqual(['foreign 2']);
  });

  it('of all has every leaf, though each that it has is proven', async () => {
    const said = { scope: { all: true }, streams: { 'procedure-0': 2 } };
    const some = await madeBundle({ size: 9, indices: [0, 1, 2, 4], said });
    expect(await found(opened(some, some.lines))).toEqual(['missing 3']);
    const none = await madeBundle({ size: 9 });
    expect(await found(opened(none, []))).toEqual(['missing 0']);
  });

  it('has the manifest of the log of its checkpoint, as that writes it', async () => {
    const whole = await madeBundle({ size: 3 });
    const other = logKey('log.example/two', 2);
    const signedBy = (key: SignerKey, change: (text: string) => string): MadeBundle => ({
      ...whole,
      manifestOf: (lines) => {
        const text = change(parseNote(whole.manifestOf(lines)).text);
        return encodeNote({ text, signatures: [signNote(text, key)] });
      },
    });
    const foundIn = async (key: SignerKey, change: (text: string) => string): Promise<readonly string[]> => {
      const findings = new Findings();
      const policy = { ...policyOfKey(logKey()), logs: [{ key: logKey() }, { key: other }] };
      await checkBundle(opened(signedBy(key, change), whole.lines), policy, findings, { running: nobleSha256.create() });
      return findings.verdict().findings.map(({ check }) => check);
    };
    expect(await foundIn(logKey(), (text) => text)).toEqual([]);
    expect(await foundIn(other, (text) => text)).toEqual(['signature']);
    expect(await foundIn(logKey(), (text) => text.replace('log.example/one', 'log.example/two'))).toEqual(['form']);
    expect(await foundIn(logKey(), (text) => text.replace('"v":1', '"v":2'))).toEqual(['form']);
    expect(await foundIn(logKey(), (text) => text.replace('{', '{ '))).toEqual(['form']);
    expect(await foundIn(logKey(), (text) => `${text}more\n`)).toEqual(['form']);
  });

  it('is not read on where line after line is none', async () => {
    const whole = await madeBundle({ size: 9 });
    const some = Array.from({ length: 1_000 }, () => '{}');
    expect((await found(opened(whole, [...some, ...whole.lines], whole.lines))).includes('form null')).toBe(true);
    await expect(found(opened(whole, [...some, '{}', ...whole.lines], whole.lines))).rejects.toThrow(Malformed);
  });

  it('that is short of a part says so', async () => {
    const none: OpenedBundle = { part: () => Promise.resolve(null), events: () => Promise.resolve(null) };
    expect(new Set(await found(none))).toEqual(new Set(['form null']));
  });
});
