import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type StartedApp } from './support/app.js';
import { Caller, signInAs, type DemoPerson } from './support/client.js';

describe('signing in', () => {
  let app: StartedApp;
  let nobody: Caller;
  const login = (username: string, password: string): ReturnType<Caller['post']> =>
    nobody.post('/api/v1/auth/login', { username, password });

  beforeAll(async () => {
    app = await startApp();
    nobody = new Caller(app.url, null);
  });
  afterAll(() => app.stop());

  it('is possible for all the demo people', async () => {
    const { body: people } = await nobody.get<readonly DemoPerson[]>('/api/v1/auth/demo');
    const count = (role: string, level: string): number => people.filter((one) => one.role === role && one.unit.level === level).length;
    expect([count('authority', 'ministry'), count('auditor', 'ministry'), count('leader', 'ministry')]).toEqual([1, 1, 1]);
    expect(['officer', 'checker', 'authority', 'leader', 'administrator'].map((role) => count(role, 'service'))).toEqual([2, 1, 1, 1, 1]);
    expect(count('officer', 'unit')).toBe(4);
    const officer = people.find(({ role }) => role === 'officer');
    expect(await login(officer?.username ?? '', officer?.password ?? '')).toMatchObject({
      status: 200,
      body: { token: expect.any(String), person: { name: officer?.name } },
    });
  });

  it('is asked for by everything that holds data', async () => {
    for (const path of ['procedures', 'worklist', 'reports/funnel', 'processors'])
      expect((await nobody.get(`/api/v1/${path}`)).body).toMatchObject({ status: 401, code: 'not-signed-in' });
  });

  it('is asked for however the path is spelled', async () => {
    for (const path of [
      '/%61pi/v1/procedures',
      '/api/%761/procedures',
      '/api/v1/%70rocedures',
      '/api/v1/procedures?x=/auth/login',
      '/api/v1/auth/%2e%2e/procedures',
    ])
      expect([path, (await nobody.get(path)).status]).toEqual([path, 401]);
  });

  it('is not replaced by a token that is unsigned, signed by another key, or changed', async () => {
    const { token } = await signInAs(app.url, 'officer', 'service');
    const [header = '', payload = '', signature = ''] = (token ?? '').split('.');
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { readonly exp: number };
    const hs256 = `${part({ alg: 'HS256', typ: 'JWT' })}.${payload}`;
    const forged = [
      `${part({ alg: 'none' })}.${payload}.`,
      `${hs256}.${createHmac('sha256', 'guess').update(hs256).digest('base64url')}`,
      `${header}.${part({ ...claims, sub: randomUUID() })}.${signature}`,
      `${header}.${part({ ...claims, exp: claims.exp + 1 })}.${signature}`,
      `${token ?? ''}x`,
      'x',
    ];
    for (const one of forged) expect((await new Caller(app.url, one).get('/api/v1/procedures')).status).toBe(401);
  });

  it('is throttled for a username after many wrong passwords, and for nobody else', async () => {
    const { body: people } = await nobody.get<readonly DemoPerson[]>('/api/v1/auth/demo');
    const [guessed, other] = people.filter(({ role }) => role === 'officer');
    const statuses: number[] = [];
    for (let tries = 0; tries < 30; tries++) statuses.push((await login(guessed?.username ?? '', 'wrong')).status);
    expect(statuses[0]).toBe(401);
    expect([423, 429]).toContain(statuses.at(-1));
    expect((await login(other?.username ?? '', other?.password ?? '')).status).toBe(200);
  });

  interface FromThere {
    readonly status: number;
    readonly cookie: string;
    readonly body: { readonly device?: string; readonly token?: string };
  }
  /** Signs in from another address of this machine. */
  const loginFrom = async (address: string, body: object, cookie = ''): Promise<FromThere> => {
    const headers = { 'content-type': 'application/json', ...(cookie && { cookie }) };
    const sent = request(`${app.url}/api/v1/auth/login`, { method: 'POST', localAddress: address, agent: false, headers });
    sent.end(JSON.stringify(body));
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    const [set = ''] = answer.headers['set-cookie'] ?? [];
    return { status: answer.statusCode ?? 0, cookie: set, body: (await json(answer)) as FromThere['body'] };
  };

  it('is not taken from somebody by wrong passwords from elsewhere, few or many, once their device is known', async () => {
    const { body: people } = await nobody.get<readonly DemoPerson[]>('/api/v1/auth/demo');
    const { username = '', password = '' } = people.findLast(({ role }) => role === 'officer') ?? {};
    const good = { username, password };
    const wrong = { username, password: 'wrong' };
    for (let tries = 0; tries < 12; tries++) await loginFrom('127.0.0.9', wrong);
    const browser = await loginFrom('127.0.0.10', good);
    expect([browser.status, browser.body.device]).toEqual([200, undefined]);
    expect(browser.cookie).toMatch(/^tinhgon-device=[\w-]{43}; Path=\/api\/v1\/auth; Max-Age=34560000; HttpOnly; SameSite=Strict$/);
    const [cookie = ''] = browser.cookie.split(';');
    const program = await loginFrom('127.0.0.10', { ...good, device: '' });
    expect([program.status, program.cookie]).toEqual([200, '']);
    const { device } = program.body;
    // Ten from each of ten addresses, and more from others.
    for (let address = 11; address < 22; address++)
      await Promise.all(Array.from({ length: 10 }, () => loginFrom(`127.0.0.${String(address)}`, wrong)));
    expect((await loginFrom('127.0.0.30', good)).status).toBe(429);
    expect((await loginFrom('127.0.0.30', { ...good, device: 'x'.repeat(43) })).status).toBe(429);
    expect((await loginFrom('127.0.0.30', good, cookie)).status).toBe(200);
    expect(await loginFrom('127.0.0.30', { ...good, device })).toMatchObject({ status: 200, body: { device } });
    // The device is good for its person alone, and who has stolen it gets no more tries than others.
    const other = people.find(({ role }) => role === 'checker');
    expect((await loginFrom('127.0.0.30', { username: other?.username, password: other?.password, device })).body.device).not.toBe(device);
    const stolen: number[] = [];
    for (let tries = 0; tries < 12; tries++) stolen.push((await loginFrom('127.0.0.31', { ...wrong, device })).status);
    expect([stolen[0], stolen.at(-1)]).toEqual([401, 429]);
    expect((await loginFrom('127.0.0.30', good, cookie)).status).toBe(200);
    for (const malformed of ['x y', 'x'.repeat(401), 1, null]) expect((await loginFrom('127.0.0.30', { ...good, device: malformed })).status).toBe(400);
    expect((await loginFrom('127.0.0.9', { username: other?.username, password: other?.password }, `tinhgon-device=${'x'.repeat(5_000)}`)).status).toBe(200);
  }); // prettier-ignore

  const half = 'POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{';
  async function beginMany(count: number, text: string): Promise<readonly Socket[]> {
    const { hostname, port } = new URL(app.url);
    const sockets: Socket[] = [];
    for (let made = 0; made < count; made += 100) {
      const some = Array.from({ length: 100 }, () => connect(Number(port), hostname));
      for (const socket of some) socket.on('error', () => undefined).resume();
      await Promise.all(some.map((socket) => once(socket, 'connect')));
      for (const socket of some) socket.write(text);
      sockets.push(...some);
    }
    return sockets;
  }

  it('that is half sent, 2,100 times, keeps nobody from working or signing in, and is soon cut off', async () => {
    const officer = await signInAs(app.url, 'officer', 'unit');
    const { body: people } = await nobody.get<readonly DemoPerson[]>('/api/v1/auth/demo');
    const leader = people.find(({ role }) => role === 'leader');
    const sockets = await beginMany(2_100, half);
    try {
      expect((await officer.get('/api/v1/procedures')).status).toBe(200);
      // The burst of calls without a token is used up by the half ones, and fills again.
      await sleep(2_000);
      expect((await login(leader?.username ?? '', leader?.password ?? '')).status).toBe(200);
      await Promise.all(sockets.filter(({ closed }) => !closed).map((socket) => once(socket, 'close')));
    } finally {
      for (const socket of sockets) socket.destroy();
    }
  });

  it('whose headers do not come is cut off within seconds', async () => {
    const [socket] = await beginMany(100, 'POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\n');
    const dripping = setInterval(() => socket?.write('X-Slow: yes\r\n'), 500);
    if (socket) await once(socket, 'close');
    clearInterval(dripping);
  });

  it('is reached by a whole office behind one address that opens the pages at once', async () => {
    const statuses = new Set<number>();
    for (let round = 0; round < 6; round++)
      for (const { status } of await Promise.all(Array.from({ length: 250 }, () => nobody.get('/emblem.svg')))) statuses.add(status);
    expect([...statuses]).toEqual([200]);
  });

  it('goes on while others try wrong passwords, and while other calls are flooded', async () => {
    const { body: people } = await nobody.get<readonly DemoPerson[]>('/api/v1/auth/demo');
    const checker = people.find(({ role }) => role === 'checker');
    const flood = Promise.all(Array.from({ length: 300 }, (_, index) => login(`nobody${String(index)}`, 'wrong')));
    expect((await login(checker?.username ?? '', checker?.password ?? '')).status).toBe(200);
    const statuses = new Set((await flood).map(({ status }) => status));
    expect([...statuses].filter((status) => ![401, 429].includes(status))).toEqual([]);
    await Promise.all(Array.from({ length: 1_500 }, () => nobody.get('/api/v1/people')));
    expect((await login(checker?.username ?? '', checker?.password ?? '')).status).toBe(200);
  });
});
