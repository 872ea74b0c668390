import { spawnSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { ed25519Type, signerKey, signerKeyText } from '#audit/verifier';
import { startApp, tinhgon } from './support/app.js';
import type { StartedApp } from './support/app.js';
import { password, startAppWithChief } from './support/chief.js';
import { Caller, goodReview, order, registration, signInAs } from './support/client.js';
import type { Accepted, Problem } from './support/client.js';
import { OidcIssuer, audience } from './support/oidc-issuer.js';
import { startPostgres } from './support/postgres-server.js';
import type { PostgresServer } from './support/postgres-server.js';

const api = '/api/v1';
const legalBasis = 'Luật số 91/2025/QH15, Điều 14';

interface People {
  readonly items: readonly { readonly id: string; readonly name: string; readonly username?: string }[];
}
interface Session {
  readonly token: string;
  readonly refreshToken: string;
}

async function until<Result>(look: () => Promise<Result | undefined>): Promise<Result> {
  for (let tries = 0; tries < 300; tries++) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('It did not become so.');
}

describe('Erasing a person', () => {
  let postgres: PostgresServer;
  let pool: pg.Pool;
  let issuer: OidcIssuer;
  let env: Readonly<Record<string, string>>;
  let apps: readonly [StartedApp, StartedApp];
  let chief: Caller;
  let administrator: Caller;
  let officer: Caller;
  let unit: string;
  const nobody = (app: StartedApp = apps[0]): Caller => new Caller(app.url, null);
  const login = (username: string, app?: StartedApp): Promise<{ readonly status: number; readonly body: Session }> =>
    nobody(app).post<Session>(`${api}/auth/login`, { username, password });
  /** Somebody new who may sign in and holds no role. */
  const newcomer = async (username: string, name = 'Đặng Thị Được Xoá'): Promise<string> =>
    (await order(chief, 'people', { name, username, password, unit })).id;
  const erase = (
    id: string,
    by = administrator,
    headers = {},
    body: object = { legalBasis },
  ): ReturnType<typeof by.post<Accepted & Problem>> => by.post<Accepted & Problem>(`${api}/people/${id}/erase`, body, headers);
  const removed = (id: string): Promise<true> =>
    until(async () => ((await pool.query('SELECT FROM identity.erasures WHERE person = $1', [id])).rows.length > 0 ? true : undefined));
  const whereIs = async (text: string): Promise<readonly string[]> => {
    const { rows } = await pool.query<{ name: string }>(
      `SELECT schemaname || '.' || tablename AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    const found: string[] = [];
    for (const { name } of rows)
      if ((await pool.query(`SELECT FROM ${name} t WHERE strpos(t::text, $1) > 0 LIMIT 1`, [text])).rows.length > 0) found.push(name);
    return found.sort();
  };

  beforeAll(async () => {
    postgres = await startPostgres();
    issuer = await OidcIssuer.start();
    pool = new pg.Pool({ connectionString: postgres.url }).on('error', () => undefined);
    env = {
      ...{ DATABASE_URL: postgres.url, AUDIT_KEY: signerKeyText(signerKey('log.example/erasure', ed25519Type, randomBytes(32))) },
      ...{ OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: audience },
      OIDC_MAPPING: JSON.stringify({ roles: [{ claim: 'groups', value: 'register-officers', role: 'officer', unitClaim: 'unit' }] }),
    };
    const { app, chief: made } = await startAppWithChief(env);
    chief = made;
    apps = [app, await startApp({ env })];
    administrator = await signInAs(app.url, 'administrator', 'service');
    officer = await signInAs(app.url, 'officer', 'service');
    unit = officer.person?.unit.id ?? '';
  });
  afterAll(async () => {
    await Promise.all(apps.map((app) => app.stop()));
    await pool.end();
    await issuer.stop();
    await postgres.stop();
  });

  it('leaves what they did under their id, without a name, and lets them in nowhere', async () => {
    const id = await newcomer('duoc.xoa');
    await order(chief, `people/${id}/roles`, { role: 'officer', unit });
    const { body: session } = await login('duoc.xoa');
    const them = new Caller(apps[0].url, session.token);
    const { id: procedure } = await order(them, 'procedures', { ...registration(officer), title: 'Do người bị xoá lập' });
    await order(them, `procedures/${procedure}/actions/review`, goodReview);
    await order(them, `procedures/${procedure}/comments`, { text: 'Ý kiến', revision: 0 });
    const delegation = { from: id, to: (await officer.get<{ id: string }>(`${api}/account`)).body.id, actions: 'all', reason: 'nghỉ' };
    await order(them, 'delegations', { ...delegation, startsOn: '2199-01-01', endsOn: '2199-12-31' });

    expect((await erase(id)).body).toMatchObject({ status: 409, code: 'roles-held' });
    await administrator.send('DELETE', `${api}/people/${id}/roles/officer?unit=${unit}`);
    expect((await erase(id, them)).status).toBe(403);
    expect((await erase(id, officer)).status).toBe(403);
    expect((await erase(randomUUID())).status).toBe(404);
    const { body: done } = await erase(id);
    expect(done.events).toEqual(['PersonErased']);

    for (const app of apps) {
      await until(async () => ((await new Caller(app.url, session.token).get(`${api}/worklist`)).status === 401 ? true : undefined));
      expect((await nobody(app).post(`${api}/auth/refresh`, { refreshToken: session.refreshToken })).status).toBe(401);
      expect((await login('duoc.xoa', app)).status).toBe(401);
    }
    await removed(id);
    for (const text of ['duoc.xoa', 'Được Xoá']) expect(await whereIs(text)).toEqual([]);

    const history = await officer.get<{ items: readonly { actor: object }[] }>(`${api}/procedures/${procedure}/history`);
    expect(history.body.items.map(({ actor }) => actor)).toEqual(
      [0, 1].map(() => expect.objectContaining({ id, name: null, role: 'officer' })),
    );
    const why = await officer.get<{ actor: object; decidedAgain: object }>(`${api}/procedures/${procedure}/revisions/1/why`);
    expect(why.body).toMatchObject({ actor: { roles: [{ role: 'officer', unit }] }, decidedAgain: { same: true } });
    const { body: delegations } = await officer.get<{ items: readonly object[] }>(`${api}/delegations`);
    expect(delegations.items).toEqual([expect.objectContaining({ from: id, fromName: null, toName: officer.person?.name })]);
    const auditor = await signInAs(apps[0].url, 'auditor', 'ministry');
    const trail = (query: string): Promise<{ readonly body: { readonly items: readonly object[] } }> =>
      auditor.get(`${api}/audit/events?${query}`);
    const theirs = await until(async () => {
      const { items } = (await trail(`actor=${id}&type=ProcedureReviewed`)).body;
      return items.length > 0 ? items : undefined;
    });
    expect(theirs).toEqual([expect.objectContaining({ actor: expect.objectContaining({ id, name: null }) })]);
    expect((await trail('type=PersonErased')).body.items).toMatchObject([{ action: 'erase-person' }]);
    expect((await trail(`q=${encodeURIComponent('Đặng Thị Được')}`)).body.items).toEqual([]);
  });

  it('leaves nobody who is found, given a role or work, or acts for others', async () => {
    const id = await newcomer('khong.con');
    const own = (await officer.get<{ id: string }>(`${api}/account`)).body.id;
    const days = { startsOn: '2199-01-01', endsOn: '2199-12-31', reason: 'nghỉ' };
    // What was accepted before is answered as it was, should it be sent again.
    const before = [
      ['POST', `people/${id}/roles`, { role: 'officer', unit }],
      ['POST', 'delegations', { from: own, to: id, actions: 'all', ...days, startsOn: '2197-01-01', endsOn: '2197-12-31' }],
      ['DELETE', `people/${id}/roles/officer?unit=${unit}`, undefined],
    ] as const;
    const keys = before.map(() => ({ 'idempotency-key': randomUUID() }));
    const sendAll = async (): Promise<readonly object[]> => {
      const answers: object[] = [];
      for (const [at, [method, path, body]] of before.entries()) {
        const by = path === 'delegations' ? officer : administrator;
        const { status, body: answer } = await by.send(method, `${api}/${path}`, body && JSON.stringify(body), keys[at]);
        answers.push({ status, answer });
      }
      return answers;
    };
    const first = await sendAll();
    expect(first).toMatchObject([{ status: 200 }, { status: 201 }, { status: 200 }]);
    expect((await erase(id)).status).toBe(200);
    expect(await sendAll()).toEqual(first);
    const { body: found } = await administrator.get<People>(`${api}/people?q=khong.con`);
    expect(found.items).toEqual([]);
    const { id: procedure } = await order(officer, 'procedures', registration(officer));
    const orders: readonly (readonly [string, object, number])[] = [
      [`people/${id}/roles`, { role: 'officer', unit }, 404],
      [`people/${id}/clearance`, { clearance: 'none' }, 404],
      ['auth/logout-everywhere', { person: id }, 404],
      [`people/${id}/erase`, { legalBasis }, 409],
      ['delegations', { from: own, to: id, actions: 'all', ...days }, 400],
      ['delegations', { from: id, to: own, actions: 'all', ...days }, 400],
      [`procedures/${procedure}/assign`, { person: id, reason: 'x' }, 400],
    ];
    for (const [path, body, status] of orders) {
      const by = path.startsWith('procedures') ? officer : administrator;
      expect([path, (await by.post(`${api}/${path}`, body)).status]).toEqual([path, status]);
    }
    expect((await administrator.get(`${api}/people/${id}`)).status).toBe(404);
  });

  it('is told nothing of them by a text, and by a text about them nothing to whoever does not administer them', async () => {
    const id = await newcomer('ten.dang.nhap', 'Phan Thị Mận');
    const texts = [
      { legalBasis: 'Theo đơn của bà PHAN THI MAN' },
      { legalBasis: `Theo đơn của ${'Phan Thị Mận'.normalize('NFD')}` },
      { legalBasis, reason: 'Tài khoản ten.dang.nhap.' },
    ];
    for (const body of texts) {
      expect((await erase(id, administrator, {}, body)).body).toMatchObject({ status: 400, code: 'invalid-body' });
      expect((await erase(id, officer, {}, body)).status).toBe(403);
    }
    for (const body of [{}, { legalBasis: ' ' }, { legalBasis: 'x'.repeat(501) }, { legalBasis, reason: '' }, { legalBasis, more: 1 }])
      expect((await erase(id, administrator, {}, body)).status).toBe(400);
    expect((await erase(id, administrator, {}, { legalBasis, reason: 'Phản ánh: mận chín' })).status).toBe(200);
  });

  it('is for others to order, and waits for keys that they made', async () => {
    const own = (await administrator.get<{ id: string }>(`${api}/account`)).body.id;
    expect((await erase(own)).body.unmet).toEqual(expect.arrayContaining([expect.objectContaining({ code: 'same-person' })]));
    const id = await newcomer('giu.khoa');
    await order(chief, `people/${id}/roles`, { role: 'administrator', unit });
    const them = new Caller(apps[0].url, (await login('giu.khoa')).body.token);
    const account = { name: 'Cổng', role: 'officer', unit, scopes: ['read'] };
    const { body: made } = await them.post<{ id: string }>(`${api}/service-accounts`, account);
    await chief.send('DELETE', `${api}/people/${id}/roles/administrator?unit=${unit}`);
    expect((await erase(id, chief)).body.code).toBe('keys-held');
    expect((await erase(made.id, chief)).body.code).toBe('not-authorised');
    await order(chief, `service-accounts/${made.id}/revoke`, {});
    expect((await erase(id, chief)).status).toBe(200);
  });

  it('is done once by an order that is sent again, and of two at once by one', async () => {
    const id = await newcomer('mot.lan');
    const key = { 'idempotency-key': randomUUID() };
    const first = await erase(id, administrator, key);
    expect((await erase(id, administrator, key)).body).toEqual(first.body);
    expect((await erase(id, administrator, key, { legalBasis: 'Khác' })).body.code).toBe('key-reused');
    const other = await newcomer('hai.nguoi');
    const other2 = new Caller(apps[1].url, administrator.token);
    await until(async () => ((await other2.get(`${api}/people/${other}`)).status === 200 ? true : undefined));
    const both = await Promise.all([erase(other), erase(other, other2)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('holds against whoever signs in and refreshes at the same moment, in whichever process', async () => {
    const id = await newcomer('dang.vao');
    const sessions: Session[] = [(await login('dang.vao')).body];
    let isOver = false;
    const tries = apps.flatMap((app) => [
      (async () => {
        for (; !isOver;) {
          const { status, body } = await login('dang.vao', app);
          expect([200, 401, 429]).toContain(status);
          if (status === 200) sessions.push(body);
        }
      })(),
      (async () => {
        for (let refreshToken = (await login('dang.vao', app)).body.refreshToken; !isOver;) {
          const { status, body } = await nobody(app).post<Session>(`${api}/auth/refresh`, { refreshToken });
          expect([200, 401]).toContain(status);
          if (status !== 200) return;
          sessions.push(body);
          refreshToken = body.refreshToken;
        }
      })(),
    ]);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await erase(id)).status).toBe(200);
    await removed(id);
    isOver = true;
    await Promise.all(tries);
    for (const app of apps)
      for (const { token } of sessions) expect((await new Caller(app.url, token).get(`${api}/worklist`)).status).toBe(401);
    // What was under way is looked after again.
    await until(async () => {
      const { rows } = await pool.query('SELECT FROM identity.sessions WHERE person = $1', [id]);
      return rows.length === 0 ? true : undefined;
    });
    expect(await whereIs('dang.vao')).toEqual([]);
  });

  it('lets a subject of the issuer be a new person by a new id, and never the one that was erased', async () => {
    const now = Math.floor(Date.now() / 1000);
    const tokenOf = (more: object): Promise<string> =>
      issuer.sign({ sub: 'subject-7', name: 'Người của cổng', preferred_username: 'tu.cong', unit, jti: randomUUID(), ...more });
    const asThem = async (
      more: object,
    ): Promise<{ readonly status: number; readonly body: { readonly id: string; readonly code: string } }> =>
      new Caller(apps[0].url, await tokenOf(more)).get(`${api}/account`);
    const { body: before } = await asThem({ groups: ['register-officers'], iat: now - 20 });
    // The issuer takes the role back, and the person is erased.
    expect((await asThem({ groups: [], iat: now - 10 })).body.id).toBe(before.id);
    const old = await tokenOf({ groups: [], iat: now - 9 });
    await new Caller(apps[0].url, old).get(`${api}/account`);
    expect((await erase(before.id)).status).toBe(200);
    expect((await new Caller(apps[0].url, old).get(`${api}/account`)).status).toBeGreaterThanOrEqual(401);
    await removed(before.id);
    expect((await asThem({ groups: [], iat: now })).body.code).toBe('unknown-person');
    const { body: after } = await asThem({ groups: ['register-officers'], iat: now });
    expect(after.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(after.id).not.toBe(before.id);
    expect((await pool.query('SELECT FROM identity.external_identities WHERE person = $1', [before.id])).rows).toEqual([]);
  });

  it('leaves proofs and bundles whole, which name the event that permits the gap, and finds a salt that went without one', async () => {
    const auditor = await signInAs(apps[0].url, 'auditor', 'ministry');
    const id = await newcomer('trong.goi');
    const asked = async (scope: object): Promise<string> => (await order(auditor, 'audit/bundles', scope)).id;
    const before = await asked({ all: true });
    await erase(id);
    const registered = await until(async () => {
      const { rows } = await pool.query<{ event_id: string }>(
        `SELECT event_id FROM audit.leaves l LEFT JOIN audit.salts s USING (index) WHERE s.index IS NULL AND l.entry LIKE $1`,
        [`%person-${id}%`],
      );
      return rows.length === 1 ? rows[0]?.event_id : undefined;
    });
    expect((await auditor.get(`${api}/audit/proof?event=${registered}`)).status).toBe(200);

    const folder = await mkdtemp(join(tmpdir(), 'tinhgon-erasure-'));
    const key = (await nobody().get<string>('/audit/key')).body.trim();
    const verified = async (bundle: string): Promise<{ readonly ok: boolean; readonly gaps: readonly { stream: string }[] }> => {
      const headers = { authorization: `Bearer ${auditor.token ?? ''}` };
      const response = await until(async () => {
        const answer = await fetch(`${apps[0].url}${api}/audit/bundles/${bundle}`, { headers });
        return answer.status === 200 ? answer : undefined;
      });
      const file = join(folder, `${bundle}.zip`);
      await writeFile(file, Buffer.from(await response.arrayBuffer()));
      const python = spawnSync('python3', ['test/audit/verify.py', 'bundle', file, '--key', key], { encoding: 'utf8' });
      if (!python.error) expect(python.stdout).toMatch(/: holds\n$/);
      return JSON.parse((await tinhgon(['verify', file, '--key', key, '--json'])).stdout) as Awaited<ReturnType<typeof verified>>;
    };
    const ours = { stream: `person-${id}`, leaves: 1, legalBasis, permittedBy: expect.any(Number) as unknown };
    const after = await verified(await asked({ all: true }));
    expect(after).toMatchObject({ ok: true, findings: [] });
    expect(after.gaps).toContainEqual(ours);
    // What was erased after the tree of a bundle is not told in it, and no gap.
    const earlier = await verified(before);
    expect(earlier).toMatchObject({ ok: true, findings: [] });
    expect(earlier.gaps.map(({ stream }) => stream)).not.toContain(`person-${id}`);
    await rm(folder, { recursive: true });

    const check = async (): Promise<unknown> => JSON.parse((await tinhgon(['verify', '--database', '--key', key, '--json'], env)).stdout);
    expect(await check()).toMatchObject({ ok: true, findings: [], gaps: expect.arrayContaining([ours]) });
    const { rows } = await pool.query<{ index: string; salt: Buffer }>(
      `DELETE FROM audit.salts WHERE index = (SELECT max(index) FROM audit.leaves WHERE entry LIKE '%"PersonErased"%') RETURNING index, salt`,
    );
    expect(await check()).toMatchObject({ ok: false, findings: [{ check: 'salt', index: Number(rows[0]?.index) }] });
    await pool.query('INSERT INTO audit.salts (index, salt) VALUES ($1, $2)', [rows[0]?.index, rows[0]?.salt]);
  });

  it('is gone on with where every process died before anything was removed, and frees the username', async () => {
    const id = await newcomer('bi.cat');
    await order(chief, 'processors/erasing/pause', {});
    await until(async () => {
      const { body } = await chief.get<readonly { name: string; state: string }[]>(`${api}/processors`);
      return body.find(({ name }) => name === 'erasing')?.state === 'paused' ? true : undefined;
    });
    expect((await erase(id)).status).toBe(200);
    const again = { name: 'Người khác hẳn', username: 'bi.cat', password, unit };
    expect((await chief.post<Problem>(`${api}/people`, again)).body.code).toBe('username-taken');
    await Promise.all(apps.map((app) => app.kill()));
    expect(await whereIs('bi.cat')).toEqual(['identity.accounts']);

    apps = await Promise.all([startApp({ env }), startApp({ env })]);
    // The log says it already, though what stands there is there.
    expect((await login('bi.cat')).status).toBe(401);
    chief = new Caller(apps[0].url, chief.token);
    await order(chief, 'processors/erasing/resume', {});
    await removed(id);
    expect(await whereIs('bi.cat')).toEqual([]);
    const { id: next } = await order(chief, 'people', again);
    expect(next).not.toBe(id);
    expect((await login('bi.cat')).status).toBe(200);
    const { body } = await chief.get<{ readonly roles: readonly object[] }>(`${api}/people/${next}`);
    expect(body.roles).toEqual([]);
  });
});
