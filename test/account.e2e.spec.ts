import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp } from './support/app.js';
import type { StartedApp } from './support/app.js';
import { order, signInAs } from './support/client.js';
import { Caller } from './support/client.js';
import type { Answer, Problem } from './support/client.js';

interface Account {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly { readonly role: string; readonly unit: { readonly id: string; readonly name: string } }[];
  readonly mayActFor: readonly { readonly id: string; readonly actions: unknown; readonly until: string }[];
  readonly administration: readonly string[];
  readonly draftKey: string | null;
}

describe('What somebody learns and keeps about themselves', () => {
  let app: StartedApp;
  let officer: Caller;
  let authority: Caller;
  const accountOf = async (caller: Caller): Promise<Account> => (await caller.get<Account>('/api/v1/account')).body;
  const save = (by: Caller, id: string, view: object): Promise<Answer<Problem>> =>
    by.send('PUT', `/api/v1/saved-views/${id}`, JSON.stringify(view));
  const viewsOf = async (by: Caller, query = ''): Promise<readonly { readonly id: string; readonly name: string }[]> =>
    (await by.get<{ items: readonly { id: string; name: string }[] }>(`/api/v1/saved-views${query}`)).body.items;

  beforeAll(async () => {
    app = await startApp();
    [officer, authority] = await Promise.all([signInAs(app.url, 'officer', 'service'), signInAs(app.url, 'authority', 'service')]);
  });
  afterAll(() => app.stop());

  it('is the key to what their browsers keep: their own, the same in every session, and none for a program', async () => {
    const { draftKey } = await accountOf(officer);
    expect(draftKey).toMatch(/^[\w-]{43}$/);
    expect((await accountOf(await signInAs(app.url, 'officer', 'service'))).draftKey).toBe(draftKey);
    expect((await accountOf(authority)).draftKey).not.toBe(draftKey);
    const administrator = await signInAs(app.url, 'administrator', 'service');
    const body = { name: 'Chương trình', unit: officer.person?.unit.id, role: 'officer', scopes: ['read'] };
    const { body: made } = await administrator.post<{ key: string }>('/api/v1/service-accounts', body);
    expect((await accountOf(new Caller(app.url, made.key))).draftKey).toBeNull();
  });

  it('is who they are, what they administer, and for whom they may act today', async () => {
    const [, auditor, administrator] = await Promise.all([
      accountOf(officer),
      accountOf(await signInAs(app.url, 'auditor', 'ministry')),
      accountOf(await signInAs(app.url, 'administrator', 'service')),
    ]);
    expect([auditor.administration, administrator.administration.length]).toEqual([['security-events', 'reorganisations'], 13]);
    const other = await accountOf(authority);
    const before = await accountOf(officer);
    expect(before).toMatchObject({ name: officer.person?.name, mayActFor: [], administration: [] });
    expect(before.roles).toEqual([{ role: 'officer', unit: officer.person?.unit }]);
    const delegate = (endsOn: string, actions: readonly string[], startsOn = '2020-01-01') =>
      order(authority, 'delegations', { from: other.id, to: before.id, actions, startsOn, endsOn, reason: 'Đi công tác' });
    await delegate('2198-12-31', ['publish']);
    const { position } = await delegate('2199-12-31', ['approve-option']);
    await delegate('2199-12-31', ['reject-option'], '2199-01-01');
    const { body } = await officer.get<Account>(`/api/v1/account?minPosition=${position}`);
    expect(body.mayActFor).toEqual([
      {
        id: other.id,
        name: other.name,
        roles: other.roles,
        actions: expect.arrayContaining(['publish', 'approve-option']),
        until: '2199-12-31',
      },
    ]);
    expect((await accountOf(authority)).mayActFor).toEqual([]);
  });

  it('is a saved view that is there once however often it was sent, and nobody else’s', async () => {
    const id = randomUUID();
    const view = { page: 'procedures', name: 'Đang chờ', search: 'stage=proposed&q=h%E1%BB%99' };
    for (const name of ['Tên cũ', view.name])
      expect((await save(officer, id.toUpperCase(), { ...view, name })).body).toEqual({ id, ...view, name });
    await save(officer, randomUUID(), { ...view, page: 'tasks', name: 'Việc' });
    expect(await viewsOf(officer, '?page=procedures')).toEqual([{ id, ...view }]);
    expect((await viewsOf(officer)).map(({ name }) => name)).toEqual(['Việc', 'Đang chờ']);
    expect(await viewsOf(authority)).toEqual([]);
    // The same id is another view where another person makes it.
    expect((await authority.send('DELETE', `/api/v1/saved-views/${id}`)).status).toBe(404);
    expect((await save(authority, id, { ...view, name: 'Của tôi' })).status).toBe(200);
    expect((await authority.send('DELETE', `/api/v1/saved-views/${id}`)).status).toBe(204);
    expect(await viewsOf(officer, '?page=procedures')).toEqual([{ id, ...view }]);
    for (const search of ['"><script>', 'a b', '#x', 'x'.repeat(2_001), 1])
      expect((await save(officer, id, { ...view, search })).body).toMatchObject({ code: 'invalid-body', errors: [{ path: 'search' }] });
    expect((await save(officer, id, { ...view, page: '../x' })).status).toBe(400);
  });

  it('has room for a hundred saved views, also for those that come at once', async () => {
    const view = { page: 'procedures', name: 'Một', search: '' };
    const answers = await Promise.all(Array.from({ length: 110 }, () => save(authority, randomUUID(), view)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(100);
    expect(answers.find(({ status }) => status !== 200)?.body).toMatchObject({ status: 409, code: 'too-many-saved-views' });
    const [first] = await viewsOf(authority);
    expect((await save(authority, first?.id ?? '', { ...view, name: 'Hai' })).status).toBe(200);
  });

  it('are preferences, of which only the named ones are kept', async () => {
    const path = '/api/v1/account/preferences';
    const put = (body: object): Promise<Answer<Problem>> => officer.send('PUT', path, JSON.stringify(body));
    expect((await officer.get(path)).body).toEqual({});
    expect((await put({ language: 'en', theme: 'dark', letterKeys: false })).status).toBe(200);
    expect((await put({ theme: 'system', times: 'absolute' })).body).toEqual({ theme: 'system', times: 'absolute' });
    expect((await officer.get(path)).body).toEqual({ theme: 'system', times: 'absolute' });
    for (const wrong of [{ theme: 'blue' }, { anything: 'x' }, { letterKeys: 'no' }]) expect((await put(wrong)).status).toBe(400);
    expect((await authority.get(path)).body).toEqual({});
  });
});
