import { describe, expect, it } from '@jest/globals';
import { Rejected } from '#event-store';
import { calendarVersions, initialCalendars } from './calendars.js';

describe('The versions of a calendar', () => {
  it('are as many as can be held in memory', () => {
    const [newest] = initialCalendars;
    if (!newest) throw new Error('The fixture is missing.');
    const { holidays, workingDays } = newest;
    const command = { id: 'vn', content: { holidays, workingDays }, reason: 'Đo', recompute: false };
    const { decide, evolve, initial } = calendarVersions;
    const first = evolve(initial, { type: 'CalendarPublished', data: { calendar: newest, reason: 'x', recompute: false } });
    expect(first.stored).toBeGreaterThan(1_000);
    expect(decide(command, first)).toHaveLength(1);
    const refused = (change: object): unknown => {
      try {
        return decide(command, { ...first, ...change });
      } catch (error) {
        return error instanceof Rejected ? error.unmet.map(({ code }) => code) : error;
      }
    };
    expect(refused({ stored: 16_000_000 })).toEqual(['record-full']);
    expect(refused({ newest: { ...newest, version: 1_000 } })).toEqual(['record-full']);
  });
});
