import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ANY, Rejected, loadState } from '#event-store';
import { anEvent } from '#event-store/testing';
import { UnitTree, authorityPolicies, classifications, lifecycleDefinitions } from '#workflow';
import type { ActingFor, Classification, LifecycleDefinition, Role } from '#workflow';
import { claim, holderOf } from './claim.js';
import type { DecisionContext, ProcedureCommand, RegisteredProcedure } from '#procedures';
import { procedure, allowed, workFor, register } from '#procedures';
import { deadlines } from '#deadlines';
import { tasks } from './tasks.js';
import { work } from './work.js';
import { performerOf } from './performer.js';
import { countWork, heldWork, worklist, worklistScopes } from './worklist.js';
import { openFollowed } from '../../../test/support/log-installation.js';
import type { FollowedInstallation } from '../../../test/support/log-installation.js';

const unitId = (nth: number): string => `22222222-0000-4000-8000-00000000000${String(nth)}`;
const [ministry, service, one, other] = [unitId(0), unitId(1), unitId(2), unitId(3)];
const units = new UnitTree([
  { id: ministry, name: 'Ministry', level: 'ministry', parent: null },
  { id: service, name: 'Service', level: 'service', parent: ministry },
  { id: one, name: 'One', level: 'unit', parent: service },
  { id: other, name: 'Other', level: 'unit', parent: service },
]);
const [policy] = authorityPolicies;
const [internal] = lifecycleDefinitions.filter(({ kind }) => kind === 'internal');
if (!policy || !internal) throw new Error('no such fixture');
/** Where the publisher must be none of those who reviewed and proposed, and who implements none who approved. */
const strict: LifecycleDefinition = {
  ...internal,
  version: internal.version + 1,
  transitions: internal.transitions.map((transition) => ({
    ...transition,
    ...(transition.action === 'publish' && { differentFrom: ['review', 'propose'] as const }),
    ...(transition.action === 'implement-option' && { differentFrom: ['approve-option'] as const }),
  })),
};
const lifecycles = [internal, strict].map((definition) => ({ definition, authority: policy }));
const today = '2025-11-07';

type Actor = DecisionContext['actor'];
const person = (clearance: Classification, ...held: readonly (readonly [Role, string])[]): Actor => ({
  id: randomUUID(),
  roles: held.map(([role, unit]) => ({ role, unit })),
  clearance,
});
const officer = person('none', ['officer', one]);
const people: readonly Actor[] = [
  officer,
  person('confidential', ['officer', service], ['authority', service]),
  person('topSecret', ['officer', ministry], ['authority', ministry], ['checker', ministry]),
  person('none', ['checker', service], ['officer', other]),
  person('none', ['authority', service], ['leader', one]),
  person('secret', ['auditor', ministry]),
  { ...person('none', ['checker', service]), countsAs: [officer.id] },
  { ...person('none', ['leader', other]), actingFor: { id: officer.id, roles: officer.roles, actions: ['review', 'propose-option'] } },
];

const decision = { number: '1/QĐ', date: '2025-11-01', effectiveDate: '2025-12-01', signer: 'A' };
const document = { title: 'x', number: '1', date: '2025-11-01', effectiveDate: '2025-12-01' };
const cost = { hourlyWage: 31111, lines: [{ hours: '10', fee: 20000, service: 0 }], timesPerYear: 1, subjectsPerYear: 40 };
const option = { type: 'cutStep', content: 'x', reason: 'x', documentsToAmend: [{ title: 'x', change: 'x' }], before: cost, after: cost };
const review = { necessary: true, withinPowers: true, reasonable: true, lawful: true, findings: 'x' };
const reason = { reason: 'x' };
const parts = {
  steps: 'x', manner: 'x', dossier: { documents: ['x'], sets: 1 }, timeLimitDays: 5, subjects: 'x', agency: 'x', legalBasis: ['x'],
}; // prettier-ignore
const bodies: readonly (readonly [string, object])[] = [
  ['review', review], ['review', review], ['review', { ...review, necessary: false }], ['propose', { document }], ['propose', { document }],
  ['publish', { decision }], ['publish', { decision }], ['publish', { decision }], ['propose-option', { option }], ['propose-option', { option }],
  ['propose-option', { option: { ...option, type: 'abolish' } }], ['check-quality', { passed: true, remarks: 'x' }],
  ['check-quality', { passed: false, remarks: 'x' }], ['approve-option', { decision }], ['reject-option', reason], ['implement-option', { document }],
  ['implement-option', { document, parts: { agency: 'y' } }], ['return', reason], ['abolish', { reason: 'x', decision }], ['withdraw', reason],
  ['suspend', reason], ['resume', {}], ['amend-parts', { agency: null }], ['amend-parts', { agency: 'z', legalBasis: ['y'] }], ['amend-parts', parts],
  ['correct', { revision: 1, changes: { necessary: false }, reason: 'x' }], ['correct', { revision: 2, changes: { occurredOn: today }, reason: 'x' }],
  ['correct', { revision: 4, changes: { 'option.content': 'y' }, reason: 'x' }], ['correct', { revision: 5, changes: { remarks: 'y' }, reason: 'x' }], ['correct', { revision: 0, changes: { title: 'y' }, reason: 'x' }],
]; // prettier-ignore

/** What does not end the story early. */
const onwards = ['review', 'propose', 'publish', 'propose-option', 'check-quality', 'approve-option', 'implement-option'];

const step = fc.record({ by: fc.nat({ max: 999 }), move: fc.constantFrom(...bodies), claims: fc.nat({ max: 9 }) });
const story = fc.record({
  definition: fc.constantFrom(internal, strict),
  group: fc.constantFrom('A', 'B', 'C', 'D'),
  owningUnit: fc.constantFrom(service, one, other),
  classification: fc.constantFrom(...classifications, 'none', 'none', 'none'),
  filled: fc.constantFrom(true, true, false),
  steps: fc.array(step, { minLength: 10, maxLength: 60, size: 'max' }),
});
type Story = typeof story extends fc.Arbitrary<infer Value> ? Value : never;
/** Told before the random ones: at each step somebody does what is open, until nothing is. */
const theWholeWay: Story = {
  ...{ definition: internal, group: 'D', owningUnit: one, classification: 'none', filled: true },
  steps: Array.from({ length: 40 }, (_, by) => ({ by, move: ['withdraw', reason], claims: 0 })),
};

describe('A worklist', () => {
  let { database, store, processors, close }: FollowedInstallation = {} as never;
  beforeAll(async () => {
    ({ database, store, processors, close } = await openFollowed('embedded', [register, work, tasks, deadlines]));
  });
  afterAll(() => close());

  const contextOf = (actor: Actor, definition: LifecycleDefinition): DecisionContext => ({
    ...{ actor, definition, authority: policy, units, today, newId: randomUUID() },
  });

  const reached = new Set<string>();
  /** Whatever of the story the rules accept, told to the log. */
  async function live({ definition, group, owningUnit, classification, filled, steps }: Story): Promise<string> {
    const id = randomUUID();
    const referred = classification === 'secret' || classification === 'topSecret';
    const data = {
      ...{ title: 'T', kind: 'internal', group, field: 'f', owningUnit, parts: filled && !referred ? parts : {} },
      ...{ definition: { id: definition.id, version: definition.version }, occurredOn: today, stage: 'registered' },
      ...(classification !== 'none' && { classification }),
    };
    const append = async (stream: string, type: string, facts: object, actor: Actor): Promise<void> => {
      const event = anEvent(facts);
      const by = { ...event.metadata.actor, id: actor.id, ...(actor.actingFor && { onBehalfOf: actor.actingFor.id }) };
      const { position } = await store.append(stream, [{ ...event, type, metadata: { ...event.metadata, actor: by } }], { expected: ANY });
      last = position;
    };
    let last = 0n;
    await append(`procedure-${id}`, 'ProcedureRegistered', data, officer);
    for (const { by, move, claims } of steps) {
      const state = await stateOf(id);
      reached.add(state.stage);
      // Most of the time somebody does what is open to them.
      const open = people.flatMap((actor) =>
        allowed(state, contextOf(actor, definition))
          .filter(({ action, unmet }) => onwards.includes(action) && unmet.length === 0)
          .map(({ action }) => [actor, bodies.find(([name]) => name === action) ?? move] as const),
      );
      const [actor, [action, content]] = (claims < 6 ? open[by % Math.max(open.length, 1)] : undefined) ?? [
        people[by % people.length] ?? officer,
        move,
      ];
      const context = contextOf(actor, definition);
      try {
        if (claims === 9) {
          const held = (await loadState(store, claim, `claim-${id}`))?.state ?? null;
          const claimed = claim.decide(
            { action: held ? 'release' : 'claim', reason: 'x', context: { procedure: id, state, actor: context, mayHold: () => true } },
            held,
          );
          for (const { type, data: facts } of claimed) await append(`claim-${id}`, type, facts, actor);
        } else
          for (const { type, data: facts } of procedure.decide({ action, body: content, context } as ProcedureCommand, state))
            await append(`procedure-${id}`, type, facts, actor);
      } catch (error) {
        if (!(error instanceof Rejected || (error instanceof Error && error.name === 'InvalidBody'))) throw error;
      }
    }
    expect(await processors.waitFor(last, 10_000)).toBe(true);
    return id;
  }

  async function stateOf(id: string): Promise<RegisteredProcedure> {
    const loaded = await loadState(store, procedure, `procedure-${id}`);
    if (!loaded || loaded.state.phase === 'unregistered') throw new Error('It was registered.');
    return loaded.state;
  }

  it('shows and counts for each person exactly what the rules let them do, whatever happened', async () => {
    const ids: string[] = [];
    await fc.assert(
      fc.asyncProperty(story, async (told) => {
        ids.push(await live(told));
        for (const one of people) {
          const [mine, claimed]: [string[], string[]] = [[], []];
          for (const id of ids) {
            const state = await stateOf(id);
            const holder = holderOf((await loadState(store, claim, `claim-${id}`))?.state ?? null, state, () => true);
            const own = [one.id, one.actingFor?.id];
            const definition = [internal, strict].find(({ version }) => version === state.definition.version) ?? internal;
            const isOpen = workFor(state, contextOf(one, definition)).length > 0;
            if (isOpen && (holder === null || own.includes(holder))) mine.push(id);
            if (holder !== null && own.includes(holder)) claimed.push(id);
          }
          const performer = performerOf(one, lifecycles, { units, today, stranded: [] });
          const listed = async (scope: (typeof worklistScopes)[number]): Promise<readonly string[]> =>
            (await worklist(database, performer, { scope, limit: 200 })).items.map(({ id }) => id);
          expect([...(await listed('mine'))].sort()).toEqual(mine.sort());
          expect([...(await listed('claimed'))].sort()).toEqual(claimed.sort());
          const counted = await countWork(database, performer);
          for (const scope of worklistScopes) expect([scope, counted[scope]]).toEqual([scope, (await listed(scope)).length]);
          const [unit, waiting] = [await listed('unit'), await listed('waiting')];
          expect(waiting.filter((id) => unit.includes(id))).toEqual([]);
          for (const id of mine) expect(unit).toContain(id);
        }
      }),
      { numRuns: 25, examples: [[theWholeWay]] },
    );
    // The stories are worth something only when they get far.
    for (const stage of ['proposed', 'published', 'optionProposed', 'qualityChecked', 'simplified']) expect([...reached]).toContain(stage);
  }, 300_000);

  it('counts what runs late and what is due this week once for each procedure, and for whoever may know of it', async () => {
    const definition: LifecycleDefinition = {
      ...{ ...internal, version: internal.version + 2 },
      deadlines: [
        { action: 'review', days: 3, counting: 'calendar' },
        { stage: 'registered', days: 3, counting: 'calendar' },
      ],
    };
    await store.append('lifecycle-internal', [{ ...anEvent({ definition }), type: 'LifecyclePublished' }], { expected: ANY });
    const place = { definition, group: 'D', classification: 'none', filled: true } as const;
    const late = await live({ ...place, steps: [], owningUnit: one });
    await live({ ...place, steps: [], owningUnit: one });
    await live({ ...place, steps: [], owningUnit: other });
    await live({ ...place, steps: [], owningUnit: one, classification: 'confidential' });
    const missed = ['action:review', 'stage:registered'].map((rule) => ({
      ...anEvent({ procedure: late, rule, startRevision: 0 }),
      type: 'DeadlineMissed',
    }));
    const { position } = await store.append(`deadline-${late}`, missed, { expected: ANY });
    expect(await processors.waitFor(position, 10_000)).toBe(true);
    const before = await database.pool.query<{ count: number }>(`SELECT count(*)::integer AS count FROM views.deadlines`);
    expect(before.rows).toEqual([{ count: 8 }]);
    // The week ends on the ninth, and three days after the seventh on the tenth.
    for (const [who, date, overdue, dueThisWeek] of [
      [officer, today, 1, 0],
      [officer, '2025-11-10', 1, 1],
      [person('none', ['officer', service]), '2025-11-10', 1, 2],
      [person('confidential', ['officer', one]), '2025-11-10', 1, 2],
    ] as const) {
      const performer = performerOf(who, lifecycles, { units, today: date, stranded: [] });
      expect(await countWork(database, performer)).toMatchObject({ overdue, dueThisWeek });
      for (const [scope, count] of [['overdue', overdue], ['dueThisWeek', dueThisWeek]] as const)
        expect((await worklist(database, performer, { scope, limit: 200 })).items).toHaveLength(count);
    } // prettier-ignore
  });

  it('lists what runs late and what is due this week in either order, also what stands still since it was missed', async () => {
    const definition: LifecycleDefinition = {
      ...{ ...internal, version: internal.version + 3 },
      deadlines: [
        { action: 'review', days: 1, counting: 'calendar', stopsWhile: ['suspended'] },
        { stage: 'registered', days: 2, counting: 'calendar', stopsWhile: ['suspended'] },
      ],
    };
    await store.append('lifecycle-internal', [{ ...anEvent({ definition }), type: 'LifecyclePublished' }], { expected: ANY });
    const place = { definition, group: 'D', classification: 'none', filled: true, owningUnit: other } as const;
    const register = (): Promise<string> => live({ ...place, steps: [] });
    const [later, stopped, missed, due] = [await register(), await register(), await register(), await register()];
    const ours = [later, stopped, missed, due];
    const append = (stream: string, type: string, facts: object): ReturnType<typeof store.append> =>
      store.append(stream, [{ ...anEvent(facts), type }], { expected: ANY });
    const miss = (procedure: string, rule: string): Promise<unknown> =>
      append(`deadline-${procedure}`, 'DeadlineMissed', { procedure, rule, startRevision: 0 });
    // What of it is due next was not missed yet.
    await miss(later, 'stage:registered');
    for (const id of [stopped, missed]) await miss(id, 'action:review');
    const suspended = { reason: 'x', stage: 'registered', occurredOn: today };
    const { position } = await append(`procedure-${stopped}`, 'ProcedureSuspended', suspended);
    expect(await processors.waitFor(position, 10_000)).toBe(true);
    const worker = performerOf(person('none', ['officer', other]), lifecycles, { units, today, stranded: [] });
    const listed = async (scope: 'overdue' | 'dueThisWeek', sort: 'due' | 'waiting'): Promise<readonly string[]> => {
      const pages: string[] = [];
      for (let cursor: string | null | undefined; cursor !== null;) {
        const page: Awaited<ReturnType<typeof worklist>> = await worklist(database, worker, { scope, sort, limit: 1, cursor });
        pages.push(...page.items.map(({ id }) => id).filter((id) => ours.includes(id)));
        cursor = page.nextCursor;
      }
      return pages;
    };
    expect(await listed('overdue', 'due')).toEqual([later, missed, stopped]);
    expect(await listed('overdue', 'waiting')).toEqual([later, stopped, missed]);
    expect(await listed('dueThisWeek', 'due')).toEqual([later, missed, due]);
    expect(await listed('dueThisWeek', 'waiting')).toEqual([later, missed, due]);
  });

  it('keeps one number for all that waits alike, whoever did what came before', async () => {
    const owningUnit = unitId(9);
    const data = {
      ...{ title: 'T', kind: 'internal', group: 'D', field: 'f', owningUnit, parts },
      ...{ definition: { id: internal.id, version: internal.version }, occurredOn: today },
    };
    const numbers = async (): Promise<unknown> =>
      (
        await database.pool.query('SELECT waits, number FROM views.work_alike WHERE owning_unit = $1 ORDER BY waits', [owningUnit])
      ).rows.map((row) => row as unknown);
    const append = async (type: string, stage: string, ids: readonly string[]): Promise<void> => {
      let last = 0n;
      for (const id of ids) {
        const event = anEvent({ ...data, ...review, stage });
        const metadata = { ...event.metadata, actor: { ...event.metadata.actor, id: randomUUID() } };
        ({ position: last } = await store.append(`procedure-${id}`, [{ ...event, type, metadata }], { expected: ANY }));
      }
      expect(await processors.waitFor(last, 10_000)).toBe(true);
    };
    const ids = Array.from({ length: 12 }, () => randomUUID());
    const regime = `internal@${String(internal.version)}/D`;
    await append('ProcedureRegistered', 'registered', ids);
    expect(await numbers()).toEqual([{ waits: `${regime}/registered/passed`, number: 12 }]);
    await append('ProcedureReviewed', 'reviewed', ids.slice(2));
    expect(await numbers()).toEqual([
      { waits: `${regime}/registered/passed`, number: 2 },
      { waits: `${regime}/reviewed/passed`, number: 10 },
    ]);
    await append('ProcedureReviewed', 'reviewed', ids.slice(0, 2));
    expect(await numbers()).toEqual([{ waits: `${regime}/reviewed/passed`, number: 12 }]);
  });

  it('counts no claim of somebody who may see the work no longer', async () => {
    const place = { definition: internal, group: 'D', owningUnit: one, classification: 'confidential', filled: true } as const;
    const [away, colleague] = [person('confidential', ['officer', one]), person('confidential', ['officer', one])];
    const id = await live({ ...place, steps: [] });
    const context = { procedure: id, state: await stateOf(id), actor: contextOf(away, internal), mayHold: () => true };
    const [claimed] = claim.decide({ action: 'claim', context }, null);
    if (!claimed) throw new Error('It is open to them.');
    const { type, data } = claimed;
    const event = anEvent(data);
    const { position } = await store.append(`claim-${id}`, [{ ...event, type }], { expected: ANY });
    expect(await processors.waitFor(position, 10_000)).toBe(true);
    const held = (await heldWork(database)).filter((one) => one.person === away.id);
    expect(held).toEqual([{ person: away.id, owningUnit: one, classification: 'confidential' }]);
    for (const [stranded, whose] of [
      [[], [true, false]],
      [held, [false, true]],
    ] as const) {
      const lists = [[away, 'claimed'], [colleague, 'mine']] as const; // prettier-ignore
      const found = await Promise.all(
        lists.map(async ([who, scope]) => {
          const performer = performerOf(who, lifecycles, { units, today, stranded });
          const { items } = await worklist(database, performer, { scope, limit: 200 });
          expect((await countWork(database, performer))[scope]).toBe(items.length);
          return items.some((item) => item.id === id);
        }),
      );
      expect(found).toEqual(whose);
    }
  });

  it('counts what the very units of somebody are asked, and what was merged into them', async () => {
    const merged = unitId(4);
    const grown = new UnitTree([
      ...units.all(),
      { id: merged, name: 'Merged', level: 'unit', parent: service, closed: true, mergedInto: other },
    ]);
    const tasksOf = async (one: Actor): Promise<object> =>
      (await countWork(database, performerOf(one, lifecycles, { units: grown, today, stranded: [] }))).tasks;
    const [into, above] = [person('none', ['officer', other]), person('none', ['officer', service])];
    const before = await tasksOf(above);
    const about = await live({ ...theWholeWay, steps: [] });
    const asked = { procedure: about, by: merged, units: [merged, other], question: 'x', dueOn: '2025-11-01' };
    const { position } = await store.append(`inquiry-${randomUUID()}`, [{ ...anEvent(asked), type: 'ConsultationOpened' }], {
      expected: ANY,
    });
    expect(await processors.waitFor(position, 10_000)).toBe(true);
    expect(await tasksOf(into)).toEqual({ open: 2, overdue: 2, waiting: 2 });
    expect(await tasksOf(above)).toEqual(before);
  });

  it('shows once what is somebody’s, and for whom, where they stand in for others', async () => {
    const place = { definition: internal, group: 'D', classification: 'none', filled: true } as const;
    const [own, theirs] = [await live({ ...place, owningUnit: one, steps: [] }), await live({ ...place, owningUnit: other, steps: [] })];
    const secret = await live({ ...place, owningUnit: other, classification: 'confidential', steps: [] });
    const [deputy, absent] = [person('none', ['officer', one]), person('topSecret', ['officer', one], ['officer', other])];
    const listed = async (
      actions: ActingFor['actions'],
      scope: (typeof worklistScopes)[number],
    ): Promise<readonly (readonly [string, number])[]> => {
      const standingIn = [{ id: absent.id, roles: absent.roles, actions }];
      const performer = performerOf(deputy, lifecycles, { units, today, stranded: [], standingIn });
      const { items } = await worklist(database, performer, { scope, limit: 200 });
      expect((await countWork(database, performer))[scope]).toBe(items.length);
      expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
      return items.filter(({ id }) => [own, theirs, secret].includes(id)).map(({ id, as }) => [id, as] as const);
    };
    expect(await listed('all', 'mine')).toEqual([[own, 0], [theirs, 1]]); // prettier-ignore
    expect(await listed(['review'], 'mine')).toEqual([[own, 0], [theirs, 1]]); // prettier-ignore
    // What was not delegated is not theirs to do.
    expect(await listed(['propose'], 'mine')).toEqual([[own, 0]]);
    expect(await listed('all', 'unit')).toEqual([[own, 0], [theirs, 1]]); // prettier-ignore
    for (const [id, by] of [[own, absent], [theirs, absent]] as const) {
      const context = { procedure: id, state: await stateOf(id), actor: contextOf(by, internal), mayHold: () => true };
      const [claimed] = claim.decide({ action: 'claim', context }, null);
      if (!claimed) throw new Error('It is open to them.');
      const { position } = await store.append(`claim-${id}`, [{ ...anEvent(claimed.data), type: claimed.type }], { expected: ANY });
      expect(await processors.waitFor(position, 10_000)).toBe(true);
    } // prettier-ignore
    // What the absent person had taken is done for them, also where the deputy may do the like.
    expect(await listed('all', 'mine')).toEqual([[own, 1], [theirs, 1]]); // prettier-ignore
    expect(await listed('all', 'claimed')).toEqual([[own, 1], [theirs, 1]]); // prettier-ignore
  });

  it('pages through what waits, longest waiting first', async () => {
    const place = { definition: internal, group: 'D', owningUnit: one, classification: 'none', filled: true, steps: [] } as const;
    const ids: string[] = [];
    for (let count = 0; count < 7; count++) ids.push(await live({ ...place, steps: [] }));
    const performer = performerOf(officer, lifecycles, { units, today, stranded: [] });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await worklist(database, performer, { scope: 'mine', limit: 3, cursor });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen.slice(-7)).toEqual(ids);
    expect(new Set(seen).size).toBe(seen.length);
  });
});
