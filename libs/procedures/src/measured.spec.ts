import { describe, expect, it } from '@jest/globals';
import { InvalidBody, Rejected } from '#event-store';
import { UnitTree, authorityPolicies, lifecycleDefinitions } from '#workflow';
import type { Role } from '#workflow';
import type { DecisionContext } from './commands.js';
import type { ProcedureEvent } from './events.js';
import type { Measurement } from './measured.js';
import { procedure } from './procedure.js';
import type { Procedure } from './state.js';

const units = new UnitTree([
  { id: 'm', name: 'Ministry', level: 'ministry', parent: null },
  { id: 's', name: 'Service', level: 'service', parent: 'm' },
  { id: 'u', name: 'Unit', level: 'unit', parent: 's' },
]);
const [authority] = authorityPolicies;
const definition = lifecycleDefinitions.find(({ kind }) => kind === 'internal');
if (!authority || !definition) throw new Error('A definition is missing.');
const as = (role: Role, unit = 's'): DecisionContext => ({
  ...{ actor: { id: role, roles: [{ role, unit }] }, definition, authority, units, today: '2025-11-07', newId: 'o1' },
});

const cost = { hourlyWage: 50_000, lines: [{ hours: '10', fee: 0, service: 0 }], timesPerYear: 1, subjectsPerYear: 40 };
const evidence = { title: 'Biên bản khảo sát', date: '2025-11-01' };
const saving = { before: { once: 500_000, year: 20_000_000 }, after: { once: 0, year: 0 }, saving: 20_000_000, cutPercent: '100.00' };
const said = (type: string, data: object): ProcedureEvent =>
  ({ type, data: { occurredOn: '2025-10-01', stage: 'published', ...data } }) as ProcedureEvent;
const registered = said('ProcedureRegistered', {
  ...{ title: 'T', kind: 'internal', group: 'C', field: 'f', owningUnit: 's', parts: {}, definition: { id: definition.id, version: definition.version } },
}); // prettier-ignore
const proposed = said('OptionProposed', { optionId: 'o1', option: { type: 'cutStep', before: cost, after: cost }, saving, by: [] });
const approved = said('OptionApproved', { optionId: 'o1', by: [], decision: { number: '1', date: '2025-10-01', effectiveDate: '2025-10-01', signer: 'A' } }); // prettier-ignore
const simplified = said('ProcedureSimplified', { optionId: 'o1', document: { title: 'x', number: '1', date: '2025-10-01', effectiveDate: '2025-10-01' } }); // prettier-ignore

const after = (...events: readonly ProcedureEvent[]): Procedure => events.reduce(procedure.evolve, procedure.initial);
const measure = (state: Procedure, body: Partial<Measurement> = {}, context = as('officer')): readonly ProcedureEvent[] =>
  procedure.decide({ action: 'measure', body: { cost, evidence, ...body }, context }, state);
function refused(...asked: Parameters<typeof measure>): readonly string[] {
  try {
    measure(...asked);
  } catch (error) {
    if (error instanceof Rejected) return error.unmet.map(({ code }) => code);
    throw error;
  }
  return [];
}

describe('What a procedure costs in practice', () => {
  const implemented = after(registered, proposed, approved, simplified);

  it('is measured as it stands, without any option, and moves it nowhere', () => {
    const state = after(registered);
    const [event] = measure(state);
    expect(event).toMatchObject({ type: 'CostMeasured', data: { stage: 'published', figures: { once: 500_000, year: 20_000_000 } } });
    expect(event && procedure.evolve(state, event)).toMatchObject({ stage: 'published', measured: { figures: { year: 20_000_000 } } });
  });

  it('tells of an implemented option what it really saved, and the newest measurement stands', () => {
    const cheaper = { ...cost, subjectsPerYear: 10 };
    const first = measure(implemented, { optionId: 'o1' });
    const second = measure(after(registered, proposed, approved, simplified, ...first), { optionId: 'o1', cost: cheaper });
    const state = after(registered, proposed, approved, simplified, ...first, ...second);
    expect(state).toMatchObject({ options: [{ status: 'implemented', measured: { figures: { year: 5_000_000 } } }] });
  });

  it('is measured of no option that is not implemented, and of nothing else once it has ended', () => {
    expect(refused(after(registered, proposed), { optionId: 'o1' })).toEqual(['wrong-stage']);
    const ended = after(registered, proposed, approved, simplified, said('ProcedureAbolished', { reason: 'x', stage: 'abolished' }));
    expect(refused(ended)).toEqual(['wrong-stage']);
    expect(refused(ended, { optionId: 'o1' })).toEqual([]);
    expect(() => measure(implemented, { optionId: 'o2' })).toThrow(InvalidBody);
  });

  it('is compared by one wage, and shown by a paper that there is', () => {
    expect(refused(implemented, { optionId: 'o1', cost: { ...cost, hourlyWage: 60_000 } })).toEqual(['wage-mismatch']);
    expect(() => measure(implemented, { evidence: { ...evidence, date: '2025-11-08' } })).toThrow(InvalidBody);
  });

  it('is counted by officers and checkers of its unit or above, and by nobody who may not see it', () => {
    const allowed = [['officer', 's'], ['checker', 'm'], ['officer', 'u'], ['authority', 's'], ['leader', 'm']] as const; // prettier-ignore
    expect(allowed.map(([role, unit]) => refused(implemented, {}, as(role, unit)).length === 0)).toEqual([true, true, false, false, false]);
    const hidden = after({ ...registered, data: { ...registered.data, classification: 'confidential' } } as ProcedureEvent);
    expect(refused(hidden)).toEqual(['not-authorised']);
  });

  it('is measured again rather than corrected', () => {
    const state = after(registered, ...measure(after(registered)));
    const body = { revision: 1, changes: { 'evidence.title': 'x' }, reason: 'x' };
    expect(() => procedure.decide({ action: 'correct', body, context: as('officer') }, state)).toThrow(InvalidBody);
  });
});
