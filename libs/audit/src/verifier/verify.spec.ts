import { describe, expect, it } from '@jest/globals';
import { acceptCheckpoint, type AcceptedCheckpoint } from './accepted-checkpoint.js';
import { partSalt } from './commitments.js';
import { EntriesCheck } from './entries-check.js';
import { leafOf, type LoggedEvent } from './leaf.js';
import { leafHash, rootOf } from './merkle.js';
import { policyOfKey } from './policy.js';
import { consistencyProof, inclusionProof } from './proofs.js';
import { logKey, madeCheckpoint, madeMetadata } from './testing/made-logs.js';
import { madeLeaves, tilesOver } from './testing/made-trees.js';
import { encodeTlogProof } from './tlog-proof.js';
import { Findings } from './verdict.js';
import { checkCheckpoint, checkConsistency, checkEvent, checkLeaf, checkTlogProof } from './verify.js';
import { utf8 } from './octets.js';

const eventAt = (index: number): LoggedEvent => ({
  ...{ id: `018f4e6a-7c00-7000-8000-${String(index).padStart(12, '0')}`, recordedAt: '2026-11-30T02:00:00.000Z', schemaVersion: 1 },
  ...{ stream: 'procedure-a', revision: index, type: 'ProcedureReviewed', data: { index }, metadata: madeMetadata },
});
const saltAt = (index: number): Uint8Array => new Uint8Array(32).fill(index + 1);
const entryAt = (index: number): Uint8Array => leafOf(eventAt(index), index, saltAt(index), { classified: index % 3 === 2 });

const size = 20;
const entries = Array.from({ length: size }, (_, index) => entryAt(index));
const hashes = entries.map((entry) => leafHash(entry));
const tiles = tilesOver(hashes);
const checkpoint = madeCheckpoint({ size, root: rootOf(hashes) });
const policy = policyOfKey(logKey());

const found = (look: (findings: Findings) => unknown) => {
  const findings = new Findings();
  look(findings);
  return findings.verdict();
};
const proofAt = async (index: number, extra: Uint8Array | undefined = entries[index]) =>
  encodeTlogProof({ index, hashes: await inclusionProof(index, size, tiles.read), checkpoint, extra });
const accepted = (octets: Uint8Array): AcceptedCheckpoint => acceptCheckpoint(octets, policy);

describe('a proof in a file', () => {
  it('proves each leaf', async () => {
    for (let index = 0; index < size; index += 1) {
      const findings = new Findings();
      const proven = checkTlogProof(await proofAt(index), policy, findings);
      expect(proven?.leaf.id).toBe(eventAt(index).id);
      expect(findings.verdict()).toEqual({
        historyIsConsistent: true,
        dataMatchesLeaves: true,
        findings: [],
        more: 0,
        unproven: 0,
        gaps: [],
      });
    }
  });

  it('of which any octet was changed proves nothing', async () => {
    const proof = await proofAt(5);
    // Of the leaf's Base64, which is most of it, every seventh.
    for (let place = 0; place < proof.length; place += place > 40 && place < proof.length - 700 ? 7 : 1) {
      const changed = proof.with(place, (proof[place] ?? 0) ^ 1);
      const verdict = found((findings) => expect(checkTlogProof(changed, policy, findings)).toBeNull());
      expect(verdict.historyIsConsistent).toBe(false);
      expect(verdict.findings).not.toEqual([]);
    }
  });

  it('is refused for another leaf, for none, and by another key', async () => {
    const check = async (proof: Uint8Array | Promise<Uint8Array>, by = policy) => {
      const octets = await proof;
      return found((findings) => checkTlogProof(octets, by, findings)).findings.map((finding) => [finding.check, finding.index]);
    };
    expect(await check(proofAt(5, entries[6]))).toEqual([['inclusion', 5]]);
    const bare = encodeTlogProof({ index: 5, hashes: [], checkpoint });
    expect(await check(bare)).toEqual([['form', 5]]);
    expect(await check(proofAt(5), policyOfKey(logKey('log.example/one', 9)))).toEqual([['signature', null]]);
  });
});

describe('two kept checkpoints', () => {
  const made = (of: number, word?: string) => accepted(madeCheckpoint({ size: of, ...(word && { word }) }));
  const over = tilesOver(madeLeaves(30));
  const check = async (older: AcceptedCheckpoint, newer: AcceptedCheckpoint) => {
    const proof = older.size < newer.size ? await consistencyProof(older.size, newer.size, over.read) : [];
    return found((findings) => checkConsistency(older, newer, proof, findings)).findings.map(({ check: name, index }) => [name, index]);
  };

  it('are consistent where the newer goes on from the older', async () => {
    for (const [from, to] of [
      [0, 0],
      [0, 9],
      [8, 8],
      [8, 9],
      [17, 30],
    ] as const)
      expect(await check(made(from), made(to))).toEqual([]);
  });

  it('are not where history was changed, forked, rolled back, or is that of another log', async () => {
    expect(await check(made(9, 'other'), made(20))).toEqual([['consistency', null]]);
    expect(await check(made(9), made(9, 'other'))).toEqual([['consistency', null]]);
    expect(await check(made(20), made(9))).toEqual([['consistency', 9]]);
    const other = logKey('log.example/two', 2);
    const foreign = acceptCheckpoint(madeCheckpoint({ size: 9, signers: [other] }), policyOfKey(other));
    expect(await check(made(9), foreign)).toEqual([['consistency', null]]);
  });
});

describe('all entries of a log', () => {
  const check = (given: readonly Uint8Array[], beside = false) =>
    found((findings) => {
      const all = new EntriesCheck(accepted(checkpoint), findings);
      given.forEach((entry, index) => all.take(entry, beside ? hashes[index] : undefined));
      all.finish();
    }).findings.map(({ check: name, index }) => [name, index]);
  const swapped = entries.with(4, entries[7] ?? new Uint8Array()).with(7, entries[4] ?? new Uint8Array());
  const remade = leafOf({ ...eventAt(4), data: { index: 99 } }, 4, saltAt(4), { classified: false });

  it('make the tree that was signed', () => {
    expect(check(entries)).toEqual([]);
    expect(check(entries, true)).toEqual([]);
  });

  it('are named by the first index at which they were changed', () => {
    expect(check(entries.with(4, remade), true)).toEqual([['entry', 4]]);
    expect(check(entries.with(4, remade))).toEqual([['root', null]]);
    expect(check(swapped, true)).toEqual([
      ['entry', 4],
      ['entry', 7],
    ]);
    expect(check(swapped)).toEqual([
      ['root', null],
      ['order', 4],
      ['order', 7],
    ]);
  });

  it('are named where one is missing, inserted, or cut from the end', () => {
    expect(check(entries.toSpliced(4, 1), true)[0]).toEqual(['entry', 4]);
    expect(check(entries.toSpliced(4, 1)).slice(0, 1)).toEqual([['order', 4]]);
    expect(check(entries.toSpliced(4, 0, remade), true)[0]).toEqual(['entry', 4]);
    expect(check(entries.slice(1), true)[0]).toEqual(['entry', 0]);
    expect(check(entries.slice(0, -1), true)).toEqual([['size', 19]]);
    expect(check([...entries, entryAt(20)])).toEqual([['size', 20]]);
  });
});

describe('an event beside its leaf', () => {
  const leaf = new Findings();
  const open = (index: number) => checkLeaf(entries[index] ?? new Uint8Array(), index, leaf);
  const salts = (index: number) => ({
    data: partSalt(saltAt(index), 'data'),
    metadata: partSalt(saltAt(index), 'metadata'),
    head: partSalt(saltAt(index), 'head'),
  });
  const check = (index: number, event: LoggedEvent, given = salts(index)) =>
    found((findings) => {
      const opened = open(index);
      if (opened) checkEvent(opened, event, given, findings);
    });

  it('matches, and lights only the other light where it does not', () => {
    expect(check(3, eventAt(3)).findings).toEqual([]);
    const verdict = check(3, { ...eventAt(3), data: { index: 4 } });
    expect([verdict.historyIsConsistent, verdict.dataMatchesLeaves]).toEqual([true, false]);
    expect(verdict.findings.map(({ check: name, index }) => [name, index])).toEqual([['data', 3]]);
  });

  it('is named by what differs', () => {
    const names = (...asked: Parameters<typeof check>) => check(...asked).findings.map(({ check: name }) => name);
    expect(names(2, { ...eventAt(2), stream: 'procedure-b' })).toEqual(['head']);
    expect(names(3, { ...eventAt(3), stream: 'procedure-b' })).toEqual(['event']);
    expect(names(3, { ...eventAt(3), metadata: { ...madeMetadata, commandId: 'x' } })).toEqual(['event', 'metadata']);
    expect(names(3, eventAt(3), salts(4))).toEqual(['data', 'metadata']);
  });
});

describe('a verdict', () => {
  it('keeps the findings of the lowest indices, and counts the others', () => {
    const verdict = found((findings) => {
      for (let index = 5000; index > 0; index -= 1) findings.data('data', index, 'wrong');
      findings.history('root', null, 'another tree');
    });
    expect(verdict.findings).toHaveLength(1000);
    expect(verdict.findings.slice(0, 3).map(({ index }) => index)).toEqual([null, 1, 2]);
    expect(verdict.more).toBe(4001);
  });

  it('is false for a checkpoint that is none', () => {
    expect(found((findings) => checkCheckpoint(utf8('nothing'), policy, findings)).findings[0]?.check).toBe('form');
  });
});
