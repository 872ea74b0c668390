import { describe, expect, it } from '@jest/globals';
import { readIndicatorSearch } from './indicator-search';

describe('The address of an indicator', () => {
  it('names a period and a day that is over, and nothing else', () => {
    for (const period of ['2025', '2025-Q4', '2025-11']) expect(readIndicatorSearch({ period })).toEqual({ period });
    expect(readIndicatorSearch({ period: 2025, asOf: '2024-02-29' })).toEqual({ period: '2025', asOf: '2024-02-29' });
    for (const period of ['2025-Q5', '2025-13', 'x', '', 25, null, undefined]) expect(readIndicatorSearch({ period })).toEqual({});
    for (const asOf of ['2024-02-30', '2199-01-01', '1', null]) expect(readIndicatorSearch({ asOf })).toEqual({});
  });
});
