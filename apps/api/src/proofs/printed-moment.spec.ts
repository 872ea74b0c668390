import { describe, expect, it } from '@jest/globals';
import { printedMoment } from './printed-moment.js';

describe('A moment in print', () => {
  it('is of Vietnam, with two digits for each day and month', () => {
    expect(printedMoment('2026-01-31T20:05:09.000Z', 'vi')).toBe('03:05:09 01/02/2026');
    expect(printedMoment(new Date('2026-01-31T20:05:09.000Z'), 'en')).toBe('01/02/2026, 03:05:09');
  });
});
