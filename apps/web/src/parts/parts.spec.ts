import { describe, expect, it } from '@jest/globals';
import { changeOf, valuesOf, withoutEmptyDossier } from './parts';

describe('the parts of a procedure in a form', () => {
  const parts = {
    steps: 'Bước 1\r\nBước 2',
    dossier: { documents: ['Đơn', 'Bản sao'], sets: 2 },
    timeLimitDays: 5,
    legalBasis: ['Luật', 'Nghị định'],
  };

  it('stand in fields that are named as the body of the call', () => {
    expect(valuesOf(parts)).toEqual({
      steps: 'Bước 1\r\nBước 2',
      'dossier.sets': '2',
      'dossier.documents.0': 'Đơn',
      'dossier.documents.1': 'Bản sao',
      timeLimitDays: '5',
      'legalBasis.0': 'Luật',
      'legalBasis.1': 'Nghị định',
    });
  });

  it('stand in no field where the form has none for them', () => {
    const rows = { manners: [{ way: 'Trực tiếp', timeLimit: { unit: 'workingDays' as const, amount: 5 } }], keywords: ['giấy phép'] };
    expect(valuesOf({ ...rows, fees: 'Không' })).toEqual({ fees: 'Không' });
    expect(changeOf({ ...rows, fees: 'Không' }, { fees: 'Không' })).toEqual({});
  });

  it('are sent only where they were changed', () => {
    const typed = { ...parts, steps: 'Bước 1\nBước 2', timeLimitDays: 3, result: 'Giấy phép', legalBasis: ['Luật'] };
    expect(changeOf(parts, typed)).toEqual({ timeLimitDays: 3, result: 'Giấy phép', legalBasis: ['Luật'] });
  });

  it('are all left out where nothing was changed', () => {
    expect(changeOf(parts, { ...parts, steps: ' Bước 1\nBước 2\n' })).toEqual({});
  });

  it('are taken away where their field was emptied', () => {
    expect(changeOf(parts, { timeLimitDays: 5 })).toEqual({ steps: null, dossier: null, legalBasis: null });
  });

  it('have no dossier without documents, whatever stands in its number of sets', () => {
    const onlySets = JSON.parse('{"dossier":{"sets":1},"fees":"Không"}') as typeof parts;
    expect(withoutEmptyDossier(onlySets)).toEqual({ fees: 'Không' });
    expect(changeOf({ dossier: { documents: [], sets: 1 } }, {})).toEqual({});
  });

  it('have a changed dossier when its number of sets changes', () => {
    expect(changeOf(parts, { ...parts, dossier: { documents: ['Đơn', 'Bản sao'], sets: 1 } })).toEqual({
      dossier: { documents: ['Đơn', 'Bản sao'], sets: 1 },
    });
  });
});
