import { describe, expect, it } from '@jest/globals';
import { readInspectionsSearch } from './inspections-search';

describe('The address of the inspections', () => {
  it('names a state, a unit and whether they are late, and nothing else', () => {
    const unit = '11111111-0000-4000-8000-000000000001';
    expect(readInspectionsSearch({ state: 'ended', overdue: true, unit })).toEqual({ state: 'ended', overdue: 'true', unit });
    for (const other of ['lost', '', 5, null, undefined])
      expect(readInspectionsSearch({ state: other, overdue: other, unit: other })).toEqual({});
  });
});
