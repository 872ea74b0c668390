import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startApp } from './support/app.js';
import type { StartedApp } from './support/app.js';
import { Caller, signInAs } from './support/client.js';
import type { Answer, DemoPerson, Problem } from './support/client.js';
import { startPostgres } from './support/postgres-server.js';
import type { PostgresServer } from './support/postgres-server.js';
import { newDataFolder } from './support/data-folder.js';

/** Within which every process knows what one has ended. */
const soonMs = 1_500;

interface Session {
  readonly token: string;
  readonly expiresAt: string;
  readonly refreshToken: string;
  readonly person: { readonly id: string };
}
interface SecurityEvents {
  readonly items: readonly {
    readonly id: string;
    readonly type: string;
    readonly person: string | null;
    readonly by: string | null;
    readonly times: number;
    readonly personName: string | null;
    readonly byName: string | null;
  }[];
  readonly nextCursor: string | null;
}

async function within(timeMs: number, look: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + timeMs; !(await look()); await new Promise((resolve) => setTimeout(resolve, 25)))
    if (Date.now() > deadline) throw new Error(`It did not become so within ${String(timeMs)} ms.`);
}

describe('Sessions of local accounts, in two processes on one database', () => {
  let postgres: PostgresServer;
  let apis: StartedApp[];
  let people: readonly DemoPerson[];
  const url = (index: number): string => apis[index]?.url ?? '';
  const nobody = (index = 0): Caller => new Caller(url(index), null);
  const named = (username: string): DemoPerson => {
    const person = people.find((one) => one.username === username);
    if (!person) throw new Error(`There is no ${username}.`);
    return person;
  };
  const login = (username: string, password = named(username).password, at = 0): Promise<Answer<Session & Problem>> =>
    nobody(at).post('/api/v1/auth/login', { username, password });
  const begin = async (username: string): Promise<Session> => (await login(username)).body;
  const refresh = (refreshToken: string, at = 0): Promise<Answer<Session & Problem>> =>
    nobody(at).post('/api/v1/auth/refresh', { refreshToken });
  const statusAt = async (at: number, token: string): Promise<number> => (await new Caller(url(at), token).get('/api/v1/worklist')).status;
  const send = (token: string, path: string, body: object = {}, at = 0): Promise<Answer<Problem>> =>
    new Caller(url(at), token).post(path, body);
  const refusedSoon = (at: number, token: string): Promise<void> => within(soonMs, async () => (await statusAt(at, token)) === 401);

  beforeAll(async () => {
    postgres = await startPostgres();
    const env = { DATABASE_URL: postgres.url };
    apis = [await startApp({ env }), await startApp({ env: { ...env, PROCESSORS: '0' } })];
    people = (await nobody().get<readonly DemoPerson[]>('/api/v1/auth/demo')).body;
  });
  afterAll(async () => {
    await Promise.all(apis.map((api) => api.stop()));
    await postgres.stop();
  });

  it('go on by a refresh, with a token that is good for an hour or more', async () => {
    const first = await begin('navy.officer1');
    expect(Date.parse(first.expiresAt) - Date.now()).toBeGreaterThan(3_600_000);
    const { status, body: second } = await refresh(first.refreshToken, 1);
    expect([status, second.person.id]).toEqual([200, first.person.id]);
    for (const at of [0, 1]) expect([await statusAt(at, first.token), await statusAt(at, second.token)]).toEqual([200, 200]);
    expect((await refresh(second.refreshToken)).status).toBe(200);
  });

  it('end for everybody when a refresh token is used twice', async () => {
    const first = await begin('navy.officer1');
    const other = await begin('navy.officer1');
    const second = (await refresh(first.refreshToken)).body;
    expect(await statusAt(1, second.token)).toBe(200);
    expect(await refresh(first.refreshToken, 1)).toMatchObject({ status: 401, body: { code: 'not-signed-in' } });
    for (const at of [0, 1]) for (const { token } of [first, second]) await refusedSoon(at, token);
    expect((await refresh(second.refreshToken)).status).toBe(401);
    expect(await statusAt(0, other.token)).toBe(200);
  });

  it('go on for exactly one of two who refresh at the same moment, and then for neither', async () => {
    const { refreshToken } = await begin('navy.officer1');
    const answers = await Promise.all([0, 1, 0, 1].map((at) => refresh(refreshToken, at)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401]);
    const winner = answers.find(({ status }) => status === 200)?.body;
    await refusedSoon(0, winner?.token ?? '');
  });

  describe('of a browser', () => {
    const cookieOf = ({ headers }: Answer<unknown>): string =>
      headers.getSetCookie().find((one) => one.startsWith('tinhgon-refresh=')) ?? '';
    const pairOf = (answer: Answer<unknown>): string => cookieOf(answer).split(';', 1)[0] ?? '';
    const enter = (headers: Readonly<Record<string, string>> = {}): Promise<Answer<Session & Problem>> =>
      nobody().post('/api/v1/auth/login', { username: 'navy.officer1', password: named('navy.officer1').password, cookie: true }, headers);
    const renew = (cookie: string, headers: Readonly<Record<string, string>> = {}, at = 0): Promise<Answer<Session & Problem>> =>
      nobody(at).post('/api/v1/auth/refresh', {}, { ...(cookie && { cookie }), ...headers });

    it('go on by a cookie that no script reads, and the refresh token is in no answer', async () => {
      const first = await enter();
      expect(cookieOf(first)).toMatch(/^tinhgon-refresh=[^;]+; Path=\/api\/v1\/auth; HttpOnly; SameSite=Strict$/);
      expect(Object.keys(first.body).sort()).toEqual(['expiresAt', 'person', 'token']);
      const second = await renew(pairOf(first), {}, 1);
      expect([second.status, Object.keys(second.body).sort()]).toEqual([200, ['expiresAt', 'person', 'token']]);
      expect([pairOf(second) === pairOf(first), await statusAt(0, second.body.token)]).toEqual([false, 200]);
      const out = await new Caller(url(0), second.body.token).post('/api/v1/auth/logout', {});
      expect([out.status, cookieOf(out)]).toEqual([204, expect.stringMatching(/^tinhgon-refresh=; Max-Age=0; Path=\/api\/v1\/auth;/)]);
      expect(await renew(pairOf(second))).toMatchObject({ status: 401, body: { code: 'not-signed-in' } });
      expect((await renew('')).status).toBe(204);
    });

    it('go on in every tab that asks at once, and end when one of the cookies is used later', async () => {
      const first = pairOf(await enter());
      const tabs = await Promise.all([0, 1, 0, 1].map((at) => renew(first, {}, at)));
      expect(tabs.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      const [second = '', third = ''] = tabs.map(pairOf);
      for (const cookie of [second, third]) expect((await renew(cookie)).status).toBe(200);
      // It is two uses old: no tab has it, whatever the time.
      expect((await renew(first)).status).toBe(401);
      for (const { body } of tabs) await refusedSoon(0, body.token);
    });

    it('give no second use to a token in a body', async () => {
      const kept = pairOf(await enter());
      expect((await renew(kept)).status).toBe(200);
      expect((await refresh(kept.replace('tinhgon-refresh=', ''))).status).toBe(401);
      expect((await renew(kept)).status).toBe(401);
    });

    it('neither begin nor go on for a page of another site', async () => {
      const own = url(0);
      const kept = pairOf(await enter({ origin: own }));
      const others = [
        { origin: 'https://example.org' },
        { origin: 'null' },
        { origin: own.replace(/:\d+$/, ':1') },
        { origin: own, 'sec-fetch-site': 'cross-site' },
        { origin: own, 'sec-fetch-site': 'same-site' },
      ];
      for (const headers of others) {
        expect((await enter(headers)).body).toMatchObject({ status: 403, code: 'cross-site' });
        expect((await renew(kept, headers)).body).toMatchObject({ status: 403, code: 'cross-site' });
      }
      for (const type of ['text/plain', 'application/x-www-form-urlencoded'])
        expect((await renew(kept, { 'content-type': type })).status).toBe(415);
      // None of that was a use of it.
      expect((await renew(kept, { origin: 'http://other.example', 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    });
  });

  it('keep the two kinds of token apart', async () => {
    const { token, refreshToken } = await begin('navy.officer1');
    expect(await statusAt(0, refreshToken)).toBe(401);
    for (const wrong of [token, `${refreshToken}x`, 'x', refreshToken.replace(/\.[^.]*$/, '.')])
      expect((await refresh(wrong)).status).toBe(401);
    // None of that was a use of the refresh token.
    expect((await refresh(refreshToken)).status).toBe(200);
  });

  it('end at the sign-out, in both processes within a second or so', async () => {
    const { token, refreshToken } = await begin('navy.officer1');
    const other = await begin('navy.officer1');
    expect([await statusAt(0, token), await statusAt(1, token)]).toEqual([200, 200]);
    expect((await send(token, '/api/v1/auth/logout')).status).toBe(204);
    expect(await statusAt(0, token)).toBe(401);
    await refusedSoon(1, token);
    expect((await refresh(refreshToken)).status).toBe(401);
    expect(await statusAt(1, other.token)).toBe(200);
  });

  it('end at the sign-out everywhere, by the person or an administrator and nobody else', async () => {
    const both = [await begin('navy.officer2'), await begin('navy.officer2')] as const;
    for (const { token } of both) expect(await statusAt(1, token)).toBe(200);
    expect((await send(both[0].token, '/api/v1/auth/logout-everywhere')).status).toBe(204);
    for (const { token } of both) await refusedSoon(1, token);

    const victim = await begin('navy.officer2');
    const officer = await begin('navy.officer1');
    const administrator = await begin('navy.administrator');
    const body = { person: victim.person.id };
    expect((await send(officer.token, '/api/v1/auth/logout-everywhere', body)).body).toMatchObject({ status: 403, code: 'not-authorised' });
    expect((await send(administrator.token, '/api/v1/auth/logout-everywhere', { person: randomUUID() })).status).toBe(404);
    expect(await statusAt(1, victim.token)).toBe(200);
    expect((await send(administrator.token, '/api/v1/auth/logout-everywhere', body)).status).toBe(204);
    await refusedSoon(1, victim.token);
    expect([await statusAt(1, administrator.token), await statusAt(1, officer.token)]).toEqual([200, 200]);
  });

  it('are shown to their person, who may end each of them, and to nobody else', async () => {
    const [one, other] = [await begin('ministry.leader'), await begin('ministry.leader')];
    const officer = await begin('navy.officer1');
    interface Shown {
      readonly items: readonly { readonly id: string; readonly current: boolean }[];
    }
    const { body } = await new Caller(url(0), one.token).get<Shown>('/api/v1/auth/sessions');
    expect(body.items.map(({ current }) => current)).toEqual([false, true]);
    const id = body.items[0]?.id ?? '';
    for (const path of [id, randomUUID(), 'x'])
      expect((await send(officer.token, `/api/v1/auth/sessions/${path}/logout`)).status).toBe(404);
    expect(await statusAt(1, other.token)).toBe(200);
    expect((await send(one.token, `/api/v1/auth/sessions/${id}/logout`)).status).toBe(204);
    await refusedSoon(1, other.token);
    expect(await statusAt(1, one.token)).toBe(200);
  });

  it('end even where no process is told, because each looks for itself', async () => {
    const { token } = await begin('navy.officer1');
    for (const at of [0, 1]) expect(await statusAt(at, token)).toBe(200);
    const database = new pg.Client({ connectionString: postgres.url });
    await database.connect();
    const { sid } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { readonly sid: string };
    await database.query('UPDATE identity.sessions SET ended_at = now() WHERE id = $1', [sid]);
    await database.end();
    for (const at of [0, 1]) await within(2_500, async () => (await statusAt(at, token)) === 401);
  });

  it('end what listens, in every process, whatever ended them; others go on listening', async () => {
    const open = new Set<string>();
    const ended = new Set<string>();
    const listening: Promise<unknown>[] = [];
    const stop = new AbortController();
    const listen = async (name: string, token: string, at: number): Promise<void> => {
      const headers = { authorization: `Bearer ${token}` };
      const { status, body } = await fetch(`${url(at)}/api/v1/stream`, { headers, signal: stop.signal });
      expect(status).toBe(200);
      open.add(name);
      const reading = async (): Promise<void> => {
        for await (const chunk of body ?? []) expect(chunk).toBeDefined();
        ended.add(name);
      };
      listening.push(reading().catch(() => undefined));
    };
    const sessionOf = async (token: string): Promise<string> =>
      (await new Caller(url(0), token).get<{ items: { id: string; current: boolean }[] }>('/api/v1/auth/sessions')).body.items.find(
        ({ current }) => current,
      )?.id ?? '';
    const administrator = await begin('navy.administrator');
    const account = { name: 'Cổng', role: 'officer', unit: named('navy.administrator').unit.id, scopes: ['read'] };
    const keys = await Promise.all(
      [0, 1].map(async () => (await new Caller(url(0), administrator.token).post<{ id: string; key: string }>('/api/v1/service-accounts', account)).body),
    );
    const [out, one, everywhere, reused, password, kept] = await Promise.all(
      ['navy.officer1', 'navy.officer1', 'navy.leader', 'navy.officer1', 'navy.checker', 'navy.officer1'].map(begin),
    );
    const changing = await begin('navy.checker');
    const listeners = { out: out?.token, one: one?.token, everywhere: everywhere?.token, reused: reused?.token, password: password?.token, revoked: keys[0]?.key, rotated: keys[1]?.key, kept: kept?.token, changing: changing.token };
    for (const [name, token = ''] of Object.entries(listeners)) for (const at of [0, 1]) await listen(`${name} at ${String(at)}`, token, at);
    expect(open.size).toBe(18);
    await refresh(reused?.refreshToken ?? '');

    await send(out?.token ?? '', '/api/v1/auth/logout');
    await send(kept?.token ?? '', `/api/v1/auth/sessions/${await sessionOf(one?.token ?? '')}/logout`);
    await send(administrator.token, '/api/v1/auth/logout-everywhere', { person: everywhere?.person.id });
    await refresh(reused?.refreshToken ?? '', 1);
    await send(changing.token, '/api/v1/auth/password', { currentPassword: named('navy.checker').password, newPassword: 'mười con cò trắng' });
    await send(administrator.token, `/api/v1/service-accounts/${keys[0]?.id ?? ''}/revoke`);
    await send(administrator.token, `/api/v1/service-accounts/${keys[1]?.id ?? ''}/rotate`);
    const staying = ['kept at 0', 'kept at 1', 'changing at 0', 'changing at 1'];
    await within(20_000, () => Promise.resolve(ended.size === open.size - staying.length));
    expect([...open].filter((name) => !ended.has(name)).sort()).toEqual(staying.sort());
    stop.abort();
    await Promise.all(listening);
  }); // prettier-ignore

  it('are asked for again by what took its time to come: a body that was half sent at the sign-out changes nothing', async () => {
    const { token } = await begin('navy.officer1');
    const body = Buffer.from(JSON.stringify({ title: 'Gửi dở', kind: 'internal', group: 'D', field: 'x', owningUnit: named('navy.officer1').unit.id }));
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-length': body.length };
    const sent = request(`${url(0)}/api/v1/procedures`, { method: 'POST', headers, agent: false });
    sent.write(body.subarray(0, 20));
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect((await send(token, '/api/v1/auth/logout')).status).toBe(204);
    sent.end(body.subarray(20));
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    expect(answer.statusCode).toBe(401);
    answer.resume();
  }); // prettier-ignore

  it('end at a change of the password, except the one that asked for it', async () => {
    const username = 'unit1.officer1';
    const [asking, other] = [await begin(username), await begin(username)];
    const password = 'bốn con ngựa gỗ';
    const change = (currentPassword: string, newPassword: string): Promise<Answer<Problem>> =>
      send(asking.token, '/api/v1/auth/password', { currentPassword, newPassword });
    for (const weak of ['ngắn quá', username.padEnd(12, ' ').trim(), 'Password1234', 'a'.repeat(201)])
      expect((await change(named(username).password, weak)).body).toMatchObject({
        status: 400,
        code: 'invalid-body',
        errors: [{ path: 'newPassword' }],
      });
    expect((await change('sai mật khẩu rồi', password)).body).toMatchObject({ status: 403, code: 'wrong-password' });
    expect((await login(username)).status).toBe(200);

    expect((await change(named(username).password, password)).status).toBe(204);
    await refusedSoon(1, other.token);
    expect(await statusAt(1, asking.token)).toBe(200);
    expect((await login(username)).status).toBe(401);
    expect((await login(username, password.normalize('NFD'))).status).toBe(200);
  });

  it('are refused to whoever guesses, counted in both processes together and through a restart; others are not disturbed', async () => {
    const guessed = 'unit2.officer1';
    const statuses: number[] = [];
    for (let tries = 0; tries < 30; tries++) statuses.push((await login(guessed, 'sai mật khẩu', tries % 2)).status);
    // Ten in a row, whichever process they come to.
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401));
    expect(statuses[10]).toBe(429);
    // The pauses grow: try until one is long enough to outlast a restart.
    for (const deadline = Date.now() + 40_000; Date.now() < deadline;) {
      const { status, headers } = await login(guessed, 'sai mật khẩu');
      if (status === 429 && Number(headers.get('retry-after')) >= 14) break;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    await apis[1]?.stop();
    apis[1] = await startApp({ env: { DATABASE_URL: postgres.url, PROCESSORS: '0' } });
    for (const at of [0, 1])
      expect((await login(guessed, named(guessed).password, at)).body).toMatchObject({ status: 429, code: 'too-many-requests' });
    for (const at of [0, 1]) expect((await login('unit2.officer2', named('unit2.officer2').password, at)).status).toBe(200);
  });

  it('leave a trail that administrators and auditors may read, without what was typed in it', async () => {
    const administrator = await begin('navy.administrator');
    const { person } = await begin('unit1.officer2');
    await login('unit1.officer2', 'sai mật khẩu');
    await login('không-có-ai', 'sai mật khẩu');
    await send(administrator.token, '/api/v1/auth/logout-everywhere', { person: person.id });
    const auditor = await signInAs(url(1), 'auditor', 'ministry');
    const { body } = await auditor.get<SecurityEvents>(`/api/v1/security-events?person=${person.id}`);
    const { name } = person as { readonly name?: string };
    const { name: byName } = administrator.person as { readonly name?: string };
    expect(body.items.map(({ type, by, ...names }) => [type, by, names.personName, names.byName])).toEqual([
      ['SignedOutEverywhere', administrator.person.id, name, byName],
      ['SignInFailed', null, name, null],
      ['SignedIn', null, name, null],
    ]);
    const before = body.items[1]?.id ?? '';
    const found = async (query: string): Promise<number> =>
      (await auditor.get<SecurityEvents>(`/api/v1/security-events?person=${person.id}&${query}`)).body.items.length;
    const { unit } = person as { readonly unit?: string };
    expect([await found('from=2020-01-01&to=2199-12-31'), await found('to=2020-01-01'), await found('from=2199-12-31')]).toEqual([
      body.items.length,
      0,
      0,
    ]);
    if (unit !== undefined) expect(await found(`unit=${unit}`)).toBe(body.items.length);
    const older = await auditor.get<SecurityEvents>(`/api/v1/security-events?person=${person.id}&before=${before}&limit=1`);
    expect(older.body).toEqual({ items: [body.items[2]], nextCursor: null });
    const newer = await auditor.get<SecurityEvents>(`/api/v1/security-events?person=${person.id}&limit=2`);
    expect(newer.body).toEqual({ items: body.items.slice(0, 2), nextCursor: before });
    const next = await auditor.get<SecurityEvents>(`/api/v1/security-events?person=${person.id}&cursor=${before}`);
    expect(next.body).toEqual(older.body);

    const guessed = 'ministry.authority';
    const { refreshToken } = await begin(guessed);
    for (const status of [200, 401]) expect((await refresh(refreshToken)).status).toBe(status);
    const { token } = await begin(guessed);
    await send(token, '/api/v1/auth/password', { currentPassword: named(guessed).password, newPassword: 'hai con sếu đầu đỏ' });
    await send(token, '/api/v1/auth/logout');
    for (let tries = 0; tries < 10; tries++) await login(guessed);
    const all = (await auditor.get<SecurityEvents>('/api/v1/security-events?limit=200')).body.items;
    expect(all.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['SignInLocked', 'PasswordChanged', 'SignedOut', 'RefreshTokenReused']),
    );
    expect(all.filter(({ person: about }) => about === null)).toEqual([expect.objectContaining({ type: 'SignInFailed', times: 1 })]);
    expect(JSON.stringify(all)).not.toMatch(/officer|không-có-ai|mật khẩu/);

    const officer = await signInAs(url(0), 'officer', 'service');
    expect((await officer.get<Problem>('/api/v1/security-events')).body).toMatchObject({ status: 403, code: 'not-authorised' });
    for (const query of ['type=x', 'limit=0', 'before=-1', 'cursor=x', 'person=x'])
      expect((await auditor.get<Problem>(`/api/v1/security-events?${query}`)).body).toMatchObject({ status: 400, code: 'invalid-query' });
  });

  it('are asked for by every call that ends or changes one', async () => {
    for (const path of ['logout', 'logout-everywhere', 'password'])
      expect(
        (await nobody().post<Problem>(`/api/v1/auth/${path}`, path === 'password' ? { currentPassword: 'x', newPassword: 'y' } : {})).body,
      ).toMatchObject({ status: 401, code: 'not-signed-in' });
  });
});

describe('A session on the embedded database', () => {
  it('survives a crash if it was not ended, and stays ended if it was', async () => {
    const env = { DATA_DIR: await newDataFolder('sessions') };
    const first = await startApp({ env });
    const [kept, ended] = await Promise.all([signInAs(first.url, 'officer', 'service'), signInAs(first.url, 'officer', 'service', 1)]);
    expect((await ended.post('/api/v1/auth/logout', {})).status).toBe(204);
    expect((await ended.get('/api/v1/worklist')).status).toBe(401);
    await first.kill();
    const second = await startApp({ env });
    const statusOf = async ({ token }: Caller): Promise<number> => (await new Caller(second.url, token).get('/api/v1/worklist')).status;
    expect([await statusOf(kept), await statusOf(ended)]).toEqual([200, 401]);
    await second.stop();
    await rm(env.DATA_DIR, { recursive: true });
  });
});
