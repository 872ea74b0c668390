import { describe, it } from '@jest/globals';
import { someMetadata } from '#event-store/testing';
import { projectionSpecification } from '#processors/testing';
import type { GivenEvent } from '#processors/testing';
import { acts } from './acts.js';

const given = projectionSpecification(acts);
const unit = '22222222-0000-4000-8000-000000000002';
const above = '22222222-0000-4000-8000-000000000001';
const said = (type: string, by: string, occurredOn: string, data: object = {}): GivenEvent => ({
  stream: 'procedure-11111111-0000-4000-8000-000000000001',
  type,
  data: { stage: 'registered', ...data, occurredOn },
  metadata: { ...someMetadata(), actor: { ...someMetadata().actor, unit: by, role: by === unit ? 'officer' : 'authority' } },
});
const registered = said('ProcedureRegistered', unit, '2025-01-06', {
  ...{ title: 'A', kind: 'internal', group: 'D', field: 'Tài chính', owningUnit: unit, parts: {} },
  definition: { id: 'internal', version: 1 },
});
const published = said('ProcedurePublished', above, '2025-01-10');

describe('What was done', () => {
  it('is known by unit and role, not by person', () => {
    given(registered, published).then({
      acts: [
        { type: 'ProcedureRegistered', unit, role: 'officer', occurred_on: '2025-01-06', owning_unit: unit, position: 1n },
        { type: 'ProcedurePublished', unit: above, role: 'authority', group: 'D', field_key: 'tài chính' },
      ],
    });
  });

  it('reads as it does after corrections, and what it read before is kept', () => {
    const corrected = said('RecordCorrected', above, '2025-02-01', {
      ...{ revision: 0, reason: 'gõ nhầm' },
      changes: { occurredOn: '2025-01-05', group: 'C' },
    });
    given(registered, published, corrected).then({
      acts: [
        { occurred_on: '2025-01-05', group: 'C' },
        { occurred_on: '2025-01-10', group: 'C' },
        { type: 'RecordCorrected', group: 'C' },
      ],
      formerDates: [{ revision: 0, occurred_on: '2025-01-06', until_position: 3n }],
      formerPlaces: [{ group: 'D', field_key: 'tài chính', until_position: 3n }],
    });
  });
});
