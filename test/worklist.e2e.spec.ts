import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp } from './support/app.js';
import type { StartedApp } from './support/app.js';
import { decision, goodReview, option, order, proposal, registration, signInAs } from './support/client.js';
import { Caller } from './support/client.js';
import type { Problem } from './support/client.js';

interface Work {
  readonly items: readonly {
    readonly id: string;
    readonly actions: readonly string[];
    readonly claim: { readonly person: string } | null;
  }[];
  readonly nextCursor: string | null;
}
type Counts = Readonly<Record<'mine' | 'unit' | 'claimed' | 'waiting' | 'overdue' | 'dueThisWeek', number>> & {
  readonly tasks: { readonly open: number; readonly overdue: number; readonly waiting: number };
};

describe('Worklists', () => {
  let app: StartedApp;
  let officer: Caller;
  let colleague: Caller;
  let authority: Caller;
  let checker: Caller;
  let leader: Caller;
  let auditor: Caller;
  let administrator: Caller;
  let elsewhere: Caller;
  const ids = new Map<Caller, string>();
  beforeAll(async () => {
    app = await startApp();
    const as = (role: string, level = 'service', nth = 0): Promise<Caller> => signInAs(app.url, role, level, nth);
    [officer, colleague] = [await as('officer'), await as('officer', 'service', 1)];
    [authority, checker, leader] = [await as('authority'), await as('checker'), await as('leader')];
    [auditor, administrator, elsewhere] = [await as('auditor', 'ministry'), await as('administrator'), await as('officer', 'unit')];
    const { body } = await administrator.get<{ items: { id: string; name: string }[] }>('/api/v1/people');
    for (const caller of [officer, colleague, authority, checker, leader, auditor, elsewhere])
      ids.set(caller, body.items.find(({ name }) => name === caller.person?.name)?.id ?? '');
  });
  afterAll(() => app.stop());

  const registered = async (): Promise<string> => (await order(officer, 'procedures', registration(officer))).id;
  const at = async (caller: Caller, scope: string, position: string): Promise<Work['items']> =>
    (await caller.get<Work>(`/api/v1/worklist?scope=${scope}&limit=200&minPosition=${position}`)).body.items;
  const has = async (caller: Caller, scope: string, id: string, position: string): Promise<boolean> =>
    (await at(caller, scope, position)).some((item) => item.id === id);
  const refusal = async (caller: Caller, path: string, body: object): Promise<readonly unknown[]> => {
    const answer = await caller.post<Problem>(`/api/v1/${path}`, body);
    return [answer.status, answer.body.code];
  };

  it('are not changed, and nothing is said, by whoever saw the procedure at another revision', async () => {
    const id = await registered();
    const [key, person] = [randomUUID(), ids.get(colleague)];
    const sent = async (path: string, body: object, revision: number, more = {}): Promise<readonly unknown[]> => {
      const headers = { 'if-match': `"${String(revision)}"`, ...more };
      const answer = await officer.post<Problem>(`/api/v1/procedures/${id}/${path}`, body, headers);
      return [answer.status, answer.body.code];
    };
    expect((await sent('claim', {}, 0, { 'idempotency-key': key }))[0]).toBe(200);
    await order(officer, `procedures/${id}/actions/review`, goodReview);
    const calls = [
      ['claim', {}],
      ['assign', { person, reason: 'x' }],
      ['comments', { text: 'x' }],
      ['consultations', { units: [elsewhere.person?.unit.id], question: 'x', dueOn: '2199-12-31' }],
      ['obstacles', { description: 'x' }],
    ] as const;
    for (const [path, body] of calls)
      for (const other of [0, 2]) expect([path, ...(await sent(path, body, other))]).toEqual([path, 412, 'revision-conflict']);
    // What was accepted is answered as it was, whatever was seen.
    expect((await sent('claim', {}, 0, { 'idempotency-key': key }))[0]).toBe(200);
    for (const [path, body] of calls)
      expect([path, (await sent(path, body, 1))[0]]).toEqual([path, ['claim', 'assign'].includes(path) ? 200 : 201]);
    expect(await sent('release', { reason: 'x' }, 0)).toEqual([412, 'revision-conflict']);
    expect((await sent('release', { reason: 'x' }, 1))[0]).toBe(200);
  });

  it('take what somebody claims off the lists of colleagues, until it is released or moves on', async () => {
    const id = await registered();
    const { position } = await order(officer, `procedures/${id}/claim`, {});
    expect(await has(officer, 'claimed', id, position)).toBe(true);
    expect(await has(officer, 'mine', id, position)).toBe(true);
    expect(await has(colleague, 'mine', id, position)).toBe(false);
    expect((await at(colleague, 'unit', position)).find((item) => item.id === id)?.claim?.person).toBe(ids.get(officer));
    expect(await refusal(colleague, `procedures/${id}/claim`, {})).toEqual([409, 'claimed']);

    const released = await order(officer, `procedures/${id}/release`, {});
    expect(await has(colleague, 'mine', id, released.position)).toBe(true);
    await order(colleague, `procedures/${id}/claim`, {});
    // A claim says who does it and keeps nobody from doing it; what moves on is nobody's again.
    const moved = await order(officer, `procedures/${id}/actions/review`, goodReview);
    expect(await has(colleague, 'claimed', id, moved.position)).toBe(false);
    const { body } = await auditor.get<{ holder: string | null; items: { type: string }[] }>(`/api/v1/procedures/${id}/claims`);
    expect(body).toMatchObject({ holder: null, items: [{ type: 'WorkClaimed' }, { type: 'WorkReleased' }, { type: 'WorkClaimed' }] });
  });

  it('say what each may do about whose work it is, and that is so', async () => {
    const id = await registered();
    const offered = async (caller: Caller): Promise<readonly string[]> => {
      const { body } = await caller.get<{ allowed: { action: string; needsReason: boolean }[] }>(`/api/v1/procedures/${id}/claims`);
      return body.allowed.map(({ action, needsReason }) => (needsReason ? `${action} with a reason` : action));
    };
    expect(await offered(officer)).toEqual(['claim', 'assign with a reason']);
    expect(await offered(authority)).toEqual(['assign with a reason']);
    expect(await offered(auditor)).toEqual([]);
    expect(await refusal(auditor, `procedures/${id}/claim`, {})).toEqual([403, 'not-authorised']);
    await order(officer, `procedures/${id}/claim`, {});
    expect(await offered(officer)).toEqual(['release', 'assign with a reason']);
    expect(await offered(colleague)).toEqual(['release with a reason', 'assign with a reason']);
    expect(await refusal(colleague, `procedures/${id}/release`, {})).toEqual([409, 'reason-missing']);
    await order(authority, `procedures/${id}/release`, { reason: 'Chuyển việc' });
  });

  it('show nothing to whoever may see it no longer, and leave what they had claimed to others', async () => {
    const username = `nguoi.${randomUUID().slice(0, 8)}`;
    const password = 'một mật khẩu thật dài';
    const { id: person } = await order(administrator, 'people', { name: 'Người chuyển đi', username, password });
    const unit = officer.person?.unit.id ?? '';
    await order(administrator, `people/${person}/roles`, { role: 'officer', unit });
    await order(administrator, `people/${person}/roles`, { role: 'officer', unit: elsewhere.person?.unit.id ?? '' });
    const { body } = await new Caller(app.url, null).post<{ token: string }>('/api/v1/auth/login', { username, password });
    const leaving = new Caller(app.url, body.token);
    const id = await registered();
    const claimed = await order(leaving, `procedures/${id}/claim`, {});
    expect(await has(leaving, 'claimed', id, claimed.position)).toBe(true);
    expect((await leaving.send('DELETE', `/api/v1/people/${person}/roles/officer?unit=${unit}`)).status).toBe(403);
    expect((await administrator.send('DELETE', `/api/v1/people/${person}/roles/officer?unit=${unit}`)).status).toBe(200);
    expect((await leaving.get(`/api/v1/procedures/${id}`)).status).toBe(404);
    expect(await has(leaving, 'claimed', id, claimed.position)).toBe(false);
    expect((await leaving.get<Counts>('/api/v1/worklist/counts')).body.claimed).toBe(0);
    expect(await has(officer, 'mine', id, claimed.position)).toBe(true);
    const taken = await order(officer, `procedures/${id}/claim`, {});
    expect(await has(officer, 'claimed', id, taken.position)).toBe(true);
  });

  it('give the work that an absent person had claimed to whoever stands in', async () => {
    const id = await registered();
    const claimed = await order(officer, `procedures/${id}/claim`, {});
    const days = { startsOn: '2020-01-01', endsOn: '2199-12-31', reason: 'đi công tác' };
    const [from, to] = [ids.get(officer), ids.get(elsewhere)];
    const { id: delegation } = await order(officer, 'delegations', { from, to, actions: 'all', ...days });
    const acting = { 'acting-for': from ?? '' };
    for (const scope of ['claimed', 'mine'] as const) {
      const path = `/api/v1/worklist?scope=${scope}&limit=200&minPosition=${claimed.position}`;
      expect((await elsewhere.get<Work>(path, acting)).body.items.map((item) => item.id)).toContain(id);
      // Nobody needs to know whose work it is to find it.
      const { items } = (await elsewhere.get<{ items: { id: string; actingFor: string; actions: string[] }[] }>(path)).body;
      expect(items.find((item) => item.id === id)).toMatchObject({ actingFor: from, actions: ['review'] });
      const { body } = await elsewhere.get<Counts>('/api/v1/worklist/counts');
      expect(body[scope]).toBe(items.length);
    }
    await order(elsewhere, `procedures/${id}/release`, {}, acting);
    const { body } = await officer.get<{ holder: string | null; items: object[] }>(`/api/v1/procedures/${id}/claims`);
    expect(body).toMatchObject({
      holder: null,
      items: [{ onBehalfOf: null }, { person: from, by: to, onBehalfOf: from, onBehalfOfName: officer.person?.name }],
    });
    await order(officer, `delegations/${delegation}/revoke`, { reason: 'đã về' });
  });

  it('let a head give work to somebody who may do it, with a reason, and take it back', async () => {
    const id = await registered();
    const person = ids.get(colleague);
    const assigned = await order(authority, `procedures/${id}/assign`, { person, reason: 'Am hiểu lĩnh vực' });
    expect(assigned.events).toEqual(['WorkAssigned']);
    expect(await has(colleague, 'claimed', id, assigned.position)).toBe(true);
    expect(await refusal(officer, `procedures/${id}/release`, {})).toEqual([409, 'reason-missing']);
    expect(await refusal(leader, `procedures/${id}/assign`, { person, reason: 'x' })).toEqual([403, 'not-authorised']);
    expect(await refusal(auditor, `procedures/${id}/claim`, {})).toEqual([403, 'not-authorised']);
    expect(await refusal(authority, `procedures/${id}/assign`, { person: ids.get(auditor), reason: 'x' })).toEqual([
      409,
      'not-open-to-them',
    ]);
    for (const body of [{ person }, { person, reason: ' ' }, { person: randomUUID(), reason: 'x' }, { person: 'x', reason: 'x' }])
      expect(await refusal(authority, `procedures/${id}/assign`, body)).toEqual([400, 'invalid-body']);
    await order(officer, `procedures/${id}/release`, { reason: 'Đi công tác' });
    expect(await refusal(officer, `procedures/${id}/release`, {})).toEqual([409, 'not-claimed']);
    const { body } = await officer.get<{ items: { type: string; reason: string; name: string }[] }>(`/api/v1/procedures/${id}/claims`);
    expect(body.items).toMatchObject([
      { type: 'WorkAssigned', reason: 'Am hiểu lĩnh vực', name: colleague.person?.name },
      { type: 'WorkReleased', reason: 'Đi công tác' },
    ]);
  });

  it('answer the same claim again as they did', async () => {
    const id = await registered();
    const headers = { 'idempotency-key': randomUUID() };
    const first = await order(officer, `procedures/${id}/claim`, {}, headers);
    expect(await order(officer, `procedures/${id}/claim`, {}, headers)).toEqual(first);
    expect((await order(officer, `procedures/${id}/claim`, {})).events).toEqual([]);
  });

  it('count what each list holds, and never offer the work of one’s own option to its proposer', async () => {
    const id = await registered();
    for (const [by, action, body] of [
      [officer, 'review', goodReview],
      [officer, 'propose', proposal],
      [authority, 'publish', { decision }],
    ] as const)
      await order(by, `procedures/${id}/actions/${action}`, body);
    const { position } = await order(officer, `procedures/${id}/actions/propose-option`, { option });
    expect(await has(checker, 'mine', id, position)).toBe(true);
    expect(await has(officer, 'mine', id, position)).toBe(false);
    expect(await has(officer, 'unit', id, position)).toBe(true);
    for (const caller of [officer, colleague, authority, checker, leader, auditor]) {
      const { body } = await caller.get<Counts>(`/api/v1/worklist/counts?minPosition=${position}`);
      for (const scope of ['mine', 'unit', 'claimed', 'waiting', 'overdue', 'dueThisWeek'] as const)
        expect([scope, body[scope]]).toEqual([scope, (await at(caller, scope, position)).length]);
    }
  });

  it('count what units are asked, and by whom', async () => {
    const id = await registered();
    const unit = await signInAs(app.url, 'officer', 'unit');
    const before = (await unit.get<Counts>('/api/v1/worklist/counts')).body.tasks;
    const asked = { units: [unit.person?.unit.id], question: 'Ý kiến?', dueOn: '2199-01-01' };
    const { position } = await order(officer, `procedures/${id}/consultations`, asked);
    const after = (await unit.get<Counts>(`/api/v1/worklist/counts?minPosition=${position}`)).body.tasks;
    expect(after).toEqual({ ...before, open: before.open + 1 });
    const asking = (await officer.get<Counts>(`/api/v1/worklist/counts?minPosition=${position}`)).body.tasks;
    expect(asking.waiting).toBeGreaterThan(0);
  });

  it('are counted by the unit that they wait for and by the owner, as the register lists them', async () => {
    const [waiting, withdrawn] = [await registered(), await registered()];
    const elsewhereOwned = await order(officer, 'procedures', { ...registration(officer), owningUnit: elsewhere.person?.unit.id });
    const { position } = await order(officer, `procedures/${withdrawn}/actions/withdraw`, { reason: 'nhầm' });
    interface Report {
      readonly rows: readonly {
        readonly unit: string;
        readonly unitName: string;
        readonly owner: string;
        readonly waiting: number;
        readonly claimed: number;
      }[];
    }
    const { body } = await leader.get<Report>(`/api/v1/reports/workload?minPosition=${position}`);
    const pairs = body.rows.map(({ unit, owner }) => `${unit}/${owner}`);
    expect([...new Set(pairs)]).toEqual(pairs);
    const listed = async (query: string): Promise<readonly string[]> =>
      (await leader.get<Work>(`/api/v1/procedures?limit=200&${query}`)).body.items.map(({ id }) => id);
    for (const unit of new Set(body.rows.map((row) => row.unit))) {
      const number = body.rows.filter((row) => row.unit === unit).reduce((so, row) => so + row.waiting, 0);
      expect([unit, (await listed(`waitsFor=${unit}`)).length]).toEqual([unit, number]);
    }
    const service = officer.person?.unit.id ?? '';
    const own = await listed(`waitsFor=${service}&unit=${service}`);
    expect([own.includes(waiting), own.includes(withdrawn)]).toEqual([true, false]);
    const below = elsewhere.person?.unit.id ?? '';
    expect(await listed(`waitsFor=${below}`)).toContain(elsewhereOwned.id);
    const { body: ofOthers } = await elsewhere.get<Report>('/api/v1/reports/workload');
    expect([...new Set(ofOthers.rows.map(({ owner }) => owner))]).toEqual([below]);
    for (const query of ['by=unit', 'unit=x'])
      expect((await leader.get<Problem>(`/api/v1/reports/workload?${query}`)).body.code).toBe('invalid-query');
  });

  it('refuse a scope that does not exist, and cursors of another list', async () => {
    for (const query of ['scope=everything', 'scope=', 'cursor=x'])
      expect(await officer.get(`/api/v1/worklist?${query}`)).toMatchObject({ status: 400, body: { code: 'invalid-query' } });
    expect((await officer.get('/api/v1/worklist/counts?scope=mine')).status).toBe(400);
  });
});
