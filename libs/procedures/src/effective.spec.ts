import { describe, expect, it } from '@jest/globals';
import { effectiveValues } from './effective.js';
import type { Cost, ProcedureEvent } from './events.js';
import { procedure } from './procedure.js';

const at = (stage: string) => ({ occurredOn: '2026-01-05', stage });
const by = ['an'];
const decision = { number: '1/QĐ', date: '2026-01-02', effectiveDate: '2026-02-02', signer: 'A' };
const cost: Cost = { hourlyWage: 1, lines: [], timesPerYear: 1, subjectsPerYear: 1 };
const option = { type: 'cutFee', content: 'Bỏ phí', reason: 'Thừa', documentsToAmend: [], before: cost, after: cost } as const;
const saving = { before: { once: 0, year: 0 }, after: { once: 0, year: 0 }, saving: 0, cutPercent: null };
const correct = (revision: number, changes: Readonly<Record<string, unknown>>): ProcedureEvent => ({
  type: 'RecordCorrected',
  data: { revision, changes, reason: 'Gõ nhầm', ...at('optionProposed') },
});
const registered: ProcedureEvent = {
  type: 'ProcedureRegistered',
  data: {
    ...{ title: 'Thủ tục', kind: 'internal', group: 'D', field: 'văn phòng', owningUnit: 's', parts: {} },
    ...{ definition: { id: 'internal', version: 1 }, ...at('registered') },
  },
};

function valuesAfter(events: readonly ProcedureEvent[]): ReturnType<typeof effectiveValues> {
  const state = procedure.fold?.(procedure.initial, events);
  if (!state || state.phase === 'unregistered') throw new Error('It is not registered.');
  return effectiveValues(state);
}

describe('What papers say about a procedure', () => {
  it('is nothing before there are any', () => {
    expect(valuesAfter([registered])).toEqual({ offices: [], options: [] });
  });

  it('reads as it was corrected, each value with the revisions that changed it', () => {
    const option1 = { optionId: 'option-1', by };
    const values = valuesAfter([
      registered,
      { type: 'PublicationProposed', data: { document: { number: '1/TTr', date: '2026-01-01' }, ...at('proposed') } },
      { type: 'ProcedurePublished', data: { decision, ...at('published') } },
      { type: 'ProcedureDisclosed', data: { date: '2026-01-20', office: 'Một cửa', ...at('published') } },
      { type: 'ProcedureDisclosed', data: { date: '2026-01-21', office: 'Xã', ...at('published') } },
      { type: 'OptionProposed', data: { ...option1, option, saving, ...at('optionProposed') } },
      { type: 'OptionQualityChecked', data: { ...option1, passed: true, remarks: 'Đạt', ...at('qualityChecked') } },
      { type: 'OptionApproved', data: { ...option1, decision: { ...decision, number: '2/QĐ' }, ...at('optionApproved') } },
      correct(2, { 'decision.number': '11/QĐ' }),
      correct(2, { occurredOn: '2026-01-03' }),
      correct(2, { decision: { ...decision, number: '12/QĐ' } }),
      correct(4, { office: 'Xã Đoài' }),
      correct(5, { 'option.content': 'Bỏ lệ phí' }),
      correct(6, { remarks: 'Đạt yêu cầu' }),
      correct(7, { 'decision.signer': 'B' }),
    ]);
    expect(values).toMatchObject({
      document: { number: '1/TTr', date: '2026-01-01' },
      decision: { ...decision, number: '12/QĐ', correctedBy: [8, 10] },
      offices: [
        { office: 'Một cửa', date: '2026-01-20' },
        { office: 'Xã Đoài', date: '2026-01-21', correctedBy: [11] },
      ],
      options: [
        {
          ...{ id: 'option-1', status: 'approved', content: 'Bỏ lệ phí', correctedBy: [12] },
          check: { passed: true, remarks: 'Đạt yêu cầu', correctedBy: [13] },
          decision: { ...decision, number: '2/QĐ', signer: 'B', correctedBy: [14] },
        },
      ],
    });
    expect(values.document).not.toHaveProperty('correctedBy');
    expect(values.offices[0]).not.toHaveProperty('correctedBy');
  });

  it('says how an option ended, and the procedure', () => {
    const option1 = { optionId: 'option-1' };
    const document = { title: 'Thông tư', number: '3/TT', date: '2026-01-04', effectiveDate: '2026-02-01' };
    const proposed: ProcedureEvent = { type: 'OptionProposed', data: { ...option1, option, saving, by, ...at('optionProposed') } };
    const simplified: ProcedureEvent = { type: 'ProcedureSimplified', data: { ...option1, document, ...at('simplified') } };
    const rejected: ProcedureEvent = { type: 'OptionRejected', data: { ...option1, reason: 'Chưa đủ', by, ...at('published') } };
    const abolished: ProcedureEvent = { type: 'ProcedureAbolished', data: { reason: 'Hết cần', decision, ...at('abolished') } };
    expect(valuesAfter([registered, proposed, simplified])).toMatchObject({ options: [{ status: 'implemented', document }] });
    expect(valuesAfter([registered, proposed, rejected, abolished])).toMatchObject({
      options: [{ status: 'rejected', reason: 'Thừa', turnedDown: { reason: 'Chưa đủ' } }],
      abolition: { reason: 'Hết cần', decision },
    });
  });
});
