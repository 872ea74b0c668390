import { describe, expect, it } from '@jest/globals';
import { InvalidBody, Rejected } from '#event-store';
import { UnitTree, authorityPolicies, lifecycleDefinitions, roles } from '#workflow';
import type { Kind } from '#workflow';
import type { ActionBodies, DecisionContext, ProcedureCommand } from './commands.js';
import type { Confirmable } from './conditions.js';
import type { ProcedureEvent } from './events.js';
import { procedure } from './procedure.js';
import type { Procedure } from './state.js';

const today = '2026-03-02';
const units = new UnitTree([
  { id: 'm', name: 'Ministry', level: 'ministry', parent: null },
  { id: 's', name: 'Service', level: 'service', parent: 'm' },
]);
const parts = {
  steps: 'x', manner: 'x', dossier: { documents: ['x'], sets: 1 }, timeLimitDays: 5, subjects: 'x', agency: 'x', legalBasis: ['x'],
}; // prettier-ignore
const cost = { hourlyWage: 1, lines: [{ hours: '1', fee: 0, service: 0 }], timesPerYear: 1, subjectsPerYear: 1 };
const option = { type: 'cutStep', content: 'x', reason: 'x', documentsToAmend: [{ title: 'x', change: 'x' }], before: cost, after: cost } as const; // prettier-ignore
const review = { necessary: true, withinPowers: true, reasonable: true, lawful: true, findings: 'x' };
const decision = { number: '1', date: '2026-02-02', effectiveDate: '2026-03-20', signer: 'x' };
const reason = { reason: 'x' };

interface Dates {
  readonly occurredOn?: string;
  readonly confirm?: readonly Confirmable[];
}

/** A procedure as papers tell it; everybody may do everything, each step is done by somebody else. */
class Papers {
  private state: Procedure = procedure.initial;
  readonly events: ProcedureEvent[] = [];
  constructor(
    private readonly kind: Kind = 'internal',
    dates: Dates = {},
  ) {
    const group = kind === 'internal' ? 'C' : undefined;
    this.send('register', { title: 'T', kind, group, field: 'f', owningUnit: 's', parts }, dates);
  }
  then<Action extends keyof ActionBodies>(action: Action, body: ActionBodies[Action], dates: Dates = {}): this {
    this.send(action, body, dates);
    return this;
  }
  /** What stands against it: `invalid-body` or the unmet codes, each with its path. */
  refused<Action extends keyof ActionBodies>(action: Action, body: ActionBodies[Action], dates: Dates = {}): readonly string[] {
    try {
      this.send(action, body, dates);
      return [];
    } catch (error) {
      if (error instanceof Rejected) return error.unmet.map(({ code, path = '' }) => `${code} ${path}`.trim());
      if (error instanceof InvalidBody) return error.errors.map(({ path }) => `invalid-body ${path}`);
      throw error;
    }
  }
  private send(action: string, body: object, dates: Dates): void {
    const definition = lifecycleDefinitions.find((one) => one.kind === this.kind);
    const [authority] = authorityPolicies;
    if (!definition || !authority) throw new Error('A fixture is missing.');
    const held = roles.flatMap((role) => ['m', 's'].map((unit) => ({ role, unit })));
    const actor = { id: `person ${String(this.events.length)}`, roles: held };
    const context: DecisionContext = { actor, definition, authority, units, today, newId: 'option' };
    for (const event of procedure.decide({ action, body, ...dates, context } as ProcedureCommand, this.state)) {
      this.events.push(event);
      this.state = procedure.evolve(this.state, event);
    }
  }
}

const proposed = () => new Papers('internal', { occurredOn: '2026-01-05' })
  .then('review', review, { occurredOn: '2026-01-12' }).then('propose', { document: { number: '1', date: '2026-01-19' } }, { occurredOn: '2026-01-19' }); // prettier-ignore
const published = () => proposed().then('publish', { decision }, { occurredOn: '2026-02-02' });

describe('A date that is hardly right', () => {
  it.each([
    ['an effect before the decision', { effectiveDate: '2026-02-01' }, 'decision.effectiveDate'],
    ['an effect a lifetime after it', { effectiveDate: '2062-03-20' }, 'decision.effectiveDate'],
    ['a decision that is still to come', { date: '2030-02-02', effectiveDate: '2030-03-20' }, 'decision.date'],
    ['a decision older than what it was proposed by', { date: '2026-01-18' }, 'decision.date'],
    ['a decision older than the state', { date: '1900-01-01', effectiveDate: '1946-01-01' }, 'decision.date'],
  ])('is warned of: %s', (_what, dates, path) => {
    const story = proposed();
    const body = { decision: { ...decision, ...dates } };
    const unmet = story.refused('publish', body);
    expect(unmet).toContain(`implausible-date ${path}`);
    expect(new Set(unmet.map((one) => one.split(' ')[0]))).toEqual(new Set(['implausible-date']));
    expect(story.events).toHaveLength(3);
  });

  it('is accepted once it is confirmed, and the event says so', () => {
    const body = { decision: { ...decision, date: '2030-02-02', effectiveDate: '2030-03-20' } };
    const story = proposed().then('publish', body, { confirm: ['implausible-date'] });
    expect(story.events.at(-1)).toMatchObject({ type: 'ProcedurePublished', data: { ...body, confirmed: ['implausible-date'] } });
  });

  it('is not spoken of where nothing was warned of', () => {
    const story = proposed().then('publish', { decision }, { confirm: ['implausible-date'] });
    expect(story.events.at(-1)?.data).not.toHaveProperty('confirmed');
  });

  it('is named last, with everything else that is unmet', () => {
    const body = { decision: { ...decision, date: '2030-02-02', effectiveDate: '2030-03-20' } };
    expect(published().refused('publish', body)).toEqual(['wrong-stage', 'implausible-date decision.date']);
    expect(published().refused('publish', body, { confirm: ['implausible-date'] })).toEqual(['wrong-stage']);
  });

  it('is one of a step before an earlier step: a review before its registration', () => {
    expect(new Papers('internal').refused('review', review, { occurredOn: '2026-01-12' })).toEqual(['implausible-date occurredOn']);
    expect(proposed().refused('publish', { decision }, { occurredOn: '2026-01-18' })).toEqual(['implausible-date occurredOn']);
    expect(() => new Papers('internal').then('review', review, { occurredOn: today })).not.toThrow();
  });

  it('is one of a registration before there was a state', () => {
    expect(() => new Papers('internal', { occurredOn: '1900-01-01' })).toThrow(Rejected);
    const [event] = new Papers('internal', { occurredOn: '1900-01-01', confirm: ['implausible-date'] }).events;
    expect(event?.data).toMatchObject({ occurredOn: '1900-01-01', confirmed: ['implausible-date'] });
  });

  it('is none where parts were amended on the day of entry and the next step is dated as its paper', () => {
    const story = new Papers('internal', { occurredOn: '2026-01-05' }).then('amend-parts', { steps: 'y' });
    expect(story.refused('review', review, { occurredOn: '2026-01-12' })).toEqual([]);
  });

  it('is one of a paper before the paper that it follows', () => {
    const publicOne = new Papers('public').then('review', review).then('propose', { document: { number: '1', date: '2026-01-19' } })
      .then('publish', { decision }); // prettier-ignore
    expect(publicOne.refused('disclose', { date: '2026-02-01', office: 'x' })).toEqual(['implausible-date date']);
    const approved = published().then('propose-option', { option }).then('check-quality', { passed: true, remarks: 'x' })
      .then('approve-option', { decision: { ...decision, date: '2026-02-20' } }); // prettier-ignore
    const document = { title: 'x', number: '1', date: '2026-02-19', effectiveDate: '2026-04-01' };
    expect(approved.refused('implement-option', { document })).toEqual(['implausible-date document.date']);
    expect(approved.refused('implement-option', { document: { ...document, date: '2026-02-20' } })).toEqual([]);
    expect(published().refused('abolish', { reason: 'x', decision: { ...decision, date: '2026-02-01' } })).toEqual([
      'implausible-date decision.date',
    ]);
  });

  it('is one of a review that was due before it was assigned, unless it was entered late without a day', () => {
    const assignment = { units: ['s'], dueOn: '2026-02-10' };
    expect(published().refused('assign-review', assignment, { occurredOn: '2026-02-11' })).toEqual(['implausible-date dueOn']);
    expect(published().refused('assign-review', assignment)).toEqual([]);
  });

  it('lets papers of many years be entered without a word', () => {
    const old = new Papers('internal', { occurredOn: '1987-01-05' })
      .then('review', review, { occurredOn: '1987-02-05' })
      .then('propose', { document: { number: '1', date: '1987-03-05' } }, { occurredOn: '1987-03-05' })
      .then('publish', { decision: { ...decision, date: '1987-04-05', effectiveDate: '1987-06-01' } }, { occurredOn: '1987-04-05' });
    expect(old.events.every(({ data }) => data.confirmed === undefined)).toBe(true);
  });
});

describe('A correction', () => {
  it('is warned of the dates that it makes hardly right, in the record and in what came after', () => {
    const story = published();
    const correct = (revision: number, changes: object): readonly string[] =>
      story.refused('correct', { revision, changes: changes as Readonly<Record<string, unknown>>, reason: 'x' });
    expect(correct(3, { 'decision.date': '2030-02-02', 'decision.effectiveDate': '2030-03-20' })).toEqual([
      'implausible-date changes.decision.date',
    ]);
    expect(correct(1, { occurredOn: '2026-01-04' })).toEqual(['implausible-date changes.occurredOn']);
    expect(correct(0, { occurredOn: '2026-01-13' })).toEqual(['implausible-date changes']);
    expect(correct(2, { 'document.date': '2026-02-03' })).toEqual(['implausible-date changes']);
    expect(story.events).toHaveLength(4);
  });

  it('is not charged with what was so before, and may mend it', () => {
    const body = { decision: { ...decision, date: '2030-02-02', effectiveDate: '2030-03-20' } };
    const story = proposed().then('publish', body, { confirm: ['implausible-date'] });
    expect(story.refused('correct', { revision: 3, changes: { 'decision.signer': 'y' }, reason: 'x' })).toEqual([]);
    expect(story.refused('correct', { revision: 3, changes: { decision }, reason: 'x' })).toEqual([]);
  });

  it('leaves what was confirmed as it was', () => {
    const body = { decision: { ...decision, date: '2030-02-02', effectiveDate: '2030-03-20' } };
    const story = proposed().then('publish', body, { confirm: ['implausible-date'] });
    const changes = { confirmed: ['another'] };
    expect(story.refused('correct', { revision: 3, changes, reason: 'x' })).toEqual(['invalid-body changes.confirmed']);
  });
});

describe('What cannot be at all is refused, whatever is confirmed', () => {
  const confirm = ['implausible-date'] as const;

  it('what happened after today', () => {
    expect(proposed().refused('publish', { decision }, { occurredOn: '2026-03-03', confirm })).toEqual(['invalid-body occurredOn']);
  });

  it('a procedure that is resumed before it was suspended, also by a correction', () => {
    const suspended = () => published().then('suspend', reason, { occurredOn: '2026-02-10' });
    expect(suspended().refused('resume', {}, { occurredOn: '2026-02-09', confirm })).toEqual(['invalid-body occurredOn']);
    const resumed = suspended().then('resume', {}, { occurredOn: '2026-02-12' });
    const correct = (revision: number, occurredOn: string): readonly string[] =>
      resumed.refused('correct', { revision, changes: { occurredOn }, reason: 'x' }, { confirm });
    expect(correct(5, '2026-02-09')).toEqual(['invalid-body changes.occurredOn']);
    expect(correct(4, '2026-02-13')).toEqual(['invalid-body changes.occurredOn']);
    expect(correct(4, '2026-02-11')).toEqual([]);
  });
});
