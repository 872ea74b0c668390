import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type StartedApp } from './support/app.js';
import { order, registration, signInAs, type Accepted, type Caller, type Problem } from './support/client.js';
import { newPersonAt } from './support/chief.js';

interface Allowed {
  readonly action: string;
  readonly unmet: readonly string[];
}
interface Recommendation {
  readonly id: string;
  readonly text: string;
  readonly owner: string;
  readonly dueOn: string;
  readonly state: string;
  readonly workingDaysLeft: number | null;
  readonly overdue: boolean;
  readonly remedies: readonly { readonly text: string; readonly outcome?: string; readonly reason?: string }[];
  readonly allowed: readonly Allowed[];
}
interface Inspection {
  readonly id: string;
  readonly state: string;
  readonly part: string;
  readonly conclusionDueOn: string | null;
  readonly calendarVersion: number | null;
  readonly dueOn: string | null;
  readonly workingDaysLeft: number | null;
  readonly overdue: boolean;
  readonly findings: readonly { readonly id: string; readonly text: string; readonly procedures: readonly string[] }[];
  readonly recommendations: readonly Recommendation[];
  readonly allowed: readonly Allowed[];
  readonly revision: number;
}
interface Acted extends Accepted {
  readonly recommendation?: string;
  readonly finding?: string;
}

const api = '/api/v1/inspections';
/** What the Ministry's inspection of 7 November asked for. */
const requests = [
  'Nâng cao nhận thức, đề cao trách nhiệm của người đứng đầu cơ quan, đơn vị',
  'Tập trung hơn nữa cho công tác cải cách hành chính',
  'Khắc phục những tồn tại, hạn chế đã được chỉ ra',
  'Đẩy mạnh tuyên truyền cải cách hành chính đến từng đối tượng',
  'Hoàn thành các chỉ tiêu của Bộ và của Quân chủng',
  'Nâng cao hiệu quả hoạt động của Ban Chỉ đạo',
  'Tăng cường kiểm tra đơn vị trực thuộc, trước hết là nơi tiếp nhận, giải quyết thủ tục',
  'Tiếp tục rà soát, ban hành quy định về chức năng, nhiệm vụ, quyền hạn và quan hệ công tác',
];

describe('an inspection', () => {
  let app: StartedApp;
  let ministry: Caller;
  let auditor: Caller;
  let officer: Caller;
  let checker: Caller;
  let authority: Caller;
  let unitOfficer: Caller;
  let otherOfficer: Caller;
  const unitOf = (caller: Caller): string => caller.person?.unit.id ?? '';

  const announced = (change: object = {}): object => ({
    ...{ title: 'Kiểm tra cải cách hành chính', by: unitOf(ministry), of: unitOf(officer), announcedOn: '2025-11-03' },
    ...change,
  });
  const announce = async (by: Caller, change: object = {}): Promise<string> => (await order(by, 'inspections', announced(change))).id;
  const act = async (by: Caller, id: string, action: string, body: object): Promise<Acted> => {
    const answer = await by.post<Acted>(`${api}/${id}/actions/${action}`, body);
    expect([action, answer.status, answer.body]).toEqual([action, 200, expect.objectContaining({ id })]);
    return answer.body;
  };
  const refused = async (by: Caller, id: string, action: string, body: object): Promise<readonly unknown[]> => {
    const answer = await by.post<Problem>(`${api}/${id}/actions/${action}`, body);
    return [answer.status, answer.body.code, ...(answer.body.errors ?? []).map(({ path }) => path)];
  };
  const read = async (by: Caller, id: string): Promise<Inspection> => {
    const { status, body } = await by.get<Inspection>(`${api}/${id}`);
    expect(status).toBe(200);
    return body;
  };
  const listed = async (by: Caller, query: string, position: string): Promise<readonly Inspection[]> =>
    (await by.get<{ items: Inspection[] }>(`${api}?${query}&minPosition=${position}`)).body.items;
  /** One by the service of a unit, as far as its conclusion. */
  const concluded = async (endedOn = '2025-11-08'): Promise<string> => {
    const id = await announce(checker, { by: unitOf(officer), of: unitOf(unitOfficer) });
    await act(checker, id, 'open', { date: '2025-11-07' });
    await act(checker, id, 'end', { date: endedOn });
    await act(checker, id, 'conclude', { document: { number: '3/KL', date: '2025-11-20' } });
    return id;
  };

  beforeAll(async () => {
    app = await startApp();
    [ministry, auditor, officer, checker, authority, unitOfficer, otherOfficer] = await Promise.all([
      signInAs(app.url, 'authority', 'ministry'),
      signInAs(app.url, 'auditor', 'ministry'),
      signInAs(app.url, 'officer', 'service'),
      signInAs(app.url, 'checker', 'service'),
      signInAs(app.url, 'authority', 'service'),
      signInAs(app.url, 'officer', 'unit'),
      signInAs(app.url, 'officer', 'unit', 2),
    ]);
    expect(unitOf(otherOfficer)).not.toBe(unitOf(unitOfficer));
  });
  afterAll(() => app.stop());

  it('of the service by the Ministry goes from its announcement over eight requests to its close', async () => {
    const made = await ministry.post<Accepted>(api, announced());
    expect([made.status, made.body]).toEqual([201, { id: made.body.id, revision: 0, position: expect.stringMatching(/^\d+$/), events: ['InspectionAnnounced'] }]);
    const { id } = made.body;
    expect((await read(officer, id)).state).toBe('announced');
    await act(ministry, id, 'open', { date: '2025-11-07' });
    const { finding } = await act(ministry, id, 'find', { text: 'Một số đơn vị chưa niêm yết thủ tục', severity: 'medium', evidence: 'Biên bản' });
    expect([(await read(ministry, id)).findings.map((one) => one.id), (await read(officer, id)).findings]).toEqual([[finding], []]);
    await act(ministry, id, 'end', { date: '2025-11-07' });
    // Fifteen working days of the calendar after 7 November, a Friday.
    expect(await read(ministry, id)).toMatchObject({ state: 'ended', conclusionDueOn: '2025-11-28', calendarVersion: 1, overdue: true, workingDaysLeft: 0 });
    const { position } = await act(ministry, id, 'conclude', { document: { number: '5891/KL-BQP', date: '2025-11-20' } });
    expect((await listed(officer, 'state=concluded', position)).map((one) => one.id)).toContain(id);
    expect((await read(officer, id)).findings.map((one) => one.id)).toEqual([finding]);

    const owners = [unitOf(officer), unitOf(unitOfficer)];
    const given: string[] = [];
    for (const [index, text] of requests.entries()) {
      const dueOn = index === 0 ? '2025-12-31' : '2199-12-31';
      const { recommendation = '' } = await act(ministry, id, 'recommend', { text, owner: owners[index % 2], dueOn });
      given.push(recommendation);
    }
    expect((await read(ministry, id)).recommendations.map(({ text, state }) => [text, state])).toEqual(requests.map((text) => [text, 'open']));
    expect((await read(ministry, id)).recommendations.map(({ overdue }) => overdue)).toEqual(requests.map((_, index) => index === 0));
    expect(await refused(ministry, id, 'close', {})).toEqual([409, 'recommendations-open']);

    for (const [index, recommendation] of given.entries()) {
      const owner = index % 2 === 0 ? officer : unitOfficer;
      expect(await refused(ministry, id, 'accept-remedy', { recommendation })).toEqual([409, 'wrong-stage']);
      await act(owner, id, 'report-remedy', { recommendation, text: 'Đã thực hiện', evidence: 'Báo cáo 7/11' });
      expect(await refused(owner, id, 'accept-remedy', { recommendation })).toEqual([403, 'not-authorised']);
      if (index === 2) {
        await act(ministry, id, 'return-remedy', { recommendation, reason: 'Chưa nêu kết quả' });
        expect((await read(owner, id)).recommendations.find((one) => one.id === recommendation)).toMatchObject({ state: 'returned', remedies: [{ outcome: 'returned', reason: 'Chưa nêu kết quả' }] });
        await act(owner, id, 'report-remedy', { recommendation, text: 'Đã bổ sung kết quả' });
      }
      const answer = await act(ministry, id, 'accept-remedy', { recommendation });
      expect(answer.recommendation).toBe(recommendation);
    }
    await act(ministry, id, 'close', {});
    const closed = await read(officer, id);
    expect([closed.state, closed.allowed, closed.overdue, closed.workingDaysLeft]).toEqual(['closed', [], false, null]);
    expect((await read(ministry, id)).recommendations.every(({ state }) => state === 'accepted')).toBe(true);
    expect(await refused(officer, id, 'report-remedy', { recommendation: given[0], text: 'x' })).toEqual([409, 'wrong-stage']);
  }); // prettier-ignore

  it('is for checkers and authorities of the unit that inspects, at that unit', async () => {
    for (const by of [officer, unitOfficer, ministry, auditor])
      expect((await by.post<Problem>(api, announced({ by: unitOf(officer), of: unitOf(unitOfficer) }))).body.code).toBe('not-authorised');
    const id = await announce(checker, { by: unitOf(officer), of: unitOf(unitOfficer) });
    expect(await refused(officer, id, 'open', { date: '2025-11-07' })).toEqual([403, 'not-authorised']);
    expect(await refused(unitOfficer, id, 'open', { date: '2025-11-07' })).toEqual([403, 'not-authorised']);
    expect((await read(checker, id)).allowed).toEqual([{ action: 'open', unmet: [] }]);
    expect((await read(unitOfficer, id)).allowed).toEqual([{ action: 'open', unmet: ['not-authorised'] }]);
    await act(authority, id, 'open', { date: '2025-11-07' });
    expect((await officer.get<{ allowed: string[] }>(api)).body.allowed).toEqual([]);
    expect((await checker.get<{ allowed: string[] }>(api)).body.allowed).toEqual(['announce-inspection']);
  });

  it('refuses what its state forbids, and what is not well formed', async () => {
    const id = await announce(checker, { by: unitOf(officer), of: unitOf(unitOfficer) });
    const document = { number: '1', date: '2025-11-20' };
    expect(await refused(checker, id, 'conclude', { document })).toEqual([409, 'wrong-stage']);
    expect(await refused(checker, id, 'find', { text: 'x', severity: 'low' })).toEqual([409, 'wrong-stage']);
    expect(await refused(checker, id, 'open', { date: '2025-11-01' })).toEqual([400, 'invalid-body', 'date']);
    expect(await refused(checker, id, 'open', { date: '2199-01-01' })).toEqual([400, 'invalid-body', 'date']);
    expect(await refused(checker, id, 'open', {})).toEqual([400, 'invalid-body', 'date']);
    await act(checker, id, 'open', { date: '2025-11-07' });
    expect(await refused(checker, id, 'open', { date: '2025-11-07' })).toEqual([409, 'wrong-stage']);
    for (const body of [{ text: ' ', severity: 'low' }, { text: 'x\u0000', severity: 'low' }])
      expect(await refused(checker, id, 'find', body)).toEqual([400, 'invalid-body', 'text']);
    expect(await refused(checker, id, 'find', { text: 'x', severity: 'grave' })).toEqual([400, 'invalid-body', 'severity']);
    expect(await refused(checker, id, 'find', { text: 'x', severity: 'low', occurredOn: '2199-01-01' })).toEqual([400, 'invalid-body', 'occurredOn']);
    expect(await refused(checker, id, 'close', { why: 'x' })).toEqual([400, 'invalid-body', 'why']);
    const asked = { text: 'x', owner: unitOf(unitOfficer), dueOn: '2025-12-31' };
    expect(await refused(checker, id, 'recommend', asked)).toEqual([409, 'wrong-stage']);
    const late = await concluded();
    expect(await refused(checker, late, 'recommend', { ...asked, owner: randomUUID() })).toEqual([400, 'invalid-body', 'owner']);
    expect(await refused(checker, late, 'recommend', { ...asked, owner: unitOf(ministry) })).toEqual([400, 'invalid-body', 'owner']);
    expect(await refused(checker, late, 'accept-remedy', { recommendation: randomUUID() })).toEqual([400, 'invalid-body', 'recommendation']);
  }); // prettier-ignore

  it('is sent once under its key, and only on the revision that was seen', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const first = await checker.post<Accepted>(api, announced({ by: unitOf(officer) }), key);
    expect((await checker.post<Accepted>(api, announced({ by: unitOf(officer) }), key)).body).toEqual(first.body);
    expect((await checker.post<Problem>(api, announced({ by: unitOf(officer), title: 'Khác' }), key)).body.code).toBe('key-reused');
    const { id } = first.body;
    const old = { 'if-match': '"7"' };
    expect((await checker.post<Problem>(`${api}/${id}/actions/open`, { date: '2025-11-07' }, old)).status).toBe(412);
    const late = await concluded();
    const asked = { text: 'Khắc phục', owner: unitOf(unitOfficer), dueOn: '2025-12-31' };
    const again = { 'idempotency-key': randomUUID() };
    const given = await checker.post<Acted>(`${api}/${late}/actions/recommend`, asked, again);
    expect((await checker.post<Acted>(`${api}/${late}/actions/recommend`, asked, again)).body).toEqual(given.body);
    expect((await read(checker, late)).recommendations.map((one) => one.id)).toEqual([given.body.recommendation]);
  });

  it('is seen by who inspects, who is inspected, who is asked, and those above; by others not at all', async () => {
    const id = await announce(ministry);
    for (const [caller, part] of [[ministry, 'all'], [auditor, 'all'], [officer, 'inspected'], [authority, 'inspected']] as const)
      expect((await read(caller, id)).part).toBe(part);
    for (const caller of [unitOfficer, otherOfficer]) {
      expect((await caller.get(`${api}/${id}`)).status).toBe(404);
      expect(await refused(caller, id, 'open', { date: '2025-11-07' })).toEqual([404, 'not-found']);
    }
    await act(ministry, id, 'open', { date: '2025-11-07' });
    await act(ministry, id, 'find', { text: 'Tồn tại', severity: 'high' });
    await act(ministry, id, 'end', { date: '2025-11-07' });
    await act(ministry, id, 'conclude', { document: { number: '1', date: '2025-11-10' } });
    const own = await act(ministry, id, 'recommend', { text: 'Của bộ', owner: unitOf(ministry), dueOn: '2199-12-31' });
    const { recommendation, position } = await act(ministry, id, 'recommend', { text: 'Của đơn vị', owner: unitOf(unitOfficer), dueOn: '2025-12-31' });
    const seen = await read(unitOfficer, id);
    expect([seen.part, seen.findings, seen.recommendations.map((one) => one.id)]).toEqual(['owner', [], [recommendation]]);
    expect((await read(officer, id)).recommendations.map((one) => one.id)).toEqual([recommendation]);
    expect((await read(ministry, id)).recommendations).toHaveLength(2);
    expect((await otherOfficer.get(`${api}/${id}`)).status).toBe(404);
    expect(await refused(unitOfficer, id, 'report-remedy', { recommendation: own.recommendation, text: 'x' })).toEqual([400, 'invalid-body', 'recommendation']);

    const finds = async (by: Caller, query: string): Promise<boolean> => (await listed(by, query, position)).some((one) => one.id === id);
    expect([await finds(unitOfficer, ''), await finds(otherOfficer, ''), await finds(officer, `unit=${unitOf(unitOfficer)}`)]).toEqual([true, false, true]);
    expect([await finds(officer, 'overdue=true'), await finds(officer, 'overdue=false'), await finds(officer, 'state=opened')]).toEqual([true, false, false]);
    expect((await listed(ministry, `unit=${unitOf(otherOfficer)}`, position)).some((one) => one.id === id)).toBe(false);
  }); // prettier-ignore

  it('has its remedies accepted by somebody else than who reported them', async () => {
    const administrator = await signInAs(app.url, 'administrator', 'service');
    const both = await newPersonAt(administrator, 'hai.vai', 'officer', unitOf(officer));
    const { id: person } = (await both.get<{ id: string }>('/api/v1/account')).body;
    await order(administrator, `people/${person}/roles`, { role: 'checker', unit: unitOf(officer) });
    const id = await concluded();
    const { recommendation } = await act(checker, id, 'recommend', { text: 'Khắc phục', owner: unitOf(officer), dueOn: '2199-12-31' });
    await act(both, id, 'report-remedy', { recommendation, text: 'Đã làm' });
    expect(await refused(both, id, 'accept-remedy', { recommendation })).toEqual([409, 'same-person']);
    expect((await read(both, id)).allowed).toContainEqual({ action: 'accept-remedy', unmet: ['same-person'] });
    await act(checker, id, 'accept-remedy', { recommendation });
  });

  it('names procedures that the inspector sees, and to each reader those that they see', async () => {
    const mine = await order(officer, 'procedures', registration(officer));
    const kept = await order(officer, 'procedures', { ...registration(officer), classification: 'confidential' });
    const id = await announce(checker, { by: unitOf(officer), of: unitOf(unitOfficer) });
    await act(checker, id, 'open', { date: '2025-11-07' });
    const unknown = { text: 'x', severity: 'low', procedures: [mine.id, randomUUID()] };
    expect(await refused(checker, id, 'find', unknown)).toEqual([400, 'invalid-body', 'procedures.1']);
    const open = await act(checker, id, 'find', { text: 'Chung', severity: 'low', procedures: [mine.id] });
    const secret = await act(checker, id, 'find', { text: 'Mật', severity: 'high', procedures: [kept.id] });
    await act(checker, id, 'end', { date: '2025-11-08' });
    const { position } = await act(checker, id, 'conclude', { document: { number: '1', date: '2025-11-20' } });
    const findingsOf = async (by: Caller): Promise<unknown> =>
      (await by.get<Inspection>(`${api}/${id}?minPosition=${position}`)).body.findings.map((one) => [one.id, one.procedures]);
    expect(await findingsOf(checker)).toEqual([[open.finding, [mine.id]], [secret.finding, [kept.id]]]);
    // Who is inspected does not see what the service owns; somebody without clearance does not learn that there is anything of it.
    expect(await findingsOf(unitOfficer)).toEqual([[open.finding, []], [secret.finding, []]]);
    const administrator = await signInAs(app.url, 'administrator', 'service');
    const uncleared = await newPersonAt(administrator, 'khong.mat', 'checker', unitOf(officer));
    expect(await findingsOf(uncleared)).toEqual([[open.finding, [mine.id]]]);
    const other = await announce(checker, { by: unitOf(officer), of: unitOf(unitOfficer) });
    await act(checker, other, 'open', { date: '2025-11-07' });
    expect(await refused(uncleared, other, 'find', { text: 'x', severity: 'low', procedures: [kept.id] })).toEqual([400, 'invalid-body', 'procedures.0']);
  }); // prettier-ignore

  it('asks for remedies of the same kind as a steering board, which members in office see whole', async () => {
    const boards = '/api/v1/steering-boards';
    interface Board {
      readonly part: string;
      readonly members: readonly { readonly id: string; readonly name: string | null; readonly inOffice: boolean }[];
      readonly meetings: readonly { readonly present: readonly object[]; readonly conclusions: readonly { readonly text: string }[] }[];
      readonly recommendations: readonly (Recommendation & { readonly meeting: string | null })[];
      readonly allowed: readonly Allowed[];
    }
    const established = { title: 'Ban chỉ đạo cải cách hành chính', unit: unitOf(officer), document: { number: '1/QĐ', date: '2025-01-10' } };
    expect((await officer.post<Problem>(boards, established)).body.code).toBe('not-authorised');
    const { id } = await order(checker, 'steering-boards', established);
    const on = async (by: Caller, action: string, body: object): Promise<readonly unknown[]> => {
      const answer = await by.post<Problem & Acted & { readonly member?: string; readonly meeting?: string }>(`${boards}/${id}/actions/${action}`, body);
      const { status, body: said } = answer;
      return status === 200 ? [said.meeting ?? said.member ?? said.recommendation ?? '', said.position] : [status, said.code, ...(said.errors ?? []).map(({ path }) => path)];
    };
    const see = async (by: Caller): Promise<Board> => (await by.get<Board>(`${boards}/${id}`)).body;
    const { id: person } = (await otherOfficer.get<{ id: string }>('/api/v1/account')).body;
    expect((await otherOfficer.get(`${boards}/${id}`)).status).toBe(404);
    expect(await on(checker, 'appoint-member', { person: randomUUID(), role: 'head', from: '2025-01-10' })).toEqual([400, 'invalid-body', 'person']);
    await on(checker, 'appoint-member', { person, role: 'head', from: '2025-01-10' });
    expect(await on(checker, 'appoint-member', { person, role: 'member', from: '2025-01-10' })).toEqual([409, 'already-member']);
    expect(await on(checker, 'hold-meeting', { title: 'Họp', date: '2025-01-09', present: [person] })).toEqual([400, 'invalid-body', 'date', 'present.0']);
    const [meeting] = await on(checker, 'hold-meeting', { title: 'Họp quý I', date: '2025-03-31', present: [person] });
    await on(checker, 'add-conclusion', { meeting, text: 'Thống nhất kế hoạch' });
    const asked = { meeting, text: 'Rà soát lại', owner: unitOf(unitOfficer) };
    expect(await on(checker, 'add-conclusion', asked)).toEqual([400, 'invalid-body', 'dueOn']);
    const [recommendation, position] = await on(checker, 'add-conclusion', { ...asked, dueOn: '2025-04-30' });

    const whole = await see(otherOfficer);
    expect(whole).toMatchObject({ part: 'all', members: [{ name: otherOfficer.person?.name, inOffice: true }], meetings: [{ present: [{ person }], conclusions: [{ text: 'Thống nhất kế hoạch' }] }] });
    expect(whole.recommendations).toMatchObject([{ id: recommendation, meeting, state: 'open', overdue: true, workingDaysLeft: 0, allowed: [{ action: 'report-remedy', unmet: ['not-authorised'] }] }]);
    expect(await see(unitOfficer)).toMatchObject({ part: 'owner', members: [], meetings: [], recommendations: [{ id: recommendation, meeting: null }] });
    const listed = async (by: Caller, query: string): Promise<readonly unknown[]> =>
      (await by.get<{ items: { id: string }[] }>(`${boards}?${query}&minPosition=${String(position)}`)).body.items.map((one) => one.id);
    expect(await Promise.all([checker, otherOfficer, unitOfficer, ministry].map((by) => listed(by, 'overdue=true')))).toEqual([[id], [id], [id], [id]]);
    expect([await listed(checker, 'overdue=false'), await listed(checker, `unit=${unitOf(unitOfficer)}`), await listed(checker, 'state=dissolved')]).toEqual([[], [id], []]);

    await on(unitOfficer, 'report-remedy', { recommendation, text: 'Đã rà soát' });
    expect(await on(checker, 'dissolve', { document: { number: '9/QĐ', date: '2025-11-30' } })).toEqual([409, 'recommendations-open']);
    await on(checker, 'accept-remedy', { recommendation });
    const [released, after] = await on(checker, 'release-member', { member: whole.members[0]?.id, to: '2025-03-31' });
    expect(released).toBe(whole.members[0]?.id);
    expect([(await otherOfficer.get(`${boards}/${id}`)).status, (await otherOfficer.get<{ items: object[] }>(`${boards}?minPosition=${String(after)}`)).body.items]).toEqual([404, []]);
    await on(checker, 'dissolve', { document: { number: '9/QĐ', date: '2025-11-30' } });
    expect((await see(checker)).allowed).toEqual([]);
    expect((await unitOfficer.get<Problem>(`${boards}/${'x'.repeat(300)}`)).status).toBe(404);
  }); // prettier-ignore

  it('comes in pages, the newest first', async () => {
    const ahead = { by: unitOf(officer), announcedOn: '2199-01-01' };
    const [one, early, two] = [await announce(authority, { by: unitOf(officer) }), await announce(authority, ahead), await announce(authority, { by: unitOf(officer) })];
    expect(await refused(authority, early, 'open', { date: '2025-11-07' })).toEqual([400, 'invalid-body', 'date']);
    const { position } = await act(authority, two, 'open', { date: '2025-11-07' }); 
    const first = await checker.get<{ items: Inspection[]; nextCursor: string }>(`${api}?limit=1&minPosition=${position}`);
    const second = await checker.get<{ items: Inspection[] }>(`${api}?limit=1&cursor=${first.body.nextCursor}`);
    expect([first.body.items[0]?.id, second.body.items[0]?.id]).toEqual([two, early]);
    expect((await read(checker, one)).state).toBe('announced');
    expect((await checker.get<Problem>(`${api}?state=lost`)).body.code).toBe('invalid-query');
    expect((await checker.get(`${api}/${randomUUID()}`)).status).toBe(404);
  }); // prettier-ignore
});
