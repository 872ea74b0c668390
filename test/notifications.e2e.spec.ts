import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type StartedApp } from './support/app.js';
import { Caller, decision, goodReview, order, proposal, registration, signInAs, type Accepted, type Problem } from './support/client.js';
import { newDataFolder } from './support/data-folder.js';

interface Notification {
  readonly id: string;
  readonly position: string;
  readonly type: string;
  readonly procedure: string;
  readonly title: string;
  readonly read: boolean;
  readonly data: Readonly<Record<string, unknown>>;
}
interface InboxPage {
  readonly items: readonly Notification[];
  readonly nextCursor: string | null;
  readonly unread: number;
}

const inbox = async (by: Caller, query = ''): Promise<InboxPage> => {
  const { status, body } = await by.get<InboxPage>(`/api/v1/notifications?${query}`);
  expect([query, status]).toEqual([query, 200]);
  return body;
};
const told = async (by: Caller, procedure: string, { position }: Pick<Accepted, 'position'>): Promise<readonly string[]> =>
  (await inbox(by, `limit=200&minPosition=${position}`)).items.filter((one) => one.procedure === procedure).map(({ type }) => type);
const published = async (officer: Caller, authority: Caller, more: object = {}): Promise<string> => {
  const { id } = await order(officer, 'procedures', { ...registration(officer), ...more });
  await order(officer, `procedures/${id}/actions/review`, goodReview);
  await order(officer, `procedures/${id}/actions/propose`, proposal);
  await order(authority, `procedures/${id}/actions/publish`, { decision });
  return id;
};
const unitOf = ({ person }: Caller): string => person?.unit.id ?? '';

describe('Notifications over HTTP', () => {
  let dataDir: string;
  let app: StartedApp;
  let officer: Caller;
  let colleague: Caller;
  let authority: Caller;
  let administrator: Caller;
  let first: Caller;
  let second: Caller;
  const start = async (env: Readonly<Record<string, string>> = {}): Promise<void> => {
    app = await startApp({ env: { DATA_DIR: dataDir, ...env } });
    officer = await signInAs(app.url, 'officer', 'service');
    colleague = await signInAs(app.url, 'officer', 'service', 1);
    authority = await signInAs(app.url, 'authority', 'service');
    administrator = await signInAs(app.url, 'administrator', 'service');
    first = await signInAs(app.url, 'officer', 'unit');
    second = await signInAs(app.url, 'officer', 'unit', 2);
  };
  const startAhead = (days: number): Promise<void> => {
    const clock = pathToFileURL(resolve('dist/test/support/clock-ahead.js')).href;
    return start({ NODE_OPTIONS: `--import ${clock}`, CLOCK_AHEAD_DAYS: String(days) });
  };
  const until = async (isSo: () => Promise<boolean>): Promise<void> => {
    for (const deadline = Date.now() + 30_000; !(await isSo());) {
      if (Date.now() > deadline) throw new Error('It did not come to that within 30 s.');
      await new Promise((done) => setTimeout(done, 200));
    }
  };
  beforeAll(async () => {
    dataDir = await newDataFolder('notifications');
    await start();
  });
  afterAll(async () => {
    await app.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('go from the question over answers and reminders to the end', async () => {
    const procedure = await published(officer, authority);
    const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
    const after = async (days: number): Promise<string> =>
      (await officer.get<{ dueOn: string }>(`/api/v1/calendars/vn/working-days?from=${today}&add=${days}`)).body.dueOn;
    const [reminderOn, dueOn] = [await after(1), await after(3)];
    const units = [unitOf(first), unitOf(second), unitOf(authority)];
    const opened = await order(officer, `procedures/${procedure}/consultations`, { units, question: 'Có bỏ được bước 2 không?', dueOn });
    for (const one of [first, second, colleague, authority]) expect(await told(one, procedure, opened)).toContain('ConsultationOpened');
    expect(await told(officer, procedure, opened)).not.toContain('ConsultationOpened');
    const { items } = await inbox(first, 'unread=true&limit=1');
    expect(items).toMatchObject([
      { type: 'ConsultationOpened', procedure, title: 'Thủ tục kiểm thử', read: false, data: { task: opened.id, dueOn } },
    ]);
    expect(JSON.stringify(items)).not.toContain('bước 2');
    const answered = await order(first, `tasks/${opened.id}/answer`, { answer: 'Được' });
    expect(await told(officer, procedure, answered)).toContain('InquiryAnswered');

    await app.stop();
    await startAhead((Date.parse(reminderOn) - Date.parse(today)) / 86_400_000);
    await until(async () => (await told(second, procedure, answered))[0] === 'InquiryReminded');
    expect(await told(first, procedure, answered)).not.toContain('InquiryReminded');
    await app.stop();
    await start();
    expect(await told(second, procedure, answered)).toEqual(['InquiryReminded', 'ConsultationOpened']);
    const closed = await order(colleague, `tasks/${opened.id}/close`, {});
    expect((await told(officer, procedure, closed))[0]).toBe('InquiryClosed');
    expect(await told(colleague, procedure, closed)).not.toContain('InquiryClosed');
  });

  it('are read one by one or up to a position, each person for themselves', async () => {
    const procedure = await published(officer, authority);
    const raised: Accepted[] = [];
    for (let index = 0; index < 3; index++)
      raised.push(await order(first, `procedures/${procedure}/obstacles`, { description: `Vướng ${index}` }));
    const last = raised.at(-1)?.position ?? '';
    const before = await inbox(officer, `unread=true&limit=2&minPosition=${last}`);
    const next = await inbox(officer, `unread=true&limit=2&cursor=${before.nextCursor ?? ''}`);
    expect([...before.items, ...next.items].slice(0, 3).map(({ data }) => data['task'])).toEqual(raised.map(({ id }) => id).reverse());
    const read = (body: object): Promise<{ readonly status: number; readonly body: Problem & { readonly unread: number } }> =>
      officer.post('/api/v1/notifications/read', body);
    const [newest] = before.items;
    for (let times = 0; times < 2; times++)
      expect(await read({ ids: [newest?.id, randomUUID()] })).toMatchObject({ status: 200, body: { unread: before.unread - 1 } });
    expect((await inbox(officer, 'limit=1')).items).toMatchObject([{ id: newest?.id, read: true }]);
    const colleagues = (await inbox(colleague)).unread;
    expect((await read({ upTo: newest?.position })).body).toEqual({ unread: 0 });
    expect((await inbox(colleague)).unread).toBe(colleagues);
    for (const body of [{}, { upTo: '1', ids: [randomUUID()] }, { upTo: 1 }, { upTo: '-1' }, { ids: [] }, { ids: ['x'] }, { all: true }])
      expect([body, (await read(body)).body.code]).toEqual([body, 'invalid-body']);
    const mailing = await officer.send<Problem>('PUT', '/api/v1/notifications/settings', '{ "email": "an@example.vn", "digest": "daily" }');
    expect([mailing.status, mailing.body.code]).toEqual([409, 'no-mail']);
    for (const query of ['unread=yes', 'limit=0', 'cursor=x', 'x=1'])
      expect([query, (await officer.get<Problem>(`/api/v1/notifications?${query}`)).body.code]).toEqual([query, 'invalid-query']);
  });

  it('are gone for whoever loses the role, and are there for whoever takes it over', async () => {
    const password = 'một mật khẩu thật dài';
    const username = `nguoi.${randomUUID().slice(0, 8)}`;
    const { id } = await order(administrator, 'people', { name: 'Người thay', username, password });
    const procedure = await published(officer, authority);
    const raised = await order(first, `procedures/${procedure}/obstacles`, { description: 'Thiếu biểu mẫu' });
    await order(administrator, `people/${id}/roles`, { role: 'checker', unit: unitOf(officer) });
    const { body } = await administrator.post<{ token: string }>('/api/v1/auth/login', { username, password });
    const successor = new Caller(app.url, body.token);
    expect(await told(successor, procedure, raised)).toEqual(['ObstacleRaised']);
    const path = `/api/v1/people/${id}/roles/checker?unit=${unitOf(officer)}`;
    expect((await administrator.send('DELETE', path)).status).toBe(200);
    expect(await told(successor, procedure, raised)).toEqual([]);
  });

  it('never tell of a classified procedure those who are not cleared', async () => {
    const procedure = await published(officer, authority, { classification: 'confidential', title: 'Thủ tục kín' });
    const units = [unitOf(first), unitOf(second)];
    const opened = await order(officer, `procedures/${procedure}/consultations`, { units, question: 'Mật', dueOn: '2199-12-31' });
    expect(await told(first, procedure, opened)).toEqual(['ConsultationOpened']);
    const { unread } = await inbox(second);
    const all = await second.get(`/api/v1/notifications?limit=200&minPosition=${opened.position}`);
    for (const kept of [procedure, opened.id, 'Thủ tục kín']) expect(JSON.stringify(all.body)).not.toContain(kept);
    expect((await inbox(second)).unread).toBe(unread);
  });
});
