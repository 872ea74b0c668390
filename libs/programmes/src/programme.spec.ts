import { describe, expect, it } from '@jest/globals';
import { InvalidBody } from '#event-store';
import { specification } from '#event-store/testing';
import { UnitTree } from '#workflow';
import type { HeldRole } from '#workflow';
import { mostTargets, programme } from './programme.js';
import type { ProgrammeCommand, ProgrammeEvent } from './programme.js';
import type { Target } from './metrics.js';

const units = new UnitTree([
  { id: 'ministry', name: 'Bộ', level: 'ministry', parent: null },
  { id: 'service', name: 'Quân chủng', level: 'service', parent: 'ministry' },
  { id: 'unit', name: 'Đơn vị', level: 'unit', parent: 'service' },
]);
const given = specification(programme);
const as = (role: HeldRole['role'], unit: string) => ({ roles: [{ role, unit }], units }) as const;
const authority = as('authority', 'service');
const made: ProgrammeEvent = {
  type: 'ProgrammeMade',
  data: { code: 'KH-2022', title: 'Đơn giản hóa 2022–2025', from: '2022-01-01', to: '2025-12-31' },
};
const target: Target = { id: 't1', metric: 'published', threshold: '100', deadline: '2023-04-01', scope: {} };
const set: ProgrammeEvent = { type: 'TargetSet', data: { target } };
const withdrawn: ProgrammeEvent = { type: 'TargetWithdrawn', data: { target: 't1', reason: 'thay chỉ tiêu' } };
const closed: ProgrammeEvent = { type: 'ProgrammeClosed', data: { reason: 'đã tổng kết' } };
const setting = (change: Partial<Target> = {}, context: ProgrammeCommand['context'] = authority): ProgrammeCommand => ({
  ...{ action: 'set-target', target: { ...target, ...change }, context },
});
const wrongIn = (command: ProgrammeCommand): readonly string[] => {
  try {
    programme.decide(command, null);
  } catch (error) {
    if (error instanceof InvalidBody) return error.errors.map(({ path }) => path);
    throw error;
  }
  return [];
};

describe('A programme', () => {
  it('is made, given targets and closed by an authority of a service or of the ministry', () => {
    for (const context of [authority, as('authority', 'ministry')]) {
      given().when({ action: 'make-programme', made: made.data, context }).then(made);
      given(made).when(setting({}, context)).then(set);
      given(made, set).when({ action: 'withdraw-target', target: 't1', reason: 'thay chỉ tiêu', context }).then(withdrawn);
      given(made, set).when({ action: 'close-programme', reason: 'đã tổng kết', context }).then(closed);
    }
    for (const context of [as('authority', 'unit'), as('officer', 'service'), as('administrator', 'ministry')]) {
      given().when({ action: 'make-programme', made: made.data, context }).thenRejected('not-authorised');
      given(made).when(setting({}, context)).thenRejected('not-authorised');
    }
  });

  it('keeps what a paper says that a target stands at, also after its end, and counts nothing of it', () => {
    const figure = { value: '33.9', document: { number: '7/BC', date: '2025-12-31' } };
    const state = (change: object = {}): ProgrammeCommand => ({
      ...{ action: 'state-figure', target: 't1', figure, today: '2026-01-01', context: authority, ...change },
    });
    const stated: ProgrammeEvent = { type: 'FigureStated', data: { target: 't1', figure } };
    given(made, set).when(state()).then(stated);
    given(made, set, closed).when(state()).then(stated);
    given(made, set, withdrawn).when(state()).thenRejected('target-withdrawn');
    given(made, set)
      .when(state({ context: as('officer', 'service') }))
      .thenRejected('not-authorised');
    expect(wrongIn(state({ today: '2025-12-30' }))).toEqual(['document.date']);
    const after = [made, set, stated].reduce(programme.evolve, programme.initial);
    expect(after?.targets).toEqual([{ ...target, withdrawn: false, published: figure }]);
  });

  it('takes no target after it was closed, and none that ends before it begins', () => {
    given(made, closed).when(setting()).thenRejected('programme-closed');
    given(made, closed).when({ action: 'close-programme', reason: 'x', context: authority }).thenRejected('programme-closed');
    given(made)
      .when(setting({ deadline: '2021-12-31' }))
      .thenRejected('outside-programme');
  });

  it('lets each target be withdrawn once, and has only so many', () => {
    given(made, set, withdrawn)
      .when({ action: 'withdraw-target', target: 't1', reason: 'x', context: authority })
      .thenRejected('target-withdrawn');
    const full = Array.from({ length: mostTargets }, (): ProgrammeEvent => set);
    given(made, ...full)
      .when(setting())
      .thenRejected('record-full');
  });

  it('names what is wrong with a target by its field', () => {
    expect(wrongIn({ action: 'make-programme', made: { ...made.data, to: '2021-12-31' }, context: authority })).toEqual(['to']);
    expect(wrongIn(setting({ scope: { unit: 'nowhere' } }))).toEqual(['scope.unit']);
    expect(wrongIn(setting({ scope: { kind: 'public', group: 'A' } }))).toEqual(['scope.group']);
    expect(wrongIn(setting({ baseline: { year: 2024 } }))).toEqual(['baseline']);
    given(made)
      .when(setting({ metric: 'costCut', baseline: { year: 2024 }, scope: { group: 'A' } }))
      .then({
        type: 'TargetSet',
        data: { target: { ...target, metric: 'costCut', baseline: { year: 2024 }, scope: { group: 'A' } } },
      });
  });
});
