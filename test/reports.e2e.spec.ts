import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type StartedApp } from './support/app.js';
import {
  decision,
  goodReview,
  option,
  order,
  proposal,
  registration,
  signInAs,
  type Accepted,
  type Caller,
  type Problem,
} from './support/client.js';

interface Report {
  readonly asOf: { readonly position: string };
  readonly parameters: Readonly<Record<string, string>>;
  readonly columns: readonly { readonly key: string; readonly title: string }[];
  readonly rows: readonly ({ readonly key: string } & Readonly<Record<string, unknown>>)[];
  readonly totals?: Readonly<Record<string, unknown>>;
}
interface Compared {
  readonly columns: readonly { readonly key: string }[];
  readonly rows: readonly {
    readonly key: string;
    readonly cells: Readonly<Record<string, { readonly at: unknown; readonly with: unknown; readonly difference: unknown }>>;
  }[];
}
interface Explained {
  readonly value: unknown;
  readonly events: readonly {
    readonly stream: string;
    readonly revision: number;
    readonly type: string;
    readonly position: string;
    readonly contributes: number | null;
    readonly part?: string;
    readonly title?: string;
  }[];
  readonly nextCursor: string | null;
}

const reports = '/api/v1/reports';

describe('reports', () => {
  let app: StartedApp;
  let officer: Caller;
  let last: string;

  beforeAll(async () => {
    app = await startApp();
    officer = await signInAs(app.url, 'officer', 'service');
    for (const title of ['Một', 'Hai']) last = (await order(officer, 'procedures', { ...registration(officer), title })).position;
  });
  afterAll(() => app.stop());

  const read = async (path: string, headers: Record<string, string> = {}): Promise<Report> => {
    const { status, body } = await officer.get<Report>(`${reports}/${path}`, headers);
    expect([path, status]).toEqual([path, 200]);
    return body;
  };

  it('answer with titled columns and rows that have keys', async () => {
    const { rows, columns, parameters } = await read(`funnel?minPosition=${last}&kind=internal`, { 'accept-language': 'vi' });
    expect(rows).toContainEqual({ key: 'internal/D/registered', kind: 'internal', group: 'D', stage: 'registered', count: 2 });
    expect(columns).toContainEqual({ key: 'stage', title: 'Giai đoạn' });
    expect(parameters).toEqual({ kind: 'internal' });
    for (const name of ['funnel', 'on-time', 'overdue', 'workload']) {
      const report = await read(name);
      expect(new Set(report.rows.map(({ key }) => key)).size).toBe(report.rows.length);
      for (const row of report.rows) expect(Object.keys(row)).toEqual(expect.arrayContaining(report.columns.map(({ key }) => key)));
    }
  });

  it('are not sent again to whoever has the same answer', async () => {
    const ask = (query = '', { tag, language = 'en' }: { readonly tag?: string; readonly language?: string } = {}) =>
      officer.get(`${reports}/funnel?minPosition=${last}${query}`, { ...(tag !== undefined && { 'if-none-match': tag }), 'accept-language': language });
    let { headers, status } = await ask();
    expect([status, headers.get('cache-control')]).toEqual([200, 'private, no-cache']);
    // What follows from what was ordered is written a moment later, which makes another answer.
    for (let tries = 0; tries < 5 && status !== 304; tries++) ({ headers, status } = await ask('', { tag: headers.get('etag') ?? '' }));
    const tag = headers.get('etag') ?? '';
    expect([status, tag]).toEqual([304, expect.stringMatching(/^".{40,}"$/)]);
    const again = (query = '', language = 'en') => ask(query, { tag, language });
    expect((await again('&kind=public')).status).toBe(200);
    expect((await again('', 'vi')).status).toBe(200);
    const other = await signInAs(app.url, 'auditor', 'ministry');
    expect((await other.get(`${reports}/funnel?minPosition=${last}`, { 'if-none-match': tag })).status).toBe(200);
    last = (await order(officer, 'procedures', { ...registration(officer), title: 'Ba' })).position;
    expect((await again()).status).toBe(200);
  });

  it('go out as files for either kind of spreadsheet', async () => {
    const { status, body, headers } = await officer.get<string>(`${reports}/funnel?format=csv&separator=;&minPosition=${last}`, { 'accept-language': 'vi' });
    expect([status, headers.get('content-type'), headers.get('content-disposition')]).toEqual([200, 'text/csv; charset=utf-8', 'attachment; filename="funnel.csv"']);
    expect(body.replace(/^\uFEFF/, '')).toBe('Loại;Nhóm;Giai đoạn;Số thủ tục\r\ninternal;D;registered;3\r\n');
    const bytes = await (await fetch(`${app.url}${reports}/funnel?format=csv`, { headers: { authorization: `Bearer ${officer.token ?? ''}` } })).arrayBuffer();
    expect([...new Uint8Array(bytes).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    for (const format of ['xlsx', 'pdf']) expect((await officer.get(`${reports}/funnel?format=${format}`)).status).toBe(200);
  }); // prettier-ignore

  describe('of what was done', () => {
    let checker: Caller;
    let authority: Caller;
    let id: string;
    let programme: string;
    let target: string;
    /** What was answered after each step, by position. */
    const answered = new Map<string, readonly unknown[]>();
    const names = ['funnel', 'on-time', 'savings', 'savings?by=unit'];
    const asked = (at: string): Promise<readonly unknown[]> =>
      Promise.all([...names, `progress?programme=${programme}`].map(async (name) => (await read(`${name}${name.includes('?') ? '&' : '?'}${at}`)).rows));
    const step = async (accepted: Promise<Accepted>): Promise<Accepted> => {
      const done = await accepted;
      answered.set(done.position, await asked(`minPosition=${done.position}`));
      last = done.position;
      return done;
    };

    beforeAll(async () => {
      [checker, authority] = await Promise.all([signInAs(app.url, 'checker', 'service'), signInAs(app.url, 'authority', 'service')]);
      programme = (await order(authority, 'programmes', { code: '1', title: 'KH', from: '2022-01-01', to: '2025-12-31' })).id;
      const set = async (more: object): Promise<string> => (await authority.post<{ target: string }>(`/api/v1/programmes/${programme}/targets`, { metric: 'costCut', threshold: '20', deadline: '2025-12-31', ...more })).body.target;
      target = await set({});
      await set({ baseline: { value: '1000000000' } });
      id = (await step(order(officer, 'procedures', { ...registration(officer), title: 'Đi hết vòng đời' }))).id;
      const act = (by: Caller, action: string, body: object): Promise<Accepted> => step(order(by, `procedures/${id}/actions/${action}`, { ...body, confirm: ['implausible-date'] }));
      await act(officer, 'review', goodReview);
      await act(officer, 'propose', proposal);
      await act(authority, 'publish', { decision, occurredOn: '2025-01-15' });
      await act(officer, 'propose-option', { option, occurredOn: '2025-02-15' });
      await act(checker, 'check-quality', { passed: true, remarks: 'đạt', occurredOn: '2025-02-20' });
      await act(authority, 'approve-option', { decision, occurredOn: '2025-03-15' });
      await act(officer, 'implement-option', { document: { title: 'TT', number: '1', date: '2025-11-10', effectiveDate: '2025-12-01' }, occurredOn: '2025-11-15' });
    });

    it('stand as they were answered at each position, and at a time', async () => {
      expect(answered.size).toBe(8);
      for (const [position, rows] of answered) expect([position, await asked(`asOf=${position}`)]).toEqual([position, rows]);
      expect(await asked(`asOf=${encodeURIComponent(new Date().toISOString())}`)).toEqual(answered.get(last));
      expect((await read('funnel?asOf=0')).rows).toEqual([]);
      expect((await read(`funnel?asOf=${last}`)).asOf.position).toBe(last);
    });

    it('say what was saved, and what came of it in a period', async () => {
      const { rows, totals } = await read(`savings?minPosition=${last}`);
      const [before, implemented] = [Number(rows[0]?.['before']), Number(rows[0]?.['implemented'])];
      expect(implemented).toBeGreaterThan(0);
      const percent = ((100 * implemented) / before).toFixed(2);
      const figures = { procedures: 4, before, promised: implemented, approved: implemented, implemented, measured: 0, cutPercent: percent };
      expect([rows, totals]).toEqual([[{ key: 'internal', kind: 'internal', ...figures }], figures]);
      const unit = officer.person?.unit;
      expect((await read('savings?by=unit')).rows).toEqual([{ key: unit?.id, unit: unit?.id, unitName: unit?.name, ...figures }]);
      const of = async (period: string) => (await read(`savings?${period}`)).rows[0];
      expect(await of('from=2025-02-15&to=2025-02-15')).toMatchObject({ procedures: 4, before, promised: implemented, approved: 0, implemented: 0, cutPercent: '0.00' });
      expect(await of('from=2025-02-16&to=2025-11-15')).toMatchObject({ promised: 0, approved: implemented, implemented, cutPercent: percent });
      expect((await officer.get<Problem>(`${reports}/savings?from=2025-02-16&to=2025-01-01`)).body).toMatchObject({ status: 400, errors: [{ path: 'to' }] });
    });

    it('are compared between two moments', async () => {
      const [first = ''] = answered.keys();
      const compare = async (path: string): Promise<Compared> => (await officer.get<Compared>(`${reports}/${path}`)).body;
      const { rows } = await compare(`funnel/compare?at=${first}&with=${last}`);
      expect(rows.find(({ key }) => key === 'internal/D/registered')?.cells['count']).toEqual({ at: 4, with: 3, difference: -1 });
      expect(rows.find(({ key }) => key === 'internal/D/simplified')?.cells['count']).toEqual({ at: 0, with: 1, difference: 1 });
      const [saved] = (await compare(`savings/compare?at=${first}&with=${last}`)).rows;
      expect(saved?.cells['cutPercent']).toEqual({ at: null, with: expect.stringMatching(/^\d+\.\d\d$/), difference: null });
      expect(saved?.cells['implemented']?.difference).toBe(saved?.cells['implemented']?.with);
      for (const name of ['overdue', 'workload']) expect((await compare(`${name}/compare?at=${last}&with=${last}`)).rows.every(({ cells }) => Object.values(cells).every(({ difference }) => difference === 0 || difference === null))).toBe(true);
      expect((await officer.get<Problem>(`${reports}/funnel/compare?at=0&with=999999999`)).body).toMatchObject({ status: 400, errors: [{ path: 'with' }] });
    });

    it('explain each figure by the events that made it', async () => {
      const explain = async (path: string): Promise<Explained> => {
        const { status, body } = await officer.get<Explained>(`${reports}/${path}`);
        expect([path, status]).toEqual([path, 200]);
        return body;
      };
      const registered = await explain('funnel/explain?row=internal/D/registered&column=count');
      expect([registered.value, registered.events.map(({ contributes }) => contributes)]).toEqual([3, [1, 1, 1, 1, -1]]);
      expect(new Set(registered.events.map(({ title }) => title))).toEqual(new Set(['Một', 'Hai', 'Ba', 'Đi hết vòng đời']));
      const first = await explain('funnel/explain?row=internal/D/registered&column=count&limit=2');
      const rest = await explain(`funnel/explain?row=internal/D/registered&column=count&cursor=${first.nextCursor ?? ''}`);
      expect([...first.events, ...rest.events]).toEqual(registered.events);
      const saved = await explain('savings/explain?row=internal&column=implemented');
      expect(saved.events).toMatchObject([{ stream: `procedure-${id}`, revision: 7, type: 'ProcedureSimplified', contributes: saved.value }]);
      const ratio = await explain('savings/explain?row=internal&column=cutPercent');
      expect(new Set(ratio.events.map(({ part }) => part))).toEqual(new Set(['numerator', 'denominator']));
      const { rows } = await read(`progress?programme=${programme}`);
      for (const row of rows) {
        const cost = await explain(`progress/explain?programme=${programme}&row=${row.key}&column=value`);
        const sum = (of: string): number => cost.events.filter(({ part }) => part === of).reduce((total, { contributes }) => total + Number(contributes), 0);
        expect([cost.value, sum('numerator'), sum('denominator')]).toEqual([row['value'], row['numerator'], row['denominator']]);
      }
      expect((await explain(`progress/explain?programme=${programme}&row=${target}&column=threshold`)).events).toEqual([expect.not.objectContaining({ title: expect.anything() })]);
      expect((await explain(`progress/explain?programme=${programme}&row=${target}&column=threshold`)).events).toMatchObject([{ type: 'TargetSet', contributes: null }]);
      const measured = await read('on-time');
      const late = await explain(`on-time/explain?row=${measured.rows[0]?.key ?? ''}&column=met`);
      expect(late.value).toBe(measured.rows[0]?.['met']);
      for (const wrong of ['row=internal&column=colour', 'row=colour&column=procedures', 'row=internal&column=procedures&cursor=x'])
        expect((await officer.get<Problem>(`${reports}/savings/explain?${wrong}`)).body).toMatchObject({ status: 400, code: 'invalid-query' });
    });
  });

  it('are another answer as soon as a unit has another name', async () => {
    const administrator = await signInAs(app.url, 'administrator', 'service');
    const unit = administrator.person?.unit.id ?? '';
    const nameByTag = new Map<string, unknown>();
    const named = async (): Promise<unknown> => {
      const { body, headers } = await officer.get<Report>(`${reports}/savings?by=unit`);
      const [name, tag] = [body.rows.find(({ key }) => key === unit)?.['unitName'], headers.get('etag') ?? ''];
      expect([tag, nameByTag.get(tag) ?? name]).toEqual([tag, name]);
      nameByTag.set(tag, name);
      return name;
    };
    for (const name of ['Quân chủng một', 'Quân chủng hai']) {
      await named();
      await order(administrator, `units/${unit}/rename`, { name });
      while ((await named()) !== name) await pause(2);
    }
    expect(nameByTag.size).toBeGreaterThanOrEqual(3);
  });

  it('know nothing of the time before there was anything, also where no date can be counted back from it', async () => {
    for (const name of ['funnel', 'on-time', 'savings', 'overdue', 'workload', 'cycle-times', 'activity', 'review-results'])
      for (const asOf of ['0000-01-01T00:00:00Z', '0001-01-01T00:00:00Z']) expect((await read(`${name}?asOf=${asOf}`)).rows).toEqual([]);
  });

  it('say what is wrong with a question', async () => {
    for (const [path, query] of [
      ['asOf', 'funnel?asOf=yesterday'], ['colour', 'funnel?colour=red'], ['format', 'funnel?format=doc'], ['separator', 'funnel?separator=x'],
      ['at', 'funnel/compare?with=1'], ['with', 'funnel/compare?at=1&with=x'], ['row', 'funnel/explain?column=count'], ['column', 'funnel/explain?row=x'],
      ['limit', 'funnel/explain?row=x&column=count&limit=201'],
    ] as const) {
      const { status, body } = await officer.get<Problem>(`${reports}/${query}`);
      expect([query, status, body.code, body.errors?.map((one) => one.path)]).toEqual([query, 400, 'invalid-query', expect.arrayContaining([path])]);
    }
    expect((await officer.get<Problem>(`${reports}/nothing`)).body).toMatchObject({ status: 404, code: 'not-found' });
  }); // prettier-ignore
}); // prettier-ignore
