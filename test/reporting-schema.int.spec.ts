import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { ANY, openEventStore } from '#event-store';
import type { EventStore, NewEvent } from '#event-store';
import { anEvent } from '#event-store/testing';
import { migrateIdentity } from '#identity';
import { openDatabase } from '#platform';
import type { Database } from '#platform';
import { Processors } from '#processors';
import type { View } from '#processors';
import { Programmes, indicatorIdOf } from '#programmes';
import { Progress, ReportingSchema, Sources, reportingRoles, reportingViews, roleStatements, savings } from '#reporting';
import { Calendars, Definitions, UnitTree } from '#workflow';
import type { Sight } from '#workflow';
import { everyView } from '../apps/worker/src/what-follows.js';
import { startPostgres } from './support/postgres-server.js';
import type { PostgresServer } from './support/postgres-server.js';

const ministry = '11111111-0000-4000-8000-000000000001';
const service = '11111111-0000-4000-8000-000000000002';
const unit = '11111111-0000-4000-8000-000000000003';
const open: Sight = { units: null, clearance: 'none' };
const on = '2025-01-02';

const told = (type: string, data: object): NewEvent => ({ ...anEvent(data), type });
const cost = (fee: number): object => ({ hourlyWage: 0, lines: [{ hours: '0', fee, service: 0 }], timesPerYear: 1, subjectsPerYear: 1 });
const decision = { number: '2', date: on, effectiveDate: '2025-02-02', signer: 'A' };
const proposed = (id: string, before: number, after: number): NewEvent =>
  told('OptionProposed', {
    ...{ optionId: id, by: [], occurredOn: on, stage: 'optionProposed' },
    option: { type: 'cutStep', content: 'Bỏ một bước', reason: 'x', documentsToAmend: [], before: cost(before), after: cost(after), days: { before: 10, after: 6 } },
    saving: { before: { once: before, year: before }, after: { once: after, year: after }, saving: before - after, cutPercent: '50.00' },
  }); // prettier-ignore
const registered = (change: object): NewEvent =>
  told('ProcedureRegistered', {
    ...{ title: 'Thủ tục', kind: 'internal', group: 'D', field: 'Văn phòng', owningUnit: unit, parts: {} },
    ...{ definition: { id: 'internal', version: 1 }, occurredOn: '2025-01-01', stage: 'registered', ...change },
  });
const published = (): NewEvent => told('ProcedurePublished', { decision, occurredOn: on, stage: 'published' });
const simplified = (id: string): readonly NewEvent[] => [
  told('OptionQualityChecked', { optionId: id, passed: true, remarks: 'x', by: [], occurredOn: on, stage: 'qualityChecked' }),
  told('OptionApproved', { optionId: id, decision, occurredOn: on, stage: 'optionApproved' }),
  told('ProcedureSimplified', { optionId: id, document: { title: 'TT', number: '1', date: on, effectiveDate: on }, occurredOn: on, stage: 'simplified' }),
]; // prettier-ignore

const secret = randomUUID();
const programme = randomUUID();
const indicator = indicatorIdOf('phan-mem');
const [board, meeting] = [randomUUID(), randomUUID()];
const target = (metric: string, more: object = {}): NewEvent =>
  told('TargetSet', { target: { id: randomUUID(), metric, threshold: '20', deadline: '2025-12-31', scope: {}, ...more } });
const log: Readonly<Record<string, readonly NewEvent[]>> = {
  [`unit-${ministry}`]: [told('UnitRegistered', { name: 'Bộ', level: 'ministry', parent: null })],
  [`unit-${service}`]: [told('UnitRegistered', { name: 'Quân chủng', level: 'service', parent: ministry })],
  [`unit-${unit}`]: [told('UnitRegistered', { name: 'Đơn vị', level: 'unit', parent: service })],
  [`procedure-${randomUUID()}`]: [registered({ title: 'Cắt xong' }), published(), proposed('a', 90, 40), ...simplified('a')],
  [`procedure-${randomUUID()}`]: [registered({ group: 'A', owningUnit: service }), published(), proposed('b', 30, 10)],
  [`procedure-${randomUUID()}`]: [registered({ kind: 'public', group: undefined }), told('ProcedureWithdrawn', { reason: 'x', occurredOn: on, stage: 'withdrawn' })],
  [`procedure-${secret}`]: [registered({ title: 'Mật', classification: 'confidential' }), published(), proposed('c', 7_000, 1_000), ...simplified('c')],
  [`programme-${programme}`]: [
    told('ProgrammeMade', { code: 'KH', title: 'Kế hoạch', from: '2025-01-01', to: '2025-12-31' }),
    ...['published', 'optionProposed', 'optionApproved', 'simplified', 'proceduresCut', 'costCut', 'timeCut', 'conditionsCut'].map((metric) => target(metric)),
    target('costCut', { scope: { unit: service, field: 'Văn phòng' }, baseline: { year: 2025 } }),
    target('costCut', { scope: { kind: 'internal', group: 'D' }, baseline: { value: '1000' } }),
    target('indicator:phan-mem'),
    told('TargetWithdrawn', { target: 'x', reason: 'x' }),
  ],
  [`indicator-${indicator}`]: [told('IndicatorDefined', { code: 'phan-mem', title: 'Phần mềm', unitOfMeasure: 'đơn vị', per: 'unit', owner: service })],
  [`board-${board}`]: [
    told('SteeringBoardEstablished', { title: 'Ban chỉ đạo', unit: service, document: { number: '1/QĐ', date: '2025-01-10' } }),
    told('BoardMemberAppointed', { member: { id: randomUUID(), person: randomUUID(), role: 'head', from: '2025-01-10' } }),
    told('BoardMemberAppointed', { member: { id: randomUUID(), person: randomUUID(), role: 'member', from: '2025-01-10', to: '2025-02-01' } }),
    told('BoardMeetingHeld', { meeting: { id: meeting, date: '2025-01-20', title: 'Họp', present: [randomUUID(), randomUUID()] } }),
    ...['2025-03-01', '2199-03-01'].map((dueOn) => told('RecommendationMade', { recommendation: { id: randomUUID(), meeting, text: 'Mật', owner: unit, dueOn }, occurredOn: on })),
  ],
  [`report-${randomUUID()}`]: [told('IndicatorReported', { indicator, unit, period: '2025', value: '1', by: [] })],
}; // prettier-ignore

describe('The schema for other programs', () => {
  let server: PostgresServer;
  let database: Database;
  let store: EventStore;
  let processors: Processors;
  let reader: pg.Client;
  const faults: string[] = [];
  const schema = (views: readonly View[] = everyView): ReportingSchema =>
    new ReportingSchema(views, (sentence) => void faults.push(sentence));

  beforeAll(async () => {
    server = await startPostgres();
    database = await openDatabase({ url: server.url, dataDir: '' });
    store = await openEventStore(database);
    await migrateIdentity(database);
    processors = new Processors({ database, store, views: everyView, dependents: schema() });
    await processors.start();
    await schema().prepare(database);
    const login = readFileSync('docker/reporting-login.sql', 'utf8').replace(`:'password'`, `'đúng'`);
    await database.pool.query(login);
    reader = new pg.Client({ connectionString: server.url.replace('postgres:postgres@', 'tinhgon_grafana:%C4%91%C3%BAng@') });
    await reader.connect();
    for (const [stream, events] of Object.entries(log)) await store.append(stream, events, { expected: ANY });
    expect(await processors.waitFor((await store.head()) ?? 0n, 30_000)).toBe(true);
  });
  afterAll(async () => {
    await reader.end();
    await processors.stop();
    await store.close();
    await database.close();
    await server.stop();
  });

  const asking = async (role: string | null, sql: string): Promise<readonly Record<string, unknown>[]> =>
    database.transaction(async (transaction) => {
      if (role !== null) await transaction.query(`SET LOCAL ROLE ${role}`);
      return (await transaction.query<Record<string, unknown>>(sql)).rows;
    });
  const read = async (sql: string): Promise<readonly Record<string, unknown>[]> => (await reader.query<Record<string, unknown>>(sql)).rows;

  it('is there without a fault, and shows nothing of what is classified to whoever is not cleared', async () => {
    expect(faults).toEqual([]);
    const ofProcedures = reportingViews.filter(({ columns }) => columns.some(([name]) => name === 'procedure')).map(({ name }) => name);
    expect(ofProcedures).toHaveLength(6);
    for (const name of ofProcedures) {
      const rows = await asking(reportingRoles[1], `SELECT classification FROM reporting.${name} WHERE procedure = '${secret}'`);
      expect([name, await read(`SELECT * FROM reporting.${name} WHERE procedure = '${secret}'`)]).toEqual([name, []]);
      if (name !== 'deadlines') expect([name, rows[0]]).toEqual([name, { classification: 'confidential' }]);
    }
    const counts = await Promise.all(
      reportingRoles.map((role) => asking(role, 'SELECT count(*)::integer AS count FROM reporting.procedures')),
    );
    expect(counts.map(([row]) => row?.['count'])).toEqual([3, 4, 4, 4]);
  });

  it('gives away nothing by what a reader brings into a statement', async () => {
    await asking(null, `CREATE OR REPLACE FUNCTION public.told(text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS $$ BEGIN RAISE NOTICE '%', $1; RETURN true; END $$`);
    const notices: string[] = [];
    reader.on('notice', ({ message }) => notices.push(String(message)));
    await read('SELECT * FROM reporting.procedures p WHERE public.told(p.title)');
    expect(notices).toContain('Cắt xong');
    expect(notices).not.toContain('Mật');
  }); // prettier-ignore

  it('clears nobody who has a schema of their own for more, whatever stands in it under the names that it calls', async () => {
    await asking(null, 'CREATE SCHEMA lures; GRANT USAGE ON SCHEMA lures TO PUBLIC');
    await asking(null, `CREATE AGGREGATE lures.max(bigint) (SFUNC = int8larger, STYPE = bigint, INITCOND = '3')`);
    await read('SET search_path = lures, pg_catalog');
    expect(await read(`SELECT max(1::bigint) AS lured, reporting.clearance() FROM reporting.procedures`)).toEqual([
      { lured: '3', clearance: 0 },
    ]);
    expect(await read(`SELECT FROM reporting.procedures WHERE procedure = '${secret}'`)).toEqual([]);
    await read('RESET search_path');
  });

  it.each([
    ['a table of a view', 'SELECT * FROM views.register'],
    ['the log', 'SELECT * FROM event_log.events'],
    ['names and passwords', 'SELECT * FROM identity.people'],
    ['another role', 'SET ROLE tinhgon_reporting_confidential'],
    ['a row to write', 'BEGIN READ WRITE; UPDATE reporting.programmes SET title = title'],
    ['a table to make', 'BEGIN READ WRITE; CREATE TABLE reporting.mine (id integer)'],
  ])('gives its reader no %s', async (_, sql) => {
    await expect(reader.query(sql)).rejects.toThrow(/permission denied|cannot execute/);
    await reader.query('ROLLBACK');
  });

  it('says the figures that the reports say to whoever sees everything that is not classified', async () => {
    const [definitions, calendars] = [new Definitions(store), new Calendars(store)];
    await calendars.publishInitial();
    const sources = new Sources(database, definitions, calendars, {} as never);
    const tree = new UnitTree([
      { id: ministry, name: 'Bộ', level: 'ministry', parent: null },
      { id: service, name: 'Quân chủng', level: 'service', parent: ministry },
      { id: unit, name: 'Đơn vị', level: 'unit', parent: service },
    ]);
    const asked = { filters: { sight: open }, tree, at: new Date('2025-06-01T00:00:00Z'), past: null, own: { by: 'kind' } as const };
    const { totals } = await savings.rows(asked, sources, { limit: 200 });
    const sums = await read(
      `SELECT count(*)::integer AS procedures, sum(cost_before)::integer AS before, sum(saving_promised)::integer AS promised,
         sum(saving_approved)::integer AS approved, sum(saving_implemented)::integer AS implemented, sum(saving_measured)::integer AS measured
       FROM reporting.procedures WHERE NOT withdrawn`,
    );
    expect(totals).toMatchObject({ procedures: 2, before: 120, promised: 70, implemented: 50, cutPercent: '41.67' });
    expect(totals).toMatchObject(sums[0] ?? {});

    const progress = new Progress(database, new Programmes(store, () => tree, { now: () => new Date() }), calendars, () => tree);
    const standing = await progress.now(programme, { sight: open }, new Date('2025-06-01T00:00:00Z'));
    const targets = await read('SELECT numerator::float8, denominator::float8, value::text, coalesce(reached, false) AS reached FROM reporting.targets ORDER BY number');
    expect(targets).toHaveLength(11);
    expect(targets).toEqual(standing?.targets.map(({ numerator, denominator, value, reached }) => ({ numerator, denominator, value, reached })));
  }); // prettier-ignore

  it('says what steering boards ask of whom and by when, who sits on them in numbers alone, and nothing of what was concluded', async () => {
    expect(await read('SELECT * FROM reporting.steering_boards')).toMatchObject([{ board, title: 'Ban chỉ đạo', unit: service, state: 'active', members: 1 }]);
    expect(await read('SELECT meeting, board, held_on::text, present FROM reporting.board_meetings')).toEqual([{ meeting, board, held_on: '2025-01-20', present: 2 }]);
    const asked = await read('SELECT board, meeting, owner, due_on::text, accepted, overdue FROM reporting.board_recommendations ORDER BY due_on');
    const open = { board, meeting, owner: unit, accepted: false };
    expect(asked).toEqual([{ ...open, due_on: '2025-03-01', overdue: true }, { ...open, due_on: '2199-03-01', overdue: false }]);
  }); // prettier-ignore

  it('stands on what serves after a rebuild, for whoever reads all the while, with what was built over it', async () => {
    await asking(
      null,
      'CREATE VIEW public.mine AS SELECT count(*)::integer AS count FROM reporting.procedures JOIN reporting.acts USING (procedure)',
    );
    const before = await asking(null, 'SELECT * FROM public.mine');
    let ended = false;
    const answers: unknown[] = [];
    const reading = (async () => {
      while (!ended) answers.push(...(await read('SELECT count(*)::integer AS count FROM reporting.procedures')));
    })();
    await Promise.all(['register', 'figures', 'review_results', 'directory', 'acts'].map((name) => processors.rebuild(name)));
    ended = true;
    await reading;
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set(['{"count":3}']));
    expect(await asking(null, 'SELECT * FROM public.mine')).toEqual(before);
    expect(faults).toEqual([]);
  });

  it('answers on while the database holds a view of other code, has no rows until all is built, and makes anew what had other columns', async () => {
    const with_ = (change: Partial<View>): readonly View[] => everyView.map((view) => (view.name === 'figures' ? { ...view, ...change } : view));
    const count = 'SELECT count(*)::integer AS count FROM reporting.procedures';
    await schema(with_({ codeVersion: 'other' })).prepare(database);
    expect(await read(count)).toEqual([{ count: 3 }]);
    await schema(with_({ name: 'not-built' })).prepare(database);
    expect(await read(count)).toEqual([{ count: 0 }]);
    await schema().prepare(database);
    expect(await read(count)).toEqual([{ count: 3 }]);
    expect(faults).toEqual([]);
    await database.pool.query('DROP VIEW reporting.inspections CASCADE');
    await database.pool.query('CREATE VIEW reporting.inspections AS SELECT 1 AS once');
    await schema().prepare(database);
    expect(await read('SELECT inspection FROM reporting.inspections')).toEqual([]);
    expect(faults).toEqual([expect.stringContaining('reporting.inspections has other columns')]);
  }); // prettier-ignore

  it('tells what an administrator has to do where the product may make neither schema nor roles, and goes on', async () => {
    await database.pool.query('CREATE ROLE plain LOGIN');
    await database.pool.query('CREATE DATABASE plain');
    const plain = await openDatabase({
      url: server.url.replace('postgres:postgres@', 'plain@').replace(/postgres$/, 'plain'),
      dataDir: '',
    });
    const sentences: string[] = [];
    await new ReportingSchema(everyView, (sentence) => void sentences.push(sentence)).prepare(plain);
    await plain.close();
    expect(sentences).toEqual([expect.stringContaining('CREATE SCHEMA reporting AUTHORIZATION CURRENT_USER')]);
  });

  it('describes each view and column in the catalogue, and docs/bi.md says the same', async () => {
    const columns = await read(
      `SELECT c.relname AS view, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type, col_description(c.oid, a.attnum) AS comment,
         obj_description(c.oid, 'pg_class') AS about
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
       WHERE c.relnamespace = 'reporting'::regnamespace AND c.relkind = 'v' AND a.attnum > 0 ORDER BY c.relname, a.attnum`,
    );
    const inCatalogue = new Map<string, string>();
    for (const { view, column, type, comment, about } of columns) {
      const name = String(view);
      const head = `### ${name}\n\n${String(about)}\n`;
      inCatalogue.set(name, `${inCatalogue.get(name) ?? head}\n- \`${String(column)}\` (${String(type)}): ${String(comment)}`);
    }
    expect(columns.flatMap(({ comment, about }) => [comment, about]).every((text) => typeof text === 'string' && text.length > 5)).toBe(true);
    const page = readFileSync('docs/bi.md', 'utf8');
    for (const statement of roleStatements) expect(page).toContain(`    ${statement};\n`);
    const sections = page.split(/^(?=###? )/m).filter((section) => section.startsWith('### '));
    expect(sections.map((section) => section.trim())).toEqual([...inCatalogue.values()]);
  }); // prettier-ignore

  it.each(['leaders', 'work'])('answers every panel of the dashboard %s', async (name) => {
    interface Panel {
      readonly title: string;
      readonly targets: readonly { readonly rawSql: string; readonly datasource: { readonly uid: string } }[];
    }
    const board = JSON.parse(readFileSync(`docker/grafana/dashboards/${name}.json`, 'utf8')) as {
      readonly panels: readonly Panel[];
      readonly templating: { readonly list: readonly { readonly query: string }[] };
    };
    const provisioned = readFileSync('docker/grafana/provisioning/datasources/reporting.yml', 'utf8');
    for (const { query } of board.templating.list) expect(await read(query)).toHaveLength(3);
    for (const { title, targets } of board.panels)
      for (const { rawSql, datasource } of targets) {
        expect(provisioned).toContain(`uid: ${datasource.uid}\n`);
        for (const chosen of ['all', service]) {
          const rows = await read(rawSql.replaceAll('${unit:sqlstring}', `'${chosen}'`)).catch((error: unknown) => String(error));
          expect([title, Array.isArray(rows)]).toEqual([title, true]);
          expect(JSON.stringify(rows)).not.toContain('Mật');
        }
      }
    expect(board.panels.length).toBeGreaterThan(6);
  });
});
