import { describe, expect, it } from '@jest/globals';
import { partSalt } from './commitments.js';
import { gapNoteOf, Gaps } from './gaps.js';
import { leafOf, type LoggedEvent } from './leaf.js';
import type { PartSalts, ShownEvent } from './leaf-match.js';
import { openLeaf } from './open-leaf.js';
import { Findings, type Verdict } from './verdict.js';

const [one, other] = ['b1', 'b2'].map((end) => `person-018f4e6a-7c00-7000-8000-0000000000${end}`) as [string, string];
const metadata = {
  ...{ commandId: 'c', $causationId: 'b', $correlationId: 'a' },
  actor: { id: 'p', version: 1, commitment: '', role: 'r', unit: 'u' },
};

interface Given {
  readonly stream?: string;
  readonly type?: string;
  readonly data?: object;
  /** (Default: they are gone) */
  readonly salts?: 'whole' | 'of data alone';
  readonly classified?: boolean;
  /** Whether the event is left out. */
  readonly withheld?: boolean;
}

const erased: Given = { type: 'PersonErased', data: { legalBasis: 'Luật số 91/2025/QH15' }, salts: 'whole' };
const gone: Given = {};
const kept: Given = { salts: 'whole' };

/** What is found in leaves that stand in the tree in this order, each with the next revision of its stream. */
function verdictOf(...given: readonly Given[]): Verdict {
  const findings = new Findings();
  const gaps = new Gaps(findings);
  const revisions = new Map<string, number>();
  for (const [index, { stream = one, type = 'RoleGranted', data = { index }, salts, classified = false, withheld }] of given.entries()) {
    const revision = revisions.get(stream) ?? 0;
    revisions.set(stream, revision + 1);
    const salt = new Uint8Array(32).fill(index + 1);
    const event: LoggedEvent & ShownEvent = {
      ...{ id: `018f4e6a-7c00-7000-8000-${String(index).padStart(12, '0')}`, recordedAt: '2026-11-30T02:00:00.000Z', schemaVersion: 1 },
      ...{ stream, revision, type, data, metadata },
    };
    const ofData = { data: partSalt(salt, 'data') };
    const whole: PartSalts = { ...ofData, metadata: partSalt(salt, 'metadata'), head: partSalt(salt, 'head') };
    const shown = salts === 'whole' ? whole : salts === undefined ? {} : ofData;
    const note = gapNoteOf(openLeaf(leafOf(event, index, salt, { classified })), withheld === true ? null : event, shown);
    if (note) gaps.note(note);
  }
  gaps.finish();
  return findings.verdict();
}
const foundAt = (...given: readonly Given[]): readonly (readonly [string, number | null])[] =>
  verdictOf(...given).findings.map(({ check, index }) => [check, index]);

describe('Salts that are gone', () => {
  it('are a gap that is told where somebody was erased after it, with the event that permits it', () => {
    expect(verdictOf(gone, kept, gone, erased)).toMatchObject({
      ...{ dataMatchesLeaves: true, findings: [] },
      gaps: [{ stream: one, leaves: 2, permittedBy: 3, legalBasis: 'Luật số 91/2025/QH15' }],
    });
    expect(verdictOf(kept, erased)).toMatchObject({ findings: [], gaps: [] });
  });

  it('are permitted by an event whose data is not shown too: its leaf says what it is', () => {
    expect(verdictOf(gone, { ...erased, withheld: true }).gaps).toEqual([{ stream: one, leaves: 1, permittedBy: 1, legalBasis: null }]);
  });

  it('are found at the first where no event permits it, or that of somebody else does', () => {
    expect(foundAt(kept, gone, gone)).toEqual([['salt', 1]]);
    expect(foundAt(gone, { ...erased, stream: other })).toEqual([['salt', 0]]);
    expect(verdictOf(gone).dataMatchesLeaves).toBe(false);
  });

  it('are found of the event that permits the others, and of what comes after it', () => {
    expect(foundAt(gone, { ...erased, salts: 'of data alone' })).toEqual([['salt', 1]]);
    expect(foundAt(gone, { type: 'PersonErased' })).toEqual([['salt', 1]]);
    expect(foundAt(gone, erased, gone)).toEqual([['salt', 2]]);
  });

  it('are found of anything that is not of a person, whatever it calls itself', () => {
    for (const stream of ['procedure-018f4e6a-7c00-7000-8000-0000000000a1', 'person-1', 'persons', `${one}-more`, one.toUpperCase()])
      expect([stream, foundAt({ stream }, { ...erased, stream })]).toEqual([stream, [['salt', 0]]]);
    // A classified leaf does not say whose it is.
    expect(foundAt({ classified: true }, erased)).toEqual([['salt', 0]]);
    expect(foundAt(gone, { ...erased, classified: true })).toEqual([['salt', 0]]);
  });

  it('are found where one part has none', () => {
    expect(foundAt({ salts: 'of data alone' })).toEqual([['salt', 0]]);
    expect(foundAt({ stream: 'procedure-1', salts: 'whole', classified: true })).toEqual([]);
  });

  it('of an event that is withheld are nothing: nobody could hold them against it', () => {
    expect(verdictOf({ withheld: true }, { withheld: true, stream: 'procedure-1' })).toMatchObject({ findings: [], gaps: [] });
  });
});
