import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cosign } from './cosignature.js';
import { emptyRoot, rootOf, type TreeHead } from './merkle.js';
import { Malformed } from './malformed.js';
import { noteVerifier, signNote } from './note.js';
import { base64, textOf, utf8 } from './octets.js';
import { consistencyProof } from './proofs.js';
import { logKey, type MadeCheckpoint, madeCheckpoint, witnessKey } from './testing/made-logs.js';
import { madeLeaves, tilesOver } from './testing/made-trees.js';
import {
  encodeAddCheckpoint,
  encodeCosignatures,
  judge,
  longestAddCheckpoint,
  originHash,
  parseAddCheckpoint,
  parseCosignatures,
  parseKnownSize,
} from './witness.js';

const tiles = tilesOver(madeLeaves(300));
const head = (size: number): TreeHead => ({ size, root: rootOf(madeLeaves(size)) });
const proofOf = (from: number, to: number) => consistencyProof(from, to, tiles.read);
const memory = (newest: TreeHead | null) => ({
  logsOf: (origin: string) => (origin === logKey().name ? [noteVerifier(logKey())] : []),
  newestOf: () => newest,
});

/** What a witness that knows this tree says to the checkpoint. */
const ask = (newest: TreeHead | null, oldSize: number, proof: readonly Uint8Array[], checkpoint: MadeCheckpoint) =>
  judge(encodeAddCheckpoint({ oldSize, proof, checkpoint: madeCheckpoint(checkpoint) }), memory(newest));

describe('a witness', () => {
  it('cosigns the first tree that it is shown, without a proof', () => {
    const verdict = ask(null, 0, [], { size: 5 });
    expect(verdict).toMatchObject({ status: 200, checkpoint: { origin: logKey().name, size: 5 } });
    expect(verdict.status === 200 && verdict.logSignatures).toEqual([signNote(verdict.status === 200 ? verdict.note.text : '', logKey())]);
  });

  it('cosigns every tree that goes on from the newest', async () => {
    for (let from = 1; from <= 9; from += 1) {
      for (let to = from; to <= 10; to += 1) expect(ask(head(from), from, await proofOf(from, to), { size: to }).status).toBe(200);
    }
    expect(ask(head(255), 255, await proofOf(255, 300), { size: 300 }).status).toBe(200);
  });

  it('cosigns the same tree again, so that a time can be refreshed', () => {
    expect(ask(head(5), 5, [], { size: 5 }).status).toBe(200);
    expect(ask(head(5), 5, [emptyRoot()], { size: 5 }).status).toBe(422);
  });

  it('cosigns the tree without leaves, and what grows from it', () => {
    expect(ask(null, 0, [], { size: 0 }).status).toBe(200);
    expect(ask(head(0), 0, [], { size: 0 }).status).toBe(200);
    expect(ask(head(0), 0, [], { size: 7 }).status).toBe(200);
    expect(ask(null, 0, [], { size: 0, root: new Uint8Array(32) })).toMatchObject({ status: 422 });
    expect(ask(null, 0, [emptyRoot()], { size: 7 })).toEqual({ status: 422, reason: expect.any(String) });
  });

  it('says which size it knows where it is asked from another', async () => {
    const refused = { status: 409, knownSize: 5, reason: expect.any(String) };
    expect(ask(head(5), 0, [], { size: 9 })).toEqual(refused);
    expect(ask(head(5), 3, await proofOf(3, 9), { size: 9 })).toEqual(refused);
    expect(ask(head(5), 6, await proofOf(6, 9), { size: 9 })).toEqual(refused);
    expect(ask(head(5), 0, [], { size: 5 })).toEqual(refused);
    expect(ask(null, 3, await proofOf(3, 9), { size: 9 })).toEqual({ ...refused, knownSize: 0 });
  });

  it('is alarmed by two trees of one size, whatever is asked', async () => {
    expect(ask(head(5), 5, [], { size: 5, word: 'other' })).toMatchObject({ status: 422, alarm: 'fork' });
    expect(ask(head(5), 3, await proofOf(3, 5), { size: 5, word: 'other' })).toMatchObject({ status: 409, alarm: 'fork' });
  });

  it('is alarmed by a tree smaller than one before', async () => {
    expect(ask(head(9), 5, [], { size: 5 })).toMatchObject({ status: 409, knownSize: 9, alarm: 'rollback' });
    expect(ask(head(9), 3, await proofOf(3, 5), { size: 5 })).toMatchObject({ status: 409, alarm: 'rollback' });
    expect(ask(head(9), 9, [], { size: 5 })).toMatchObject({ status: 400, alarm: 'rollback' });
    expect(ask(head(9), 0, [], { size: 0 })).toMatchObject({ status: 409, alarm: 'rollback' });
  });

  it('suspects a tree that the proof does not lead to', async () => {
    expect(ask(head(5), 5, await proofOf(5, 9), { size: 9, word: 'other' })).toMatchObject({ status: 422, alarm: 'inconsistent' });
    expect(ask(head(5), 5, [], { size: 9 })).toMatchObject({ status: 422, alarm: 'inconsistent' });
    expect(ask(head(5), 5, await proofOf(4, 9), { size: 9 })).toMatchObject({ status: 422, alarm: 'inconsistent' });
  });

  it('knows no other origin', () => {
    expect(ask(null, 0, [], { size: 5, signers: [logKey('log.example/two', 2)] })).toMatchObject({ status: 404 });
    expect(ask(null, 0, [], { size: 5, origin: 'log.example/two' })).toMatchObject({ status: 404 });
  });

  it('forbids what the log did not sign, and is not alarmed by it', () => {
    expect(ask(head(9), 9, [], { size: 5, signers: [logKey('log.example/one', 2)] })).toEqual({
      status: 403,
      reason: expect.any(String),
    });
    const forged = textOf(madeCheckpoint({ size: 5 })).replace('\n5\n', '\n6\n');
    expect(judge(encodeAddCheckpoint({ oldSize: 0, proof: [], checkpoint: utf8(forged) }), memory(null))).toMatchObject({ status: 403 });
  });

  it('ignores signatures of others', () => {
    const other = logKey('log.example/two', 2);
    expect(ask(null, 0, [], { size: 5, signers: [logKey(), other], witnesses: [witnessKey(1)] }).status).toBe(200);
  });

  it('refuses an old size that is larger than the checkpoint', () => {
    expect(ask(null, 6, [], { size: 5 })).toMatchObject({ status: 400 });
  });

  const note = textOf(madeCheckpoint({ size: 5 }));
  const h = base64(emptyRoot());
  it.each([
    ['nothing', ''],
    ['only a checkpoint', note],
    ['no empty line', `old 0\n${note}`],
    ['another word', `new 0\n\n${note}`],
    ['a zero before the size', `old 00\n\n${note}`],
    ['a size below nothing', `old -1\n\n${note}`],
    ['a space behind the size', `old 0 \n\n${note}`],
    ['a line that is no hash', `old 0\nabc\n\n${note}`],
    ['a short hash', `old 0\n${base64(new Uint8Array(31))}\n\n${note}`],
    ['64 hashes', `old 0\n${`${h}\n`.repeat(64)}\n${note}`],
    ['a checkpoint without signatures', `old 0\n\n${note.split('\n\n')[0] ?? ''}\n`],
    ['a note that is no checkpoint', `old 0\n\ntext\n\n${note.split('\n\n')[1] ?? ''}`],
    ['carriage returns', `old 0\r\n\r\n${note}`],
  ])('says 400 to %s', (_, body) => {
    expect(judge(utf8(body), memory(null))).toEqual({ status: 400, reason: expect.any(String) });
  });

  it('says 400 to what is too long or no UTF-8', () => {
    expect(judge(new Uint8Array(longestAddCheckpoint + 1), memory(null)).status).toBe(400);
    expect(judge(Uint8Array.of(0xff, 0x0a, 0x0a), memory(null)).status).toBe(400);
  });

  it('says 400 to garbage, and to a request of which an octet was changed never 200 for another tree', async () => {
    const body = encodeAddCheckpoint({ oldSize: 5, proof: await proofOf(5, 9), checkpoint: madeCheckpoint({ size: 9 }) });
    fc.assert(fc.property(fc.uint8Array(), (octets) => expect(judge(octets, memory(null)).status).toBe(400)));
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const verdict = judge(body.with(place, (body[place] ?? 0) ^ change), memory(head(5)));
        expect(verdict.status).not.toBe(200);
      }),
      { numRuns: 60 },
    );
  });

  it('reads and writes requests and answers as they were published', () => {
    const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
    const request = fc.record({
      oldSize: fc.maxSafeNat(),
      proof: fc.array(hash, { maxLength: 63 }),
      checkpoint: fc.constant(madeCheckpoint({ size: 3 })),
    });
    fc.assert(fc.property(request, (given) => expect(parseAddCheckpoint(encodeAddCheckpoint(given))).toEqual(given)));
    const cosignatures = [1, 2].map((number) => cosign('a\n1\nb\n', 1_800_000_000, witnessKey(number)));
    expect(parseCosignatures(encodeCosignatures(cosignatures))).toEqual(cosignatures);
    expect(parseKnownSize(utf8('20852163\n'))).toBe(20_852_163);
    for (const bad of ['5', '', '5\n\n', '05\n', 'x\n', `${'9'.repeat(200)}\n`]) expect(() => parseKnownSize(utf8(bad))).toThrow(Malformed);
    for (const bad of ['', '\n', 'x\n', textOf(encodeCosignatures(cosignatures)).slice(0, -1)])
      expect(() => parseCosignatures(utf8(bad))).toThrow(Malformed);
  });

  it('is asked for a log by the hash of its origin', () => {
    expect(originHash('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });
});
