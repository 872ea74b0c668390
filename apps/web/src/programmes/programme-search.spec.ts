import { describe, expect, it } from '@jest/globals';
import { endOf } from '../format/format';
import { readProgrammeSearch } from './programme-search';

describe('The address of a programme', () => {
  it('names a day that is over, and nothing else', () => {
    expect(readProgrammeSearch({ asOf: '2024-02-29' })).toEqual({ asOf: '2024-02-29' });
    for (const asOf of ['2024-02-30', '2199-01-01', '1', '', 5, null, undefined]) expect(readProgrammeSearch({ asOf })).toEqual({});
  });

  it('names a target by its id alone', () => {
    const target = '11111111-0000-4000-8000-000000000001';
    expect(readProgrammeSearch({ target })).toEqual({ target });
    for (const wrong of ['x', '', 5, null]) expect(readProgrammeSearch({ target: wrong })).toEqual({});
  });

  it('asks for all of that day in Vietnam', () => {
    expect(endOf('2025-12-31')).toBe('2025-12-31T16:59:59.999Z');
  });
});
