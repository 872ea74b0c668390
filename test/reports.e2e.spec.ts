import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type StartedApp } from './support/app.js';
import { order, registration, signInAs, type Caller, type Problem } from './support/client.js';

interface Report {
  readonly asOf: { readonly position: string };
  readonly parameters: Readonly<Record<string, string>>;
  readonly columns: readonly { readonly key: string; readonly title: string }[];
  readonly rows: readonly ({ readonly key: string } & Readonly<Record<string, unknown>>)[];
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
  }, 180_000);
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
    const first = await officer.get(`${reports}/funnel?minPosition=${last}`);
    const tag = first.headers.get('etag') ?? '';
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    const again = (query = '', language = 'en') =>
      officer.get(`${reports}/funnel?minPosition=${last}${query}`, { 'if-none-match': tag, 'accept-language': language });
    expect((await again()).status).toBe(304);
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
    for (const format of ['xlsx', 'pdf']) expect((await officer.get<Problem>(`${reports}/funnel?format=${format}`)).body).toMatchObject({ status: 501, code: 'not-built' });
  }); // prettier-ignore

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
});
