import { describe, expect, it } from '@jest/globals';
import { inBothForms } from './both-forms.js';
import { filledAfter, missingIn, missingParts } from './parts.js';
import type { Parts } from './parts.js';

const texts: Parts = {
  ...{ steps: 'Nộp', manner: 'Trực tiếp', dossier: { documents: ['Đơn', 'Bản đồ'], sets: 2 }, timeLimitDays: 5, subjects: 'Đơn vị' },
  ...{ agency: 'Văn phòng', legalBasis: ['Quy chế'] },
};
const rows: Parts = {
  ...{ steps: 'Nộp', subjects: 'Đơn vị' },
  manners: [
    { way: 'Trực tuyến', timeLimit: { amount: 20, unit: 'hours' }, fee: 20000 },
    { way: 'Trực tiếp', timeLimit: { amount: 2, unit: 'workingDays' }, fee: 'Không', note: 'Sáng' },
  ],
  documents: [{ name: 'Đơn', form: 'Mẫu 1', originals: 1, copies: 2 }],
  bases: [{ number: '12/NĐ', summary: 'Về thủ tục', date: '2020-05-01', issuer: 'Chính phủ' }, { summary: 'Quy chế' }],
  agencies: [
    { role: 'decides', name: 'Bộ' },
    { role: 'carriesOut', name: 'Văn phòng' },
  ],
};

describe('Parts in two forms', () => {
  it('are filled by either form, one part by one and another by the other', () => {
    for (const parts of [texts, rows, { ...rows, documents: undefined, dossier: texts.dossier }] as Parts[]) expect(missingParts('Tên', parts)).toEqual([]);
    const { manners, agencies, ...less } = rows;
    expect([manners, agencies].every(Boolean)).toBe(true);
    expect(missingParts('Tên', less).map(({ path }) => path)).toEqual(['parts.manner', 'parts.timeLimitDays', 'parts.agency']);
  });

  it('are missing step by step as they are when all is looked at', () => {
    const steps = [texts, { manners: rows.manners ?? [] }, { manner: null, timeLimitDays: null }, { manners: null }, rows, { dossier: null }, { documents: null }];
    let [parts, filled]: [Parts, ReturnType<typeof filledAfter> | null] = [{}, null];
    const seen = steps.map((change) => {
      parts = Object.fromEntries(Object.entries({ ...parts, ...change }).filter(([, value]) => value !== null));
      filled = filledAfter(filled, change);
      expect(missingIn(filled)).toEqual(missingParts('Tên', parts).map(({ path }) => path?.slice('parts.'.length)));
      return missingIn(filled);
    });
    expect(seen).toEqual([[], [], [], ['manner', 'timeLimitDays'], [], [], ['dossier']]);
  });

  it('read as texts where rows are kept: the longest limit, whoever carries it out, each paper in a line', () => {
    expect(inBothForms(rows)).toEqual({
      ...rows,
      ...{ manner: 'Trực tuyến; Trực tiếp', timeLimitDays: 3, fees: 'Trực tuyến: 20.000 đồng; Trực tiếp: Không' },
      ...{ dossier: { documents: ['Đơn'], sets: 1 }, agency: 'Văn phòng', legalBasis: ['12/NĐ, 2020-05-01, Chính phủ, Về thủ tục', 'Quy chế'] },
    });
  });

  it('read as rows where texts are kept', () => {
    expect(inBothForms(texts)).toEqual({
      ...texts,
      manners: [{ way: 'Trực tiếp', timeLimit: { amount: 5, unit: 'days' } }],
      documents: [{ name: 'Đơn', originals: 2, copies: 0 }, { name: 'Bản đồ', originals: 2, copies: 0 }],
      agencies: [{ role: 'carriesOut', name: 'Văn phòng' }],
      bases: [{ summary: 'Quy chế' }],
    });
    expect(inBothForms({ manner: 'Trực tiếp' })).toEqual({ manner: 'Trực tiếp' });
  });

  it('read as they were kept where both are', () => {
    expect(inBothForms({ ...texts, ...rows })).toEqual({ ...texts, ...rows, fees: expect.anything() as unknown });
  });
}); // prettier-ignore
