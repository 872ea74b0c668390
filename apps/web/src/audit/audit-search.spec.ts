import { describe, expect, it } from '@jest/globals';
import { readAuditSearch } from './audit-search';

describe('The address of the trail', () => {
  it('says who did what to what, with which result, when, and with which words', () => {
    const asked = {
      q: 'giấy phép',
      actor: '018f4d5e-7a3b-7c00-8000-000000000001',
      unit: '018f4d5e-7a3b-7c00-8000-000000000002',
      procedure: '018f4d5e-7a3b-7c00-8000-000000000003',
      type: 'ProcedurePublished',
      action: 'publish',
      result: 'refused',
      from: '2026-02-01',
      to: '2026-02-28',
    };
    expect(readAuditSearch(asked)).toEqual(asked);
  });

  it('counts as left out where it says nothing that there is', () => {
    expect(readAuditSearch({ q: ' ', actor: 'x', type: 'no type', action: 'X', result: 'perhaps', from: '2026-02-30' })).toEqual({});
  });
});
