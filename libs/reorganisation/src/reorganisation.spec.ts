import { describe, expect, it } from '@jest/globals';
import { specification } from '#event-store/testing';
import { UnitTree } from '#workflow';
import type { HeldRole, Unit } from '#workflow';
import { reorganisation } from './reorganisation.js';
import type { Plan, ReorganisationCommand, ReorganisationEvent } from './reorganisation.js';
import { successorsOf } from './successors.js';
import type { Step } from './steps.js';

const tree: readonly Unit[] = [
  { id: 'm', name: 'Bộ', level: 'ministry', parent: null },
  { id: 's', name: 'Quân chủng', level: 'service', parent: 'm' },
  { id: 't', name: 'Quân chủng khác', level: 'service', parent: 'm' },
  { id: 'a', name: 'Vùng A', level: 'unit', parent: 's' },
  { id: 'b', name: 'Vùng B', level: 'unit', parent: 's' },
  { id: 'a1', name: 'Trạm A1', level: 'unit', parent: 'a' },
  { id: 'x', name: 'Vùng X', level: 'unit', parent: 't' },
];
const units = new UnitTree(tree);
const today = '2026-01-10';
const administrator: readonly HeldRole[] = [{ role: 'administrator', unit: 's' }];

const by = (roles: readonly HeldRole[], more: { readonly held?: readonly HeldRole[]; readonly on?: string; readonly units?: UnitTree; readonly others?: boolean } = {}) => ({
  ...{ person: 'p', today: more.on ?? today, units: more.units ?? units, othersAdminister: () => more.others ?? true },
  by: { roles, held: more.held ?? roles },
}); // prettier-ignore
const planOf = (...steps: readonly Step[]): Plan => ({
  ...{ title: 'Sắp xếp tổ chức', decision: { number: '12/QĐ', date: '2026-01-05' }, effectiveOn: '2026-02-01', steps },
});
const merge: Step = { kind: 'merge', unit: 'a', into: 'b' };
const plan = (steps: readonly Step[], context = by(administrator)): ReorganisationCommand =>
  ({ action: 'plan-reorganisation', plan: planOf(...steps), context }); // prettier-ignore
const planned = (...steps: readonly Step[]): ReorganisationEvent => ({
  type: 'ReorganisationPlanned',
  data: { ...planOf(...steps), by: 'p' },
});
const begun = (...steps: readonly Step[]): ReorganisationEvent => {
  const state = reorganisation.evolve(null, planned(...steps));
  const [event] = reorganisation.decide({ action: 'begin-reorganisation', context: by(administrator, { on: '2026-02-01' }) }, state);
  if (!event) throw new Error('It does not begin.');
  return event;
};
const actsOf = (...steps: readonly Step[]): unknown => (begun(...steps).data as { readonly acts: unknown }).acts;

describe('A reorganisation', () => {
  const given = specification(reorganisation);

  it('is planned by an administrator of all units that it concerns, for today or a later day', () => {
    given().when(plan([merge])).then(planned(merge));
    given().when(plan([merge], by([{ role: 'administrator', unit: 'm' }]))).then(planned(merge));
    for (const roles of [[{ role: 'authority', unit: 's' }], [{ role: 'administrator', unit: 'a' }], [{ role: 'administrator', unit: 't' }]] as const)
      given().when(plan([merge], by(roles))).thenRejected('not-authorised');
    const late = { ...planOf(merge), effectiveOn: '2026-01-09' };
    expect(() => reorganisation.decide({ action: 'plan-reorganisation', plan: late, context: by(administrator) }, null)).toThrow(/effectiveOn/);
  }); // prettier-ignore

  it('says at once what stands against each of its steps, on the tree that those before it leave', () => {
    given().when(plan([merge, { kind: 'merge', unit: 'b', into: 'a' }])).thenRejected('unit-closed');
    // What became part of another unit keeps nothing that it could give away.
    const transfer: Step = { kind: 'transfer', unit: 'a', to: 's', which: { fields: ['đất đai'] } };
    given().when(plan([merge, transfer])).thenRejected('unit-closed');
    given().when(plan([merge, { kind: 'split', unit: 'a', parts: [{ fields: ['đất đai'], to: 's' }], rest: 'a' }])).thenRejected('unit-closed');
    given().when(plan([{ kind: 'merge', unit: 'a', into: 's' }])).thenRejected('unit-misplaced');
    given().when(plan([{ kind: 'split', unit: 'a', parts: [], rest: 'b' }], by(administrator, { others: false }))).thenRejected('last-administrator');
    // The unit below goes along with the merge, so it can be handed on afterwards.
    given().when(plan([merge, { kind: 'transfer', unit: 'b', to: 'a1', which: { fields: ['đất đai'] } }])).then(planned(merge, { kind: 'transfer', unit: 'b', to: 'a1', which: { fields: ['đất đai'] } }));
  }); // prettier-ignore

  it('gives nobody a role: whoever would judge more by it than today does not plan it, nor have their program plan it', () => {
    const also = (unit: string): readonly HeldRole[] => [...administrator, { role: 'authority', unit }];
    given()
      .when(plan([merge], by(administrator, { held: also('a') })))
      .thenRejected('same-person');
    given()
      .when(plan([merge], by(administrator, { held: also('b') })))
      .thenRejected('same-person');
    const transfer: Step = { kind: 'transfer', unit: 'a', to: 'b', which: { fields: ['đất đai'] } };
    given()
      .when(plan([transfer], by(administrator, { held: also('b') })))
      .thenRejected('same-person');
    // What counts for both already is no gain.
    given()
      .when(plan([merge], by(administrator, { held: also('s') })))
      .then(planned(merge));
    given()
      .when(plan([transfer], by(administrator, { held: also('a') })))
      .then(planned(transfer));
  });

  it('splits a unit by fields, and what keeps the rest succeeds it', () => {
    const split = (rest: string): Step => ({ kind: 'split', unit: 'a', parts: [{ fields: ['Đất đai'], to: 'b' }], rest });
    const given_ = { act: 'transfer', from: 'a', to: 'b', which: { fields: ['Đất đai'] } };
    expect(actsOf(split('a'))).toEqual([[given_]]);
    expect(actsOf(split('s'))).toEqual([
      [
        given_,
        { act: 'move', unit: 'a1', parent: 's' },
        { act: 'transfer', from: 'a', to: 's', which: { exceptFields: ['Đất đai'] } },
        { act: 'close', unit: 'a' },
      ],
    ]);
  });

  it('ends a level: each unit of it is succeeded by the one above, whose roles nobody gets by it, or becomes part of a named one', () => {
    expect(actsOf({ kind: 'end-level', below: 'a', successors: [{ unit: 'a1', into: 'b' }] })).toEqual([[{ act: 'merge', unit: 'a1', into: 'b' }]]);
    expect(actsOf({ kind: 'end-level', below: 'a', successors: [] })).toEqual([
      [
        { act: 'transfer', from: 'a1', to: 'a', which: { exceptFields: [] } },
        { act: 'close', unit: 'a1' },
      ],
    ]);
    const wrong: Step = { kind: 'end-level', below: 's', successors: [{ unit: 'a', into: 'b' }] };
    expect(() => reorganisation.decide(plan([wrong]), null)).toThrow(/successors\.0\.into/);
  }); // prettier-ignore

  it('is amended or cancelled until it begins, and cancelled while it goes on', () => {
    const amend: ReorganisationCommand = { action: 'amend-reorganisation', plan: planOf({ ...merge, unit: 'b', into: 'a' }), context: by(administrator) };
    const cancel: ReorganisationCommand = { action: 'cancel-reorganisation', reason: 'Thôi', context: by(administrator) };
    given(planned(merge)).when(amend).then({ type: 'ReorganisationAmended', data: { ...planOf({ ...merge, unit: 'b', into: 'a' }), by: 'p' } });
    given(planned(merge), begun(merge)).when(amend).thenRejected('reorganisation-state');
    for (const events of [[planned(merge)], [planned(merge), begun(merge)]])
      given(...events).when(cancel).then({ type: 'ReorganisationCancelled', data: { reason: 'Thôi' } });
    given(planned(merge), { type: 'ReorganisationCancelled', data: { reason: 'Thôi' } }).when(cancel).thenRejected('reorganisation-state');
    given(planned(merge)).when({ ...cancel, context: by([{ role: 'administrator', unit: 'a' }]) }).thenRejected('not-authorised');
  }); // prettier-ignore

  it('begins on its day, with the rights that whoever planned it has then', () => {
    const begin = (on: string, roles = administrator): ReorganisationCommand => ({
      action: 'begin-reorganisation',
      context: by(roles, { on }),
    });
    given(planned(merge)).when(begin('2026-01-31')).thenRejected('reorganisation-state');
    given(planned(merge)).when(begin('2026-02-01')).then(begun(merge));
    given(planned(merge)).when(begin('2026-02-03', [])).thenRejected('not-authorised');
    given(planned(merge), begun(merge)).when(begin('2026-02-03')).thenRejected('reorganisation-state');
  });

  it('is done step by step, each once; what stands still is resumed by an administrator, with their own rights', () => {
    const done = (step: number): ReorganisationCommand => ({ action: 'step-done', step, moved: { none: 3 }, today: '2026-02-01' });
    const transfer: Step = { kind: 'transfer', unit: 'b', to: 's', which: { fields: ['đất đai'] } };
    const both = [planned(merge, transfer), begun(merge, transfer)] as const;
    const first: ReorganisationEvent = { type: 'ReorganisationStepDone', data: { step: 0, moved: { none: 3 } } };
    given(...both).when(done(0)).then(first);
    given(...both, first).when(done(0)).thenRejected('reorganisation-state');
    given(...both, first).when(done(1)).then({ ...first, data: { step: 1, moved: { none: 3 } } }, { type: 'ReorganisationCompleted', data: { on: '2026-02-01' } });
    const unmet = [{ code: 'unit-closed', message: 'x' }];
    const halted: ReorganisationEvent = { type: 'ReorganisationHalted', data: { step: 1, unmet } };
    given(...both, first).when({ action: 'halt-reorganisation', step: 1, unmet }).then(halted);
    given(...both, first, halted).when(done(1)).thenRejected('reorganisation-state');
    given(...both, first, halted).when({ action: 'resume-reorganisation', context: by(administrator) }).then({ type: 'ReorganisationResumed', data: { by: 'p', roles: administrator } });
    given(...both, first, halted).when({ action: 'resume-reorganisation', context: by([]) }).thenRejected('not-authorised');
  }); // prettier-ignore
});

describe('The successors of a unit', () => {
  const given = (from: string, to: string, which: Parameters<typeof successorsOf>[2][number]['which'], at = 0n) =>
    ({ from, to, which, at, reorganisation: 'r', on: '2026-02-01', decision: { number: '1', date: '2026-01-01' } }); // prettier-ignore
  const named = (unit: string, of: UnitTree, ...handed: readonly ReturnType<typeof given>[]) =>
    successorsOf(unit, of, handed.map((one, index) => ({ ...one, at: BigInt(index) })), new Map()).map((one) => [one.unit, one.fields]); // prettier-ignore
  const closed = (id: string, mergedInto: string | null = null): UnitTree =>
    new UnitTree(tree.map((one) => (one.id === id ? { ...one, closed: true, mergedInto } : one)));

  it('are itself while it is open, what it became part of, or the nearest one above', () => {
    expect(named('a', units)).toEqual([['a', null]]);
    expect(named('a', closed('a', 'b'))).toEqual([['b', null]]);
    expect(named('a', closed('a'))).toEqual([['s', null]]);
  });

  it('are several after a split, each with its fields, and those after them', () => {
    const split = [given('a', 'b', { fields: ['đất đai'] }), given('a', 's', { exceptFields: ['đất đai'] })];
    expect(named('a', closed('a'), ...split)).toEqual([['b', ['đất đai']], ['s', null]]);
    expect(named('a', units, given('a', 'b', { fields: ['đất đai'] }))).toEqual([['b', ['đất đai']], ['a', null]]);
    const onwards = [...split, given('b', 'x', { fields: ['đất đai', 'thuế'] })];
    expect(named('a', closed('a'), ...onwards)).toEqual([['x', ['đất đai']], ['b', ['đất đai']], ['s', null]]);
    // What the other one had given away before is not of that.
    expect(named('a', units, given('b', 'x', { fields: ['đất đai'] }), given('a', 'b', { fields: ['đất đai'] }))).toEqual([['b', ['đất đai']], ['a', null]]);
  }); // prettier-ignore

  it('have nothing of what one of them gave away before another became part of it, or was closed below it', () => {
    const ofLand = given('b', 'x', { fields: ['đất đai'] }, 5n);
    const after = (end: bigint, mergedInto: string | null, ...handed: readonly ReturnType<typeof given>[]) =>
      successorsOf('a', closed('a', mergedInto), handed, new Map([['a', end]])).map((one) => [one.unit, one.fields]);
    expect(after(6n, 'b', ofLand)).toEqual([['b', null]]);
    expect(after(4n, 'b', ofLand)).toEqual([['x', ['đất đai']], ['b', null]]);
    expect(after(6n, null, given('s', 'x', { fields: ['đất đai'] }, 5n))).toEqual([['s', null]]);
  }); // prettier-ignore
});
