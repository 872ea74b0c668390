import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { InvalidBody } from '#event-store';
import { specification } from '#event-store/testing';
import { UnitTree } from '#workflow';
import type { HeldRole } from '#workflow';
import { dueUnits, indicator, indicatorIdOf } from './indicator.js';
import { standingOfReports } from './indicator-queries.js';
import { periodOf } from './period.js';
import { reminding } from './reminding.js';
import { mostEvents, report } from './report.js';
import type { Report, ReportCommand, ReportEvent } from './report.js';

const units = new UnitTree([
  { id: 'ministry', name: 'Bộ', level: 'ministry', parent: null },
  { id: 'service', name: 'Quân chủng', level: 'service', parent: 'ministry' },
  { id: 'other', name: 'Quân chủng khác', level: 'service', parent: 'ministry' },
  { id: 'unit', name: 'Đơn vị', level: 'unit', parent: 'service' },
  { id: 'below', name: 'Đơn vị trực thuộc', level: 'unit', parent: 'unit' },
  { id: 'merged', name: 'Đơn vị sáp nhập', level: 'unit', parent: 'service', closed: true, mergedInto: 'unit' },
  { id: 'elsewhere', name: 'Nơi khác', level: 'unit', parent: 'other' },
]);
const today = '2025-11-07';
const as = (role: HeldRole['role'], unit: string, id = `${role} ${unit}`): ReportCommand['context'] => ({
  ...{ roles: [{ role, unit }], actor: { id }, units, today },
  indicator: { per: 'unit', owner: 'service' },
});
const officer = as('officer', 'unit');
const checker = as('checker', 'service');
const said = { indicator: 'i', unit: 'unit', period: '2025', value: '18' };
const reported = (change: object = {}, by = ['officer unit']): ReportEvent => ({
  type: 'IndicatorReported',
  data: { ...said, ...change, by },
});
const verified: ReportEvent = { type: 'IndicatorVerified', data: { value: '18' } };
const returned: ReportEvent = { type: 'IndicatorReturned', data: { reason: 'thiếu căn cứ' } };
const reporting = (change: object = {}, context = officer): ReportCommand => ({
  ...{ action: 'report-indicator', reported: { ...said, ...change }, context },
});
const verifying = (context = checker): ReportCommand => ({ action: 'verify-report', unit: 'unit', context });
const returning = (context = checker): ReportCommand => ({ action: 'return-report', unit: 'unit', reason: 'thiếu căn cứ', context });
const given = specification(report);
const wrongIn = (command: ReportCommand): readonly string[] => {
  try {
    report.decide(command, null);
  } catch (error) {
    if (error instanceof InvalidBody) return error.errors.map(({ path }) => path);
    throw error;
  }
  return [];
};

describe('An indicator', () => {
  const defined = { code: 'PM', title: 'Đơn vị có phần mềm', unitOfMeasure: 'đơn vị', per: 'unit', of: 22 } as const;
  const defining = (role: HeldRole['role'], unit: string) =>
    ({ action: 'define-indicator', defined, context: { roles: [{ role, unit }], units } }) as const;

  it('is defined once, by a checker of a service or of the ministry', () => {
    for (const owner of ['service', 'ministry'])
      specification(indicator)().when(defining('checker', owner)).then({ type: 'IndicatorDefined', data: { ...defined, owner } });
    for (const [role, unit] of [['checker', 'unit'], ['officer', 'service'], ['authority', 'service'], ['administrator', 'ministry']] as const)
      specification(indicator)().when(defining(role, unit)).thenRejected('not-authorised');
    specification(indicator)({ type: 'IndicatorDefined', data: { ...defined, owner: 'service' } }).when(defining('checker', 'other')).thenRejected('code-taken');
  }); // prettier-ignore

  it('has one id for all ways in which its code may be written', () => {
    expect(new Set(['Phần mềm', 'PHẦN MỀM', 'Phần mềm'.normalize('NFD'), ' phần  mềm '].map(indicatorIdOf)).size).toBe(1);
    expect(indicatorIdOf('phan mem')).not.toBe(indicatorIdOf('phần mềm'));
  });

  it('is due from the open units of its level at and below where it was defined', () => {
    expect(dueUnits({ per: 'unit', owner: 'service' }, units)).toEqual(['below', 'unit']);
    expect(dueUnits({ per: 'service', owner: 'service' }, units)).toEqual(['service']);
    expect(dueUnits({ per: 'service', owner: 'ministry' }, units)).toEqual(['other', 'service']);
  });
});

describe('A report of an indicator', () => {
  it('comes from an officer of the unit itself, or of what it has become part of', () => {
    given().when(reporting()).then(reported());
    given(reported({ unit: 'merged' }))
      .when(reporting({ unit: 'merged', reason: 'đếm lại' }))
      .then(reported({ unit: 'merged', reason: 'đếm lại' }));
    given()
      .when(reporting({ unit: 'merged' }))
      .thenRejected('unit-closed');
    for (const context of [as('officer', 'service'), as('officer', 'below'), as('checker', 'service'), as('authority', 'unit')])
      given().when(reporting({}, context)).thenRejected('not-authorised');
  });

  it('is of a unit that is asked, and of a period that has begun', () => {
    for (const unit of ['service', 'elsewhere', 'nowhere']) expect(wrongIn(reporting({ unit }))).toEqual(['unit']);
    for (const period of ['2026', '2025-Q1', '2025-12']) expect([period, wrongIn(reporting({ period }))]).toEqual([period, period === '2025-Q1' ? [] : ['period']]);
    for (const period of ['2025', '2025-Q4', '2025-11']) expect(wrongIn(reporting({ period }))).toEqual([]);
  }); // prettier-ignore

  it('is corrected with a reason, and without one after it was returned; then it is to be verified again', () => {
    given(reported()).when(reporting({ value: '19' })).thenRejected('reason-required');
    given(reported(), verified)
      .when(reporting({ value: '19', reason: 'đếm sót' }))
      .then(reported({ value: '19', reason: 'đếm sót' }));
    given(reported(), returned)
      .when(reporting({ value: '19' }))
      .then(reported({ value: '19' }));
    given(reported(), verified, reported({ value: '19', reason: 'x' })).when(verifying()).then({ type: 'IndicatorVerified', data: { value: '19' } });
  }); // prettier-ignore

  it('is verified and returned by a checker of the service or above it', () => {
    for (const context of [checker, as('checker', 'ministry')]) {
      given(reported()).when(verifying(context)).then(verified);
      given(reported()).when(returning(context)).then(returned);
      given(reported(), verified).when(returning(context)).then(returned);
    }
    for (const context of [as('checker', 'other'), as('checker', 'unit'), as('authority', 'service'), officer]) {
      given(reported()).when(verifying(context)).thenRejected('not-authorised');
      given(reported()).when(returning(context)).thenRejected('not-authorised');
    }
    given(reported(), verified).when(verifying()).thenRejected('report-verified');
    for (const command of [verifying(), returning()]) given(reported(), returned).when(command).thenRejected('report-returned');
  });

  it('is not verified by whoever reported it, also not under a delegation or through a program', () => {
    const both = { ...checker, actor: { id: 'officer unit' } };
    given(reported()).when(verifying(both)).thenRejected('same-person');
    given(reported(), reported({ reason: 'x' }, ['another']))
      .when(verifying(both))
      .thenRejected('same-person');
    given(reported(), returned, reported({}, ['another']))
      .when(verifying(both))
      .then(verified);
    const roles = [{ role: 'checker', unit: 'service' }] as const;
    const acting = { ...checker, actor: { id: 'x', actingFor: { id: 'officer unit', roles, actions: 'all' as const } } };
    given(reported()).when(verifying(acting)).thenRejected('same-person');
    given(reported())
      .when(verifying({ ...checker, actor: { id: 'program', countsAs: ['officer unit'] } }))
      .thenRejected('same-person');
    const actingOfficer = { ...officer, actor: { id: 'x', actingFor: { id: 'officer unit', roles: officer.roles, actions: 'all' as const } } };
    given().when(reporting({}, actingOfficer)).then(reported({}, ['x', 'officer unit']));
  }); // prettier-ignore

  it('takes only so many corrections, and can be verified then all the same', () => {
    const many = Array.from({ length: mostEvents }, () => reported({ reason: 'x' }));
    given(...many)
      .when(reporting({ reason: 'x' }))
      .thenRejected('record-full');
    given(...many)
      .when(verifying())
      .then(verified);
  });

  it('has periods of real days', () => {
    expect(periodOf('2025')).toEqual({ name: '2025', begins: '2025-01-01', ends: '2025-12-31' });
    expect(periodOf('2025-Q3')).toMatchObject({ begins: '2025-07-01', ends: '2025-09-30' });
    expect(periodOf('2024-02')).toMatchObject({ begins: '2024-02-01', ends: '2024-02-29' });
    for (const name of ['2025-Q5', '2025-13', '25', '2025-1', '2025-q1', '1900', '2025-01-01', '']) expect([name, periodOf(name)]).toEqual([name, null]);
  }); // prettier-ignore
});

describe('Reminding', () => {
  const reminded = { indicator: 'i', period: '2025', units: ['below'], on: today };
  const by = (role: HeldRole['role'], unit: string) => ({ roles: [{ role, unit }], units, owner: 'service' }) as const;
  const event = { type: 'IndicatorReminded', data: reminded } as const;

  it('is for checkers where it was defined and above, once a day, while somebody has not reported', () => {
    const remind = (change: object = {}, context = by('checker', 'service')) =>
      ({ action: 'remind-indicator', reminded: { ...reminded, ...change }, context }) as const;
    const given = specification(reminding);
    given().when(remind()).then(event);
    given().when(remind({}, by('checker', 'other'))).thenRejected('not-authorised');
    given().when(remind({ units: [] })).thenRejected('nobody-missing');
    given(event).when(remind()).thenRejected('already-reminded');
    given(event).when(remind({ on: '2025-11-08' })).then({ ...event, data: { ...reminded, on: '2025-11-08' } });
  }); // prettier-ignore
});

describe('The total', () => {
  it('is the sum of what each unit reported last, in whatever order it was reported, corrected, verified and returned', () => {
    const names = ['a', 'b', 'c', 'd'];
    const step = fc.record({
      unit: fc.constantFrom(...names),
      tenths: fc.nat(999_999),
      what: fc.constantFrom('report', 'verify', 'return'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const states = new Map<string, Report | null>();
        const last = new Map<string, { tenths: number; verified: boolean }>();
        for (const { unit, tenths, what } of steps) {
          const before = states.get(unit) ?? null;
          if (what !== 'report' && !last.has(unit)) continue;
          const event: ReportEvent =
            what === 'report'
              ? reported({ unit, value: `${String(Math.floor(tenths / 10))}.${String(tenths % 10)}` })
              : what === 'verify'
                ? verified
                : returned;
          states.set(unit, report.evolve(before, event));
          if (what === 'report') last.set(unit, { tenths, verified: false });
          if (what === 'verify') last.set(unit, { tenths: last.get(unit)?.tenths ?? 0, verified: true });
          if (what === 'return') last.delete(unit);
        }
        const found = [...states].flatMap(([unit, one]) =>
          one ? [{ ...one.reported, unit, state: one.state, evidence: null, reason: null, revision: one.stored - 1, at: '' }] : [],
        );
        const standing = standingOfReports(found, { period: '2025', due: names });
        const sum = (of: readonly { tenths: number }[]): number => of.reduce((total, { tenths }) => total + tenths, 0) / 10;
        expect(standing.total).toBe(sum([...last.values()]));
        expect(standing.verifiedTotal).toBe(sum([...last.values()].filter((one) => one.verified)));
        expect([standing.reported, standing.missing.length]).toEqual([last.size, names.length - last.size]);
      }),
    );
  });
});
