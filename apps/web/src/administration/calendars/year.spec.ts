import { describe, expect, it } from '@jest/globals';
import { readCalendarSearch } from './calendar-search';
import { dayReader, weeksOf } from './year';

describe('A year of a calendar', () => {
  it('has weeks from Monday to Sunday', () => {
    const weeks = weeksOf(2026, 2);
    expect(weeks).toHaveLength(5);
    expect(weeks[0]).toEqual([null, null, null, null, null, null, '2026-02-01']);
    expect(weeks[4]).toEqual(['2026-02-23', '2026-02-24', '2026-02-25', '2026-02-26', '2026-02-27', '2026-02-28', null]);
    expect(
      weeksOf(2024, 2)
        .flat()
        .filter((day) => day !== null),
    ).toHaveLength(29);
  });

  it('says of each day whether it is worked, and why or why not', () => {
    const read = dayReader({
      weekend: ['saturday', 'sunday'],
      covers: { from: '2026-01-01', to: '2026-12-31' },
      holidays: [{ date: '2026-01-02', name: 'Nghỉ hoán đổi' }],
      workingDays: [{ date: '2026-01-10', reason: 'Làm bù' }],
    });
    expect(['2026-01-02', '2026-01-03', '2026-01-05', '2026-01-10', '2027-01-01'].map((date) => read(date).kind)).toEqual([
      ...['holiday', 'weekend', 'work', 'worked', 'unknown'],
    ]);
    expect(read('2026-01-02').name).toBe('Nghỉ hoán đổi');
  });

  it('is read from the address, or else this one of vn', () => {
    expect(readCalendarSearch({ id: 'navy', version: '2', year: 2027 })).toEqual({ id: 'navy', version: 2, year: 2027 });
    expect(readCalendarSearch({ id: '../x', version: 0, year: 'x' })).toEqual({});
  });
});
