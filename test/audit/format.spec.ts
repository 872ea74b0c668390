import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  acceptCheckpoint,
  base64,
  checkBundle,
  checkConsistency,
  checkEvent,
  checkTlogProof,
  decodeEntries,
  EntriesCheck,
  Findings,
  fromHex,
  parsePolicy,
  parseVerifierKey,
  policyOfKey,
  shownEvent,
  textOf,
  utf8,
  type Verdict,
} from '#audit/verifier';
import { vectors } from './vectors.js';

/** The blocks of the document that are vectors, by name. */
const document = readFileSync(join(import.meta.dirname, '../../docs/audit-format.md'), 'utf8');
const written = Object.fromEntries(
  [...document.matchAll(/^```text (\S+)\n([\s\S]*?)^```$/gm)].map(([, name = '', text = '']) => [name, text]),
);
const { texts, files } = await vectors();

const python = spawnSync('python3', ['--version']).status === 0;
const whenPython = python ? it : it.skip;

type Files = Readonly<Record<string, Uint8Array>>;

interface Shown {
  readonly event: unknown;
  readonly salts: Readonly<Record<string, string>>;
}

/** Runs the second verifier on files of these octets; `beside` are files that options name. */
function verify(what: string, given: Files, options: readonly string[], beside: Files = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tinhgon-verify-'));
  try {
    const all = { ...given, ...beside, policy: files.policy };
    for (const [name, octets] of Object.entries(all)) writeFileSync(join(folder, name), octets);
    const names = Object.keys(given);
    const script = join(import.meta.dirname, 'verify.py');
    const { status, stdout, stderr } = spawnSync('python3', [script, what, ...names, ...options], { cwd: folder, encoding: 'utf8' });
    return { status, lines: stdout.trim().split('\n'), stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What is found in lines of the bundle about somebody who was erased; without its manifest, which is not there. */
async function foundInErased(lines: readonly string[]): Promise<Verdict> {
  const findings = new Findings();
  const parts: Files = { 'checkpoint.txt': files.erased.checkpoint };
  const events = (): Promise<AsyncIterable<Uint8Array>> => Promise.resolve(Readable.from(lines.map((line) => utf8(`${line}\n`))));
  await checkBundle({ part: (name) => Promise.resolve(parts[name] ?? null), events }, policyOfKey(parseVerifierKey(files.key)), findings, {
    running: createHash('sha256'),
  });
  const { findings: found, ...rest } = findings.verdict();
  return { ...rest, findings: found.filter(({ check: what }) => what !== 'form') };
}

describe('the format as it is described', () => {
  it('is the one that is made', () => {
    expect(written).toEqual(texts);
  });

  it('has a gap that an erasure permits, and finds another one', async () => {
    const [gap = '', erasure = ''] = files.erased.lines;
    expect(await foundInErased([gap, erasure])).toMatchObject({
      dataMatchesLeaves: true,
      findings: [],
      gaps: [{ leaves: 1, permittedBy: 1 }],
    });
    const withoutSalts = JSON.stringify({ ...(JSON.parse(erasure) as object), salts: {} });
    expect((await foundInErased([gap, withoutSalts])).findings).toMatchObject([{ check: 'salt', index: 1 }]);
  });

  it('verifies here', () => {
    const findings = new Findings();
    const policy = parsePolicy(files.policy);
    files.proofs.forEach((proof, index) => {
      const proven = checkTlogProof(proof, policy, findings);
      const { event, salts } = JSON.parse(textOf(files.events[index] ?? utf8('{}'))) as Shown;
      const partSalts = Object.fromEntries(Object.entries(salts).map(([part, salt]) => [part, fromHex(salt)]));
      if (proven) checkEvent(proven.leaf, shownEvent(event), partSalts, findings);
    });
    const older = acceptCheckpoint(files.older, policyOfKey(parseVerifierKey(files.key)));
    const newer = acceptCheckpoint(files.checkpoint, policy);
    checkConsistency(older, newer, files.steps, findings);
    const all = new EntriesCheck(newer, findings);
    for (const entry of decodeEntries(files.bundle)) all.take(entry);
    all.finish();
    expect(findings.verdict()).toEqual({
      historyIsConsistent: true,
      dataMatchesLeaves: true,
      findings: [],
      more: 0,
      unproven: 0,
      gaps: [],
    });
  });
});

describe('the second verifier, in Python', () => {
  const consistency = utf8(JSON.stringify({ from: 1, to: 3, hashes: files.steps.map(base64) }));
  const [proof = utf8('')] = files.proofs;
  const changed = (octets: Uint8Array, place: number) => octets.with(place, (octets[place] ?? 0) ^ 1);

  it('is of fewer than 200 lines', () => {
    expect(readFileSync(join(import.meta.dirname, 'verify.py'), 'utf8').split('\n').length).toBeLessThanOrEqual(200);
  });

  const byPolicy = ['--policy', 'policy'];
  const byKey = ['--key', files.key];

  whenPython('holds what holds', () => {
    const holds = (...asked: Parameters<typeof verify>) => {
      const { status, lines, stderr } = verify(...asked);
      expect([status, stderr, lines.filter((line) => !line.endsWith(': holds'))]).toEqual([0, '', []]);
    };
    files.proofs.forEach((each, index) => {
      holds('proof', { each }, [...byPolicy, '--event', 'event'], { event: files.events[index] ?? utf8('') });
    });
    holds('proof', Object.fromEntries(files.proofs.map((each, index) => [`p${index}`, each])), byKey);
    holds('consistency', { older: files.older, newer: files.checkpoint, consistency }, byKey);
    holds('entries', { checkpoint: files.checkpoint, bundle: files.bundle }, byPolicy);
  });

  whenPython('finds every octet of a proof that was changed', () => {
    const places = Array.from({ length: proof.length }, (_, place) => place).filter((place) => place % 9 === 0);
    const proofs = Object.fromEntries(places.map((place) => [`p${place}`, changed(proof, place)]));
    const { status, lines, stderr } = verify('proof', proofs, byPolicy);
    expect([status, stderr, lines.filter((line) => !line.endsWith('DOES NOT HOLD'))]).toEqual([1, '', []]);
    expect(lines).toHaveLength(places.length);
  });

  whenPython('finds another event, another history, other entries, and too few witnesses', () => {
    const fails = (...asked: Parameters<typeof verify>) => {
      const { status, lines, stderr } = verify(...asked);
      expect([status, stderr]).toEqual([1, '']);
      return lines[0];
    };
    const event = utf8(textOf(files.events[0] ?? utf8('')).replace('"amount":1', '"amount":2'));
    expect(fails('proof', { proof }, [...byKey, '--event', 'event'], { event })).toContain('the data is not what was sealed');
    const { older, checkpoint, bundle } = files;
    expect(fails('consistency', { older, checkpoint, consistency }, byPolicy)).toContain('too few witnesses');
    expect(fails('consistency', { checkpoint, older, consistency }, byKey)).toContain('rolled back');
    expect(fails('consistency', { older, checkpoint, nothing: utf8('{"hashes":[]}') }, byKey)).toContain('too short');
    expect(fails('entries', { checkpoint, bundle: bundle.subarray(0, 700) }, byKey)).toContain('DOES NOT HOLD');
    expect(fails('entries', { checkpoint, bundle: changed(bundle, 30) }, byKey)).toContain('DOES NOT HOLD');
  });
});
