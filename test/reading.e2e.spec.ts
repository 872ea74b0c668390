import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { startApp, tinhgon, type StartedApp } from './support/app.js';
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

interface Found {
  readonly items: readonly { readonly id: string; readonly title: string; readonly actions?: readonly string[] }[];
  readonly nextCursor: string | null;
  readonly asOf: { readonly position: string; readonly at: string; readonly lagMs: number };
}

describe('reading the register', () => {
  let app: StartedApp;
  let officer: Caller;
  let authority: Caller;
  let last: Accepted;
  const ids: string[] = [];

  const register = async (title: string, more: object = {}): Promise<string> => {
    const { status, body } = await officer.post<Accepted>('/api/v1/procedures', { ...registration(officer), title, ...more });
    expect(status).toBe(201);
    last = body;
    return body.id;
  };
  const find = async (query: string): Promise<Found> => {
    const { status, body } = await officer.get<Found>(`/api/v1/procedures?${query}&minPosition=${last.position}`);
    expect([query, status]).toEqual([query, 200]);
    return body;
  };

  beforeAll(async () => {
    app = await startApp();
    [officer, authority] = await Promise.all([signInAs(app.url, 'officer', 'service'), signInAs(app.url, 'authority', 'service')]);
    ids.push(await register('Thủ tục cấp giấy đóng quân', { field: 'quân lực', code: '1.000001' }));
    ids.push(await register('Đăng ký phương tiện', { field: 'kỹ thuật', group: 'A' }));
    ids.push(await register('Điều động cán bộ', { field: 'quân lực' }));
  });
  afterAll(() => app.stop());

  it('finds titles, codes and fields however their accents are typed', async () => {
    for (const q of ['thu tuc', 'THỦ TỤC', 'thủ tục'.normalize('NFD'), 'giay dong', '1.000001', 'đong giay', 'giay Ðóng'])
      expect([q, (await find(`q=${encodeURIComponent(q)}`)).items.map(({ id }) => id)]).toEqual([q, [ids[0]]]);
    for (const q of ['hủy', '***']) expect((await find(`q=${encodeURIComponent(q)}`)).items).toEqual([]);
  });

  it('filters by kind, group, stage, unit and field, in composed and decomposed letters', async () => {
    const titles = async (query: string): Promise<readonly string[]> => (await find(query)).items.map(({ id }) => id).sort();
    for (const form of ['NFC', 'NFD'])
      expect(await titles(`field=${encodeURIComponent('quân lực'.normalize(form))}`)).toEqual([ids[0], ids[2]].sort());
    expect(await titles('group=A&kind=internal&stage=registered')).toEqual([ids[1]]);
    expect(await titles(`unit=${officer.person?.unit.id ?? ''}`)).toEqual([...ids].sort());
    expect(await titles('kind=public')).toEqual([]);
  });

  it('pages through a list without leaving out or repeating anything, and refuses a cursor of another list', async () => {
    const first = await find('limit=2&sort=title');
    const second = await find(`limit=2&sort=title&cursor=${first.nextCursor ?? ''}`);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([ids[1], ids[2], ids[0]]);
    expect(second.nextCursor).toBeNull();
    const other = await officer.get<Problem>(`/api/v1/procedures?sort=registered&cursor=${first.nextCursor ?? ''}`);
    expect(other).toMatchObject({ status: 400, body: { code: 'invalid-query' } });
  });

  it('says how many there are in all pages, where it is asked for', async () => {
    const asked = async (query: string): Promise<unknown> => ((await find(query)) as Found & { readonly total?: object }).total;
    expect([await asked('q=quan'), await asked('q=quan&total=false')]).toEqual([undefined, undefined]);
    expect(await asked(`field=${encodeURIComponent('quân lực')}&limit=1&total=true`)).toEqual({ count: 2, more: false });
    expect(await asked('classification=secret&total=true')).toEqual({ count: 0, more: false });
  });

  it('names what has the same words in its title, or all but one', async () => {
    const alike = async (title: string, more = ''): Promise<readonly string[]> =>
      (await officer.get<Found>(`/api/v1/procedures/similar?title=${encodeURIComponent(title)}${more}&minPosition=${last.position}`)).body.items.map(({ id }) => id);
    const longer = await register('Thủ tục cấp lại giấy phép đóng quân tạm thời');
    expect(await alike('thu tuc cap giay dong quan')).toEqual([ids[0], longer]);
    expect(await alike('Giấy đóng quân, cấp: thủ tục mới')).toEqual([ids[0], longer]);
    expect(await alike('Điều động nhân viên')).toEqual([]);
    expect(await alike('cán bộ điều động', `&unit=${officer.person?.unit.id ?? ''}`)).toEqual([ids[2]]);
    expect(await alike('***')).toEqual([]);
    expect((await officer.get<Problem>('/api/v1/procedures/similar')).body).toMatchObject({ status: 400, code: 'invalid-query' });
  }); // prettier-ignore

  it('says how fresh it is, and waits for a position or says that the view is behind', async () => {
    const { asOf } = await find('limit=1');
    expect(BigInt(asOf.position)).toBeGreaterThanOrEqual(BigInt(last.position));
    expect(asOf).toMatchObject({ at: expect.stringMatching(/^\d{4}-.*Z$/), lagMs: expect.any(Number) });
    const behind = await officer.get<Problem>('/api/v1/procedures?minPosition=999999999999999999');
    expect(behind).toMatchObject({ status: 503, body: { code: 'view-behind' } });
  });

  it('refuses what is no query parameter here, twice the same one, and times that do not exist', async () => {
    const [id = ''] = ids;
    for (const path of [
      'procedures?__proto__=1',
      'procedures?constructor=1',
      'procedures?limit=1&limit=2',
      'procedures?sort=colour',
      'procedures?unit=navy',
      'procedures?stage=nowhere',
      'worklist?colour=red',
      'reports/funnel?stage=proposed',
      'processors?x=1',
      `procedures/${id}?asOf=2023-02-30T00:00:00Z`,
      `procedures/${id}?asOf=9`,
      `procedures/${id}?asOf=2023-01-01`,
      `procedures/${id}/history?refused=yes`,
      `procedures/${id}/history?limit=201`,
      `procedures/${id}/history?order=recordedAt`,
      `procedures/${id}/history?cursor=x`,
      `procedures/${id}/history?type=`,
      `procedures/${id}/history?actor=navy`,
      `procedures/${id}/history?from=2026-02-30`,
      `procedures/${id}/history?from=2026-02-02&to=2026-02-01`,
      `procedures/${id}/diff?from=0`,
    ])
      // prettier-ignore
      expect([path, (await officer.get<Problem>(`/api/v1/${path}`)).body]).toMatchObject([path, { status: 400, code: 'invalid-query' }]);
  });

  it('shows a long history page by page, in both orders and as asked for, and the command line shows all of it', async () => {
    interface History {
      readonly items: readonly { readonly revision: number | null; readonly type: string; readonly actor: { readonly id: string } }[];
      readonly nextCursor: string | null;
    }
    const id = await register('Lịch sử dài');
    const texts = Array.from({ length: 210 }, (_, index) => `Bước ${String(index)}`);
    for (const steps of texts) await officer.send('PATCH', `/api/v1/procedures/${id}/parts`, JSON.stringify({ steps }));
    expect((await authority.post(`/api/v1/procedures/${id}/actions/publish`, { decision })).status).toBe(409);
    const history = async (query: string): Promise<History> => {
      const { status, body } = await officer.get<History>(`/api/v1/procedures/${id}/history?${query}`);
      expect([query, status]).toEqual([query, 200]);
      return body;
    };
    const revisions = ({ items }: History): readonly (number | null)[] => items.map(({ revision }) => revision);
    const upTo = (length: number, from: number): readonly number[] => Array.from({ length }, (_, index) => from + index);

    const first = await history('');
    expect(revisions(first)).toEqual(upTo(200, 0));
    const second = await history(`cursor=${first.nextCursor ?? ''}`);
    expect(revisions(second)).toEqual(upTo(11, 200));
    expect(second.nextCursor).toBeNull();
    const newest = await history('order=-revision&limit=2&refused=true');
    expect(newest.items.map(({ type }) => type)).toEqual(['CommandRefused', 'PartsAmended']);
    expect(revisions(await history(`order=-revision&limit=2&refused=true&cursor=${newest.nextCursor ?? ''}`))).toEqual([209, 208]);
    expect((await history(`type=ProcedureRegistered,CommandRefused&to=2199-12-31`)).items.map(({ type }) => type)).toEqual([
      'ProcedureRegistered',
      'CommandRefused',
    ]);
    expect((await history(`refused=true&actor=${newest.items[0]?.actor.id ?? ''}`)).items).toHaveLength(1);
    expect((await history('from=2199-12-31')).items).toEqual([]);

    const { code, stdout } = await tinhgon(['history', id, '--url', app.url]);
    expect(code).toBe(0);
    expect(stdout.match(/PartsAmended/g)).toHaveLength(210);
  });

  it('shows decision, submission and offices as corrected, says what differs, and finds their numbers', async () => {
    const ministry = await signInAs(app.url, 'authority', 'ministry');
    const id = await register('Thủ tục có quyết định', { kind: 'public', group: undefined });
    const act = async (by: Caller, action: string, body: object): Promise<Accepted> => {
      last = await order(by, `procedures/${id}/actions/${action}`, body);
      return last;
    };
    await act(officer, 'review', goodReview);
    await act(officer, 'propose', { document: { ...proposal.document, number: '77/TTr' } });
    const shown = async (query = ''): Promise<object> => (await officer.get<object>(`/api/v1/procedures/${id}${query}`)).body;
    expect(await shown()).toMatchObject({ document: { number: '77/TTr' }, decision: null, abolition: null, offices: [] });
    const wrong = { ...decision, number: '4321/QD-BQP', effectiveDate: '2023-04-01' };
    await act(ministry, 'publish', { decision: wrong });
    await act(officer, 'disclose', { date: '2023-02-15', office: 'Bộ phận một cửa' });
    const found = async (q: string): Promise<readonly string[]> => (await find(`q=${encodeURIComponent(q)}`)).items.map((one) => one.id);
    expect([await found('4321/QĐ-BQP'), await found('77/ttr')]).toEqual([[id], [id]]);
    const { revision } = await act(ministry, 'correct', { revision: 3, changes: { 'decision.number': '4312/QĐ-BQP' }, reason: 'gõ nhầm' });
    expect(await shown()).toMatchObject({
      decision: { ...wrong, number: '4312/QĐ-BQP', correctedBy: [revision] },
      document: { number: '77/TTr', date: proposal.document.date },
      offices: [{ office: 'Bộ phận một cửa', date: '2023-02-15' }],
    });
    expect(await shown(`?asOf=${String(revision - 1)}`)).toMatchObject({ decision: wrong });
    expect([await found('4321/QĐ-BQP'), await found('4312/QĐ-BQP')]).toEqual([[], [id]]);
    const { body } = await officer.get(`/api/v1/procedures/${id}/diff?from=${String(revision - 1)}&to=${String(revision)}`);
    expect(body).toMatchObject({ changes: [{ path: 'decision.number', before: '4321/QD-BQP', after: '4312/QĐ-BQP' }] });
  });

  it('says of a revision that does not exist yet, and of a time to come, that they are not there', async () => {
    const id = await register('Thủ tục mới');
    for (const [asOf, reason] of [
      ['1', 'does not exist yet'],
      ['2199-01-01T00:00:00Z', 'is in the future'],
    ] as const) {
      const { status, body } = await officer.get<Problem>(`/api/v1/procedures/${id}?asOf=${asOf}`);
      expect([status, body.code, body.errors?.[0]?.path]).toEqual([400, 'invalid-query', 'asOf']);
      expect(body.errors?.[0]?.message).toContain(reason);
    }
    // A clock that is a little ahead is no fault.
    const soon = new Date(Date.now() + 20_000).toISOString();
    expect((await officer.get(`/api/v1/procedures/${id}?asOf=${soon}`)).status).toBe(200);
  });

  it('lists in the worklist what the caller may do now, longest waiting first, page by page', async () => {
    for (const id of [ids[2], ids[0]]) {
      await officer.post(`/api/v1/procedures/${id ?? ''}/actions/review`, goodReview);
      last = (await officer.post<Accepted>(`/api/v1/procedures/${id ?? ''}/actions/propose`, proposal)).body;
    }
    const page = async (query: string): Promise<Found> =>
      (await authority.get<Found>(`/api/v1/worklist?${query}&minPosition=${last.position}`)).body;
    const all = await page('limit=50');
    expect(all.items.map(({ id, actions }) => [id, actions])).toEqual([
      [ids[2], ['publish']],
      [ids[0], ['publish']],
    ]);
    const first = await page('limit=1');
    const second = await page(`limit=1&cursor=${first.nextCursor ?? ''}`);
    expect([first, second].map(({ items }) => items[0]?.id)).toEqual([ids[2], ids[0]]);
    expect(second.nextCursor).toBeNull();
  });

  it('lists for everybody exactly the procedures on which the rules let them move something on', async () => {
    const [ministry, checker, unitOfficer, auditor] = await Promise.all([
      signInAs(app.url, 'authority', 'ministry'),
      signInAs(app.url, 'checker', 'service'),
      signInAs(app.url, 'officer', 'unit'),
      signInAs(app.url, 'auditor', 'ministry'),
    ]);
    const unit = unitOfficer.person?.unit.id;
    const act = async (caller: Caller, id: string, action: string, body: object): Promise<void> => {
      const answer = await caller.post<Accepted>(`/api/v1/procedures/${id}/actions/${action}`, body);
      expect([action, answer.status]).toEqual([action, 200]);
      last = answer.body;
    };
    // One in each of several stages, of several classes and owners.
    await register('Quy trình của đơn vị', { kind: 'quality', group: undefined, owningUnit: unit });
    const stopped = await register('Không cần thiết', { owningUnit: unit });
    await act(officer, stopped, 'review', { ...goodReview, necessary: false });
    const upward = await register('Nhóm A', { group: 'A' });
    await act(officer, upward, 'review', goodReview);
    await act(officer, upward, 'propose', proposal);
    const optional = await register('Có phương án', { group: 'C' });
    await act(officer, optional, 'review', goodReview);
    await act(officer, optional, 'propose', proposal);
    await act(authority, optional, 'publish', { decision });
    await act(officer, optional, 'propose-option', { option });
    const suspended = await register('Tạm dừng', {});
    await act(authority, suspended, 'suspend', { reason: 'Chờ ý kiến' });

    // What moves a procedure on; from one that a review stopped only the way out is left.
    const onwards = [
      'build',
      'review',
      'propose',
      'publish',
      'disclose',
      'apply',
      'propose-option',
      'check-quality',
      'approve-option',
      'implement-option',
    ];
    const { items } = await find('limit=200&sort=stageSince');
    for (const caller of [officer, unitOfficer, checker, authority, ministry, auditor]) {
      const expected: string[] = [];
      for (const { id } of items) {
        const { status, body } = await caller.get<{ allowed: { action: string; unmet: string[] }[] }>(`/api/v1/procedures/${id}`);
        // What is not theirs to see is not theirs to do.
        if (status === 404) continue;
        const open = body.allowed.filter(({ unmet }) => unmet.length === 0).map(({ action }) => action);
        if (open.some((action) => onwards.includes(action) || (id === stopped && action === 'withdraw'))) expected.push(id);
      }
      const { body } = await caller.get<Found>(`/api/v1/worklist?limit=200&minPosition=${last.position}`);
      expect([caller.person?.role, body.items.map(({ id }) => id)]).toEqual([caller.person?.role, expected]);
    }
  });

  it('says who does what is closed to somebody, what is missing for it, and what else is open to them', async () => {
    interface Shown {
      readonly allowed: readonly {
        readonly action: string;
        readonly missing: readonly string[];
        readonly by: readonly { readonly role: string; readonly unit: string }[];
        readonly isWork: boolean;
      }[];
      readonly otherActions: readonly { readonly action: string; readonly unmet: readonly string[] }[];
    }
    const [auditor, ministry] = await Promise.all([signInAs(app.url, 'auditor', 'ministry'), signInAs(app.url, 'authority', 'ministry')]);
    const shown = async (caller: Caller, id: string): Promise<Shown> => (await caller.get<Shown>(`/api/v1/procedures/${id}`)).body;
    const others = ({ otherActions }: Shown): object => Object.fromEntries(otherActions.map(({ action, unmet }) => [action, unmet]));
    const id = await register('Thủ tục chưa đủ bộ phận', { parts: { steps: 'Bước 1' } });
    await order(officer, `procedures/${id}/actions/review`, goodReview);
    const [service, above] = [officer.person?.unit.id, ministry.person?.unit.id];
    const bare = await shown(officer, id);
    const propose = bare.allowed.find(({ action }) => action === 'propose');
    expect(propose).toMatchObject({ isWork: true, inputs: [], missing: [] });
    expect(propose?.by).toEqual([service, above].map((unit) => ({ role: 'officer', unit })));
    expect(bare.allowed.find(({ action }) => action === 'suspend')).toMatchObject({
      ...{ isWork: false, unmet: ['not-authorised'], by: [{ role: 'authority', unit: service }] },
    });
    expect(others(bare)).toEqual({ 'amend-parts': [], comment: [], consult: [], 'raise-obstacle': [], measure: [] });
    const refused = ['not-authorised'];
    expect(others(await shown(auditor, id))).toEqual({
      ...{ 'amend-parts': refused, comment: refused, consult: refused, 'raise-obstacle': refused, measure: refused },
    });
    for (const [path, body] of [
      ['comments', { text: 'x' }],
      ['consultations', { units: [service], question: 'x', dueOn: '2199-12-31' }],
      ['obstacles', { description: 'x', unit: service }],
    ] as const)
      expect([path, (await auditor.post<Problem>(`/api/v1/procedures/${id}/${path}`, body)).body.code]).toEqual([path, 'not-authorised']);
    // Once it is proposed its parts stay; once it has ended, nobody is asked about it.
    await order(officer, `procedures/${id}/actions/propose`, proposal);
    const proposed = await shown(authority, id);
    expect(Object.keys(others(proposed))).toEqual(['comment', 'consult', 'raise-obstacle', 'measure']);
    const publish = proposed.allowed.find(({ action }) => action === 'publish');
    expect(publish).toMatchObject({ missing: expect.arrayContaining(['parts.dossier', 'parts.legalBasis']) });
    expect(publish?.missing).not.toContain('parts.steps');
    last = await order(officer, `procedures/${id}/actions/withdraw`, { reason: 'Trùng' });
    expect(others(await shown(officer, id))).toEqual({ comment: [] });
  });

  it('tells listeners what changed, from where they left off', async () => {
    const { position } = last;
    const id = await register('Thủ tục theo dõi');
    const listening = new AbortController();
    const headers = { authorization: `Bearer ${officer.token ?? ''}`, 'last-event-id': position };
    const response = await fetch(`${app.url}/api/v1/stream`, { headers, signal: listening.signal });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    let heard = '';
    for await (const chunk of response.body ?? []) {
      heard += Buffer.from(chunk as Uint8Array).toString();
      if (heard.includes(id)) break;
    }
    listening.abort();
    expect(heard).toContain(`id: ${last.position}\nevent: change\n`);
    expect(heard.startsWith(`: following the log\nid: ${position}\n\n`)).toBe(true);
    expect(heard).toMatch(new RegExp(`"procedure":"${id}","revision":0,"type":"ProcedureRegistered",.*"by":"[0-9a-f-]{36}"\\}`));
    expect((await officer.send('HEAD', '/api/v1/stream')).status).toBe(200);
    expect((await officer.get('/api/v1/stream', { 'last-event-id': 'first' })).status).toBe(400);
    expect((await officer.send('HEAD', '/api/v1/stream', undefined, { 'last-event-id': '' })).status).toBe(200);
  });

  it('tells a listener who knows more than the log, as after a restore, to begin anew, and what changes from then on', async () => {
    const listening = new AbortController();
    const headers = { authorization: `Bearer ${officer.token ?? ''}`, 'last-event-id': '9'.repeat(18) };
    const response = await fetch(`${app.url}/api/v1/stream`, { headers, signal: listening.signal });
    let heard = '';
    let id: string | undefined;
    for await (const chunk of response.body ?? []) {
      heard += Buffer.from(chunk as Uint8Array).toString();
      id ??= await register('Thủ tục sau khi khôi phục');
      if (heard.includes(id)) break;
    }
    listening.abort();
    const [, position] = /^id: (\d+)\nevent: begin-anew\ndata: \{"position":"\1"\}\n\n/.exec(heard) ?? [];
    expect(BigInt(position ?? -1)).toBeGreaterThan(0n);
    expect(heard).toContain(`"procedure":"${id ?? ''}","revision":0`);
  });

  it('lets one person take no more than some of the streams that there are', async () => {
    const listening = new AbortController();
    const statusOf = async ({ token }: Caller): Promise<number> => {
      const headers = { authorization: `Bearer ${token ?? ''}` };
      return (await fetch(`${app.url}/api/v1/stream`, { headers, signal: listening.signal })).status;
    };
    const statuses = await Promise.all(Array.from({ length: 25 }, () => statusOf(officer)));
    expect([200, 429].map((status) => statuses.filter((one) => one === status).length)).toEqual([20, 5]);
    expect(await statusOf(await signInAs(app.url, 'checker', 'service'))).toBe(200);
    listening.abort();
    for (const deadline = Date.now() + 20_000; (await officer.send('HEAD', '/api/v1/stream')).status !== 200; await new Promise((resolve) => setTimeout(resolve, 50)))
      if (Date.now() > deadline) throw new Error('No place came free.');
  }); // prettier-ignore

  it('lets one person wait for views in some of the places that there are', async () => {
    const far = `/api/v1/procedures?limit=1&minPosition=${'9'.repeat(18)}`;
    const checker = await signInAs(app.url, 'checker', 'service');
    const waiting = Promise.all(Array.from({ length: 400 }, () => officer.get(far)));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect((await checker.get(`/api/v1/procedures?limit=1&minPosition=${last.position}`)).status).toBe(200);
    const statuses = (await waiting).map(({ status }) => status);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(50);
    expect((await officer.get(`/api/v1/procedures?limit=1&minPosition=${last.position}`)).status).toBe(200);
  });

  it('says of each publication whether it was signed and disclosed in time, and how many were', async () => {
    interface Shown {
      readonly onTime: readonly { readonly measure: string; readonly state: string }[];
    }
    interface Report {
      readonly rows: readonly { readonly measure: string; readonly kind: string; readonly group: string | null }[];
    }
    const field = 'đúng hạn';
    const ministry = await signInAs(app.url, 'authority', 'ministry');
    const published = async (by: Caller, effectiveDate: string, more: object): Promise<string> => {
      const { id } = await order(officer, 'procedures', { ...registration(officer), field, ...more });
      await order(officer, `procedures/${id}/actions/review`, goodReview);
      await order(officer, `procedures/${id}/actions/propose`, proposal);
      await order(by, `procedures/${id}/actions/publish`, { decision: { ...decision, effectiveDate } });
      return id;
    };
    const onTime = async (id: string): Promise<Shown['onTime']> => (await officer.get<Shown>(`/api/v1/procedures/${id}`)).body.onTime;

    // Signed on Wednesday 1 February 2023, without holidays after it: 5 working days are over on the 8th, 20 on 1 March.
    const early = await published(authority, '2023-02-08', { group: 'D' });
    const late = await published(authority, '2023-02-07', { group: 'D' });
    const before = { measure: 'signedBeforeEffect', days: 5, limitOn: '2023-02-08', calendarVersion: 1 };
    expect(await onTime(early)).toEqual([{ ...before, state: 'met', on: '2023-02-08' }]);
    expect(await onTime(late)).toEqual([{ ...before, state: 'late', on: '2023-02-07' }]);
    expect(await onTime(ids[0] ?? '')).toEqual([]);

    const forAll = await published(ministry, '2023-02-28', { kind: 'public', group: undefined });
    const states = async (): Promise<readonly string[]> => (await onTime(forAll)).map(({ state }) => state);
    expect(await states()).toEqual(['late', 'late']);
    await order(officer, `procedures/${forAll}/actions/disclose`, { date: '2023-02-15', office: 'Bộ phận một cửa' });
    expect(await states()).toEqual(['late', 'met']);
    const changes = { 'decision.effectiveDate': '2023-03-01' };
    const { position } = await order(ministry, `procedures/${forAll}/actions/correct`, { revision: 3, changes, reason: 'gõ nhầm' });
    expect(await states()).toEqual(['met', 'met']);

    const report = (by: Caller, query = ''): Promise<Report['rows']> =>
      by
        .get<Report>(`/api/v1/reports/on-time?field=${encodeURIComponent(field)}&minPosition=${position}${query}`)
        .then(({ body }) => body.rows);
    const none = { met: 0, late: 0, open: 0, unknown: 0 };
    const forPublic = { kind: 'public', group: null, ...none, met: 1 };
    const everything = [
      { key: 'disclosedAfterSigning/public/', measure: 'disclosedAfterSigning', ...forPublic },
      { key: 'signedBeforeEffect/internal/D', measure: 'signedBeforeEffect', kind: 'internal', group: 'D', ...none, met: 1, late: 1 },
      { key: 'signedBeforeEffect/public/', measure: 'signedBeforeEffect', ...forPublic },
    ];
    expect(await report(officer)).toEqual(everything);
    expect(await report(officer, '&kind=public&signedFrom=2023-02-01&signedTo=2023-02-01')).toHaveLength(2);
    expect(await report(officer, '&signedFrom=2023-02-02')).toEqual([]);
    expect(await report(await signInAs(app.url, 'officer', 'unit'))).toEqual([]);
    expect((await officer.get('/api/v1/reports/on-time?signedFrom=2023-02-30')).status).toBe(400);
    const listed = async (query: string): Promise<readonly string[]> => {
      const path = `/api/v1/procedures?field=${encodeURIComponent(field)}&${query}`;
      return (await officer.get<{ readonly items: readonly { readonly id: string }[] }>(path)).body.items.map(({ id }) => id);
    };
    expect(await listed('onTime=signedBeforeEffect.late')).toEqual([late]);
    expect(await listed('onTime=signedBeforeEffect.met')).toEqual([forAll, early]);
    expect(await listed('onTime=disclosedAfterSigning.met')).toEqual([forAll]);
    expect(await listed('onTime=disclosedAfterSigning.open')).toEqual([]);
    expect((await officer.get('/api/v1/procedures?onTime=late')).status).toBe(400);
  });

  it('lists what was registered, and what came to its stage, on a day or later', async () => {
    const since = await register('Đăng ký hôm nay', { field: 'từ ngày' });
    const listed = async (query: string): Promise<readonly string[]> => {
      const path = `/api/v1/procedures?field=${encodeURIComponent('từ ngày')}&minPosition=${last.position}&${query}`;
      return (await officer.get<{ readonly items: readonly { readonly id: string }[] }>(path)).body.items.map(({ id }) => id);
    };
    const [today, tomorrow] = [0, 1].map((days) => new Date(Date.now() + 7 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10));
    expect(await listed(`registeredFrom=${today ?? ''}`)).toEqual([since]);
    expect(await listed(`inStageFrom=${today ?? ''}`)).toEqual([since]);
    expect(await listed(`registeredFrom=${tomorrow ?? ''}`)).toEqual([]);
    expect(await listed(`inStageFrom=${tomorrow ?? ''}`)).toEqual([]);
    expect((await officer.get('/api/v1/procedures?registeredFrom=2026-02-30')).status).toBe(400);
  });

  it('gives out as a file what the list has, in its order, for either kind of spreadsheet', async () => {
    const formula = await register('=HYPERLINK("http://x"); kỳ lạ', { field: 'xuất tệp' });
    for (let index = 0; index < 205; index++) await register(`Xuất ${String(index)}`, { field: 'xuất tệp' });
    const query = `field=${encodeURIComponent('xuất tệp')}&sort=-registered&minPosition=${last.position}`;
    const at = `/api/v1/procedures/export?${query}`;
    const file = await officer.get<string>(`${at}&separator=;`, { 'accept-language': 'vi' });
    expect([file.status, file.headers.get('content-type'), file.headers.get('content-disposition')]).toEqual([
      ...[200, 'text/csv; charset=utf-8', 'attachment; filename="procedures.csv"'],
    ]);
    const lines = file.body.replace(/\r\n$/, '').split('\r\n');
    expect(lines).toHaveLength(207);
    expect(lines[0]).toMatch(/^\uFEFF?Mã định danh;Mã thủ tục;Tên thủ tục;/);
    expect(lines.at(-1)).toMatch(new RegExp(`^${formula};;"'=HYPERLINK\\(""http://x""\\); kỳ lạ";internal;D;`));
    expect(lines[1]).toContain(`;${officer.person?.unit.name ?? ''};none;registered;0;0;`);
    expect((await officer.get<string>(`${at}&q=khong-co`)).body).toMatch(/^\uFEFF?Id,[^\n]*\r\n$/);
    const bytes = await (await fetch(`${app.url}${at}`, { headers: { authorization: `Bearer ${officer.token ?? ''}` } })).arrayBuffer();
    expect([...new Uint8Array(bytes).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    for (const wrong of ['separator=|', 'format=xlsx', 'stage=x', 'limit=1'])
      expect((await officer.get<Problem>(`/api/v1/procedures/export?${wrong}`)).body).toMatchObject({ status: 400, code: 'invalid-query' });
  });

  it('gives out the whole register as of one position, as far as somebody may see it', async () => {
    const [auditor, uncleared] = await Promise.all([signInAs(app.url, 'auditor', 'ministry'), signInAs(app.url, 'officer', 'unit', 2)]);
    const owningUnit = uncleared.person?.unit.id ?? '';
    const steps = 'Bước 1: nộp hồ sơ\nBước 2: nhận kết quả';
    const open = await register('Thủ tục điều động, đóng quân “đặc biệt”, "chain":"', { owningUnit, parts: { steps } });
    const hidden = await register('Thủ tục mật', { owningUnit, classification: 'confidential' });
    interface Line {
      readonly header?: { readonly position: string; readonly seen: object };
      readonly procedure?: { readonly id: string } & Readonly<Record<string, unknown>>;
      readonly trailer?: { readonly procedures: number };
    }
    const exported = async (caller: Caller): Promise<readonly Line[]> => {
      const file = await fetch(`${app.url}/api/v1/exports/register?minPosition=${last.position}`, {
        headers: { authorization: `Bearer ${caller.token ?? ''}` },
      });
      expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/x-ndjson; charset=utf-8']);
      const text = await file.text();
      expect(text.endsWith('\n')).toBe(true);
      return text.slice(0, -1).split('\n').map((line) => JSON.parse(line) as Line); // prettier-ignore
    };
    const lines = await exported(auditor);
    const formats = { date: true, uuid: true, 'date-time': true } as const;
    const schema = JSON.parse(readFileSync('docs/register-export.schema.json', 'utf8')) as object;
    const matches = new Ajv2020({ strict: false, formats }).compile(schema);
    for (const line of lines) expect([line, matches(line), matches.errors]).toEqual([line, true, null]);
    expect(matches({ ...lines[1], more: 1 })).toBe(false);

    const procedures = lines.flatMap(({ procedure }) => procedure ?? []);
    const seen = procedures.map(({ id }) => id);
    expect(seen).toEqual([...seen].sort());
    expect(seen).toEqual(expect.arrayContaining([...ids, open, hidden]));
    expect(lines.at(-1)).toMatchObject({ trailer: { procedures: seen.length } });
    expect(lines[0]).toMatchObject({ header: { seen: { allUnits: true, clearance: 'confidential' } } });
    for (const id of [open, hidden, ...ids]) {
      const { allowed, otherActions, asOf, ...shown } = (await auditor.get<Record<string, unknown>>(`/api/v1/procedures/${id}`)).body;
      expect([allowed, otherActions, asOf]).not.toContain(undefined);
      expect(procedures.find((one) => one.id === id)).toEqual(shown);
    }
    // Neither a line nor a number has what is classified for whoever is not cleared.
    const few = await exported(uncleared);
    expect(few.flatMap(({ procedure }) => procedure?.id ?? [])).toEqual([open]);
    expect([few[0], few.at(-1)]).toMatchObject([
      { header: { seen: { allUnits: false, clearance: 'none' } } },
      { trailer: { procedures: 1 } },
    ]);
    expect((await officer.get<Problem>('/api/v1/exports/register?limit=1')).body).toMatchObject({ status: 400, code: 'invalid-query' });
  });

  it('writes an export by the command line once it is whole, and names the first line that is not as it was written', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tinhgon-export-'));
    const file = join(folder, 'register.jsonl');
    const written = await tinhgon(['export', 'register', file, '--url', app.url]);
    expect(written).toMatchObject({ code: 0, stderr: '' });
    const bytes = await readFile(file);
    expect(written.stdout).toMatch(/^\d+ procedures as they stood at position \d+, SHA-256 [0-9a-f]{64}: whole\.\n$/);
    expect((await stat(file)).mode & 0o077).toBe(0);
    expect(await readdir(folder)).toEqual(['register.jsonl']);
    expect(await tinhgon(['export', 'verify', file])).toEqual(written);
    const changed = Buffer.from(bytes);
    const third = bytes.indexOf(10, bytes.indexOf(10) + 1) + 40;
    changed[third] = (changed[third] ?? 0) ^ 1;
    for (const [content, line] of [
      [changed, 3],
      [bytes.subarray(0, bytes.lastIndexOf(10, -2) + 1), bytes.toString('latin1').split('\n').length - 1],
    ] as const) {
      await writeFile(file, content);
      const { code, stderr } = await tinhgon(['export', 'verify', file]);
      expect([code, stderr]).toEqual([1, expect.stringMatching(new RegExp(`^Line ${String(line)} of `))]);
    }
    expect(await tinhgon(['export', 'register', join(folder, 'no', 'such'), '--url', app.url])).toMatchObject({ code: 1, stdout: '' });
    await rm(folder, { recursive: true });
  });

  it('answers 405 for another method and 404 for nothing', async () => {
    const wrong = await officer.send<Problem>('DELETE', `/api/v1/procedures/${ids[0] ?? ''}`);
    expect(wrong).toMatchObject({ status: 405, body: { code: 'method-not-allowed' } });
    expect(wrong.headers.get('allow')).toBe('GET, HEAD');
    expect((await officer.get<Problem>('/api/v1/nothing')).body).toMatchObject({ status: 404, code: 'not-found' });
  });

  it('speaks Vietnamese to those who prefer it', async () => {
    const ask = async (language: string): Promise<Problem & { readonly title: string }> =>
      (await officer.get<Problem & { readonly title: string }>('/api/v1/procedures?limit=0', { 'accept-language': language })).body;
    expect((await ask('vi-VN,vi;q=0.9,en;q=0.8')).title).toBe('Tham số truy vấn không hợp lệ.');
    expect((await ask('en,vi;q=0.5')).title).toBe('A query parameter is not well formed.');
  });
});
