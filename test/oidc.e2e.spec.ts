import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportSPKI, importJWK } from 'jose';
import type { CryptoKey } from 'jose';
import { startApp, tinhgon } from './support/app.js';
import type { StartedApp } from './support/app.js';
import { Caller, registration, signInAs } from './support/client.js';
import type { Accepted, Answer, DemoPerson, Problem } from './support/client.js';
import { OidcIssuer, audience, newKey, program, webClient } from './support/oidc-issuer.js';

const nowSeconds = (): number => Math.floor(Date.now() / 1000);
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

type Claims = Readonly<Record<string, unknown>>;

interface Session {
  readonly token: string;
  readonly refreshToken: string;
  readonly person: { readonly id: string; readonly name: string; readonly roles: readonly string[]; readonly unit: string };
}

describe('An issuer of OpenID Connect', () => {
  let issuer: OidcIssuer;
  let app: StartedApp;
  let people: readonly DemoPerson[];
  let officer: Caller;
  const bearer = (token: string): Caller => new Caller(app.url, token, officer.person);
  const worklist = (token: string): Promise<Answer<Problem>> => bearer(token).get('/api/v1/worklist');
  const statusOf = async (token: string): Promise<number> => (await worklist(token)).status;
  /** A token of somebody who is known, good unless changed. */
  const officers = (claims: Claims = {}, header: Claims = {}, key?: CryptoKey | Uint8Array): Promise<string> =>
    issuer.sign({ sub: 'officer-1', preferred_username: 'navy.officer1', ...claims }, header, key);

  beforeAll(async () => {
    issuer = await OidcIssuer.start();
    const service = '5e6d4c1a-8a53-5f6b-8a0e-2b7c90d1f3e4';
    const mapping = {
      roles: [
        { claim: 'groups', value: 'register-officers', role: 'officer', unitClaim: 'unit' },
        { claim: 'realm_access.roles', value: 'auditor', role: 'auditor', unitClaim: 'unit' },
        { claim: 'groups', value: 'nowhere', role: 'officer', unit: service },
      ],
    };
    const env = {
      OIDC_ISSUER: issuer.url,
      OIDC_AUDIENCE: audience,
      OIDC_CLIENT_ID: webClient,
      OIDC_REDIRECT_URI: issuer.redirectUri,
      OIDC_MAPPING: JSON.stringify(mapping),
    };
    app = await startApp({ env: { ...env, LOG_LEVEL: 'trace' } });
    officer = await signInAs(app.url, 'officer', 'service');
    people = (await new Caller(app.url, null).get<readonly DemoPerson[]>('/api/v1/auth/demo')).body;
  });
  afterAll(async () => {
    await app.stop();
    await issuer.stop();
  });

  it('vouches by its tokens for somebody with an account of that username', async () => {
    const token = await officers();
    const { status, body } = await bearer(token).post<Accepted>('/api/v1/procedures', registration(officer));
    expect(status).toBe(201);
    const history = await officer.get<{ items: readonly { actor: object }[] }>(`/api/v1/procedures/${body.id}/history`);
    expect(history.body.items[0]?.actor).toMatchObject({ name: officer.person?.name, role: 'officer' });
    // Whoever is given the username there later is somebody else.
    expect(await worklist(await officers({ sub: 'another' }))).toMatchObject({ status: 403, body: { code: 'unknown-person' } });
    // And who was linked stays linked, whatever the username is then.
    expect(await statusOf(await officers({ preferred_username: 'renamed' }))).toBe(200);
  });

  it('makes somebody known at first sight whom the mapping gives a role at a unit, also a program by its own grant', async () => {
    const unit = officer.person?.unit.id;
    issuer.claims.set(program.id, { groups: ['x', 'register-officers'], unit, name: 'Cổng một cửa' });
    const token = await issuer.programToken();
    const registered = await Promise.all([1, 2, 3, 4].map(() => bearer(token).post<Accepted>('/api/v1/procedures', registration(officer))));
    expect(registered.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    const histories = await Promise.all(
      registered.map(({ body }) => officer.get<{ items: readonly { actor: { id: string } }[] }>(`/api/v1/procedures/${body.id}/history`)),
    );
    const actors = histories.map(({ body }) => body.items[0]?.actor);
    expect(actors[0]).toMatchObject({ name: 'Cổng một cửa', role: 'officer', unit });
    expect(new Set(actors.map((actor) => actor?.id)).size).toBe(1);
  });

  it('decides on the roles of whom it made known: the newest token counts, an older one changes nothing', async () => {
    const unit = officer.person?.unit.id;
    const now = nowSeconds();
    const tries = async (change: Claims): Promise<number> => {
      const token = await issuer.sign({ sub: 'moved', name: 'Người chuyển công tác', unit, jti: randomUUID(), ...change });
      return (await bearer(token).post('/api/v1/procedures', registration(officer))).status;
    };
    expect(await tries({ iat: now - 40, groups: ['register-officers'] })).toBe(201);
    expect(await tries({ iat: now - 20, groups: [] })).toBe(403);
    expect(await tries({ iat: now - 30, groups: ['register-officers'] })).toBe(403);
    expect(await tries({ iat: now - 10, realm_access: { roles: ['auditor'] } })).toBe(403);
    expect(await tries({ iat: now, groups: 'register-officers' })).toBe(201);
    const administrator = await signInAs(app.url, 'administrator', 'service');
    const { body } = await administrator.get<{ items: readonly { name: string; roles: readonly object[] }[] }>('/api/v1/people');
    expect(body.items.find(({ name }) => name === 'Người chuyển công tác')?.roles).toEqual([{ role: 'officer', unit }]);
  });

  it('vouches for nobody whom neither a username nor the mapping names', async () => {
    const strangers: readonly Claims[] = [
      { sub: 'a' },
      { sub: 'b', preferred_username: 'nobody.here' },
      { sub: 'c', groups: ['register-officers'], unit: randomUUID() },
      { sub: 'd', groups: ['register-officers'] },
      { sub: 'e', groups: ['nowhere'] },
    ];
    for (const claims of strangers) {
      const refused = await worklist(await issuer.sign(claims));
      expect(refused).toMatchObject({ status: 403, body: { code: 'unknown-person', detail: expect.stringMatching(/administrator/) } });
    }
  });

  it('does not vouch for service accounts', async () => {
    const administrator = await signInAs(app.url, 'administrator', 'service');
    const account = { name: 'Cổng', role: 'officer', unit: officer.person?.unit.id, scopes: ['read'] };
    const { body } = await administrator.post<{ id: string }>('/api/v1/service-accounts', account);
    expect((await worklist(await issuer.sign({ sub: 'f', preferred_username: `service-${body.id}` }))).status).toBe(403);
  });

  it('is believed within a minute of difference between the clocks, and no more', async () => {
    const now = nowSeconds();
    const good = [{ exp: now - 30 }, { nbf: now + 30 }, { iat: now + 30 }, { aud: ['another', audience] }];
    const bad = [{ exp: now - 90 }, { nbf: now + 90 }, { iat: now + 90 }, { exp: now - 86_400 }, { nbf: now + 86_400 }];
    for (const claims of good) expect([claims, await statusOf(await officers(claims))]).toEqual([claims, 200]);
    for (const claims of bad) expect([claims, await statusOf(await officers(claims))]).toEqual([claims, 401]);
  });

  it('is not believed where a token is broken in any way', async () => {
    const good = await officers();
    expect(await statusOf(good)).toBe(200);
    const [header = '', payload = '', signature = ''] = good.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims;
    const { kid, publicJwk } = issuer.key;
    const pem = await exportSPKI((await importJWK(publicJwk, 'RS256')) as CryptoKey);
    const stranger = await newKey(kid);
    const hmac = (head: object, secret: string): string => {
      const signed = `${part(head)}.${payload}`;
      return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
    };
    const broken: Readonly<Record<string, string>> = {
      'of another issuer': await officers({ iss: 'https://sso.example.org' }),
      'of no issuer': await officers({ iss: undefined }),
      'of the issuer with a slash more': await officers({ iss: `${issuer.url}/` }),
      'for somebody else': await officers({ aud: 'urn:another' }),
      'for a browser’s client': await officers({ aud: webClient }),
      'for nobody': await officers({ aud: undefined }),
      'for our own sessions': await officers({ aud: 'tinhgon-api', iss: 'tinhgon' }),
      'without an end': await officers({ exp: undefined }),
      'without a beginning': await officers({ iat: undefined }),
      'about nobody': await officers({ sub: undefined }),
      'about the empty subject': await officers({ sub: '' }),
      'of another kind': await officers({}, { typ: 'logout+jwt' }),
      'bound to a key of the sender': await officers({ cnf: { jkt: 'x' } }),
      'of the algorithm none': `${part({ alg: 'none' })}.${payload}.`,
      'of the algorithm None, with a signature': `${part({ alg: 'None', kid })}.${payload}.${signature}`,
      'without an algorithm': `${part({ kid })}.${payload}.${signature}`,
      'with the public key as a shared secret (PEM)': hmac({ alg: 'HS256', kid, typ: 'at+jwt' }, pem),
      'with the public key as a shared secret (PEM, cut)': hmac({ alg: 'HS256', kid }, pem.trim()),
      'with the public key as a shared secret (JWK)': hmac({ alg: 'HS256', kid }, JSON.stringify(publicJwk)),
      'with the public key as a shared secret, as if signed here': hmac({ alg: 'HS256', typ: 'JWT' }, pem),
      'with an empty shared secret': hmac({ alg: 'HS256', typ: 'JWT' }, ''),
      'with another algorithm than the key': `${part({ alg: 'ES256', kid })}.${payload}.${signature}`,
      'with the empty signature of another algorithm': `${part({ alg: 'ES256', kid })}.${payload}.${Buffer.alloc(64).toString('base64url')}`,
      'of a stranger’s key under the known name': await officers({}, {}, stranger.privateKey),
      'of a stranger’s key that it brings along': await officers({}, { jwk: stranger.publicJwk }, stranger.privateKey),
      'of a stranger’s key at an address': await officers({}, { jku: 'https://evil.example.org/keys', kid: 'x' }, stranger.privateKey),
      'of a key with a path for a name': await officers({}, { kid: '../../dev/null' }, stranger.privateKey),
      'with a condition that nobody knows': `${part({ alg: 'RS256', kid, crit: ['x'], x: 1 })}.${payload}.${signature}`,
      'with changed claims': `${header}.${part({ ...claims, sub: 'officer-2' })}.${signature}`,
      'with a changed header': `${part({ alg: 'RS256', kid, typ: 'JWT' })}.${payload}.${signature}`,
      'without a signature': `${header}.${payload}.`,
      'with half a signature': `${header}.${payload}.${signature.slice(0, 100)}`,
      'with claims that are no JSON': `${header}.${Buffer.from('{').toString('base64url')}.${signature}`,
      'with nothing in it': '..',
    };
    for (const [what, token] of Object.entries(broken))
      expect([what, (await worklist(token)).body]).toMatchObject([what, { status: 401, code: 'not-signed-in' }]);
    expect(await statusOf(good)).toBe(200);
  });

  it('gives a browser a session by authorization code with PKCE', async () => {
    issuer.signsIn = 'officer-2';
    issuer.claims.set('officer-2', { preferred_username: 'navy.officer2' });
    const browser = new Browser(app.url);
    const back = await browser.throughIssuer();
    const { status, body } = await browser.comeBack(back);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { person: { name: people.find(({ username }) => username === 'navy.officer2')?.name } },
    });
    expect(await statusOf(body.token)).toBe(200);
    // The session is one like any other.
    const refreshed = await new Caller(app.url, null).post<Session>('/api/v1/auth/refresh', { refreshToken: body.refreshToken });
    expect(refreshed.status).toBe(200);
    expect((await bearer(refreshed.body.token).post('/api/v1/auth/logout', {})).status).toBe(204);
    expect(await statusOf(body.token)).toBe(401);
    // The code and the cookie are good once.
    expect((await browser.comeBack(back)).status).toBe(401);
  });

  it('brings somebody who looks at it to the first page, with a session in a cookie, or back to where one signs in', async () => {
    issuer.signsIn = 'officer-2';
    expect((await new Caller(app.url, null).get('/api/v1/auth/ways')).body).toEqual({ demo: true, issuer: true });
    const browser = new Browser(app.url);
    const back = await browser.throughIssuer();
    const entered = await browser.lookAt(back);
    expect([entered.status, entered.headers.get('location')]).toEqual([302, '/']);
    const cookie = entered.headers.getSetCookie().find((one) => one.startsWith('tinhgon-refresh='));
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict$/);
    const refreshed = await new Caller(app.url, null).post<Session>('/api/v1/auth/refresh', {}, { cookie: cookie?.split(';', 1)[0] ?? '' });
    expect(await statusOf(refreshed.body.token)).toBe(200);
    expect((await browser.lookAt(back)).headers.get('location')).toBe('/sign-in?failed=not-signed-in');
    issuer.signsIn = 'a-stranger';
    const stranger = new Browser(app.url);
    expect((await stranger.lookAt(await stranger.throughIssuer())).headers.get('location')).toBe('/sign-in?failed=unknown-person');
  });

  it('gives no session to a browser that brings back something else', async () => {
    issuer.signsIn = 'officer-2';
    const notSignedIn = { status: 401, body: { code: 'not-signed-in' } };
    const changed: readonly ((back: URL) => void)[] = [
      (back) => back.searchParams.set('state', 'x'),
      (back) => back.searchParams.delete('state'),
      (back) => back.searchParams.set('code', 'x'),
      (back) => back.searchParams.delete('code'),
      (back) => back.searchParams.set('iss', 'https://sso.example.org'),
    ];
    for (const change of changed) {
      const browser = new Browser(app.url);
      const back = await browser.throughIssuer();
      change(back);
      expect(await browser.comeBack(back)).toMatchObject(notSignedIn);
    }
    const [mine, others] = [new Browser(app.url), new Browser(app.url)];
    const [, back] = [await mine.throughIssuer(), await others.throughIssuer()];
    expect(await mine.comeBack(back)).toMatchObject(notSignedIn);
    expect(await new Browser(app.url).comeBack(await others.throughIssuer())).toMatchObject(notSignedIn);
    issuer.signsIn = 'a-stranger';
    const stranger = new Browser(app.url);
    expect(await stranger.comeBack(await stranger.throughIssuer())).toMatchObject({ status: 403, body: { code: 'unknown-person' } });
  });

  it('may change its keys: the new one is found, the old one ends, and unknown ones do not make it be asked all the time', async () => {
    const before = await officers();
    expect(await statusOf(before)).toBe(200);
    const asks = (): number => issuer.asked.filter((path) => path === '/jwks').length;
    const earlier = asks();
    const strange = await Promise.all(Array.from({ length: 100 }, (_, index) => officers({}, { kid: `unknown-${String(index)}` })));
    const statuses = await Promise.all(strange.map(statusOf));
    expect(new Set(statuses)).toEqual(new Set([401]));
    expect(asks() - earlier).toBeLessThanOrEqual(1);

    const old = issuer.key;
    await issuer.rotate('second');
    const token = await officers();
    for (const deadline = Date.now() + 30_000; (await statusOf(token)) !== 200; await new Promise((resolve) => setTimeout(resolve, 500)))
      if (Date.now() > deadline) throw new Error('The new key is not found.');
    expect(await statusOf(await officers({}, { kid: old.kid }, old.privateKey))).toBe(401);
  });

  it('may be away: known keys serve on, unknown ones are refused in bounded time, and local accounts do not notice', async () => {
    issuer.mute();
    await new Promise((resolve) => setTimeout(resolve, 11_000));
    const unknown = await Promise.all([1, 2, 3].map((index) => officers({}, { kid: `x-${String(index)}` })));
    let refusedYet = false;
    const waiting = Promise.all(unknown.map(worklist)).finally(() => (refusedYet = true));
    expect((await officer.get('/api/v1/worklist')).status).toBe(200);
    expect(await statusOf(await officers())).toBe(200);
    expect(refusedYet).toBe(false);
    for (const refused of await waiting) expect(refused).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    issuer.speak();
  });

  it('leaves no token, code or secret in the log of the process', () => {
    const lines = app
      .stdout()
      .split('\n')
      .filter((line) => line.startsWith('{'));
    const told = [...lines, app.stderr()].join('\n');
    expect(told.includes('/api/v1/auth/oidc/callback')).toBe(true);
    const secrets = ['eyJ', 'code=', 'state=', 'tinhgon-oidc', 'Cổng một cửa', 'navy.officer', program.secret];
    expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
  });
});

describe('An issuer that never answered', () => {
  it('makes its tokens wait for seconds and no more; everything else is served', async () => {
    const mute = createServer(() => undefined);
    mute.listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const url = `http://127.0.0.1:${String((mute.address() as AddressInfo).port)}`;
    const app = await startApp({ env: { OIDC_ISSUER: url, OIDC_AUDIENCE: audience } });
    const other = await OidcIssuer.start();
    const token = await other.sign({ iss: url });
    const officer = await signInAs(app.url, 'officer', 'service');
    const timed = async (): Promise<readonly [number, number]> => {
      const started = Date.now();
      const { status } = await new Caller(app.url, token).get('/api/v1/worklist');
      return [status, Date.now() - started];
    };
    const first = timed();
    expect((await officer.get('/api/v1/worklist')).status).toBe(200);
    const [[status, slowMs], [again, quickMs]] = [await first, await timed()];
    expect([status, again]).toEqual([503, 503]);
    // It is not asked again at once.
    expect(quickMs).toBeLessThan(slowMs);
    expect((await new Caller(app.url, null).get('/api/v1/auth/oidc/start')).status).toBe(404);
    await app.stop();
    await other.stop();
    mute.close();
  });
});

describe('A mistake in the configuration of the issuer', () => {
  it('is one sentence at the start', async () => {
    const env = { OIDC_ISSUER: 'https://sso.example.org', OIDC_AUDIENCE: 'register', DATA_DIR: 'unused', PORT: '0' };
    const wrong = await tinhgon(['serve'], { ...env, OIDC_MAPPING: '{ "roles": [{ "claim": "groups" }] }' });
    expect(wrong).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^OIDC_MAPPING is wrong: roles\[0\] [^\n]*\.\n$/) });
    expect(await tinhgon(['serve'], { ...env, OIDC_ISSUER: 'ftp://x' })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^[^\n]*OIDC_ISSUER must be[^\n]*\.\n$/),
    });
  });
});

/** Follows redirects as a browser does, with its cookies for each host. */
class Browser {
  private readonly jars = new Map<string, Map<string, string>>();

  constructor(private readonly app: string) {}

  /** From the product to the issuer and through it; answers where it sends the browser back to. */
  async throughIssuer(): Promise<URL> {
    let at = new URL('/api/v1/auth/oidc/start', this.app);
    for (let steps = 0; steps < 10 && at.pathname !== '/signed-in'; steps++) {
      const response = await this.visit(at);
      const location = response.headers.get('location');
      if (location === null) throw new Error(`${at.href} answered ${String(response.status)}: ${await response.text()}`);
      at = new URL(location, at);
    }
    return at;
  }

  /** What the page there does with what the issuer gave it. */
  async comeBack(back: URL): Promise<Answer<Session & Problem>> {
    const response = await this.visit(new URL(`/api/v1/auth/oidc/callback${back.search}`, this.app));
    return { status: response.status, headers: response.headers, body: (await response.json()) as Session & Problem };
  }

  /** Where the issuer's page leads when the place to come back to is the call itself. */
  lookAt(back: URL): Promise<Response> {
    return this.visit(new URL(`/api/v1/auth/oidc/callback${back.search}`, this.app), { accept: 'text/html,*/*;q=0.8' });
  }

  private async visit(url: URL, also: Readonly<Record<string, string>> = {}): Promise<Response> {
    const jar = this.jars.get(url.host) ?? new Map<string, string>();
    this.jars.set(url.host, jar);
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { ...also, cookie: [...jar].map((pair) => pair.join('=')).join('; ') },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (/max-age=0|expires=Thu, 01 Jan 1970/i.test(cookie)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }
}
