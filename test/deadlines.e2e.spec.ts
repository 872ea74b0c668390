import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ANY, openEventStore } from '#event-store';
import { anEvent } from '#event-store/testing';
import { openDatabase } from '#platform';
import { Definitions, lifecycleDefinitions } from '#workflow';
import type { DeadlineRule } from '#workflow';
import { logOf, startApp, type StartedApp } from './support/app.js';
import { goodReview, registration, signInAs, type Accepted, type Caller, type Problem } from './support/client.js';
import { startPostgres, type PostgresServer } from './support/postgres-server.js';

interface Item {
  readonly procedure: string;
  readonly action: string | null;
  readonly startedAt: string;
  readonly dueAt: string | null;
  readonly state: string;
  readonly escalated: boolean;
  readonly calendarVersion: number | null;
}

const rules: readonly DeadlineRule[] = [
  { action: 'review', days: 5, counting: 'working', warnBefore: 1, escalateAfter: 3 },
  { action: 'propose', days: { ministry: 10, service: 5 }, counting: 'working', stopsWhile: ['suspended'] },
];

describe('Deadlines over HTTP', () => {
  let server: PostgresServer;
  let app: StartedApp;
  let officer: Caller;
  let administrator: Caller;
  beforeAll(async () => {
    server = await startPostgres();
    await publishDeadlines(server.url);
    app = await startApp({ env: { DATABASE_URL: server.url } });
    officer = await signInAs(app.url, 'officer', 'service');
    administrator = await signInAs(app.url, 'administrator', 'service');
  });
  afterAll(async () => {
    await app.stop();
    await server.stop();
  });

  const register = async (occurredOn?: string): Promise<Accepted> =>
    (await officer.post<Accepted>('/api/v1/procedures', { ...registration(officer), ...(occurredOn !== undefined && { occurredOn }) }))
      .body;
  const list = async (query: string): Promise<readonly Item[]> =>
    (await officer.get<{ readonly items: readonly Item[] }>(`/api/v1/deadlines?limit=200&${query}`)).body.items;
  const of = async ({ id, position }: Accepted, states = 'open,warned,missed'): Promise<readonly Item[]> =>
    (await list(`state=${states}&minPosition=${position}`)).filter(({ procedure }) => procedure === id);

  it('are listed with the day that the calendar gives, until the action is done', async () => {
    const accepted = await register();
    const [item] = await of(accepted, 'open');
    const from = new Date(Date.parse(item?.startedAt ?? '') + 7 * 3_600_000).toISOString().slice(0, 10);
    const { body } = await officer.get<{ dueOn: string; calendarVersion: number }>(`/api/v1/calendars/vn/working-days?from=${from}&add=5`);
    expect(item).toMatchObject({
      procedure: accepted.id,
      action: 'review',
      state: 'open',
      dueAt: `${body.dueOn}T17:00:00.000Z`,
      calendarVersion: 1,
    });
    const reviewed = await officer.post<Accepted>(`/api/v1/procedures/${accepted.id}/actions/review`, goodReview);
    expect((await of(reviewed.body)).map(({ action }) => action)).toEqual(['propose']);
  });

  it('say on the procedure which were met in time', async () => {
    const { id } = await register('2026-03-02');
    const review = await officer.post<Accepted>(`/api/v1/procedures/${id}/actions/review`, { ...goodReview, occurredOn: '2026-03-09' });
    const late = await register('2026-03-02');
    const lateReview = { ...goodReview, occurredOn: '2026-03-10' };
    const { body } = await officer.post<Accepted>(`/api/v1/procedures/${late.id}/actions/review`, lateReview);
    const states = async ({ id: procedure, position }: Accepted): Promise<unknown> =>
      (await officer.get<{ readonly items: readonly Item[] }>(`/api/v1/procedures/${procedure}/deadlines?minPosition=${position}`)).body
        .items;
    expect(await states(review.body)).toMatchObject([{ action: 'review', state: 'met', endedOn: '2026-03-09' }, { action: 'propose' }]);
    expect(await states(body)).toMatchObject([{ action: 'review', state: 'late', endedOn: '2026-03-10' }, { action: 'propose' }]);
    expect((await officer.get(`/api/v1/procedures/${'0'.repeat(8)}-0000-4000-8000-000000000000/deadlines`)).status).toBe(404);
  });

  it('pass over Tết and escalate', async () => {
    const accepted = await register('2026-02-11');
    for (const deadline = Date.now() + 20_000; (await of(accepted))[0]?.escalated !== true;) {
      if (Date.now() > deadline) throw new Error('It was not escalated within 20 s.');
      await delay(100);
    }
    expect(await of(accepted, 'missed')).toMatchObject([
      { action: 'review', startedAt: '2026-02-10T17:00:00.000Z', dueAt: '2026-02-25T17:00:00.000Z', state: 'missed', escalated: true },
    ]);
    expect(await of(accepted, 'open,warned')).toEqual([]);
  });

  it('are recomputed when a new calendar version says so', async () => {
    const accepted = await register();
    const [{ dueAt } = { dueAt: null }] = await of(accepted);
    const due = dueAt?.slice(0, 10) ?? '';
    const { body: calendar } = await administrator.get<{ readonly holidays: readonly object[] }>('/api/v1/calendars/vn');
    const changed = { ...calendar, holidays: [...calendar.holidays, { date: due, name: 'Nghỉ' }], reason: 'Thêm ngày nghỉ' };
    const kept = await administrator.post<Accepted>('/api/v1/calendars/vn/versions', { ...changed, recompute: false });
    expect(await of({ ...accepted, position: kept.body.position })).toMatchObject([{ dueAt, calendarVersion: 1 }]);
    const moved = await administrator.post<Accepted>('/api/v1/calendars/vn/versions', { ...changed, version: 2, recompute: true });
    const [after] = await of({ ...accepted, position: moved.body.position });
    expect(after?.calendarVersion).toBe(3);
    expect(after?.dueAt?.localeCompare(dueAt ?? '')).toBe(1);
  });

  it('are found by unit, and refuse what they do not know', async () => {
    const accepted = await register();
    const other = await signInAs(app.url, 'officer', 'unit');
    expect(
      (await list(`minPosition=${accepted.position}&unit=${officer.person?.unit.id ?? ''}`)).map(({ procedure }) => procedure),
    ).toContain(accepted.id);
    expect(await list(`unit=${other.person?.unit.id ?? ''}`)).toEqual([]);
    for (const query of ['state=late', 'state=', 'state=open,', 'unit=x', 'limit=0', 'cursor=x', 'x=1'])
      expect([query, (await officer.get<Problem>(`/api/v1/deadlines?${query}`)).body.code]).toEqual([query, 'invalid-query']);
  });

  it('are counted by unit and by how far off they are due, as they are listed', async () => {
    const overdue = await register('2026-03-02');
    const open = await register();
    interface Report {
      readonly columns: readonly { readonly key: string; readonly title: string }[];
      readonly rows: readonly (Readonly<Record<string, number>> & { readonly unit: string; readonly unitName: string })[];
      readonly totals: Readonly<Record<string, number>>;
    }
    const unit = officer.person?.unit.id ?? '';
    const path = `/api/v1/reports/overdue?unit=${unit}&minPosition=${open.position}`;
    const { body } = await officer.get<Report>(path, { 'accept-language': 'vi' });
    const [row] = body.rows.filter((one) => one.unit === unit);
    expect(row?.unitName).toBe(officer.person?.unit.name);
    const ranges = ['lateOver10', 'late6To10', 'late1To5', 'in0To5', 'in6To10', 'inOver10', 'undated'];
    expect(body.columns.map(({ key }) => key)).toEqual(['unit', ...ranges, 'running']);
    expect(body.columns[1]?.title).toBe('Trễ trên 10 ngày làm việc');
    for (const range of ranges) expect([range, (await list(`due=${range}&unit=${unit}`)).length]).toEqual([range, body.totals[range]]);
    expect(ranges.reduce((so, range) => so + (body.totals[range] ?? 0), 0)).toBe(body.totals['running']);
    const listedIn = async (range: string): Promise<readonly string[]> => (await list(`due=${range}`)).map(({ procedure }) => procedure);
    expect(await listedIn('lateOver10')).toContain(overdue.id);
    expect(await listedIn('in0To5')).toContain(open.id);
    for (const query of ['from=2026-01-01', 'format=doc', 'unit=x', 'kind=x'])
      expect([query, (await officer.get<Problem>(`/api/v1/reports/overdue?${query}`)).body.code]).toEqual([query, 'invalid-query']);
    const { body: then } = await officer.get<Report>(`/api/v1/reports/overdue?asOf=${open.position}&unit=${unit}`);
    expect(then.totals).toEqual(body.totals);
    const explained = `/api/v1/reports/overdue/explain?unit=${unit}&row=${unit}&column=running&limit=200`;
    const { body: cell } = await officer.get<{ value: number; events: readonly { stream: string; contributes: number }[] }>(explained);
    expect([cell.value, cell.events.reduce((sum, { contributes }) => sum + contributes, 0)]).toEqual([row?.['running'], row?.['running']]);
    expect(cell.events.map(({ stream }) => stream)).toEqual(expect.arrayContaining([`procedure-${overdue.id}`, `procedure-${open.id}`]));
    expect((await officer.get<Problem>('/api/v1/deadlines?due=soon')).body.code).toBe('invalid-query');
  });

  it('are not there for whoever may not see the procedure', async () => {
    const { body: people } =
      await officer.get<readonly { username: string; clearance: string; unit: { id: string } }[]>('/api/v1/auth/demo');
    const nth = people.filter(({ username }) => username.startsWith('unit')).findIndex(({ clearance }) => clearance === 'none');
    const uncleared = await signInAs(app.url, 'officer', 'unit', nth);
    const owningUnit = uncleared.person?.unit.id;
    const post = (classification: string): Promise<{ readonly body: Accepted }> =>
      officer.post<Accepted>('/api/v1/procedures', { ...registration(officer), owningUnit, classification });
    const [open, classified] = [(await post('none')).body, (await post('confidential')).body];
    const seen = async (caller: Caller): Promise<readonly string[]> => {
      const path = `/api/v1/deadlines?limit=200&minPosition=${classified.position}`;
      return (await caller.get<{ readonly items: readonly Item[] }>(path)).body.items.map(({ procedure }) => procedure);
    };
    expect(await seen(officer)).toEqual(expect.arrayContaining([open.id, classified.id]));
    expect(await seen(uncleared)).toEqual([open.id]);
    expect((await uncleared.get(`/api/v1/procedures/${classified.id}/deadlines`)).status).toBe(404);
  });

  it('say in worklists by when there is something to be done, and what is due next goes first', async () => {
    interface Work {
      readonly items: readonly { readonly id: string; readonly due: object | null; readonly claiming: readonly object[] }[];
      readonly nextCursor: string | null;
      readonly total?: object;
    }
    const [late, later] = [await register('2026-02-11'), await register()];
    const undated = (await officer.post<Accepted>('/api/v1/procedures', { ...registration(officer), kind: 'quality', group: undefined }))
      .body;
    const listed = async (query: string): Promise<Work> =>
      (await officer.get<Work>(`/api/v1/worklist?${query}&minPosition=${undated.position}`)).body;
    const found: Work['items'][number][] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Work = await listed(`sort=due&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      found.push(...page.items);
      cursor = page.nextCursor;
    }
    const ids = found.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual((await listed('limit=200')).items.map(({ id }) => id).sort());
    expect([late, later, undated].map(({ id }) => ids.indexOf(id))).toEqual([ids.indexOf(late.id), ids.indexOf(later.id), ids.length - 1]);
    expect(ids.indexOf(late.id)).toBeLessThan(ids.indexOf(later.id));
    expect(found.find(({ id }) => id === late.id)?.due).toMatchObject({ action: 'review', dueOn: '2026-02-25', stopped: false });
    expect(found.find(({ id }) => id === later.id)).toMatchObject({
      due: { workingDays: 5 },
      claiming: [{ action: 'claim' }, { action: 'assign' }],
    });
    expect(found.at(-1)?.due).toBeNull();
    const quality = await listed('sort=due&kind=quality&total=true');
    expect(quality).toMatchObject({ items: [{ id: undated.id }], total: { count: 1, more: false } });
    expect((await listed('q=chung%20chi%20nao%20do')).items).toEqual([]);
    for (const query of [
      'sort=title',
      'total=1',
      'kind=x',
      'q=',
      `cursor=${Buffer.from('["worklist-mine-due","x","1"]').toString('base64url')}&sort=due`,
    ])
      expect([query, (await officer.get<Problem>(`/api/v1/worklist?${query}`)).body.code]).toEqual([query, 'invalid-query']);
  });

  it('do not keep the processors from saying that all of them are live and up to date', async () => {
    const { position } = await register();
    await officer.get(`/api/v1/procedures?minPosition=${position}`);
    await list(`minPosition=${position}`);
    const { body } = await administrator.get<readonly { name: string; kind: string; state: string; position: string }[]>(
      `/api/v1/processors?minPosition=${position}`,
    );
    for (const one of body) expect([one.name, one.state, BigInt(one.position) >= BigInt(position)]).toEqual([one.name, 'live', true]);
    expect(body.find(({ name }) => name === 'deadline-firing')?.kind).toBe('reaction');
    expect((await administrator.post('/api/v1/processors/deadline-firing/rebuild', {})).status).toBe(404);
  });
});

/** A lifecycle with deadlines, as an administrator publishes one. */
async function publishDeadlines(url: string): Promise<void> {
  const database = await openDatabase({ url, dataDir: '' });
  const store = await openEventStore(database, logOf(url));
  await new Definitions(store).publishInitial();
  const internal = lifecycleDefinitions.find(({ id }) => id === 'internal');
  const definition = { ...internal, version: 3, calendar: 'vn', deadlines: rules };
  await store.append('lifecycle-internal', [{ ...anEvent({ definition }), type: 'LifecyclePublished' }], { expected: ANY });
  await store.close();
  await database.close();
}
