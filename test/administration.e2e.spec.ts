import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type StartedApp } from './support/app.js';
import { startAppWithChief } from './support/chief.js';
import {
  Caller,
  decision,
  goodReview,
  option,
  order as accepted,
  proposal,
  registration,
  signInAs,
  type Accepted,
  type Problem,
} from './support/client.js';

const password = 'một mật khẩu thật dài';

interface Listed<Item> {
  readonly items: readonly Item[];
}
interface Looked {
  readonly steps: readonly object[];
  readonly unmet: readonly object[];
}
interface KnownPerson {
  readonly id: string;
  readonly name: string;
  readonly username?: string;
  readonly roles: readonly { readonly role: string; readonly unit: string }[];
}

describe('Units, people and delegations', () => {
  let app: StartedApp;
  let administrator: Caller;
  let officer: Caller;
  let other: Caller;
  let checker: Caller;
  let authority: Caller;
  let service: string;
  const idOf = async (caller: Caller): Promise<string> => {
    const { body } = await administrator.get<Listed<KnownPerson>>('/api/v1/people');
    return body.items.find(({ name }) => name === caller.person?.name)?.id ?? '';
  };
  const today = (): string => new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
  const order = (path: string, body: object = {}, by = administrator): Promise<Accepted> => accepted(by, path, body);
  const refused = async (path: string, body: object, by = administrator): Promise<readonly [number, string]> => {
    const answer = await by.post<Problem>(`/api/v1/${path}`, body);
    return [answer.status, answer.body.code];
  };
  const newPerson = async (role: string, unit: string): Promise<Caller> => {
    const username = `nguoi.${randomUUID().slice(0, 8)}`;
    const { id } = await order('people', { name: `Người ${username}`, username, password });
    await order(`people/${id}/roles`, { role, unit });
    const { body } = await new Caller(app.url, null).post<{ token: string; person: { id: string } }>('/api/v1/auth/login', {
      username,
      password,
    });
    return new Caller(app.url, body.token, {
      username,
      password,
      name: `Người ${username}`,
      role,
      unit: { id: unit, name: '', level: '' },
    });
  };

  beforeAll(async () => {
    app = await startApp();
    [administrator, officer, other, checker, authority] = await Promise.all([
      signInAs(app.url, 'administrator', 'service'),
      signInAs(app.url, 'officer', 'service'),
      signInAs(app.url, 'officer', 'service', 1),
      signInAs(app.url, 'checker', 'service'),
      signInAs(app.url, 'authority', 'service'),
    ]);
    service = administrator.person?.unit.id ?? '';
  });
  afterAll(() => app.stop());

  it('lets an administrator make a unit, people it, and merge it, and what it had goes along', async () => {
    const one = await order('units', { name: 'Lữ đoàn mẫu', level: 'unit', parent: service });
    expect(one.events).toEqual(['UnitRegistered']);
    const two = await order('units', { name: 'Lữ đoàn khác', level: 'unit', parent: service });
    const [first, second] = [await newPerson('officer', one.id), await newPerson('officer', two.id)];
    const { id } = await order('procedures', { ...registration(first), owningUnit: one.id }, first);
    expect(await refused(`procedures/${id}/actions/review`, goodReview, second)).toEqual([403, 'not-authorised']);

    await order(`units/${one.id}/rename`, { name: 'Lữ đoàn 1' });
    await order(`units/${one.id}/merge`, { into: two.id });
    await order(`procedures/${id}/actions/review`, goodReview, second);
    await order(`procedures/${id}/actions/propose`, proposal, first);
    const { body } = await second.get<Listed<{ id: string; name: string; closed: boolean; mergedInto: string | null }>>('/api/v1/units');
    expect(body.items.find((unit) => unit.id === one.id)).toMatchObject({ name: 'Lữ đoàn 1', closed: true, mergedInto: two.id });
    expect(await refused(`units/${one.id}/rename`, { name: 'x' })).toEqual([409, 'unit-closed']);
    expect(await refused('procedures', { ...registration(first), owningUnit: one.id }, first)).toEqual([409, 'unit-closed']);
    const asked = await refused(
      `procedures/${id}/consultations`,
      { units: [one.id], question: 'Có vướng mắc không?', dueOn: '2190-01-01' },
      first,
    );
    expect(asked).toEqual([409, 'unit-closed']);
  });

  it('shows an officer what is theirs and below, in lists, counts, by id and in the stream, and an auditor everything', async () => {
    const unit = await order('units', { name: 'Đơn vị kín', level: 'unit', parent: service });
    const own = await newPerson('officer', unit.id);
    const mine = await order('procedures', { ...registration(own), owningUnit: unit.id }, own);
    const theirs = await order('procedures', registration(officer), officer);
    const ids = async (caller: Caller): Promise<readonly string[]> =>
      (await caller.get<Listed<{ id: string }>>(`/api/v1/procedures?limit=200&minPosition=${theirs.position}`)).body.items.map(
        ({ id }) => id,
      );
    expect(await ids(own)).toEqual([mine.id]);
    expect((await own.get<{ total: number }>(`/api/v1/reports/funnel?minPosition=${theirs.position}`)).body.total).toBe(1);
    for (const path of ['', '/history', '?asOf=0', '/diff?from=0&to=0'])
      expect((await own.get(`/api/v1/procedures/${theirs.id}${path}`)).status).toBe(404);
    expect(await ids(officer)).toEqual(expect.arrayContaining([mine.id, theirs.id]));
    expect(await ids(await signInAs(app.url, 'auditor', 'ministry'))).toEqual(expect.arrayContaining([mine.id, theirs.id]));
  });

  it('lets everybody open what is in force, which binds them, and lists it for those alone whose it is', async () => {
    const unit = await order('units', { name: 'Đơn vị thi hành', level: 'unit', parent: service });
    const own = await newPerson('officer', unit.id);
    const { id } = await order('procedures', registration(officer), officer);
    await order(`procedures/${id}/actions/review`, goodReview, officer);
    await order(`procedures/${id}/actions/propose`, proposal, officer);
    expect((await own.get(`/api/v1/procedures/${id}`)).status).toBe(404);
    const { position } = await order(`procedures/${id}/actions/publish`, { decision }, authority);
    expect((await own.get(`/api/v1/procedures/${id}`)).status).toBe(200);
    expect((await own.get<Listed<object>>(`/api/v1/procedures?minPosition=${position}`)).body.items).toEqual([]);
  });

  it('takes a role back at once, with a clear refusal on record', async () => {
    const gone = await newPerson('officer', service);
    const { id } = await order('procedures', registration(gone), gone);
    const person = await idOf(gone);
    const path = `/api/v1/people/${person}/roles/officer?unit=${service}`;
    const key = { 'idempotency-key': randomUUID() };
    const done = await administrator.send('DELETE', path, undefined, key);
    expect(done.status).toBe(200);
    expect(await administrator.send('DELETE', path, undefined, key)).toMatchObject({ status: 200, body: done.body });
    expect(await refused(`procedures/${id}/actions/review`, goodReview, gone)).toEqual([403, 'not-authorised']);
    expect((await administrator.send('DELETE', path)).status).toBe(404);
    const { body } = await officer.get<Listed<{ type: string; actor: { id: string } }>>(`/api/v1/procedures/${id}/history?refused=true`);
    expect(body.items.at(-1)).toMatchObject({ type: 'CommandRefused', actor: { id: person } });
  });

  it('keeps roles to their days', async () => {
    const coming = await newPerson('leader', service);
    const person = await idOf(coming);
    expect(await refused(`people/${person}/roles`, { role: 'officer', unit: service, from: '2030-01-01', to: '2029-01-01' })).toEqual([
      400,
      'invalid-body',
    ]);
    await order(`people/${person}/roles`, { role: 'officer', unit: service, from: '2190-01-01' });
    expect(await refused('procedures', registration(coming), coming)).toEqual([403, 'not-authorised']);
    await order(`people/${person}/roles`, { role: 'officer', unit: service, from: '2020-01-01' });
    await order('procedures', registration(coming), coming);
  });

  it('refuses what is not for administrators, what is taken, and what cannot be', async () => {
    expect(await refused('units', { name: 'x', level: 'unit', parent: service }, officer)).toEqual([403, 'not-authorised']);
    expect(await refused('people', { name: 'x', username: 'xx', password }, officer)).toEqual([403, 'not-authorised']);
    expect(await refused('people', { name: 'x', username: 'navy.officer1', password })).toEqual([409, 'username-taken']);
    expect(await refused('people', { name: 'x', username: 'xx', password: 'ngắn' })).toEqual([400, 'invalid-body']);
    expect(await refused('units', { name: 'x', level: 'service', parent: service })).toEqual([409, 'unit-misplaced']);
    expect(await refused('units', { name: 'x', level: 'unit', parent: randomUUID() })).toEqual([400, 'invalid-body']);
    expect(await refused(`people/${await idOf(administrator)}/roles`, { role: 'authority', unit: service })).toEqual([409, 'same-person']);
    expect(await refused(`people/${randomUUID()}/roles`, { role: 'officer', unit: service })).toEqual([404, 'not-found']);
    const { body } = await officer.get<Listed<KnownPerson>>('/api/v1/people');
    expect(body.items.length).toBeGreaterThan(10);
    expect(body.items.some(({ username }) => username !== undefined)).toBe(false);
  });

  it('says what a unit has before it is moved, merged or closed, to its administrators alone', async () => {
    const top = await order('units', { name: 'Đơn vị có người', level: 'unit', parent: service });
    const below = await order('units', { name: 'Đơn vị bên dưới', level: 'unit', parent: top.id });
    const local = await newPerson('administrator', top.id);
    await order('procedures', { ...registration(officer), owningUnit: top.id }, officer);
    const key = { name: 'Kho dữ liệu', role: 'officer', unit: top.id, scopes: ['read'] };
    expect((await administrator.post('/api/v1/service-accounts', key)).status).toBe(201);

    const none = { count: 0, more: false };
    const has = { people: 1, programs: 1, procedures: { count: 1, more: false }, openTasks: none, unitsBelow: 1 };
    expect(await local.get(`/api/v1/units/${top.id}/use`)).toMatchObject({ status: 200, body: has });
    expect(await local.get(`/api/v1/units/${below.id}/use`)).toMatchObject({
      body: { people: 0, programs: 0, procedures: none, openTasks: none, unitsBelow: 0 },
    });
    expect(await local.get(`/api/v1/units/${service}/use`)).toMatchObject({ status: 403, body: { code: 'not-authorised' } });
    expect((await local.get(`/api/v1/units/${randomUUID()}/use`)).status).toBe(404);

    const { body } = await local.get<Listed<{ id: string; administered: boolean }>>('/api/v1/units');
    expect(new Set(body.items.flatMap(({ id, administered }) => (administered ? [id] : [])))).toEqual(new Set([top.id, below.id]));
  });

  it('finds people by words and unit, page by page, and one by id', async () => {
    const { id: unit } = await order('units', { name: 'Đơn vị tìm người', level: 'unit', parent: service });
    const names = ['Đỗ Thị Ánh', 'Đỗ Văn Bình', 'Trần Ánh'];
    const ids: string[] = [];
    for (const [index, name] of names.entries()) {
      const { id } = await order('people', { name, username: `tim.nguoi${String(index)}` });
      await order(`people/${id}/roles`, { role: 'officer', unit });
      ids.push(id);
    }
    type People = Listed<KnownPerson & { readonly administered: boolean; readonly program: boolean }> & {
      readonly nextCursor: string | null;
    };
    const found = async (query: string, by = administrator): Promise<People> => (await by.get<People>(`/api/v1/people?${query}`)).body;
    const namesIn = ({ items }: People): readonly string[] => items.map(({ name }) => name);

    expect(namesIn(await found(`q=anh&unit=${unit}`))).toEqual(['Đỗ Thị Ánh', 'Trần Ánh']);
    expect(namesIn(await found(`q=tim.nguoi1&unit=${unit}`))).toEqual(['Đỗ Văn Bình']);
    expect(namesIn(await found(`q=tim.nguoi1&unit=${unit}`, officer))).toEqual([]);
    expect(namesIn(await found(`role=checker&unit=${unit}`))).toEqual([]);
    const first = await found(`unit=${unit}&limit=2`);
    const second = await found(`unit=${unit}&limit=2&cursor=${first.nextCursor ?? ''}`);
    expect([...namesIn(first), ...namesIn(second)]).toEqual(names);
    expect(second.nextCursor).toBeNull();
    expect((await administrator.get<Problem>('/api/v1/people?cursor=xx')).status).toBe(400);

    const one = `/api/v1/people/${ids[0] ?? ''}`;
    expect(await administrator.get(one)).toMatchObject({
      body: { name: 'Đỗ Thị Ánh', administered: true, program: false, username: 'tim.nguoi0' },
    });
    expect((await officer.get<KnownPerson>(one)).body.username).toBeUndefined();
    expect((await administrator.get(`/api/v1/people/${randomUUID()}`)).status).toBe(404);
  });

  it('lists delegations by state and person with the names of both, and says which can be ended', async () => {
    const [one, two] = [await newPerson('authority', service), await newPerson('officer', service)];
    const [from, to] = [await idOf(one), await idOf(two)];
    const days = { actions: 'all', reason: 'nghỉ phép' };
    const coming = await order('delegations', { from, to, ...days, startsOn: '2197-01-01', endsOn: '2197-01-31' });
    const inForce = await order('delegations', { from, to, ...days, startsOn: today(), endsOn: '2196-12-31' });
    type Shown = Listed<{ id: string; fromName: string; toName: string; state: string; mayRevoke: boolean }>;
    const listed = async (query: string, by = administrator): Promise<Shown['items']> =>
      (await by.get<Shown>(`/api/v1/delegations?person=${from}${query}`)).body.items;

    expect((await listed('')).map(({ id }) => id)).toEqual([inForce.id, coming.id]);
    expect((await listed('&order=-startsOn')).map(({ id }) => id)).toEqual([coming.id, inForce.id]);
    expect(await listed('&state=coming')).toMatchObject([
      { id: coming.id, fromName: one.person?.name, toName: two.person?.name, mayRevoke: true },
    ]);
    expect((await listed('', two)).map(({ mayRevoke }) => mayRevoke)).toEqual([false, false]);
    await order(`delegations/${coming.id}/revoke`, { reason: 'không đi nữa' });
    expect(await listed('&state=revoked')).toMatchObject([{ id: coming.id, mayRevoke: false }]);
  });

  it('answers an order that is sent again as the first time', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const send = (name: string): ReturnType<Caller['post']> =>
      administrator.post('/api/v1/units', { name, level: 'unit', parent: service }, key);
    const first = await send('Một lần');
    expect(first.status).toBe(201);
    expect((await send('Một lần')).body).toEqual(first.body);
    expect(await send('Lần khác')).toMatchObject({ status: 409, body: { code: 'key-reused' } });
  });

  it('says what is wrong with a field in the language of who fills it in', async () => {
    const [from, to] = [await idOf(authority), await idOf(officer)];
    const days = { startsOn: today(), endsOn: '2001-01-01', reason: 'đi công tác' };
    const person = { name: 'Lê Thị Thử', username: 'le.thi.thu', password: 'ngắn' };
    for (const [path, body, field, vi, en] of [
      ['delegations', { from, to, actions: 'all', ...days }, 'endsOn', 'không được trước ngày đầu', 'must not be before startsOn'],
      ['people', person, 'password', 'Mật khẩu có từ 12 đến 200 ký tự.', 'A password has 12 to 200 characters.'],
    ] as const)
      for (const [language, message] of Object.entries({ vi, en })) {
        const answer = await administrator.post<Problem>(`/api/v1/${path}`, body, { 'accept-language': language });
        expect(answer.body.errors).toEqual([{ path: field, message }]);
      }
  });

  it('lets a substitute act for an absent person, names both, and counts both for the separation of duties', async () => {
    const substitute = await newPerson('leader', service);
    const [from, to] = [await idOf(authority), await idOf(substitute)];
    const acting = { 'acting-for': from };
    const { id } = await order('procedures', registration(officer), officer);
    await order(`procedures/${id}/actions/review`, goodReview, officer);
    await order(`procedures/${id}/actions/propose`, proposal, officer);
    const publish = (headers: Record<string, string>): ReturnType<typeof substitute.post<Accepted & Problem>> =>
      substitute.post<Accepted & Problem>(`/api/v1/procedures/${id}/actions/publish`, { decision }, headers);
    expect(await publish(acting)).toMatchObject({ status: 403, body: { code: 'not-authorised' } });
    expect(await publish({ 'acting-for': 'somebody' })).toMatchObject({ status: 400, body: { code: 'invalid-body' } });

    const days = { startsOn: today(), endsOn: '2199-12-31', reason: 'đi công tác' };
    const delegation = await order('delegations', { from, to, actions: ['publish'], ...days }, authority);
    expect(await publish({})).toMatchObject({ status: 403 });
    const { body: shown } = await substitute.get<{ allowed: { action: string; unmet: string[] }[] }>(`/api/v1/procedures/${id}`, acting);
    expect(shown.allowed.find(({ action }) => action === 'publish')?.unmet).toEqual([]);
    expect(shown.allowed.find(({ action }) => action === 'return')?.unmet).toEqual(['not-authorised']);
    expect(await publish(acting)).toMatchObject({ status: 200 });
    const { body: history } = await officer.get<Listed<{ type: string; actor: object }>>(`/api/v1/procedures/${id}/history`);
    expect(history.items.at(-1)).toMatchObject({ type: 'ProcedurePublished', actor: { id: to, role: 'authority', onBehalfOf: from } });

    // The proposer acts for the authority and still may not approve their own option.
    await order('delegations', { from, to: await idOf(officer), actions: ['approve-option'], ...days }, authority);
    await order(`procedures/${id}/actions/propose-option`, { option }, officer);
    await order(`procedures/${id}/actions/check-quality`, { passed: true, remarks: 'đạt' }, checker);
    const approve = await officer.post<Problem>(`/api/v1/procedures/${id}/actions/approve-option`, { decision }, acting);
    expect(approve).toMatchObject({ status: 409, body: { code: 'same-person' } });

    expect(await refused('delegations', { from, to: await idOf(other), actions: 'all', ...days }, authority)).toEqual([
      409,
      'delegation-overlap',
    ]);
    expect(await refused('delegations', { from: to, to: await idOf(other), actions: 'all', ...days }, substitute)).toEqual([
      409,
      'delegation-chain',
    ]);
    expect(await refused('delegations', { from, to: from, actions: ['return'], ...days }, authority)).toEqual([409, 'same-person']);
    expect(await refused('delegations', { from, to, actions: ['return'], ...days, endsOn: '2001-01-01' }, authority)).toEqual([
      400,
      'invalid-body',
    ]);
    expect(await refused('delegations', { from, to, actions: ['return'], ...days }, other)).toEqual([403, 'not-authorised']);

    await order(`delegations/${delegation.id}/revoke`, {}, authority);
    const { id: next } = await order('procedures', registration(officer), officer);
    await order(`procedures/${next}/actions/review`, goodReview, officer);
    await order(`procedures/${next}/actions/propose`, proposal, officer);
    expect(await substitute.post(`/api/v1/procedures/${next}/actions/publish`, { decision }, acting)).toMatchObject({ status: 403 });
    const { body: listed } = await substitute.get<Listed<{ id: string; state: string }>>('/api/v1/delegations');
    expect(listed.items).toEqual([expect.objectContaining({ id: delegation.id, state: 'revoked' })]);
  });

  it(
    'lets an administrator plan a reorganisation: looked at before, done on its day, and today’s units found from old names',
    async () => {
      const unit = async (name: string): Promise<string> => (await order('units', { name, level: 'unit', parent: service })).id;
      const [old, land, tax] = [await unit('Phòng Tài nguyên cũ'), await unit('Phòng Đất đai'), await unit('Phòng Thuế')];
      await order(`units/${old}/rename`, { name: 'Phòng Tài nguyên' });
      const about = async (field: string): Promise<Accepted> => order('procedures', { ...registration(officer), field, owningUnit: old }, officer);
      const [one, two] = [await about('Đất đai'), await about('Thuế')];
      const minPosition = two.position;
      const decided = { title: 'Chia Phòng Tài nguyên', decision: { number: '15/QĐ', date: today() } };
      const steps = [{ kind: 'split', unit: old, parts: [{ fields: ['đất  đai'], to: land }], rest: tax }];
      const plan = { ...decided, effectiveOn: today(), steps };

      expect(await refused('reorganisations/preview', { ...plan, steps: [{ kind: 'merge', unit: old, into: old }] })).toEqual([200, undefined]);
      expect(await refused('reorganisations', { ...plan, steps: [{ kind: 'merge', unit: old, into: old }] })).toEqual([400, 'invalid-body']);
      expect(await refused('reorganisations', { ...plan, steps: [{ kind: 'merge', unit: old, into: land, to: land }] })).toEqual([400, 'invalid-body']);
      expect(await refused('reorganisations', { ...plan, steps: [{ ...steps[0], rest: randomUUID() }] })).toEqual([400, 'invalid-body']);
      expect(await refused('reorganisations', plan, authority)).toEqual([403, 'not-authorised']);

      const waits = `/api/v1/procedures?minPosition=${minPosition}&limit=1`;
      expect((await administrator.get(waits)).status).toBe(200);
      const look = await administrator.post<Looked>('/api/v1/reorganisations/preview', plan);
      expect(look.body).toMatchObject({ unmet: [], steps: [{ procedures: { count: 2, more: false }, ending: [old], people: 0, targets: 0 }] });
      const later = await order('reorganisations', { ...plan, effectiveOn: '2199-01-01' });
      expect((await administrator.get<Looked>(`/api/v1/reorganisations/${later.id}/preview`)).body).toMatchObject({ unmet: [], steps: [{ procedures: { count: 2 } }] });
      await order(`reorganisations/${later.id}/cancel`, { reason: 'Sớm hơn' });
      const key = { 'idempotency-key': randomUUID() };
      const planned = await accepted(administrator, 'reorganisations', plan, key);
      type Shown = { readonly state: string; readonly progress: readonly object[]; readonly completedOn: string | null; readonly allowed: readonly string[] };
      const shown = async (): Promise<Shown> => (await administrator.get<Shown>(`/api/v1/reorganisations/${planned.id}`)).body;
      while (['planned', 'running'].includes((await shown()).state)) await new Promise((resolve) => setTimeout(resolve, 100));
      expect(await shown()).toMatchObject({ state: 'completed', completedOn: today(), progress: [{ state: 'done', moved: 2 }], allowed: [] });
      expect(await accepted(administrator, 'reorganisations', plan, key)).toEqual(planned);

      for (const [{ id }, owningUnit] of [[one, land], [two, tax]] as const) {
        expect((await administrator.get<{ owningUnit: string }>(`/api/v1/procedures/${id}`)).body).toMatchObject({ owningUnit });
        const { body: history } = await administrator.get<Listed<object>>(`/api/v1/procedures/${id}/history`);
        expect(history.items.at(-1)).toMatchObject({ type: 'ProcedureTransferred', data: { from: old, to: owningUnit, reorganisation: planned.id, decision: decided.decision } });
      }
      const { body: found } = await administrator.get<Listed<object>>(`/api/v1/units/successors?name=${encodeURIComponent('tai nguyen cu')}`);
      expect(found.items).toMatchObject([
        { unit: old, name: 'Phòng Tài nguyên cũ', closed: true, successors: [{ unit: land, fields: ['đất  đai'.replace('  ', ' ')] }, { unit: tax, fields: null, by: [{ how: 'given', decision: decided.decision }] }] },
      ]);
      const { body: all } = await administrator.get<Listed<{ id: string; state: string }>>('/api/v1/reorganisations');
      expect(all.items.map(({ id, state }) => [id, state])).toEqual([[planned.id, 'completed'], [later.id, 'cancelled']]);
      expect((await officer.get<Listed<object>>('/api/v1/reorganisations')).body.items).toEqual([]);

      // What both did since they were one unit, and what they did when they were another, stands where it stood, or where it belongs today.
      const { position: merged } = await order(`units/${tax}/merge`, { into: land });
      type Rows = { readonly rows: readonly { readonly key: string }[]; readonly value: number; readonly events: readonly { readonly contributes: number }[] };
      const report = async (path: string): Promise<Rows> => {
        const { status, body } = await officer.get<Rows>(`/api/v1/reports/${path}${path.includes('asOf') ? '' : `&minPosition=${merged}`}`);
        expect([path, status]).toEqual([path, 200]);
        return body;
      };
      const row = (of: string, unitName: string, figures: object): object => expect.objectContaining({ key: of, unit: of, unitName, ...figures });
      const then = `asOf=${minPosition}`;
      for (const [name, figures] of [['savings?by=unit&', { procedures: 2 }], ['activity?', { registered: 2 }]] as const) {
        const [was, is] = name.startsWith('activity') ? [service, service] : [old, land];
        const nameOf = (id: string, own: string): string => (id === service ? (officer.person?.unit.name ?? '') : own);
        const [atOld, atLand] = [row(was, nameOf(was, 'Phòng Tài nguyên'), figures), row(is, nameOf(is, 'Phòng Đất đai'), figures)];
        expect((await report(`${name}unit=${old}&${then}`)).rows).toEqual([atOld]);
        expect((await report(`${name}unit=${old}&${then}&units=then`)).rows).toEqual([atOld]);
        expect((await report(`${name}unit=${land}&${then}`)).rows).toEqual([]);
        expect((await report(`${name}unit=${land}&${then}&units=today`)).rows).toEqual([atLand]);
        expect((await report(`${name}unit=${old}&${then}&units=today`)).rows).toEqual([]);
        expect((await report(`${name}unit=${land}`)).rows).toEqual([is === service ? expect.objectContaining({ registered: 2, transferred: 2 }) : atLand]);
        expect((await report(`${name}unit=${land}&to=2025-12-31&units=then`)).rows).toEqual([]);
        expect((await report(`${name}unit=${old}&from=2000-01-01&to=2025-12-31&units=then`)).rows).toEqual(is === service ? [] : [row(old, 'Phòng Tài nguyên cũ', { procedures: 2 })]);
      }
      for (const name of ['funnel?', 'review-results?', 'workload?', 'cycle-times?', 'on-time?', 'overdue?'])
        for (const [at, units] of [[old, 'then'], [land, 'today']] as const) {
          const { rows } = await report(`${name}unit=${at}&${then}&units=${units}`);
          if (['funnel?', 'workload?'].includes(name)) expect([name, rows.length > 0]).toEqual([name, true]);
          if (name === 'review-results?') expect(rows).toEqual([one, two].map(({ id }) => expect.objectContaining({ procedure: id, unit: at })));
        }
      const explained = await report(`savings/explain?by=unit&unit=${land}&row=${land}&column=procedures&${then}&units=today`);
      expect([explained.value, explained.events.map(({ contributes }) => contributes)]).toEqual([2, [1, 1]]);
      const compare = async (units: string): Promise<object> => (await officer.get<Rows>(`/api/v1/reports/savings/compare?by=unit&unit=${land}&at=${minPosition}&with=${merged}&units=${units}`)).body.rows[0] ?? {};
      expect(await compare('today')).toMatchObject({ key: land, cells: { procedures: { at: 2, with: 2, difference: 0 } } });
      expect(await compare('then')).toMatchObject({ key: land, cells: { procedures: { at: 0, with: 2, difference: 2 } } });
      expect((await officer.get<Problem>('/api/v1/reports/savings?units=now')).body).toMatchObject({ status: 400, errors: [{ path: 'units' }] });
    }); // prettier-ignore

  it('lets a plan be amended until it begins: on the revision that was seen, and by nobody who does not see all that it names', async () => {
    const unit = async (name: string): Promise<string> => (await order('units', { name, level: 'unit', parent: service })).id;
    const [from, to] = [await unit('Phòng Cũ'), await unit('Phòng Mới')];
    const coded = async (code: string, more: object = {}): Promise<Accepted> =>
      order('procedures', { ...registration(officer), owningUnit: from, code, ...more }, officer);
    const [open, secret] = [await coded('7.000001-H19'), await coded('7.000002-H19', { classification: 'confidential' })];
    const blind = await newPerson('administrator', service);
    const named = async (by: Caller, query: string): Promise<readonly string[]> => {
      const { body } = await by.get<Listed<{ id: string }>>(`/api/v1/procedures?${query}&sort=registered&minPosition=${secret.position}`);
      return body.items.map(({ id }) => id);
    };
    expect(await named(administrator, 'codes=7.000001%E2%80%93h19,7.000002-H19,7.000003-H19')).toEqual([open.id, secret.id]);
    expect(await named(administrator, `ids=${secret.id.toUpperCase()},${randomUUID()}`)).toEqual([secret.id]);
    expect(await named(blind, `ids=${open.id},${secret.id}`)).toEqual([open.id]);
    for (const wrong of [`ids=${Array.from({ length: 101 }, () => open.id).join()}`, 'ids=x', `codes=${'1,'.repeat(100)}1`])
      expect((await administrator.get<Problem>(`/api/v1/procedures?${wrong}`)).status).toBe(400);

    const decided = { title: 'Chuyển hai thủ tục', decision: { number: '16/QĐ', date: today() }, effectiveOn: '2199-01-01' };
    const plan = { ...decided, steps: [{ kind: 'transfer', unit: from, to, procedures: [open.id, secret.id] }] };
    const { id } = await order('reorganisations', plan);
    interface Shown {
      readonly revision: number;
      readonly steps: readonly object[];
      readonly allowed: readonly string[];
    }
    const shown = async (by: Caller): Promise<Shown> => (await by.get<Shown>(`/api/v1/reorganisations/${id}`)).body;
    expect(await shown(administrator)).toMatchObject({ revision: 0, allowed: ['amend', 'cancel'] });
    expect(await shown(blind)).toMatchObject({ allowed: ['cancel'], steps: [{ procedures: [open.id] }] });
    const fewer = { ...plan, steps: [{ kind: 'transfer', unit: from, to, fields: ['Văn phòng'] }] };
    expect(await refused(`reorganisations/${id}/amend`, fewer, blind)).toEqual([403, 'not-authorised']);

    const amend = async (by: Caller, revision: number): Promise<readonly [number, string | undefined]> => {
      const answer = await by.post<Problem>(`/api/v1/reorganisations/${id}/amend`, fewer, { 'if-match': `"${String(revision)}"` });
      return [answer.status, answer.body.code];
    };
    expect(await amend(administrator, 0)).toEqual([200, undefined]);
    expect(await amend(administrator, 0)).toEqual([412, 'revision-conflict']);
    expect(await shown(blind)).toMatchObject({ revision: 1, allowed: ['amend', 'cancel'], steps: [{ fields: ['Văn phòng'] }] });
    expect(await amend(blind, 1)).toEqual([200, undefined]);
    await order(`reorganisations/${id}/cancel`, { reason: 'Thôi' });
    expect(await refused(`reorganisations/${id}/amend`, fewer)).toEqual([409, 'reorganisation-state']);
  });
});

describe('A classified procedure', () => {
  let app: StartedApp;
  let cleared: Caller;
  let uncleared: Caller;
  let administrator: Caller;
  let chief: Caller;
  let id: string;
  let position: string;
  const title = 'Thủ tục kín đáo';

  beforeAll(async () => {
    ({ app, chief } = await startAppWithChief());
    administrator = await signInAs(app.url, 'administrator', 'service');
    cleared = await signInAs(app.url, 'officer', 'service');
    const unit = administrator.person?.unit.id;
    const { body: person } = await administrator.post<Accepted>('/api/v1/people', {
      name: 'Không được xem',
      username: 'khong.xem',
      password,
    });
    await administrator.post(`/api/v1/people/${person.id}/roles`, { role: 'officer', unit });
    const { body } = await new Caller(app.url, null).post<{ token: string }>('/api/v1/auth/login', { username: 'khong.xem', password });
    uncleared = new Caller(app.url, body.token);
    const registered = await cleared.post<Accepted>('/api/v1/procedures', {
      ...registration(cleared),
      title,
      code: 'M.1',
      classification: 'confidential',
    });
    expect(registered.status).toBe(201);
    ({ id, position } = registered.body);
  });
  afterAll(() => app.stop());

  it('is not there for whoever is not cleared, through whichever door they look', async () => {
    expect((await cleared.get(`/api/v1/procedures/${id}`)).body).toMatchObject({ id, classification: 'confidential' });
    const reads = [
      '',
      '/history',
      '/history?refused=true',
      '?asOf=0',
      `?asOf=${encodeURIComponent(new Date().toISOString())}`,
      '/diff?from=0&to=0',
      '/deadlines',
      '/attachments',
      `/attachments/${'a'.repeat(64)}`,
      '/comments',
    ];
    for (const path of reads) expect([path, (await uncleared.get(`/api/v1/procedures/${id}${path}`)).status]).toEqual([path, 404]);
    const { body: openapi } = await uncleared.get<{ paths: Record<string, Record<string, unknown>> }>('/openapi.json');
    const doors = Object.entries(openapi.paths).filter(([path]) => path.startsWith('/api/v1/procedures/{id}/'));
    const commands = doors.flatMap(([path, methods]) =>
      Object.keys(methods).flatMap((method) => (method === 'get' ? [] : [[method, path] as const])),
    );
    expect(commands.length).toBeGreaterThan(18);
    for (const [method, path] of commands) {
      const answer = await uncleared.send<Problem>(method.toUpperCase(), path.replace('{id}', id), '{}');
      expect([path, answer.status, answer.body.code]).toEqual([path, 404, 'not-found']);
    }
    const listing = [
      'procedures?limit=200',
      `procedures?q=${encodeURIComponent('kin dao')}`,
      'procedures?unit=',
      'worklist?limit=200',
      'deadlines?limit=200',
      'reports/funnel',
    ];
    for (const path of listing) {
      const full = path.replace('unit=', `unit=${cleared.person?.unit.id ?? ''}`);
      const answer = await uncleared.get(`/api/v1/${full}${full.includes('?') ? '&' : '?'}minPosition=${position}`);
      expect([path, answer.status]).toEqual([path, 200]);
      expect(JSON.stringify(answer.body)).not.toContain(id);
    }
    const total = async (caller: Caller): Promise<number> => (await caller.get<{ total: number }>('/api/v1/reports/funnel')).body.total;
    expect((await total(cleared)) - (await total(uncleared))).toBe(1);
  });

  it('is not in the stream of changes of whoever is not cleared', async () => {
    const { body: open } = await cleared.post<Accepted>('/api/v1/procedures', registration(cleared));
    const heard = async (caller: Caller): Promise<string> => {
      const ending = AbortSignal.timeout(30_000);
      const answer = await fetch(`${app.url}/api/v1/stream`, {
        headers: { authorization: `Bearer ${caller.token ?? ''}`, 'last-event-id': '0' },
        signal: ending,
      });
      let text = '';
      for await (const chunk of answer.body ?? []) {
        text += Buffer.from(chunk as Uint8Array).toString();
        if (text.includes(open.id)) return text;
      }
      return text;
    };
    expect(await heard(cleared)).toContain(id);
    expect(await heard(uncleared)).not.toContain(id);
  });

  it('cannot be made by whoever could not see it, and holds no content from secret on', async () => {
    const register = async (by: Caller, more: object): Promise<readonly [number, string | undefined]> => {
      const { status, body } = await by.post<Problem>('/api/v1/procedures', {
        ...registration(by),
        owningUnit: cleared.person?.unit.id,
        ...more,
      });
      return [status, body.code];
    };
    expect(await register(uncleared, { classification: 'confidential' })).toEqual([403, 'not-authorised']);
    expect(await register(cleared, { classification: 'secret', parts: undefined })).toEqual([403, 'not-authorised']);
    expect(await register(cleared, { classification: 'hush' })).toEqual([400, 'invalid-body']);
    const { body: people } = await administrator.get<{ items: { id: string; username: string }[] }>('/api/v1/people');
    const me = people.items.find(({ username }) => username === cleared.person?.username)?.id ?? '';
    expect((await chief.post(`/api/v1/people/${me}/clearance`, { clearance: 'topSecret' })).status).toBe(200);
    expect(await register(cleared, { classification: 'secret' })).toEqual([400, 'invalid-body']);
    const { status, body } = await cleared.post<Accepted>('/api/v1/procedures', {
      ...registration(cleared),
      classification: 'secret',
      parts: undefined,
    });
    expect(status).toBe(201);
    const amended = await cleared.send<Problem>('PATCH', `/api/v1/procedures/${body.id}/parts`, JSON.stringify({ steps: 'bí mật' }));
    expect([amended.status, amended.body.code]).toEqual([400, 'invalid-body']);
    const auditor = await signInAs(app.url, 'auditor', 'ministry');
    expect((await auditor.get(`/api/v1/procedures/${body.id}`)).status).toBe(404);
    expect((await auditor.get(`/api/v1/procedures/${id}`)).status).toBe(200);
  });
});
