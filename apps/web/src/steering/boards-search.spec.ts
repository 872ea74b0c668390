import { describe, expect, it } from '@jest/globals';
import { readBoardsSearch } from './boards-search';

describe('The address of the steering boards', () => {
  it('names a state, a unit and whether they are late, and nothing else', () => {
    const unit = '11111111-0000-4000-8000-000000000001';
    expect(readBoardsSearch({ state: 'active', overdue: true, unit })).toEqual({ state: 'active', overdue: 'true', unit });
    for (const other of ['lost', '', 5, null, undefined])
      expect(readBoardsSearch({ state: other, overdue: other, unit: other })).toEqual({});
  });
});
