import { describe, expect, it } from '@jest/globals';
import { projectionSpecification } from '#processors/testing';
import type { GivenEvent } from '#processors/testing';
import { initialCalendars } from '#workflow';
import { stageStays } from './stage-stays.js';

const given = projectionSpecification(stageStays);
const unit = '22222222-0000-4000-8000-000000000002';
const other = '22222222-0000-4000-8000-000000000003';
const said = (type: string, stage: string, occurredOn: string, data: object = {}): GivenEvent => ({
  stream: 'procedure-11111111-0000-4000-8000-000000000001',
  type,
  data: { ...data, occurredOn, stage },
});
const [vn] = initialCalendars;
const calendar = (more: object = {}): GivenEvent => ({
  ...{ stream: 'calendar-vn', type: 'CalendarPublished' },
  data: { calendar: { ...vn, ...more }, reason: 'x', recompute: false },
});
const registered = said('ProcedureRegistered', 'registered', '2025-01-06', {
  ...{ title: 'A', kind: 'internal', group: 'D', field: 'Tài chính', owningUnit: unit, parts: {} },
  definition: { id: 'internal', version: 1 },
});
const reviewed = said('ProcedureReviewed', 'reviewed', '2025-01-10');
const proposed = said('PublicationProposed', 'proposed', '2025-01-13');
const corrected = (revision: number, changes: object, stage: string): GivenEvent =>
  said('RecordCorrected', stage, '2025-02-01', { revision, changes, reason: 'gõ nhầm' });

describe('The stays of a procedure', () => {
  it('begin and end with the events that move it, in working days of the calendar of then', () => {
    given(calendar(), registered, reviewed, said('PartsAmended', 'reviewed', '2025-01-11'), proposed).then({
      stays: [
        { stage: 'registered', entered_on: '2025-01-06', left_on: '2025-01-10', left_revision: 1, days: 4, calendar_version: 1 },
        { stage: 'reviewed', revision: 1, left_revision: 3, entered_position: 3n, left_position: 5n, days: 1 },
        { stage: 'proposed', left_on: null, left_position: null, days: null, calendar_version: null },
      ],
    });
  });

  it('keep the calendar that was in force when they ended, whatever is published later', () => {
    const worked = calendar({ version: 2, weekend: [] });
    given(calendar(), registered, reviewed, worked, proposed).then({ stays: [{ days: 4 }, { days: 3, calendar_version: 2 }, {}] });
    given(calendar(), registered, reviewed, proposed, worked, corrected(1, { occurredOn: '2025-01-08' }, 'proposed')).then({
      stays: [{ days: 2 }, { days: 3, calendar_version: 1 }, {}],
      formerDates: [
        { revision: 0, left_on: '2025-01-10', days: 4, until_position: 6n },
        { revision: 1, entered_on: '2025-01-10', days: 1, until_position: 6n },
      ],
    });
  });

  it('have no days where no calendar covers them', () => {
    given(registered, reviewed).then({ stays: [{ days: null, left_on: '2025-01-10', calendar_version: null }, {}] });
    const early = { ...registered, data: { ...registered.data, occurredOn: '2019-01-01' } };
    given(calendar(), early, reviewed).then({ stays: [{ days: null, calendar_version: 1 }, {}] });
  });

  it('do not count the days of a suspension, which is within them', () => {
    const suspended = said('ProcedureSuspended', 'registered', '2025-01-07');
    const resumed = said('ProcedureResumed', 'registered', '2025-01-09');
    given(calendar(), registered, suspended, resumed, reviewed).then({
      stays: [{ days: 2, halts: [{ revision: 1, from: '2025-01-07', resumed: 2, to: '2025-01-09' }] }, { halts: null }],
    });
    given(calendar(), registered, suspended, resumed, reviewed, corrected(2, { occurredOn: '2025-01-08' }, 'reviewed')).then({
      stays: [{ days: 3 }, {}],
    });
    // Ended without being resumed.
    given(calendar(), registered, suspended, said('ProcedureWithdrawn', 'withdrawn', '2025-01-10')).then({
      stays: [{ days: 1 }, { stage: 'withdrawn', halts: [{ revision: 2, from: '2025-01-10', resumed: null, to: null }] }],
    });
  });

  it('move with the procedure, and where it belonged before is kept', () => {
    given(registered, reviewed, corrected(0, { owningUnit: other, field: 'Hậu cần', group: 'C' }, 'reviewed')).then({
      stays: [
        { owning_unit: other, field_key: 'hậu cần', group: 'C' },
        { owning_unit: other, group: 'C' },
      ],
      formerPlaces: [{ owning_unit: unit, field_key: 'tài chính', group: 'D', until_position: 3n }],
    });
  });

  it('end where a correction of its kind puts it under another lifecycle', () => {
    const rows = stageStays.rowsOf([]);
    expect(rows.stays).toEqual([]);
    given(registered, corrected(0, { kind: 'quality', group: null }, 'begun')).then({
      stays: [{ stage: 'registered', kind: 'quality', group: '', left_revision: 1 }, { stage: 'begun' }],
    });
  });
});
