import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, tinhgon } from './support/app.js';
import type { StartedApp } from './support/app.js';
import { Caller, goodReview, order, registration, signInAs } from './support/client.js';
import type { DemoPerson } from './support/client.js';

describe('The command line', () => {
  let app: StartedApp;
  let other: Server;
  let otherUrl: string;
  beforeAll(async () => {
    app = await startApp();
    other = createServer((request, response) => {
      if (request.url?.includes('/onwards/') === true) response.writeHead(302, { location: 'http://127.0.0.1/elsewhere' }).end();
      else response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not here</h1>');
    }).listen(0, '127.0.0.1');
    await once(other, 'listening');
    otherUrl = `http://127.0.0.1:${String((other.address() as AddressInfo).port)}`;
  });
  afterAll(async () => {
    other.close();
    await app.stop();
  });
  const history = (url: string, id = 'x') => tinhgon(['history', id, '--token', 'y', '--url', url]);

  it('says which version it is', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { readonly version: string };
    expect(await tinhgon(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('says what is wrong with its configuration before it loads the product', async () => {
    const watcher = join(import.meta.dirname, 'support', 'loaded-packages.js');
    const { code, stderr } = await tinhgon(['serve'], { PORT: 'abc', NODE_OPTIONS: `--import ${watcher}` });
    expect(code).toBe(1);
    expect(stderr).toContain('PORT must be a whole number');
    expect(stderr).toMatch(/^packages: .*\bcommander\b/m);
    expect(stderr).not.toMatch(/^packages: .*(nestjs|fastify|\bpg\b)/m);
  });

  it('tells an address that is wrong from a server that is down, in a sentence and at once', async () => {
    const https = app.url.replace('http:', 'https:');
    const said = await Promise.all([https, otherUrl, `${otherUrl}/onwards`, 'http://nowhere.invalid'].map((url) => history(url)));
    expect(said.map(({ code }) => code)).toEqual([1, 1, 1, 1]);
    const [secured = '', foreign = '', onwards = '', unknown = ''] = said.map(({ stderr }) => stderr);
    expect(secured).toBe(`What answers at ${https} does not speak https: try --url ${app.url}.\n`);
    expect(foreign).toBe(`What answers at ${otherUrl} is not Tinh Gọn (404, text/html): correct --url.\n`);
    expect(onwards).toBe(`${otherUrl}/onwards sends on to http://127.0.0.1/elsewhere: give the server itself as --url.\n`);
    expect(unknown).toMatch(/^There is no host named nowhere\.invalid \(\w+\): correct --url http:\/\/nowhere\.invalid\.\n$/);
  });

  it('shows a history by the clock of where it runs, and for whom somebody acted', async () => {
    const { body: people } = await new Caller(app.url, null).get<readonly DemoPerson[]>('/api/v1/auth/demo');
    const signIn = async (username: string): Promise<{ readonly id: string; readonly caller: Caller }> => {
      const person = people.find((one) => one.username === username);
      const login = { username, password: person?.password };
      const { body } = await new Caller(app.url, null).post<{ token: string; person: { id: string } }>('/api/v1/auth/login', login);
      return { id: body.person.id, caller: new Caller(app.url, body.token, person) };
    };
    const [officer, deputy] = [await signIn('navy.officer1'), await signIn('navy.officer2')];
    const { id } = await order(officer.caller, 'procedures', registration(officer.caller));
    const days = { startsOn: '2020-01-01', endsOn: '2199-12-31', reason: 'Đi công tác' };
    await order(officer.caller, 'delegations', { from: officer.id, to: deputy.id, actions: ['review'], ...days });
    await order(deputy.caller, `procedures/${id}/actions/review`, goodReview, { 'acting-for': officer.id });
    const { code, stdout } = await tinhgon(['history', id, '--url', app.url], { TZ: 'Asia/Ho_Chi_Minh' });
    expect(code).toBe(0);
    expect(stdout).toContain('Hoàng Thị Thảo (mẫu) (officer) for Nguyễn Văn Soạn (mẫu)');
    expect(stdout).toMatch(/recorded at \(Asia\/(Ho_Chi_Minh|Saigon)\)/);
    const { items } = (await officer.caller.get<{ items: readonly { recordedAt: string }[] }>(`/api/v1/procedures/${id}/history`)).body;
    const wall = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone: 'Asia/Ho_Chi_Minh' });
    for (const { recordedAt } of items) expect(stdout).toContain(wall.format(new Date(recordedAt)));
  });

  it('says on Ctrl-C what was done, and ends with 130', async () => {
    const launcher = join(process.cwd(), 'apps', 'cli', 'tinhgon.js');
    const child = spawn(process.execPath, [launcher, 'load', '--duration', '60', '--rate', '20', '--url', app.url], {
      env: { ...process.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stderr = '';
    let stdout = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    const ended = once(child, 'close');
    const auditor = await signInAs(app.url, 'auditor', 'ministry');
    const total = async (): Promise<number> => (await auditor.get<{ total: number }>('/api/v1/reports/funnel')).body.total;
    const before = await total();
    while ((await total()) < before + 3) await sleep(200);
    child.kill('SIGINT');
    const [code] = (await ended) as [number | null];
    expect([code, stdout.includes('commands/s'), stderr]).toEqual([130, true, expect.stringMatching(/^Interrupted after \d+ of 60 s: /)]);
  });
});
