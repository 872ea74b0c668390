import { describe, it } from '@jest/globals';
import { projectionSpecification } from '#processors/testing';
import type { GivenEvent } from '#processors/testing';
import { register } from './register.js';

const given = projectionSpecification(register);

const id = '11111111-0000-4000-8000-000000000001';
const unit = '22222222-0000-4000-8000-000000000001';
const said = (type: string, stage: string, data: object = {}): GivenEvent => ({
  stream: `procedure-${id}`,
  type,
  data: { ...data, occurredOn: '2025-01-02', stage },
});
const registered = said('ProcedureRegistered', 'registered', {
  ...{ title: 'Tên sai', code: '1.001', kind: 'internal', group: 'D', field: 'văn phòng', owningUnit: unit, parts: {} },
  definition: { id: 'internal', version: 1 },
});
const corrected = (revision: number, changes: object, more: object = {}): GivenEvent =>
  said('RecordCorrected', 'registered', { revision, changes, reason: 'gõ nhầm', ...more });

describe('The register', () => {
  it('keeps when a procedure came to its stage, and not when it only went on', () => {
    given(registered, said('ProcedureReviewed', 'reviewed'), said('ProcedureSuspended', 'reviewed')).then([
      { id, stage: 'reviewed', suspended: true, revision: 2, position: 3n, registered_position: 1n, stage_position: 2n },
    ]);
  });

  it('reads as the registration does after a correction, also what was taken away', () => {
    const other = { definition: { id: 'quality', version: 3 } };
    given(registered, corrected(0, { title: 'Tên đúng', code: null }), corrected(0, { kind: 'quality', group: null }, other)).then([
      { title: 'Tên đúng', code: null, kind: 'quality', group: null, field: 'văn phòng', definition_id: 'quality', definition_version: 3 },
    ]);
  });

  it('finds the numbers of decisions and documents as they read after corrections', () => {
    const document = { number: '12/TTr', date: '2025-01-02' };
    const proposed = said('PublicationProposed', 'proposed', { document });
    given(registered, proposed, corrected(1, { 'document.number': '13/TTr' }), corrected(0, { 'document.number': '9' })).then([
      { numbers: { 1: '13/TTr' } },
    ]);
    given(registered, proposed, corrected(1, { document: { ...document, number: '14/TTr' } })).then([{ numbers: { 1: '14/TTr' } }]);
  });
});
