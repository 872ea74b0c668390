import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ANY } from '#event-store';
import type { NewEvent } from '#event-store';
import { anEvent } from '#event-store/testing';
import { register } from '#procedures';
import { listPeriods, periodsView } from '#programmes';
import type { ClosedPeriod } from '#programmes';
import { PeriodFigures, Sources, counts, figures, publications } from '#reporting';
import { Calendars, Definitions, UnitTree } from '#workflow';
import { openFollowed } from './support/log-installation.js';
import type { FollowedInstallation } from './support/log-installation.js';

const unit = '11111111-0000-4000-8000-000000000001';
const other = '11111111-0000-4000-8000-000000000002';
const span = { unit, period: '2025', begins: '2024-12-15', ends: '2025-12-14', lastDay: 14, units: [unit] };

const told = (type: string, data: object): NewEvent => ({ ...anEvent(data), type });
const cost = (fee: number): object => ({ hourlyWage: 0, lines: [{ hours: '0', fee, service: 0 }], timesPerYear: 1, subjectsPerYear: 1 });
const decision = { number: '2', date: '2025-01-02', effectiveDate: '2025-02-02', signer: 'A' };
const registered = (change: object = {}): NewEvent =>
  told('ProcedureRegistered', {
    ...{ title: 'T', kind: 'internal', group: 'D', field: 'văn phòng', owningUnit: unit, parts: {} },
    ...{ definition: { id: 'internal', version: 1 }, occurredOn: '2025-01-01', stage: 'registered', ...change },
  });
const published = (date = decision.date): NewEvent =>
  told('ProcedurePublished', { decision: { ...decision, date }, occurredOn: date, stage: 'published' });
const proposed = (before: number, after: number, occurredOn = '2025-03-01'): NewEvent =>
  told('OptionProposed', {
    ...{ optionId: 'o', by: [], occurredOn, stage: 'optionProposed' },
    option: { type: 'cutStep', content: 'x', reason: 'x', documentsToAmend: [], before: cost(before), after: cost(after) },
    saving: { before: { once: before, year: before }, after: { once: after, year: after }, saving: before - after, cutPercent: null },
  });

describe('A closed period', () => {
  let installation: FollowedInstallation;
  let periods: PeriodFigures;
  const [one, secret, elsewhere] = [randomUUID(), randomUUID(), randomUUID()];
  const append = async (stream: string, ...events: readonly NewEvent[]): Promise<bigint> => {
    const { position } = await installation.store.append(stream, events, { expected: ANY });
    expect(await installation.processors.waitFor(position, 20_000)).toBe(true);
    return position;
  };
  const at = '2026-01-02T00:00:00.000Z';
  const closed = async (position: bigint): Promise<ClosedPeriod> => {
    const reports = await periods.frozen(span, { position, at: new Date(at) });
    return { ...span, position: String(position), at, reports: JSON.parse(JSON.stringify(reports)) as ClosedPeriod['reports'] };
  };
  const savedIn = ({ reports }: ClosedPeriod): unknown => reports.find(({ asked }) => asked['by'] === 'kind')?.rows;
  const differences = async (of: ClosedPeriod) => (await periods.differences(of)).items;

  beforeAll(async () => {
    installation = await openFollowed('embedded', [register, counts, figures, publications, periodsView]);
    const { store, database } = installation;
    const [definitions, calendars] = [new Definitions(store), new Calendars(store)];
    await definitions.publishInitial();
    await calendars.publishInitial();
    periods = new PeriodFigures(new Sources(database, definitions, calendars, {} as never), () => new UnitTree([]));
  });
  afterAll(() => installation.close());

  it('reads as it was closed whatever is entered for it later, and what reads otherwise is named with the events that it comes from', async () => {
    await append(`procedure-${one}`, registered(), published());
    await append(`procedure-${elsewhere}`, registered({ owningUnit: other }), published(), proposed(500, 100));
    const before = await closed(await append(`procedure-${secret}`, registered({ classification: 'confidential' }), published(), proposed(9_000, 1)));
    expect(savedIn(before)).toMatchObject([{ key: 'internal', procedures: 1, promised: 0 }]);
    expect(await differences(before)).toEqual([]);

    // Done in the period, entered after it was closed; and done after it, which is none of its business.
    await append(`procedure-${one}`, proposed(90, 40));
    await append(`procedure-${elsewhere}`, told('OptionReturned', { optionId: 'o', reason: 'x', occurredOn: '2025-04-01', stage: 'published' }));
    const late = { optionId: 'o', passed: true, remarks: 'x', by: [], occurredOn: '2026-01-20', stage: 'qualityChecked' };
    await append(`procedure-${one}`, told('OptionQualityChecked', late), told('OptionApproved', { optionId: 'o', decision, occurredOn: '2026-01-21', stage: 'optionApproved' }));
    await append(`procedure-${secret}`, told('OptionReturned', { optionId: 'o', reason: 'x', occurredOn: '2025-04-01', stage: 'published' }));
    expect(await closed(BigInt(before.position))).toEqual(before);
    const [, , proposal] = await installation.store.read(`procedure-${one}`);
    const promised = (await differences(before)).filter(({ column }) => column === 'promised');
    expect(promised.map(({ row, asked, closed: was, now, difference }) => [asked['by'], row, was, now, difference])).toEqual([
      ['kind', 'internal', 0, 50, 50],
      ['group', 'D', 0, 50, 50],
    ]);
    for (const { events, more } of promised) {
      expect(events).toMatchObject([{ stream: `procedure-${one}`, type: 'OptionProposed', position: String(proposal?.position), contributes: 50 }]);
      expect(more).toBe(false);
    }
    expect((await differences(before)).filter(({ column }) => column === 'approved')).toEqual([]);
  });

  it('names the correction of a decision that was signed in it', async () => {
    const before = await closed((await installation.store.head()) ?? 0n);
    const data = { revision: 1, changes: { 'decision.effectiveDate': '2025-01-03' }, reason: 'gõ nhầm ngày', occurredOn: '2025-01-05', stage: 'published' };
    await append(`procedure-${one}`, told('RecordCorrected', data));
    const onTime = (await differences(before)).filter(({ report }) => report === 'on-time');
    expect(onTime.map(({ column, difference }) => [column, difference])).toEqual([['met', -1], ['late', 1]]);
    for (const { events } of onTime) expect(events).toMatchObject([{ stream: `procedure-${one}`, type: 'RecordCorrected' }]);
    expect(await closed(BigInt(before.position))).toEqual(before);
  });

  it('is about what its units kept: what was given to others since is no difference, and what is entered for it or corrected of it there is one', async () => {
    const [given, taken] = [randomUUID(), randomUUID()];
    await append(`procedure-${given}`, registered(), published());
    const before = await closed(await append(`procedure-${taken}`, registered({ owningUnit: other }), published(), proposed(700, 100)));
    const transferred = (from: string, to: string, stage: string): NewEvent =>
      told('ProcedureTransferred', { from, to, reorganisation: randomUUID(), step: 0, decision: { number: '3', date: '2026-01-05' }, occurredOn: '2026-01-06', stage });
    await append(`procedure-${given}`, transferred(unit, other, 'published'));
    expect(await differences(before)).toEqual([]);
    await append(`procedure-${taken}`, transferred(other, unit, 'optionProposed'));
    expect(await differences(before)).toEqual([]);

    const correction = { revision: 1, changes: { 'decision.date': '2024-12-01' }, reason: 'gõ nhầm ngày', occurredOn: '2026-01-07', stage: 'published' };
    await append(`procedure-${given}`, told('RecordCorrected', correction), proposed(90, 40));
    await append(`procedure-${taken}`, told('OptionReturned', { optionId: 'o', reason: 'x', occurredOn: '2025-04-01', stage: 'published' }));
    const found = (await differences(before)).map(({ report, column, difference, events }) => [report, column, difference, events.map(({ type, stream }) => [type, stream])]);
    const entered = ['savings', 'promised', 50, [['OptionProposed', `procedure-${given}`]]];
    expect(found).toEqual([entered, entered, ['on-time', 'met', -1, [['RecordCorrected', `procedure-${given}`]]]]);
  });

  it('is about what was published in it, also where that was published again since', async () => {
    const again = randomUUID();
    const before = await closed(await append(`procedure-${again}`, registered({ group: 'B' }), published()));
    const after = await append(`procedure-${again}`, published('2026-01-09'));
    expect(await differences(before)).toEqual([]);
    expect((await closed(after)).reports).toEqual(before.reports);

    const correction = { revision: 1, changes: { 'decision.effectiveDate': '2025-06-02' }, reason: 'gõ nhầm ngày', occurredOn: '2026-01-10', stage: 'published' };
    await append(`procedure-${again}`, told('RecordCorrected', correction));
    const found = (await differences(before)).map(({ row, column, difference, events }) => [row, column, difference, events.map(({ type }) => type)]);
    const inRow = 'signedBeforeEffect/internal/B';
    expect(found).toEqual([[inRow, 'met', 1, ['RecordCorrected']], [inRow, 'late', -1, ['RecordCorrected']]]);
  });

  it('names what took the last publication out of a row', async () => {
    const last = randomUUID();
    const before = await closed(await append(`procedure-${last}`, registered({ group: 'C' }), published()));
    const data = { revision: 1, changes: { 'decision.date': '2024-12-01' }, reason: 'gõ nhầm ngày', occurredOn: '2026-01-08', stage: 'published' };
    await append(`procedure-${last}`, told('RecordCorrected', data));
    const found = (await differences(before)).map(({ row, column, closed: was, now, events }) => [row, column, was, now, events.map(({ type, contributes }) => [type, contributes])]);
    expect(found).toEqual([['signedBeforeEffect/internal/C', 'met', 1, 0, [['RecordCorrected', -1]]]]);
  });

  it('is listed for whoever sees the unit, and stands in its view as it is rebuilt', async () => {
    const id = randomUUID();
    await append(`period-${id}`, told('PeriodClosed', await closed(1n)));
    const listed = async (units: ReadonlySet<string> | null) =>
      (await listPeriods(installation.database, { sight: { units, clearance: 'none' }, limit: 50 })).items;
    const seen = await listed(null);
    expect(seen).toMatchObject([{ id, unit, period: '2025', begins: '2024-12-15', ends: '2025-12-14', position: '1' }]);
    expect([await listed(new Set([unit])), await listed(new Set([other]))]).toEqual([seen, []]);
    await installation.processors.rebuild('periods');
    expect(await listed(null)).toEqual(seen);
  });
}); // prettier-ignore
