import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nodeSha256 as fast } from '../node-sha256.js';
import { rootOf } from './merkle.js';
import { isConsistent, isIncluded } from './proof-checks.js';
import { consistencyProof, inclusionProof, rootAt } from './proofs.js';
import { madeLeaves, tilesOver } from './testing/made-trees.js';

const most = 70_000;
const leaves = madeLeaves(most, 'leaf', fast);
const tiles = tilesOver(leaves, fast);
const rootOfSize = (size: number): Uint8Array => rootOf(leaves.slice(0, size), fast);
const leafAt = (index: number): Uint8Array => leaves[index] ?? new Uint8Array(0);

/** The octet at a place, of all hashes laid end to end, changed. */
const tampered = (hashes: readonly Uint8Array[], place: number): readonly Uint8Array[] =>
  hashes.map((hash, at) => (at === Math.floor(place / 32) ? hash.with(place % 32, (hash[place % 32] ?? 0) ^ 1) : hash));

/** Every octet of the proofs of small trees, every seventh of the others. */
const everyPlace = (proof: readonly Uint8Array[], size: number): readonly number[] =>
  Array.from({ length: proof.length * 32 }, (_, place) => place).filter((place) => size <= 9 || place % 7 === 0);

describe('proofs over tiles', () => {
  it('verify for every leaf of every small tree, and for nothing else', async () => {
    for (let size = 1; size <= 40; size += 1) {
      const root = rootOfSize(size);
      for (let index = 0; index < size; index += 1) {
        const proof = await inclusionProof(index, size, tiles.read, fast);
        const inclusion = { index, size, leaf: leafAt(index), proof };
        expect(isIncluded(inclusion, root, fast)).toBe(true);
        expect(isIncluded({ ...inclusion, index: index + 1 }, root, fast)).toBe(false);
        expect(isIncluded({ ...inclusion, leaf: leafAt(index + 1) }, root, fast)).toBe(false);
        expect(isIncluded({ ...inclusion, proof: [...proof, root] }, root, fast)).toBe(false);
        if (proof.length > 0) expect(isIncluded({ ...inclusion, proof: proof.slice(1) }, root, fast)).toBe(false);
        expect(everyPlace(proof, size).some((place) => isIncluded({ ...inclusion, proof: tampered(proof, place) }, root, fast))).toBe(
          false,
        );
      }
    }
  });

  it('verify between every two small trees, and not when anything is changed', async () => {
    for (let to = 0; to <= 40; to += 1) {
      for (let from = 0; from <= to; from += 1) {
        const proof = await consistencyProof(from, to, tiles.read, fast);
        const [earlier, later] = [
          { size: from, root: rootOfSize(from) },
          { size: to, root: rootOfSize(to) },
        ];
        expect(isConsistent(earlier, later, proof, fast)).toBe(true);
        expect(isConsistent(earlier, later, [...proof, later.root], fast)).toBe(false);
        expect(isConsistent({ ...earlier, root: leafAt(0).with(0, 1) }, later, proof, fast)).toBe(false);
        if (from > 0) expect(isConsistent(earlier, { ...later, root: leafAt(1) }, proof, fast)).toBe(false);
        if (proof.length > 0) expect(isConsistent(earlier, later, proof.slice(1), fast)).toBe(false);
        expect(everyPlace(proof, to).some((place) => isConsistent(earlier, later, tampered(proof, place), fast))).toBe(false);
      }
    }
  });

  it('verify in trees of any size, which begin with one another', async () => {
    const sizes = fc.oneof(fc.integer({ min: 1, max: most }), fc.constantFrom(255, 256, 257, 511, 512, 65_535, 65_536, 65_537, most));
    await fc.assert(
      fc.asyncProperty(sizes, sizes, fc.nat(), async (one, other, seed) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const [earlier, later] = [await rootAt(from, tiles.read, fast), await rootAt(to, tiles.read, fast)];
        const index = seed % to;
        const inclusion = { index, size: to, leaf: leafAt(index), proof: await inclusionProof(index, to, tiles.read, fast) };
        expect(isIncluded(inclusion, later, fast)).toBe(true);
        const proof = await consistencyProof(from, to, tiles.read, fast);
        expect(isConsistent({ size: from, root: earlier }, { size: to, root: later }, proof, fast)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('start from the root that the definition gives', async () => {
    for (const size of [0, 1, 2, 255, 256, 257, 1000, 65_537]) expect(await rootAt(size, tiles.read, fast)).toEqual(rootOfSize(size));
  });

  it('ask for each tile once', async () => {
    tiles.asked.length = 0;
    await inclusionProof(12_345, most, tiles.read, fast);
    expect(new Set(tiles.asked).size).toBe(tiles.asked.length);
    expect(tiles.asked.length).toBeLessThanOrEqual(5);
  });

  it('are refused where there is no such leaf, no such order, or a tile is cut', async () => {
    await expect(inclusionProof(5, 5, tiles.read)).rejects.toThrow(RangeError);
    await expect(consistencyProof(6, 5, tiles.read)).rejects.toThrow(RangeError);
    await expect(inclusionProof(1, 5, () => Promise.resolve(new Uint8Array(31)))).rejects.toThrow('5 hashes has 160 octets');
  });

  it('know indices beyond 2³²', () => {
    const size = 2 ** 40;
    const proof = Array.from({ length: 40 }, (_, at) => leafAt(at));
    const inclusion = { index: size - 1, size, leaf: leafAt(41), proof };
    expect(isIncluded(inclusion, leafAt(0))).toBe(false);
    expect(isIncluded({ ...inclusion, proof: proof.slice(1) }, leafAt(0))).toBe(false);
  });

  it('take bounded time for garbage', () => {
    const octets = fc.uint8Array({ minLength: 32, maxLength: 32 });
    const number = fc.maxSafeNat();
    fc.assert(
      fc.property(number, number, octets, octets, fc.array(octets, { maxLength: 70 }), (index, size, leaf, root, proof) => {
        expect(isIncluded({ index, size, leaf, proof }, root)).toBe(false);
        if (index !== size) expect(isConsistent({ size: index, root: leaf }, { size, root }, proof)).toBe(false);
      }),
    );
  });
});
