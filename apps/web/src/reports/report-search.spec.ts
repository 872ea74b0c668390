import { describe, expect, it } from '@jest/globals';
import { readReportSearch } from './report-search';

const id = '5f0c1f5e-8a1b-4c3d-9e2f-0123456789ab';

describe('What the address of a report says', () => {
  it('is read as it was written', () => {
    const search = {
      ...{ kind: 'internal', group: 'A', unit: id, field: 'Hậu cần', role: 'officer', from: '2025-01-01', to: '2025-12-31', by: 'field' },
      ...{ programme: id, asOf: '2025-06-30', with: '2024-06-30', units: 'today', row: 'internal/A/built', column: 'count' },
    };
    expect(readReportSearch(search)).toEqual(search);
    expect(readReportSearch({ row: 2025, column: 'value' })).toEqual({ row: '2025', column: 'value' });
  });

  it('is left out where it cannot be read, and never throws', () => {
    const amiss = {
      ...{ kind: 'x', group: 7, unit: '1', field: {}, role: 'x', from: '31/12/2025', to: '2025-02-30', by: 'day', programme: null },
      ...{ asOf: '2999-01-01', with: 12, units: 'x', row: [], column: 'x'.repeat(101) },
    };
    expect(readReportSearch(amiss)).toEqual({});
  });

  it('has no period that ends before it begins, no comparison of a day with itself, and no half of a cell', () => {
    expect(readReportSearch({ from: '2025-02-01', to: '2025-01-01' })).toEqual({ from: '2025-02-01' });
    expect(readReportSearch({ asOf: '2025-02-01', with: '2025-02-01' })).toEqual({ asOf: '2025-02-01' });
    expect(readReportSearch({ row: 'a' })).toEqual({});
  });
});
