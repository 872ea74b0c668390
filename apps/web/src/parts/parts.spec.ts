import { describe, expect, it } from '@jest/globals';
import { changeOf, valuesOf } from './parts';

describe('the parts of a procedure in a form', () => {
  const parts = {
    steps: 'Bước 1\r\nBước 2',
    manner: 'Trực tiếp',
    timeLimitDays: 5,
    manners: [{ way: 'Trực tiếp', timeLimit: { unit: 'workingDays' as const, amount: 5 }, fee: 20000 }],
    dossier: { documents: ['Đơn', 'Bản sao'], sets: 1 },
    documents: [
      { name: 'Đơn', form: 'Mẫu 01', originals: 1, copies: 0 },
      { name: 'Bản sao', originals: 0, copies: 2 },
    ],
    keywords: ['giấy phép'],
  };

  it('stand in fields that are named as the body of the call', () => {
    expect(valuesOf(parts, 'parts.')).toEqual({
      'parts.steps': 'Bước 1\r\nBước 2',
      'parts.manners.0.way': 'Trực tiếp',
      'parts.manners.0.timeLimit.amount': '5',
      'parts.manners.0.timeLimit.unit': 'workingDays',
      'parts.manners.0.fee': '20000',
      'parts.documents.0.name': 'Đơn',
      'parts.documents.0.form': 'Mẫu 01',
      'parts.documents.0.originals': '1',
      'parts.documents.0.copies': '0',
      'parts.documents.1.name': 'Bản sao',
      'parts.documents.1.originals': '0',
      'parts.documents.1.copies': '2',
      'parts.keywords.0': 'giấy phép',
    });
  });

  it('begin a row of ways with what is there of one', () => {
    expect(valuesOf({ manner: 'Trực tiếp', fees: 'Không' })).toEqual({ 'manners.0.way': 'Trực tiếp', 'manners.0.fee': 'Không' });
  });

  it('count a limit in days as the API does, which says nothing of working days', () => {
    expect(valuesOf({ timeLimitDays: 5 })).toEqual({ 'manners.0.timeLimit.amount': '5', 'manners.0.timeLimit.unit': 'days' });
  });

  it('are all left out where nothing was changed', () => {
    const [manner] = parts.manners;
    const typed = {
      ...parts,
      steps: ' Bước 1\nBước 2\n',
      manners: [{ fee: 20000, timeLimit: { amount: 5, unit: 'workingDays' as const }, way: manner?.way ?? '' }],
    };
    expect(changeOf(parts, typed)).toEqual({});
  });

  it('are sent only where they were changed', () => {
    expect(changeOf(parts, { ...parts, steps: 'Bước 1', result: 'Giấy phép' })).toEqual({ steps: 'Bước 1', result: 'Giấy phép' });
  });

  it('take the place of the texts that said the same, so that the two never disagree', () => {
    const manners = [{ way: 'Trực tuyến', timeLimit: { unit: 'hours' as const, amount: 8 } }];
    expect(changeOf(parts, { ...parts, manners })).toEqual({ manners, manner: null, timeLimitDays: null, fees: null });
    expect(changeOf(parts, { ...parts, documents: [] })).toEqual({ documents: null, dossier: null });
  });

  it('are taken away where their fields were emptied', () => {
    expect(changeOf(parts, { steps: parts.steps, keywords: parts.keywords, documents: parts.documents })).toEqual({
      manners: null,
      manner: null,
      timeLimitDays: null,
      fees: null,
    });
  });
});
