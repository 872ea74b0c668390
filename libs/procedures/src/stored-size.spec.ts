import { describe, expect, it } from '@jest/globals';
import { Rejected } from '#event-store';
import { UnitTree, authorityPolicies, lifecycleDefinitions, roles } from '#workflow';
import type { Action } from '#workflow';
import type { ActionBodies, DecisionContext, ProcedureCommand } from './commands.js';
import { comments } from './comments.js';
import type { CommentCommand } from './comments.js';
import type { ProcedureEvent } from './events.js';
import { mostStored } from './limits.js';
import { procedure } from './procedure.js';
import { allowed } from './allowed.js';
import type { RegisteredProcedure } from './state.js';

const units = new UnitTree([
  { id: 'm', name: 'Ministry', level: 'ministry', parent: null },
  { id: 's', name: 'Service', level: 'service', parent: 'm' },
]);
const held = roles.flatMap((role) => ['m', 's'].map((unit) => ({ role, unit })));
const contextOf = (id: string): DecisionContext => {
  const definition = lifecycleDefinitions.find(({ kind }) => kind === 'internal');
  const authority = authorityPolicies.find((one) => one.id === definition?.authority.id);
  if (!definition || !authority) throw new Error('A definition is missing.');
  return { actor: { id, roles: held }, definition, authority, units, today: '2026-01-06', newId: 'option-1' };
};
const registration: ProcedureEvent = {
  type: 'ProcedureRegistered',
  data: {
    ...{ title: 'Thủ tục', kind: 'internal', group: 'D', field: 'văn phòng', owningUnit: 's', parts: {} },
    ...{ definition: { id: 'internal', version: contextOf('an').definition.version }, occurredOn: '2026-01-05', stage: 'registered' },
  },
};
const amended = (steps: string): ProcedureEvent => ({
  type: 'PartsAmended',
  data: { parts: { steps }, occurredOn: '2026-01-05', stage: 'registered' },
});

function stateAfter(events: readonly ProcedureEvent[]): RegisteredProcedure {
  const state = procedure.fold?.(procedure.initial, events);
  if (!state || state.phase === 'unregistered') throw new Error('It is not registered.');
  return state;
}
function codesOf<Name extends keyof ActionBodies>(state: RegisteredProcedure, action: Name, body: ActionBodies[Name]): readonly string[] {
  try {
    procedure.decide({ action, body, context: contextOf('binh') } as unknown as ProcedureCommand, state);
    return [];
  } catch (error) {
    if (error instanceof Rejected) return error.unmet.map(({ code }) => code);
    throw error;
  }
}
const isOpen = (state: RegisteredProcedure, action: Action): boolean =>
  allowed(state, contextOf('binh')).some((one) => one.action === action && one.unmet.length === 0);

describe('How much is stored of one procedure', () => {
  it.each([
    ['events', [registration, ...Array.from({ length: mostStored.events - 1 }, () => amended('Nộp'))]],
    ['characters', [registration, ...Array.from({ length: 9 }, () => amended('ộ'.repeat(900_000)))]],
  ])('is bounded by its %s, and what is full can still be ended', (_, events) => {
    const before = stateAfter(events.slice(0, -1));
    expect(codesOf(before, 'amend-parts', { steps: 'Nộp' })).toEqual([]);
    const full = stateAfter(events);
    expect(codesOf(full, 'amend-parts', { steps: 'Nộp' })).toEqual(['procedure-full']);
    expect(codesOf(full, 'correct', { revision: 0, changes: { title: 'Tên' }, reason: 'Gõ nhầm' })).toEqual(['procedure-full']);
    expect(codesOf(full, 'withdraw', { reason: 'Đăng ký lại' })).toEqual([]);
    expect([isOpen(before, 'review'), isOpen(full, 'review'), isOpen(full, 'withdraw')]).toEqual([true, false, true]);
  });

  it('is enough for a hundred lives of twenty events with all that a form takes', () => {
    const life = Array.from({ length: 20 }, () => amended('ộ'.repeat(3_000)));
    const state = stateAfter([registration, ...Array.from({ length: 100 }, () => life).flat()]);
    expect(codesOf(state, 'amend-parts', { steps: 'Nộp' })).toEqual([]);
  });

  it('is bounded for what people say about it', () => {
    const about = { roles: held, units: new UnitTree([]), files: [], procedure: { id: 'p', revision: 0, owningUnit: 'u' } };
    const command: CommentCommand = { action: 'comment', body: { text: 'Đồng ý' }, context: about };
    expect(comments.decide(command, mostStored.comments - 1)).toHaveLength(1);
    expect(() => comments.decide(command, mostStored.comments)).toThrow(Rejected);
  });
});
