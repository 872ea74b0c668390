import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Rejected } from '#event-store';
import { UnitTree, actions, authorityPolicies, roles, validateLifecycle } from '#workflow';
import type { Action, AnyAction, LifecycleDefinition, Requirement, Transition } from '#workflow';
import type { DecisionContext, ProcedureCommand } from './commands.js';
import { procedure } from './procedure.js';
import { openOption } from './state.js';
import type { RegisteredProcedure } from './state.js';

// The validator knows what actions do by a table of its own. Here random definitions are lived through with the real
// decisions, every situation once, and both must tell the same about where procedures can come to and whether they end.

const units = new UnitTree([
  { id: 'm', name: 'Ministry', level: 'ministry', parent: null },
  { id: 's', name: 'Service', level: 'service', parent: 'm' },
]);
const [authority] = authorityPolicies;
if (!authority) throw new Error('There is no policy.');
const everyRole = roles.flatMap((role) => ['m', 's'].map((unit) => ({ role, unit })));

const decision = { number: '1', date: '2025-11-01', effectiveDate: '2025-12-01', signer: 'A' };
const document = { title: 'x', number: '1', date: '2025-11-01', effectiveDate: '2025-12-01' };
const cost = { hourlyWage: 1, lines: [{ hours: '1', fee: 0, service: 0 }], timesPerYear: 1, subjectsPerYear: 1 };
const option = { content: 'x', reason: 'x', documentsToAmend: [{ title: 'x', change: 'x' }], before: cost, after: cost };
const review = { necessary: true, withinPowers: true, reasonable: true, lawful: true, findings: 'x' };
const parts = {
  steps: 'x', manner: 'x', dossier: { documents: ['x'], sets: 1 }, timeLimitDays: 5, subjects: 'x', agency: 'x', legalBasis: ['x'],
}; // prettier-ignore
const reason = { reason: 'x' };
/** Every body that makes a difference to where an action leads. */
const bodies: { readonly [action in AnyAction]?: readonly object[] } = {
  'amend-parts': [{ steps: 'y' }], build: [{ document }], review: [review, { ...review, necessary: false }], propose: [{ document }],
  publish: [{ decision }], disclose: [{ date: '2025-11-01', office: 'x' }], apply: [{ date: '2025-11-01' }],
  audit: [{ date: '2025-11-01', findings: 'x' }], 'assign-review': [{ units: ['s'], dueOn: '2025-12-01' }],
  'propose-option': [{ option: { ...option, type: 'cutStep' } }, { option: { ...option, type: 'abolish' } }],
  'check-quality': [{ passed: true, remarks: 'x' }, { passed: false, remarks: 'x' }], 'approve-option': [{ decision }],
  'reject-option': [reason], 'implement-option': [{ document }], return: [reason], abolish: [{ reason: 'x', decision }], withdraw: [reason],
  suspend: [reason], resume: [{}],
}; // prettier-ignore

const names = ['a', 'b', 'c', 'd', 'e'];
const aDefinition = fc.integer({ min: 3, max: names.length }).chain((count) => {
  const stage = fc.constantFrom(...names.slice(0, count));
  const target = fc.oneof({ weight: 6, arbitrary: stage }, fc.constantFrom('same', 'origin'));
  const moves = actions.filter((action) => action !== 'correct');
  const transition = fc.record({
    // Most lives would be short, and without an option, were every action as likely as the other.
    action: fc.oneof(fc.constantFrom<AnyAction>(...moves, 'amend-parts'), fc.constantFrom<Action>('review', 'publish', 'abolish', 'suspend', 'resume'), fc.constantFrom<Action>('propose-option', 'check-quality', 'return', 'reject-option', 'implement-option')), // prettier-ignore
    from: fc.oneof({ weight: 5, arbitrary: fc.uniqueArray(stage, { minLength: 1, maxLength: 2 }) }, fc.constant('open' as const)),
    to: target,
    instead: fc.option(fc.record({ when: fc.constantFrom('check-failed' as const, 'option-abolishes' as const), to: target }), { nil: undefined }),
    requires: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.subarray<Requirement>(['ever-published', 'never-published', 'necessary', 'parts'], { maxLength: 2 })),
  }); // prettier-ignore
  const title = { vi: 'x', en: 'x' };
  return fc
    .record({ ends: fc.subarray(names.slice(1, count)), transitions: fc.array(transition, { minLength: 4, maxLength: 14, size: 'max' }) })
    .map(({ ends, transitions }): LifecycleDefinition => ({
      id: 'internal',
      version: 9,
      kind: 'internal',
      title,
      authority: { id: authority.id, version: authority.version },
      initial: 'a',
      stages: Object.fromEntries(names.slice(0, count).map((name) => [name, ends.includes(name) ? { title, end: true } : { title }])),
      transitions: transitions.map(({ instead, ...rest }): Transition => ({
        ...rest,
        ...(instead && { instead }),
        differentFrom: [],
        authority: 'publish',
        worklist: false,
      })),
    }));
});

/** What the validator tells procedures apart by, read off a real one. */
function situationOf(state: RegisteredProcedure): string {
  const open = openOption(state);
  const stopped = state.review !== undefined && !state.review.necessary;
  return JSON.stringify([state.stage, state.everPublished, stopped, state.suspended, state.phase === 'ended', open?.origin, open?.type]);
}

/** Lives through every situation by the real decisions: where procedures come to, and where one can be left without an end. */
function lived(definition: LifecycleDefinition): { readonly reached: readonly string[]; readonly stuck: readonly string[] } {
  const context = (id: string): DecisionContext =>
    ({ actor: { id, roles: everyRole }, definition, authority: policy, units, today: '2025-11-07', newId: id }); // prettier-ignore
  const after = (command: ProcedureCommand, before: Parameters<typeof procedure.evolve>[0]): RegisteredProcedure | null => {
    try {
      const state = procedure.decide(command, before).reduce(procedure.evolve, before);
      return state.phase === 'unregistered' ? null : state;
    } catch (error) {
      if (error instanceof Rejected) return null;
      throw error;
    }
  };
  const registration = { title: 'T', kind: 'internal', group: 'C', field: 'f', owningUnit: 's', parts } as const;
  const start = after({ action: 'register', body: registration, context: context('first') }, procedure.initial);
  if (!start) throw new Error('Nothing was registered.');
  const found = new Map([[situationOf(start), start]]);
  const cameFrom = new Map<string, string[]>();
  let offices = 0;
  const used = new Set(definition.transitions.map(({ action }) => action));
  for (const [key, state] of found)
    for (const action of used)
      for (const body of bodies[action] ?? []) {
        // Each disclosure is at another office; where it was made before is not what the validator tells procedures apart by.
        const sent = action === 'disclose' ? { ...body, office: `office ${String(offices++)}` } : body;
        const next = after({ action, body: sent, context: context(`option-${String(found.size)}`) } as ProcedureCommand, state);
        if (!next) continue;
        const nextKey = situationOf(next);
        if (!found.has(nextKey)) found.set(nextKey, next);
        cameFrom.set(nextKey, [...(cameFrom.get(nextKey) ?? []), key]);
      }
  const isOver = ({ phase, stage }: RegisteredProcedure): boolean => phase === 'ended' || definition.stages[stage]?.end === true;
  const ending = new Set([...found].filter(([, state]) => isOver(state)).map(([key]) => key));
  for (const key of ending) for (const before of cameFrom.get(key) ?? []) ending.add(before);
  const stages = (keep: (key: string) => boolean): readonly string[] =>
    [...new Set([...found].filter(([key]) => keep(key)).map(([, { stage }]) => stage))].sort();
  return { reached: stages(() => true), stuck: stages((key) => !ending.has(key)) };
}
const policy = authority;

describe('Any definition', () => {
  it('leads where its validation says, and nowhere else, by the real decisions', () => {
    const staffing = { units, people: [{ id: 'all', roles: everyRole }] };
    fc.assert(
      fc.property(aDefinition, (definition) => {
        const findings = validateLifecycle(definition, { policy, staffing, hasCalendar: () => false });
        const stagesOf = (code: string): readonly string[] =>
          findings.filter((one) => one.code === code).map(({ path }) => path.replace('stages.', '')).sort(); // prettier-ignore
        const { reached, stuck } = lived(definition);
        expect(stagesOf('unreachable-stage')).toEqual(Object.keys(definition.stages).filter((stage) => !reached.includes(stage)));
        expect(stagesOf('dead-end')).toEqual(stuck);
      }),
      // A failure takes long to shrink.
      { numRuns: 600, interruptAfterTimeLimit: 30_000 },
    );
  });
});
