import { describe, expect, it } from '@jest/globals';
import { WorkingDays } from '#workflow';
import { beginningOf, periodsAt } from './periods.js';

const days = new WorkingDays({
  ...{ id: 'vn', version: 1, weekend: ['saturday', 'sunday'], covers: { from: '2026-01-01', to: '2026-12-31' } },
  ...{ holidays: [{ date: '2026-09-02', name: 'Quốc khánh' }], workingDays: [], source: 'x' },
});

describe('The periods of digests', () => {
  it.each([
    ['a minute before half past seven in Vietnam', '2026-03-04T00:29:59Z', null, '2026-03-04T07'],
    ['at half past seven', '2026-03-04T00:30:00Z', '2026-03-04', '2026-03-04T07'],
    ['late in the evening, after a day without anybody', '2026-03-04T16:59:59Z', '2026-03-04', '2026-03-04T23'],
    ['on a Saturday', '2026-03-07T02:00:00Z', null, '2026-03-07T09'],
    ['on a holiday', '2026-09-02T02:00:00Z', null, '2026-09-02T09'],
    ['on a day that the calendar does not cover', '2027-01-02T02:00:00Z', '2027-01-02', '2027-01-02T09'],
  ])('are those of Vietnam %s', (_what, time, daily, hourly) => {
    expect(periodsAt(new Date(time), days)).toEqual({ daily, hourly });
  });

  it('begin at half past seven in Vietnam, or with the hour', () => {
    expect(beginningOf('2026-03-04').toISOString()).toBe('2026-03-04T00:30:00.000Z');
    expect(beginningOf('2026-03-04T00').toISOString()).toBe('2026-03-03T17:00:00.000Z');
  });
});
