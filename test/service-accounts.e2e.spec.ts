import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp } from './support/app.js';
import type { StartedApp } from './support/app.js';
import { Caller, goodReview, option, order, proposal, registration, signInAs } from './support/client.js';
import type { Accepted, Answer, DemoPerson, Problem } from './support/client.js';

const accounts = '/api/v1/service-accounts';

interface Made {
  readonly id: string;
  readonly key: string;
}

interface Call {
  readonly method: string;
  readonly path: string;
}

/** The scopes that lead to a call, told by its path: what is neither reading nor work is administering. */
function scopesOf({ method, path }: Call): readonly string[] {
  const below = path.slice('/api/v1/'.length);
  if (method === 'POST' && /^(inspections|steering-boards)/.test(below)) return ['commands'];
  if (/^(auth\/|service-accounts|notifications\/settings|account\/preferences|saved-views)/.test(below)) return [];
  if (method === 'GET' || below.startsWith('compliance-cost') || below === 'audit/bundles') return ['read'];
  if (/^(people|delegations)/.test(below)) return [];
  if (below.startsWith('bulk')) return ['commands', 'publish'];
  if (!/^(procedures|programmes|periods|indicators|tasks|notifications|imports)/.test(below)) return ['administer'];
  return below.endsWith('/actions/publish') ? ['commands', 'publish'] : ['commands'];
}

describe('A service account', () => {
  let app: StartedApp;
  let administrator: Caller;
  let officer: Caller;
  let ministry: string;
  const keys: string[] = [];
  const unit = (): string => administrator.person?.unit.id ?? '';
  const wanted = (change: object = {}): object => ({
    name: 'Cổng dịch vụ mẫu',
    role: 'officer',
    unit: unit(),
    scopes: ['read', 'commands'],
    ...change,
  });
  const make = async (change: object = {}): Promise<Made> => {
    const { status, body } = await administrator.post<Made>(accounts, wanted(change));
    expect({ status, body }).toMatchObject({ status: 201, body: { key: expect.stringMatching(/^tgk_[0-9a-f]{16}_[\w-]{43}$/) } });
    keys.push(body.key);
    return body;
  };
  const holding = (key: string): Caller => new Caller(app.url, key, officer.person);
  const register = (caller: Caller): Promise<Answer<Accepted & Problem>> => caller.post('/api/v1/procedures', registration(officer));
  const statusOf = async (key: string): Promise<number> => (await holding(key).get('/api/v1/worklist')).status;
  const refusedSoon = async (key: string): Promise<void> => {
    for (const deadline = Date.now() + 1_500; (await statusOf(key)) !== 401; await new Promise((resolve) => setTimeout(resolve, 25)))
      if (Date.now() > deadline) throw new Error('The key is still good.');
  };

  beforeAll(async () => {
    app = await startApp({ env: { LOG_LEVEL: 'trace' } });
    [administrator, officer] = await Promise.all([signInAs(app.url, 'administrator', 'service'), signInAs(app.url, 'officer', 'service')]);
    const { body } = await new Caller(app.url, null).get<readonly DemoPerson[]>('/api/v1/auth/demo');
    ministry = body.find((one) => one.unit.level === 'ministry')?.unit.id ?? '';
  });
  afterAll(() => app.stop());

  it('acts by its key as a person with its role, as the history shows', async () => {
    const { id, key } = await make();
    const { status, body } = await register(holding(key));
    expect(status).toBe(201);
    const history = await officer.get<{ items: readonly { actor: object }[] }>(`/api/v1/procedures/${body.id}/history`);
    expect(history.body.items[0]?.actor).toMatchObject({ id, name: 'Cổng dịch vụ mẫu', role: 'officer', unit: unit() });
    expect((await holding(key).post(`/api/v1/procedures/${body.id}/actions/review`, goodReview)).status).toBe(200);
    // The rules are those of everybody: an officer publishes nothing.
    const publish = { decision: { number: '1', date: '2023-02-01', effectiveDate: '2023-03-01', signer: 'A' } };
    expect((await holding(key).post<Problem>(`/api/v1/procedures/${body.id}/actions/publish`, publish)).body.code).toBe('not-authorised');
  });

  it('does what its scopes name and nothing else', async () => {
    const [reader, registrar] = [await make({ scopes: ['read'] }), await make({ scopes: ['register', 'propose'] })].map(({ key }) =>
      holding(key),
    ) as [Caller, Caller];
    const { id } = (await register(officer)).body;
    await officer.post(`/api/v1/procedures/${id}/actions/review`, goodReview);
    const outOfScope = { status: 403, body: { code: 'out-of-scope' } };
    const { before, after } = option;
    const cost = { hourlyWage: 31111, before: { ...before, hourlyWage: undefined }, after: { ...after, hourlyWage: undefined } };

    expect((await reader.get(`/api/v1/procedures/${id}`)).status).toBe(200);
    expect((await reader.post('/api/v1/compliance-cost', cost)).status).toBe(200);
    expect(await register(reader)).toMatchObject(outOfScope);
    for (const path of ['/%61pi/v1/procedures', '/api/v1/%70rocedures', '/api/v1/procedures?a=/compliance-cost'])
      expect(await reader.post(path, registration(officer))).toMatchObject(outOfScope);
    expect(await reader.post(`/api/v1/procedures/${id}/actions/propose`, proposal)).toMatchObject(outOfScope);

    expect(await registrar.get(`/api/v1/procedures/${id}`)).toMatchObject(outOfScope);
    expect((await register(registrar)).status).toBe(201);
    expect(await registrar.send('PATCH', `/api/v1/procedures/${id}/parts`, '{}')).toMatchObject(outOfScope);
    expect(await registrar.post(`/api/v1/procedures/${id}/actions/review`, goodReview)).toMatchObject(outOfScope);
    expect((await registrar.post(`/api/v1/procedures/${id}/actions/propose`, proposal)).status).toBe(200);
  });

  it('reaches by each scope what is of that scope, of all calls that there are', async () => {
    const { paths } = (await (await fetch(`${app.url}/openapi.json`)).json()) as { readonly paths: Readonly<Record<string, object>> };
    const calls = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method): Call => ({ method: method.toUpperCase(), path }))); // prettier-ignore
    const ofApi = calls.filter(({ path }) => path.startsWith('/api/v1/'));
    expect(ofApi.length).toBeGreaterThan(80);
    for (const scope of ['read', 'commands', 'administer', 'publish']) {
      const { key } = await make({ scopes: [scope] });
      const reached: Call[] = [];
      for (const { method, path } of ofApi) {
        const headers = { authorization: `Bearer ${key}` };
        const answer = await fetch(`${app.url}${path.replace(/\{\w+\}/g, 'x')}`, { method, headers, redirect: 'manual' });
        if (answer.status === 403 && (await answer.text()).includes('"out-of-scope"')) continue;
        reached.push({ method, path });
        // A stream goes on for as long as somebody listens.
        if (!answer.bodyUsed) await answer.body?.cancel();
      }
      expect([scope, reached]).toEqual([scope, ofApi.filter((call) => scopesOf(call).includes(scope))]);
    }
  });

  it('needs a scope of its own to administer, and never makes keys or touches passwords and sessions', async () => {
    const plain = holding((await make({ role: 'administrator' })).key);
    expect((await plain.post<Problem>('/api/v1/processors/register/resume', {})).body.code).toBe('out-of-scope');
    const full = holding((await make({ role: 'administrator', scopes: ['read', 'commands', 'administer'] })).key);
    expect((await full.post('/api/v1/processors/register/resume', {})).status).toBe(202);
    const password = { currentPassword: 'x', newPassword: 'y' };
    for (const [path, body] of [
      [accounts, wanted()],
      ['/api/v1/auth/logout', {}],
      ['/api/v1/auth/logout-everywhere', {}],
      ['/api/v1/auth/password', password],
    ] as const)
      expect((await full.post<Problem>(path, body)).body).toMatchObject({ status: 403, code: 'out-of-scope' });
    expect((await full.get<Problem>(accounts)).body.code).toBe('out-of-scope');
  });

  it('reaches no role, clearance, delegation or key, whatever its scopes and its role', async () => {
    const full = holding((await make({ role: 'administrator', scopes: ['read', 'commands', 'administer'] })).key);
    const { body: people } = await administrator.get<{ items: readonly { id: string; name: string; username?: string }[] }>('/api/v1/people');
    const idOf = (caller: Caller): string => people.items.find(({ name }) => name === caller.person?.name)?.id ?? '';
    const [me, other] = [idOf(administrator), idOf(officer)];
    const days = { startsOn: '2199-01-01', endsOn: '2199-12-31', reason: 'thử' };
    for (const [path, body] of [
      [`people/${me}/clearance`, { clearance: 'confidential' }],
      [`people/${me}/roles`, { role: 'authority', unit: unit() }],
      ['people', { name: 'Người thử', username: 'cua.chuong.trinh' }],
      ['delegations', { from: other, to: me, actions: 'all', ...days }],
      [`delegations/${randomUUID()}/revoke`, {}],
      [`${accounts.slice('/api/v1/'.length)}/${randomUUID()}/rotate`, {}],
    ] as const)
      expect([path, (await full.post<Problem>(`/api/v1/${path}`, body)).body.code]).toEqual([path, 'out-of-scope']);
    const removed = await full.send<Problem>('DELETE', `/api/v1/people/${me}/roles/administrator?unit=${unit()}`);
    expect(removed.body.code).toBe('out-of-scope');
    const { body: read } = await full.get<typeof people>('/api/v1/people');
    expect(read.items.filter(({ username }) => username !== undefined)).toEqual([]);
  }); // prettier-ignore

  it('acts for nobody, is given nothing by its maker, and does not count as the last administrator', async () => {
    const { id } = await make({ role: 'administrator' });
    const { body: people } = await administrator.get<{ items: readonly { id: string; name: string }[] }>('/api/v1/people');
    const idOf = (caller: Caller): string => people.items.find(({ name }) => name === caller.person?.name)?.id ?? '';
    const delegation = { from: idOf(officer), to: id, actions: 'all', startsOn: '2199-01-01', endsOn: '2199-12-31', reason: 'thử' };
    for (const by of [administrator, officer]) expect((await by.post<Problem>('/api/v1/delegations', delegation)).body.code).toBe('not-authorised');
    const clear = await administrator.post<Problem>(`/api/v1/people/${id}/clearance`, { clearance: 'confidential' });
    const grant = await administrator.post<Problem>(`/api/v1/people/${id}/roles`, { role: 'authority', unit: unit() });
    expect([clear.body.code, grant.body.code]).toEqual(['same-person', 'same-person']);
    const last = `/api/v1/people/${idOf(administrator)}/roles/administrator?unit=${unit()}`;
    expect(await administrator.send('DELETE', last)).toMatchObject({ status: 409, body: { code: 'last-administrator' } });
  }); // prettier-ignore

  it('counts as its maker and as whoever rotated its key where people must differ', async () => {
    const password = 'một mật khẩu thật dài';
    const both = async (username: string): Promise<Caller> => {
      const { id } = await order(administrator, 'people', { name: username, username, password });
      for (const role of ['administrator', 'officer']) await order(administrator, `people/${id}/roles`, { role, unit: unit() });
      const { body } = await new Caller(app.url, null).post<{ token: string }>('/api/v1/auth/login', { username, password });
      return new Caller(app.url, body.token, administrator.person);
    };
    const [maker, rotator] = [await both('nguoi.lam.khoa'), await both('nguoi.doi.khoa')];
    const authority = await signInAs(app.url, 'authority', 'service');
    const made = await maker.post<Made>(accounts, wanted({ role: 'checker' }));
    const rotated = await rotator.post<Made>(`${accounts}/${made.body.id}/rotate`, {});
    keys.push(made.body.key, rotated.body.key);
    const program = holding(rotated.body.key);
    const decision = { number: '1', date: '2023-02-01', effectiveDate: '2023-03-01', signer: 'A' };
    const checked = async (by: Caller): Promise<readonly [string, number]> => {
      const { id } = await order(by, 'procedures', registration(administrator));
      const at = `procedures/${id}/actions`;
      await order(by, `${at}/review`, goodReview);
      await order(by, `${at}/propose`, proposal);
      await order(authority, `${at}/publish`, { decision });
      const { position } = await order(by, `${at}/propose-option`, { option });
      const { body } = await program.get<{ items: readonly { id: string }[] }>(`/api/v1/worklist?limit=200&minPosition=${position}`);
      const answer = await program.post<Problem>(`/api/v1/${at}/check-quality`, { passed: true, remarks: 'đạt' });
      return [answer.body.code, body.items.filter((one) => one.id === id).length];
    };
    expect(await checked(maker)).toEqual(['same-person', 0]);
    expect(await checked(rotator)).toEqual(['same-person', 0]);
    expect(await checked(officer)).toEqual([undefined, 1]);
  });

  it('takes no places that its maker needs, nor with others that everybody needs', async () => {
    const listening = new AbortController();
    const { signal } = listening;
    // What nobody holds is closed by the client when it tidies up.
    const held: Response[] = [];
    const statusOf = async ({ token }: Caller): Promise<number> => {
      const answer = await fetch(`${app.url}/api/v1/stream`, { headers: { authorization: `Bearer ${token ?? ''}` }, signal });
      held.push(answer);
      return answer.status;
    };
    const statuses: number[] = [];
    for (let index = 0; index < 5; index++) {
      const program = holding((await make()).key);
      statuses.push(...(await Promise.all(Array.from({ length: 20 }, () => statusOf(program)))));
    }
    expect([200, 429].map((status) => statuses.filter((one) => one === status).length)).toEqual([80, 20]);
    expect([await statusOf(administrator), await statusOf(officer)]).toEqual([200, 200]);
    expect(held).toHaveLength(102);
    listening.abort();
  });

  it('gets another key by rotation; the one before it ends at once, or after an overlap', async () => {
    const { id, key } = await make();
    const rotate = async (body: object): Promise<string> => {
      const rotated = await administrator.post<Made>(`${accounts}/${id}/rotate`, body);
      expect(rotated).toMatchObject({ status: 200, body: { id } });
      keys.push(rotated.body.key);
      return rotated.body.key;
    };
    const second = await rotate({ overlapMinutes: 5 });
    expect([await statusOf(key), await statusOf(second)]).toEqual([200, 200]);
    const third = await rotate({});
    for (const old of [key, second]) await refusedSoon(old);
    expect(await statusOf(third)).toBe(200);
  });

  it('is refused for good once it is revoked, and after its last day', async () => {
    const { id, key } = await make();
    expect(await statusOf(key)).toBe(200);
    expect((await administrator.post(`${accounts}/${id}/revoke`, {})).status).toBe(204);
    await refusedSoon(key);
    expect((await administrator.post<Problem>(`${accounts}/${id}/rotate`, {})).body.code).toBe('not-found');
    expect((await administrator.post(`${accounts}/${id}/revoke`, {})).status).toBe(204);

    const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    expect(await statusOf((await make({ expiresOn: day(-1) })).key)).toBe(401);
    expect(await statusOf((await make({ expiresOn: day(1) })).key)).toBe(200);
  });

  it('is not reached by a key with another secret, of another account, or cut short', async () => {
    const [one, other] = [await make(), await make()];
    const [, id = '', secret = ''] = /^tgk_(\w{16})_(.*)$/.exec(one.key) ?? [];
    const forged = [`tgk_${id}_${secret.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))}`, `tgk_${id}_${other.key.slice(21)}`];
    const malformed = [one.key.slice(0, -1), `${one.key}A`, `tgk_${'0'.repeat(16)}_${secret}`, `TGK_${id}_${secret}`, `tgk_${id}`];
    for (const key of [...forged, ...malformed]) expect(await statusOf(key)).toBe(401);
  });

  it('is made, listed and ended by administrators of its unit or above, and by nobody else', async () => {
    expect((await officer.post<Problem>(accounts, wanted())).body).toMatchObject({ status: 403, code: 'not-authorised' });
    expect((await officer.get<Problem>(accounts)).status).toBe(403);
    expect((await administrator.post<Problem>(accounts, wanted({ unit: ministry }))).body.code).toBe('not-authorised');
    const { id } = await make({ scopes: ['read', 'publish'], expiresOn: '2030-12-31' });
    for (const what of ['rotate', 'revoke']) {
      expect((await officer.post(`${accounts}/${id}/${what}`, {})).status).toBe(403);
      for (const unknown of [randomUUID(), 'x']) expect((await administrator.post(`${accounts}/${unknown}/${what}`, {})).status).toBe(404);
    }
    const { body } = await administrator.get<{ items: readonly { id: string }[] }>(accounts);
    expect(body.items.find((one) => one.id === id)).toEqual({
      id,
      name: 'Cổng dịch vụ mẫu',
      roles: [{ role: 'officer', unit: unit() }],
      scopes: ['read', 'publish'],
      expiresOn: '2030-12-31',
      madeAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      madeBy: expect.any(String),
      revokedAt: null,
      keys: [{ id: expect.stringMatching(/^\w{16}$/), madeAt: expect.any(String), endsAt: null }],
    });
    const secrets = keys.map((key) => key.slice(21));
    for (const secret of secrets) expect(JSON.stringify(body)).not.toContain(secret);
  });

  it('keeps no more than a hundred keys that ended', async () => {
    const { id } = await make({});
    for (let round = 0; round < 110; round++) expect((await administrator.post(`${accounts}/${id}/rotate`, {})).status).toBe(200);
    const { body } = await administrator.get<{ items: readonly { id: string; madeBy: string; keys: readonly object[] }[] }>(accounts);
    expect(body.items.find((one) => one.id === id)?.keys).toHaveLength(101);
  });

  it.each([
    ['no scope', { scopes: [] }],
    ['an unknown scope', { scopes: ['everything'] }],
    ['a scope twice', { scopes: ['read', 'read'] }],
    ['an unknown role', { role: 'emperor' }],
    ['an unknown unit', { unit: randomUUID() }],
    ['a blank name', { name: ' ' }],
    ['a day that does not exist', { expiresOn: '2030-02-30' }],
    ['a field of its own', { key: 'tgk_mine' }],
  ])('is not made with %s', async (_what, change) => {
    expect((await administrator.post<Problem>(accounts, wanted(change))).body).toMatchObject({ status: 400, code: 'invalid-body' });
  });

  it('leaves no key in the log of the process', () => {
    const told = app.stdout() + app.stderr();
    expect(told.includes(accounts)).toBe(true);
    const secrets = ['tgk_', ...keys.map((key) => key.slice(21))];
    expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
  });
});
