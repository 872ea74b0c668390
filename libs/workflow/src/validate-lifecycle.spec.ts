import { describe, expect, it } from '@jest/globals';
import { authorityPolicies, lifecycleDefinitions } from './initial-definitions.js';
import { roles } from './lifecycle.js';
import type { AnyAction, AuthorityPolicy, LifecycleDefinition, Transition } from './lifecycle.js';
import type { LifecycleDocument } from './lifecycle-document.js';
import type { Staffing } from './staffing.js';
import { UnitTree } from './units.js';
import { validateLifecycle } from './validate-lifecycle.js';

const units = new UnitTree([
  { id: 'm', name: 'Ministry', level: 'ministry', parent: null },
  { id: 's', name: 'Service', level: 'service', parent: 'm' },
  { id: 'u', name: 'Unit', level: 'unit', parent: 's' },
]);
const officers = (count: number): Staffing['people'] =>
  Array.from({ length: count }, (_, index) => ({ id: `officer ${String(index)}`, roles: [{ role: 'officer', unit: 's' }] }));
const people: Staffing['people'] = [
  ...officers(2),
  { id: 'checker', roles: [{ role: 'checker', unit: 's' }] },
  { id: 'authority', roles: [{ role: 'authority', unit: 's' }] },
  { id: 'minister', roles: [{ role: 'authority', unit: 'm' }] },
];
const [standard] = authorityPolicies;
const [internal] = lifecycleDefinitions;
if (!standard || !internal) throw new Error('The fixtures are missing.');

function codesOf(definition: LifecycleDocument, more: { policy?: AuthorityPolicy; staff?: Staffing['people'] } = {}): readonly string[] {
  const { policy = standard, staff = people } = more;
  const surroundings = { policy, staffing: { units, people: staff }, hasCalendar: (id: string) => id === 'vn' };
  return validateLifecycle(definition, surroundings).map(({ code, path }) => `${code} ${path}`);
}

/** The definition with that transition changed. */
function changed(action: AnyAction, change: Partial<Transition>, definition: LifecycleDefinition = internal as LifecycleDefinition): LifecycleDefinition {
  return { ...definition, transitions: definition.transitions.map((one) => (one.action === action ? { ...one, ...change } : one)) };
} // prettier-ignore
const indexOf = (action: AnyAction): string => String(internal.transitions.findIndex((one) => one.action === action));
const withRule = (name: string, rule: AuthorityPolicy['rules'][string]): AuthorityPolicy => ({
  ...standard,
  rules: { ...standard.rules, [name]: rule },
});
const title = { vi: 'x', en: 'x' };

describe('The validation of a definition', () => {
  it.each(lifecycleDefinitions.map((definition) => [definition.id, definition] as const))(
    'finds nothing in %s, version 1',
    (_id, definition) => {
      expect(codesOf(definition)).toEqual([]);
    },
  );

  it('has titles that hold nothing that acts or is not seen', () => {
    const stages = { ...internal.stages, registered: { title: { vi: 'Đã\u001b[2J', en: 'Registered\u202e' } } };
    expect(codesOf({ ...internal, stages, title: { vi: 'Nội bộ\u200b', en: 'Internal' } })).toEqual([
      'title-hides title.vi',
      'title-hides stages.registered.title.vi',
      'title-hides stages.registered.title.en',
    ]);
  });

  it('names titles that are missing', () => {
    const stages = { ...internal.stages, reviewed: { title: { vi: 'đã rà soát', en: ' ' } } };
    expect(codesOf({ ...internal, title: { en: 'x' }, stages })).toEqual([
      'title-missing title.vi',
      'title-missing stages.reviewed.title.en',
    ]);
  });

  it('names words that mean nothing', () => {
    const headless = Object.fromEntries(Object.entries(internal).filter(([field]) => field !== 'initial'));
    expect(codesOf(headless as unknown as LifecycleDocument)).toContain('initial-missing initial');
    expect(codesOf({ ...internal, initial: 'toString' })).toContain('initial-missing initial');
    const at = indexOf('propose');
    expect(codesOf(changed('propose', { from: ['reviewed', 'nowhere'], to: 'elsewhere' }))).toEqual([
      `unknown-stage transitions.${at}.from.1`,
      `unknown-stage transitions.${at}.to`,
    ]);
    expect(codesOf(changed('propose', { action: 'explode' as AnyAction, differentFrom: ['implode' as AnyAction] }))).toEqual([
      `unknown-action transitions.${at}.action`,
      `unknown-action transitions.${at}.differentFrom.0`,
    ]);
    expect(codesOf(changed('propose', { authority: 'nobody' }))).toContain(`unknown-rule transitions.${at}.authority`);
    expect(codesOf(changed('propose', { inputs: ['note', 'colour'] }))).toEqual([`unknown-input transitions.${at}.inputs.1`]);
    expect(validateLifecycle(internal, { policy: undefined, staffing: { units, people }, hasCalendar: () => true })).toMatchObject([
      { code: 'unknown-authority', path: 'authority' },
    ]);
  });

  it('finds stages that cannot be reached and those that cannot be left', () => {
    const stages = { ...internal.stages, limbo: { title }, island: { title } };
    const found = codesOf({ ...changed('propose', { to: 'limbo' }), stages: { ...stages }, transitions: changed('propose', { to: 'limbo' }).transitions.filter(({ from }) => from !== 'open') }); // prettier-ignore
    expect(found).toContain('unreachable-stage stages.island');
    expect(found).toContain('dead-end stages.limbo');
  });

  it('finds what a suspension leaves without a way out', () => {
    const found = codesOf({ ...internal, transitions: internal.transitions.filter(({ action }) => action !== 'resume') });
    expect(found).toContain('dead-end stages.registered');
  });

  it('finds what a review that stops it leaves without a way out', () => {
    const found = codesOf({ ...internal, transitions: internal.transitions.filter(({ action }) => action !== 'withdraw') });
    expect(found).toEqual(expect.arrayContaining(['dead-end stages.reviewed', 'unreachable-stage stages.withdrawn']));
  });

  it('finds transitions that stand behind others, lead to no origin, or never come to be', () => {
    const propose = internal.transitions.find(({ action }) => action === 'propose');
    if (!propose) throw new Error('The fixture is missing.');
    const again = codesOf({ ...internal, transitions: [...internal.transitions, { ...propose, to: 'registered' }] });
    expect(again).toContain(`shadowed-transition transitions.${String(internal.transitions.length)}`);
    expect(codesOf(changed('propose', { to: 'origin' }))).toContain(`no-origin transitions.${indexOf('propose')}.to`);
    expect(codesOf(changed('approve-option', { from: ['registered'] }))).toContain(`never-open transitions.${indexOf('approve-option')}`);
  });

  it('finds actions whose deed does not fit where they lead', () => {
    expect(codesOf(changed('abolish', { to: 'published' }))).toContain(`end-expected transitions.${indexOf('abolish')}.to`);
    expect(codesOf(changed('implement-option', { instead: { when: 'option-abolishes', to: 'simplified' } }))).toContain(
      `end-expected transitions.${indexOf('implement-option')}.instead`,
    );
    expect(codesOf(changed('correct', { to: 'registered' }))).toContain(`must-stay transitions.${indexOf('correct')}.to`);
    expect(codesOf(changed('register', { to: 'reviewed' }))).toContain(`register-elsewhere transitions.${indexOf('register')}.to`);
    expect(codesOf(changed('assign-review', { action: 'audit' }))).toContain(
      `foreign-action transitions.${indexOf('assign-review')}.action`,
    );
  });

  it('finds conditions that the action can never tell, instead of passing over them', () => {
    const suspend = codesOf(changed('suspend', { requires: ['decision-if-published'] }));
    expect(suspend).toContain(`foreign-condition transitions.${indexOf('suspend')}.requires.0`);
    const failed = codesOf(changed('propose', { instead: { when: 'check-failed', to: 'registered' } }));
    expect(failed).toContain(`foreign-condition transitions.${indexOf('propose')}.instead.when`);
    const abolishing = codesOf(changed('publish', { instead: { when: 'option-abolishes', to: 'abolished' } }));
    expect(abolishing).toContain(`foreign-condition transitions.${indexOf('publish')}.instead.when`);
  });

  it('takes an action that is named like something every object has for an unknown one', () => {
    const at = indexOf('propose');
    expect(codesOf(changed('propose', { action: 'constructor' as AnyAction, inputs: ['name'] }))).toEqual([
      `unknown-action transitions.${at}.action`,
      `unknown-input transitions.${at}.inputs.0`,
    ]);
  });

  it('finds actions that nobody may do, for a class everywhere or for some owners', () => {
    const at = indexOf('publish');
    expect(codesOf(internal, { policy: withRule('publish', { role: 'checker', at: 'publisher' }) })).toEqual([`nobody-may transitions.${at}.authority`]);
    const elsewhere = people.map((person) => (person.id.startsWith('officer') ? { ...person, roles: [{ role: 'officer' as const, unit: 'u' }] } : person));
    expect(codesOf(internal, { staff: elsewhere }).filter((one) => one.startsWith('nobody-may '))).toContain(`nobody-may transitions.${indexOf('review')}.authority`);
    expect(codesOf(internal, { policy: withRule('publish', { role: 'auditor', at: 'publisher' }) })).toContain('reader-acts authority.rules.publish.role');
    expect(codesOf(internal, { policy: { ...standard, classes: {} } })).toContain('unknown-class authority.classes.A');
  }); // prettier-ignore

  it('finds options that one person could propose, check and approve', () => {
    const [check, approve] = [indexOf('check-quality'), indexOf('approve-option')];
    expect(codesOf(changed('check-quality', { differentFrom: [] }))).toEqual([`not-kept-apart transitions.${check}.differentFrom`]);
    expect(codesOf(changed('approve-option', { differentFrom: ['check-quality'] }))).toEqual([`not-kept-apart transitions.${approve}.differentFrom`]);
    expect(codesOf(changed('approve-option', { differentFrom: [] }))).toHaveLength(2);
  }); // prettier-ignore

  it('finds ways on which an option comes into force unchecked or unapproved', () => {
    const found = `not-kept-apart transitions.${indexOf('implement-option')}.from`;
    expect(codesOf(changed('implement-option', { from: ['qualityChecked', 'optionApproved'] }))).toEqual([found]);
    expect(codesOf(changed('approve-option', { from: ['optionProposed', 'qualityChecked'] }))).toEqual([found]);
    const checkless = changed('approve-option', { from: ['optionProposed'] }).transitions.filter(({ action }) => action !== 'check-quality');
    const implementing = String(checkless.findIndex(({ action }) => action === 'implement-option'));
    expect(codesOf({ ...internal, transitions: checkless })).toContain(`not-kept-apart transitions.${implementing}.from`);
  }); // prettier-ignore

  it('finds separations of duties for which there are too few people', () => {
    const three = changed('approve-option', { authority: 'propose-option' }, changed('check-quality', { authority: 'propose-option' }));
    expect(codesOf(three, { staff: [...people, ...officers(2)] })).toEqual([
      `separation-unmet transitions.${indexOf('approve-option')}.differentFrom`,
    ]);
    const enough = [...people.filter(({ id }) => !id.startsWith('officer')), ...officers(3)];
    expect(codesOf(three, { staff: enough })).toEqual([]);
    expect(codesOf(changed('review', { differentFrom: ['register'] }), { staff: people.slice(1) })).toContain(
      `separation-unmet transitions.${indexOf('review')}.differentFrom`,
    );
  });

  it('finds deadlines without a calendar, and calendars that there are not', () => {
    const deadline = { action: 'check-quality', days: 5, counting: 'working' } as const;
    const timeless = Object.fromEntries(Object.entries(internal).filter(([name]) => name !== 'calendar')) as unknown as LifecycleDefinition;
    expect(codesOf({ ...timeless, deadlines: [deadline] })).toEqual([
      'deadline-without-calendar deadlines.0.counting',
      'deadline-without-calendar punctuality.signedBeforeEffect.counting',
    ]);
    const punctuality = { signedBeforeEffect: { days: 20, counting: 'calendar' } } as const;
    expect(codesOf({ ...timeless, deadlines: [{ ...deadline, counting: 'calendar' }], punctuality })).toEqual([]);
    expect(codesOf({ ...internal, deadlines: [deadline], calendar: 'vn' })).toEqual([]);
    expect(codesOf({ ...internal, deadlines: [deadline], calendar: 'moon' })).toEqual(['unknown-calendar calendar']);
    expect(codesOf({ ...internal, deadlines: [{ stage: 'nowhere', days: 1, counting: 'calendar' }] })).toEqual(['unknown-stage deadlines.0.stage']);
  }); // prettier-ignore

  it('finds a limit on disclosing where nothing is ever disclosed', () => {
    const punctuality = { disclosedAfterSigning: { days: 10, counting: 'working' } } as const;
    expect(codesOf({ ...internal, punctuality })).toEqual(['unknown-action punctuality.disclosedAfterSigning']);
  });

  it('says nothing about people where nobody can own a procedure yet', () => {
    const alone = new UnitTree([{ id: 'm', name: 'Ministry', level: 'ministry', parent: null }]);
    expect(validateLifecycle(internal, { policy: standard, staffing: { units: alone, people: [] }, hasCalendar: () => true })).toEqual([]);
  });

  it('ends with an answer for the largest definition that the schema takes', () => {
    const names = Array.from({ length: 50 }, (_, index) => `s${String(index)}`);
    const stages = Object.fromEntries(names.map((name) => [name, { title }]));
    const moves = ['review', 'publish', 'propose-option', 'suspend', 'resume', 'return', 'check-quality', 'approve-option'] as const;
    const transitions = Array.from({ length: 200 }, (_, index): Transition => ({
      action: moves[index % moves.length] ?? 'review',
      from: names.filter((_name, at) => at % 25 === Math.floor(index / moves.length)),
      to: names[(index * 7) % 50] ?? 's0',
      requires: [],
      differentFrom: [...moves],
      authority: 'review',
      worklist: false,
    }));
    const crowd = Array.from({ length: 500 }, (_, index) => ({
      id: `p${String(index)}`,
      roles: roles.map((role) => ({ role, unit: 's' })),
    }));
    expect(codesOf({ ...internal, initial: 's0', stages, transitions }, { staff: crowd })).toEqual(
      expect.arrayContaining(names.map((name) => `dead-end stages.${name}`)),
    );
  });
});
