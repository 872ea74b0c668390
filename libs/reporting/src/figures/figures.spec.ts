import { describe, expect, it } from '@jest/globals';
import { savingOf } from '#procedures';
import { projectionSpecification } from '#processors/testing';
import type { GivenEvent } from '#processors/testing';
import { figures } from './figures.js';

const given = projectionSpecification(figures);
const unit = '22222222-0000-4000-8000-000000000002';
const said = (type: string, data: object, stage = 'published', occurredOn = '2025-01-02'): GivenEvent => ({
  stream: 'procedure-11111111-0000-4000-8000-000000000001',
  type,
  data: { ...data, occurredOn, stage },
});
const cost = (hours: string) => ({ hourlyWage: 50_000, lines: [{ hours, fee: 0, service: 0 }], timesPerYear: 1, subjectsPerYear: 100 });
const option = (more: object = {}) => ({ type: 'cutStep', before: cost('10'), after: cost('4'), ...more });
const saving = savingOf({ hourlyWage: 50_000, before: cost('10'), after: cost('4') });

const registered = said('ProcedureRegistered', {
  ...{ title: 'A', kind: 'internal', group: 'D', field: 'Tài chính', owningUnit: unit, parts: { timeLimitDays: 10 } },
  definition: { id: 'internal', version: 2 },
}, 'registered'); // prettier-ignore
const published = said('ProcedurePublished', {});
const proposed = (more: object = {}, optionId = 'o1'): GivenEvent =>
  said('OptionProposed', { optionId, option: option(more), saving, by: [] }, 'optionProposed', '2025-03-01');
const approved = said('OptionApproved', { optionId: 'o1', by: [] }, 'optionApproved', '2025-04-01');
const simplified = (parts: object = {}): GivenEvent => said('ProcedureSimplified', { optionId: 'o1', parts }, 'simplified', '2025-05-01');

describe('The figures of a procedure', () => {
  it('say how far its options came, each stage with what came further', () => {
    given(registered, published, proposed()).then({ figures: [{ published: true, option_proposed: true, option_approved: false, promised: 30_000_000n, approved: 0n, base: 50_000_000n }] });
    given(registered, published, proposed(), approved).then({ figures: [{ option_approved: true, simplified: false, promised: 30_000_000n, approved: 30_000_000n, implemented: 0n }] });
    given(registered, published, proposed(), approved, simplified()).then({ figures: [{ simplified: true, implemented: 30_000_000n }] });
  }); // prettier-ignore

  it('count no option that was returned, rejected or failed', () => {
    for (const [type, more] of [['OptionReturned', {}], ['OptionRejected', {}], ['OptionQualityChecked', { passed: false }]] as const)
      given(registered, published, proposed(), said(type, { optionId: 'o1', by: [], ...more })).then({ figures: [{ option_proposed: false, promised: 0n, base: 50_000_000n }] });
  }); // prettier-ignore

  it('take the days of an option as it states them, else as the parts say before and after', () => {
    given(registered, published, proposed({ days: { before: 9, after: 3 }, conditions: { before: 4, after: 1 } }), simplified()).then({ figures: [{ days_before: 9, days_after: 3, conditions_before: 4, conditions_after: 1 }] });
    given(registered, published, proposed(), simplified({ timeLimitDays: 7 })).then({ figures: [{ days_before: 10, days_after: 7 }] });
    const rows = { manners: [{ way: 'Trực tiếp', timeLimit: { amount: 12, unit: 'workingDays' } }], timeLimitDays: null };
    given(registered, said('PartsAmended', { parts: rows }), published, proposed({ type: 'abolish' }), simplified()).then({ figures: [{ days_before: 12, days_after: 0, abolished: true }] });
  }); // prettier-ignore

  it('take the days of the parts as they read after corrections of any record that says them', () => {
    const corrected = (revision: number, changes: object): GivenEvent => said('RecordCorrected', { revision, changes, reason: 'gõ nhầm' }, 'simplified');
    const done = [registered, published, proposed(), simplified({ timeLimitDays: 6 })];
    given(...done, corrected(3, { 'parts.timeLimitDays': 5 })).then({ figures: [{ days_before: 10, days_after: 5 }] });
    given(...done, corrected(0, { 'parts.timeLimitDays': 20 })).then({ figures: [{ days_before: 20, days_after: 6 }] });
    given(registered, published, proposed(), corrected(0, { 'parts.timeLimitDays': 20 }), simplified()).then({ figures: [{ days_before: 20, days_after: 20 }] });
    given(...done, corrected(2, { 'option.type': 'abolish' })).then({ figures: [{ days_before: 10, days_after: 0 }] });
    const rows = { manners: [{ way: 'Trực tiếp', timeLimit: { amount: 12, unit: 'workingDays' } }], timeLimitDays: null };
    given(registered, said('PartsAmended', { parts: rows }), published, proposed(), simplified({ timeLimitDays: 6 }), corrected(1, { 'parts.manners.0.timeLimit.amount': 15 })).then({ figures: [{ days_before: 15, days_after: 6 }] });
    given(registered, said('PartsAmended', { parts: rows }), published, proposed(), simplified({ timeLimitDays: 6 }), corrected(0, { 'parts.timeLimitDays': 20 })).then({ figures: [{ days_before: 12, days_after: 6 }] });
  }); // prettier-ignore

  it('know what an earlier review said also after the next one', () => {
    const review = (hours: string, on: string): GivenEvent => said('ProcedureReviewed', { complianceCost: cost(hours) }, 'reviewed', on);
    given(registered, review('12', '2022-06-01'), published, proposed(), simplified(), review('4', '2026-01-05'), said('RecordCorrected', { revision: 1, changes: { 'complianceCost.lines.0.hours': '11' }, reason: 'gõ nhầm' })).then({
      figures: [{ costs: [['2022-06-01', 55_000_000], ['2025-03-01', 50_000_000], ['2025-05-01', 20_000_000], ['2026-01-05', 20_000_000]] }],
    });
  }); // prettier-ignore

  it('know what it cost by the dates of the papers, and before anything was simplified', () => {
    const review = said('ProcedureReviewed', { complianceCost: cost('12') }, 'reviewed', '2024-06-01');
    given(registered, review).then({ figures: [{ base: 60_000_000n, costs: [['2024-06-01', 60_000_000]] }] });
    given(registered, review, published, proposed(), simplified()).then({
      figures: [{ base: 50_000_000n, costs: [['2024-06-01', 60_000_000], ['2025-03-01', 50_000_000], ['2025-05-01', 20_000_000]] }],
    }); // prettier-ignore
  });

  it('read as they do after corrections', () => {
    const corrected = (revision: number, changes: object, more: object = {}): GivenEvent => said('RecordCorrected', { revision, changes, reason: 'gõ nhầm', ...more }, 'optionProposed');
    given(registered, published, proposed(), corrected(0, { field: 'Hậu cần', group: 'C' })).then({ figures: [{ group: 'C', field_key: 'hậu cần' }] });
    const cheaper = savingOf({ hourlyWage: 50_000, before: cost('8'), after: cost('4') });
    given(registered, published, proposed(), corrected(2, { 'option.before.lines.0.hours': '8' }, { saving: cheaper })).then({ figures: [{ base: 40_000_000n, promised: 20_000_000n }] });
    given(registered, published, proposed({ days: { before: 9, after: 3 } }), corrected(2, { 'option.days.after': 5 }), simplified()).then({ figures: [{ days_before: 9, days_after: 5 }] });
    const review = said('ProcedureReviewed', { complianceCost: cost('12') }, 'reviewed');
    given(registered, review, corrected(1, { 'complianceCost.lines.0.hours': '1' })).then({ figures: [{ base: 5_000_000n }] });
    given(registered, published, proposed(), said('OptionQualityChecked', { optionId: 'o1', passed: false, by: [] }), corrected(3, { passed: true })).then({ figures: [{ option_proposed: true }] });
  }); // prettier-ignore

  it('are kept as they stood, one row for each event that changed them', () => {
    const comment = said('ProcedureMigrated', {}, 'published');
    const { past } = figures.rowsOf([registered, published, comment, proposed(), approved, simplified()].map((event, revision) => ({
      ...{ id: String(revision), schemaVersion: 1, revision, position: BigInt(revision + 1), recordedAt: '2025-06-01T00:00:00.000Z' },
      ...{ metadata: {} as never, ...event },
    }))); // prettier-ignore
    expect(
      past.map(({ revision, position, published: isPublished, promised, approved: saved }) => [
        revision,
        position,
        isPublished,
        promised,
        saved,
      ]),
    ).toEqual([
      [0, 1n, false, 0n, 0n],
      [1, 2n, true, 0n, 0n],
      [3, 4n, true, 30_000_000n, 0n],
      [4, 5n, true, 30_000_000n, 30_000_000n],
      [5, 6n, true, 30_000_000n, 30_000_000n],
    ]);
  });
});

describe('What a procedure was measured to cost', () => {
  const measured = (hours: number, optionId?: string, on = '2025-06-01'): GivenEvent =>
    said('CostMeasured', { ...(optionId !== undefined && { optionId }), figures: { once: 0, year: hours * 5_000_000 } }, 'simplified', on);

  it('tells what an implemented option saves, and is the newest of several', () => {
    given(registered, published, proposed(), approved, simplified(), measured(5, 'o1')).then({ figures: [{ implemented: 30_000_000n, measured: 25_000_000n }] });
    given(registered, published, proposed(), approved, simplified(), measured(5, 'o1'), measured(3, 'o1')).then({ figures: [{ measured: 35_000_000n }] });
  }); // prettier-ignore

  it('is known by its date also after it was measured again', () => {
    given(registered, published, proposed(), approved, simplified(), measured(5, 'o1', '2025-11-03'), measured(3, 'o1', '2026-02-02')).then({
      figures: [{ measured: 35_000_000n, costs: [['2025-03-01', 50_000_000], ['2025-05-01', 20_000_000], ['2025-11-03', 25_000_000], ['2026-02-02', 15_000_000]] }],
    });
  }); // prettier-ignore

  it('is what a procedure costs where no review and no option says it', () => {
    given(registered, measured(12)).then({ figures: [{ base: 60_000_000n, costs: [['2025-06-01', 60_000_000]], measured: 0n }] });
  });
});
