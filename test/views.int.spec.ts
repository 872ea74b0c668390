import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ANY } from '#event-store';
import type { NewEvent } from '#event-store';
import { anEvent } from '#event-store/testing';
import type { Transaction } from '#platform';
import type { Sight } from '#workflow';
import { openFollowed } from './support/log-installation.js';
import type { FollowedInstallation } from './support/log-installation.js';
import type { ProcedureEvent } from '#procedures';
import { acts, publicationOf, counts, figures, publications, reviewResults, stageCounts, stageStays, trail } from '#reporting';
import { differencesBetween, stateAt, historyPage, listProcedures, listStatement, procedureSorts, refusals, register } from '#procedures';
import { InvalidCursor } from '#processors';
import { boardsView, indicatorsView, inspectionsView, pastUnits } from '#programmes';
import { work, workKey, worklistStatements } from '#worklist';

const units = ['11111111-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000002'] as const;
const internal = { id: 'internal', version: 1 };

const stored = (event: ProcedureEvent): NewEvent => ({ ...anEvent(event.data), type: event.type });

function registered(
  title: string,
  other: { code?: string; group?: 'A' | 'D'; field?: string; owningUnit?: string; classification?: 'confidential' } = {},
): NewEvent {
  const data = {
    title,
    kind: 'internal',
    group: 'D',
    field: 'văn phòng',
    owningUnit: units[0],
    parts: {},
    definition: internal,
    ...other,
  } as const;
  return stored({ type: 'ProcedureRegistered', data: { ...data, occurredOn: '2025-01-01', stage: 'registered' } });
}

const occurredOn = '2025-01-02';
const review = { necessary: true, withinPowers: true, reasonable: true, lawful: true, findings: 'tốt' };
const proposed = { document: { number: '1', date: occurredOn } };
const cost = { hourlyWage: 1, lines: [], timesPerYear: 1, subjectsPerYear: 1 };
const option = {
  type: 'cutStep',
  content: 'x',
  reason: 'x',
  documentsToAmend: [],
  before: cost,
  after: cost,
  days: { before: 9, after: 4 },
} as const;
const amending = { title: 'TT', number: '1', date: occurredOn, effectiveDate: occurredOn };
const saving = { before: { once: 9, year: 90 }, after: { once: 4, year: 40 }, saving: 50, cutPercent: '55.56' };
const decision = { number: '2', date: occurredOn, effectiveDate: occurredOn, signer: 'A' };

/** Facts that can befall a procedure; views must take them in any order. */
const facts = {
  review: () => stored({ type: 'ProcedureReviewed', data: { ...review, occurredOn, stage: 'reviewed' } }),
  reviewStopped: () => stored({ type: 'ProcedureReviewed', data: { ...review, necessary: false, occurredOn, stage: 'reviewed' } }),
  propose: () => stored({ type: 'PublicationProposed', data: { ...proposed, occurredOn, stage: 'proposed' } }),
  publish: () => stored({ type: 'ProcedurePublished', data: { decision, occurredOn, stage: 'published' } }),
  publishAgain: () =>
    stored({ type: 'ProcedurePublished', data: { decision: { ...decision, date: '2025-03-01' }, occurredOn, stage: 'published' } }),
  disclose: () => stored({ type: 'ProcedureDisclosed', data: { date: '2025-01-20', office: 'Một cửa', occurredOn, stage: 'disclosed' } }),
  suspend: () => stored({ type: 'ProcedureSuspended', data: { reason: 'chờ', occurredOn, stage: 'registered' } }),
  resume: () => stored({ type: 'ProcedureResumed', data: { occurredOn, stage: 'registered' } }),
  withdraw: () => stored({ type: 'ProcedureWithdrawn', data: { reason: 'thừa', occurredOn, stage: 'withdrawn' } }),
  correctReview: () =>
    stored({
      type: 'RecordCorrected',
      data: { revision: 1, changes: { necessary: false }, reason: 'gõ nhầm', occurredOn, stage: 'reviewed' },
    }),
  correctDates: () =>
    stored({
      type: 'RecordCorrected',
      data: {
        ...{ revision: 2, reason: 'gõ nhầm', occurredOn, stage: 'published' },
        changes: { 'decision.date': '2025-01-03', 'decision.effectiveDate': '2025-02-03', date: '2025-01-10' },
      },
    }),
  correctDecision: () =>
    stored({
      type: 'RecordCorrected',
      data: {
        ...{ revision: 2, reason: 'gõ nhầm', occurredOn, stage: 'published' },
        changes: { decision: { ...decision, number: '7', date: '2025-01-04' } },
      },
    }),
  proposeOption: () =>
    stored({ type: 'OptionProposed', data: { optionId: 'o', option, saving, by: [], occurredOn, stage: 'optionProposed' } }),
  simplify: () => stored({ type: 'ProcedureSimplified', data: { optionId: 'o', document: amending, occurredOn, stage: 'simplified' } }),
  migrate: () =>
    stored({
      type: 'ProcedureMigrated',
      data: { from: internal, to: { id: 'internal', version: 2 }, clocks: 'restart', reason: 'mới', occurredOn, stage: 'checked' },
    }),
  transfer: () =>
    stored({
      type: 'ProcedureTransferred',
      data: {
        from: units[0],
        to: units[1],
        reorganisation: units[0],
        step: 0,
        decision: { number: '4/QĐ', date: '2025-01-02' },
        occurredOn,
        stage: 'registered',
      },
    }),
  correct: () =>
    stored({
      type: 'RecordCorrected',
      data: { revision: 0, changes: { title: 'Tên đúng', field: 'tài chính' }, reason: 'gõ nhầm', occurredOn, stage: 'registered' },
    }),
};

/** Corrections of what others rely on; the newest may come after a migration. */
const reregistrations = {
  correctKind: () =>
    stored({
      type: 'RecordCorrected',
      data: {
        ...{ revision: 0, reason: 'gõ nhầm', occurredOn, stage: 'begun', definition: { id: 'quality', version: 1 } },
        changes: { kind: 'quality', group: null },
      },
    }),
  correctGroup: () =>
    stored({
      type: 'RecordCorrected',
      data: { revision: 0, changes: { group: 'A', owningUnit: units[1] }, reason: 'gõ nhầm', occurredOn, stage: 'registered' },
    }),
  correctCode: () =>
    stored({ type: 'RecordCorrected', data: { revision: 0, changes: { code: '1.9' }, reason: 'x', occurredOn, stage: 'registered' } }),
};
const everyFact = { ...facts, ...reregistrations };

const governing = [indicatorsView, pastUnits, inspectionsView, boardsView];
const views = [register, work, counts, refusals, publications, figures, ...governing, stageStays, acts, reviewResults, trail];

/** Of somebody who sees all there is. */
const sight = { units: null, clearance: 'topSecret' } as const;

describe.each([['embedded'], ['on a server']])('Views, %s', (where) => {
  let installation: FollowedInstallation;
  beforeAll(async () => {
    installation = await openFollowed(where, views);
  });
  afterAll(() => installation.close());

  const append = async (id: string, ...events: readonly NewEvent[]): Promise<void> => {
    const { position } = await installation.store.append(`procedure-${id}`, events, { expected: ANY });
    expect(await installation.processors.waitFor(position, 10_000)).toBe(true);
  };
  const rowsOf = async (table: string, without = ''): Promise<unknown[]> => {
    const { rows } = await installation.database.pool.query<{ row: unknown }>(
      `SELECT to_jsonb(t) AS row FROM views.${table} t ${without} ORDER BY to_jsonb(t)::text`,
    );
    return rows.map(({ row }) => row);
  };

  it('say where a procedure stands and since when', async () => {
    const id = randomUUID();
    await append(id, registered('Thủ tục một', { code: '1.001234' }));
    await append(id, facts.review());
    const { items } = await listProcedures(installation.database, { sight, q: '1.001234', limit: 50 });
    const found = items.find((item) => item.id === id);
    const [first, second] = await installation.store.read(`procedure-${id}`);
    expect(found).toMatchObject({ id, title: 'Thủ tục một', code: '1.001234', stage: 'reviewed', revision: 1 });
    expect(found).toMatchObject({ registeredAt: first?.recordedAt, stageSince: second?.recordedAt, position: String(second?.position) });
  });

  it('agree with the rules about what each procedure is and which work waits, whatever happened', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...(Object.keys(everyFact) as (keyof typeof everyFact)[])), { maxLength: 12 }),
        async (steps) => {
          const id = randomUUID();
          await append(id, registered('Ngẫu nhiên'), ...steps.map((fact) => everyFact[fact]()));
          const state = (await stateAt(installation.store, id, steps.length))?.state;
          if (!state) throw new Error('The procedure was not found.');
          const { title, field, stage, suspended, review, definition, kind, group = null, owningUnit, code = null } = state;
          const stopped = review !== undefined && !(review.necessary && review.withinPowers);
          const waits = workKey({ definition, class: group ?? kind, stage, review: stopped ? 'stopped' : 'passed' });
          const { rows } = await installation.database.pool.query(
            `SELECT r.title, r.field, r.stage, r.suspended, w.waits, r.revision, r.kind, r."group", r.code, r.owning_unit AS "owningUnit",
             w.owning_unit = r.owning_unit AND EXISTS (SELECT FROM views.counted_procedures c WHERE c.id = r.id AND c.kind = r.kind
               AND c."group" = coalesce(r."group", '') AND c.owning_unit = r.owning_unit AND c.stage = r.stage AND c.field_key = r.field_key) AS agree
           FROM views.register r JOIN views.work w ON w.procedure = r.id AND w.revision = r.revision WHERE id = $1`,
            [id],
          );
          expect(rows).toEqual([
            {
              title,
              field,
              stage,
              suspended,
              waits: suspended ? null : waits,
              revision: steps.length,
              kind,
              group,
              code,
              owningUnit,
              agree: true,
            },
          ]);
          const published = await installation.database.pool.query<object>(
            `SELECT signed_on::text AS "signedOn", effective_on::text AS "effectiveOn", disclosed_on::text AS "disclosedOn"
           FROM views.publications WHERE procedure = $1 ORDER BY revision DESC LIMIT 1`,
            [id],
          );
          const publication = publicationOf(state);
          expect(published.rows.map((row) => ({ ...row, ended: publication?.ended }))).toEqual(publication ? [publication] : []);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('find words without accents, beginnings and official codes', async () => {
    const id = randomUUID();
    await append(id, registered('Thủ tục điều động đóng quân', { code: '2.000777' }));
    const search = async (q: string): Promise<boolean> =>
      (await listProcedures(installation.database, { sight, q, limit: 50 })).items.some((item) => item.id === id);
    for (const q of ['thu tuc dieu dong', 'Thủ tục', 'DONG QUA', 'đóng', '2.000777', 'văn phòng quân'])
      expect([q, await search(q)]).toEqual([q, true]);
    for (const q of ['thu tuc huy', 'ieu', "'; --", ':*']) expect([q, await search(q)]).toEqual([q, false]);
  });

  it('page through every order completely and without duplicates', async () => {
    const field = randomUUID();
    const ids = Array.from({ length: 23 }, () => randomUUID());
    for (const [index, id] of ids.entries()) await append(id, registered(`Trùng tên ${String(index % 3)}`, { field }));
    for (const sort of procedureSorts) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await listProcedures(installation.database, { sight, field, sort, limit: 5, cursor });
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect([sort, [...seen].sort()]).toEqual([sort, [...ids].sort()]);
      if (sort === 'registered') expect(seen).toEqual(ids);
      if (sort === '-registered') expect(seen).toEqual([...ids].reverse());
    }
    const cursor = Buffer.from('["title","x"]').toString('base64url');
    for (const wrong of [cursor, 'x', ''])
      await expect(listProcedures(installation.database, { sight, limit: 5, cursor: wrong })).rejects.toThrow(InvalidCursor);
  });

  it('take a field for one, whatever its case, spaces and Unicode form', async () => {
    const name = randomUUID();
    const spellings = [`Văn phòng ${name}`, `văn  PHÒNG ${name}`, `Văn phòng ${name}`.normalize('NFD'), ` Văn phòng ${name} `];
    for (const field of spellings) await append(randomUUID(), registered('Cùng lĩnh vực', { field }));
    for (const field of spellings) {
      expect((await listProcedures(installation.database, { sight, field, limit: 50 })).items).toHaveLength(4);
      expect((await stageCounts(installation.database, { sight, field })).total).toBe(4);
    }
  });

  it('list by kind, group, stage, field and units together', async () => {
    const field = randomUUID();
    const [one, other] = [randomUUID(), randomUUID()];
    await append(one, registered('Một', { field, group: 'A' }), facts.review());
    await append(other, registered('Hai', { field, owningUnit: units[1] }));
    const list = async (filters: object): Promise<readonly string[]> =>
      (await listProcedures(installation.database, { sight, field, limit: 50, ...filters })).items.map(({ id }) => id);
    expect(await list({})).toEqual([other, one]);
    expect(await list({ kind: 'internal', group: 'A', stage: 'reviewed', units })).toEqual([one]);
    expect(await list({ units: [units[1]] })).toEqual([other]);
    expect(await list({ units: [] })).toEqual([]);
    expect(await list({ kind: 'public' })).toEqual([]);
  });

  it('show and count what is classified to the cleared alone, and what a unit owns to whoever sees that unit', async () => {
    const field = randomUUID();
    const [open, secret] = [randomUUID(), randomUUID()];
    await append(open, registered('Công khai', { field, owningUnit: units[0] }));
    await append(secret, registered('Mật', { field, owningUnit: units[1], classification: 'confidential' }));
    const { database } = installation;
    const seen = async (reader: Sight): Promise<readonly string[]> => {
      const { items } = await listProcedures(database, { sight: reader, field, limit: 50 });
      expect((await stageCounts(database, { sight: reader, field })).total).toBe(items.length);
      return items.map(({ id }) => id);
    };
    expect(await seen({ units: null, clearance: 'none' })).toEqual([open]);
    expect(await seen({ units: null, clearance: 'confidential' })).toEqual([secret, open]);
    expect(await seen({ units: new Set([units[0]]), clearance: 'topSecret' })).toEqual([open]);
    expect(await seen({ units: new Set(), clearance: 'topSecret' })).toEqual([]);
  });

  it('count each procedure where it stands', async () => {
    const before = await stageCounts(installation.database, { sight });
    const id = randomUUID();
    await append(id, registered('Đếm', { owningUnit: units[1], group: 'A' }));
    await append(id, facts.review(), facts.correct(), facts.publish());
    const after = await stageCounts(installation.database, { sight });
    expect(after.total).toBe(before.total + 1);
    const published = ({ rows }: typeof after): number =>
      rows.find(({ kind, group, stage }) => kind === 'internal' && group === 'A' && stage === 'published')?.count ?? 0;
    expect(published(after)).toBe(published(before) + 1);
    expect(await stageCounts(installation.database, { sight, units: [] })).toEqual({ total: 0, rows: [] });
    const { items } = await listProcedures(installation.database, { sight, limit: 200 });
    expect(after.total).toBe(items.length);
  });

  it('keep refused commands by procedure', async () => {
    const id = randomUUID();
    const data = { procedure: id, action: 'publish', revision: 0, stage: 'registered', unmet: [{ code: 'wrong-stage', message: 'no' }] };
    const event = { ...anEvent(data), type: 'CommandRefused' };
    const { position } = await installation.store.append('refusals-2025-01', [event], { expected: ANY });
    await installation.processors.waitFor(position, 10_000);
    const asked = { refused: true, limit: 200 };
    expect((await historyPage(installation, id, asked, (item) => item)).items).toMatchObject([
      {
        revision: 0,
        type: 'CommandRefused',
        stageBefore: 'registered',
        stageAfter: 'registered',
        position: String(position),
        data,
        actor: event.metadata.actor,
      },
    ]);
    expect(await historyPage(installation, randomUUID(), asked, (item) => item)).toEqual({ items: [], nextCursor: null });
  });

  it('replay history, any revision or time, and what changed between two', async () => {
    const id = randomUUID();
    await append(id, registered('Tên sai'));
    await append(id, facts.correct(), facts.review());
    const { store } = installation;
    const { items: history } = await historyPage(installation, id, { limit: 200 }, (item) => item);
    expect(history.map(({ type, stageBefore, stageAfter }) => [type, stageBefore, stageAfter])).toEqual([
      ['ProcedureRegistered', null, 'registered'],
      ['RecordCorrected', 'registered', 'registered'],
      ['ProcedureReviewed', 'registered', 'reviewed'],
    ]);
    expect((await stateAt(store, id, 0))?.state).toMatchObject({ title: 'Tên sai', stage: 'registered' });
    expect((await stateAt(store, id, history[0]?.recordedAt ?? ''))?.state.title).toBe('Tên sai');
    expect((await stateAt(store, id, '2999-01-01T00:00:00Z'))?.revision).toBe(2);
    for (const asOf of [3, '2000-01-01T00:00:00Z']) expect(await stateAt(store, id, asOf)).toBeNull();
    expect(await differencesBetween(store, id, 0, 2)).toEqual([
      { path: 'title', before: 'Tên sai', after: 'Tên đúng' },
      { path: 'field', before: 'văn phòng', after: 'tài chính' },
      { path: 'stage', before: 'registered', after: 'reviewed' },
      { path: 'review', before: undefined, after: review },
    ]);
    expect(await differencesBetween(store, id, 0, 9)).toBeNull();
  });

  it('are the same when rebuilt, whatever happened', async () => {
    const kept = ['stage_stays', 'former_stay_dates', 'former_stay_places', 'acts', 'former_act_dates', 'former_act_places'];
    const results = ['reviewed_procedures', 'former_reviewed_procedures', 'review_options', 'former_review_options'];
    const base = ['register', 'work', 'counted_procedures', 'refusals', 'publications', 'figures'];
    const pasts = ['past_counted', 'past_publications', 'past_figures', 'corrected_dates', 'figure_changes', 'past_work'];
    const tables = [
      ...base,
      ...pasts,
      ...kept,
      ...results,
      'stay_lengths',
      'stay_months',
      'act_counts',
      'act_months',
      'trail',
      'trail_links',
    ];
    const happening = fc.array(fc.tuple(fc.nat(4), fc.constantFrom(...(Object.keys(facts) as (keyof typeof facts)[]))), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(happening, async (steps) => {
        const ids = Array.from({ length: 5 }, () => randomUUID());
        for (const id of ids) await append(id, registered('Ngẫu nhiên'));
        for (const [index, fact] of steps) await append(ids[index] ?? '', facts[fact]());
        const everything = (): Promise<unknown[]> =>
          Promise.all([
            ...tables.map((table) => rowsOf(table)),
            rowsOf('counts', 'WHERE count > 0'),
            rowsOf('publication_counts', 'WHERE count > 0'),
            rowsOf('figure_months'),
            rowsOf('figure_sums'),
          ]);
        const live = await everything();
        for (const { name } of views) await installation.processors.rebuild(name);
        expect(await everything()).toEqual(live);
      }),
      { numRuns: 5 },
    );
  });

  it('of indicators are the same when rebuilt, and stand as the newest report of each unit', async () => {
    const told = (type: string, data: object): NewEvent => ({ ...anEvent(data), type });
    const indicator = randomUUID();
    const said = { indicator, unit: units[0], period: '2025', by: [] };
    const happenings = [
      (value: number) => told('IndicatorReported', { ...said, value: String(value) }),
      (value: number) => told('IndicatorVerified', { value: String(value) }),
      () => told('IndicatorReturned', { reason: 'x' }),
    ] as const;
    const defined = { code: indicator, title: 'x', unitOfMeasure: 'x', per: 'unit', owner: units[1] };
    await installation.store.append(`indicator-${indicator}`, [told('IndicatorDefined', defined)], { expected: ANY });
    const placed = randomUUID();
    const registeredUnit = { name: 'x', level: 'unit', parent: units[1] };
    await installation.store.append(`unit-${placed}`, [told('UnitRegistered', registeredUnit), told('UnitClosed', {})], { expected: ANY });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(2), fc.nat(99)), { maxLength: 12 }), async (steps) => {
        const report = randomUUID();
        const events = [happenings[0](1), ...steps.map(([which, value]) => happenings[which]?.(value) ?? happenings[2]())];
        const { position } = await installation.store.append(`report-${report}`, events, { expected: ANY });
        expect(await installation.processors.waitFor(position, 10_000)).toBe(true);
        const tables = ['indicators', 'indicator_reports', 'past_indicators', 'placed_units', 'past_units'];
        const everything = (): Promise<unknown[]> => Promise.all(tables.map((table) => rowsOf(table)));
        const live = await everything();
        for (const { name } of [indicatorsView, pastUnits]) await installation.processors.rebuild(name);
        expect(await everything()).toEqual(live);
        const last = events.findLast(({ type }) => type === 'IndicatorReported')?.data as { value: string };
        const row = (await rowsOf('indicator_reports')).find((one) => (one as { id: string }).id === report);
        expect(row).toMatchObject({ value: last.value, revision: events.length - 1 });
      }),
      { numRuns: 5 },
    );
  }); // prettier-ignore

  it('of inspections and steering boards are the same when rebuilt, and wait for each remedy that was not accepted', async () => {
    const told = (type: string, data: object): NewEvent => ({ ...anEvent(data), type });
    const document = { number: '1/QĐ', date: '2025-01-10' };
    const tables = ['inspections', 'inspection_recommendations', 'steering_boards', 'board_members', 'board_meetings', 'board_recommendations'];
    const remedy = fc.constantFrom('RemedyReported', 'RemedyReturned', 'RemedyReminded', 'RemedyAccepted');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(2), remedy), { maxLength: 12 }), async (steps) => {
        const member = { id: randomUUID(), person: randomUUID(), role: 'head', from: '2025-01-10' };
        const meeting = { id: randomUUID(), date: '2025-01-20', title: 'x', present: [member.person] };
        const asked = (): NewEvent[] => {
          const ids = Array.from({ length: 3 }, () => randomUUID());
          const made = ids.map((id) => told('RecommendationMade', { recommendation: { id, meeting: meeting.id, text: 'x', owner: units[0], dueOn: '2025-12-31' }, occurredOn }));
          return [...made, ...steps.map(([at, type]) => told(type, { recommendation: ids[at], occasion: 'before', text: 'x', reason: 'x', by: [], occurredOn }))];
        };
        const [board, inspection] = [randomUUID(), randomUUID()];
        const established = told('SteeringBoardEstablished', { title: 'x', unit: units[1], document });
        const met = [told('BoardMemberAppointed', { member }), told('BoardMeetingHeld', { meeting }), ...asked(), told('BoardMemberReleased', { member: member.id, to: '2025-06-30' })];
        await installation.store.append(`board-${board}`, [established, ...met], { expected: ANY });
        const announced = told('InspectionAnnounced', { title: 'x', by: units[1], of: units[0], announcedOn: '2025-01-10' });
        const { position } = await installation.store.append(`inspection-${inspection}`, [announced, ...asked(), told('InspectionConcluded', {})], { expected: ANY });
        expect(await installation.processors.waitFor(position, 10_000)).toBe(true);
        const everything = (): Promise<unknown[]> => Promise.all(tables.map((table) => rowsOf(table)));
        const live = await everything();
        for (const { name } of [inspectionsView, boardsView]) await installation.processors.rebuild(name);
        expect(await everything()).toEqual(live);
        const accepted = new Set(steps.filter(([, type]) => type === 'RemedyAccepted').map(([at]) => at)).size;
        for (const [table, of] of [['board_recommendations', { board }], ['inspection_recommendations', { inspection }]] as const) {
          const own = (await rowsOf(table)).filter((row) => Object.entries(of).every(([name, id]) => (row as Record<string, unknown>)[name] === id));
          expect([own.length, own.filter((row) => (row as { accepted: boolean }).accepted).length]).toEqual([3, accepted]);
        }
      }),
      { numRuns: 5 },
    );
  }); // prettier-ignore

  it('lose nothing when a build hands on events while those before are still being computed', async () => {
    const id = randomUUID();
    await append(id, registered('Nối tiếp'), facts.review(), facts.propose(), facts.publish());
    const [first, ...others] = await installation.store.read(`procedure-${id}`);
    if (!first) throw new Error('Nothing was stored.');
    const table = (name: string): string => `views.${name}_scratch`;
    await installation.database.transaction(async (transaction) => {
      await work.create(transaction, table);
      const writer = work.writer(table);
      await writer.apply(transaction, [first]);
      // What it remembers is gone, so the next call has to ask.
      writer.forget();
      let last: Promise<unknown> = Promise.resolve();
      const query = (text: string, values?: unknown[]): Promise<unknown> => (last = last.then(() => transaction.query(text, values)));
      await Promise.all(others.map((event) => writer.apply({ query } as Transaction, [event])));
      const { rows } = await transaction.query(
        'SELECT built.doers = live.doers AS same FROM views.work_scratch built JOIN views.work live USING (procedure)',
      );
      await transaction.query('DROP TABLE views.work_scratch');
      expect(rows).toEqual([{ same: true }]);
    });
  });

  it('read by index: a page in any order, a worklist', async () => {
    const { store, database, processors } = installation;
    let last = 0n;
    const stages = [facts.review, facts.propose, facts.publish];
    for (let index = 0; index < 1_000; index += 500) {
      const appends = Array.from({ length: 500 }, (_unused, offset) => {
        const next = stages[(index + offset) % 3] ?? facts.review;
        const unit = `11111111-0000-4000-8000-${String((index + offset) % 24).padStart(12, '0')}`;
        return store.append(
          `procedure-${randomUUID()}`,
          [registered(`Thủ tục số ${String(index + offset)}`, { owningUnit: unit }), next()],
          { expected: ANY },
        );
      });
      for (const { position } of await Promise.all(appends)) last = position > last ? position : last;
    }
    expect(await processors.waitFor(last, 60_000)).toBe(true);
    for (const view of ['register', 'work']) await processors.rebuild(view);
    // Plans depend on how many rows there are; each is one that was viewed, under an id and at positions of its own.
    for (const [table, key] of [
      ['register', 'id'],
      ['work', 'procedure'],
    ] as const) {
      await database.pool.query(
        `INSERT INTO views.${table} SELECT another.* FROM views.${table} r CROSS JOIN generate_series(1, 19) turn CROSS JOIN LATERAL
         jsonb_populate_record(r, jsonb_strip_nulls(jsonb_build_object('${key}', md5(r.${key}::text || turn)::uuid) ||
           (SELECT jsonb_object_agg(name, value::bigint + turn * 100000) FROM jsonb_each_text(to_jsonb(r)) AS had (name, value)
            WHERE name LIKE '%position' AND value IS NOT NULL))) another`,
      );
    }
    await database.pool.query('VACUUM (ANALYZE)');
    const explain = async ({ text, values }: { readonly text: string; readonly values: unknown[] }): Promise<string> => {
      const { rows } = await database.pool.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, values);
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    };
    const pages = [...procedureSorts.map((sort) => ({ sort })), { stage: 'reviewed' }, { units: [units[0]] }, { q: 'so 123' }];
    const conditions = { parts: false, published: null, option: null, differentFrom: [] };
    const place = { definition: internal, class: 'D', stage: 'proposed', review: 'passed', conditions, units } as const;
    const today = { today: '2025-01-02', weekEnds: new Date('2025-01-05T17:00:00Z') };
    const worker = {
      person: randomUUID(),
      acting: [],
      standingIn: [],
      counted: [],
      stranded: [],
      clearance: 'none',
      mine: [place],
      unit: [],
      places: [],
      owned: [],
      anybody: [],
      ...today,
    } as const;
    const waiting = worklistStatements(worker, { scope: 'mine', limit: 50 });
    const statements = [...pages.map((page) => listStatement({ sight, ...page, limit: 50 })), ...waiting];
    for (const statement of statements) {
      const plan = await explain(statement);
      expect(plan).toMatch(/Index (Only )?Scan/);
      expect(plan).not.toContain('Seq Scan');
    }
  });
});
