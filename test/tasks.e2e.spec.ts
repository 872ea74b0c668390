import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type StartedApp } from './support/app.js';
import {
  decision,
  goodReview,
  option,
  order,
  proposal,
  registration,
  signInAs,
  type Accepted,
  type Caller,
  type Problem,
} from './support/client.js';

const slow = 180_000;

interface Task {
  readonly id: string;
  readonly kind: string;
  readonly unit: string;
  readonly state: string;
  readonly answer: string | null;
  readonly remindedAt: string | null;
}

describe('Asking units about a procedure', () => {
  let app: StartedApp;
  let officer: Caller;
  let authority: Caller;
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
  const about = async ({ position }: Accepted): Promise<Record<string, string>> => {
    const { body } = await officer.get<{ items: readonly Task[] }>(`/api/v1/procedures/${procedure}/tasks?minPosition=${position}`);
    return Object.fromEntries(body.items.map(({ kind, unit, state }) => [`${kind} ${unit}`, state]));
  };

  beforeAll(async () => {
    app = await startApp();
    const demo = [
      ['officer', 'service'],
      ['authority', 'service'],
      ['officer', 'unit', 0],
      ['officer', 'unit', 2],
    ] as const;
    [officer, authority, first, second] = (await Promise.all(demo.map(([role, level, nth]) => signInAs(app.url, role, level, nth)))) as [
      Caller,
      Caller,
      Caller,
      Caller,
    ];
    ({ id: procedure } = await order(officer, 'procedures', registration(officer)));
    await order(officer, `procedures/${procedure}/actions/review`, goodReview);
    await order(officer, `procedures/${procedure}/actions/propose`, proposal);
    await order(authority, `procedures/${procedure}/actions/publish`, { decision });
  }, slow);
  afterAll(() => app.stop());

  it(
    'lets units that are asked open what they are asked about, wherever they stand and whatever is asked later',
    async () => {
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
    },
    slow,
  );

  it(
    'puts an assigned review into the tasks of many units, and shows who has not answered',
    async () => {
      const units = [unitOf(first), unitOf(second), unitOf(officer)];
      const assigned = await order(authority, `procedures/${procedure}/actions/assign-review`, {
        units,
        dueOn: '2020-01-31',
        note: 'Rà soát quý I',
      });
      const [task] = await tasks(first, 'kind=review&state=overdue', assigned);
      expect(task).toMatchObject({ kind: 'review', unit: unitOf(first), question: 'Rà soát quý I', dueOn: '2020-01-31' });
      const answered = await order(first, `tasks/${task?.id ?? ''}/answer`, { answer: 'Không có phương án' });
      expect(await refused(first, `tasks/${task?.id ?? ''}/answer`, { answer: 'Lần nữa' })).toEqual([409, 'already-answered']);
      expect(await refused(second, `tasks/${task?.id ?? ''}/answer`, { answer: 'x', unit: unitOf(first) })).toEqual([
        403,
        'not-authorised',
      ]);
      expect(await about(answered)).toEqual({
        [`review ${unitOf(first)}`]: 'answered',
        [`review ${unitOf(second)}`]: 'overdue',
        [`review ${unitOf(officer)}`]: 'overdue',
      });
      // To propose an option is an answer.
      const proposed = await order(officer, `procedures/${procedure}/actions/propose-option`, { option });
      expect((await about(proposed))[`review ${unitOf(officer)}`]).toBe('answered');
    },
    slow,
  );

  it(
    'asks several units for their opinion, collects, and closes',
    async () => {
      const units = [unitOf(first), unitOf(second)];
      const consultation = { units, question: 'Có thể bỏ bước 2 không?', dueOn: '2199-12-31' };
      expect(await refused(first, `procedures/${procedure}/consultations`, consultation)).toEqual([403, 'not-authorised']);
      expect(await refused(officer, `procedures/${procedure}/consultations`, { ...consultation, dueOn: '2020-01-01' })).toEqual([
        400,
        'invalid-body',
      ]);
      expect(await refused(officer, `procedures/${procedure}/consultations`, { ...consultation, units: [] })).toEqual([
        400,
        'invalid-body',
      ]);
      const opened = await order(officer, `procedures/${procedure}/consultations`, consultation);
      expect((await tasks(second, 'kind=consultation&state=open', opened)).map(({ id }) => id)).toEqual([opened.id]);
      await order(second, `tasks/${opened.id}/answer`, { answer: 'Được' });
      const closed = await order(officer, `tasks/${opened.id}/close`, { reason: 'đủ ý kiến' });
      expect(await refused(first, `tasks/${opened.id}/answer`, { answer: 'muộn' })).toEqual([409, 'inquiry-closed']);
      const shown = await tasks(officer, `kind=consultation&procedure=${procedure}`, closed);
      expect(shown.map(({ unit, state, answer }) => [unit, state, answer]).sort()).toEqual(
        [
          [unitOf(first), 'closed', null],
          [unitOf(second), 'answered', 'Được'],
        ].sort(),
      );
      const again = await order(officer, `procedures/${procedure}/consultations`, consultation);
      await order(first, `tasks/${again.id}/answer`, { answer: 'Được' });
      const { events } = await order(second, `tasks/${again.id}/answer`, { answer: 'Không' });
      expect(events).toEqual(['InquiryAnswered', 'InquiryClosed']);
    },
    slow,
  );

  it(
    'reminds those that have not answered when whoever asked wants it, once a day',
    async () => {
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
    },
    slow,
  );

  it(
    'lets any unit raise an obstacle, which the unit that owns the procedure must answer',
    async () => {
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
    },
    slow,
  );

  it(
    'shows nothing of a classified procedure to units that are not cleared',
    async () => {
      const kept = await order(officer, 'procedures', { ...registration(officer), classification: 'confidential' });
      await order(officer, `procedures/${kept.id}/actions/review`, goodReview);
      await order(officer, `procedures/${kept.id}/actions/propose`, proposal);
      await order(authority, `procedures/${kept.id}/actions/publish`, { decision });
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
    },
    slow,
  );

  it(
    'holds that a unit has answered about what is secret, and never what',
    async () => {
      const administrator = await signInAs(app.url, 'administrator', 'service');
      const { body } = await administrator.get<{ items: readonly { id: string; username: string }[] }>('/api/v1/people');
      for (const { person } of [officer, authority]) {
        const id = body.items.find(({ username }) => username === person?.username)?.id ?? '';
        await order(administrator, `people/${id}/clearance`, { clearance: 'secret' });
      }
      const { id } = await order(officer, 'procedures', { ...registration(officer), classification: 'secret', parts: undefined });
      await order(officer, `procedures/${id}/actions/review`, goodReview);
      await order(officer, `procedures/${id}/actions/propose`, proposal);
      await order(authority, `procedures/${id}/actions/publish`, { decision });
      const assigned = await order(authority, `procedures/${id}/actions/assign-review`, { units: [unitOf(officer)], dueOn: '2199-12-31' });
      const [task] = await tasks(officer, `procedure=${id}`, assigned);
      const path = `tasks/${task?.id ?? ''}/answer`;
      expect(await refused(officer, path, { answer: 'nội dung mật' })).toEqual([400, 'invalid-body']);
      const answered = await order(officer, path, {});
      expect(await tasks(officer, `procedure=${id}`, answered)).toMatchObject([{ state: 'answered', answer: null }]);
    },
    slow,
  );

  it(
    'asks nobody about what has come to its end',
    async () => {
      const { id } = await order(officer, 'procedures', registration(officer));
      const consultation = { units: [unitOf(first)], question: 'Bỏ được không?', dueOn: '2199-12-31' };
      const opened = await order(officer, `procedures/${id}/consultations`, consultation);
      expect(await refused(first, `tasks/${opened.id}/answer`, {})).toEqual([400, 'invalid-body']);
      await order(officer, `procedures/${id}/actions/withdraw`, { reason: 'trùng' });
      expect(await refused(first, `tasks/${opened.id}/answer`, { answer: 'Được' })).toEqual([409, 'inquiry-closed']);
      expect(await refused(officer, `tasks/${opened.id}/remind`, {})).toEqual([409, 'inquiry-closed']);
      expect(await refused(officer, `procedures/${id}/consultations`, consultation)).toEqual([409, 'inquiry-closed']);
      expect(await refused(officer, `procedures/${id}/obstacles`, { description: 'x' })).toEqual([409, 'inquiry-closed']);
    },
    slow,
  );
});
