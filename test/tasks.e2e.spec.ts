import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StartedApp } from './support/app.js';
import { startAppWithChief } from './support/chief.js';
import {
  decision,
  goodReview,
  option,
  order,
  proposal,
  registration,
  signInAs,
  Caller,
  type Accepted,
  type Problem,
} from './support/client.js';

interface Task {
  readonly id: string;
  readonly kind: string;
  readonly unit: string;
  readonly state: string;
  readonly answer: string | null;
  readonly closeReason: string | null;
  readonly remindedAt: string | null;
  readonly actingFor: string | null;
  readonly classification: string;
  readonly allowed: readonly { readonly action: string; readonly unmet: readonly string[] }[];
}

interface TaskPage {
  readonly items: readonly Task[];
  readonly nextCursor: string | null;
}

describe('Asking units about a procedure', () => {
  let app: StartedApp;
  let officer: Caller;
  let authority: Caller;
  let administrator: Caller;
  let chief: Caller;
  let first: Caller;
  let second: Caller;
  let procedure: string;
  const unitOf = ({ person }: Caller): string => person?.unit.id ?? '';
  const refused = async (by: Caller, path: string, body: object): Promise<readonly [number, string]> => {
    const { status, body: problem } = await by.post<Problem>(`/api/v1/${path}`, body);
    return [status, problem.code];
  };
  const tasks = async (by: Caller, query: string, { position }: Accepted): Promise<readonly Task[]> => {
    const { status, body } = await by.get<{ items: readonly Task[] }>(`/api/v1/tasks?${query}&minPosition=${position}`);
    expect([query, status]).toEqual([query, 200]);
    return body.items;
  };
  /** Read in pages of one, whose ends nobody may fall through. */
  const about = async ({ position }: Accepted): Promise<Record<string, string>> => {
    const items: Task[] = [];
    let page: TaskPage = { items, nextCursor: '' };
    do {
      const cursor = page.nextCursor ? `&cursor=${page.nextCursor}` : '';
      page = (await officer.get<TaskPage>(`/api/v1/procedures/${procedure}/tasks?limit=1&minPosition=${position}${cursor}`)).body;
      items.push(...page.items);
    } while (page.nextCursor !== null);
    return Object.fromEntries(items.map(({ kind, unit, state }) => [`${kind} ${unit}`, state]));
  };
  const newUnit = async (): Promise<string> =>
    (await order(administrator, 'units', { name: 'Đơn vị mẫu', level: 'unit', parent: unitOf(officer) })).id;
  const officerAt = async (unit: string): Promise<Caller> => {
    const account = { username: `nguoi.${randomUUID().slice(0, 8)}`, password: 'mat-khau-kiem-thu-1' };
    const { id } = await order(administrator, 'people', { name: 'Người mẫu', ...account });
    await order(administrator, `people/${id}/roles`, { role: 'officer', unit });
    const { body } = await new Caller(app.url, null).post<{ token: string }>('/api/v1/auth/login', account);
    return new Caller(app.url, body.token);
  };
  const publish = async (id: string): Promise<void> => {
    await order(officer, `procedures/${id}/actions/review`, goodReview);
    await order(officer, `procedures/${id}/actions/propose`, proposal);
    await order(authority, `procedures/${id}/actions/publish`, { decision });
  };

  beforeAll(async () => {
    ({ app, chief } = await startAppWithChief());
    const demo = [
      ['officer', 'service'],
      ['authority', 'service'],
      ['officer', 'unit', 0],
      ['officer', 'unit', 2],
    ] as const;
    administrator = await signInAs(app.url, 'administrator', 'service');
    [officer, authority, first, second] = (await Promise.all(demo.map(([role, level, nth]) => signInAs(app.url, role, level, nth)))) as [
      Caller,
      Caller,
      Caller,
      Caller,
    ];
    ({ id: procedure } = await order(officer, 'procedures', registration(officer)));
    await publish(procedure);
  });
  afterAll(() => app.stop());

  it('lets units that are asked open what they are asked about, wherever they stand and whatever is asked later', async () => {
    const { id: draft } = await order(officer, 'procedures', registration(officer));
    const opens = async (by: Caller): Promise<number> => (await by.get(`/api/v1/procedures/${draft}`)).status;
    expect([await opens(first), await opens(second)]).toEqual([404, 404]);
    const ask = async (by: Caller): Promise<void> => {
      const question = { units: [unitOf(by)], question: 'Ý kiến?', dueOn: '2199-12-31' };
      const asked = await order(officer, `procedures/${draft}/consultations`, question);
      expect(await tasks(by, `procedure=${draft}`, asked)).toHaveLength(1);
    };
    await ask(first);
    expect([await opens(first), await opens(second)]).toEqual([200, 404]);
    await ask(second);
    expect([await opens(first), await opens(second)]).toEqual([200, 200]);
    await order(officer, `procedures/${draft}/actions/withdraw`, { reason: 'đủ ý kiến' });
  });

  it('puts an assigned review into the tasks of many units, and shows who has not answered', async () => {
    const units = [unitOf(first).toUpperCase(), unitOf(second), unitOf(officer)];
    const review = { units, dueOn: '2023-05-31', note: 'Rà soát quý I' };
    const assigned = await order(authority, `procedures/${procedure}/actions/assign-review`, review);
    const [task] = await tasks(first, 'kind=review&state=overdue', assigned);
    expect(task).toMatchObject({ kind: 'review', unit: unitOf(first), question: 'Rà soát quý I', dueOn: '2023-05-31' });
    const answered = await order(first, `tasks/${task?.id ?? ''}/answer`, { answer: 'Không có phương án' });
    expect(await refused(first, `tasks/${task?.id ?? ''}/answer`, { answer: 'Lần nữa' })).toEqual([409, 'already-answered']);
    expect(await refused(second, `tasks/${task?.id ?? ''}/answer`, { answer: 'x', unit: unitOf(first) })).toEqual([403, 'not-authorised']);
    expect(await about(answered)).toEqual({
      [`review ${unitOf(first)}`]: 'answered',
      [`review ${unitOf(second)}`]: 'overdue',
      [`review ${unitOf(officer)}`]: 'overdue',
    });
    // To propose an option is an answer.
    const proposed = await order(officer, `procedures/${procedure}/actions/propose-option`, { option });
    expect((await about(proposed))[`review ${unitOf(officer)}`]).toBe('answered');
    expect(await refused(officer, `tasks/${task?.id ?? ''}/answer`, { answer: 'Ý kiến khác' })).toEqual([409, 'already-answered']);
    expect(await officer.get('/api/v1/tasks?cursor=x')).toMatchObject({ status: 400, body: { code: 'invalid-query' } });
  });

  it('asks several units for their opinion, collects, and closes', async () => {
    const units = [unitOf(first), unitOf(second)];
    const consultation = { units, question: 'Có thể bỏ bước 2 không?', dueOn: '2199-12-31' };
    expect(await refused(first, `procedures/${procedure}/consultations`, consultation)).toEqual([403, 'not-authorised']);
    expect(await refused(officer, `procedures/${procedure}/consultations`, { ...consultation, dueOn: '2020-01-01' })).toEqual([
      400,
      'invalid-body',
    ]);
    for (const wrong of [[], [unitOf(first), unitOf(first).toUpperCase()], [randomUUID()]])
      expect(await refused(officer, `procedures/${procedure}/consultations`, { ...consultation, units: wrong })).toEqual([
        400,
        'invalid-body',
      ]);
    const opened = await order(officer, `procedures/${procedure}/consultations`, consultation);
    expect((await tasks(second, 'kind=consultation&state=open', opened)).map(({ id }) => id)).toEqual([opened.id]);
    await order(second, `tasks/${opened.id}/answer`, { answer: 'Được' });
    const closed = await order(officer, `tasks/${opened.id}/close`, { reason: 'đủ ý kiến' });
    expect(await refused(first, `tasks/${opened.id}/answer`, { answer: 'muộn' })).toEqual([409, 'inquiry-closed']);
    const shown = await tasks(officer, `kind=consultation&procedure=${procedure}`, closed);
    expect(shown.map(({ unit, state, answer, closeReason }) => [unit, state, answer, closeReason]).sort()).toEqual(
      [
        [unitOf(first), 'closed', null, 'đủ ý kiến'],
        [unitOf(second), 'answered', 'Được', null],
      ].sort(),
    );
    const again = await order(officer, `procedures/${procedure}/consultations`, consultation);
    await order(first, `tasks/${again.id}/answer`, { answer: 'Được' });
    const { events } = await order(second, `tasks/${again.id}/answer`, { answer: 'Không' });
    expect(events).toEqual(['InquiryAnswered', 'InquiryClosed']);
  });

  it('says what each may do about a question, and shows the sides that ask and are asked', async () => {
    const consultation = { units: [unitOf(first), unitOf(second)], question: 'Bỏ được bước 9 không?', dueOn: '2199-12-31' };
    const opened = await order(officer, `procedures/${procedure}/consultations`, consultation);
    const shown = async (by: Caller, side: string, since: Accepted): Promise<readonly (readonly [string, unknown])[]> =>
      (await tasks(by, `kind=consultation&side=${side}`, since))
        .filter(({ id }) => id === opened.id)
        .map(({ unit, allowed }) => [unit, Object.fromEntries(allowed.map(({ action, unmet }) => [action, unmet]))] as const);
    const theirs = { answer: [], close: ['not-authorised'], remind: ['not-authorised'] };
    expect(await shown(first, 'asked', opened)).toEqual([[unitOf(first), theirs]]);
    expect(await shown(first, 'asking', opened)).toEqual([]);
    // The service speaks for the units below it, too.
    const ours = { answer: [], close: [], remind: [] };
    expect((await shown(officer, 'asking', opened)).map(([, allowed]) => allowed)).toEqual([ours, ours]);
    expect(await shown(await signInAs(app.url, 'auditor', 'ministry'), 'asked', opened)).toEqual([]);

    const answered = await order(first, `tasks/${opened.id}/answer`, { answer: 'Được' });
    const reminded = await order(officer, `tasks/${opened.id}/remind`, {});
    expect(BigInt(reminded.position)).toBeGreaterThan(BigInt(answered.position));
    expect(Object.fromEntries(await shown(officer, 'asking', reminded))).toEqual({
      [unitOf(first)]: {},
      [unitOf(second)]: { answer: [], close: [], remind: ['already-reminded'] },
    });
    const [review] = await tasks(authority, `kind=review&procedure=${procedure}&side=asking`, reminded);
    expect(review).toMatchObject({ kind: 'review', classification: 'none' });
    expect((await officer.get('/api/v1/tasks?side=both')).status).toBe(400);
    await order(officer, `tasks/${opened.id}/close`, {});
  });

  it('reminds those that have not answered when whoever asked wants it, once a day', async () => {
    const consultation = { units: [unitOf(first), unitOf(second)], question: 'Có bỏ được bước 3 không?', dueOn: '2199-12-31' };
    for (const remindBefore of [-1, 31, 1.5, '2'])
      expect(await refused(officer, `procedures/${procedure}/consultations`, { ...consultation, remindBefore })).toEqual([
        400,
        'invalid-body',
      ]);
    const opened = await order(officer, `procedures/${procedure}/consultations`, { ...consultation, remindBefore: 5 });
    await order(second, `tasks/${opened.id}/answer`, { answer: 'Được' });
    expect(await refused(first, `tasks/${opened.id}/remind`, {})).toEqual([403, 'not-authorised']);
    expect(await refused(officer, `tasks/${opened.id}/remind`, { loudly: true })).toEqual([400, 'invalid-body']);
    const key = { 'idempotency-key': randomUUID() };
    const reminded = await order(officer, `tasks/${opened.id}/remind`, {}, key);
    expect(reminded.events).toEqual(['InquiryReminded']);
    expect(await order(officer, `tasks/${opened.id}/remind`, {}, key)).toEqual(reminded);
    expect(await refused(officer, `tasks/${opened.id}/remind`, {})).toEqual([409, 'already-reminded']);
    const shown = (await tasks(officer, `kind=consultation&procedure=${procedure}`, reminded)).filter(({ id }) => id === opened.id);
    expect(shown.map(({ unit, remindedAt }) => [unit, remindedAt !== null])).toEqual(
      expect.arrayContaining([
        [unitOf(first), true],
        [unitOf(second), false],
      ]),
    );
    await order(officer, `tasks/${opened.id}/close`, {});
    expect(await refused(officer, `tasks/${opened.id}/remind`, {})).toEqual([409, 'inquiry-closed']);
    expect(await refused(officer, `tasks/${randomUUID()}/remind`, {})).toEqual([404, 'not-found']);

    const [review] = await tasks(second, `kind=review&procedure=${procedure}`, reminded);
    expect(await refused(officer, `tasks/${review?.id ?? ''}/remind`, {})).toEqual([403, 'not-authorised']);
    expect((await order(authority, `tasks/${review?.id ?? ''}/remind`, {})).events).toEqual(['InquiryReminded']);
  });

  it('tells whoever asks and is asked as it happens, and nobody else', async () => {
    const { id: draft } = await order(officer, 'procedures', registration(officer));
    const question = { question: 'Ý kiến?', dueOn: '2199-12-31' };
    const opened = await order(officer, `procedures/${draft}/consultations`, { ...question, units: [unitOf(first)] });
    await order(first, `tasks/${opened.id}/answer`, { answer: 'Được' });
    await order(officer, `procedures/${draft}/comments`, { text: 'Đã xem' });
    const last = await order(officer, `procedures/${procedure}/consultations`, { ...question, units: [unitOf(first), unitOf(second)] });
    const heard = async ({ token }: Caller): Promise<readonly string[]> => {
      const headers = { authorization: `Bearer ${token ?? ''}`, 'last-event-id': String(BigInt(opened.position) - 1n) };
      const answer = await fetch(`${app.url}/api/v1/stream`, { headers, signal: AbortSignal.timeout(30_000) });
      let text = '';
      for await (const chunk of answer.body ?? []) {
        text += Buffer.from(chunk as Uint8Array).toString();
        if (text.includes(`"position":"${last.position}"`)) break;
      }
      const told = [...text.matchAll(/event: beside\ndata: (.*)\n/g)].map(([, data]) => JSON.parse(data ?? '') as Record<string, string>);
      return told.map(({ procedure: of = '', about = '', type = '' }) => `${of === draft ? 'draft' : 'other'} ${about} ${type}`);
    };
    const asked = ['draft task ConsultationOpened', 'draft task InquiryAnswered', 'draft task InquiryClosed'];
    const asking = 'other task ConsultationOpened';
    expect(await heard(officer)).toEqual([...asked, 'draft comment CommentAdded', asking]);
    expect(await heard(first)).toEqual([...asked, asking]);
    expect(await heard(second)).toEqual([asking]);
  });

  it('lets any unit raise an obstacle, which the unit that owns the procedure must answer', async () => {
    const raised = await order(first, `procedures/${procedure}/obstacles`, { description: 'Thiếu biểu mẫu' });
    expect(await refused(first, `procedures/${procedure}/obstacles`, { description: 'x', unit: unitOf(second) })).toEqual([
      403,
      'not-authorised',
    ]);
    const [task] = await tasks(officer, 'kind=obstacle&state=open', raised);
    expect(task).toMatchObject({ id: raised.id, unit: unitOf(officer), by: unitOf(first), question: 'Thiếu biểu mẫu' });
    expect(await refused(second, `tasks/${raised.id}/answer`, { answer: 'x' })).toEqual([403, 'not-authorised']);
    const answered = await order(officer, `tasks/${raised.id}/answer`, { answer: 'Đã bổ sung' });
    expect((await tasks(first, 'kind=obstacle', answered)).map(({ state, answer }) => [state, answer])).toEqual([
      ['answered', 'Đã bổ sung'],
    ]);
    expect(await refused(officer, `tasks/${procedure}/answer`, { answer: 'x' })).toEqual([404, 'not-found']);
  });

  it('takes an obstacle about what is in force or theirs to see, and has the nearest open unit answer it', async () => {
    const draft = await order(officer, 'procedures', registration(officer));
    expect(await refused(first, `procedures/${draft.id}/obstacles`, { description: 'Thiếu biểu mẫu' })).toEqual([403, 'not-authorised']);
    const consultation = { units: [unitOf(second)], question: 'Bỏ được không?', dueOn: '2199-12-31' };
    expect(await refused(first, `procedures/${draft.id}/consultations`, consultation)).toEqual([403, 'not-authorised']);
    const { body } = await officer.get<{ items: readonly { type: string; data: { action?: string } }[] }>(
      `/api/v1/procedures/${draft.id}/history?refused=true`,
    );
    const refusals = body.items.filter(({ type }) => type === 'CommandRefused');
    expect(refusals.map(({ data }) => data.action)).toEqual(['raise-obstacle', 'consult']);

    const unit = await newUnit();
    const { id } = await order(officer, 'procedures', { ...registration(officer), owningUnit: unit });
    await publish(id);
    await order(administrator, `units/${unit}/close`, {});
    const raised = await order(first, `procedures/${id}/obstacles`, { description: 'Thiếu biểu mẫu' });
    expect(await tasks(officer, `procedure=${id}`, raised)).toMatchObject([{ kind: 'obstacle', unit: unitOf(officer) }]);
  });

  it('answers a command that is sent again as the first time, whatever has become of the units since', async () => {
    const unit = await newUnit();
    const keys = [{ 'idempotency-key': randomUUID() }, { 'idempotency-key': randomUUID() }] as const;
    const consultation = { units: [unit], question: 'Bỏ được không?', dueOn: '2199-12-31' };
    const obstacle = { unit, description: 'Thiếu biểu mẫu' };
    const opened = await order(officer, `procedures/${procedure}/consultations`, consultation, keys[0]);
    const raised = await order(officer, `procedures/${procedure}/obstacles`, obstacle, keys[1]);
    await order(administrator, `units/${unit}/close`, {});
    expect(await order(officer, `procedures/${procedure}/consultations`, consultation, keys[0])).toEqual(opened);
    expect(await order(officer, `procedures/${procedure}/obstacles`, obstacle, keys[1])).toEqual(raised);
    expect(await refused(officer, `procedures/${procedure}/consultations`, consultation)).toEqual([409, 'unit-closed']);
    expect(await refused(officer, `procedures/${procedure}/obstacles`, obstacle)).toEqual([409, 'unit-closed']);
  });

  it('counts what a merged unit was asked where it went, and has it answered from there', async () => {
    const [merged, into] = [await newUnit(), await newUnit()];
    const caller = await officerAt(into);
    const consultation = { units: [merged], question: 'Bỏ được không?', dueOn: '2199-12-31' };
    const { id } = await order(officer, `procedures/${procedure}/consultations`, consultation);
    const { position } = await order(administrator, `units/${merged}/merge`, { into });
    const counted = await caller.get(`/api/v1/worklist/counts?minPosition=${position}`);
    expect(counted.body).toMatchObject({ tasks: { open: 1, overdue: 0, waiting: 0 } });
    const answered = await order(caller, `tasks/${id}/answer`, { answer: 'Được' });
    expect(await tasks(caller, 'kind=consultation', answered)).toMatchObject([{ id, unit: merged, state: 'answered' }]);
  });

  it('shows nothing of a classified procedure to units that are not cleared', async () => {
    const kept = await order(officer, 'procedures', { ...registration(officer), classification: 'confidential' });
    await publish(kept.id);
    const opened = await order(officer, `procedures/${kept.id}/consultations`, {
      units: [unitOf(first), unitOf(second)],
      question: 'Mật',
      dueOn: '2199-12-31',
    });
    expect((await tasks(first, `procedure=${kept.id}`, opened)).map(({ id }) => id)).toContain(opened.id);
    expect(await tasks(second, `procedure=${kept.id}`, opened)).toEqual([]);
    expect(await refused(second, `tasks/${opened.id}/answer`, { answer: 'x' })).toEqual([404, 'not-found']);
    expect(await refused(second, `tasks/${opened.id}/remind`, {})).toEqual([404, 'not-found']);
    expect(await refused(second, `procedures/${kept.id}/obstacles`, { description: 'x' })).toEqual([404, 'not-found']);
  });

  it('holds that a unit has answered about what is secret, and never what', async () => {
    const { body } = await administrator.get<{ items: readonly { id: string; username: string }[] }>('/api/v1/people');
    for (const { person } of [officer, authority]) {
      const id = body.items.find(({ username }) => username === person?.username)?.id ?? '';
      await order(chief, `people/${id}/clearance`, { clearance: 'secret' });
    }
    const { id } = await order(officer, 'procedures', { ...registration(officer), classification: 'secret', parts: undefined });
    await publish(id);
    const assigned = await order(authority, `procedures/${id}/actions/assign-review`, { units: [unitOf(officer)], dueOn: '2199-12-31' });
    const [task] = await tasks(officer, `procedure=${id}`, assigned);
    const path = `tasks/${task?.id ?? ''}/answer`;
    expect(await refused(officer, path, { answer: 'nội dung mật' })).toEqual([400, 'invalid-body']);
    const answered = await order(officer, path, {});
    expect(await tasks(officer, `procedure=${id}`, answered)).toMatchObject([{ state: 'answered', answer: null }]);
  });

  it('shows a deputy in whose name each is theirs, without a header and with it', async () => {
    const { body } = await administrator.get<{ items: readonly { id: string; username: string }[] }>('/api/v1/people');
    const idOf = ({ person }: Caller): string => body.items.find(({ username }) => username === person?.username)?.id ?? '';
    const absent = idOf(first);
    const days = { startsOn: '2020-01-01', endsOn: '2199-12-31', reason: 'đi công tác' };
    const { id: delegation } = await order(first, 'delegations', { from: absent, to: idOf(second), actions: ['answer'], ...days });
    const consultation = { units: [unitOf(first), unitOf(second)], question: 'Bỏ được bước 4 không?', dueOn: '2199-12-31' };
    const opened = await order(officer, `procedures/${procedure}/consultations`, consultation);
    const shown = async (path: string, headers: Readonly<Record<string, string>> = {}): Promise<unknown> => {
      const answer = await second.get<TaskPage>(`/api/v1/${path}?minPosition=${opened.position}`, headers);
      return answer.body.items.flatMap(({ id, unit, actingFor }) => (id === opened.id ? [[unit, actingFor]] : [])).sort();
    };
    const acting = { 'acting-for': absent };
    const both = [[unitOf(first), absent], [unitOf(second), null]].sort(); // prettier-ignore
    expect(await shown('tasks')).toEqual(both);
    expect(await shown(`procedures/${procedure}/tasks`)).toEqual(both);
    expect(await shown('tasks', acting)).toEqual([[unitOf(first), absent]]);
    expect(await shown('tasks', { 'acting-for': idOf(officer) })).toEqual([]);
    await order(second, `tasks/${opened.id}/answer`, { answer: 'Được' }, acting);
    await order(first, `delegations/${delegation}/revoke`, { reason: 'đã về' });
  });

  it('asks nobody about what has come to its end', async () => {
    const { id } = await order(officer, 'procedures', registration(officer));
    const consultation = { units: [unitOf(first)], question: 'Bỏ được không?', dueOn: '2199-12-31' };
    const opened = await order(officer, `procedures/${id}/consultations`, consultation);
    expect(await refused(first, `tasks/${opened.id}/answer`, {})).toEqual([400, 'invalid-body']);
    await order(officer, `procedures/${id}/actions/withdraw`, { reason: 'trùng' });
    expect(await refused(first, `tasks/${opened.id}/answer`, { answer: 'Được' })).toEqual([409, 'inquiry-closed']);
    expect(await refused(officer, `tasks/${opened.id}/remind`, {})).toEqual([409, 'inquiry-closed']);
    expect(await refused(officer, `procedures/${id}/consultations`, consultation)).toEqual([409, 'inquiry-closed']);
    expect(await refused(officer, `procedures/${id}/obstacles`, { description: 'x' })).toEqual([409, 'inquiry-closed']);
  });
});
