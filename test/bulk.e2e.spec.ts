import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type StartedApp } from './support/app.js';
import { Caller, decision, goodReview, order, proposal, registration, signInAs, type Problem } from './support/client.js';
import { newDataFolder } from './support/data-folder.js';
import { ended as importEnded, sendSheet, type Imported } from './support/sheets.js';

interface Run {
  readonly id: string;
  readonly state: string;
  readonly dryRun: boolean;
  readonly reason: string | null;
  readonly count: number;
  readonly outcomes: readonly { readonly outcome: string; readonly count: number }[];
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}
interface Item {
  readonly procedure: string;
  readonly outcome: string | null;
  readonly unmet: readonly { readonly code: string; readonly path?: string }[];
}
interface Line {
  readonly type: string;
  readonly batch?: string;
}

const bulk = '/api/v1/bulk';
const reason = 'Theo chương trình đơn giản hóa';
const publish = { action: 'publish', body: { decision }, reason };
const withdraw = { action: 'withdraw', body: {}, reason };

const ended = async (by: Caller, id: string): Promise<Run> => {
  for (;;) {
    const { status, body } = await by.get<Run>(`${bulk}/${id}`);
    expect([status, body]).toEqual([200, expect.objectContaining({ id })]);
    if (body.state !== 'running') return body;
    await delay(20);
  }
};
const counts = ({ outcomes }: Run): object => Object.fromEntries(outcomes.map(({ outcome, count }) => [outcome, count]));
const outcomesOf = ({ items }: Run): readonly unknown[] => items.map(({ outcome }) => outcome);

/** Registers so many, some at a time. */
async function register(officer: Caller, many: number, more: object = {}): Promise<readonly string[]> {
  const ids: string[] = [];
  while (ids.length < many) {
    const made = Array.from({ length: Math.min(20, many - ids.length) }, (_, at) =>
      order(officer, 'procedures', { ...registration(officer), title: `Hàng loạt ${String(ids.length + at)}`, ...more }),
    );
    ids.push(...(await Promise.all(made)).map(({ id }) => id));
  }
  return ids;
}

describe('One action over many procedures', () => {
  let app: StartedApp;
  let officer: Caller;
  let authority: Caller;
  const start = async (by: Caller, order_: object, headers: Readonly<Record<string, string>> = {}): Promise<Run> => {
    const { status, body } = await by.post<Run>(bulk, order_, headers);
    expect([status, body]).toEqual([body.state === 'running' ? 202 : 200, expect.objectContaining({ id: expect.any(String) })]);
    return body;
  };
  const run = async (by: Caller, order_: object, expectedCount: number): Promise<Run> =>
    ended(by, (await start(by, { ...order_, dryRun: false, expectedCount })).id);
  const refusal = async (by: Caller, order_: object, path = bulk): Promise<readonly unknown[]> => {
    const { status, body } = await by.post<Problem>(path, order_);
    return [status, body.code, ...(body.errors ?? []).map((one) => one.path)];
  };
  const proposed = async (many: number, more: object = {}): Promise<readonly string[]> => {
    const ids = await register(officer, many, more);
    for (const id of ids) {
      await order(officer, `procedures/${id}/actions/review`, goodReview);
      await order(officer, `procedures/${id}/actions/propose`, proposal);
    }
    return ids;
  };
  const history = async (id: string): Promise<readonly Line[]> =>
    (await officer.get<{ items: readonly Line[] }>(`/api/v1/procedures/${id}/history?refused=true`)).body.items;

  beforeAll(async () => {
    app = await startApp();
    [officer, authority] = await Promise.all([signInAs(app.url, 'officer', 'service'), signInAs(app.url, 'authority', 'service')]);
  });
  afterAll(() => app.stop());

  it('publishes eleven by one decision, once they were looked at and counted', async () => {
    const field = 'công bố hàng loạt';
    const ids = await proposed(11, { field });
    const { position } = await order(officer, 'procedures', { ...registration(officer), field });
    const selection = { filter: { field, stage: 'publicationProposed' }, position };
    const stage = (await officer.get<{ stage: string }>(`/api/v1/procedures/${ids[0] ?? ''}`)).body.stage;
    selection.filter.stage = stage;

    const preview = await start(authority, { ...publish, selection });
    expect(preview).toMatchObject({ state: 'preview', dryRun: true, count: 11, nextCursor: null, reason });
    expect(preview.outcomes).toEqual([{ outcome: 'accepted', count: 11 }]);
    expect([...preview.items].map(({ procedure }) => procedure).sort()).toEqual([...ids].sort());
    expect((await officer.get<{ stage: string }>(`/api/v1/procedures/${ids[0] ?? ''}`)).body.stage).toBe(stage);

    expect(await refusal(authority, { ...publish, selection, dryRun: false })).toEqual([409, 'count-changed']);
    expect(await refusal(authority, { ...publish, selection, dryRun: false, expectedCount: 10 })).toEqual([409, 'count-changed']);

    const headers = { 'idempotency-key': randomUUID() };
    const ordered = { ...publish, selection, dryRun: false, expectedCount: 11 };
    const begun = await start(authority, ordered, headers);
    const done = await ended(authority, begun.id);
    expect(done).toMatchObject({ state: 'done', count: 11, outcomes: [{ outcome: 'accepted', count: 11 }] });
    for (const id of ids)
      expect((await history(id)).map(({ type, batch }) => [type, batch])).toEqual([
        ['ProcedureRegistered', undefined],
        ['ProcedureReviewed', undefined],
        ['PublicationProposed', undefined],
        ['ProcedurePublished', begun.id],
      ]);
    // The same order is the same run, though the selection would be another one by now.
    expect(await start(authority, ordered, headers)).toMatchObject({ id: begun.id, state: 'done' });
    const other = await authority.post<Problem>(bulk, { ...ordered, reason: 'khác' }, headers);
    expect([other.status, other.body.code]).toEqual([409, 'key-reused']);
  });

  it('says of each item what stands against it, leaves no refusal in the log, and tries again what was not accepted', async () => {
    const [ready = '', published = ''] = await proposed(2);
    const [early = ''] = await register(officer, 1);
    await order(authority, `procedures/${published}/actions/publish`, { decision });
    const ids = [ready, published, early, randomUUID(), ready.toUpperCase()];
    const wanted = { ...publish, selection: { ids } };
    const preview = await start(authority, wanted);
    expect([preview.count, outcomesOf(preview)]).toEqual([4, ['accepted', 'wrong-stage', 'wrong-stage', 'not-found']]);
    expect(counts(preview)).toEqual({ accepted: 1, 'wrong-stage': 2, 'not-found': 1 });
    expect(outcomesOf(await start(officer, wanted))).toEqual(['not-authorised', 'not-authorised', 'not-authorised', 'not-found']);

    const done = await run(authority, wanted, 4);
    expect([done.state, outcomesOf(done)]).toEqual(['done', ['accepted', 'wrong-stage', 'wrong-stage', 'not-found']]);
    expect(done.items[1]?.unmet).toMatchObject([{ code: 'wrong-stage' }]);
    expect((await history(early)).map(({ type }) => type)).toEqual(['ProcedureRegistered']);

    await order(officer, `procedures/${early}/actions/review`, goodReview);
    await order(officer, `procedures/${early}/actions/propose`, proposal);
    const { status } = await authority.post(`${bulk}/${done.id}/retry`, {});
    expect(status).toBe(200);
    const again = await ended(authority, done.id);
    expect(outcomesOf(again)).toEqual(['accepted', 'wrong-stage', 'accepted', 'not-found']);
    expect((await history(ready)).filter(({ batch }) => batch === done.id)).toHaveLength(1);
    expect((await history(early)).at(-1)).toMatchObject({ type: 'ProcedurePublished', batch: done.id });
    expect(await refusal(authority, {}, `${bulk}/${preview.id}/retry`)).toEqual([409, 'bulk-state']);
  });

  it('asks that a doubtful date is confirmed, and gives the reason to an action that takes one', async () => {
    const [id = ''] = await proposed(1);
    const doubtful = { decision: { ...decision, effectiveDate: '2023-01-01' } };
    const selection = { ids: [id] };
    expect(outcomesOf(await start(authority, { action: 'publish', body: doubtful, selection }))).toEqual(['implausible-date']);
    const confirmed = { action: 'publish', body: { ...doubtful, confirm: ['implausible-date'] }, selection };
    expect(outcomesOf(await run(authority, confirmed, 1))).toEqual(['accepted']);
    const suspended = await run(authority, { action: 'suspend', reason, selection }, 1);
    expect([suspended.state, suspended.reason, outcomesOf(suspended)]).toEqual(['done', reason, ['accepted']]);
    const { body } = await officer.get<{ items: { data: { reason?: string } }[] }>(`/api/v1/procedures/${id}/history`);
    expect(body.items.at(-1)?.data.reason).toBe(reason);
    expect(outcomesOf(await run(authority, { action: 'resume', selection }, 1))).toEqual(['accepted']);
  }); // prettier-ignore

  it('refuses what is sent wrongly, each field by its path', async () => {
    const selection = { ids: [randomUUID()] };
    expect(await refusal(authority, { action: 'publish', body: {}, selection })).toEqual([400, 'invalid-body', 'body.decision']);
    expect(await refusal(authority, { action: 'suspend', body: { colour: 1 }, selection })).toEqual([400, 'invalid-body', 'body.colour', 'body.reason']);
    expect(await refusal(authority, { action: 'register', body: {}, selection })).toEqual([400, 'invalid-body', 'action']);
    expect(await refusal(authority, { ...publish, selection: {} })).toEqual([400, 'invalid-body', 'selection.ids']);
    expect(await refusal(authority, { ...publish, selection: { ids: [], filter: {} } })).toEqual([400, 'invalid-body', 'selection.ids']);
    expect(await refusal(authority, { ...publish, selection: { filter: { colour: 'x' } } })).toEqual([400, 'invalid-body', 'selection.filter.colour']);
    expect(await refusal(authority, { ...publish, selection: { filter: { kind: 'none' } } })).toEqual([400, 'invalid-body', 'selection.filter.kind']);
    expect(await refusal(authority, { ...publish, selection: { filter: { stage: 'none' } } })).toEqual([400, 'invalid-body', 'selection.filter.stage']);
    expect(await refusal(authority, { ...publish, selection: { ...selection, position: '9000000000000000' } })).toEqual([503, 'view-behind']);
  }); // prettier-ignore

  it('is its maker’s alone, is shown page by page, and can be paused, resumed and cancelled', async () => {
    const ids = await register(officer, 210);
    const { id } = await start(officer, { ...withdraw, selection: { ids }, dryRun: false, expectedCount: ids.length });
    expect((await authority.get(`${bulk}/${id}`)).status).toBe(404);
    for (const act of ['pause', 'resume', 'cancel', 'retry']) expect(await refusal(authority, {}, `${bulk}/${id}/${act}`)).toEqual([404, 'not-found']);
    const paused = (await officer.post<Run>(`${bulk}/${id}/pause`, {})).body;
    expect(paused.state).toBe('paused');
    const still = (await officer.get<Run>(`${bulk}/${id}`)).body;
    expect([still.state, still.outcomes]).toEqual(['paused', paused.outcomes]);
    expect((await officer.post<Run>(`${bulk}/${id}/resume`, {})).body.state).toMatch(/running|done/);
    const cancelled = (await officer.post<Run>(`${bulk}/${id}/cancel`, {})).body;
    expect(cancelled.state).toBe('cancelled');
    expect(await refusal(officer, {}, `${bulk}/${id}/resume`)).toEqual([409, 'bulk-state']);
    expect((await officer.post(`${bulk}/${id}/retry`, {})).status).toBe(200);
    const done = await ended(officer, id);
    expect([done.state, counts(done)]).toEqual(['done', { accepted: 210 }]);
    const [first, second] = [done, (await officer.get<Run>(`${bulk}/${id}?cursor=${done.nextCursor ?? ''}`)).body];
    expect([...first.items, ...second.items].map(({ procedure }) => procedure)).toEqual(ids);
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([200, 10, null]);
  }); // prettier-ignore

  it('counts what left its stage since as of the wrong stage', async () => {
    const field = 'đi khỏi giai đoạn';
    const ids = await register(officer, 40, { field });
    const { position } = await order(officer, 'procedures', { ...registration(officer), field: 'khác' });
    const selection = { filter: { field, stage: 'registered', sort: 'registered' }, position };
    const { id } = await start(officer, { ...withdraw, selection, dryRun: false, expectedCount: ids.length });
    await officer.post(`${bulk}/${id}/pause`, {});
    const left = ids.at(-1) ?? '';
    const { status } = await officer.post(`/api/v1/procedures/${left}/actions/review`, goodReview);
    await officer.post(`${bulk}/${id}/resume`, {});
    const done = await ended(officer, id);
    // Withdrawing is open at the next stage, too; where the run was paused too late, it was withdrawn before.
    expect(done.items.at(-1)).toMatchObject({ procedure: left, outcome: status === 200 ? 'wrong-stage' : 'accepted' });
    expect((await history(left)).at(-1)?.type).toBe(status === 200 ? 'ProcedureReviewed' : 'CommandRefused');
    expect(done).toMatchObject({ state: 'done', count: 40 });
  }); // prettier-ignore

  it('goes on for nobody who signed out, though they are signed in elsewhere, until they try it again from there', async () => {
    const [leaving, staying] = [await signInAs(app.url, 'officer', 'service', 1), await signInAs(app.url, 'officer', 'service', 1)];
    const ids = await register(officer, 200);
    const { id } = await start(leaving, { ...withdraw, selection: { ids }, dryRun: false, expectedCount: ids.length });
    expect((await leaving.post('/api/v1/auth/logout', {})).status).toBe(204);
    const events = await fetch(`${app.url}${bulk}/${id}/events`, { headers: { authorization: `Bearer ${staying.token ?? ''}` } });
    const told = [...(await events.text()).matchAll(/^data: (.*)$/gm)].map(([, data = '']) => JSON.parse(data) as Run);
    expect(told.at(-1)).toMatchObject({ id, state: 'done', count: 200 });
    const done = await ended(staying, id);
    expect([done.state, Object.keys(counts(done)).includes('not-authorised')]).toEqual(['done', true]);
    expect((await staying.post(`${bulk}/${id}/retry`, {})).status).toBe(200);
    expect(counts(await ended(staying, id))).toEqual({ accepted: 200 });
  }); // prettier-ignore
});

describe('Work in the background whose process is killed', () => {
  it('goes on when it starts again, a bulk run as an import, and does nothing twice', async () => {
    const env = { DATA_DIR: await newDataFolder() };
    const first = await startApp({ env });
    const [officer, other] = [await signInAs(first.url, 'officer', 'service'), await signInAs(first.url, 'officer', 'service', 1)];
    const rows = 600;
    const row = (at: number): string => `Dở dang ${String(at)},internal,D,văn phòng,${officer.person?.unit.name ?? ''}`;
    const sheet = ['title,kind,group,field,owningUnit', ...Array.from({ length: rows }, (_, at) => row(at))].join('\n');
    const ids = await register(officer, 120);
    const { body: imported } = await sendSheet(other, 'kind=procedures&dryRun=false', 'a.csv', sheet);
    while ((await other.get<Imported>(`/api/v1/imports/${imported.id}`)).body.state === 'checking') await delay(5);
    const { body } = await officer.post<Run>(bulk, { ...withdraw, selection: { ids }, dryRun: false, expectedCount: ids.length });
    while ((await officer.get<Run>(`${bulk}/${body.id}`)).body.outcomes.length === 0) await delay(5);
    await first.kill();

    const next = await startApp({ env });
    const [again, another] = [officer, other].map(({ token, person }) => new Caller(next.url, token, person));
    if (!again || !another) throw new Error('Both are signed in still.');
    const done = await ended(again, body.id);
    expect([done.state, counts(done)]).toEqual(['done', { accepted: 120 }]);
    for (const id of ids) {
      const lines = (await again.get<{ items: readonly Line[] }>(`/api/v1/procedures/${id}/history?refused=true`)).body.items;
      expect(lines.map(({ type, batch }) => [type, batch])).toEqual([['ProcedureRegistered', undefined], ['ProcedureWithdrawn', body.id]]); // prettier-ignore
    }
    expect(await importEnded(another, imported.id)).toMatchObject({ state: 'done', rows, accepted: rows, repeated: 0, refused: [] });
    expect((await another.get<{ total: number }>('/api/v1/reports/funnel')).body.total).toBe(ids.length + rows);
    const { body: same } = await sendSheet(another, 'kind=procedures', 'a.csv', sheet);
    expect(await importEnded(another, same.id)).toMatchObject({ state: 'done', accepted: 0, repeated: rows });
    expect(await next.stop()).toBe(0);
  });
});
