import { describe, expect, it } from '@jest/globals';
import type { ReportColumn } from '#reporting';
import { compared } from './compared.js';

const column = (key: string, type: ReportColumn['type']): ReportColumn => ({ key, type, title: { vi: key, en: key } });
const columns = [column('count', 'count'), column('saved', 'money'), column('median', 'days'), column('share', 'percent')];

describe('A report at two moments', () => {
  it('has the difference of what stands at both', () => {
    const [row] = compared(columns, [{ key: 'A', count: 1, saved: 10, median: 20.5, share: '33.33' }], [
      { key: 'A', count: 3, saved: 5, median: 18, share: '50.00' },
    ]); // prettier-ignore
    expect(row?.cells).toEqual({
      count: { at: 1, with: 3, difference: 2 },
      saved: { at: 10, with: 5, difference: -5 },
      median: { at: 20.5, with: 18, difference: -2.5 },
      share: { at: '33.33', with: '50.00', difference: '16.67' },
    });
  });

  it('counts nothing where a row is missing, and says of it neither how long it took nor which share it had', () => {
    const row = { key: 'A', count: 2, saved: 10, median: 20.5, share: '100.00' };
    expect(compared(columns, [], [row])[0]?.cells).toEqual({
      count: { at: 0, with: 2, difference: 2 },
      saved: { at: 0, with: 10, difference: 10 },
      median: { at: null, with: 20.5, difference: null },
      share: { at: null, with: '100.00', difference: null },
    });
    expect(compared(columns, [row], [])[0]?.cells['median']).toEqual({ at: 20.5, with: null, difference: null });
  });
});
