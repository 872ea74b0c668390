import { describe, expect, it } from '@jest/globals';
import { authorityPolicies, lifecycleDefinitions, UnitTree } from '#workflow';
import type { ActionBodies, DecisionContext, ProcedureCommand } from '../commands.js';
import type { ProcedureEvent } from '../events.js';
import { procedure } from '../procedure.js';
import type { Procedure, RegisteredProcedure } from '../state.js';
import { decidedAgain, refusedAgain } from './decided-again.js';
import type { DecidedAgain } from './decided-again.js';

const units = new UnitTree([
  { id: 'm', name: 'Bộ', level: 'ministry', parent: null },
  { id: 's', name: 'Quân chủng', level: 'service', parent: 'm' },
]);
const definition = lifecycleDefinitions.find(({ kind }) => kind === 'internal');
const [authority] = authorityPolicies;
if (!definition || !authority) throw new Error('A definition is missing.');
const officer = { id: 'an', roles: [{ role: 'officer', unit: 's' }] } as const;
const context = (actor: DecisionContext['actor'] = officer): DecisionContext => ({
  ...{ actor, definition, authority, units, today: '2025-11-07', newId: 'o' },
});
const parts = {
  steps: 'x', manner: 'x', dossier: { documents: ['x'], sets: 1 }, timeLimitDays: 5, subjects: 'x', agency: 'x', legalBasis: ['x'],
}; // prettier-ignore
const review = { necessary: true, withinPowers: true, reasonable: true, lawful: true, findings: 'x' };

type Step = { readonly [Action in keyof ActionBodies]: readonly [Action, ActionBodies[Action]] }[keyof ActionBodies];

function after(...steps: readonly Step[]): { readonly state: RegisteredProcedure; readonly events: readonly ProcedureEvent[] } {
  let state: Procedure = procedure.initial;
  const events: ProcedureEvent[] = [];
  const registered = ['register', { title: 'T', kind: 'internal', group: 'C', field: 'f', owningUnit: 's', parts }] as const;
  for (const [action, body] of [registered, ...steps]) {
    const [event] = procedure.decide({ action, body, context: context() } as ProcedureCommand, state);
    if (!event) throw new Error('Nothing was decided.');
    events.push(event);
    state = procedure.evolve(state, event);
  }
  if (state.phase === 'unregistered') throw new Error('Nothing was registered.');
  return { state, events };
}

const told = ({ verdicts, ...rest }: DecidedAgain) => ({
  ...rest,
  rules: verdicts.map(({ code, unmet, because }) => ({ code, held: unmet.length === 0, because: because() })),
});
const asOfficer = { actor: { role: 'officer', unit: 's' } };

describe('A decision of the past, decided again', () => {
  const before = after();
  const [, event] = after(['review', review]).events;
  if (!event) throw new Error('Nothing was reviewed.');

  it('names each rule, what it said, and what that rested on', () => {
    const again = told(decidedAgain(event, before.state, context(), asOfficer));
    expect(again).toMatchObject({ outcome: 'accepted', differences: [] });
    expect(again.rules.map(({ code, held }) => [code, held])).toEqual([
      ['not-authorised', true],
      ['wrong-stage', true],
      ['not-necessary', true],
      ['procedure-full', true],
      ['implausible-date', true],
    ]);
    expect(again.rules[0]?.because).toMatchObject({ fact: 'authority', says: { held: { role: 'officer', unit: 's' }, actingFor: null } });
    expect(again.rules[1]?.because).toEqual({
      ...{ fact: 'stage', revisions: [0] },
      says: { stage: 'registered', suspended: false, ended: false, everPublished: false, leadsTo: 'reviewed' },
    });
  });

  it('says so where it would be refused now', () => {
    const again = told(decidedAgain(event, before.state, context({ id: 'an', roles: [] }), asOfficer));
    expect(again).toMatchObject({ outcome: 'refused', differences: [{ path: 'unmet', now: 'not-authorised' }] });
    expect(again.rules.filter(({ held }) => !held).map(({ code }) => code)).toEqual(['not-authorised']);
  });

  it('says so where it would be another event, or by another role', () => {
    const other = { ...event, data: { ...event.data, stage: 'published' } } as ProcedureEvent;
    expect(decidedAgain(other, before.state, context(), { actor: { role: 'officer', unit: 'm' } })).toMatchObject({
      ...{ outcome: 'accepted' },
      differences: [
        { path: 'data.stage', then: 'published', now: 'reviewed' },
        { path: 'actor.unit', then: 'm', now: 's' },
      ],
    });
  });

  it('says so of an event that this version does not know', () => {
    const unknown = { type: 'FromAnotherVersion', data: { stage: 'x' } } as unknown as ProcedureEvent;
    expect(decidedAgain(unknown, before.state, context(), asOfficer)).toMatchObject({ outcome: 'unreadable', verdicts: [] });
  });
});

describe('A refusal of the past, decided again', () => {
  const { state } = after(['review', { ...review, necessary: false }]);
  const refusal = {
    action: 'propose',
    unmet: [
      { code: 'not-authorised', message: 'No.' },
      { code: 'not-necessary', message: 'No.' },
      { code: 'implausible-date', message: 'Too early.', path: 'document.date' },
    ],
  };

  it('names every rule that asks nothing of the body, and what was recorded of the others', () => {
    const again = told(refusedAgain(refusal, { state, context: context({ id: 'binh', roles: [] }) }));
    expect(again).toMatchObject({ outcome: 'refused', differences: [] });
    expect(again.rules.map(({ code, held, because }) => [code, held, because.fact])).toEqual([
      ['not-authorised', false, 'authority'],
      ['wrong-stage', true, 'stage'],
      ['not-necessary', false, 'review'],
      ['procedure-full', true, 'stored'],
      ['implausible-date', false, 'recorded'],
    ]);
    expect(again.rules.find(({ code }) => code === 'not-necessary')?.because).toMatchObject({
      ...{ says: { necessary: false }, revisions: [1] },
    });
  });

  it('says so where a rule would say otherwise now', () => {
    const again = refusedAgain(refusal, { state, context: context() });
    expect(again.differences).toEqual([{ path: 'unmet', then: 'not-authorised' }]);
    const other = refusedAgain(
      { action: 'propose', unmet: refusal.unmet.slice(0, 1) },
      { state, context: context({ id: 'binh', roles: [] }) },
    );
    expect(other.differences).toEqual([{ path: 'unmet', now: 'not-necessary' }]);
  });

  it('of a command that is about no procedure tells what was recorded', () => {
    const again = told(refusedAgain({ action: 'grant-role', unmet: [{ code: 'same-person', message: 'No.' }] }, null));
    expect(again.rules).toMatchObject([{ code: 'same-person', held: false, because: { fact: 'recorded' } }]);
  });
});
