import { describe, expect, it } from '@jest/globals';
import { Rejected } from '#event-store';
import { UnitTree, authorityPolicies, lifecycleDefinitions } from '#workflow';
import type { ActingFor, HeldRole } from '#workflow';
import { allowedClaims, claim } from './claim.js';
import type { Claim, ClaimCommand } from './claim.js';
import type { DecisionContext, RegisteredProcedure } from '#procedures';
import { procedure } from '#procedures';

const units = new UnitTree([
  { id: 'm', name: 'Ministry', level: 'ministry', parent: null },
  { id: 's', name: 'Service', level: 'service', parent: 'm' },
  { id: 'u', name: 'Unit', level: 'unit', parent: 's' },
]);
const officer: HeldRole = { role: 'officer', unit: 's' };
const head: HeldRole = { role: 'authority', unit: 'm' };
const leader: HeldRole = { role: 'leader', unit: 's' };

function person(id: string, roles: readonly HeldRole[], actingFor?: ActingFor): DecisionContext {
  const [definition, authority] = [lifecycleDefinitions.find(({ kind }) => kind === 'internal'), authorityPolicies[0]];
  if (!definition || !authority) throw new Error('no such fixture');
  return { actor: { id, roles, actingFor }, definition, authority, units, today: '2026-03-04', newId: 'new' };
}

function registered(): RegisteredProcedure {
  const body = { title: 'x', kind: 'internal', group: 'D', field: 'x', owningUnit: 's' } as const;
  const events = procedure.decide({ action: 'register', body, context: person('o', [officer]) }, procedure.initial);
  const state = events.reduce(procedure.evolve, procedure.initial);
  if (state.phase === 'unregistered') throw new Error('It was registered.');
  return state;
}

const state = registered();
const held = (by: string): Claim => ({ person: by, revision: 0, stored: 1 });
const context = (actor: DecisionContext): ClaimCommand['context'] => ({ procedure: 'p', state, actor, mayHold: () => true });
const roleFor = (command: ClaimCommand, before: Claim = null): unknown => claim.authority?.(command, before);
const codes = (command: ClaimCommand, before: Claim = null): readonly string[] => {
  try {
    claim.decide(command, before);
    return [];
  } catch (error) {
    if (error instanceof Rejected) return error.unmet.map(({ code }) => code);
    throw error;
  }
};

describe('The role by which somebody takes work', () => {
  it('is one that lets them do it, whatever they hold besides', () => {
    const actor = person('a', [{ role: 'administrator', unit: 's' }, leader, officer]);
    expect(roleFor({ action: 'claim', context: context(actor) })).toEqual(officer);
    expect(roleFor({ action: 'release', context: context(actor) }, held('a'))).toEqual(officer);
  });

  it('is that of whom they act for, in what was delegated', () => {
    const deputy = (actions: ActingFor['actions']): DecisionContext => person('d', [leader], { id: 'o', roles: [officer], actions });
    expect(roleFor({ action: 'claim', context: context(deputy(['review'])) })).toEqual(officer);
    expect(codes({ action: 'claim', context: context(deputy(['publish'])) })).toEqual(['not-authorised']);
  });

  it('is the head’s where they give or take it, not that of whoever is head elsewhere or is stood in for by them', () => {
    const give = (actor: DecisionContext): ClaimCommand => ({
      ...{ action: 'assign', person: 'o', assignees: [person('o', [officer])], reason: 'x' },
      context: context(actor),
    });
    expect(roleFor(give(person('h', [leader, head])))).toEqual(head);
    expect(roleFor(give(person('d', [], { id: 'h', roles: [head], actions: 'all' })))).toEqual(head);
    expect(codes(give(person('d', [head], { id: 'o', roles: [leader], actions: 'all' })))).toEqual(['not-authorised']);
    expect(codes(give(person('h', [{ role: 'authority', unit: 'u' }])))).toEqual(['not-authorised']);
    expect(roleFor({ action: 'release', reason: 'x', context: context(person('h', [leader, head])) }, held('o'))).toEqual(head);
  });

  it('is, where they give it back, any that lets them see it', () => {
    const release = (roles: readonly HeldRole[], actingFor?: ActingFor): ClaimCommand => ({
      ...{ action: 'release', context: context(person('a', roles, actingFor)) },
    });
    expect(roleFor(release([{ role: 'officer', unit: 'u' }, leader]), held('a'))).toEqual(leader);
    const auditor: HeldRole = { role: 'auditor', unit: 'u' };
    expect(roleFor(release([auditor]), held('a'))).toEqual(auditor);
    // What was taken for somebody is given back for them.
    expect(codes(release([{ role: 'officer', unit: 'u' }]), held('a'))).toEqual(['not-authorised']);
    expect(roleFor(release([], { id: 'o', roles: [leader], actions: 'all' }), held('o'))).toEqual(leader);
  });
});

describe('What somebody may do about whose work it is', () => {
  it('is what the commands let them do, whoever has it', () => {
    const deputy = person('d', [leader], { id: 'o', roles: [officer], actions: 'all' });
    const people = [
      person('a', [officer]),
      person('h', [head]),
      person('l', [leader]),
      person('u', [{ role: 'auditor', unit: 'u' }]),
      deputy,
    ];
    for (const actor of people)
      for (const holder of [null, 'a', 'o']) {
        const before = holder === null ? null : held(holder);
        const asked = { context: context(actor) };
        const refusals = {
          claim: codes({ ...asked, action: 'claim' }, before),
          release: codes({ ...asked, action: 'release', reason: 'x' }, before),
          assign: codes({ ...asked, action: 'assign', person: 'o', assignees: [person('o', [officer])], reason: 'x' }, before),
        };
        const reasonless = codes({ ...asked, action: 'release' }, before);
        const possible = (['claim', 'release', 'assign'] as const).filter(
          (action) => refusals[action].length === 0 && !(action === 'claim' && holder === actor.actor.id),
        );
        expect([actor.actor.id, holder, allowedClaims(holder, asked.context)]).toEqual([
          actor.actor.id,
          holder,
          possible.map((action) => ({ action, needsReason: action === 'assign' || (action === 'release' && reasonless.length > 0) })),
        ]);
      }
  });
});

describe('Work', () => {
  it('is given to whoever may do it for themselves or for somebody else', () => {
    const give = (...assignees: readonly DecisionContext[]): ClaimCommand => ({
      ...{ action: 'assign', person: 'd', assignees, reason: 'x' },
      context: context(person('h', [head])),
    });
    const itself = person('d', [leader]);
    expect(codes(give(itself))).toEqual(['not-open-to-them']);
    expect(codes(give(itself, person('d', [leader], { id: 'o', roles: [officer], actions: ['review'] })))).toEqual([]);
  });

  it('changes hands so often and no more, and whoever has it can still give it back', () => {
    const actor = person('a', [officer]);
    const claimed = { type: 'WorkClaimed', data: { procedure: 'p', person: 'a', stage: 'registered', revision: 0 } } as const;
    const released = { ...claimed, type: 'WorkReleased' } as const;
    const after = (events: number): Claim =>
      Array.from({ length: events }, (_, index) => (index % 2 === 0 ? claimed : released)).reduce(claim.evolve, claim.initial);
    expect(codes({ action: 'claim', context: context(actor) }, after(4_998))).toEqual([]);
    expect(codes({ action: 'claim', context: context(actor) }, after(5_000))).toEqual(['procedure-full']);
    expect(codes({ action: 'release', context: context(actor) }, after(5_001))).toEqual([]);
  });
});
