import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type StartedApp } from './support/app.js';
import { signInAs, type Caller, type Problem } from './support/client.js';

interface Calendar {
  readonly id: string;
  readonly version: number;
  readonly holidays: readonly { readonly date: string; readonly name: string }[];
  readonly workingDays: readonly { readonly date: string; readonly reason: string }[];
}

describe('Calendars', () => {
  let app: StartedApp;
  let officer: Caller;
  let administrator: Caller;
  beforeAll(async () => {
    app = await startApp();
    officer = await signInAs(app.url, 'officer', 'unit');
    administrator = await signInAs(app.url, 'administrator', 'service');
  });
  afterAll(() => app.stop());

  const working = async (from: string, add: number, more = ''): Promise<unknown> =>
    (await officer.get(`/api/v1/calendars/vn/working-days?from=${from}&add=${String(add)}${more}`)).body;

  it('say to everyone who is signed in when a number of working days is over', async () => {
    expect(await working('2026-02-13', 5)).toEqual({ dueOn: '2026-02-27', calendarVersion: 1 });
    expect(await working('2026-02-14', 0)).toEqual({ dueOn: '2026-02-14', calendarVersion: 1 });
    expect(await working('2026-08-21', 1)).toEqual({ dueOn: '2026-08-22', calendarVersion: 1 });
  });

  it('refuse what they do not know', async () => {
    for (const query of [
      'from=2021-12-31&add=1',
      'from=2030-12-30&add=9',
      'from=2026-02-30&add=1',
      'from=2026-02-13&add=-1',
      'from=2026-02-13',
      'add=1',
      'from=2026-02-13&add=1.5',
      'from=2026-02-13&add=1&x=1',
    ])
      expect([query, (await officer.get<Problem>(`/api/v1/calendars/vn/working-days?${query}`)).body.code]).toEqual([
        query,
        'invalid-query',
      ]);
    for (const path of ['nothing', 'VN', 'vn?version=99', 'nothing/working-days?from=2026-02-13&add=1'])
      expect([path, (await officer.get(`/api/v1/calendars/${path}`)).status]).toEqual([path, 404]);
  });

  it('are published by an administrator, who sends what was read with a change', async () => {
    const { body: read, headers } = await administrator.get<Calendar>('/api/v1/calendars/vn');
    const changed = {
      ...read,
      holidays: [...read.holidays, { date: '2026-11-24', name: 'Ngày Văn hóa Việt Nam' }],
      reason: 'Quyết định mới',
    };
    expect((await officer.post('/api/v1/calendars/vn/versions', changed)).status).toBe(403);
    expect((await officer.post('/api/v1/calendars/vn/versions/preview', changed)).status).toBe(403);
    expect(await administrator.post('/api/v1/calendars/vn/versions/preview', changed)).toMatchObject({
      status: 200,
      body: {
        id: 'vn',
        version: 2,
        doubts: [],
        dueDates: { unchanged: 0, earlier: 0, later: 0, dated: 0, past: 0 },
        asOf: { position: expect.any(String) },
      },
    });
    expect((await officer.get<Calendar>('/api/v1/calendars/vn')).body.version).toBe(1);
    const key = { 'idempotency-key': randomUUID(), 'if-match': headers.get('etag') ?? '' };
    const first = await administrator.post('/api/v1/calendars/vn/versions', changed, key);
    expect(first).toMatchObject({ status: 201, body: { id: 'vn', version: 2, events: ['CalendarPublished'] } });
    expect(await administrator.post('/api/v1/calendars/vn/versions', changed, key)).toMatchObject({ status: 201, body: first.body });
    expect(await working('2026-11-23', 1)).toEqual({ dueOn: '2026-11-25', calendarVersion: 2 });
    expect(await working('2026-11-23', 1, '&version=1')).toEqual({ dueOn: '2026-11-24', calendarVersion: 1 });

    // It was made from version 1, which is not the newest any more.
    expect((await administrator.post<Problem>('/api/v1/calendars/vn/versions', { ...changed, reason: 'Muộn' })).body.code).toBe(
      'revision-conflict',
    );
    const { body: newest } = await officer.get<Calendar>('/api/v1/calendars/vn');
    expect(newest.holidays.map(({ date }) => date)).toContain('2026-11-24');
  });

  it('are refused with every field that is wrong', async () => {
    const post = (body: unknown): Promise<{ readonly status: number; readonly body: Problem }> =>
      administrator.post<Problem>('/api/v1/calendars/vn/versions', body);
    const good = { holidays: [{ date: '2026-01-01', name: 'Tết Dương lịch' }], reason: 'x' };
    for (const [wrong, path] of [
      [{ ...good, reason: ' ' }, 'reason'],
      [{ ...good, holidays: undefined }, 'holidays'],
      [{ ...good, holidays: [{ date: '2026-02-30', name: 'x' }] }, 'holidays.0.date'],
      [{ ...good, holidays: [...good.holidays, ...good.holidays] }, 'holidays.1.date'],
      [{ ...good, workingDays: [{ date: '2026-01-05', reason: 'x' }] }, 'workingDays.0.date'],
      [{ ...good, weekend: ['someday'] }, 'weekend'],
      [{ ...good, covers: { from: '2026-01-01', to: '2026-12-31' } }, 'covers'],
      [{ ...good, id: 'other' }, 'id'],
      [{ ...good, extra: 1 }, 'extra'],
      [{ ...good, recompute: 'yes' }, 'recompute'],
    ] as const) {
      const { status, body } = await post(wrong);
      expect((await administrator.post<Problem>('/api/v1/calendars/vn/versions/preview', wrong)).body.errors).toEqual(body.errors);
      expect([path, status, body.code, [...new Set(body.errors?.map((error) => error.path))]]).toEqual([path, 400, 'invalid-body', [path]]);
    }
    const another = { ...good, version: 0, covers: { from: '2026-01-01', to: '2026-12-31' } };
    expect(await administrator.post('/api/v1/calendars/navy/versions', another)).toMatchObject({
      status: 201,
      body: { id: 'navy', version: 1 },
    });
    const late = await administrator.post<Problem>('/api/v1/calendars/navy/versions', { ...another, reason: 'Muộn' });
    expect(late.body.code).toBe('revision-conflict');
  });

  it('tell in a preview what is hardly right, and are published with it once it is confirmed', async () => {
    const { body: read } = await administrator.get<Calendar>('/api/v1/calendars/vn');
    const holidays = [{ date: '2026-10-10', name: 'Ngày truyền thống' }, ...read.holidays];
    const workingDays = [...read.workingDays, { date: '2026-12-12', reason: 'Làm bù cho ngày 4/12/2026' }];
    const changed = { ...read, holidays, workingDays, reason: 'Thử' };
    const at = '/api/v1/calendars/vn/versions';
    const found = [
      { code: 'holiday-on-weekend', path: 'holidays.0.date' },
      { code: 'swap-without-counterpart', path: `workingDays.${String(read.workingDays.length)}.date` },
    ];
    expect((await administrator.post(`${at}/preview`, changed)).body).toMatchObject({ doubts: found });
    const { body } = await administrator.post<{ doubts: { message: string }[] }>(`${at}/preview`, changed, { 'accept-language': 'vi' });
    expect(body.doubts[0]?.message).toContain('không được nghỉ bù');
    expect((await administrator.post(at, changed)).body).toMatchObject({ status: 409, code: 'holiday-on-weekend', unmet: found });
    expect((await administrator.post(at, { ...changed, confirm: ['holiday-on-weekend'] })).body).toMatchObject({ unmet: found.slice(1) });
    const confirm = found.map(({ code }) => code);
    expect((await administrator.post(at, { ...changed, confirm })).status).toBe(201);
  });
});
