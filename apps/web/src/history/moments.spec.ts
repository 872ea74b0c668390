import { describe, expect, it } from '@jest/globals';
import { readMomentTyped } from './moments';

describe('A moment that is typed', () => {
  it.each([
    ['5/11/2025', '2025-11-05T23:59:59.999+07:00'],
    ['05/11/2025 9:05', '2025-11-05T09:05:00+07:00'],
    ['05.11.2025 9h05', '2025-11-05T09:05:00+07:00'],
    ['2025-11-05 23:59', '2025-11-05T23:59:00+07:00'],
    ['06/11/2025', 'now'],
    ['1/1/2030 8:00', 'now'],
    ['5/11/2025 24:00', null],
    ['31/4/2025', null],
    ['hôm qua', null],
    ['', null],
  ])('reads %s as the end of that day, or as the time that is stated', (typed, moment) => {
    expect(readMomentTyped(typed, '2025-11-06')).toBe(moment);
  });
});
