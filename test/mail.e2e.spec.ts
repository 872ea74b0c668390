import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type StartedApp } from './support/app.js';
import { Caller, decision, goodReview, order, proposal, registration, signInAs, type Problem } from './support/client.js';
import { MailServer } from './support/mail-server.js';
import { newDataFolder } from './support/data-folder.js';

const settings = '/api/v1/notifications/settings';

interface MailSettings {
  readonly email: string | null;
  readonly unconfirmed: string | null;
  readonly digest: string;
}

describe('Digests by mail', () => {
  let dataDir: string;
  let mail: MailServer;
  let app: StartedApp;
  let officer: Caller;
  let first: Caller;
  let administrator: Caller;
  const start = async (more: Readonly<Record<string, string>> = {}): Promise<void> => {
    const env = { SMTP_URL: mail.url, MAIL_FROM: 'Tinh Gọn <tinhgon@example.vn>', PUBLIC_URL: 'https://tinhgon.example/' };
    app = await startApp({ env: { DATA_DIR: dataDir, ...env, ...more } });
    officer = await signInAs(app.url, 'officer', 'service');
    first = await signInAs(app.url, 'officer', 'unit');
    administrator = await signInAs(app.url, 'administrator', 'service');
  };
  const put = async (by: Caller, body: object): Promise<readonly [number, MailSettings & Problem]> => {
    const answer = await by.send<MailSettings & Problem>('PUT', settings, JSON.stringify(body));
    return [answer.status, answer.body];
  };
  beforeAll(async () => {
    dataDir = await newDataFolder('mail');
    mail = await MailServer.start();
    await start();
  });
  afterAll(async () => {
    await app.stop();
    await mail.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('go to a confirmed address, and say of what is classified how much it is', async () => {
    expect((await first.get(settings)).body).toEqual({ email: null, unconfirmed: null, digest: 'off' });
    const address = 'ngo.van.mot@example.vn';
    expect(await put(first, { email: address, digest: 'hourly' })).toEqual([200, { email: null, unconfirmed: address, digest: 'hourly' }]);
    const code = /\d{8}/.exec(mail.to(address)[0]?.body ?? '')?.[0] ?? '';
    const confirm = (given: string): ReturnType<typeof first.post<MailSettings & Problem>> =>
      first.post<MailSettings & Problem>(`${settings}/confirm`, { code: given });
    expect(await confirm(code === '00000000' ? '00000001' : '00000000')).toMatchObject({ status: 403, body: { code: 'wrong-code' } });
    expect(await confirm('x')).toMatchObject({ status: 400, body: { code: 'invalid-body' } });
    expect(await confirm(code)).toMatchObject({ status: 200, body: { email: address, unconfirmed: null, digest: 'hourly' } });

    const authority = await signInAs(app.url, 'authority', 'service');
    const ids: string[] = [];
    for (const more of [{}, { classification: 'confidential', title: 'Thủ tục kín đáo' }]) {
      const { id } = await order(officer, 'procedures', { ...registration(officer), ...more });
      await order(officer, `procedures/${id}/actions/review`, goodReview);
      await order(officer, `procedures/${id}/actions/propose`, proposal);
      await order(authority, `procedures/${id}/actions/publish`, { decision });
      const units = [first.person?.unit.id];
      ids.push(id, (await order(officer, `procedures/${id}/consultations`, { units, question: 'Nội dung hỏi', dueOn: '2199-12-31' })).id);
    }
    await app.stop();
    const clock = pathToFileURL(resolve('dist/test/support/clock-ahead.js')).href;
    await start({ NODE_OPTIONS: `--import ${clock}`, CLOCK_AHEAD_DAYS: '1' });
    const classified = '1 việc mật: đăng nhập để xem.';
    // An hour may have begun in between, and what was new then has a digest of its own.
    const digests = (): string =>
      mail
        .to(address)
        .slice(1)
        .map(({ headers, body }) => `${headers}${body}`)
        .join('');
    for (const deadline = Date.now() + 60_000; !digests().includes(classified);) {
      if (Date.now() > deadline) throw new Error(`Not all was told within 60 s: ${digests()}`);
      await new Promise((done) => setTimeout(done, 200));
    }
    const [open = '', , ...kept] = ids;
    expect(digests()).toContain(`https://tinhgon.example/procedures/${open}`);
    for (const secret of [...kept, 'kín', 'Nội dung hỏi']) expect(digests()).not.toContain(secret);

    const deliveries = '/api/v1/notifications/deliveries';
    const { body } = await administrator.get<{ items: readonly object[] }>(deliveries);
    expect(body.items).toHaveLength(mail.to(address).length - 1);
    for (const item of body.items) expect(item).toMatchObject({ state: 'sent', attempts: 1, error: null });
    expect(JSON.stringify(body)).not.toContain('@');
    expect(await first.get(deliveries)).toMatchObject({ status: 403, body: { code: 'not-authorised' } });
    for (const query of ['state=lost', 'cursor=x', 'person=x', 'limit=0', 'x=1'])
      expect([query, (await administrator.get<Problem>(`${deliveries}?${query}`)).body.code]).toEqual([query, 'invalid-query']);
    const processors = await administrator.get<readonly { name: string; state: string }[]>('/api/v1/processors');
    expect(processors.body.find(({ name }) => name === 'mail-digests')).toMatchObject({ kind: 'reaction', state: 'live' });
  });

  it('go to nothing that is not one plain address', async () => {
    const addresses = ['', 'an', 'an@', 'an@example.vn\r\nBcc: binh@example.vn', 'an@example.vn\nX: y', 'an@example.vn,binh@example.vn'];
    addresses.push('An <an@example.vn>', '"an binh"@example.vn', 'ấn@example.vn', `${'a'.repeat(250)}@example.vn`, 'an@example.vn\u0000');
    for (const email of addresses)
      expect([email, (await put(officer, { email, digest: 'daily' }))[1].code]).toEqual([email, 'invalid-body']);
    for (const body of [
      { digest: 'daily' },
      { email: null },
      { email: null, digest: 'weekly' },
      { email: ['an@example.vn'], digest: 'off' },
    ])
      expect([body, (await put(officer, body))[1].code]).toEqual([body, 'invalid-body']);
    expect(mail.mails.filter(({ to }) => to.some((one) => one.startsWith('an')))).toEqual([]);
  });

  it('stop when the mail server is away without keeping the installation from working, and are not for programs', async () => {
    mail.refuses = { text: 'hong', code: 451 };
    expect(await put(officer, { email: 'hong@example.vn', digest: 'daily' })).toMatchObject([503, { code: 'unavailable' }]);
    mail.refuses = { text: 'hong', code: 550 };
    expect(await put(officer, { email: 'hong@example.vn', digest: 'daily' })).toMatchObject([400, { code: 'invalid-body' }]);
    const unit = administrator.person?.unit.id;
    const account = { name: 'Chương trình', role: 'officer', unit, scopes: ['read', 'commands', 'administer'] };
    const { body } = await administrator.post<{ key: string }>('/api/v1/service-accounts', account);
    const program = new Caller(app.url, body.key);
    expect((await program.get('/api/v1/notifications')).status).toBe(200);
    expect(await program.get(settings)).toMatchObject({ status: 403, body: { code: 'out-of-scope' } });
    expect(await put(program, { email: 'an@example.vn', digest: 'daily' })).toMatchObject([403, { code: 'out-of-scope' }]);
  });
});
