import { describe, expect, it } from '@jest/globals';
import { authorityPolicies, lifecycleDefinitions, shippedLifecycles } from './initial-definitions.js';
import type { AnyAction, DeadlineRule, LifecycleDefinition, Transition } from './lifecycle.js';
import { UnitTree } from './units.js';
import { validateLifecycle } from './validate-lifecycle.js';

const [standard] = authorityPolicies;
const [internal, publicLifecycle] = lifecycleDefinitions;
if (!standard || !internal || !publicLifecycle) throw new Error('The fixtures are missing.');

/** Those of a definition that could be published but for them. */
function doubts(definition: LifecycleDefinition): readonly string[] {
  const staffing = { units: new UnitTree([]), people: [] };
  return validateLifecycle(definition, { policy: standard, staffing, hasCalendar: () => true }).flatMap(({ code, severity, path }) =>
    severity === 'doubt' ? [`${code} ${path}`] : [],
  );
}
const withDeadlines = (...deadlines: readonly DeadlineRule[]): LifecycleDefinition => ({ ...internal, deadlines });
const changed = (action: AnyAction, change: Partial<Transition>): LifecycleDefinition => ({
  ...internal,
  transitions: internal.transitions.map((one) => (one.action === action ? { ...one, ...change } : one)),
});
const at = (action: AnyAction): string => `transitions.${String(internal.transitions.findIndex((one) => one.action === action))}.requires`;
const review = { action: 'review', days: 5, counting: 'working' } as const;

describe('A definition', () => {
  it.each(shippedLifecycles.map((definition) => [`${definition.id}, version ${String(definition.version)},`, definition] as const))(
    'as the product brings it along (%s) is beyond doubt, and so is one with usual deadlines',
    (_, definition) => {
      expect(doubts(definition)).toEqual([]);
      const deadlines = [
        { stage: 'registered', days: 730, counting: 'calendar', warnBefore: 729, escalateAfter: 0 },
        { stage: 'registered', days: { ministry: 500, service: 1 }, counting: 'working' },
      ] as const;
      expect(doubts({ ...definition, calendar: 'vn', deadlines })).toEqual([]);
    },
  );

  it.each<readonly [string, Partial<DeadlineRule>, readonly string[]]>([
    ['of no days', { days: 0 }, ['deadline-of-no-days days']],
    ['of no days at one level', { days: { ministry: 5, service: 0 } }, ['deadline-of-no-days days']],
    ['of more than two years', { days: 731, counting: 'calendar' }, ['deadline-of-years days']],
    ['of more than two years of working days', { days: { ministry: 501, service: 5 } }, ['deadline-of-years days']],
    ['that is escalated after years', { escalateAfter: 3650 }, ['deadline-of-years escalateAfter']],
    ['that is warned of as soon as it begins', { warnBefore: 5 }, ['useless-warning warnBefore']],
    ['that is so at one level', { days: { ministry: 10, service: 5 }, warnBefore: 6 }, ['useless-warning warnBefore']],
    ['that is warned of when it is missed', { warnBefore: 0 }, ['useless-warning warnBefore']],
  ])('with a deadline %s is hardly meant', (_, change, expected) => {
    const paths = expected.map((one) => one.replace(' ', ' deadlines.0.'));
    expect(doubts(withDeadlines({ ...review, ...change }))).toEqual(paths);
  });

  it('with the same deadline twice, or one that never runs, is hardly meant', () => {
    expect(doubts(withDeadlines(review, { ...review, warnBefore: 1 }))).toEqual(['deadline-twice deadlines.1']);
    expect(doubts(withDeadlines(review, { ...review, days: 10 }))).toEqual([]);
    expect(doubts(withDeadlines({ stage: 'abolished', days: 5, counting: 'calendar' }))).toEqual(['deadline-never-runs deadlines.0']);
    expect(doubts(withDeadlines({ ...review, action: 'register' }))).toEqual(['deadline-never-runs deadlines.0']);
  });

  it('by which every publication is on time, or none, is hardly meant', () => {
    const punctual = (punctuality: LifecycleDefinition['punctuality']): readonly string[] =>
      doubts({ ...publicLifecycle, punctuality: { ...publicLifecycle.punctuality, ...punctuality } });
    expect(punctual({ signedBeforeEffect: { days: 0, counting: 'working' } })).toEqual([
      'punctuality-of-no-days punctuality.signedBeforeEffect.days',
    ]);
    expect(punctual({ disclosedAfterSigning: { days: { ministry: 10, service: 0 }, counting: 'working' } })).toEqual([
      'punctuality-of-no-days punctuality.disclosedAfterSigning.days',
    ]);
    expect(punctual({ signedBeforeEffect: { days: 731, counting: 'calendar' } })).toEqual([
      'punctuality-of-years punctuality.signedBeforeEffect.days',
    ]);
  });

  it('that publishes without its parts, or despite its review, is hardly meant, unless a step before asks for them', () => {
    const careless = changed('publish', { requires: [] });
    expect(doubts(careless)).toEqual([`publish-without-parts ${at('publish')}`]);
    const proposed = careless.transitions.map((one) =>
      one.action === 'propose' ? { ...one, requires: ['necessary', 'parts'] as const } : one,
    );
    expect(doubts({ ...careless, transitions: proposed })).toEqual([]);
    const hasty = careless.transitions.map((one) => (one.action === 'propose' ? { ...one, requires: [] } : one));
    expect(doubts({ ...careless, transitions: hasty })).toEqual([
      `publish-without-parts ${at('publish')}`,
      `publish-despite-review ${at('publish')}`,
    ]);
  });

  it('that publishes what nobody reviewed is hardly meant, unless it cannot come there without a review', () => {
    const early = changed('publish', { from: ['registered', 'proposed'] });
    expect(doubts(early)).toEqual([`publish-without-review ${at('publish').replace('requires', 'from')}`]);
    const unreviewed = internal.transitions.filter(({ action }) => action !== 'review');
    expect(doubts({ ...internal, transitions: unreviewed }).filter((one) => one.startsWith('publish-without-review'))).toEqual([]);
  });

  it('that takes back what was published without a decision is hardly meant', () => {
    expect(doubts(changed('abolish', { requires: ['ever-published'] }))).toEqual([`abolish-without-decision ${at('abolish')}`]);
    expect(doubts(changed('abolish', { requires: ['ever-published'], inputs: ['decision'] }))).toEqual([]);
    expect(doubts(changed('withdraw', { requires: [] }))).toEqual([`withdraw-published ${at('withdraw')}`]);
  });

  it('in which nothing is ever published, or nothing is anybody’s work, is hardly meant', () => {
    const idle = internal.transitions.map((one) => ({ ...one, worklist: false }));
    expect(doubts({ ...internal, transitions: idle })).toEqual(['empty-worklist transitions']);
    const unpublished = internal.transitions.filter(({ action }) => action !== 'publish');
    expect(doubts({ ...internal, transitions: unpublished })).toEqual(['nothing-published transitions']);
  });
});
