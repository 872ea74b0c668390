import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { specification } from '#event-store/testing';
import { UnitTree, plusDays } from '#workflow';
import { closing, closingIdOf, reportingPeriod } from './closing.js';
import type { ClosedPeriod } from './closing.js';

const units = new UnitTree([
  { id: 'ministry', name: 'Bộ', level: 'ministry', parent: null },
  { id: 'service', name: 'Quân chủng', level: 'service', parent: 'ministry' },
  { id: 'unit', name: 'Đơn vị', level: 'unit', parent: 'service' },
]);
const closed: ClosedPeriod = {
  ...{
    unit: 'service',
    period: '2025',
    begins: '2024-12-15',
    ends: '2025-12-14',
    lastDay: 14,
    position: '42',
    at: '2025-12-15T01:00:00.000Z',
    units: ['service', 'unit'],
  },
  reports: [{ report: 'savings', asked: { by: 'kind' }, rows: [{ key: 'internal', implemented: 50 }] }],
};
const by = (role: 'authority' | 'leader', unit: string, today = '2025-12-15') => ({ roles: [{ role, unit }], units, today });
const close = (context: ReturnType<typeof by>, change: Partial<ClosedPeriod> = {}) =>
  ({ action: 'close-period', closed: { ...closed, ...change }, context }) as const;

describe('Closing a period', () => {
  const given = specification(closing);

  it('keeps its figures and the position, by an authority of the service or of the ministry above it, once it is over', () => {
    for (const unit of ['service', 'ministry']) given().when(close(by('authority', unit))).then({ type: 'PeriodClosed', data: closed });
    given().when(close(by('authority', 'service', '2025-12-14'))).thenRejected('period-runs');
  }); // prettier-ignore

  it('is nobody else’s, and of nothing below a service', () => {
    for (const context of [by('leader', 'service'), by('authority', 'unit')]) given().when(close(context)).thenRejected('not-authorised');
    given()
      .when(close(by('authority', 'service'), { unit: 'ministry' }))
      .thenRejected('not-authorised');
    given()
      .when(close(by('authority', 'service'), { unit: 'unit' }))
      .thenRejected('not-authorised');
  });

  it('happens once: what comes to light later changes none of it', () => {
    given({ type: 'PeriodClosed', data: closed })
      .when(close(by('authority', 'service'), { position: '99' }))
      .thenRejected('period-closed');
    expect(closingIdOf('service', '2025')).not.toBe(closingIdOf('service', '2025-12'));
  });

  it('takes no more than an event holds', () => {
    const rows = [{ key: 'x', text: 'x'.repeat(900_000) }];
    given()
      .when(close(by('authority', 'service'), { reports: [{ report: 'savings', asked: {}, rows }] }))
      .thenRejected('record-full');
  });
});

describe('A reporting period', () => {
  it('ends by the rule on the 14th, so that the year runs from 15 December to 14 December', () => {
    expect(reportingPeriod('2025', 14)).toEqual({ name: '2025', begins: '2024-12-15', ends: '2025-12-14' });
    expect(reportingPeriod('2025-Q1', 14)).toEqual({ name: '2025-Q1', begins: '2024-12-15', ends: '2025-03-14' });
    expect(reportingPeriod('2024-03', 14)).toEqual({ name: '2024-03', begins: '2024-02-15', ends: '2024-03-14' });
    expect(reportingPeriod('2025', 31)).toEqual({ name: '2025', begins: '2025-01-01', ends: '2025-12-31' });
    expect(reportingPeriod('2024-03', 30)).toEqual({ name: '2024-03', begins: '2024-03-01', ends: '2024-03-30' });
    expect(reportingPeriod('2025-Q5', 14)).toBeNull();
  });

  it('begins on the day after the one before it, whatever the rule', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1950, max: 2190 }), fc.integer({ min: 1, max: 11 }), fc.integer({ min: 1, max: 31 }), (year, month, lastDay) => {
        const of = (which: number) => reportingPeriod(`${String(year)}-${String(which).padStart(2, '0')}`, lastDay);
        expect(of(month + 1)?.begins).toBe(plusDays(of(month)?.ends ?? '', 1));
        expect([of(1)?.begins, of(12)?.ends]).toEqual([reportingPeriod(String(year), lastDay)?.begins, reportingPeriod(String(year), lastDay)?.ends]);
      }),
    );
  });
}); // prettier-ignore
