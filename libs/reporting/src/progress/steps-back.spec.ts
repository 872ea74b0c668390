import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { WorkingDays, everyDay, lifecycleDefinitions, plusDays } from '#workflow';
import type { AnyAction, LifecycleDefinition } from '#workflow';
import { datedBack, stepsTo } from './steps-back.js';
import type { ExpectedStay } from './steps-back.js';

const internal = lifecycleDefinitions.find(({ kind }) => kind === 'internal') as LifecycleDefinition;
const actionsTo = (goal: AnyAction, from: string): readonly AnyAction[] | undefined =>
  stepsTo(goal, internal, from)?.map(({ action }) => action);
const stays =
  (days: number): (() => ExpectedStay) =>
  () => ({ days, basis: 'assumed' });

describe('The steps that are left', () => {
  it('are those of the shortest way that moves work on', () => {
    expect(actionsTo('publish', 'registered')).toEqual(['review', 'propose', 'publish']);
    expect(actionsTo('implement-option', 'published')).toEqual(['propose-option', 'check-quality', 'approve-option', 'implement-option']);
    expect(actionsTo('implement-option', 'optionApproved')).toEqual(['implement-option']);
  });

  it('are none where no way leads there', () => {
    for (const [stage, { end }] of Object.entries(internal.stages)) if (end) expect(stepsTo('publish', internal, stage)).toBeNull();
    expect(stepsTo('publish', internal, 'no stage of it')).toBeNull();
  });
});

describe('Dated backwards', () => {
  const steps = stepsTo('publish', internal, 'registered') ?? [];

  it('the last step is due on the deadline, each before it earlier by what the next one waits', () => {
    const dated = datedBack(steps, { deadline: '2025-06-30', days: everyDay, stayIn: stays(10) });
    expect(dated.map(({ action, latestOn }) => [action, latestOn])).toEqual([['review', '2025-06-10'], ['propose', '2025-06-20'], ['publish', '2025-06-30']]);
  });

  it('no step is left for a day on which nobody works', () => {
    const holiday = { date: '2027-05-03', name: 'Nghỉ bù' };
    const days = new WorkingDays({ id: 'vn', version: 1, covers: { from: '2027-01-01', to: '2027-12-31' }, weekend: ['saturday', 'sunday'], holidays: [holiday], workingDays: [], source: 'Kiểm thử' });
    const latest = (deadline: string, stay: number): readonly (string | null)[] => datedBack(steps, { deadline, days, stayIn: stays(stay) }).map(({ latestOn }) => latestOn);
    // A Monday that is off after a weekend, and Mondays before which a weekend lies.
    expect(latest('2027-05-03', 0)).toEqual(['2027-04-30', '2027-04-30', '2027-04-30']);
    expect(latest('2027-05-24', 5)).toEqual(['2027-05-10', '2027-05-17', '2027-05-24']);
    expect(latest('2027-05-24', 6)).toEqual(['2027-05-06', '2027-05-14', '2027-05-24']);
    expect(latest('2027-05-24', 1)).toEqual(['2027-05-20', '2027-05-21', '2027-05-24']);
    // What no calendar covers keeps its deadline.
    expect(latest('2028-02-01', 1)).toEqual([null, null, '2028-02-01']);
  });

  it('whoever keeps the dates and the stays keeps the deadline', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { minLength: steps.length, maxLength: steps.length }), fc.nat(2_000), (lengths, after) => {
        const deadline = plusDays('2022-01-01', after);
        const dated = datedBack(steps, { deadline, days: everyDay, stayIn: ({ stage }) => ({ days: lengths[steps.findIndex((one) => one.stage === stage)] ?? 0, basis: 'limit' }) });
        let done = dated[0]?.latestOn ?? '';
        for (const { stay } of dated.slice(1)) done = everyDay.after(done, stay.days);
        expect(done).toBe(deadline);
      }),
    );
  });
}); // prettier-ignore
