import { describe, it } from '@jest/globals';
import { projectionSpecification } from '#processors/testing';
import type { GivenEvent } from '#processors/testing';
import { work } from './work.js';

const given = projectionSpecification(work);

const id = '11111111-0000-4000-8000-000000000001';
const [unit, otherUnit] = ['22222222-0000-4000-8000-000000000001', '22222222-0000-4000-8000-000000000002'];
const person = '33333333-0000-4000-8000-000000000001';
const said = (type: string, stage: string, data: object = {}): GivenEvent => ({
  stream: `procedure-${id}`,
  type,
  data: { ...data, occurredOn: '2025-01-02', stage },
});
const registered = said('ProcedureRegistered', 'registered', {
  ...{ title: 'Thủ tục', kind: 'internal', group: 'D', field: 'văn phòng', owningUnit: unit, parts: { legalBasis: [] } },
  definition: { id: 'internal', version: 1 },
});
const reviewed = said('ProcedureReviewed', 'reviewed', { necessary: true, withinPowers: true });
const corrected = (revision: number, changes: object): GivenEvent =>
  said('RecordCorrected', 'registered', { revision, changes, reason: 'gõ nhầm' });
const claimed = (revision: number): GivenEvent => ({ stream: `claim-${id}`, type: 'WorkClaimed', data: { person, revision } });

describe('Work', () => {
  it('goes by the class and the owner that a correction gave the procedure', () => {
    given(registered, corrected(0, { group: 'A', owningUnit: otherUnit })).then({
      work: [{ regime: 'internal@1/A', owning_unit: otherUnit }],
    });
  });

  it('is stopped by a review as it reads after its correction', () => {
    given(registered, reviewed, corrected(1, { necessary: false })).then({
      work: [{ review_revision: 1, necessary: false, within_powers: true }],
    });
    given(registered, reviewed, corrected(0, { title: 'Tên khác' })).then({ work: [{ necessary: true, within_powers: true }] });
  });

  it('misses no part that a correction filled, whether it names the part or all of them', () => {
    for (const changes of [{ 'parts.legalBasis': ['Luật 1'] }, { parts: { legalBasis: ['Luật 1'] } }])
      given(registered, corrected(0, changes)).then({
        work: [{ missing: ['steps', 'manner', 'dossier', 'timeLimitDays', 'subjects', 'agency'] }],
      });
  });

  it('goes on missing a part that was taken away after the record that is corrected', () => {
    const parts = { steps: 'x', manner: 'x', dossier: { documents: ['x'], sets: 1 }, timeLimitDays: 1, subjects: 'x', agency: 'x', legalBasis: ['x'] };
    const whole = { ...registered, data: { ...registered.data, parts } };
    const taken = said('PartsAmended', 'registered', { parts: { steps: null, legalBasis: [] } });
    given(whole, taken).then({ work: [{ missing: ['steps', 'legalBasis'] }] });
    given(whole, taken, corrected(0, { 'parts.steps': 'y', 'parts.legalBasis': ['y'] })).then({ work: [{ missing: ['steps', 'legalBasis'] }] });
    given(whole, taken, corrected(1, { 'parts.legalBasis': ['y'] })).then({ work: [{ missing: ['steps'] }] });
    given(whole, taken, said('PartsAmended', 'registered', { parts: { steps: 'z', legalBasis: ['z'] } })).then({ work: [{ missing: [], emptied: {} }] });
  }); // prettier-ignore

  it('misses no part whose rows are filled, until they are taken away', () => {
    const amended = (parts: object): GivenEvent => ({
      ...corrected(0, {}),
      type: 'PartsAmended',
      data: { parts, occurredOn: '2025-01-02', stage: 'registered' },
    });
    const rows = { manners: [{}], documents: [{}], agencies: [{}], bases: [{}], steps: 'x', subjects: 'x' };
    given(registered, amended(rows)).then({ work: [{ missing: [] }] });
    given(registered, amended(rows), amended({ documents: null, manner: 'x' })).then({ work: [{ missing: ['dossier'] }] });
  });

  it('is held by whoever claimed it until the procedure comes to another stage', () => {
    given(registered, claimed(0)).then({ work: [{ claimed_by: person, claim_revision: 0 }] });
    given(registered, claimed(0), reviewed).then({ work: [{ claimed_by: null, stage_revision: 1 }] });
    given(registered, reviewed, claimed(0)).then({ work: [{ claimed_by: null, claim_revision: 0 }] });
  });
});
