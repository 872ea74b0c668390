import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ANY } from '#event-store';
import type { NewEvent } from '#event-store';
import { anEvent } from '#event-store/testing';
import { deadlines } from '#deadlines';
import { register } from '#procedures';
import type { ProcedureEvent } from '#procedures';
import { pastUnits } from '#programmes';
import {
  NotReported,
  Sources,
  activity,
  acts,
  counts,
  cycleTimes,
  figures,
  funnel,
  onTime,
  overdue,
  placed,
  publications,
  reviewResults,
  reviewResultsTable,
  savings,
  stageStays,
  workload,
} from '#reporting';
import type { Asked, PastMoment, Report, ReportRows, UnitBasis } from '#reporting';
import { Calendars, Definitions, UnitTree, lifecycleDefinitions } from '#workflow';
import type { DeadlineRule, LifecycleDefinition, Sight, Unit } from '#workflow';
import { work } from '#worklist';
import { openFollowed } from './support/log-installation.js';
import type { FollowedInstallation } from './support/log-installation.js';

const units = ['11111111-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000002'] as const;
const ministry = '11111111-0000-4000-8000-000000000009';
const otherService = '11111111-0000-4000-8000-000000000008';
/** A version with limits on how long something takes. */
const timed = { id: 'internal', version: 3 };
const limits: readonly DeadlineRule[] = [
  { action: 'review', days: 5, counting: 'working', warnBefore: 2, escalateAfter: 3, stopsWhile: ['suspended'] },
  { stage: 'published', days: 30, counting: 'calendar' },
  { stage: 'optionProposed', days: 100, counting: 'working' },
];
const everything: Sight = { units: null, clearance: 'topSecret' };
const open: Sight = { units: null, clearance: 'none' };

/** Done by somebody of one of the units of the story. */
const stored = (event: ProcedureEvent): NewEvent => {
  const { metadata, ...rest } = anEvent(event.data);
  return { ...rest, metadata: { ...metadata, actor: { ...metadata.actor, unit: placeOf(event.type.length) } }, type: event.type };
};
const cost = (fee: number) => ({ hourlyWage: 0, lines: [{ hours: '0', fee, service: 0 }], timesPerYear: 1, subjectsPerYear: 1 });
const review = { necessary: true, withinPowers: true, reasonable: true, lawful: true, findings: 'tốt' };
const decision = { number: '2', date: '2025-01-02', effectiveDate: '2025-02-02', signer: 'A' };
const amending = { title: 'TT', number: '1', date: '2025-01-02', effectiveDate: '2025-01-02' };
const saving = (before: number, after: number) => ({
  before: { once: before, year: before },
  after: { once: after, year: after },
  saving: before - after,
  cutPercent: null,
});
const option = (before: number, after: number) => ({
  type: 'cutStep' as const,
  content: 'x',
  reason: 'x',
  documentsToAmend: [],
  before: cost(before),
  after: cost(after),
});
const register0 = (change: object): NewEvent => {
  const data = {
    title: 'T',
    kind: 'internal',
    group: 'D',
    field: 'văn phòng',
    owningUnit: units[0],
    parts: {},
    definition: { id: 'internal', version: 1 },
  } as const;
  return stored({ type: 'ProcedureRegistered', data: { ...data, ...change, occurredOn: '2025-01-01', stage: 'registered' } });
};
const correct = (revision: number, changes: object, stage: string, occurredOn: string): NewEvent =>
  stored({ type: 'RecordCorrected', data: { revision, changes: changes as never, reason: 'gõ nhầm', occurredOn, stage } });

/** The units of a story, three of which are its own. */
let places: readonly string[] = units;
const placeOf = (some: number): string => places[some % places.length] ?? units[0];

/** What can befall a procedure, in any order; the day is when it happened on paper. */
const facts: Readonly<Record<string, (day: string, some: number) => NewEvent>> = {
  review: (occurredOn, some) => stored({ type: 'ProcedureReviewed', data: { ...review, complianceCost: cost(some * 10), occurredOn, stage: 'reviewed' } }),
  publish: (occurredOn, some) => stored({ type: 'ProcedurePublished', data: { decision: { ...decision, date: some % 2 === 0 ? '2025-01-20' : '2025-01-02' }, occurredOn, stage: 'published' } }),
  disclose: (occurredOn) => stored({ type: 'ProcedureDisclosed', data: { date: occurredOn, office: 'Một cửa', occurredOn, stage: 'disclosed' } }),
  propose: (occurredOn, some) => stored({ type: 'OptionProposed', data: { optionId: 'o', option: option(some * 10, some), saving: saving(some * 10, some), by: [], occurredOn, stage: 'optionProposed' } }),
  propose2: (occurredOn, some) => stored({ type: 'OptionProposed', data: { optionId: 'p', option: option(some * 7, some), saving: saving(some * 7, some), by: [], occurredOn, stage: 'optionProposed' } }),
  giveBack: (occurredOn) => stored({ type: 'OptionReturned', data: { optionId: 'o', reason: 'x', occurredOn, stage: 'published' } }),
  check: (occurredOn, some) => stored({ type: 'OptionQualityChecked', data: { optionId: 'o', passed: some % 2 === 0, remarks: 'x', by: [], occurredOn, stage: 'qualityChecked' } }),
  approve: (occurredOn) => stored({ type: 'OptionApproved', data: { optionId: 'o', decision, occurredOn, stage: 'optionApproved' } as never }),
  reject: (occurredOn) => stored({ type: 'OptionRejected', data: { optionId: 'o', reason: 'x', occurredOn, stage: 'published' } as never }),
  simplify: (occurredOn, some) => stored({ type: 'ProcedureSimplified', data: { optionId: some % 2 === 0 ? 'o' : 'p', document: amending, occurredOn, stage: 'simplified' } }),
  abolish: (occurredOn) => stored({ type: 'ProcedureAbolished', data: { reason: 'x', decision, occurredOn, stage: 'abolished' } }),
  withdraw: (occurredOn) => stored({ type: 'ProcedureWithdrawn', data: { reason: 'x', occurredOn, stage: 'withdrawn' } }),
  suspend: (occurredOn) => stored({ type: 'ProcedureSuspended', data: { reason: 'x', occurredOn, stage: 'registered' } }),
  transfer: (occurredOn, some) => stored({ type: 'ProcedureTransferred', data: { from: units[0], to: placeOf(some), reorganisation: 'r', step: 0, decision: { number: '1', date: '2025-01-01' }, occurredOn, stage: 'published' } }),
  move: (day, some) => correct(0, { owningUnit: placeOf(some) }, 'published', day),
  regroup: (day, some) => correct(0, { group: some % 2 === 0 ? 'A' : 'C' }, 'published', day),
  refield: (day, some) => correct(0, { field: some % 2 === 0 ? 'tài chính' : 'Văn  Phòng' }, 'published', day),
  resign: (day, some) => correct(1 + (some % 3), { 'decision.date': some % 2 === 0 ? '2025-01-30' : '2025-01-01' }, 'published', day),
  redisclose: (day, some) => correct(2 + (some % 3), { date: '2025-01-03' }, 'disclosed', day),
  rekind: (occurredOn) => stored({ type: 'RecordCorrected', data: { revision: 0, changes: { kind: 'public', group: null }, definition: { id: 'public', version: 1 }, reason: 'x', occurredOn, stage: 'published' } }),
  migrate: (occurredOn) => stored({ type: 'ProcedureMigrated', data: { from: { id: 'internal', version: 1 }, to: { id: 'internal', version: 2 }, clocks: 'restart', reason: 'mới', occurredOn, stage: 'published' } }),
  redate: (day, some) => correct(some % 4, { occurredOn: '2025-03-15' }, 'published', day),
}; // prettier-ignore
/** What can befall units: what is merged takes nothing on any more. */
const unitFacts = ['merge', 'moveUnit', 'renameUnit'];
const corrections = ['transfer', 'move', 'regroup', 'refield', 'resign', 'redisclose', 'rekind', 'redate'];
const days = ['2025-01-10', '2025-02-10', '2025-03-10', '2025-04-10'];

interface Story {
  /** Which of the cells are looked into: there are many. */
  readonly pick: number;
  readonly hidden: readonly boolean[];
  readonly steps: readonly (readonly [who: number, fact: string, day: string, some: number])[];
}
const story: fc.Arbitrary<Story> = fc.record({
  pick: fc.nat(4),
  hidden: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
  steps: fc.array(fc.tuple(fc.nat(3), fc.constantFrom(...Object.keys(facts), ...unitFacts, ...unitFacts, 'transfer', 'transfer'), fc.constantFrom(...days), fc.integer({ min: 1, max: 9 })), { maxLength: 24 }),
}); // prettier-ignore

/** One of which every report has something to say. */
const told: Story = {
  pick: 0,
  hidden: [false, false, true, false],
  steps: [
    [1, 'review', '2025-01-10', 2],
    [1, 'publish', '2025-02-10', 1],
    [2, 'publish', '2025-01-10', 1],
    [2, 'publish', '2025-01-10', 2],
    [2, 'propose', '2025-03-10', 5],
    [2, 'simplify', '2025-04-10', 2],
    [2, 'transfer', '2025-04-10', 3],
    [0, 'merge', '2025-04-10', 1],
    [1, 'transfer', '2025-04-10', 4],
    [1, 'moveUnit', '2025-04-10', 1],
    [3, 'renameUnit', '2025-04-10', 2],
    [1, 'review', '2025-04-10', 3],
    [1, 'merge', '2025-04-10', 2],
  ],
};

/** Each report with ways to ask it. */
const questions: readonly (readonly [Report<never>, object, { readonly from?: string; readonly to?: string; readonly unit?: string }])[] = [
  [funnel, {}, {}],
  ...(['kind', 'group', 'field', 'unit'] as const).map((by) => [savings, { by }, {}] as const),
  [onTime, {}, {}],
  [onTime, { signedFrom: '2025-01-02' }, {}],
  [onTime, { signedFrom: '2025-01-01', signedTo: '2025-01-15' }, {}],
  [savings, { by: 'unit' }, { from: '2025-02-01', to: '2025-03-31' }],
  [savings, { by: 'group' }, { from: '2025-03-15' }],
  [activity, {}, { from: '2025-01-10', to: '2025-03-20' }],
  [cycleTimes, {}, { from: '2025-01-15', to: '2025-02-28' }],
  [overdue, {}, {}],
  [workload, {}, {}],
  [activity, {}, {}],
  [cycleTimes, {}, {}],
  [reviewResultsTable, {}, {}],
  ...[savings, overdue, workload, activity, reviewResultsTable].map(
    (report) => [report as Report<never>, { by: 'unit' }, { unit: units[0] }] as const,
  ),
];
/** Whether what the cell rests on comes to what stands in it: a running number, and what was corrected since, rest on what they name. */
const isSummed = (report: string, column: string): boolean => report !== 'review-results' && column !== 'fieldName';
/** Whose rows are sums over procedures, each of which stands in one of them. */
const summed: readonly string[] = ['funnel', 'savings', 'on-time', 'overdue', 'cycle-times', 'activity'];

describe('Every report', () => {
  let installation: FollowedInstallation;
  let sources: Sources;
  beforeAll(async () => {
    installation = await openFollowed('embedded', [register, counts, figures, publications, deadlines, work, acts, stageStays, reviewResults, pastUnits]);
    const { store, database } = installation;
    const [definitions, calendars] = [new Definitions(store), new Calendars(store)];
    await definitions.publishInitial();
    await calendars.publishInitial();
    const [internal] = lifecycleDefinitions as [LifecycleDefinition];
    const definition = { ...internal, version: timed.version, calendar: 'vn', deadlines: limits };
    await store.append('lifecycle-internal', [{ ...anEvent({ definition }), type: 'LifecyclePublished' }], { expected: ANY });
    sources = new Sources(database, definitions, calendars, {} as never);
    await registerUnit({ id: ministry, name: 'Bộ', level: 'ministry', parent: null });
    await registerUnit({ id: otherService, name: 'Quân chủng khác', level: 'service', parent: ministry });
    await registerUnit({ id: units[0], name: 'Quân chủng', level: 'service', parent: ministry });
    await registerUnit({ id: units[1], name: 'Đơn vị', level: 'unit', parent: units[0] });
  });
  afterAll(() => installation.close());

  const at = new Date('2025-06-01T00:00:00Z');
  /** The units as they stand now, kept by hand. */
  const model = new Map<string, Unit>();
  const append = async (stream: string, event: NewEvent): Promise<bigint> => (await installation.store.append(stream, [event], { expected: ANY })).position;
  const registerUnit = async ({ id, name, level, parent }: Unit): Promise<bigint> => {
    model.set(id, { id, name, level, parent, closed: false, mergedInto: null });
    return append(`unit-${id}`, { ...anEvent({ name, level, parent }), type: 'UnitRegistered' });
  };
  /** Does it to one of the units, where it can be done; null where it cannot. */
  const befall = async (fact: string, places: readonly string[], [who, some]: readonly [number, number]): Promise<bigint | null> => {
    const of = model.get(places[who % 3] ?? '');
    const into = model.get(places[some % 3] ?? '');
    if (!of || of.closed === true) return null;
    const happened = (type: string, data: object, after: Partial<Unit>): Promise<bigint> => {
      model.set(of.id, { ...of, ...after });
      return append(`unit-${of.id}`, { ...anEvent(data), type });
    };
    if (fact === 'renameUnit') return happened('UnitRenamed', { name: `Tên ${String(some)}` }, { name: `Tên ${String(some)}` });
    if (fact === 'moveUnit') {
      const parent = some % 2 === 0 ? units[0] : otherService;
      return happened('UnitMoved', { parent }, { parent });
    }
    return !into || into.closed === true || into === of ? null : happened('UnitMerged', { into: into.id }, { closed: true, mergedInto: into.id });
  };

  interface Period {
    readonly from?: string;
    readonly to?: string;
    readonly unit?: string;
  }
  interface More {
    readonly past?: bigint;
    readonly sight?: Sight;
    readonly filters?: object;
    readonly by?: UnitBasis;
  }
  const asking = async (own: object, { unit, ...days }: Period, { past: position, sight = everything, filters, by }: More = {}): Promise<Asked<never>> => {
    const past: PastMoment | null = position === undefined ? null : { position, asked: { position } };
    const period = { isAsked: Object.keys(days).length > 0, over: null };
    const { tree, ...restated } = await placed(installation.database, { units: by, past, period }, new UnitTree([...model.values()]));
    const among = { sight, units: unit === undefined ? undefined : tree.subtree(unit), ...restated, ...filters };
    return { filters: among, tree, at, past, own: own as never, ...days };
  };
  /** Fields are shown as they are written now. */
  const read = async (report: Report<never>, asked: Asked<never>): Promise<ReportRows> => {
    const { rows, ...rest } = await report.rows(asked, sources, { limit: 200 });
    return { ...rest, rows: rows.map((row) => ('fieldName' in row ? { ...row, fieldName: '' } : row)) };
  };

  it('says of every position what it said when the log ended there, to whoever asks, and what each cell rests on', async () => {
    await fc.assert(
      fc.asyncProperty(story, async ({ hidden, steps, pick }) => {
        let cell = pick;
        const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()];
        places = [first, second, third, ...units];
        const ids: readonly string[] = hidden.map(() => randomUUID());
        const own = ids.map((id, index) => [id, register0({ title: String(index), owningUnit: placeOf(index), ...(index % 2 === 0 && { definition: timed }), ...(hidden[index] === true && { classification: 'confidential' }) })] as const);
        const answers: { readonly position: bigint; readonly said: readonly ReportRows[][]; readonly withdrawn: ReadonlySet<string> }[] = [];
        const keepers = new Map<string, string>(ids.map((id, index) => [id, placeOf(index)]));
        const withdrawn = new Set<string>();
        for (const [index, id] of [first, second, third].entries()) await registerUnit({ id, name: `Đơn vị ${String(index)}`, level: 'unit', parent: units[0] });
        // Whoever sees nearly everything is answered from sums of everything.
        const nearly: Sight = { units: new Set([...model.keys()].filter((unit) => unit !== second)), clearance: 'topSecret' };
        const readers = [everything, open, nearly];
        let position = 0n;
        for (const [id, event] of own) position = await append(`procedure-${id}`, event);
        const say = async (): Promise<readonly ReportRows[][]> => {
          expect(await installation.processors.waitFor(position, 10_000)).toBe(true);
          return Promise.all(readers.map((sight) => Promise.all(questions.map(async ([report, by, period]) => read(report, await asking(by, period, { sight }))))));
        };
        const ended = new Set<number>();
        for (const [index, [who, fact, day, some]] of steps.entries()) {
          if (unitFacts.includes(fact)) {
            position = (await befall(fact, [first, second, third], [who, some])) ?? position;
          } else {
            // Nothing but corrections comes after the end.
            if (ended.has(who) && !corrections.includes(fact)) continue;
            const [id, event] = [ids[who] ?? '', facts[fact]?.(day, some)];
            if (!event) throw new Error(`Nothing is known of ${fact}.`);
            if (fact === 'abolish' || fact === 'withdraw') ended.add(who);
            if (fact === 'withdraw') withdrawn.add(id);
            if (fact === 'transfer' || fact === 'move') keepers.set(id, placeOf(some));
            position = await append(`procedure-${id}`, event);
          }
          if (index % 7 === 3) answers.push({ position, said: await say(), withdrawn: new Set(withdrawn) });
        }
        answers.push({ position, said: await say(), withdrawn });
        for (const { position: past, said } of answers)
          for (const [index, sight] of readers.entries())
            for (const [place, [report, by, period]] of questions.entries())
              expect([report.name, by, period, await read(report, await asking(by, period, { sight, past }))]).toEqual([report.name, by, period, said[index]?.[place]]);

        // By the units of today nothing is lost or counted twice, and each procedure stands with whoever keeps it now.
        const today = new UnitTree([...model.values()]);
        for (const { position: past, said, withdrawn: gone } of answers)
          for (const [place, [report, by, period]] of questions.entries()) {
            const restated = await read(report, await asking(by, period, { past, by: 'today' }));
            if (past === position) expect([report.name, by, period, restated]).toEqual([report.name, by, period, await read(report, await asking(by, period, { by: 'today' }))]);
            // A period that is not over ends now, whether now is named or not.
            for (const moment of [{ past }, {}])
              if (past === position) expect([report.name, by, period, restated]).toEqual([report.name, by, period, await read(report, await asking(by, period, { ...moment, by: 'then' }))]);
            if (summed.includes(report.name) && period.unit === undefined) expect([report.name, by, period, sumsOf(report, by, restated)]).toEqual([report.name, by, period, sumsOf(report, by, said[0]?.[place])]);
            if (report.name !== 'savings' || (by as { by?: string }).by !== 'unit' || period.unit !== undefined) continue;
            const kept = ids.filter((id) => !gone.has(id) && today.present(keepers.get(id) ?? '') !== undefined).map((id) => today.present(keepers.get(id) ?? '')?.id);
            for (const unit of [first, second, third])
              expect([unit, restated.rows.find(({ key }) => key === unit)?.['procedures'] ?? 0]).toEqual([unit, kept.filter((one) => one === unit).length]);
          }

        const [early] = answers;
        const bases: readonly More[] = [{}, { past: early?.position ?? 0n }, { past: early?.position ?? 0n, by: 'today' }];
        for (const sight of [everything, open])
          for (const [report, by, period] of questions)
            for (const base of bases) {
             const asked = await asking(by, period, { sight, ...base });
             for (const { key, ...row } of (await read(report, asked)).rows)
              for (const column of report.columns(by as never)) {
                if (cell++ % 13 !== 0 || !isSummed(report.name, column.key)) continue;
                let cursor: string | undefined;
                const sum = { numerator: 0, denominator: 0, whole: 0 };
                do {
                  const page = await report.explain?.(asked, { row: key, column: column.key }, sources, { limit: 20, cursor });
                  if (!page) throw new Error(`${report.name} explains nothing.`);
                  expect(page.value).toEqual(row[column.key] ?? null);
                  for (const { contributes, part, stream } of page.events) {
                    if (sight === open) expect(ids.filter((_, one) => hidden[one]).map((id) => `procedure-${id}`)).not.toContain(stream);
                    sum[part === undefined || part === 'sample' ? 'whole' : part] += contributes ?? 0;
                  }
                  cursor = page.nextCursor ?? undefined;
                } while (cursor !== undefined);
                const told = [report.name, by, period, base, key, column.key];
                if (column.type === 'count' || column.type === 'money') expect([...told, sum.whole]).toEqual([...told, row[column.key]]);
                if (column.key === 'cutPercent' && report.name === 'savings') expect([...told, [row['implemented'], row['before']]]).toEqual([...told, [sum.numerator, sum.denominator]]);
              }
            }
      }),
      { numRuns: 4, endOnFailure: true, examples: [[told]] },
    );
  });

  /** Of each figure, over all rows. */
  const sumsOf = (report: Report<never>, own: object, said: ReportRows | undefined): Readonly<Record<string, number>> =>
    Object.fromEntries(report.columns(own as never).filter(({ type }) => type === 'count' || type === 'money').map(({ key }) => [key, (said?.rows ?? []).reduce((sum, row) => sum + Number(row[key]), 0)]));

  it('adds up over parts that have nothing in common', async () => {
    for (const [report, by, period] of questions.filter(([{ name }, , { unit }]) => unit === undefined && name !== 'review-results')) {
      const all = await read(report, await asking(by, period));
      if (Object.keys(period).length === 0 && Object.keys(by).length === 0) expect([report.name, all.rows.length > 0]).toEqual([report.name, true]);
      const parts = await Promise.all([...model.keys()].map(async (unit) => read(report, await asking(by, period, { filters: { units: [unit] } }))));
      for (const row of all.rows)
        for (const { key, type } of report.columns(by as never)) {
          if (type !== 'count' && type !== 'money') continue;
          const sum = parts.flatMap(({ rows }) => rows.filter((one) => one.key === row.key)).reduce((total, one) => total + Number(one[key]), 0);
          expect([report.name, row.key, key, sum]).toEqual([report.name, row.key, key, row[key]]);
        }
    }
  });

  it('adds up over periods that have nothing in common', async () => {
    const whole = await read(savings, await asking({ by: 'group' }, {}));
    const parts = await Promise.all([{ to: '2025-02-10' }, { from: '2025-02-11', to: '2025-03-10' }, { from: '2025-03-11' }].map(async (period) => read(savings as Report<never>, await asking({ by: 'group' }, period))));
    for (const row of whole.rows)
      for (const column of ['promised', 'approved', 'implemented'])
        expect([row.key, column, parts.reduce((total, { rows }) => total + Number(rows.find(({ key }) => key === row.key)?.[column] ?? 0), 0)]).toEqual([row.key, column, row[column]]);
  });

  it('knows no row that it does not have', async () => {
    for (const [report, by, period] of questions)
      await expect(report.explain?.(await asking(by, period), { row: 'x/y/z', column: 'count' }, sources, { limit: 1 })).rejects.toThrow(NotReported);
  });
}); // prettier-ignore
