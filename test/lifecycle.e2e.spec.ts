import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type StartedApp } from './support/app.js';
import { faultsOf } from './support/described.js';
import {
  decision,
  goodReview,
  option,
  order,
  proposal,
  registration,
  signInAs,
  type Accepted,
  type Answer,
  type Caller,
  type Problem,
} from './support/client.js';

describe('an internal procedure', () => {
  let app: StartedApp;
  let officer: Caller;
  let checker: Caller;
  let authority: Caller;
  let id: string;
  let last: Accepted;

  beforeAll(async () => {
    app = await startApp();
    [officer, checker, authority] = await Promise.all([
      signInAs(app.url, 'officer', 'service'),
      signInAs(app.url, 'checker', 'service'),
      signInAs(app.url, 'authority', 'service'),
    ]);
  });
  afterAll(() => app.stop());

  it('goes from registered to simplified by the people that each step needs', async () => {
    const registered = await officer.post<Accepted>('/api/v1/procedures', registration(officer));
    expect(registered).toMatchObject({ status: 201, body: { revision: 0, stage: 'registered', events: ['ProcedureRegistered'] } });
    expect(registered.headers.get('etag')).toBe('"0"');
    expect(registered.headers.get('location')).toContain(`/api/v1/procedures/${registered.body.id}`);
    id = registered.body.id;

    const document = { title: 'Quyết định sửa đổi', number: '30/QĐ', date: '2024-05-06', effectiveDate: '2024-06-10' };
    const steps: readonly (readonly [Caller, string, object, string])[] = [
      [officer, 'review', goodReview, 'reviewed'],
      [officer, 'propose', proposal, 'proposed'],
      [authority, 'publish', { decision }, 'published'],
      [officer, 'propose-option', { option }, 'optionProposed'],
      [checker, 'check-quality', { passed: true, remarks: 'Đạt' }, 'qualityChecked'],
      [authority, 'approve-option', { decision }, 'optionApproved'],
      [officer, 'implement-option', { document }, 'simplified'],
    ];
    for (const [index, [caller, action, body, stage]] of steps.entries()) {
      const answer = await caller.post<Accepted>(`/api/v1/procedures/${id}/actions/${action}`, body);
      expect(answer).toMatchObject({ status: 200, body: { id, revision: index + 1, stage } });
      last = answer.body;
    }
  });

  it('is shown as the description of the API says, field by field, and so is its history', async () => {
    const shown = await officer.get(`/api/v1/procedures/${id}`);
    expect(faultsOf(shown.body, 'ProcedureAnswer')).toEqual([]);
    expect((await authority.post(`/api/v1/procedures/${id}/actions/review`, goodReview)).status).toBe(403);
    const { body } = await officer.get<{ items: readonly { type: string }[] }>(`/api/v1/procedures/${id}/history?refused=true`);
    expect(body.items.map(({ type }) => type)).toContain('CommandRefused');
    expect(faultsOf(body, 'HistoryAnswer')).toEqual([]);
  });

  it('shows its history, oldest first, with who did it and where it led', async () => {
    const { body } = await officer.get<{
      items: { type: string; actor: { name: string; role: string }; stageBefore: string | null; stageAfter: string }[];
    }>(`/api/v1/procedures/${id}/history`);
    expect(body.items.map(({ type }) => type)).toEqual([
      'ProcedureRegistered', 'ProcedureReviewed', 'PublicationProposed', 'ProcedurePublished', 'OptionProposed', 'OptionQualityChecked', 'OptionApproved', 'ProcedureSimplified',
    ]); // prettier-ignore
    expect(body.items[3]).toMatchObject({
      actor: { name: authority.person?.name, role: 'authority' },
      stageBefore: 'proposed',
      stageAfter: 'published',
    });
  });

  it('can be read as of a revision and as of a time, and two revisions can be compared', async () => {
    expect((await officer.get(`/api/v1/procedures/${id}?asOf=2`)).body).toMatchObject({ stage: 'proposed', revision: 2 });
    expect((await officer.get(`/api/v1/procedures/${id}?asOf=${encodeURIComponent(new Date().toISOString())}`)).body).toMatchObject({
      stage: 'simplified',
    });
    expect((await officer.get(`/api/v1/procedures/${id}/diff?from=0&to=7`)).status).toBe(200);
    expect((await officer.get(`/api/v1/procedures/${id}?asOf=yesterday`)).body).toMatchObject({ status: 400, code: 'invalid-query' });
  });

  it('is counted by the funnel and listed by the register once the view holds its last position', async () => {
    const { body } = await officer.get<{ rows: { kind: string; group: string; stage: string; count: number }[] }>(
      `/api/v1/reports/funnel?minPosition=${last.position}`,
    );
    expect(body.rows).toContainEqual(expect.objectContaining({ kind: 'internal', group: 'D', stage: 'simplified', count: 1 }));
    const found = await officer.get<{ items: { id: string }[] }>(
      `/api/v1/procedures?q=thu%20tuc%20kiem%20thu&minPosition=${last.position}`,
    );
    expect(found.body.items.map((one) => one.id)).toContain(id);
  });

  it('stands in the worklist of those who may do the next step, and of nobody else', async () => {
    const { body } = await officer.post<Accepted>('/api/v1/procedures', { ...registration(officer), title: 'Thủ tục chờ việc' });
    await officer.post(`/api/v1/procedures/${body.id}/actions/review`, goodReview);
    const { body: proposed } = await officer.post<Accepted>(`/api/v1/procedures/${body.id}/actions/propose`, proposal);
    const worklist = async (caller: Caller): Promise<string[]> =>
      (await caller.get<{ items: { id: string }[] }>(`/api/v1/worklist?minPosition=${proposed.position}`)).body.items.map((one) => one.id);
    expect(await worklist(authority)).toContain(body.id);
    expect(await worklist(officer)).not.toContain(body.id);
  });

  it('refuses a stale If-Match, and answers a repeated key as the first time before looking at it', async () => {
    const { body } = await officer.post<Accepted>('/api/v1/procedures', { ...registration(officer), title: 'Thủ tục gửi lại' });
    const at = `/api/v1/procedures/${body.id}/actions/review`;
    expect((await officer.post<Problem>(at, goodReview, { 'if-match': '"7"' })).body).toMatchObject({
      status: 412,
      code: 'revision-conflict',
    });

    const key = { 'idempotency-key': randomUUID() };
    const first = await officer.post<Accepted>(at, goodReview, { ...key, 'if-match': '"0"' });
    const again = await officer.post<Accepted>(at, goodReview, { ...key, 'if-match': '"0"' });
    expect(first.status).toBe(200);
    expect([again.status, again.body]).toEqual([first.status, first.body]);
    const other = await officer.post<Problem>(at, { ...goodReview, findings: 'Khác' }, key);
    expect(other).toMatchObject({ status: 409, body: { code: 'key-reused' } });
  });

  it('gets, changes and frees its official code, and another kind, by corrections of its registration', async () => {
    const code = `1.${randomUUID().slice(0, 8)}.H19`;
    const register = (more: object): ReturnType<typeof officer.post<Accepted & Problem>> =>
      officer.post('/api/v1/procedures', { ...registration(officer), title: 'Thủ tục có mã', ...more });
    const correct = (to: string, changes: object): ReturnType<typeof officer.post<Accepted & Problem>> =>
      officer.post(`/api/v1/procedures/${to}/actions/correct`, { revision: 0, changes, reason: 'gõ nhầm' });
    const { body: first } = await register({});
    expect((await correct(first.id, { code })).status).toBe(200);
    expect((await officer.get(`/api/v1/procedures/${first.id}`)).body).toMatchObject({ code, revision: 1 });
    for (const same of [code, code.toLowerCase(), code.replace('1.', '１．')])
      expect((await register({ code: same })).body).toMatchObject({ status: 409, code: 'code-taken' });
    const { body: second } = await register({ code: `${code}.2` });
    expect((await correct(second.id, { code })).body).toMatchObject({ status: 409, code: 'code-taken' });
    expect((await officer.post(`/api/v1/procedures/${first.id}/actions/withdraw`, { reason: 'nhầm' })).status).toBe(200);
    expect((await correct(second.id, { code })).status).toBe(200);
    expect((await register({ code: `${code}.2` })).status).toBe(201);

    const changed = await correct(second.id, { kind: 'quality' });
    expect(changed).toMatchObject({ status: 200, body: { stage: 'registered' } });
    const { items } = (await officer.get<{ items: object[] }>(`/api/v1/procedures?kind=quality&minPosition=${changed.body.position}`)).body;
    expect(items).toContainEqual(expect.objectContaining({ id: second.id, group: null, code }));
    const document = { title: 'Quy trình', number: '1', date: '2024-05-06' };
    expect((await officer.post(`/api/v1/procedures/${second.id}/actions/build`, { document })).body).toMatchObject({ stage: 'built' });
    expect((await correct(second.id, { kind: 'internal', group: 'D' })).body).toMatchObject({ status: 409, code: 'wrong-stage' });
  });

  it('is described in rows as in texts: either is enough, both are shown, and rows are amended, compared and corrected', async () => {
    const rows = {
      manners: [{ way: 'Trực tuyến', timeLimit: { amount: 20, unit: 'hours' }, fee: 20_000 }, { way: 'Trực tiếp', timeLimit: { amount: 2, unit: 'workingDays' }, fee: 'Không', note: 'Buổi sáng' }],
      documents: [{ name: 'Đơn', form: 'Mẫu 1', originals: 1, copies: 2 }],
      bases: [{ number: '12/NĐ', summary: 'Về thủ tục', date: '2020-05-01', issuer: 'Chính phủ' }],
      agencies: [{ role: 'decides', name: 'Bộ' }, { role: 'carriesOut', name: 'Văn phòng', address: 'Hà Nội' }],
      ...{ level: 'Cấp bộ', keywords: ['đơn'] },
    };
    const { id: other } = await order(officer, 'procedures', { ...registration(officer), parts: { steps: 'Nộp', subjects: 'Đơn vị' } });
    const at = `procedures/${other}`;
    const patch = (body: object): Promise<Answer<Problem>> => officer.send('PATCH', `/api/v1/${at}/parts`, JSON.stringify(body));
    for (const [wrong, path] of [
      [{ manners: [] }, 'manners'], [{ manners: [{ way: 'x' }] }, 'manners.0.timeLimit'], [{ manners: [{ ...rows.manners[0], fee: -1 }] }, 'manners.0.fee'],
      [{ agencies: [{ role: 'watches', name: 'x' }] }, 'agencies.0.role'], [{ documents: [{ name: 'x', originals: 1, copies: 0, more: 1 }] }, 'documents.0.more'],
      [{ bases: [{ summary: 'x', date: '2020-02-30' }] }, 'bases.0.date'], [{ keywords: Array(51).fill('x') }, 'keywords'],
    ] as const) expect((await patch(wrong)).body).toMatchObject({ status: 400, code: 'invalid-body', errors: [{ path }] });
    expect((await patch(rows)).status).toBe(200);
    const shown = await officer.get<{ parts: Readonly<Record<string, unknown>> }>(`/api/v1/${at}`);
    expect(faultsOf(shown.body, 'ProcedureAnswer')).toEqual([]);
    expect(shown.body.parts).toMatchObject({
      ...rows, ...{ manner: 'Trực tuyến; Trực tiếp', timeLimitDays: 3, agency: 'Văn phòng', dossier: { documents: ['Đơn'], sets: 1 } },
    });
    expect((await officer.get<{ parts: object }>(`/api/v1/procedures/${id}`)).body.parts).toMatchObject({ agencies: [{ role: 'carriesOut', name: 'Văn phòng' }] });
    await order(officer, `${at}/actions/correct`, { revision: 1, changes: { 'parts.manners.1.way': 'Bưu chính', 'parts.agencies.0.role': 'authorised' }, reason: 'gõ nhầm' });
    const wrong = await officer.post<Problem>(`/api/v1/${at}/actions/correct`, { revision: 1, changes: { 'parts.agencies.0.role': 'watches' }, reason: 'x' });
    expect(wrong.body).toMatchObject({ status: 400, errors: [{ path: 'changes.parts.agencies.0.role' }] });
    const { body: diff } = await officer.get<{ changes: readonly { path: string; after?: unknown }[] }>(`/api/v1/${at}/diff?from=0&to=2`);
    expect(JSON.stringify(diff.changes)).toContain('Bưu chính');
    expect(diff.changes.map(({ path }) => path).filter((path) => path.startsWith('parts.agency') || path.startsWith('parts.dossier'))).toEqual([]);
    await order(officer, `${at}/actions/review`, goodReview);
    expect((await order(officer, `${at}/actions/propose`, proposal)).stage).toBe('proposed');
    const { body } = await officer.get(`/api/v1/${at}/history`);
    expect(faultsOf(body, 'HistoryAnswer')).toEqual([]);
  }); // prettier-ignore

  it('names every unmet condition of a refused publication, and keeps the refusal on record', async () => {
    const { body } = await officer.post<Accepted>('/api/v1/procedures', {
      ...registration(officer),
      title: 'Thủ tục thiếu phần',
      parts: {},
    });
    const refused = await officer.post<Problem>(`/api/v1/procedures/${body.id}/actions/publish`, { decision });
    expect(refused).toMatchObject({ status: 403, body: { code: 'not-authorised' } });
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(new Set(refused.body.unmet?.map(({ code }) => code))).toEqual(new Set(['not-authorised', 'wrong-stage', 'parts-missing']));
    const { body: history } = await officer.get<{ items: unknown[] }>(`/api/v1/procedures/${body.id}/history?refused=true`);
    expect(history.items).toHaveLength(2);
  });
});
