import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { startApp, tinhgon } from './support/app.js';
import { Caller, registration, signInAs, type Accepted } from './support/client.js';
import { newDataFolder } from './support/data-folder.js';

describe('operating', () => {
  it('is live and ready once the ready line names the URL, and ends with 0 on SIGTERM', async () => {
    const app = await startApp();
    expect((await fetch(`${app.url}/health/live`)).status).toBe(200);
    expect((await fetch(`${app.url}/health/ready`)).status).toBe(200);
    expect(await app.stop()).toBe(0);
  });

  it('answers what is under way before it ends, in time, also while somebody listens', async () => {
    const app = await startApp();
    const officer = await signInAs(app.url, 'officer', 'service');
    const listening = await fetch(`${app.url}/api/v1/stream`, { headers: { authorization: `Bearer ${officer.token ?? ''}` } });
    const underWay = Array.from({ length: 50 }, () => officer.post('/api/v1/procedures', registration(officer)));
    const answered = Promise.allSettled(underWay);
    await underWay[0];
    expect(await app.stop()).toBe(0);
    await listening.text();
    const answers = await answered;
    // Who came too late finds nobody; nobody is sent away with a half answer.
    expect(
      answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value.status] : [])).every((status) => status === 201),
    ).toBe(true);
  });

  it('keeps what was acknowledged through a SIGKILL', async () => {
    const env = { DATA_DIR: await newDataFolder() };
    const first = await startApp({ env });
    const officer = await signInAs(first.url, 'officer', 'service');
    const { body } = await officer.post<Accepted>('/api/v1/procedures', registration(officer));
    await first.kill();

    const next = await startApp({ env });
    const again = await signInAs(next.url, 'officer', 'service');
    expect((await again.get(`/api/v1/procedures/${body.id}`)).body).toMatchObject({ id: body.id, stage: 'registered' });
    expect(await next.stop()).toBe(0);
  });

  it('rebuilds a view from the command line, and names the views when there is no such one', async () => {
    const app = await startApp();
    const administrator = await signInAs(app.url, 'administrator', 'service');
    const { body } = await administrator.get<{ name: string; kind: string; version: number }[]>('/api/v1/processors');
    const view = body.find(({ kind }) => kind === 'view');
    const rebuilt = await tinhgon(['rebuild', view?.name ?? '', '--url', app.url]);
    expect(rebuilt).toMatchObject({ code: 0, stdout: expect.stringContaining(`is live in version ${(view?.version ?? 0) + 1}`) });
    expect(await tinhgon(['rebuild', 'nothing', '--url', app.url])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no view named nothing'),
    });
    await app.stop();
  });

  it('has no demo accounts in production; an administrator made on the database signs in', async () => {
    const env = { DATA_DIR: await newDataFolder(), DEMO: '0', TINHGON_PASSWORD: 'a long enough password' };
    const made = await tinhgon(['admin', 'create', '--username', 'chief', '--name', 'Nguyễn Văn A'], env);
    expect(made).toMatchObject({ code: 0, stderr: '' });
    const app = await startApp({ env });
    const nobody = new Caller(app.url, null);
    expect((await nobody.get('/api/v1/auth/demo')).status).toBe(404);
    expect((await nobody.post('/api/v1/auth/login', { username: 'chief', password: env.TINHGON_PASSWORD })).status).toBe(200);
    await app.stop();
  });

  it('says in one sentence that nothing answers', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    await once(server.close(), 'close');
    const { code, stderr } = await tinhgon(['history', 'x', '--token', 'y', '--url', url]);
    expect(code).toBe(1);
    expect([stderr.split('\n').length, stderr.startsWith(`Nothing answers at ${url} (`)]).toEqual([2, true]);
  });
});
