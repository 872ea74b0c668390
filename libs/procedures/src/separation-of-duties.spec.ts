import { describe, expect, it } from '@jest/globals';
import { InvalidBody, Rejected } from '#event-store';
import { UnitTree, authorityPolicies, lifecycleDefinitions, roles, shippedLifecycles } from '#workflow';
import type { LifecycleDefinition } from '#workflow';
import type { ActionBodies, DecisionContext, MigrationPlan, ProcedureCommand } from './commands.js';
import type { ProcedureEvent } from './events.js';
import { procedure } from './procedure.js';
import { allowed } from './allowed.js';
import type { Procedure } from './state.js';

const units = new UnitTree([
  { id: 'm', name: 'Ministry', level: 'ministry', parent: null },
  { id: 's', name: 'Service', level: 'service', parent: 'm' },
]);
const [newest] = lifecycleDefinitions;
const [first] = shippedLifecycles;
if (!newest || !first) throw new Error('A definition is missing.');
const everything = roles.flatMap((role) => ['m', 's'].map((unit) => ({ role, unit })));
const decision = { number: '1', date: '2026-02-02', effectiveDate: '2026-03-20', signer: 'x' };
const document = { title: 'x', number: '1', date: '2026-02-20', effectiveDate: '2026-04-01' };
const cost = { hourlyWage: 1, lines: [{ hours: '1', fee: 0, service: 0 }], timesPerYear: 1, subjectsPerYear: 1 };
const option = { type: 'cutStep', content: 'x', reason: 'x', documentsToAmend: [{ title: 'x', change: 'x' }], before: cost, after: cost } as const; // prettier-ignore
const parts = {
  steps: 'x', manner: 'x', dossier: { documents: ['x'], sets: 1 }, timeLimitDays: 5, subjects: 'x', agency: 'x', legalBasis: ['x'],
}; // prettier-ignore
const review = { necessary: true, withinPowers: true, reasonable: true, lawful: true, findings: 'x' };
const passed = { passed: true, remarks: 'x' };

/** A procedure on which everybody may do everything; `a for b` acts for b. Events are folded with who did them, as the log has it. */
class Office {
  private state: Procedure = procedure.initial;
  readonly events: ProcedureEvent[] = [];
  private options = 0;
  constructor(private readonly definition: LifecycleDefinition = newest as LifecycleDefinition) {
    this.by('registrar', 'register', { title: 'T', kind: 'internal', group: 'C', field: 'f', owningUnit: 's', parts });
  }
  by<Action extends keyof ActionBodies>(who: string, action: Action, body: ActionBodies[Action]): this {
    const context = this.contextOf(who);
    for (const event of procedure.decide({ action, body, context } as ProcedureCommand, this.state)) {
      const { id, actingFor } = context.actor;
      const metadata = { actor: { id, ...(actingFor && { onBehalfOf: actingFor.id }) } };
      this.state = procedure.evolve(this.state, Object.assign({ metadata }, event));
      this.events.push(event);
    }
    return this;
  }
  refused<Action extends keyof ActionBodies>(who: string, action: Action, body: ActionBodies[Action]): readonly string[] {
    const before = this.state;
    try {
      this.by(who, action, body);
    } catch (error) {
      if (error instanceof Rejected) return error.unmet.map(({ code }) => code);
      if (error instanceof InvalidBody) return error.errors.map(({ path }) => `invalid-body ${path}`);
      throw error;
    }
    this.state = before;
    this.events.pop();
    return [];
  }
  migrationRefused(plan: MigrationPlan): readonly string[] {
    try {
      procedure.decide({ action: 'migrate', body: plan, context: this.contextOf('administrator') }, this.state);
      return [];
    } catch (error) {
      if (error instanceof Rejected) return error.unmet.map(({ code }) => code);
      throw error;
    }
  }
  get registered() {
    if (this.state.phase === 'unregistered') throw new Error('It is registered.');
    return this.state;
  }
  openTo(who: string): readonly string[] {
    return allowed(this.registered, this.contextOf(who)).flatMap(({ action, unmet }) => (unmet.length === 0 ? [action] : []));
  }
  private contextOf(who: string): DecisionContext {
    const [id = '', actingFor] = who.split(' for ');
    const [authority] = authorityPolicies;
    if (!authority) throw new Error('A policy is missing.');
    const actor = { id, roles: everything, ...(actingFor !== undefined && { actingFor: { id: actingFor, roles: everything, actions: 'all' as const } }) }; // prettier-ignore
    return { actor, definition: this.definition, authority, units, today: '2026-03-02', newId: `option ${String(++this.options)}` };
  }
}

const published = (definition?: LifecycleDefinition) => new Office(definition).by('reviewer', 'review', review)
  .by('proposer', 'propose', { document: { number: '1', date: '2026-01-19' } }).by('publisher', 'publish', { decision }); // prettier-ignore
/** The option is revision 4. */
const proposed = (definition?: LifecycleDefinition) => published(definition).by('officer', 'propose-option', { option });
const rewriting = { revision: 4, changes: { 'option.content': 'y' }, reason: 'mistyped' };

describe('Whoever corrects the proposal of an option', () => {
  it('has proposed it too, and can neither check nor approve it', () => {
    const office = proposed().by('checker', 'correct', rewriting);
    expect(office.refused('checker', 'check-quality', passed)).toEqual(['same-person']);
    expect(office.openTo('checker')).not.toContain('check-quality');
    office.by('other checker', 'check-quality', passed);
    expect(office.refused('checker', 'approve-option', { decision })).toEqual(['same-person']);
    expect(office.refused('authority', 'approve-option', { decision })).toEqual([]);
  });

  it('does not take the place of whoever wrote it', () => {
    const office = proposed().by('checker', 'correct', rewriting);
    expect(office.refused('officer', 'check-quality', passed)).toEqual(['same-person']);
  });

  it('counts with the person acted for, on both sides', () => {
    const office = proposed().by('deputy for head', 'correct', rewriting);
    for (const who of ['deputy', 'head', 'deputy for another', 'another for head'])
      expect([who, office.refused(who, 'check-quality', passed)]).toEqual([who, ['same-person']]);
    expect(office.refused('another', 'check-quality', passed)).toEqual([]);
  });

  it('counts through later corrections of whatever else', () => {
    const office = proposed()
      .by('checker', 'correct', rewriting)
      .by('clerk', 'correct', { revision: 0, changes: { title: 'U' }, reason: 'x' });
    expect(office.refused('checker', 'check-quality', passed)).toEqual(['same-person']);
    expect(office.refused('clerk', 'check-quality', passed)).toEqual([]);
  });

  it('is as free as anybody with the next option', () => {
    const office = proposed().by('checker', 'correct', rewriting).by('other checker', 'return', { reason: 'x' })
      .by('officer', 'propose-option', { option }); // prettier-ignore
    expect(office.refused('checker', 'check-quality', passed)).toEqual([]);
  });
});

describe('Whoever corrects the check of an option', () => {
  it('has checked it too, and cannot approve it', () => {
    const office = proposed().by('checker', 'check-quality', passed);
    office.by('authority', 'correct', { revision: 5, changes: { remarks: 'y' }, reason: 'x' });
    expect(office.refused('authority', 'approve-option', { decision })).toEqual(['same-person']);
    expect(office.refused('authority', 'reject-option', { reason: 'x' })).toEqual(['same-person']);
  });

  it('of an earlier option is free with this one', () => {
    const office = proposed().by('checker', 'check-quality', { passed: false, remarks: 'x' }).by('officer', 'propose-option', { option });
    office.by('authority', 'correct', { revision: 5, changes: { remarks: 'y' }, reason: 'x' }).by('checker', 'check-quality', passed);
    expect(office.refused('authority', 'approve-option', { decision })).toEqual([]);
  });
});

describe('Whoever corrects another record', () => {
  const apart = (action: string): LifecycleDefinition => ({
    ...(newest),
    transitions: (newest).transitions.map((one) => (one.action === action ? { ...one, differentFrom: ['review'] } : one)),
  }); // prettier-ignore

  it('counts where the lifecycle keeps that apart', () => {
    const office = new Office(apart('propose')).by('reviewer', 'review', review);
    office.by('helper', 'correct', { revision: 1, changes: { findings: 'y' }, reason: 'x' });
    const proposal = { document: { number: '1', date: '2026-01-19' } };
    expect(office.refused('helper', 'propose', proposal)).toEqual(['same-person']);
    expect(office.refused('reviewer', 'propose', proposal)).toEqual(['same-person']);
    expect(office.refused('proposer', 'propose', proposal)).toEqual([]);
  });
});

describe('An option that was checked or approved', () => {
  const checked = (definition?: LifecycleDefinition) => proposed(definition).by('checker', 'check-quality', passed);
  const approved = (definition?: LifecycleDefinition) => checked(definition).by('authority', 'approve-option', { decision });

  it('is not rewritten by a correction', () => {
    expect(checked().refused('officer', 'correct', rewriting)).toEqual(['return-first']);
    const cheaper = { revision: 4, changes: { 'option.after.timesPerYear': 0 }, reason: 'x' };
    expect(approved().refused('officer', 'correct', cheaper)).toEqual(['return-first']);
    expect(approved().by('officer', 'implement-option', { document }).refused('officer', 'correct', rewriting)).toEqual(['return-first']);
  });

  it('is returned to where it was proposed from, and proposed anew, by those who return options', () => {
    for (const office of [checked(), approved()]) {
      expect(office.openTo('checker')).toContain('return');
      office.by('checker', 'return', { reason: 'x' });
      expect(office.registered).toMatchObject({ stage: 'published', options: [{ status: 'returned' }] });
      expect(office.refused('officer', 'correct', rewriting)).toEqual([]);
      office.by('officer', 'propose-option', { option: { ...option, content: 'y' } });
      expect(office.registered).toMatchObject({ stage: 'optionProposed', options: [{ status: 'returned' }, { status: 'proposed' }] });
    }
  });

  it('is not returned under version 1, which stays as it was', () => {
    expect(checked(first).refused('checker', 'return', { reason: 'x' })).toEqual(['wrong-stage']);
    expect(checked(first).refused('officer', 'correct', rewriting)).toEqual(['return-first']);
  });

  it('has records of its check and approval that can be corrected all the same', () => {
    expect(approved().refused('checker', 'correct', { revision: 5, changes: { remarks: 'y' }, reason: 'x' })).toEqual([]);
    expect(approved().refused('authority', 'correct', { revision: 6, changes: { 'decision.number': '2' }, reason: 'x' })).toEqual([]);
  });

  it('reads as it was once corrected, by a correction from before', () => {
    const office = approved();
    const stored = { occurredOn: '2026-03-02', stage: 'optionApproved', ...rewriting };
    const state = procedure.evolve(office.registered, { type: 'RecordCorrected', data: stored });
    expect(state).toMatchObject({ stage: 'optionApproved', options: [{ status: 'approved', content: 'y' }] });
  });
});

describe('A correction', () => {
  it('never moves a stage, whatever the definition says', () => {
    const definition = {
      ...newest,
      transitions: newest.transitions.map((one) => (one.action === 'correct' ? { ...one, to: 'simplified' } : one)),
    };
    expect(proposed(definition).by('officer', 'correct', rewriting).registered.stage).toBe('optionProposed');
  });

  it.each([
    ['option.documentsToAmend.length', 0],
    ['option.documentsToAmend.00', { title: 'y', change: 'y' }],
    ['option.documentsToAmend.1', { title: 'y', change: 'y' }],
    ['option.documentsToAmend.-1', { title: 'y', change: 'y' }],
    ['option.documentsToAmend.constructor', 'y'],
    ['option.before.lines.0.constructor', 'y'],
    ['option.__proto__', {}],
    ['constructor.name', 'y'],
    ['option.content.length', 1],
    ['', 'y'],
  ])('at %s leads nowhere, and is refused', (path, value) => {
    expect(proposed().refused('officer', 'correct', { revision: 4, changes: { [path]: value }, reason: 'x' })).toEqual([
      `invalid-body changes.${path}`,
    ]);
  });

  it('names nothing twice', () => {
    const changes = { option: { ...option, content: 'y' }, 'option.content': 'z' };
    expect(proposed().refused('officer', 'correct', { revision: 4, changes, reason: 'x' })).toEqual([
      'invalid-body changes.option.content',
    ]);
    const item = { 'option.documentsToAmend.0': { title: 'y', change: 'y' } };
    expect(proposed().refused('officer', 'correct', { revision: 4, changes: item, reason: 'x' })).toEqual([]);
  });
});

describe('Whoever did one thing to an option', () => {
  const remarks = { revision: 5, changes: { remarks: 'y' }, reason: 'mistyped' };
  const number = { revision: 6, changes: { 'decision.number': '2' }, reason: 'mistyped' };

  it('corrects nothing that somebody else must do', () => {
    const office = proposed().by('checker', 'check-quality', passed);
    expect(office.refused('officer', 'correct', remarks)).toEqual(['same-person']);
    expect(office.refused('helper for officer', 'correct', remarks)).toEqual(['same-person']);
    office.by('authority', 'approve-option', { decision });
    for (const who of ['officer', 'checker']) expect([who, office.refused(who, 'correct', number)]).toEqual([who, ['same-person']]);
    expect(office.refused('authority', 'correct', remarks)).toEqual(['same-person']);
  });

  it('corrects what they did', () => {
    const office = proposed().by('checker', 'check-quality', passed).by('authority', 'approve-option', { decision });
    expect(office.refused('checker', 'correct', remarks)).toEqual([]);
    expect(office.refused('authority', 'correct', number)).toEqual([]);
    expect(office.refused('another', 'correct', number)).toEqual([]);
  });
});

describe('A change of the lifecycle version', () => {
  const to = { ...newest, version: 9 };
  const kept = Object.fromEntries(Object.keys(to.stages).map((stage) => [stage, stage]));
  const migrate = (office: Office, stages: Readonly<Record<string, string>>) =>
    office.migrationRefused({ from: newest.version, to, stages: { ...kept, ...stages }, clocks: 'keep-due', reason: 'x' }); // prettier-ignore

  it('leads no option past its check or its approval', () => {
    for (const target of ['qualityChecked', 'optionApproved'])
      expect([target, migrate(proposed(), { optionProposed: target })]).toEqual([target, expect.arrayContaining(['stage-not-mapped'])]);
    const checked = proposed().by('checker', 'check-quality', passed);
    expect(migrate(checked, { qualityChecked: 'optionApproved' })).toEqual(['stage-not-mapped']);
  });

  it('takes along what an option has passed, and may have it checked once more', () => {
    expect(migrate(proposed(), {})).toEqual([]);
    const checked = proposed().by('checker', 'check-quality', passed);
    expect(migrate(checked, {})).toEqual([]);
    expect(migrate(checked, { qualityChecked: 'optionProposed' })).toEqual([]);
    expect(migrate(checked.by('authority', 'approve-option', { decision }), {})).toEqual([]);
  });
});

describe('Whoever amended parts of a procedure', () => {
  it('is kept from publishing it where a lifecycle keeps both apart, also when somebody else amended others after them', () => {
    const shipped = newest;
    const transitions = shipped.transitions.map((one) =>
      one.action === 'publish' ? { ...one, differentFrom: ['amend-parts'] as const } : one,
    );
    const office = new Office({ ...shipped, transitions })
      .by('first', 'amend-parts', { steps: 'a' })
      .by('second', 'amend-parts', { manner: 'b' })
      .by('x', 'review', review)
      .by('x', 'propose', { document: { number: '1', date: '2025-11-01' } });
    const decision = { number: '1', date: '2025-11-01', effectiveDate: '2025-12-01', signer: 'x' };
    expect(['first', 'second', 'x'].map((who) => office.refused(who, 'publish', { decision }))).toEqual([
      ['same-person'],
      ['same-person'],
      [],
    ]);
  });
});
