import { describe, expect, it } from '@jest/globals';
import { InvalidBody, Rejected } from '#event-store';
import { UnitTree, authorityPolicies, lifecycleDefinitions } from '#workflow';
import type { Kind, LifecycleDefinition, Role } from '#workflow';
import type { ActionBodies, DecisionContext, MigrationPlan, ProcedureCommand } from './commands.js';
import type { ProcedureEvent } from './events.js';
import { LookAgain, OtherDefinition } from './look-again.js';
import { procedure } from './procedure.js';
import { allowed } from './allowed.js';
import type { Procedure } from './state.js';

const units = new UnitTree([
  { id: 'm', name: 'Ministry', level: 'ministry', parent: null },
  { id: 's', name: 'Service', level: 'service', parent: 'm' },
  { id: 'u', name: 'Unit', level: 'unit', parent: 's' },
]);
const people: Record<string, { readonly role: Role; readonly unit: string }> = {
  officer: { role: 'officer', unit: 's' },
  unitOfficer: { role: 'officer', unit: 'u' },
  checker: { role: 'checker', unit: 's' },
  authority: { role: 'authority', unit: 's' },
  minister: { role: 'authority', unit: 'm' },
  auditor: { role: 'auditor', unit: 'm' },
};

function contextOf(who: string, kind: Kind, more: Partial<DecisionContext> = {}): DecisionContext {
  const definition = lifecycleDefinitions.find((one) => one.kind === kind);
  const authority = authorityPolicies[0];
  const role = people[who];
  if (!definition || !authority || !role) throw new Error('no such fixture');
  return { actor: { id: who, roles: [role] }, definition, authority, units, today: '2025-11-07', newId: 'option-1', ...more };
}

const decision = { number: '1/QĐ', date: '2025-11-01', effectiveDate: '2025-12-01', signer: 'A' };
const cost = { hourlyWage: 31111, lines: [{ hours: '10', fee: 20000, service: 0 }], timesPerYear: 1, subjectsPerYear: 40 };
const parts = {
  steps: 'x', manner: 'x', dossier: { documents: ['x'], sets: 1 }, timeLimitDays: 5, subjects: 'x', agency: 'x', legalBasis: ['x'],
}; // prettier-ignore
const option = { type: 'cutStep', content: 'x', reason: 'x', documentsToAmend: [{ title: 'x', change: 'x' }], before: cost, after: { ...cost, timesPerYear: 0 } } as const; // prettier-ignore
const document = { title: 'x', number: '1', date: '2025-11-01', effectiveDate: '2025-12-01' };
const review = { necessary: true, withinPowers: true, reasonable: true, lawful: true, findings: 'x' };
const reason = { reason: 'x' };
const bodies: Omit<ActionBodies, 'register'> = {
  'amend-parts': { steps: 'y' }, build: { document }, review, propose: { document: { number: '1', date: '2025-11-01' } }, publish: { decision },
  disclose: { date: '2025-11-01', office: 'x' }, apply: { date: '2025-11-01' }, audit: { date: '2025-11-01', findings: 'x' },
  'assign-review': { units: ['u'], dueOn: '2025-12-01' }, 'propose-option': { option }, 'check-quality': { passed: true, remarks: 'x' },
  'approve-option': { decision }, 'reject-option': reason, 'implement-option': { document }, return: reason, abolish: { reason: 'x', decision },
  withdraw: reason, suspend: reason, resume: {}, correct: { revision: 0, changes: { title: 'Corrected' }, reason: 'x' },
}; // prettier-ignore
type Act = keyof typeof bodies;

/** A procedure in the making: register first, then each step of [who, action, body]. */
class Story {
  state: Procedure = procedure.initial;
  readonly events: ProcedureEvent[] = [];
  constructor(
    readonly kind: Kind,
    body: Partial<ActionBodies['register']> = {},
  ) {
    const group = kind === 'internal' ? 'C' : undefined;
    this.send({
      action: 'register',
      body: { title: 'T', kind, group, field: 'f', owningUnit: 's', parts, ...body },
      context: contextOf('officer', kind),
    });
  }
  send(command: ProcedureCommand): void {
    for (const event of procedure.decide(command, this.state)) {
      this.events.push(event);
      this.state = procedure.evolve(this.state, event);
    }
  }
  when(who: string, action: Act, body: object = bodies[action], more: Partial<DecisionContext> = {}): this {
    this.send({ action, body, context: contextOf(who, this.kind, more) } as ProcedureCommand);
    return this;
  }
  registered() {
    if (this.state.phase === 'unregistered') throw new Error('not registered');
    return this.state;
  }
  refused(who: string, action: Act, body: object = bodies[action], more: Partial<DecisionContext> = {}): readonly string[] {
    try {
      this.when(who, action, body, more);
    } catch (error) {
      if (error instanceof Rejected)
        return error.unmet.map(({ code, path }) => (code === 'parts-missing' ? `${code} ${path ?? ''}` : code));
      throw error;
    }
    return [];
  }
}

const published = () => new Story('internal').when('officer', 'review').when('officer', 'propose').when('authority', 'publish');

describe('A procedure', () => {
  it('goes from registered to simplified', () => {
    const story = published()
      .when('authority', 'assign-review').when('officer', 'propose-option').when('checker', 'check-quality')
      .when('authority', 'approve-option').when('officer', 'implement-option'); // prettier-ignore
    expect(story.registered()).toMatchObject({
      stage: 'simplified',
      phase: 'inForce',
      options: [{ status: 'implemented', saving: { cutPercent: '100.00' } }],
    });
    expect(story.events).toHaveLength(9);
  });

  it('names every unmet condition at once', () => {
    const story = new Story('internal', { parts: { steps: 'x' } });
    expect(story.refused('auditor', 'publish')).toEqual([
      'not-authorised', 'wrong-stage', 'parts-missing parts.manner', 'parts-missing parts.dossier', 'parts-missing parts.timeLimitDays',
      'parts-missing parts.subjects', 'parts-missing parts.agency', 'parts-missing parts.legalBasis',
    ]); // prettier-ignore
  });

  it('can only be withdrawn, or corrected, once the review found it not necessary', () => {
    const story = new Story('internal').when('officer', 'review', { ...review, necessary: false });
    expect(story.refused('officer', 'propose')).toEqual(['not-necessary']);
    story.when('officer', 'correct', { revision: 1, changes: { necessary: true }, reason: 'mistyped' }).when('officer', 'propose');
    expect(story.registered().stage).toBe('proposed');
  });

  it('reads as corrected while the first record stays', () => {
    const story = published().when('officer', 'correct');
    expect(story.registered()).toMatchObject({ title: 'Corrected', stage: 'published', everPublished: true });
    expect(story.events[0]).toMatchObject({ data: { title: 'T' } });
    expect(() => story.when('officer', 'correct', { revision: 0, changes: { stage: 'x', nothing: 1 }, reason: 'x' })).toThrow(InvalidBody);
    expect(story.refused('officer', 'correct', { revision: 3, changes: { 'decision.number': '2' }, reason: 'x' })).toEqual([
      'not-authorised',
    ]);
  });

  it('is corrected within the limits that its records were made in', () => {
    const story = published().when('authority', 'assign-review', { ...bodies['assign-review'], note: 'x' });
    story.send({ action: 'suspend', body: reason, attaching: { comment: 'x' }, context: contextOf('authority', 'internal') });
    const correct = (revision: number, changes: object) => () => story.when('officer', 'correct', { revision, changes, reason: 'x' });
    for (const [revision, changes] of [
      [5, { comment: 'x'.repeat(4_001) }],
      [1, { findings: 'x'.repeat(20_001) }],
      [1, { findings: '\u200b' }],
      [3, { decision: { ...decision, signer: 'x'.repeat(201) } }],
      [3, { 'decision.date': '1899-12-31' }],
      [0, { parts: { ...parts, timeLimitDays: 10_001 } }],
      [0, { 'parts.dossier.sets': 1_001 }],
      [0, { 'parts.legalBasis': Array.from({ length: 201 }, () => 'x') }],
      [0, { 'parts.dossier.documents.0': 'x'.repeat(2_001) }],
      [4, { units: ['u', 'u'] }],
      [4, { units: [] }],
      [4, { 'units.0': 'nowhere' }],
    ] as const)
      expect(correct(revision, changes)).toThrow(InvalidBody);
    expect(correct(1, { findings: 'x'.repeat(20_000) })).not.toThrow();
  });

  it('has no text that could be corrected without end', () => {
    const story = published()
      .when('authority', 'assign-review', { ...bodies['assign-review'], note: 'x' }).when('officer', 'propose-option', { option: { ...option, roadmap: 'x' } })
      .when('checker', 'check-quality').when('authority', 'approve-option').when('officer', 'implement-option'); // prettier-ignore
    const textsIn = (value: unknown): readonly string[] => {
      if (typeof value === 'string') return [''];
      if (typeof value !== 'object' || value === null) return [];
      return Object.entries(value).flatMap(([key, item]) => textsIn(item).map((rest) => (rest === '' ? key : `${key}.${rest}`)));
    };
    const all = story.events.flatMap(({ data }, revision) => textsIn(data).map((path) => [revision, path] as const));
    expect(all.length).toBeGreaterThan(60);
    for (const [revision, path] of all)
      expect(() => story.when('officer', 'correct', { revision, changes: { [path]: 'x'.repeat(20_001) }, reason: 'x' })).toThrow(
        InvalidBody,
      );
  });

  it('costs what is done once in some years, and is corrected from one way of saying how often to the other', () => {
    const { timesPerYear, ...rest } = cost;
    const before = { ...rest, everyYears: 3 };
    const story = published().when('officer', 'propose-option', { option: { ...option, before } });
    const year = (): unknown => story.registered().options[0]?.saving.before.year;
    // 331,110 đồng forty times, a third of it a year.
    expect([timesPerYear, year()]).toEqual([1, 4_414_800]);
    const correct = (changes: object) => story.when('officer', 'correct', { revision: 4, changes, reason: 'x' });
    correct({ 'option.before.timesPerYear': 1 });
    expect([year(), story.registered().options[0]?.before]).toEqual([13_244_400, cost]);
    correct({ 'option.before': before });
    expect(story.registered().options[0]?.before).toEqual(before);
    correct({ 'option.before.everyYears': 4 });
    expect(year()).toBe(3_311_100);
    for (const changes of [
      { 'option.before.everyYears': 0 },
      { 'option.before.everyYears': 101 },
      { 'option.before.everyYears': 1.5 },
      { 'option.before.everyYears': null },
      { 'option.before.everyYears': 2, 'option.before.timesPerYear': 1 },
      { 'option.before': { ...before, timesPerYear: 1 } },
      { 'option.before': rest },
    ])
      expect(() => correct(changes)).toThrow(InvalidBody);
    expect(() => published().when('officer', 'propose-option', { option: { ...option, after: rest } })).toThrow(InvalidBody);
    expect(() => new Story('internal').when('officer', 'review', { ...review, complianceCost: rest })).toThrow(InvalidBody);
  });

  it('keeps revisions apart from what another version wrote between them', () => {
    const story = new Story('internal');
    story.state = procedure.evolve(story.state, { type: 'FromAnotherVersion', data: {} } as unknown as ProcedureEvent);
    story.when('officer', 'review').when('officer', 'correct', { revision: 2, changes: { findings: 'y' }, reason: 'mistyped' });
    expect(story.registered()).toMatchObject({ stage: 'reviewed', review: { findings: 'y' } });
    expect(() => story.when('officer', 'correct', { revision: 1, changes: { findings: 'z' }, reason: 'x' })).toThrow();
  });

  it('needs three different people for an option, counting whom they act for', () => {
    const story = published().when('officer', 'propose-option');
    const roles = [{ role: 'checker', unit: 's' }] as const;
    const delegated = { actor: { id: 'checker', roles, actingFor: { id: 'officer', roles, actions: 'all' } } } as const;
    expect(story.refused('checker', 'check-quality', bodies['check-quality'], delegated)).toEqual(['same-person']);
  });

  it('needs three different people for an option, and a program is whoever can use its key', () => {
    const refused = (actor: DecisionContext['actor']): unknown =>
      published().when('officer', 'propose-option').refused('checker', 'check-quality', bodies['check-quality'], { actor });
    const roles = [{ role: 'checker', unit: 's' }] as const;
    expect(refused({ id: 'program', roles, countsAs: ['officer'] })).toEqual(['same-person']);
    expect(refused({ id: 'program', roles, countsAs: ['somebody'] })).toEqual([]);
    const actingFor = { id: 'maker', roles, actions: 'all', countsAs: ['officer'] } as const;
    expect(refused({ id: 'checker', roles: [], actingFor })).toEqual(['same-person']);
  });

  it('sends a failed option back to where it was proposed from', () => {
    const story = published().when('officer', 'propose-option').when('checker', 'check-quality', { passed: false, remarks: 'x' });
    expect(story.registered()).toMatchObject({ stage: 'published', options: [{ status: 'failed' }] });
  });

  it('ends when an option of type abolish is implemented', () => {
    const story = published().when('officer', 'propose-option', { option: { ...option, type: 'abolish' } }).when('checker', 'check-quality')
      .when('authority', 'approve-option').when('officer', 'implement-option'); // prettier-ignore
    expect(story.registered()).toMatchObject({ stage: 'abolished', phase: 'ended' });
    expect(allowed(story.registered(), contextOf('officer', 'internal'))).toEqual([]);
  });

  it('refuses two wages, unknown options and a missing decision', () => {
    const story = published();
    expect(story.refused('officer', 'propose-option', { option: { ...option, after: { ...cost, hourlyWage: 1 } } })).toEqual([
      'wage-mismatch',
    ]);
    expect(() => story.when('checker', 'check-quality', { passed: true, remarks: 'x', optionId: 'other' })).toThrow(InvalidBody);
    expect(() => story.when('authority', 'abolish', reason)).toThrow(InvalidBody);
    expect(story.refused('officer', 'withdraw')).toEqual(['wrong-stage']);
  });

  it('takes only resume and correct while suspended', () => {
    const story = published().when('authority', 'suspend');
    expect(allowed(story.registered(), contextOf('authority', 'internal')).map(({ action }) => action)).toEqual(['resume', 'correct']);
    expect(story.refused('officer', 'propose-option')).toEqual(['wrong-stage']);
  });

  it('is registered only by an owner of the right level, under a free code', () => {
    expect(() => new Story('internal', { group: 'A', owningUnit: 'u' })).toThrow(Rejected);
    expect(() => new Story('internal', { owningUnit: 'nowhere' })).toThrow(InvalidBody);
  });

  it('is disclosed once at each office, however its name is written', () => {
    const at = (office: string): object => ({ date: '2025-11-01', office });
    const disclosed = new Story('public').when('officer', 'review').when('officer', 'propose').when('minister', 'publish');
    disclosed.when('officer', 'disclose', at('Bộ phận Một cửa'));
    expect(disclosed.refused('officer', 'disclose', at('bộ phận  một cửa'))).toEqual(['already-disclosed']);
    expect(disclosed.refused('officer', 'disclose', at('Trung tâm hành chính công'))).toEqual([]);

    const renamed = (office: string): object => ({ revision: 5, changes: { office }, reason: 'gõ nhầm' });
    expect(disclosed.refused('officer', 'correct', renamed('BỘ PHẬN một cửa'))).toEqual(['already-disclosed']);
    expect(disclosed.refused('officer', 'correct', renamed('TRUNG TÂM hành chính công'))).toEqual([]);
  });

  it('is allowed exactly what decide accepts, for every kind, stage, action and role', () => {
    const stories = [
      new Story('internal'), new Story('internal', { parts: {} }), new Story('internal', { group: 'B' }), published(),
      new Story('internal').when('officer', 'review', { ...review, withinPowers: false }),
      new Story('internal').when('officer', 'review').when('officer', 'propose'),
      published().when('officer', 'propose-option'), published().when('authority', 'suspend'), published().when('authority', 'abolish'),
      published().when('officer', 'propose-option').when('checker', 'check-quality'),
      published().when('officer', 'propose-option').when('checker', 'check-quality').when('authority', 'approve-option'),
      new Story('public').when('officer', 'review').when('officer', 'propose').when('minister', 'publish').when('officer', 'disclose', { date: '2025-11-01', office: 'y' }),
      new Story('quality').when('officer', 'build').when('authority', 'publish').when('officer', 'apply'),
    ]; // prettier-ignore
    for (const story of stories)
      for (const who of Object.keys(people)) {
        const before = story.registered();
        const table = new Map(allowed(before, contextOf(who, story.kind)).map(({ action, unmet }) => [action as string, unmet]));
        for (const action of Object.keys(bodies) as Act[]) {
          if (action === 'amend-parts') continue;
          // The table says whether there is a record that the person may correct, so each record is tried.
          const tried =
            action === 'correct'
              ? before.records.map((_, revision) => ({ revision, changes: { occurredOn: '2025-11-07' }, reason: 'x' }))
              : [bodies[action]];
          const refusals = tried.map((body) => {
            const refusal = story.refused(who, action, body);
            story.state = before;
            return [...new Set(refusal.map((code) => code.split(' ')[0]))];
          });
          const codes = refusals.find((refusal) => refusal.length === 0) ?? refusals[0] ?? [];
          const expected = table.get(action);
          expect([who, before.stage, action, expected ?? codes.includes('wrong-stage')]).toEqual([
            who,
            before.stage,
            action,
            expected ? codes : true,
          ]);
        }
      }
  });
});

describe('A registration', () => {
  const ofKind = (kind: Kind): Partial<DecisionContext> => {
    const { definition, authority } = contextOf('officer', kind);
    return { ofKind: { definition, authority } };
  };
  const correct = (story: Story, changes: object, more: Partial<DecisionContext> = {}, who = 'officer'): readonly string[] =>
    story.refused(who, 'correct', { revision: 0, changes, reason: 'x' }, more);

  it('is corrected to another kind, which begins its own lifecycle, and to another group and unit', () => {
    const story = new Story('internal', { code: '1.001' }).when('officer', 'amend-parts').when('officer', 'correct');
    expect(correct(story, { kind: 'quality' }, ofKind('quality'))).toEqual([]);
    expect(story.events.at(-1)).toMatchObject({
      type: 'RecordCorrected',
      data: { changes: { kind: 'quality', group: null }, definition: { id: 'quality' }, stage: 'registered' },
    });
    expect(story.registered()).toMatchObject({ kind: 'quality', stage: 'registered', definition: { id: 'quality' }, title: 'Corrected', parts: { steps: 'y' } });
    expect(story.registered()).not.toHaveProperty('group');
    const quality = contextOf('officer', 'quality');
    const back = { definition: quality.definition, authority: quality.authority, ...ofKind('internal') };
    expect(() => correct(story, { kind: 'internal' }, back)).toThrow('changes.group');
    expect(correct(story, { kind: 'internal', group: 'D', owningUnit: 'U', title: 'Khác' }, back)).toEqual([]);
    expect(story.registered()).toMatchObject({ kind: 'internal', group: 'D', owningUnit: 'u', title: 'Khác', definition: { id: 'internal' } });
    story.when('unitOfficer', 'review');
    expect(story.registered().stage).toBe('reviewed');
  }); // prettier-ignore

  it('is corrected to another kind also after a migration, for good', () => {
    const story = new Story('internal');
    const { definition } = story.registered();
    story.events.push({
      type: 'ProcedureMigrated',
      data: { from: definition, to: { ...definition, version: 9 }, clocks: 'keep-due', reason: 'x', stage: 'registered', occurredOn: '2025-11-01' },
    });
    const corrected = {
      type: 'RecordCorrected',
      data: { revision: 0, changes: { kind: 'quality', group: null }, definition: { id: 'quality', version: 1 }, reason: 'x', stage: 'registered', occurredOn: '2025-11-01' },
    } as const;
    const title = { ...corrected, data: { revision: 0, changes: { title: 'Tên' }, reason: 'x', stage: 'registered', occurredOn: '2025-11-01' } };
    const state = [...story.events, corrected, title].reduce(procedure.evolve, procedure.initial);
    expect(state).toMatchObject({ kind: 'quality', definition: { id: 'quality', version: 1 }, stage: 'registered', title: 'Tên' });
  }); // prettier-ignore

  it('is corrected by whoever could register it so, at both units', () => {
    const at = (unit: string) => ({ actor: { id: 'an', roles: [{ role: 'officer', unit }] } }) as const;
    const story = new Story('internal', { group: 'D', owningUnit: 'u' });
    expect(correct(story, { owningUnit: 's' }, at('u'))).toEqual(['not-authorised']);
    expect(correct(new Story('internal'), { owningUnit: 'u' }, at('u'))).toEqual(['not-authorised']);
    // Group A is owned by services.
    expect(correct(story, { group: 'A' })).toEqual(['not-authorised']);
    expect(correct(story, { group: 'A', owningUnit: 's' })).toEqual([]);
    expect(() => correct(story, { owningUnit: 'nowhere' })).toThrow(InvalidBody);
    for (const changes of [
      { kind: 'external' },
      { group: 'E' },
      { group: null },
      { kind: 7 },
      { code: '' },
      { code: 'a\u200b' },
      { code: 7 },
    ])
      expect(() => correct(story, changes, ofKind('quality'))).toThrow(InvalidBody);
    expect(() => correct(story, { kind: 'quality' })).toThrow(OtherDefinition);
  });

  it('keeps its kind, group and unit once it went further', () => {
    const story = new Story('internal').when('officer', 'review');
    for (const changes of [{ kind: 'quality' }, { group: 'D' }, { owningUnit: 'u' }, { group: 'D', owningUnit: 'u' }])
      expect(new Set(correct(story, changes, ofKind('quality')))).toEqual(new Set(['wrong-stage']));
    expect(correct(story, { group: 'C', owningUnit: 's', kind: 'internal' })).toEqual([]);
  });

  it('gets a code at any open stage, another one while it is registered, and mends one that came by a correction', () => {
    const story = new Story('internal', { code: '1.001' });
    expect(correct(story, { code: '1.002' }, { codeTaken: true })).toEqual(['code-taken']);
    expect(correct(story, { code: '１.００２–H１９' })).toEqual([]);
    expect(story.registered().code).toBe('1.002-H19');
    expect(correct(story, { code: null })).toEqual([]);
    expect(story.registered()).not.toHaveProperty('code');
    const later = published();
    expect(correct(later, { code: '1.001234.000.00.00.H01' })).toEqual([]);
    expect(correct(later, { code: '1.012753.H19' })).toEqual([]);
    expect(later.registered()).toMatchObject({ code: '1.012753.H19', stage: 'published' });
    const relied = new Story('internal', { code: '1.001' }).when('officer', 'review');
    expect(correct(relied, { code: '1.002' })).toEqual(['wrong-stage']);
    expect(correct(relied, { code: '1.001', title: 'Tên' })).toEqual([]);
    expect(() => correct(published(), { code: '1.9' }, { codeTaken: 'unreserved' })).toThrow(LookAgain);
  });

  it('is corrected to texts as they are kept', () => {
    const story = new Story('internal');
    expect(correct(story, { field: '  văn   phòng '.normalize('NFD') })).toEqual([]);
    expect([story.registered().field, story.events.at(-1)?.data]).toMatchObject(['văn phòng', { changes: { field: 'văn phòng' } }]);
    for (const changes of [{ title: 'a\u001b[2J' }, { title: 'a\nb' }, { field: 'a\u202e' }, { 'parts.steps': 'a\u0007' }, { parts: { ...parts, steps: '\r' } }])
      expect(() => correct(story, changes)).toThrow(InvalidBody);
    expect(correct(story, { 'parts.steps': 'một\r\n\thai' })).toEqual([]);
    expect(story.registered().parts.steps).toBe('một\n\thai');
  }); // prettier-ignore
});

describe('A closed unit', () => {
  const tree = new UnitTree([...units.all(), { id: 'x', name: 'X', level: 'unit', parent: 's', closed: true, mergedInto: 'u' }]);

  it('owns nothing that begins, whoever asks, and it is said who has what it had', () => {
    const registers = (who: string): readonly string[] => {
      const body = { title: 'T', kind: 'internal', group: 'D', field: 'f', owningUnit: 'x' } as const;
      try {
        procedure.decide({ action: 'register', body, context: contextOf(who, 'internal', { units: tree }) }, procedure.initial);
      } catch (error) {
        if (error instanceof Rejected)
          return error.unmet.map(({ code, message }) => (code === 'unit-closed' ? `${code} ${message}` : code));
        throw error;
      }
      return [];
    };
    const closed = 'unit-closed "X" is closed and takes nothing on; it has become part of "Unit" (u).';
    for (const who of ['officer', 'unitOfficer']) expect(registers(who)).toEqual([closed]);
    expect(registers('auditor')).toEqual(['not-authorised', closed]);
    const story = new Story('internal');
    expect(
      story.refused('officer', 'correct', { revision: 0, changes: { owningUnit: 'x', group: 'D' }, reason: 'x' }, { units: tree }),
    ).toEqual(['unit-closed']);
  });

  it('is asked for no review, also by a correction, unless it was asked before', () => {
    const story = published();
    const review = { units: ['u', 'x'], dueOn: '2025-12-01' };
    expect(story.refused('authority', 'assign-review', review, { units: tree })).toEqual(['unit-closed']);
    story.when('authority', 'assign-review');
    const correct = (changes: object) => story.refused('authority', 'correct', { revision: 4, changes, reason: 'x' }, { units: tree });
    expect(correct({ units: ['u', 'x'] })).toEqual(['unit-closed']);
    const closed = new UnitTree([...units.all().map((one) => (one.id === 'u' ? { ...one, closed: true } : one))]);
    expect(story.refused('authority', 'correct', { revision: 4, changes: { dueOn: '2025-12-02' }, reason: 'x' }, { units: closed })).toEqual([]);
  }); // prettier-ignore
});

describe('A lifecycle that asks for more', () => {
  const [internal] = lifecycleDefinitions;
  if (!internal) throw new Error('no such fixture');
  const changed = (action: string, change: object): LifecycleDefinition => ({
    ...internal,
    transitions: internal.transitions.map((one) => (one.action === action ? { ...one, ...change } : one)),
  });
  const by = (event: ProcedureEvent, id: string, onBehalfOf?: string): ProcedureEvent =>
    Object.assign({}, event, { metadata: { actor: { id, ...(onBehalfOf !== undefined && { onBehalfOf }) } } });

  it('has the same person not do two actions that it keeps apart, whomever they act for', () => {
    const story = new Story('internal').when('officer', 'review');
    const state = story.events.reduce((before, event) => procedure.evolve(before, by(event, 'binh', 'an')), procedure.initial);
    story.state = state;
    const definition = changed('propose', { differentFrom: ['review'] });
    const roles = [{ role: 'officer', unit: 's' }] as const;
    const codes = (actor: DecisionContext['actor']): unknown => story.refused('officer', 'propose', bodies.propose, { definition, actor });
    expect(codes({ id: 'an', roles })).toEqual(['same-person']);
    story.state = state;
    expect(codes({ id: 'binh', roles })).toEqual(['same-person']);
    story.state = state;
    expect(codes({ id: 'chi', actingFor: { id: 'binh', roles, actions: 'all' }, roles: [] })).toEqual(['same-person']);
    story.state = state;
    expect(codes({ id: 'chi', roles })).toEqual([]);
  });

  it('remembers who did what until it is simplified, and only the latest time', () => {
    const story = published().when('officer', 'propose-option').when('checker', 'check-quality').when('authority', 'approve-option')
      .when('officer', 'implement-option'); // prettier-ignore
    const people = (count: number): unknown => {
      const state = story.events.slice(0, count).reduce((before, event, index) => procedure.evolve(before, by(event, `p${String(index)}`)), procedure.initial); // prettier-ignore
      return state.phase === 'unregistered' ? undefined : state.people;
    };
    expect(people(4)).toEqual({ register: ['p0'], review: ['p1'], propose: ['p2'], publish: ['p3'] });
    expect(people(8)).toEqual({});
  });

  it('requires a field that the action could do without', () => {
    const story = new Story('internal').when('officer', 'review');
    const definition = changed('propose', { inputs: ['note'] });
    expect(() => story.when('officer', 'propose', bodies.propose, { definition })).toThrow('note: is required here by the lifecycle');
    expect(story.when('officer', 'propose', { ...bodies.propose, note: 'Kính trình' }, { definition }).registered().stage).toBe('proposed');
  });

  it('does nothing to an option where none is open, and opens no second one', () => {
    const definition = changed('check-quality', { from: ['reviewed'] });
    const story = new Story('internal').when('officer', 'review');
    expect(story.refused('checker', 'check-quality', bodies['check-quality'], { definition })).toEqual(['wrong-stage']);
    const twice = changed('propose-option', { from: ['published', 'optionProposed'] });
    expect(published().when('officer', 'propose-option').refused('officer', 'propose-option', bodies['propose-option'], { definition: twice })).toEqual(['wrong-stage']); // prettier-ignore
  });
});

describe('The migration of a procedure', () => {
  const [internal] = lifecycleDefinitions;
  if (!internal) throw new Error('no such fixture');
  const to = { ...internal, version: internal.version + 1, stages: { ...internal.stages, checked: { title: { vi: 'x', en: 'x' } } } };
  const plan: MigrationPlan = {
    from: internal.version,
    to,
    stages: { registered: 'checked', published: 'checked', optionProposed: 'optionProposed', abolished: 'abolished' },
    clocks: 'restart',
    reason: 'x',
  };
  const migrate = (story: Story, change: Partial<MigrationPlan> = {}, role: Role = 'administrator'): readonly string[] => {
    const context = contextOf('officer', 'internal', { actor: { id: 'quan', roles: [{ role, unit: 's' }] } });
    try {
      story.state = procedure
        .decide({ action: 'migrate', body: { ...plan, ...change }, context }, story.state)
        .reduce(procedure.evolve, story.state);
      return [];
    } catch (error) {
      if (error instanceof Rejected) return error.unmet.map(({ code }) => code);
      throw error;
    }
  };

  it('gives it the version and the stage of the plan, by one event', () => {
    const story = new Story('internal');
    expect(migrate(story)).toEqual([]);
    expect(story.registered()).toMatchObject({ stage: 'checked', definition: { id: 'internal', version: to.version }, records: [{}, { action: 'migrate' }] });
  }); // prettier-ignore

  it('takes the stage along that an open option goes back to', () => {
    const story = published().when('officer', 'propose-option');
    expect(migrate(story)).toEqual([]);
    expect(story.registered()).toMatchObject({ stage: 'optionProposed', options: [{ origin: 'checked' }] });
  });

  it('is for administrators, for what keeps the version and has not ended, and for stages that the plan knows', () => {
    expect(migrate(new Story('internal'), {}, 'authority')).toEqual(['not-authorised']);
    expect(migrate(new Story('internal'), { from: 9 })).toEqual(['other-version']);
    expect(migrate(new Story('internal'), { to: internal })).toEqual(['already-migrated']);
    expect(migrate(published().when('authority', 'abolish'))).toEqual(['procedure-ended']);
    expect(migrate(new Story('internal'), { stages: {} })).toEqual(['stage-not-mapped']);
    expect(migrate(new Story('internal'), { stages: { registered: 'nowhere' } })).toEqual(['stage-not-mapped']);
    expect(migrate(new Story('internal'), { stages: { registered: 'withdrawn' } })).toEqual(['stage-not-mapped']);
    expect(migrate(published().when('officer', 'propose-option'), { stages: { optionProposed: 'optionProposed' } })).toEqual(['stage-not-mapped']); // prettier-ignore
  });

  it('leads nothing past the publication that it never had', () => {
    for (const stage of ['published', 'optionProposed', 'optionApproved', 'simplified'])
      expect([stage, migrate(new Story('internal'), { stages: { registered: stage } })]).toEqual([stage, ['stage-not-mapped']]);
    for (const stage of ['registered', 'reviewed', 'proposed'])
      expect([stage, migrate(new Story('internal'), { stages: { registered: stage } })]).toEqual([stage, []]);
    expect(migrate(published(), { stages: { published: 'published' } })).toEqual([]);
  });

  it('leaves records correctable, but not itself', () => {
    const story = new Story('internal').when('officer', 'review');
    expect(migrate(story, { stages: { reviewed: 'checked' } })).toEqual([]);
    story.when('officer', 'correct', { revision: 1, changes: { findings: 'y' }, reason: 'x' }, { definition: to });
    expect(story.registered()).toMatchObject({ stage: 'checked', review: { findings: 'y' }, definition: { version: to.version } });
    const again = { revision: 2, changes: { reason: 'y' }, reason: 'x' };
    expect(() => story.when('officer', 'correct', again, { definition: to })).toThrow(InvalidBody);
  });

  it('has whoever looked up the version before it look again', () => {
    const story = new Story('internal');
    migrate(story);
    expect(() => story.when('officer', 'review')).toThrow(OtherDefinition);
  });
});
