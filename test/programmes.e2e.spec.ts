import { randomUUID } from 'node:crypto';
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

interface Target {
  readonly id: string;
  readonly metric: string;
  readonly state: string;
  readonly numerator: number;
  readonly denominator: number;
  readonly value: string | null;
  readonly score: string | null;
  readonly reached: boolean;
  readonly overdue: boolean;
  readonly workingDaysLeft: number | null;
  readonly withoutBaseline?: number;
}
interface Explained {
  readonly events: readonly {
    readonly position: string;
    readonly type: string;
    readonly contributes: number | null;
    readonly part?: string;
  }[];
  readonly nextCursor: string | null;
}
interface Progress {
  readonly asOf: { readonly position: string; readonly at: string };
  readonly targets: readonly Target[];
}
interface Programme {
  readonly id: string;
  readonly code: string;
  readonly state: string;
  readonly targets: readonly { readonly id: string; readonly state: string }[];
}

const programmes = '/api/v1/programmes';
const period = { code: 'KH-2022', title: 'Đơn giản hóa 2022–2025', from: '2022-01-01', to: '2025-12-31' };
const metrics = ['published', 'optionProposed', 'optionApproved', 'simplified', 'proceduresCut', 'costCut', 'timeCut', 'conditionsCut'];

describe('programmes and their targets', () => {
  let app: StartedApp;
  let officer: Caller;
  let checker: Caller;
  let authority: Caller;
  let programme: string;
  const targets = new Map<string, string>();
  /** What was answered live after each step, by position. */
  const answered = new Map<string, readonly Target[]>();

  const make = async (change: object = {}): Promise<string> => (await order(authority, 'programmes', { ...period, ...change })).id;
  const set = async (change: object, to = programme): Promise<string> => {
    const { status, body } = await authority.post<{ target: string }>(`${programmes}/${to}/targets`, { threshold: '20', deadline: '2025-12-31', ...change });
    expect([change, status]).toEqual([change, 200]);
    return body.target;
  }; // prettier-ignore
  const progress = async (query = '', by = authority, of = programme): Promise<Progress> => {
    const { status, body } = await by.get<Progress>(`${programmes}/${of}/progress?${query}`);
    expect([query, status]).toEqual([query, 200]);
    return body;
  };
  const plan = async (metric: string): Promise<Record<string, unknown>> => {
    const { status, body } = await authority.get<Record<string, unknown>>(
      `${programmes}/${programme}/targets/${targets.get(metric) ?? ''}/plan`,
    );
    expect([metric, status]).toEqual([metric, 200]);
    return body;
  };
  const step = async (accepted: Promise<Accepted>): Promise<Accepted> => {
    const done = await accepted;
    answered.set(done.position, (await progress(`minPosition=${done.position}`)).targets);
    return done;
  };
  const act = (by: Caller, id: string, action: string, body: object): Promise<Accepted> =>
    step(order(by, `procedures/${id}/actions/${action}`, body));
  const refused = async (by: Caller, path: string, body: object): Promise<readonly unknown[]> => {
    const answer = await by.post<Problem>(`${programmes}${path}`, body);
    return [answer.status, answer.body.code];
  };
  const counts = (all: readonly Target[]): object =>
    Object.fromEntries(all.map(({ metric, numerator, denominator, value }) => [metric, [numerator, denominator, value]]));

  beforeAll(async () => {
    app = await startApp();
    [officer, checker, authority] = await Promise.all([
      signInAs(app.url, 'officer', 'service'),
      signInAs(app.url, 'checker', 'service'),
      signInAs(app.url, 'authority', 'service'),
    ]);
    programme = await make();
    for (const metric of metrics) targets.set(metric, await set({ metric }));
  });
  afterAll(() => app.stop());

  it('follow what is done with the procedures, each figure from the step that it counts', async () => {
    const register = async (title: string): Promise<string> =>
      (await step(order(officer, 'procedures', { ...registration(officer), title }))).id;
    const [whole, ended, left] = [await register('Đi hết vòng đời'), await register('Bị bãi bỏ'), await register('Chưa làm gì')];
    for (const id of [whole, ended]) {
      await act(officer, id, 'review', goodReview);
      await act(officer, id, 'propose', proposal);
      await act(authority, id, 'publish', { decision });
    }
    expect(counts((await progress()).targets)).toMatchObject({ published: [2, 3, '66.67'], optionProposed: [0, 2, '0.00'], costCut: [0, 0, null] });
    const unit = officer.person?.unit;
    expect(await plan('simplified')).toMatchObject({
      ...{ missing: 1, reached: false },
      ways: [{ stage: 'published', procedures: 2, steps: [{ action: 'propose-option' }, { action: 'check-quality' }, { action: 'approve-option' }, { action: 'implement-option', latestOn: '2025-12-31' }] }],
      units: [{ unit: unit?.id, unitName: unit?.name, procedures: 2, late: 2, stuck: 0 }],
      fewest: { number: 1, reaches: true, procedures: [{ action: 'propose-option', late: true, adds: 1 }] },
    });
    const all = await make();
    const everyOne = await set({ metric: 'published', threshold: '100' }, all);
    expect((await authority.get(`${programmes}/${all}/targets/${everyOne}/plan`)).body).toMatchObject({ missing: 1, procedures: [{ procedure: left, action: 'review' }] });
    expect(await plan('costCut')).toMatchObject({ value: null, missing: null, fewest: null });
    expect(await plan('timeCut')).toMatchObject({ missing: null, fewest: null });
    const measured = { ...option, days: { before: 10, after: 4 }, conditions: { before: 5, after: 4 } };
    await act(officer, whole, 'propose-option', { option: measured });
    expect(counts((await progress()).targets)).toMatchObject({ optionProposed: [1, 2, '50.00'], optionApproved: [0, 2, '0.00'] });
    expect(await plan('costCut')).toMatchObject({ fewest: { number: 1, reaches: true, procedures: [{ procedure: whole, stage: 'optionProposed' }] } });
    await act(checker, whole, 'check-quality', { passed: true, remarks: 'đạt' });
    await act(authority, whole, 'approve-option', { decision });
    await act(officer, whole, 'implement-option', { document: { title: 'TT', number: '1', date: '2025-11-10', effectiveDate: '2025-12-01' } });
    await act(authority, ended, 'abolish', { reason: 'không cần', decision });
    await act(officer, left, 'withdraw', { reason: 'trùng' });

    const now = await progress();
    const { before, saving } = (await officer.get<{ options: { saving: { before: { year: number }; saving: number } }[] }>(`/api/v1/procedures/${whole}`))
      .body.options.map(({ saving: of }) => ({ before: of.before.year, saving: of.saving }))[0] ?? { before: 0, saving: 0 };
    expect(before).toBeGreaterThan(0);
    expect(counts(now.targets)).toEqual({
      published: [2, 2, '100.00'],
      optionProposed: [1, 2, '50.00'],
      optionApproved: [1, 2, '50.00'],
      simplified: [1, 2, '50.00'],
      proceduresCut: [1, 2, '50.00'],
      costCut: [saving, before, ((100 * saving) / before).toFixed(2)],
      timeCut: [6, 10, '60.00'],
      conditionsCut: [1, 5, '20.00'],
    });
    // What was abolished had no cost that anything says.
    expect(now.targets.find(({ metric }) => metric === 'costCut')).toMatchObject({ withoutBaseline: 1, reached: true, score: '100.00' });
    expect(now.targets[0]).toMatchObject({ overdue: false, workingDaysLeft: 0, state: 'active' });
    // Half of them are simplified, and what is left to be done to others holds up nothing any more.
    for (const metric of ['simplified', 'costCut', 'timeCut']) expect(await plan(metric)).toMatchObject({ reached: true, missing: 0, ways: [], units: [], procedures: [] });
  }); // prettier-ignore

  it('stood at each position as they were answered then', async () => {
    expect(answered.size).toBeGreaterThanOrEqual(15);
    for (const [position, live] of answered) {
      const past = await progress(`asOf=${position}`);
      expect(past.asOf.position).toBe(position);
      expect([position, past.targets]).toEqual([position, live]);
    }
    const before = (await progress('asOf=' + encodeURIComponent(new Date().toISOString()))).targets;
    expect(before).toEqual((await progress()).targets);
  });

  it('are not asked about what lies ahead, and had no target before they were made', async () => {
    for (const asOf of ['999999999', '2199-01-01T00:00:00Z'])
      expect((await authority.get<Problem>(`${programmes}/${programme}/progress?asOf=${asOf}`)).body).toMatchObject({ status: 400, code: 'invalid-query', errors: [{ path: 'asOf' }] });
    for (const asOf of ['1', '2020-01-01T00:00:00Z']) expect((await progress(`asOf=${asOf}`)).targets).toEqual([]);
    for (const id of [randomUUID(), 'x']) expect((await authority.get(`${programmes}/${id}/progress`)).status).toBe(404);
  }); // prettier-ignore

  it('count what is in their scope, against the year or the whole that they name', async () => {
    const own = await make({ code: 'KH-2' });
    const unit = officer.person?.unit.id;
    await set({ metric: 'published', scope: { kind: 'public' } }, own);
    await set({ metric: 'published', scope: { unit, field: 'VĂN PHÒNG', kind: 'internal' } }, own);
    await set({ metric: 'costCut', baseline: { value: '1000000000' } }, own);
    await set({ metric: 'costCut', baseline: { year: 2024 } }, own);
    await set({ metric: 'costCut', scope: { kind: 'public' } }, own);
    const [none, all, whole, year, nobody] = (await progress('', authority, own)).targets;
    expect([none?.denominator, none?.value]).toEqual([0, null]);
    expect([all?.numerator, all?.denominator]).toEqual([2, 2]);
    expect(whole).toMatchObject({ denominator: 1_000_000_000 });
    expect(year?.denominator).toBeGreaterThan(0);
    expect(nobody).toMatchObject({ numerator: 0, denominator: 0, value: null, score: null, withoutBaseline: 0 });
  });

  it('rest on the events of procedures and the one that stated the whole, in the order of the log and no more of them than are asked for', async () => {
    const own = await make({ code: 'KH-3' });
    const target = await set({ metric: 'costCut', baseline: { value: '1000000000' } }, own);
    const [{ numerator } = { numerator: 0 }] = (await progress('', authority, own)).targets;
    const explained = async (limit: number): Promise<Explained['events']> => {
      const events: Explained['events'][number][] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
        const { body } = await authority.get<Explained>(`/api/v1/reports/progress/explain?programme=${own}&row=${target}&column=value&limit=${String(limit)}${from}`);
        expect(body.events.length).toBeLessThanOrEqual(limit);
        events.push(...body.events);
        cursor = body.nextCursor;
      }
      return events;
    };
    const all = await explained(200);
    expect(await explained(1)).toEqual(all);
    expect(all.map(({ position }) => Number(position))).toEqual(all.map(({ position }) => Number(position)).sort((one, other) => one - other));
    const sum = (of: string): number => all.reduce((total, { part, contributes }) => (part === of ? total + (contributes ?? 0) : total), 0);
    expect([sum('numerator'), sum('denominator')]).toEqual([numerator, 1_000_000_000]);
    expect(all.at(-1)?.type).toBe('TargetSet');
  }); // prettier-ignore

  it('leave out what the reader may not see', async () => {
    const secret = await order(officer, 'procedures', { ...registration(officer), title: 'Mật', classification: 'confidential' });
    const seen = await progress(`minPosition=${secret.position}`);
    const reader = await signInAs(app.url, 'officer', 'unit');
    const less = await progress(`minPosition=${secret.position}`, reader);
    expect(seen.targets[0]?.denominator).toBe(3);
    expect(less.targets[0]?.denominator).toBe(0);
    expect((await progress(`asOf=${secret.position}`, reader)).targets[0]?.denominator).toBe(0);
  });

  it('are reported as rows with the same figures', async () => {
    const { status, body } = await authority.get<{ columns: { key: string }[]; rows: (Target & { key: string })[] }>(`/api/v1/reports/progress?programme=${programme}`);
    expect(status).toBe(200);
    expect(body.rows.map(({ key, ...row }) => (expect(key).toBe(row.id), row))).toEqual((await progress()).targets);
    // What a paper says stands where somebody stated it.
    const stated = ['published', 'publishedIn'];
    for (const { key } of body.columns) expect([key, stated.includes(key) || body.rows.some((row) => key in row)]).toEqual([key, true]);
    expect((await authority.get('/api/v1/reports/progress')).status).toBe(400);
  }); // prettier-ignore

  it('are for authorities of a service or of the ministry; whoever else tries is on record', async () => {
    for (const by of [officer, checker, await signInAs(app.url, 'leader', 'service')]) {
      expect(await refused(by, '', period)).toEqual([403, 'not-authorised']);
      expect(await refused(by, `/${programme}/targets`, { metric: 'published', threshold: '1', deadline: '2025-01-01' })).toEqual([403, 'not-authorised']);
      expect(await refused(by, `/${programme}/close`, { reason: 'x' })).toEqual([403, 'not-authorised']);
    }
    expect((await officer.get(`${programmes}/${programme}`)).status).toBe(200);
  }); // prettier-ignore

  it('say what is wrong with them by field', async () => {
    const target = { metric: 'published', threshold: '20', deadline: '2025-12-31' };
    for (const [path, change] of [
      ['metric', { metric: 'nothing' }], ['metric', { metric: 'indicator:van-ban' }], ['threshold', { threshold: '0' }], ['threshold', { threshold: '100.01' }], ['threshold', { threshold: 20 }],
      ['deadline', { deadline: '2025-02-30' }], ['scope.unit', { scope: { unit: randomUUID() } }], ['scope.colour', { scope: { colour: 'red' } }],
      ['baseline', { baseline: { year: 2024 } }], ['baseline.value', { metric: 'costCut', baseline: { year: 2024, value: '1' } }],
      ['baseline.value', { metric: 'costCut', baseline: { value: '-1' } }],
    ] as const) {
      const { status, body } = await authority.post<Problem>(`${programmes}/${programme}/targets`, { ...target, ...change });
      expect([change, status, body.errors?.map((one) => one.path)]).toEqual([change, 400, expect.arrayContaining([path])]);
    }
    expect(await refused(authority, '', { ...period, to: '2021-01-01' })).toEqual([400, 'invalid-body']);
    expect(await refused(authority, `/${randomUUID()}/targets`, target)).toEqual([404, 'not-found']);
    expect(await refused(authority, `/${programme}/targets/${randomUUID()}/withdraw`, { reason: 'x' })).toEqual([404, 'not-found']);
  }); // prettier-ignore

  it('are made once, however often they are sent under one key', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const once = await authority.post<Accepted>(programmes, { ...period, code: 'MỘT-LẦN' }, headers);
    const again = await authority.post<Accepted>(programmes, { ...period, code: 'MỘT-LẦN' }, headers);
    expect([once.status, once.body]).toEqual([201, again.body]);
    const target = { metric: 'published', threshold: '20', deadline: '2025-12-31' };
    const key = { 'idempotency-key': randomUUID() };
    const first = await authority.post<{ target: string }>(`${programmes}/${once.body.id}/targets`, target, key);
    expect((await authority.post(`${programmes}/${once.body.id}/targets`, target, key)).body).toEqual(first.body);
    const { body } = await authority.get<Programme>(`${programmes}/${once.body.id}`);
    expect(body).toMatchObject({ code: 'MỘT-LẦN', state: 'open', targets: [{ id: first.body.target, state: 'active', ...target }] });
  });

  it('stay readable after they are withdrawn and closed, and take nothing more', async () => {
    const reason = { reason: 'thay bằng chỉ tiêu khác' };
    const target = targets.get('proceduresCut') ?? '';
    const { position: kept } = (await progress()).asOf;
    expect((await authority.post(`${programmes}/${programme}/targets/${target}/withdraw`, reason)).body).toMatchObject({ target });
    expect(await refused(authority, `/${programme}/targets/${target}/withdraw`, reason)).toEqual([409, 'target-withdrawn']);
    const closed = await order(authority, `programmes/${programme}/close`, { reason: 'đã tổng kết' });
    expect(await refused(authority, `/${programme}/close`, reason)).toEqual([409, 'programme-closed']);
    expect(await refused(authority, `/${programme}/targets`, { metric: 'published', threshold: '1', deadline: '2025-01-01' })).toEqual([409, 'programme-closed']);
    const { targets: now } = await progress(`minPosition=${closed.position}`);
    expect(new Set(now.map(({ metric, state }) => `${metric === 'proceduresCut' ? 'that one' : 'others'} ${state}`))).toEqual(new Set(['that one withdrawn', 'others closed']));
    expect((await progress(`asOf=${kept}`)).targets.every(({ state }) => state === 'active')).toBe(true);
    const { body } = await officer.get<{ items: Programme[] }>(`${programmes}?minPosition=${closed.position}`);
    expect(body.items.find(({ id }) => id === programme)).toMatchObject({ state: 'closed' });
    const first = await officer.get<{ items: Programme[]; nextCursor: string }>(`${programmes}?limit=1`);
    const second = await officer.get<{ items: Programme[] }>(`${programmes}?limit=1&cursor=${first.body.nextCursor}`);
    expect([...first.body.items, ...second.body.items].map(({ id }) => id)).toEqual(body.items.slice(0, 2).map(({ id }) => id));
  }); // prettier-ignore

  it('have periods, which are closed once; what is entered for one later is a difference with its events', async () => {
    interface Differences {
      readonly items: readonly { readonly report: string; readonly column: string; readonly difference: number; readonly events: readonly object[] }[];
    }
    const unit = authority.person?.unit.id ?? '';
    const period = decision.date.slice(0, 4);
    const periods = '/api/v1/periods';
    const refusal = async (by: Caller, body: object): Promise<readonly unknown[]> => {
      const answer = await by.post<Problem>(periods, body);
      return [answer.status, answer.body.code];
    };
    expect(await refusal(officer, { unit, period })).toEqual([403, 'not-authorised']);
    expect(await refusal(authority, { unit, period: '2199' })).toEqual([409, 'period-runs']);
    expect(await refusal(authority, { unit, period: '2025-13' })).toEqual([400, 'invalid-body']);
    expect(await refusal(authority, { unit: randomUUID(), period })).toEqual([400, 'invalid-body']);
    // It is closed once: not by figures that leave out what was recorded before.
    const administrator = await signInAs(app.url, 'administrator', 'service');
    const publications = '/api/v1/processors/publications';
    expect((await administrator.post(`${publications}/pause`, {})).status).toBeLessThan(300);
    await order(officer, 'procedures', registration(officer));
    expect(await refusal(authority, { unit, period })).toEqual([503, 'view-behind']);
    expect((await administrator.post(`${publications}/resume`, {})).status).toBeLessThan(300);
    const closed = await order(authority, 'periods', { unit, period });
    expect(await refusal(authority, { unit, period })).toEqual([409, 'period-closed']);
    const path = `${periods}/${closed.id}`;
    const kept = (await officer.get(path)).body;
    const days = { begins: `${String(Number(period) - 1)}-12-15`, ends: `${period}-12-14`, lastDay: 14 };
    expect(kept).toMatchObject({ id: closed.id, unit, period, ...days, reports: [{ report: 'savings' }, { report: 'savings' }, { report: 'on-time' }, { report: 'funnel' }] });
    expect((await officer.get<Differences>(`${path}/differences`)).body.items).toEqual([]);

    const { id } = await order(officer, 'procedures', { ...registration(officer), title: 'Nhập muộn' });
    await order(officer, `procedures/${id}/actions/review`, goodReview);
    await order(officer, `procedures/${id}/actions/propose`, proposal);
    const { position } = await order(authority, `procedures/${id}/actions/publish`, { decision });
    const { items } = (await officer.get<Differences>(`${path}/differences?minPosition=${position}`)).body;
    const event = { stream: `procedure-${id}`, type: 'ProcedurePublished', position, contributes: 1, reason: null };
    expect(items.length).toBeGreaterThan(0);
    for (const item of items) expect(item).toMatchObject({ report: 'on-time', difference: 1, events: [event], more: false });
    expect((await officer.get(path)).body).toEqual(kept);
    const sheet = await officer.get<string>(`${path}/differences?format=csv`, { 'accept-language': 'vi' });
    expect([sheet.headers.get('content-type'), sheet.body]).toEqual(['text/csv; charset=utf-8', expect.stringContaining(`procedure-${id}@3`)]);
    expect((await officer.get<{ items: object[] }>(`${periods}?minPosition=${closed.position}`)).body.items).toMatchObject([{ id: closed.id, period }]);
    // Whoever sees a unit below sees nothing of it.
    const below = await signInAs(app.url, 'officer', 'unit');
    expect((await below.get<{ items: object[] }>(`${periods}?minPosition=${closed.position}`)).body.items).toEqual([]);
    expect([(await below.get(path)).status, (await below.get(`${path}/differences`)).status]).toEqual([404, 404]);
  }); // prettier-ignore

  it('keep what a paper says beside what is reckoned, with its paper, and count nothing of it', async () => {
    const period = { code: 'KH-CB', title: 'Đã công bố', from: '2022-01-01', to: '2025-12-31' };
    const { id } = await order(authority, 'programmes', period);
    const set = { metric: 'published', threshold: '20', deadline: '2025-12-31' };
    const { target } = (await authority.post<{ target: string }>(`/api/v1/programmes/${id}/targets`, set)).body;
    const published = { value: '33.9', document: { number: '7/BC', date: '2025-11-07' } };
    const path = `/api/v1/programmes/${id}/targets/${target}/published-figure`;
    expect((await authority.post<Problem>(path, { ...published, value: '33,9' })).status).toBe(400);
    expect(await authority.post(path, published)).toMatchObject({ status: 200, body: { target, events: ['FigureStated'] } });
    const { body: progress } = await authority.get<{ targets: readonly object[] }>(`/api/v1/programmes/${id}/progress`);
    expect(progress.targets).toMatchObject([{ id: target, published }]);
    const asked = `/api/v1/reports/progress`;
    const { body: report } = await authority.get<{ rows: readonly object[] }>(`${asked}?programme=${id}`);
    expect(report.rows).toMatchObject([{ key: target, published: '33.9', publishedIn: '7/BC, 2025-11-07' }]);
    const cell = `${asked}/explain?programme=${id}&row=${target}&column=`;
    const { body: said } = await authority.get<{ value: unknown; events: readonly { type: string }[] }>(`${cell}published`);
    expect([said.value, said.events.map(({ type }) => type)]).toEqual(['33.9', ['FigureStated']]);
    const { body: meant } = await authority.get<{ events: readonly { type: string }[] }>(`${cell}threshold`);
    expect(meant.events.map(({ type }) => type)).toEqual(['TargetSet']);
  });
});
