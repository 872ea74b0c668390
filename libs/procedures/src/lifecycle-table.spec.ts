import { describe, expect, it } from '@jest/globals';
import { Rejected } from '#event-store';
import { UnitTree, authorityPolicies, lifecycleDefinitions, roles } from '#workflow';
import type { HeldRole, Kind } from '#workflow';
import type { ActionBodies, DecisionContext, ProcedureCommand } from './commands.js';
import { procedure } from './procedure.js';
import { allowed } from './allowed.js';
import type { RegisteredProcedure } from './state.js';

// The newest lifecycles and their authority as the law's tables state them, written out apart from the data that the
// product interprets. Whoever changes the data changes this on purpose.

type Act = Exclude<keyof ActionBodies, 'register'>;
type Stages = Readonly<Record<string, Partial<Record<Act, string>>>>;

const fromPublished = { 'assign-review': 'published', 'propose-option': 'optionProposed' } as const;
const optionStages = (origin: string): Stages => ({
  optionProposed: { return: origin, 'check-quality': 'qualityChecked' },
  qualityChecked: { return: origin, 'approve-option': 'optionApproved', 'reject-option': origin },
  optionApproved: { return: origin, 'implement-option': 'simplified' },
  simplified: { review: 'reviewed' },
});
const preparation: Stages = {
  registered: { review: 'reviewed', 'amend-parts': 'registered', withdraw: 'withdrawn' },
  reviewed: { propose: 'proposed', 'amend-parts': 'reviewed', withdraw: 'withdrawn' },
  proposed: { return: 'reviewed', publish: 'published', withdraw: 'withdrawn' },
};
/** What is open in each stage while it is not suspended, and where it leads; `suspend` and `correct` are open everywhere. */
const tables: Readonly<Record<Kind, Stages>> = {
  internal: { ...preparation, published: fromPublished, ...optionStages('published') },
  public: {
    ...preparation,
    published: { 'assign-review': 'published', disclose: 'disclosed' },
    // Its options come from here, so they are asked for here too.
    disclosed: { disclose: 'disclosed', 'assign-review': 'disclosed', 'propose-option': 'optionProposed' },
    ...optionStages('disclosed'),
  },
  quality: {
    registered: { build: 'built', 'amend-parts': 'registered', withdraw: 'withdrawn' },
    built: { publish: 'published', 'amend-parts': 'built', withdraw: 'withdrawn' },
    published: { apply: 'applied' },
    applied: { audit: 'applied' },
  },
};
/** Stages that come after a publication, where `abolish` is open and `withdraw` is not. */
const published = [
  'published', 'disclosed', 'applied', 'optionProposed', 'qualityChecked', 'optionApproved', 'simplified',
]; // prettier-ignore

/** Who decides on what class: the unit of the authority. */
const authorityAt: Readonly<Record<string, string>> = { A: 'm', B: 'm', public: 'm', C: 's', D: 's', quality: 's' };
const ofOfficers: readonly Act[] = [
  'amend-parts', 'build', 'review', 'propose', 'disclose', 'apply', 'propose-option', 'implement-option', 'withdraw', 'correct',
]; // prettier-ignore
const ofCheckers: readonly Act[] = ['check-quality', 'audit'];

const units = new UnitTree([
  { id: 'm', name: 'Ministry', level: 'ministry', parent: null },
  { id: 's', name: 'Service', level: 'service', parent: 'm' },
  { id: 'u', name: 'Unit', level: 'unit', parent: 's' },
  { id: 'v', name: 'Another unit', level: 'unit', parent: 's' },
]);
const above: Readonly<Record<string, readonly string[]>> = { s: ['s', 'm'], u: ['u', 's', 'm'] };

function mayDo(
  action: Act,
  { role, unit }: HeldRole,
  stage: string,
  { name, owner }: { readonly name: string; readonly owner: string },
): boolean {
  const isOptionsReturn = action === 'return' && stage !== 'proposed';
  if (ofOfficers.includes(action)) return role === 'officer' && (above[owner] ?? []).includes(unit);
  if (ofCheckers.includes(action) || isOptionsReturn) return role === 'checker' && unit === 's';
  return role === 'authority' && unit === authorityAt[name];
}

const decision = { number: '1/QĐ', date: '2025-11-01', effectiveDate: '2025-12-01', signer: 'A' };
const cost = { hourlyWage: 1, lines: [{ hours: '1', fee: 0, service: 0 }], timesPerYear: 1, subjectsPerYear: 1 };
const parts = {
  steps: 'x', manner: 'x', dossier: { documents: ['x'], sets: 1 }, timeLimitDays: 5, subjects: 'x', agency: 'x', legalBasis: ['x'],
}; // prettier-ignore
const option = {
  type: 'cutStep',
  content: 'x',
  reason: 'x',
  documentsToAmend: [{ title: 'x', change: 'x' }],
  before: cost,
  after: cost,
} as const;
const document = { title: 'x', number: '1', date: '2025-11-01', effectiveDate: '2025-12-01' };
const reason = { reason: 'x' };
const bodies: Omit<ActionBodies, 'register'> = {
  'amend-parts': { steps: 'y' }, build: { document }, propose: { document }, publish: { decision },
  review: { necessary: true, withinPowers: true, reasonable: true, lawful: true, findings: 'x' },
  disclose: { date: '2025-11-01', office: 'x' }, apply: { date: '2025-11-01' }, audit: { date: '2025-11-01', findings: 'x' },
  'assign-review': { units: ['u'], dueOn: '2025-12-01' }, 'propose-option': { option }, 'check-quality': { passed: true, remarks: 'x' },
  'approve-option': { decision }, 'reject-option': reason, 'implement-option': { document }, return: reason, abolish: { reason: 'x', decision },
  withdraw: reason, suspend: reason, resume: {}, correct: { revision: 0, changes: { title: 'y' }, reason: 'x' },
}; // prettier-ignore
const acts = Object.keys(bodies) as Act[];

const everyRole = roles.flatMap((role) => ['m', 's', 'u', 'v'].map((unit): HeldRole => ({ role, unit })));

function contextOf(kind: Kind, id: string, held: readonly HeldRole[]): DecisionContext {
  const definition = lifecycleDefinitions.find((one) => one.kind === kind);
  const authority = authorityPolicies[0];
  if (!definition || !authority) throw new Error('The fixtures lack a definition.');
  return { actor: { id, roles: held }, definition, authority, units, today: '2025-11-07', newId: 'option' };
}

/** The procedure after the actions, each done by somebody else who may do anything. */
function after(kind: Kind, group: 'A' | 'B' | 'C' | 'D' | undefined, owningUnit: string, path: readonly Act[]): RegisteredProcedure {
  const body = { title: 'T', kind, group, field: 'f', owningUnit, parts };
  const commands = [
    { action: 'register', body, context: contextOf(kind, 'first', everyRole) },
    ...path.map((action, index) => ({
      action,
      body: action === 'disclose' ? { ...bodies[action], office: `office ${String(index)}` } : bodies[action],
      context: contextOf(kind, `person ${String(index)}`, everyRole),
    })),
  ] as readonly ProcedureCommand[];
  const state = commands.reduce(
    (before, command) => procedure.decide(command, before).reduce((folded, event) => procedure.evolve(folded, event), before),
    procedure.initial,
  );
  if (state.phase === 'unregistered') throw new Error('Nothing was registered.');
  return state;
}

/** The shortest way to each stage. */
function ways(stages: Stages): ReadonlyMap<string, readonly Act[]> {
  const found = new Map<string, readonly Act[]>([['registered', []]]);
  for (const [stage, path] of found)
    for (const [action, next] of Object.entries(stages[stage] ?? {}))
      if (stages[next] && !found.has(next)) found.set(next, [...path, action as Act]);
  return found;
}

function codesOf(action: Act, state: RegisteredProcedure, context: DecisionContext): readonly string[] {
  try {
    procedure.decide({ action, body: bodies[action], context } as ProcedureCommand, state);
    return [];
  } catch (error) {
    if (error instanceof Rejected) return error.unmet.map(({ code }) => code);
    throw error;
  }
}

/** Where each action leads that is open in the stage. */
function openIn(kind: Kind, stage: string): Partial<Record<Act, string>> {
  const wasPublished = published.includes(stage);
  return { ...tables[kind][stage], suspend: stage, correct: stage, ...(wasPublished && { abolish: 'abolished' }) };
}

const classes = [
  { kind: 'internal', group: 'A', owner: 's' }, { kind: 'internal', group: 'B', owner: 's' }, { kind: 'internal', group: 'C', owner: 's' },
  { kind: 'internal', group: 'C', owner: 'u' }, { kind: 'internal', group: 'D', owner: 's' }, { kind: 'internal', group: 'D', owner: 'u' },
  { kind: 'public', group: undefined, owner: 's' }, { kind: 'quality', group: undefined, owner: 'u' },
] as const; // prettier-ignore

describe.each(classes)('$kind procedures of group $group owned by $owner', ({ kind, group, owner }) => {
  const reached = [...ways(tables[kind])];
  it('reach every stage of their table', () => {
    expect(reached.map(([stage]) => stage).sort()).toEqual(Object.keys(tables[kind]).sort());
  });

  it.each(reached)('take in the stage %s exactly the actions of the table, from the people of the table', (stage, path) => {
    const state = after(kind, group, owner, path);
    expect(state.stage).toBe(stage);
    const open = openIn(kind, stage);
    for (const action of acts) {
      const next = open[action];
      const byAnybody = codesOf(action, state, contextOf(kind, 'somebody else', everyRole));
      expect([action, byAnybody.includes('wrong-stage')]).toEqual([action, next === undefined]);
      if (next === undefined) continue;
      expect([action, after(kind, group, owner, [...path, action]).stage]).toEqual([action, next]);
      for (const held of everyRole) {
        const may = mayDo(action, held, stage, { name: group ?? kind, owner });
        const context = contextOf(kind, 'somebody else', [held]);
        expect([action, held, codesOf(action, state, context)]).toEqual([action, held, may ? [] : ['not-authorised']]);
        // The list has no amending of parts, and a correction of any record that the person may correct.
        if (action === 'amend-parts' || action === 'correct') continue;
        const listed = allowed(state, context).find((one) => one.action === action);
        expect([action, held, listed?.unmet]).toEqual([action, held, may ? [] : ['not-authorised']]);
      }
    }
    const listed = allowed(state, contextOf(kind, 'somebody else', everyRole)).map(({ action }) => action);
    expect([...listed].sort()).toEqual(Object.keys(open).filter((action) => action !== 'amend-parts').sort()); // prettier-ignore
  });

  it.each(reached)('take only resume and correct while suspended in the stage %s', (stage, path) => {
    const state = after(kind, group, owner, [...path, 'suspend']);
    for (const action of acts) {
      const codes = codesOf(action, state, contextOf(kind, 'somebody else', everyRole));
      expect([action, codes.includes('wrong-stage')]).toEqual([action, action !== 'resume' && action !== 'correct']);
    }
    expect(after(kind, group, owner, [...path, 'suspend', 'resume']).stage).toBe(stage);
    for (const held of everyRole) {
      const may = held.role === 'authority' && held.unit === authorityAt[group ?? kind];
      expect(codesOf('resume', state, contextOf(kind, 'x', [held]))).toEqual(may ? [] : ['not-authorised']);
    }
  });

  it('take nothing once they ended', () => {
    const ways = [
      ['withdraw'],
      ...(kind === 'quality' ? [['build', 'publish', 'abolish']] : [['review', 'propose', 'publish', 'abolish']]),
    ];
    for (const path of ways as readonly (readonly Act[])[]) {
      const state = after(kind, group, owner, path);
      for (const action of acts) expect(codesOf(action, state, contextOf(kind, 'x', everyRole))).toContain('wrong-stage');
      expect(allowed(state, contextOf(kind, 'x', everyRole))).toEqual([]);
    }
  });
});
