import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type StartedApp } from './support/app.js';
import {
  Caller,
  decision,
  goodReview,
  option,
  order,
  proposal,
  registration,
  signInAs,
  type Accepted,
  type Problem,
} from './support/client.js';

const today = (): string => new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);

interface Shown {
  readonly asOf: { readonly position: string };
  readonly stage: string;
  readonly definition: { readonly version: number };
  readonly options: readonly { readonly status: string }[];
}

describe('Who may do what, and by when: a rule changes while work goes on', () => {
  let app: StartedApp;
  let administrator: Caller;
  let officer: Caller;
  let checker: Caller;
  let authority: Caller;
  let leader: Caller;
  const running: string[] = [];
  const act = (by: Caller, id: string, action: string, body: object, headers: Record<string, string> = {}) =>
    by.post<Accepted & Problem>(`/api/v1/procedures/${id}/actions/${action}`, body, headers);
  const shown = async (id: string): Promise<Shown> => (await officer.get<Shown>(`/api/v1/procedures/${id}`)).body;
  const idOf = async ({ person }: Caller): Promise<string> => {
    const { body } = await administrator.get<{ items: { id: string; name: string }[] }>('/api/v1/people');
    return body.items.find(({ name }) => name === person?.name)?.id ?? '';
  };

  beforeAll(async () => {
    app = await startApp();
    [administrator, officer, checker, authority, leader] = (await Promise.all(
      ['administrator', 'officer', 'checker', 'authority', 'leader'].map((role) => signInAs(app.url, role, 'service')),
    )) as [Caller, Caller, Caller, Caller, Caller];
    for (let index = 0; index < 4; index++) running.push((await order(officer, 'procedures', registration(officer))).id);
  });
  afterAll(() => app.stop());

  it('an administrator publishes a further version, with a limit on reviews, and migrates half of what is running', async () => {
    const at = 'definitions/internal/versions';
    const { body: first } = await administrator.get<object>(`/api/v1/${at}/2`);
    const deadlines = [{ action: 'review', days: 5, counting: 'working', warnBefore: 1, escalateAfter: 3 }];
    const { body: draft } = await administrator.post<{ version: number }>(`/api/v1/${at}`, { ...first, calendar: 'vn', deadlines });
    expect((await administrator.post(`/api/v1/${at}/${draft.version}/validate`, {})).body).toEqual({ ok: true, findings: [] });
    expect((await administrator.post(`/api/v1/${at}/${draft.version}/publish`, {})).status).toBe(200);
    const plan = {
      ...{ from: 2, to: draft.version, stages: { registered: 'registered' }, clocks: 'restart', reason: 'Quy chế mới' },
      procedures: running.slice(0, 2),
    };
    const migrate = (dryRun: boolean) =>
      administrator.post<{ outcomes: { count: number }[]; refused: object[] }>('/api/v1/definitions/internal/migrations', {
        ...plan,
        dryRun,
      });
    expect((await migrate(true)).body).toMatchObject({ refused: [] });
    expect(await Promise.all(running.map(async (id) => (await shown(id)).definition.version))).toEqual([2, 2, 2, 2]);
    expect((await migrate(false)).body.outcomes.reduce((sum, { count }) => sum + count, 0)).toBe(2);
    expect(await Promise.all(running.map(async (id) => (await shown(id)).definition.version))).toEqual([
      draft.version,
      draft.version,
      2,
      2,
    ]);
    const positions = await Promise.all(running.map(async (id) => BigInt((await shown(id)).asOf.position)));
    const newest = positions.reduce((one, other) => (one > other ? one : other));
    const { body } = await officer.get<{ items: { procedure: string }[] }>(`/api/v1/deadlines?state=open&minPosition=${newest}`);
    expect(body.items.map(({ procedure }) => procedure).sort()).toEqual(running.slice(0, 2).sort());
  });

  it('the absent approver’s substitute approves, and the proposer cannot through any door', async () => {
    const [from, substitute, proposer] = [await idOf(authority), await idOf(leader), await idOf(officer)];
    const days = { startsOn: today(), endsOn: '2199-12-31', reason: 'đi công tác' };
    await order(authority, 'delegations', { from, to: substitute, actions: ['publish'], ...days });
    await order(authority, 'delegations', { from, to: proposer, actions: ['approve-option'], ...days });
    const acting = { 'acting-for': from };
    const [id = ''] = running;
    await order(officer, `procedures/${id}/actions/review`, goodReview);
    await order(officer, `procedures/${id}/actions/propose`, proposal);
    expect((await act(leader, id, 'publish', { decision }, acting)).status).toBe(200);
    await order(officer, `procedures/${id}/actions/propose-option`, { option });
    await order(checker, `procedures/${id}/actions/check-quality`, { passed: true, remarks: 'đạt' });

    const refusals = async (): Promise<readonly (readonly [number, readonly string[] | undefined])[]> =>
      Promise.all(
        [{}, acting, { 'acting-for': proposer }, { ...acting, 'idempotency-key': randomUUID() }].map(async (headers) => {
          const { status, body } = await act(officer, id, 'approve-option', { decision }, headers);
          return [status, body.unmet?.map(({ code }) => code)] as const;
        }),
      );
    expect(await refusals()).toEqual([
      [403, ['not-authorised', 'same-person']],
      [409, ['same-person']],
      [403, ['not-authorised', 'same-person']],
      [409, ['same-person']],
    ]);
    // Even with the role itself, signed in anew.
    await order(administrator, `people/${proposer}/roles`, { role: 'authority', unit: officer.person?.unit.id });
    const again = await signInAs(app.url, 'officer', 'service');
    expect(await act(again, id, 'approve-option', { decision })).toMatchObject({ status: 409, body: { code: 'same-person' } });
    expect(await act(again, id, 'reject-option', { reason: 'x' })).toMatchObject({ status: 409, body: { code: 'same-person' } });
    await administrator.send('DELETE', `/api/v1/people/${proposer}/roles/authority?unit=${officer.person?.unit.id ?? ''}`);
    expect((await shown(id)).stage).toBe('qualityChecked');

    const { body: list } = await authority.get<{ items: { id: string; to: string; state: string }[] }>('/api/v1/delegations');
    for (const one of list.items) await order(authority, `delegations/${one.id}/revoke`, {});
    await order(authority, 'delegations', { from, to: substitute, actions: 'all', ...days });
    expect((await act(leader, id, 'approve-option', { decision }, acting)).status).toBe(200);
    const { body: history } = await officer.get<{ items: { type: string; actor: object }[] }>(
      `/api/v1/procedures/${id}/history?refused=true`,
    );
    expect(history.items.filter(({ type }) => type === 'CommandRefused').length).toBeGreaterThanOrEqual(6);
    expect(history.items.at(-1)).toMatchObject({
      type: 'OptionApproved',
      actor: { id: substitute, role: 'authority', onBehalfOf: from },
    });
  });

  it('a limit passes over Tết, is missed and escalated, once each', async () => {
    const accepted = await order(officer, 'procedures', { ...registration(officer), occurredOn: '2026-02-11' });
    const find = async (): Promise<object | undefined> => {
      const { body } = await officer.get<{ items: { procedure: string; escalated: boolean }[] }>(
        '/api/v1/deadlines?state=missed&limit=200',
      );
      return body.items.find(({ procedure, escalated }) => procedure === accepted.id && escalated);
    };
    for (const until = Date.now() + 60_000; (await find()) === undefined;) {
      if (Date.now() > until) throw new Error('It was not escalated.');
      await delay(100);
    }
    expect(await find()).toMatchObject({ action: 'review', dueAt: '2026-02-25T17:00:00.000Z', calendarVersion: 1 });
    const reviewed = await order(officer, `procedures/${accepted.id}/actions/review`, goodReview);
    const { body } = await officer.get<{ items: object[] }>(`/api/v1/procedures/${accepted.id}/deadlines?minPosition=${reviewed.position}`);
    expect(body.items).toMatchObject([{ action: 'review', state: 'late' }]);
  });

  it('a confidential procedure stays unseen by whoever is not cleared, its deadline too', async () => {
    const username = 'chua.duoc.xem';
    const password = 'một mật khẩu thật dài';
    const { id: person } = await order(administrator, 'people', { name: 'Chưa được xem', username, password });
    await order(administrator, `people/${person}/roles`, { role: 'officer', unit: officer.person?.unit.id });
    const { body: signedIn } = await new Caller(app.url, null).post<{ token: string }>('/api/v1/auth/login', { username, password });
    const uncleared = new Caller(app.url, signedIn.token);
    const { id, position } = await order(officer, 'procedures', { ...registration(officer), classification: 'confidential' });
    const seen = async (by: Caller): Promise<readonly boolean[]> => {
      const answers = await Promise.all(
        ['procedures', 'deadlines', 'worklist', 'tasks'].map((path) => by.get(`/api/v1/${path}?limit=200&minPosition=${position}`)),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      return answers.slice(0, 3).map(({ body }) => JSON.stringify(body).includes(id));
    };
    expect(await seen(officer)).toEqual([true, true, true]);
    expect(await seen(uncleared)).toEqual([false, false, false]);
    for (const path of ['', '/history', '/deadlines', '/tasks'])
      expect((await uncleared.get(`/api/v1/procedures/${id}${path}`)).status).toBe(404);
    const plan = { from: 2, to: 2, stages: {}, clocks: 'keep-due', reason: 'x', dryRun: true };
    expect(JSON.stringify((await uncleared.post('/api/v1/definitions/internal/migrations', plan)).body)).not.toContain(id);
  });
});
