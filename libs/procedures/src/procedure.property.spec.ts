import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidBody, Rejected } from '#event-store';
import { UnitTree, actions, authorityPolicies, groups, kinds, lifecycleDefinitions, roles } from '#workflow';
import type { Kind } from '#workflow';
import type { DecisionContext, ProcedureCommand } from './commands.js';
import type { ProcedureEvent } from './events.js';
import { procedure } from './procedure.js';
import { allowed } from './allowed.js';
import type { Procedure } from './state.js';
import { decidedAgain } from './why/decided-again.js';

const units = new UnitTree([
  { id: 'm', name: 'Ministry', level: 'ministry', parent: null },
  { id: 's', name: 'Service', level: 'service', parent: 'm' },
  { id: 'u', name: 'Unit', level: 'unit', parent: 's' },
]);
const decision = { number: '1/QĐ', date: '2025-11-01', effectiveDate: '2025-12-01', signer: 'A' };
const document = { title: 'x', number: '1', date: '2025-11-01', effectiveDate: '2025-12-01' };
const cost = { hourlyWage: 31111, lines: [{ hours: '10', fee: 20000, service: 0 }], timesPerYear: 1, subjectsPerYear: 40 };
const filled = {
  steps: 'x', manner: 'x', dossier: { documents: ['x'], sets: 1 }, timeLimitDays: 5, subjects: 'x', agency: 'x', legalBasis: ['x'],
}; // prettier-ignore
const option = { type: 'cutStep', content: 'x', reason: 'x', documentsToAmend: [{ title: 'x', change: 'x' }], before: cost, after: cost };
const review = { necessary: true, withinPowers: true, reasonable: true, lawful: true, findings: 'x' };
const reason = { reason: 'x' };
/** A well-formed body for each action. */
const wellFormed: Readonly<Record<string, object>> = {
  'amend-parts': { steps: 'y' }, build: { document }, review, propose: { document }, publish: { decision },
  disclose: { date: '2025-11-01', office: 'x' }, apply: { date: '2025-11-01' }, audit: { date: '2025-11-01', findings: 'x' },
  'assign-review': { units: ['u'], dueOn: '2025-12-01' }, 'propose-option': { option }, 'check-quality': { passed: true, remarks: 'x' },
  'approve-option': { decision }, 'reject-option': reason, 'implement-option': { document }, return: reason, abolish: { reason: 'x', decision },
  withdraw: reason, suspend: reason, resume: {}, correct: { revision: 0, changes: { title: 'Corrected' }, reason: 'x' },
}; // prettier-ignore
/** Bodies that a hurried or a hostile caller could send past the form. */
const odd = fc.constantFrom<readonly [string, object]>(
  ['review', { ...review, necessary: false }],
  ['amend-parts', { agency: null }],
  ['amend-parts', {}],
  ['propose-option', { option: { ...option, type: 'abolish' } }],
  ['propose-option', { option: { ...option, after: { ...cost, hourlyWage: 1 } } }],
  ['propose-option', { option: { ...option, before: { ...cost, subjectsPerYear: Number.MAX_SAFE_INTEGER } } }],
  ['check-quality', { passed: false, remarks: 'x' }],
  ['approve-option', { decision, optionId: 'nowhere' }],
  ['assign-review', { units: ['nowhere'], dueOn: '2025-12-01' }],
  ['correct', { revision: 99, changes: { title: 'x' }, reason: 'x' }],
  ['correct', { revision: 0, changes: { '__proto__.x': 1 }, reason: 'x' }],
  ['correct', { revision: 0, changes: { 'title.length': 1, '': null }, reason: 'x' }],
  ['correct', { revision: 1, changes: { findings: 'y' }, reason: 'x' }],
);
const step = fc.record({
  move: fc.oneof(
    { weight: 4, arbitrary: fc.nat().map((pick) => ({ pick })) },
    { weight: 1, arbitrary: odd.map(([action, body]) => ({ action, body })) },
    { weight: 1, arbitrary: fc.constantFrom(...Object.entries(wellFormed)).map(([action, body]) => ({ action, body })) },
  ),
  id: fc.constantFrom('an', 'binh', 'chi', 'dung'),
  all: fc.boolean(),
  held: fc.array(fc.record({ role: fc.constantFrom(...roles), unit: fc.constantFrom('m', 's', 'u') }), { maxLength: 3 }),
  occurredOn: fc.constantFrom(undefined, undefined, undefined, '2025-01-01', '2999-01-01', 'yesterday'),
});
const every = roles.flatMap((role) => ['m', 's', 'u'].map((unit) => ({ role, unit })));
const story = fc.record({
  kind: fc.constantFrom(...kinds),
  group: fc.constantFrom(...groups),
  complete: fc.constantFrom(true, true, true, false),
  steps: fc.array(step, { minLength: 8, maxLength: 25, size: 'max' }),
});
type Story = typeof story extends fc.Arbitrary<infer Value> ? Value : never;

/** What moves the work on; stories that pick from these get as far as options. */
const onwards = ['build', 'review', 'propose', 'publish', 'propose-option', 'check-quality', 'approve-option', 'implement-option'];

function contextOf(kind: Kind, actor: DecisionContext['actor'], newId: string): DecisionContext {
  const definition = lifecycleDefinitions.find((one) => one.kind === kind);
  const authority = authorityPolicies[0];
  if (!definition || !authority) throw new Error('no such fixture');
  return { actor, definition, authority, units, today: '2025-11-07', newId };
}

/** What the decider made of it: its events, or the codes of the refusal, or null for a body that it cannot read. */
function decided(command: ProcedureCommand, state: Procedure): readonly ProcedureEvent[] | { readonly codes: readonly string[] } | null {
  try {
    return procedure.decide(command, state);
  } catch (error) {
    if (error instanceof Rejected) return { codes: [...new Set(error.unmet.map(({ code }) => code))] };
    if (error instanceof InvalidBody) return null;
    throw error;
  }
}

/** Lives one story and shows the procedure before each step, with what came of it, to whoever looks. */
function live({ kind, group, complete, steps }: Story, look: (before: Procedure, after: Procedure, context: DecisionContext) => void) {
  const events: ProcedureEvent[] = [];
  let state = procedure.initial;
  const send = (command: ProcedureCommand): void => {
    const before = state;
    const outcome = decided(command, state);
    if (outcome !== null && !('codes' in outcome)) {
      expect(outcome).toHaveLength(1);
      expect(before.phase).not.toBe('ended');
      for (const event of outcome) {
        events.push(event);
        state = procedure.evolve(state, event);
      }
    }
    look(before, state, command.context);
  };
  const body = { title: 'T', kind, ...(kind === 'internal' ? { group } : {}), field: 'f', owningUnit: 's', parts: complete ? filled : {} };
  send({ action: 'register', body, context: contextOf(kind, { id: 'an', roles: every }, 'none') });
  for (const [index, { move, id, all, held, occurredOn }] of steps.entries()) {
    const context = contextOf(kind, { id, roles: all || 'pick' in move ? every : held }, `option-${String(index)}`);
    const open = state.phase === 'unregistered' ? [] : allowed(state, context).filter((one) => onwards.includes(one.action));
    const action = 'pick' in move ? (open[move.pick % Math.max(open.length, 1)]?.action ?? 'review') : move.action;
    send({ action, body: 'body' in move ? move.body : wellFormed[action], occurredOn, context } as ProcedureCommand);
  }
  return { events, state };
}

describe('Any story of a procedure', () => {
  it('is told by its events alone, one for each accepted command', () => {
    fc.assert(
      fc.property(story, (told) => {
        const { events, state } = live(told, () => undefined);
        expect(events.reduce((before, event) => procedure.evolve(before, event), procedure.initial)).toEqual(state);
      }),
    );
  });

  it('lets people do exactly what it says they are allowed to', () => {
    fc.assert(
      fc.property(story, (told) => {
        live(told, (_, state, context) => {
          if (state.phase === 'unregistered') return;
          const open = new Map(allowed(state, context).map(({ action, unmet }) => [action, unmet]));
          // What is said already is refused for what the body says: the office is one that no story discloses at.
          const bodies: typeof wellFormed = { ...wellFormed, disclose: { ...wellFormed.disclose, office: 'another' } };
          for (const action of actions) {
            if (action === 'correct') continue;
            const outcome = decided({ action, body: bodies[action], context } as ProcedureCommand, state);
            const codes = outcome !== null && 'codes' in outcome ? outcome.codes : [];
            if (open.has(action)) expect({ action, codes }).toEqual({ action, codes: open.get(action) });
            else expect({ action, codes }).toEqual({ action, codes: expect.arrayContaining(['wrong-stage']) });
          }
        });
      }),
      { numRuns: 40 },
    );
  });

  it('is decided the same again from its events alone, whoever asks why', () => {
    fc.assert(
      fc.property(story, (told) => {
        live(told, (before, after, context) => {
          if (after === before || after.phase === 'unregistered') return;
          const event = after.records.at(-1)?.event;
          const asIt = event && decidedAgain(event, before, context, { actor: { role: '', unit: '' } });
          // In which role is asked of whoever acts, and no story says it.
          const differences = asIt?.differences.filter(({ path }) => !path.startsWith('actor.'));
          expect({ type: event?.type, outcome: asIt?.outcome, differences }).toEqual({
            type: event?.type,
            outcome: 'accepted',
            differences: [],
          });
          expect(asIt?.verdicts.every(({ unmet }) => unmet.length === 0)).toBe(true);
          for (const { because } of asIt?.verdicts ?? []) expect(because().says).toEqual(JSON.parse(JSON.stringify(because().says)));
        });
      }),
      { numRuns: 60 },
    );
  });

  it('never has one person propose, check and approve the same option', () => {
    fc.assert(
      fc.property(story, (told) => {
        const { state } = live(told, () => undefined);
        for (const { people } of state.phase === 'unregistered' ? [] : state.options) {
          const acted = ['propose-option', 'check-quality', 'approve-option'].flatMap(
            (action) => people[action as keyof typeof people] ?? [],
          );
          expect(new Set(acted).size).toBe(acted.length);
        }
      }),
    );
  });

  it('folds in any order, and passes over what it does not know', () => {
    fc.assert(
      fc.property(story, fc.infiniteStream(fc.nat()), (told, picks) => {
        const { events, state } = live(told, () => undefined);
        const shuffled = events.map((event) => ({ event, at: picks.next().value as number })).sort((a, b) => a.at - b.at);
        shuffled.reduce((before, { event }) => procedure.evolve(before, event), procedure.initial);
        const unknown = { type: 'FromAnotherVersion', data: {} } as unknown as ProcedureEvent;
        const after = procedure.evolve(state, unknown);
        if (state.phase === 'unregistered' || after.phase === 'unregistered') expect(after).toEqual(state);
        else {
          const record = { action: null, from: state.stage, event: unknown, stored: after.records.at(-1)?.stored };
          expect(after).toEqual({ ...state, records: [...state.records, record] });
        }
      }),
    );
  });
});
