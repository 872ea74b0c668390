import { describe, expect, it } from '@jest/globals';
import { dateText, decimalText, signedText, lastDayText, inOrder, mondayOf, readDate, readDecimal, readWhole } from './format';

describe('What people type', () => {
  it.each([
    ['5/11/2025', '2025-11-05'],
    ['05.11.2025', '2025-11-05'],
    [' 5-11-2025 ', '2025-11-05'],
    ['2025-11-05', '2025-11-05'],
    ['29/02/2024', '2024-02-29'],
    ['29/02/2025', null],
    ['31/04/2025', null],
    ['13/13/2025', null],
    ['5/11/25', null],
    ['hôm qua', null],
  ])('reads %s as a date', (typed, date) => {
    expect(readDate(typed)).toBe(date);
  });

  it.each([
    ['1.234.567', 1_234_567],
    ['1,234,567', 1_234_567],
    ['1 234 567', 1_234_567],
    ['0', 0],
    ['1.23', null],
    ['-5', null],
    ['99999999999999999999', null],
    ['', null],
  ])('reads %s as a whole number', (typed, number) => {
    expect(readWhole(typed)).toBe(number);
  });

  it.each([
    ['1,5', '1.5'],
    ['0.25', '0.25'],
    ['10', '10'],
    ['1.2.3', null],
    ['1e5', null],
  ])('reads %s as a decimal number', (typed, number) => {
    expect(readDecimal(typed)).toBe(number);
  });
});

describe('A week', () => {
  it('begins on Monday', () => {
    expect(['2025-11-02', '2025-11-03', '2025-11-09'].map(mondayOf)).toEqual(['2025-10-27', '2025-11-03', '2025-11-03']);
  });
});

describe('Names', () => {
  it('stand in the order of Vietnamese', () => {
    expect(['Đơn vị 10', 'Dương', 'Đơn vị 2', 'Ánh', 'An', 'Ba'].toSorted(inOrder)).toEqual([
      'An',
      'Ánh',
      'Ba',
      'Dương',
      'Đơn vị 2',
      'Đơn vị 10',
    ]);
  });
});

describe('A date on the screen', () => {
  it('is the one that it is in Vietnam', () => {
    expect(dateText('2025-11-05')).toBe('05/11/2025');
    expect(dateText('2025-11-05T20:00:00Z')).toBe('06/11/2025');
  });

  it('is the day with which a deadline ends, not the one that begins then', () => {
    expect(lastDayText('2025-11-07T17:00:00.000Z')).toBe('07/11/2025');
  });
});

describe('A figure on the screen', () => {
  it('keeps its decimals and its sign, and stands in groups of three', () => {
    expect(decimalText('-1234567.50', 'vi')).toBe('-1.234.567,50');
    expect(decimalText('12345678901234567890', 'en')).toBe('12,345,678,901,234,567,890');
    expect(decimalText('-0.50', 'en')).toBe('-0.50');
    expect([signedText(3, 'vi'), signedText(0, 'vi'), signedText('-0.20', 'vi')]).toEqual(['+3', '0', '-0,20']);
  });
});
