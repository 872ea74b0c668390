import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type StartedApp } from './support/app.js';
import { decision, goodReview, order, proposal, registration, signInAs, type Caller, type Problem } from './support/client.js';

interface Operation {
  readonly parameters?: readonly { readonly name: string }[];
}
type Description = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };
interface Line {
  readonly type: string;
  readonly actor: {
    readonly id: string;
    readonly role: string;
    readonly unit: string;
    readonly onBehalfOf?: string;
    readonly onBehalfOfName?: string;
  };
}

const slow = 300_000;
const own = 'in one’s own name';
const delegated = 'also for somebody else';

/** Every command of the API, and whether it can be sent for somebody else under a delegation. A new one is to be decided on here. */
const commands: Readonly<Record<string, typeof own | typeof delegated>> = {
  'POST /auth/login': own,
  'POST /auth/refresh': own,
  'POST /auth/logout': own,
  'POST /auth/sessions/{id}/logout': own,
  'POST /auth/logout-everywhere': own,
  'POST /auth/password': own,
  'POST /service-accounts': own,
  'POST /service-accounts/{id}/rotate': own,
  'POST /service-accounts/{id}/revoke': own,
  'POST /procedures': delegated,
  'PATCH /procedures/{id}/parts': delegated,
  'POST /compliance-cost': own,
  'POST /procedures/{id}/actions/build': delegated,
  'POST /procedures/{id}/actions/review': delegated,
  'POST /procedures/{id}/actions/propose': delegated,
  'POST /procedures/{id}/actions/publish': delegated,
  'POST /procedures/{id}/actions/disclose': delegated,
  'POST /procedures/{id}/actions/apply': delegated,
  'POST /procedures/{id}/actions/audit': delegated,
  'POST /procedures/{id}/actions/assign-review': delegated,
  'POST /procedures/{id}/actions/propose-option': delegated,
  'POST /procedures/{id}/actions/check-quality': delegated,
  'POST /procedures/{id}/actions/approve-option': delegated,
  'POST /procedures/{id}/actions/reject-option': delegated,
  'POST /procedures/{id}/actions/implement-option': delegated,
  'POST /procedures/{id}/actions/return': delegated,
  'POST /procedures/{id}/actions/abolish': delegated,
  'POST /procedures/{id}/actions/withdraw': delegated,
  'POST /procedures/{id}/actions/suspend': delegated,
  'POST /procedures/{id}/actions/resume': delegated,
  'POST /procedures/{id}/actions/correct': delegated,
  'POST /procedures/{id}/attachments': own,
  'POST /procedures/{id}/comments': own,
  'POST /units': own,
  'POST /units/{id}/rename': own,
  'POST /units/{id}/move': own,
  'POST /units/{id}/merge': own,
  'POST /units/{id}/close': own,
  'POST /people': own,
  'POST /people/{id}/roles': own,
  'DELETE /people/{id}/roles/{role}': own,
  'POST /people/{id}/clearance': own,
  'POST /delegations': own,
  'POST /delegations/{id}/revoke': own,
  'POST /procedures/{id}/claim': delegated,
  'POST /procedures/{id}/assign': delegated,
  'POST /procedures/{id}/release': delegated,
  'POST /procedures/{id}/consultations': delegated,
  'POST /procedures/{id}/obstacles': delegated,
  'POST /tasks/{id}/answer': delegated,
  'POST /tasks/{id}/close': delegated,
  'POST /tasks/{id}/remind': delegated,
  'POST /notifications/read': own,
  'PUT /notifications/settings': own,
  'POST /notifications/settings/confirm': own,
  'POST /definitions/{id}/versions': own,
  'POST /definitions/{id}/versions/{version}/validate': own,
  'POST /definitions/{id}/versions/{version}/publish': own,
  'POST /definitions/{id}/versions/{version}/retire': own,
  'POST /definitions/{id}/migrations': own,
  'POST /calendars/{id}/versions': own,
  'POST /calendars/{id}/versions/preview': own,
  'POST /webhooks': own,
  'PATCH /webhooks/{id}': own,
  'DELETE /webhooks/{id}': own,
  'POST /webhooks/{id}/rotate-secret': own,
  'POST /webhooks/{id}/test': own,
  'POST /webhooks/{id}/deliveries/{message}/retry': own,
  'POST /webhooks/{id}/replay': own,
  'POST /processors/{name}/rebuild': own,
  'POST /processors/{name}/rebuild/cancel': own,
  'POST /processors/{name}/pause': own,
  'POST /processors/{name}/resume': own,
  'POST /processors/{name}/takeover': own,
  'POST /dead-letters/retry': own,
  'POST /dead-letters/discard': own,
};

describe('Every command', () => {
  let app: StartedApp;
  let administrator: Caller;
  let described: Readonly<Record<string, Operation>>;
  beforeAll(async () => {
    app = await startApp();
    administrator = await signInAs(app.url, 'administrator', 'service');
    const { paths } = JSON.parse(await readFile('docs/openapi.json', 'utf8')) as Description;
    described = Object.fromEntries(
      Object.entries(paths).flatMap(([path, operations]) =>
        Object.entries(operations)
          .filter(([method]) => method !== 'get')
          .map(([method, operation]) => [`${method.toUpperCase()} ${path.replace('/api/v1', '')}`, operation] as const),
      ),
    );
  }, slow);
  afterAll(() => app.stop());

  it('was decided on: whether it is sent for somebody else too', () => {
    expect(Object.keys(described).sort()).toEqual(Object.keys(commands).sort());
    for (const [name, { parameters = [] }] of Object.entries(described))
      expect([name, parameters.some((one) => one.name === 'Acting-For')]).toEqual([name, commands[name] === delegated]);
  });

  it(
    'that is sent in one’s own name alone refuses to be sent for somebody else',
    async () => {
      for (const [name, whose] of Object.entries(commands)) {
        const [method = '', path = ''] = name.split(' ');
        const at = `/api/v1${path.replace(/\{\w+\}/g, () => randomUUID())}`;
        const answer = await administrator.send<Problem>(method, at, method === 'DELETE' ? undefined : '{}', {
          'acting-for': randomUUID(),
        });
        const isRefused = answer.body.errors?.some((one) => one.path === 'Acting-For') === true;
        expect([name, isRefused]).toEqual([name, whose === own]);
        if (isRefused) expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-body' } });
      }
    },
    slow,
  );

  it(
    'is recorded under the role that allowed it, whatever the person holds besides, and with both people',
    async () => {
      const { body } = await administrator.get<{ items: { id: string; name: string }[] }>('/api/v1/people');
      const idOf = ({ person }: Caller): string => body.items.find(({ name }) => name === person?.name)?.id ?? '';
      const [officer, leader] = [await signInAs(app.url, 'officer', 'service'), await signInAs(app.url, 'leader', 'ministry')];
      const unit = officer.person?.unit.id ?? '';
      for (const role of ['administrator', 'authority', 'leader'])
        await order(administrator, `people/${idOf(officer)}/roles`, { role, unit });
      const { id } = await order(officer, 'procedures', registration(officer));
      const [from, to] = [idOf(officer), idOf(leader)];
      const days = { startsOn: '2020-01-01', endsOn: '2199-12-31', reason: 'đi công tác' };
      await order(officer, 'delegations', {
        from,
        to,
        actions: ['review', 'propose', 'publish', 'consult', 'close-consultation'],
        ...days,
      });
      const acting = { 'acting-for': from };
      await order(leader, `procedures/${id}/actions/review`, goodReview, acting);
      await order(leader, `procedures/${id}/actions/propose`, proposal, acting);
      await order(leader, `procedures/${id}/actions/publish`, { decision }, acting);
      const asked = { units: [unit], question: 'Có vướng mắc gì không?', dueOn: '2199-12-31' };
      await order(leader, `procedures/${id}/consultations`, asked, acting);
      const task = await order(officer, `procedures/${id}/consultations`, asked);
      await order(officer, `tasks/${task.id}/answer`, { answer: 'Không' });
      expect((await leader.post<Problem>(`/api/v1/tasks/${task.id}/answer`, { answer: 'x' }, acting)).status).toBe(403);
      const { body: history } = await officer.get<{ items: Line[] }>(`/api/v1/procedures/${id}/history?refused=true`);
      expect(history.items.map(({ type, actor: { id: by, role, onBehalfOf } }) => [type, by, role, onBehalfOf])).toEqual([
        ['ProcedureRegistered', from, 'officer', undefined],
        ['ProcedureReviewed', to, 'officer', from],
        ['PublicationProposed', to, 'officer', from],
        ['ProcedurePublished', to, 'authority', from],
        ['CommandRefused', to, 'none', from],
      ]);
      expect(history.items.at(-2)?.actor).toMatchObject({ unit, onBehalfOfName: officer.person?.name });
    },
    slow,
  );
});
