import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from './canonical.js';
import { commitmentTo, committedParts, partSalt } from './commitments.js';
import { canonicalHead, headOf, leafOf, type LoggedEvent } from './leaf.js';
import { matches, type PartSalts, type ShownEvent, shownEvent } from './leaf-match.js';
import { Malformed } from './malformed.js';
import { textOf, utf8 } from './octets.js';
import { openLeaf } from './open-leaf.js';

const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const count = fc.maxSafeNat();
const optional = { requiredKeys: ['id', 'version', 'commitment', 'role', 'unit'] as ['id', 'version', 'commitment', 'role', 'unit'] };
const actor = fc.record({ id: text, version: count, commitment: text, role: text, unit: text, onBehalfOf: text }, optional);
const metadata = fc.record(
  {
    commandId: text,
    requestHash: text,
    $causationId: text,
    $correlationId: text,
    actor,
    definition: fc.record({ id: text, version: count }),
    batch: text,
  },
  { requiredKeys: ['commandId', 'requestHash', '$causationId', '$correlationId', 'actor'] },
);
const recordedAt = fc
  .date({ noInvalidDate: true, min: new Date('2000-01-01'), max: new Date('2999-01-01') })
  .map((date) => date.toISOString());
const event: fc.Arbitrary<LoggedEvent> = fc.record({
  ...{ id: fc.uuid(), recordedAt, schemaVersion: count, stream: text, revision: count, type: text, metadata },
  data: fc.dictionary(text, fc.jsonValue({ stringUnit: 'grapheme' }), { maxKeys: 5 }),
});
const salt = fc.uint8Array({ minLength: 32, maxLength: 32 });
const saltsOf = (whole: Uint8Array) =>
  ({ data: partSalt(whole, 'data'), metadata: partSalt(whole, 'metadata'), head: partSalt(whole, 'head') }) satisfies PartSalts;

const one: LoggedEvent = {
  ...{ id: '018f4e6a-7c00-7000-8000-000000000001', recordedAt: '2026-11-30T02:00:00.000Z', schemaVersion: 1 },
  ...{ stream: 'procedure-018f4e6a-7c00-7000-8000-0000000000aa', revision: 3, type: 'ProcedureReviewed' },
  data: { remark: 'Đủ điều kiện' },
  metadata: {
    commandId: 'c',
    $causationId: 'b',
    $correlationId: 'a',
    actor: { id: 'p', version: 2, commitment: 'f'.repeat(64), role: 'reviewer', unit: 'u', onBehalfOf: 'q' },
    definition: { id: 'd', version: 4 },
  },
};
const oneSalt = new Uint8Array(32).fill(5);

describe('a leaf', () => {
  it('is the canonical JSON of what it shows, however fast it is made', () => {
    fc.assert(
      fc.property(event, count, salt, (given, index, secret) => {
        const salts = saltsOf(secret);
        const { id, recordedAt: at, schemaVersion, metadata: meta, data } = given;
        const commitments = { data: commitmentTo(data, salts.data), metadata: commitmentTo(meta, salts.metadata) };
        const frame = { v: 1, index, id, recordedAt: at, schemaVersion, ...commitments };
        const head = headOf(given, meta);
        expect(canonicalHead(head)).toBe(canonicalJson(head));
        expect(textOf(leafOf(given, index, secret, { classified: false }))).toBe(canonicalJson({ ...frame, ...head }));
        const hidden = { ...frame, head: commitmentTo(head, salts.head) };
        expect(textOf(leafOf(given, index, secret, { classified: true }))).toBe(canonicalJson(hidden));
      }),
    );
  });

  it('opens, and its event matches it in every part', () => {
    fc.assert(
      fc.property(event, count, salt, fc.boolean(), (given, index, secret, classified) => {
        const leaf = openLeaf(leafOf(given, index, secret, { classified }));
        expect(leaf.index).toBe(index);
        expect(matches(leaf, given, saltsOf(secret))).toEqual({ wrong: [], unproven: [] });
        expect(matches(leaf, given, {}).unproven).toEqual(classified ? ['head', 'data', 'metadata'] : ['data', 'metadata']);
      }),
    );
  });

  it('of a classified event shows nothing of what it is about', () => {
    const shown = textOf(leafOf(one, 7, oneSalt, { classified: true }));
    expect(Object.keys(JSON.parse(shown) as object)).toEqual([
      'data',
      'head',
      'id',
      'index',
      'metadata',
      'recordedAt',
      'schemaVersion',
      'v',
    ]);
    for (const secret of [one.stream, one.type, 'reviewer', 'ffff']) expect(shown).not.toContain(secret);
  });

  it('names the part in which another event differs', () => {
    const leaf = openLeaf(leafOf(one, 7, oneSalt, { classified: false }));
    const salts = saltsOf(oneSalt);
    const wrong = (changed: Partial<LoggedEvent>) => matches(leaf, { ...one, ...changed }, salts).wrong;
    const meta = (changed: Partial<LoggedEvent['metadata']>) => wrong({ metadata: { ...one.metadata, ...changed } });
    expect(wrong({ data: { remark: 'Không đủ' } })).toEqual(['data']);
    expect(wrong({ id: '018f4e6a-7c00-7000-8000-000000000002' })).toEqual(['id']);
    expect(wrong({ recordedAt: '2026-11-30T02:00:00.001Z' })).toEqual(['recordedAt']);
    expect(wrong({ stream: 'procedure-b', revision: 4, type: 'X', schemaVersion: 2 })).toEqual([
      'schemaVersion',
      'stream',
      'revision',
      'type',
    ]);
    expect(meta({ actor: { ...one.metadata.actor, id: 'someone else' } })).toEqual(['actor', 'metadata']);
    expect(meta({ definition: undefined })).toEqual(['definition', 'metadata']);
    expect(meta({ batch: 'b' })).toEqual(['batch', 'metadata']);
    expect(meta({ commandId: 'x', $causationId: 'y', $correlationId: 'z' })).toEqual(['command', 'causation', 'correlation', 'metadata']);
    expect(wrong({ data: { remark: '\ud800' } })).toEqual(['data']);
  });

  it('leaves what else an actor has under the commitment to the metadata', () => {
    const metadata = { ...one.metadata, actor: { ...one.metadata.actor, shift: 'night' } };
    for (const classified of [false, true]) {
      const leaf = openLeaf(leafOf({ ...one, metadata }, 7, oneSalt, { classified }));
      expect(matches(leaf, { ...one, metadata }, saltsOf(oneSalt)).wrong).toEqual([]);
      expect(matches(leaf, one, saltsOf(oneSalt)).wrong).toEqual(['metadata']);
    }
  });

  it('is compared with what a stranger calls an event, whatever that is', () => {
    const leaves = [false, true].map((classified) => openLeaf(leafOf(one, 7, oneSalt, { classified })));
    const garbage = fc.object({
      key: fc.constantFrom('data', 'metadata', 'actor', 'definition', 'id', 'stream', 'commandId'),
      maxDepth: 3,
    });
    fc.assert(
      fc.property(fc.oneof(garbage, fc.jsonValue()), (value) => {
        let event: ShownEvent;
        try {
          event = shownEvent(value);
        } catch (error) {
          expect(error).toBeInstanceOf(Malformed);
          return;
        }
        for (const leaf of leaves) expect(matches(leaf, event, saltsOf(oneSalt)).wrong).not.toEqual([]);
      }),
      { numRuns: 300 },
    );
    expect(
      matches(openLeaf(leafOf(one, 7, oneSalt, { classified: true })), shownEvent({ ...one, stream: '\ud800' }), saltsOf(oneSalt)).wrong,
    ).toEqual(['head']);
  });

  it('names the head of a classified event that differs', () => {
    const leaf = openLeaf(leafOf(one, 7, oneSalt, { classified: true }));
    expect(matches(leaf, { ...one, stream: 'procedure-b' }, saltsOf(oneSalt)).wrong).toEqual(['head']);
    expect(matches(leaf, { ...one, stream: 'procedure-b' }, {}).wrong).toEqual([]);
  });

  it('is told from another by a salt that was forged', () => {
    const leaf = openLeaf(leafOf(one, 7, oneSalt, { classified: true }));
    expect(matches(leaf, one, saltsOf(new Uint8Array(32).fill(6))).wrong).toEqual(['head', 'data', 'metadata']);
  });

  it('says what is unproven where data, metadata or salts are gone', () => {
    const leaf = openLeaf(leafOf(one, 7, oneSalt, { classified: false }));
    const { id, recordedAt: at, schemaVersion, stream, revision, type } = one;
    const bare = { id, recordedAt: at, schemaVersion, stream, revision, type };
    const withoutData = { ...bare, metadata: one.metadata };
    expect(matches(leaf, withoutData, saltsOf(oneSalt))).toEqual({ wrong: [], unproven: ['data'] });
    expect(matches(leaf, bare, saltsOf(oneSalt))).toEqual({ wrong: [], unproven: ['data', 'metadata'] });
    expect(matches(leaf, one, { metadata: partSalt(oneSalt, 'metadata') })).toEqual({ wrong: [], unproven: ['data'] });
  });

  it('gives the salt of one part without telling that of another', () => {
    const [data, metadataSalt, head] = committedParts.map((part) => partSalt(oneSalt, part));
    expect(data).not.toEqual(metadataSalt);
    expect(metadataSalt).not.toEqual(head);
  });

  it('has at most 65,535 octets', () => {
    const long = (length: number): LoggedEvent => ({ ...one, type: 'x'.repeat(length) });
    const room = 65_535 - leafOf(long(0), 7, oneSalt, { classified: false }).length;
    expect(leafOf(long(room), 7, oneSalt, { classified: false })).toHaveLength(65_535);
    expect(() => leafOf(long(room + 1), 7, oneSalt, { classified: false })).toThrow(Malformed);
    expect(() => openLeaf(new Uint8Array(65_536))).toThrow(Malformed);
  });

  const leafText = textOf(leafOf(one, 7, oneSalt, { classified: false }));
  it.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a space', leafText.replace(',', ', ')],
    ['a byte order mark', `\ufeff${leafText}`],
    ['a field twice', leafText.replace('"v":1', '"v":1,"v":1')],
    ['a field too many', leafText.replace('"v":1', '"v":1,"w":1')],
    ['a field too few', leafText.replace(',"revision":3', '')],
    ['another version', leafText.replace('"v":1', '"v":2')],
    ['fields in another order', leafText.replace(/^\{(.*),("v":1)\}$/, '{$2,$1}')],
    ['an index that is no number', leafText.replace('"index":7', '"index":"7"')],
    ['an index below nothing', leafText.replace('"index":7', '"index":-7')],
    ['an index with a fraction', leafText.replace('"index":7', '"index":7.5')],
    ['a commitment in capitals', leafText.replace(/"data":"([0-9a-f]+)"/, (_, digits: string) => `"data":"${digits.toUpperCase()}"`)],
    ['both head and what it hides', leafText.replace('"id":', `"head":"${'0'.repeat(64)}","id":`)],
    ['an actor with more fields', leafText.replace('"role"', '"name":"x","role"')],
    ['a character escaped that need not be', leafText.replace('ProcedureReviewed', '\\u0050rocedureReviewed')],
  ])('is not opened from %s', (_, octets) => {
    expect(octets).not.toBe(leafText);
    expect(() => openLeaf(utf8(octets))).toThrow(Malformed);
  });

  it('is not opened from garbage', () => {
    const whole = utf8(leafText);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const changed = whole.with(place, (whole[place] ?? 0) ^ change);
        try {
          expect(leafText).not.toBe(canonicalJson(openLeaf(changed)));
        } catch (error) {
          expect(error).toBeInstanceOf(Malformed);
        }
      }),
      { numRuns: 300 },
    );
    fc.assert(fc.property(fc.uint8Array(), (octets) => expect(() => openLeaf(octets)).toThrow(Malformed)));
  });
});
