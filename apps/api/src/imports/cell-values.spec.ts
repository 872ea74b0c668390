import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Cell } from '#sheets';
import { valueOf } from './cell-values.js';
import type { ColumnType } from './columns.js';

const read = (cell: Cell, type: ColumnType): unknown => {
  const found = valueOf(cell, type, (value) => ({ value }));
  return found && ('fault' in found ? found.fault.code : found.value);
};
const text = (written: string): Cell => ({ type: 'text', text: written });
const figure = (value: number, date: string | null = null, isDate = false): Cell => ({ type: 'number', value, date, isDate });
const each = (type: ColumnType, cases: Readonly<Record<string, unknown>>): void => {
  for (const [written, expected] of Object.entries(cases)) expect([written, read(text(written), type)]).toEqual([written, expected]);
};
const wrong = 'invalid-body';

describe('Cells are read as people write them', () => {
  it('whole numbers, with their thousands parted in any way', () => {
    each({ name: 'whole' }, {
      ...{ '1234567': 1_234_567, '1.234.567': 1_234_567, '1,234,567': 1_234_567, '1 234 567': 1_234_567, '1\u00a0234': 1_234 },
      ...{ '1.000 đ': 1_000, '20.000 đồng': 20_000, '5,0': 5, '1.234,00': 1_234, '-3': -3, '1.000': 1_000 },
      ...{ '1.5': wrong, '1.23.456': wrong, 'x': wrong, '12,34': wrong, '99999999999999999999': wrong, '1e3': wrong },
      // Once in three years is not 333 times a year, and two numbers are not one.
      ...{ '0,333': wrong, '0.125': wrong, '00.125': wrong, '0,0': 0, '2 3': wrong, '12 34': wrong, '31 12 2025': wrong },
    });
    expect([read(figure(5), { name: 'whole' }), read(figure(5.5), { name: 'whole' }), read(figure(1e300), { name: 'whole' })]).toEqual([5, wrong, wrong]);
  }); // prettier-ignore

  it('decimals, where one separator alone is the decimal one', () => {
    each({ name: 'decimal' }, {
      ...{ '0,5': '0.5', '0.5': '0.5', '1.234,5': '1234.5', '1,234.5': '1234.5', '10': '10', '1.234': '1.234', '1.234.567': '1234567' },
      ...{ '0,333': '0.333', '1 234,5': '1234.5' },
      ...{ 'x': wrong, '1,2,3': wrong, '': wrong, '0.123.456': wrong, '0.123,5': wrong, '2 3': wrong, '1 5,5': wrong },
    });
    expect([read(figure(0.5), { name: 'decimal' }), read(figure(1e-9), { name: 'decimal' })]).toEqual(['0.5', wrong]);
  }); // prettier-ignore

  it('days, the day first or the year first, or as a spreadsheet counts them', () => {
    each({ name: 'date' }, {
      ...{ '1/2/2023': '2023-02-01', '01-02-2023': '2023-02-01', '1.2.2023': '2023-02-01', '2023-02-01': '2023-02-01', '2023-02-01T00:00:00Z': '2023-02-01' },
      ...{ '30/02/2023': wrong, '1/2/23': wrong, '2/2023': wrong, '44958': wrong, '31/12/1800': wrong },
    });
    expect([read(figure(44_958, '2023-02-01', true), { name: 'date' }), read(figure(60, null, true), { name: 'date' })]).toEqual(['2023-02-01', wrong]);
  }); // prettier-ignore

  it('codes as text alone, choices by code or word, flags in both languages', () => {
    expect([read(figure(1.0012), { name: 'code' }), read(figure(12), { name: 'code' }), read(text(' 1.00120 '), { name: 'code' })]).toEqual(['code-as-number', '12', '1.00120']);
    each({ name: 'choice', choices: ['internal', 'public'] }, { internal: 'internal', 'tthc  NỘI bộ': 'internal', noi: wrong, ['Nội bộ'.normalize('NFD')]: 'internal' });
    each({ name: 'choice', choices: ['A', 'B'] }, { a: 'A', 'Nhóm B': 'B', А: wrong });
    each({ name: 'boolean' }, { có: true, 'KHÔNG': false, x: true, '0': false, maybe: wrong });
    each({ name: 'texts', choices: null }, { 'một; hai\nba': ['một', 'hai', 'ba'] });
  }); // prettier-ignore

  it('and formulas and faults are never read, whatever the column', () => {
    for (const name of ['text', 'whole', 'decimal', 'date', 'boolean', 'code', 'amountOrText'] as const)
      expect([read({ type: 'formula' }, { name }), read({ type: 'fault', text: '#N/A' }, { name }), read(null, { name })]).toEqual(['formula', 'cell-fault', undefined]);
  }); // prettier-ignore

  it('every whole number is read back, however its thousands are parted', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.constantFrom('.', ',', ' ', ''), (number, separator) => {
        const written = String(number).replace(/\B(?=(\d{3})+$)/g, separator);
        expect(read(text(written), { name: 'whole' })).toBe(number);
      }),
    );
  });
});
