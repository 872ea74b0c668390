import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type StartedApp } from './support/app.js';
import { order, signInAs, type Accepted, type Caller, type Problem } from './support/client.js';

interface Report {
  readonly unit: string;
  readonly value: string;
  readonly period: string;
  readonly verified: boolean;
  readonly reason?: string;
  readonly revision: number;
  readonly allowed: readonly string[];
}
interface Indicator {
  readonly id: string;
  readonly code: string;
  readonly period: string | null;
  readonly total: number;
  readonly verifiedTotal: number;
  readonly of: number | null;
  readonly reported: number;
  readonly due: number;
  readonly missing: readonly string[];
  readonly units: readonly Report[];
  readonly returned: readonly Report[];
  readonly reportable: readonly string[];
  readonly periods: readonly string[];
  readonly allowed: readonly string[];
  readonly asOf: { readonly position: string };
}
interface Happening {
  readonly type: string;
  readonly position: string;
  readonly revision: number;
  readonly value?: string;
  readonly reason?: string;
  readonly reminded?: number;
  readonly actor: { readonly id: string; readonly name: string; readonly role: string; readonly onBehalfOf?: string };
}

const indicators = '/api/v1/indicators';

describe('indicators', () => {
  let app: StartedApp;
  let officer: Caller;
  let other: Caller;
  let serviceOfficer: Caller;
  let checker: Caller;
  let authority: Caller;
  let administrator: Caller;
  /** Ids of the 22 units of the demo. */
  let units: readonly string[];
  let service: string;
  /** What was answered live after each step, by position. */
  const answered = new Map<string, Indicator>();

  const define = async (code: string, change: object = {}): Promise<string> => {
    const body = { code, title: `Chỉ số ${code}`, unitOfMeasure: 'đơn vị', per: 'unit', ...change };
    const { id, position } = await order(checker, 'indicators', body);
    await read(id, `minPosition=${position}`);
    return id;
  };
  const read = async (id: string, query = '', by = checker): Promise<Indicator> => {
    const { status, body } = await by.get<Indicator>(`${indicators}/${id}?${query}`);
    expect([id, query, status]).toEqual([id, query, 200]);
    return body;
  };
  const report = (id: string, unit: string | undefined, value: string, change: object = {}, by = officer): Promise<Accepted> =>
    order(by, `indicators/${id}/reports`, { unit, period: '2025', value, ...change });
  const refused = async (by: Caller, path: string, body: object): Promise<readonly unknown[]> => {
    const answer = await by.post<Problem>(`${indicators}${path}`, body);
    return [answer.status, answer.body.code];
  };

  beforeAll(async () => {
    app = await startApp();
    [officer, other, serviceOfficer, checker, authority, administrator] = await Promise.all([
      signInAs(app.url, 'officer', 'unit'),
      signInAs(app.url, 'officer', 'unit', 2),
      signInAs(app.url, 'officer', 'service'),
      signInAs(app.url, 'checker', 'service'),
      signInAs(app.url, 'authority', 'service'),
      signInAs(app.url, 'administrator', 'service'),
    ]);
    const { body } = await officer.get<{ items: { id: string; level: string }[] }>('/api/v1/units');
    units = body.items.filter(({ level }) => level === 'unit').map(({ id }) => id);
    service = checker.person?.unit.id ?? '';
  });
  afterAll(() => app.stop());

  it('give the three figures of the Navy, of as many units as there are', async () => {
    expect(units).toHaveLength(22);
    // One officer speaks for all of them, each by a role of its own.
    const id = (await officer.get<{ id: string }>('/api/v1/account')).body.id;
    let position = '0';
    for (const unit of units)
      if (unit !== officer.person?.unit.id) ({ position } = await order(administrator, `people/${id}/roles`, { role: 'officer', unit }));
    await officer.get(`/api/v1/account?minPosition=${position}`);
    for (const [code, count] of [['PHAN-MEM', 18], ['CHUNG-THU-SO', 22], ['ISO', 6]] as const) {
      const indicator = await define(code);
      const { period, total, reported, missing } = await read(indicator, `minPosition=${position}`);
      expect([period, total, reported, missing.length]).toEqual([null, 0, 0, 22]);
      for (const unit of units.slice(0, count)) ({ position } = await report(indicator, unit, '1', { evidence: 'Báo cáo 07/11' }));
      const now = await read(indicator, `minPosition=${position}`);
      expect(now).toMatchObject({ period: '2025', total: count, verifiedTotal: 0, of: null, due: 22, reported: count, periods: ['2025'] });
      expect(now.missing).toEqual(units.slice(count).toSorted());
      expect(now.units.map(({ unit, value, period: of, verified }) => [units.includes(unit), value, of, verified])).toEqual(Array.from({ length: count }, () => [true, '1', '2025', false]));
    }
    const { body } = await other.get<{ items: Indicator[]; allowed: string[] }>(indicators);
    expect(body.items.map(({ code, total, missing }) => [code, total, missing.length])).toEqual([['ISO', 6, 16], ['CHUNG-THU-SO', 22, 0], ['PHAN-MEM', 18, 4]]);
    expect(body.allowed).toEqual([]);
    const first = await other.get<{ items: Indicator[]; nextCursor: string }>(`${indicators}?limit=1`);
    const rest = await other.get<{ items: Indicator[]; nextCursor: null }>(`${indicators}?limit=5&cursor=${first.body.nextCursor}`);
    expect([...first.body.items, ...rest.body.items].map(({ code }) => code)).toEqual(['ISO', 'CHUNG-THU-SO', 'PHAN-MEM']);
  }); // prettier-ignore

  it('are one figure where the service reports it itself', async () => {
    const id = await define('TOAN-QUAN-CHUNG', { per: 'service', of: 22 });
    const { position } = await report(id, service, '18', {}, serviceOfficer);
    expect(await read(id, `minPosition=${position}`)).toMatchObject({ total: 18, of: 22, reported: 1, due: 1, missing: [] });
    expect(await refused(officer, `/${id}/reports`, { unit: units[0], period: '2025', value: '1' })).toEqual([400, 'invalid-body']);
  });

  it('are corrected with a reason, verified by somebody else, and returned; and stood at each position as they were answered then', async () => {
    const id = await define('SUA-DOI', { unitOfMeasure: 'người' });
    const [one, two] = units;
    const step = async (accepted: Promise<Accepted>): Promise<Indicator> => {
      const { position } = await accepted;
      const now = await read(id, `minPosition=${position}`);
      answered.set(position, now);
      return now;
    };
    const check = (what: string, body: object = {}, unit = one): Promise<Accepted> =>
      order(checker, `indicators/${id}/reports/${unit ?? ''}/2025/${what}`, body);
    await step(report(id, one, '10.5'));
    await step(report(id, two, '0.1'));
    expect(await refused(officer, `/${id}/reports`, { unit: one, period: '2025', value: '11' })).toEqual([409, 'reason-required']);
    expect(await step(check('verify'))).toMatchObject({ total: 10.6, verifiedTotal: 10.5 });
    const corrected = await step(report(id, one, '11', { reason: 'đếm sót' }));
    expect(corrected).toMatchObject({ total: 11.1, verifiedTotal: 0, reported: 2 });
    expect(corrected.units.find(({ unit }) => unit === one)).toMatchObject({ value: '11', verified: false, reason: 'đếm sót', revision: 2, allowed: ['verify-report', 'return-report'] });
    const returned = await step(check('return', { reason: 'thiếu căn cứ' }));
    expect(returned).toMatchObject({ total: 0.1, reported: 1, returned: [{ unit: one, value: '11', reason: 'thiếu căn cứ' }] });
    expect(returned.missing).toContain(one);
    expect(await refused(checker, `/${id}/reports/${one ?? ''}/2025/verify`, {})).toEqual([409, 'report-returned']);
    expect(await step(report(id, one, '12'))).toMatchObject({ total: 12.1, reported: 2, returned: [] });
    await step(check('verify', {}, two));
    expect(await refused(checker, `/${id}/reports/${two ?? ''}/2025/verify`, {})).toEqual([409, 'report-verified']);
    await step(report(id, one, '3', { period: '2024' }));
    expect((await step(report(id, one, '4', { period: '2026-01' }))).period).toBe('2026-01');
    expect(await read(id, 'period=2024')).toMatchObject({ total: 3, periods: ['2026-01', '2025', '2024'] });

    for (const [position, live] of answered) {
      const past = await read(id, `asOf=${position}`);
      expect(past.asOf.position).toBe(position);
      const { units: then, returned: thenReturned } = past;
      const { period, total, verifiedTotal, of, reported, due, missing } = past;
      expect([position, live]).toEqual([position, expect.objectContaining({ period, total, verifiedTotal, of, reported, due, missing })]);
      const without = (all: readonly Report[]): object[] => all.map((one) => ({ ...one, allowed: [] }));
      expect([position, without(then), without(thenReturned)]).toEqual([position, without(live.units), without(live.returned)]);
      expect(then.every(({ allowed }) => allowed.length === 0)).toBe(true);
    }
    const at = encodeURIComponent(new Date().toISOString());
    expect(await read(id, `asOf=${at}&period=2025`)).toMatchObject({ total: 12.1, verifiedTotal: 0.1 });

    const { body } = await other.get<{ items: Happening[] }>(`${indicators}/${id}/history`);
    expect(body.items.map(({ type }) => type)).toEqual(['IndicatorDefined', 'IndicatorReported', 'IndicatorReported', 'IndicatorVerified', 'IndicatorReported', 'IndicatorReturned', 'IndicatorReported', 'IndicatorVerified', 'IndicatorReported', 'IndicatorReported']);
    expect(body.items[0]?.actor).toMatchObject({ name: checker.person?.name, role: 'checker' });
    expect(body.items[5]).toMatchObject({ reason: 'thiếu căn cứ', value: '11' });
    const newest = await other.get<{ items: Happening[]; nextCursor: string }>(`${indicators}/${id}/history?order=-revision&limit=4`);
    const rest = await other.get<{ items: Happening[]; nextCursor: null }>(`${indicators}/${id}/history?order=-revision&cursor=${newest.body.nextCursor}`);
    expect([...newest.body.items, ...rest.body.items].map(({ position }) => position)).toEqual(body.items.map(({ position }) => position).toReversed());
    expect((await other.get<{ items: Happening[] }>(`${indicators}/${id}/history?unit=${two ?? ''}&period=2025`)).body.items).toHaveLength(2);
  }); // prettier-ignore

  it('are for those whose work it is; whoever else tries is on record', async () => {
    const id = await define('AI-DUOC-LAM');
    const [own] = units.filter((unit) => unit === other.person?.unit.id);
    const body = { unit: own, period: '2025', value: '1' };
    for (const by of [officer, authority, administrator]) expect(await refused(by, '', { code: 'X', title: 'X', unitOfMeasure: 'x', per: 'unit' })).toEqual([403, 'not-authorised']);
    for (const by of [serviceOfficer, checker, authority]) expect(await refused(by, `/${id}/reports`, body)).toEqual([403, 'not-authorised']);
    await report(id, own, '1', {}, other);
    for (const by of [other, serviceOfficer, authority]) {
      expect(await refused(by, `/${id}/reports/${own ?? ''}/2025/verify`, {})).toEqual([403, 'not-authorised']);
      expect(await refused(by, `/${id}/reports/${own ?? ''}/2025/return`, { reason: 'x' })).toEqual([403, 'not-authorised']);
      expect(await refused(by, `/${id}/remind`, { period: '2025' })).toEqual([403, 'not-authorised']);
    }
    const now = await read(id, '', other);
    expect([now.units[0]?.allowed, now.reportable, now.allowed]).toEqual([['report-indicator'], [], []]);
    expect((await read(id)).allowed).toEqual(['remind-indicator']);
  }); // prettier-ignore

  it('are verified by somebody else than whoever reported, also where one person may do both', async () => {
    const id = await define('HAI-NGUOI', { per: 'service' });
    const person = (await checker.get<{ id: string }>('/api/v1/account')).body.id;
    const { position } = await order(administrator, `people/${person}/roles`, { role: 'officer', unit: service });
    await checker.get(`/api/v1/account?minPosition=${position}`);
    await report(id, service, '5', {}, checker);
    expect(await refused(checker, `/${id}/reports/${service}/2025/verify`, {})).toEqual([409, 'same-person']);
    await report(id, service, '6', { reason: 'đếm lại' }, serviceOfficer);
    expect(await refused(checker, `/${id}/reports/${service}/2025/verify`, {})).toEqual([409, 'same-person']);
  });

  it('say what is wrong with them by field, and have one id for each code', async () => {
    const id = await define('Một mã');
    expect(await refused(checker, '', { code: 'MỘT MÃ', title: 'x', unitOfMeasure: 'x', per: 'unit' })).toEqual([409, 'code-taken']);
    const good = { unit: units[0], period: '2025', value: '1' };
    for (const [path, change] of [
      ['unit', { unit: randomUUID() }], ['unit', { unit: service }], ['period', { period: '2199' }], ['period', { period: '2025-Q5' }], ['period', { period: 2025 }],
      ['value', { value: 18 }], ['value', { value: '-1' }], ['value', { value: '1,5' }], ['value', { value: '01' }], ['value', { value: '1e3' }],
      ['value', { value: '1234567890123' }], ['reason', { reason: ' ' }], ['evidence', { evidence: 'a\u0000' }], ['colour', { colour: 'red' }],
    ] as const) {
      const { status, body } = await officer.post<Problem>(`${indicators}/${id}/reports`, { ...good, ...change });
      expect([change, status, body.errors?.map((one) => one.path)]).toEqual([change, 400, [path]]);
    }
    const comma = await officer.post<Problem>(`${indicators}/${id}/reports`, { ...good, value: '1,5' }, { 'accept-language': 'vi' });
    expect(JSON.stringify(comma.body)).toContain('không dùng dấu phẩy');
    for (const [path, change] of [['per', { per: 'ministry' }], ['of', { of: 0 }], ['of', { of: '22' }], ['code', { code: '' }], ['unitOfMeasure', { unitOfMeasure: ' ' }]] as const) {
      const { status, body } = await checker.post<Problem>(indicators, { code: randomUUID(), title: 'x', unitOfMeasure: 'x', per: 'unit', ...change });
      expect([change, status, body.errors?.map((one) => one.path)]).toEqual([change, 400, [path]]);
    }
    for (const query of ['period=x', 'asOf=999999999', 'asOf=2199-01-01T00:00:00Z', 'colour=red']) expect((await checker.get(`${indicators}/${id}?${query}`)).status).toBe(400);
    for (const path of ['x', randomUUID()]) expect((await checker.get(`${indicators}/${path}`)).status).toBe(404);
    expect((await checker.get(`${indicators}/${id}?asOf=2020-01-01T00:00:00Z`)).status).toBe(404);
    for (const path of [`${units[0] ?? ''}/2025`, `${units[0] ?? ''}/x`, 'x/2025']) expect(await refused(checker, `/${id}/reports/${path}/verify`, {})).toEqual([404, 'not-found']);
    expect(await refused(officer, `/${randomUUID()}/reports`, good)).toEqual([404, 'not-found']);
  }); // prettier-ignore

  it('are made and reported once, however often that is sent under one key, on the revision that was seen', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const body = { code: 'MỘT-LẦN', title: 'x', unitOfMeasure: 'x', per: 'unit' };
    const once = await checker.post<Accepted>(indicators, body, key);
    expect([once.status, (await checker.post(indicators, body, key)).body]).toEqual([201, once.body]);
    const reporting = { 'idempotency-key': randomUUID() };
    const said = { unit: units[0], period: '2025-10', value: '1' };
    const path = `${indicators}/${once.body.id}/reports`;
    const first = await officer.post<Accepted>(path, said, reporting);
    expect([first.status, first.body.revision, (await officer.post(path, said, reporting)).body]).toEqual([201, 0, first.body]);
    expect((await officer.post<Problem>(path, { ...said, unit: units[1] }, reporting)).body.code).toBe('key-reused');
    await officer.post(path, { ...said, value: '2', reason: 'x' });
    const verify = `${path}/${units[0] ?? ''}/2025-10/verify`;
    expect((await checker.post<Problem>(verify, {}, { 'if-match': '"0"' })).status).toBe(412);
    expect((await checker.post<Problem>(verify, {}, { 'if-match': '"1"' })).status).toBe(200);
  });

  it('remind the officers of those that have not reported, once a day', async () => {
    const id = await define('NHAC');
    await report(id, units[0], '1');
    const { position } = await order(checker, `indicators/${id}/remind`, { period: '2025' });
    expect(await refused(checker, `/${id}/remind`, { period: '2025' })).toEqual([409, 'already-reminded']);
    const { body } = await checker.get<{ items: Happening[] }>(`${indicators}/${id}/history?order=-revision&minPosition=${position}`);
    expect(body.items[0]).toMatchObject({ type: 'IndicatorReminded', reminded: 21 });
    const { body: told } = await other.get<{ items: { type: string; title: string; procedure: null; data: object }[] }>(`/api/v1/notifications?minPosition=${position}`);
    expect(told.items[0]).toMatchObject({ type: 'IndicatorReminded', title: 'Chỉ số NHAC', procedure: null, data: { indicator: id, period: '2025' } });
    const { body: untold } = await serviceOfficer.get<{ items: { type: string }[] }>('/api/v1/notifications');
    expect(untold.items.filter(({ type }) => type === 'IndicatorReminded')).toEqual([]);
  }); // prettier-ignore

  it('are what targets are measured by: the total of what is stated, else of the units that are due', async () => {
    const programme = (await order(authority, 'programmes', { code: 'KH', title: 'Kế hoạch', from: '2022-01-01', to: '2025-12-31' })).id;
    const target = async (metric: string): Promise<string> =>
      (await order(authority, `programmes/${programme}/targets`, { metric, threshold: '80', deadline: '2025-12-31' })).position;
    await target('indicator:phan-mem');
    const set = await target('indicator:TOAN-QUAN-CHUNG');
    const progress = async (query: string) => {
      const { body } = await authority.get<{ targets: { metric: string; numerator: number; denominator: number; value: string; reached: boolean }[] }>(`/api/v1/programmes/${programme}/progress?${query}`);
      return body.targets.map(({ metric, numerator, denominator, value, reached }) => [metric, numerator, denominator, value, reached]);
    };
    const before = [['indicator:phan-mem', 18, 22, '81.82', true], ['indicator:TOAN-QUAN-CHUNG', 18, 22, '81.82', true]];
    expect(await progress(`minPosition=${set}`)).toEqual(before);
    const { body } = await authority.get<{ items: Indicator[] }>(indicators);
    const id = body.items.find(({ code }) => code === 'PHAN-MEM')?.id ?? '';
    const { position } = await report(id, units[18], '1');
    const after = [['indicator:phan-mem', 19, 22, '86.36', true], before[1]];
    expect(await progress(`minPosition=${position}`)).toEqual(after);
    expect(await progress(`asOf=${set}`)).toEqual(before);
    expect(await progress(`asOf=${position}`)).toEqual(after);
    expect(await progress(`asOf=${encodeURIComponent(new Date().toISOString())}`)).toEqual(after);
    const { body: rows } = await authority.get<{ rows: { key: string; metric: string }[] }>(`/api/v1/reports/progress?programme=${programme}`);
    const row = rows.rows.find(({ metric }) => metric === 'indicator:phan-mem')?.key ?? '';
    const explain = async (column: string, more = '') => {
      const asked = `/api/v1/reports/progress/explain?programme=${programme}&row=${row}&column=${column}&${more}`;
      const { status, body: said } = await authority.get<{ value: unknown; nextCursor: string | null; events: { type: string; contributes: number; part?: string }[] }>(asked);
      expect([column, status]).toEqual([column, 200]);
      return said;
    };
    const sum = (events: readonly { contributes: number; part?: string }[], part?: string) => events.filter((one) => one.part === part).reduce((all, one) => all + one.contributes, 0);
    const whole = await explain('value', 'limit=200');
    expect([whole.value, sum(whole.events, 'numerator'), sum(whole.events, 'denominator'), whole.events[0]?.type]).toEqual(['86.36', 19, 22, 'IndicatorDefined']);
    expect([sum((await explain('numerator', 'limit=200')).events), sum((await explain('denominator')).events), (await explain('withoutBaseline')).events]).toEqual([19, 22, []]);
    expect(sum((await explain('numerator', `limit=200&asOf=${set}`)).events)).toBe(18);
    const first = await explain('value', 'limit=5');
    const rest = await explain('value', `limit=200&cursor=${first.nextCursor ?? ''}`);
    expect([...first.events, ...rest.events]).toEqual(whole.events);
    for (const [path, change] of [['metric', { metric: 'indicator:không-có' }], ['scope', { metric: 'indicator:ISO', scope: { kind: 'public' } }], ['baseline', { metric: 'indicator:ISO', baseline: { year: 2024 } }]] as const) {
      const { status, body: problem } = await authority.post<Problem>(`/api/v1/programmes/${programme}/targets`, { threshold: '80', deadline: '2025-12-31', ...change });
      expect([change, status, problem.errors?.map((one) => one.path)]).toEqual([change, 400, [path]]);
    }
  }); // prettier-ignore

  it('are due from the units that are open, as they were then', async () => {
    const id = await define('DONG-CUA');
    const leaving = units[21] ?? '';
    const before = (await report(id, leaving, '1')).position;
    const unreported = units[20] ?? '';
    const { position } = await order(administrator, `units/${unreported}/close`, { reason: 'giải thể' });
    await order(administrator, `units/${leaving}/close`, { reason: 'giải thể' });
    const now = await read(id, `minPosition=${String(BigInt(position) + 1n)}`);
    expect([now.due, now.missing.length, now.missing.includes(unreported), now.total]).toEqual([21, 20, false, 1]);
    expect(await read(id, `asOf=${before}`)).toMatchObject({ due: 22, total: 1 });
    expect(await refused(officer, `/${id}/reports`, { unit: unreported, period: '2025', value: '1' })).toContain(403);
  });
});
