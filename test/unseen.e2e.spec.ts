import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { metrics } from '#programmes';
import { roles } from '#workflow';
import { startApp, type StartedApp } from './support/app.js';
import { Caller, decision, goodReview, option, order, proposal, registration, signInAs, type Accepted } from './support/client.js';
import { sendSheet } from './support/sheets.js';
import { pdf } from './support/sample-files.js';
import { WebhookReceiver } from './support/webhook-receiver.js';

const api = '/api/v1';
const password = 'một mật khẩu thật dài';
const reason = { reason: 'thử' };
/** Of nothing that there is. */
const strange = randomUUID();
const [kept, open] = [
  { title: 'Thủ tục kín đáo', code: '1.000001', field: 'lĩnh vực kín đáo', classification: 'confidential' },
  { title: 'Thủ tục công khai', code: '1.000002', field: 'lĩnh vực công khai', classification: 'none' },
];

/** Doors that know no procedure, so that there is nothing to walk, and why. Whatever is not here is walked. */
const withoutProcedures: Readonly<Record<string, string>> = {
  'POST /api/v1/auth/login': 'signs in',
  'POST /api/v1/auth/refresh': 'signs in',
  'POST /api/v1/auth/logout': 'signs out',
  'POST /api/v1/auth/logout-everywhere': 'signs out',
  'POST /api/v1/auth/password': 'an account',
  'POST /api/v1/service-accounts': 'an account',
  'POST /api/v1/people': 'an account',
  'POST /api/v1/delegations': 'people',
  'POST /api/v1/units': 'units',
  'PUT /api/v1/account/preferences': 'an account',
  'PUT /api/v1/notifications/settings': 'an address',
  'POST /api/v1/notifications/settings/confirm': 'an address',
  'POST /api/v1/webhooks': 'a receiver',
  'POST /api/v1/programmes': 'a period',
  'POST /api/v1/periods': 'figures of what is not classified',
  'POST /api/v1/inspections': 'units',
  'POST /api/v1/steering-boards': 'a unit',
  'POST /api/v1/indicators': 'a figure that units report',
  'POST /api/v1/compliance-cost': 'a calculator',
  'POST /api/v1/compliance-cost/sensitivity': 'a calculator',
  'POST /api/v1/procedures': 'makes one; a code that is taken is taken, whoever has it',
  'POST /api/v1/imports': 'a sheet, whose rows are single commands',
};
/** What these say moves with the whole log, and so with anything that anybody does, or reads; ids and titles of it they have none of. */
const moving = ['/api/v1/processors', '/metrics', '/api/v1/audit/', '/audit/'];
/** A list without end. */
const stream = 'GET /api/v1/stream';

/** A procedure and what hangs on it, by id. */
interface Whole {
  readonly procedure: string;
  readonly tasks: readonly string[];
  /** Of its file. */
  readonly hash: string;
  /** Of what somebody who is cleared was told about it. */
  readonly notification: string;
}
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: { readonly enum?: readonly string[] };
}
interface Operation {
  /** Method and path, as the description has it. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
}
interface Call {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}
interface Listed {
  readonly items: readonly { readonly id: string; readonly procedure: string }[];
}

describe('A procedure that somebody is not cleared for', () => {
  let app: StartedApp;
  let receiver: WebhookReceiver;
  let officer: Caller;
  let authority: Caller;
  let operations: readonly Operation[];
  let seen: Whole;
  let unseen: Whole;
  const absent = (): Whole => ({
    procedure: randomUUID(),
    tasks: unseen.tasks.map(() => randomUUID()),
    hash: 'f'.repeat(64),
    notification: randomUUID(),
  });
  const uncleared = new Map<string, Caller>();
  /** What each of them found in each list before it was registered. */
  const before = new Map<string, ReadonlyMap<string, string>>();
  /** By the word before the placeholder: something that is there, and is no procedure. */
  let subordinate = '';
  const existing: Record<string, string> = {
    definitions: 'internal',
    versions: '1',
    calendars: 'vn',
    parameters: 'hourlyWage',
    papers: 'review-results',
    entries: '000',
    tile: '0/000',
  };

  /** What a procedure can have, owned by the officer's service; answers once every view holds it. */
  const wholeProcedure = async (about: typeof kept): Promise<Whole> => {
    const { id } = await order(officer, 'procedures', { ...registration(officer), ...about });
    const at = `procedures/${id}`;
    await order(officer, `${at}/claim`, {});
    await authority.post(`${api}/${at}/actions/propose`, proposal);
    await order(officer, `${at}/actions/review`, goodReview);
    await order(officer, `${at}/actions/propose`, proposal);
    await order(authority, `${at}/actions/publish`, { decision });
    await order(authority, `${at}/actions/assign-review`, { units: [officer.person?.unit.id], dueOn: '2020-01-31', note: about.title });
    const asked = { units: [officer.person?.unit.id], question: about.title, dueOn: '2199-12-31' };
    const consultation = await order(officer, `${at}/consultations`, asked);
    const obstacle = await order(officer, `${at}/obstacles`, { description: about.title });
    await order(officer, `${at}/comments`, { text: about.title });
    const headers = { 'content-type': 'application/pdf' };
    const file = await officer.send<{ hash: string }>('POST', `${api}/${at}/attachments?name=a.pdf`, pdf(about.title).toString(), headers);
    const { position } = await order(officer, `${at}/claim`, {});
    expect((await officer.get(`${api}/processors?minPosition=${position}`)).status).toBe(200);
    const { body: tasks } = await officer.get<Listed>(`${api}/${at}/tasks`);
    const { body: told } = await officer.get<Listed>(`${api}/notifications?limit=200`);
    expect(tasks.items.map((one) => one.id)).toEqual(expect.arrayContaining([consultation.id, obstacle.id]));
    return {
      procedure: id,
      tasks: [...new Set(tasks.items.map((one) => one.id))],
      hash: file.body.hash,
      notification: told.items.find(({ procedure }) => procedure === id)?.id ?? '',
    };
  };
  const newPerson = async (administrator: Caller, username: string, held: readonly string[]): Promise<Caller> => {
    const { id } = await order(administrator, 'people', { name: username, username, password });
    for (const role of held) await order(administrator, `people/${id}/roles`, { role, unit: administrator.person?.unit.id });
    const { body } = await new Caller(app.url, null).post<{ token: string }>(`${api}/auth/login`, { username, password });
    return new Caller(app.url, body.token);
  };
  const publishDeadlines = async (administrator: Caller): Promise<void> => {
    const { body } = await administrator.get<object>(`${api}/definitions/internal/versions/2`);
    const deadlines = ['review', 'propose-option'].map((action) => ({ action, days: 5, counting: 'working' }));
    const { status } = await administrator.post(`${api}/definitions/internal/versions`, { ...body, calendar: 'vn', deadlines });
    expect(status).toBe(201);
    expect((await administrator.post(`${api}/definitions/internal/versions/3/publish`, {})).status).toBe(200);
  };

  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
    app = await startApp({ env: { WEBHOOK_HOSTS: receiver.host } });
    const administrator = await signInAs(app.url, 'administrator', 'service');
    [officer, authority] = await Promise.all([signInAs(app.url, 'officer', 'service'), signInAs(app.url, 'authority', 'service')]);
    existing['people'] = (await officer.get<{ id: string }>(`${api}/account`)).body.id;
    existing['units'] = officer.person?.unit.id ?? missing('the unit that owns it');
    await publishDeadlines(administrator);
    existing['programmes'] = (
      await order(authority, 'programmes', { code: '1', title: 'Kế hoạch', from: '2022-01-01', to: '2025-12-31' })
    ).id;
    for (const metric of metrics)
      existing['targets'] = (
        await authority.post<{ target: string }>(`${api}/programmes/${existing['programmes']}/targets`, {
          metric,
          threshold: '20',
          deadline: '2025-12-31',
        })
      ).body.target;
    existing['bundles'] = strange;
    existing['periods'] = (await order(authority, 'periods', { unit: existing['units'], period: '2020' })).id;
    existing['imports'] = (await sendSheet(officer, 'kind=procedures', 'a.csv', 'title\n')).body.id;
    const service = officer.person?.unit.id;
    const plan = { title: 'Sắp xếp', decision: { number: '1/QĐ', date: '2025-01-02' }, effectiveOn: '2199-01-01' };
    const { body: units } = await administrator.get<{ items: readonly { id: string; level: string }[] }>(`${api}/units`);
    subordinate = units.items.find(({ level }) => level === 'unit')?.id ?? missing('a unit below');
    const handed = { kind: 'transfer', unit: service, to: subordinate, fields: ['thuế'] };
    existing['reorganisations'] = (await order(administrator, 'reorganisations', { ...plan, steps: [handed] })).id;
    const announced = { title: 'Kiểm tra', by: service, of: service, announcedOn: '2025-11-03' };
    existing['inspections'] = (await order(authority, 'inspections', announced)).id;
    const established = { title: 'Ban chỉ đạo', unit: service, document: { number: '1/QĐ', date: '2025-01-10' } };
    existing['steering-boards'] = (await order(authority, 'steering-boards', established)).id;
    const checker = await signInAs(app.url, 'checker', 'service');
    existing['indicators'] = (
      await order(checker, 'indicators', { code: '1', title: 'Chỉ số', unitOfMeasure: 'đơn vị', per: 'service' })
    ).id;
    await order(officer, `indicators/${existing['indicators']}/reports`, { unit: existing['units'], period: '2025', value: '18' });
    const never = { action: 'withdraw', body: reason, selection: { ids: [randomUUID()] } };
    existing['bulk'] = (await officer.post<{ id: string }>(`${api}/bulk`, never)).body.id;
    existing['webhooks'] = (
      await administrator.post<{ id: string }>(`${api}/webhooks`, { url: `http://${receiver.host}/`, events: 'all' })
    ).body.id;
    uncleared.set('an officer', await newPerson(administrator, 'can.bo', ['officer']));
    uncleared.set('whoever has every role', await newPerson(administrator, 'moi.vai', roles));
    operations = await operationsOf('docs/openapi.json');
    seen = await wholeProcedure(open);
    const { body: refused } = await authority.get<{ readonly items: readonly { readonly position: string }[] }>(
      `${api}/procedures/${seen.procedure}/history?type=CommandRefused`,
    );
    existing['refusals'] = refused.items[0]?.position ?? missing('a refusal');
    const pending = `${api}/webhooks/${existing['webhooks']}/deliveries?state=pending`;
    while ((await administrator.get<Listed>(pending)).body.items.length > 0) await delay(100);
    for (const [who, caller] of uncleared) before.set(who, await found(caller));
    unseen = await wholeProcedure(kept);
  });
  afterAll(async () => {
    await app.stop();
    await receiver.stop();
  });

  /** Every list, with each of the queries that it takes, and what is answered. */
  const found = async (caller: Caller): Promise<ReadonlyMap<string, string>> => {
    const answers = new Map<string, string>();
    for (const { method, path, body } of operations.flatMap(lists)) {
      const { status, body: answer } = await caller.send(method, path, body === undefined ? undefined : JSON.stringify(body));
      // A paper says as of when it is, in its own bytes; its rows are those of the other forms.
      const said = path.includes('/exports/') ? linesOf(answer) : answer;
      const isPaper = path.includes('format=pdf') || path.startsWith(`${api}/papers/`);
      answers.set(`${method} ${path}`, asText(isPaper ? { status } : { status, answer: said }));
    }
    return answers;
  };
  /** Doors that show more than one thing, as they are asked without knowing of it. */
  const lists = (operation: Operation): readonly Call[] => {
    const { method, path, name } = operation;
    if (name === `POST ${api}/definitions/{id}/migrations`) return dryRuns({});
    if (name === `POST ${api}/calendars/{id}/versions/preview`)
      return [{ method, path: `${api}/calendars/vn/versions/preview`, body: { holidays: [], ...reason } }];
    if (method !== 'GET' || isOfOne(path) || name === stream) return [];
    const full = path.replace(/([\w-]+)\/\{\w+\}/g, (_, what: string) => `${what}/${existing[what] ?? missing(`something of ${path} that exists`)}`);
    return queriesOf(operation, undefined).map((query) => ({ method, path: `${full}${query}` }));
  }; // prettier-ignore
  /** Doors as they are asked by somebody who knows of it, or guesses. */
  const guesses = (operation: Operation, it: Whole): readonly Call[] => {
    const { method, path } = operation;
    const ids = path.startsWith(`${api}/tasks/`) ? it.tasks : [it.procedure];
    return ids.flatMap((id) =>
      queriesOf(operation, it).flatMap((query) => {
        const full = `${path.replace('{hash}', it.hash).replace(/\{\w+\}/g, id)}${query}`;
        if (method === 'GET') return [{ method, path: full }];
        return [{}, ...bodiesFor(operation, it)].map((body) => ({ method, path: full, body }));
      }),
    );
  };
  const dryRuns = (more: object): readonly Call[] => [
    {
      method: 'POST',
      path: `${api}/definitions/internal/migrations`,
      body: { from: 2, to: 1, stages: {}, clocks: 'keep-due', dryRun: true, ...reason, ...more },
    },
  ];
  const bodiesFor = ({ path }: Operation, it: Whole): readonly object[] => {
    const streams = { processor: 'register', stream: `procedure-${it.procedure}` };
    const unit = officer.person?.unit.id;
    const handing = {
      ...{ title: 'x', decision: { number: 'x', date: '2025-01-02' }, effectiveOn: '2199-01-01' },
      steps: [{ kind: 'transfer', unit, to: subordinate, procedures: [it.procedure] }],
    };
    const said: Readonly<Record<string, object>> = {
      'dead-letters/retry': streams,
      'dead-letters/discard': { ...streams, position: '1' },
      'notifications/read': { ids: [it.notification] },
      'procedures/{id}/parts': { steps: 'x' },
      'procedures/{id}/comments': { text: 'x' },
      'procedures/{id}/measurements': { cost: option.before, evidence: { title: 'x', date: '2024-01-01' } },
      'procedures/{id}/assign': { person: randomUUID(), ...reason },
      'procedures/{id}/consultations': { units: [unit], question: 'x', dueOn: '2199-12-31' },
      'procedures/{id}/obstacles': { description: 'x' },
      'procedures/{id}/actions/review': goodReview,
      'procedures/{id}/actions/propose': proposal,
      'procedures/{id}/actions/publish': { decision },
      'procedures/{id}/actions/assign-review': { units: [unit], dueOn: '2199-12-31' },
      'procedures/{id}/actions/propose-option': { option },
      'procedures/{id}/actions/check-quality': { passed: true, remarks: 'x' },
      'procedures/{id}/actions/approve-option': { decision },
      'procedures/{id}/actions/suspend': reason,
      'procedures/{id}/actions/correct': { revision: 0, changes: { title: 'x' }, ...reason },
      'tasks/{id}/answer': { answer: 'x' },
      reorganisations: handing,
      'reorganisations/preview': handing,
      'reorganisations/{id}/amend': handing,
      'audit/bundles': { procedure: it.procedure },
      bulk: { action: 'publish', body: { decision }, selection: { ids: [it.procedure] } },
    };
    const body = said[path.slice(api.length + 1)];
    return body ? [body] : [];
  };
  /** What it may be asked with: what it needs, alone and with each value of each thing that it takes besides. */
  const queriesOf = ({ path, parameters }: Operation, it: Whole | undefined): readonly string[] => {
    const known: Readonly<Record<string, readonly string[]>> = {
      ...{
        limit: ['1', '200'],
        unit: [officer.person?.unit.id ?? ''],
        procedure: it ? [it.procedure] : [],
        procedures: it ? [it.procedure] : [],
        stage: ['published'],
      },
      ...{
        page: ['procedures'],
        title: [kept.title],
        q: [kept.title],
        ids: [it?.procedure ?? strange],
        codes: [kept.code, `${kept.code},${open.code}`],
        field: [kept.field],
        name: ['a.pdf'],
        version: ['1'],
        asOf: ['0', '2199-01-01T00:00:00Z'],
        ...{ position: ['1'], event: [strange], size: ['1'] },
        person: [],
        programme: [existing['programmes'] ?? ''],
        ...{ at: ['0'], with: ['0'], row: ['internal/D/published'], column: ['count'] },
        period: ['2025'],
        ...{ decision: [decision.number], decidedOn: [decision.date], option: ['1'] },
      },
      ...{ type: ['ProcedureRegistered', 'CommandRefused'], actor: [strange], order: ['-revision'] },
      ...{
        from: path.endsWith('/diff') ? ['0'] : path.endsWith('/consistency') ? ['1'] : ['2026-03-02'],
        to: path.endsWith('/diff') || path.endsWith('/consistency') ? ['1'] : ['2199-01-01'],
        add: ['1'],
        before: ['2199-01-01T00:00:00Z'],
      },
      ...{ action: ['publish'], result: ['refused,failed'], position: ['1'], event: [strange], size: ['1'] },
      ...{ signedFrom: ['2000-01-01'], signedTo: ['2199-01-01'], minPosition: ['1'], cursor: [] },
      ...{
        near: [officer.person?.unit.id ?? ''],
        waitsFor: [officer.person?.unit.id ?? ''],
        registeredFrom: ['2000-01-01'],
        inStageFrom: ['2000-01-01'],
      },
      state: path.endsWith('/deliveries') ? ['pending', 'delivered,failed'] : ['open,warned', 'missed'],
    };
    const asked = parameters.filter((one) => one.in === 'query');
    const valuesOf = ({ name, schema }: Parameter): readonly string[] => schema.enum ?? known[name] ?? missing(`a value of ${name}`);
    const needed = asked.filter(({ required }) => required === true).map((one): [string, string] => [one.name, valuesOf(one)[0] ?? '']);
    const others = asked
      .filter(({ required }) => required !== true)
      .flatMap((one) => valuesOf(one).map((value): [string, string] => [one.name, value]));
    return [[], ...others.map((one) => [one])].map((more) => {
      const query = new URLSearchParams([...needed, ...more]).toString();
      return query === '' ? '' : `?${query}`;
    });
  };

  it('can be looked for through every door of the description, and none is forgotten', () => {
    const names = operations.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(Object.keys(withoutProcedures)));
    const walked = operations.filter(
      (one) => one.name === stream || one.path.includes('{') || lists(one).length > 0 || bodiesFor(one, seen).length > 0,
    );
    expect(names.filter((name) => !walked.some((one) => one.name === name)).sort()).toEqual(Object.keys(withoutProcedures).sort());
  });

  it('is found by those who are cleared, as one like it that is not classified by everybody', async () => {
    const places = ['procedures', 'worklist?scope=claimed', 'deadlines', 'tasks', 'notifications'];
    for (const place of places) {
      const text = JSON.stringify((await officer.get(`${api}/${place}`)).body);
      expect([place, text.includes(unseen.procedure), text.includes(seen.procedure)]).toEqual([place, true, true]);
    }
    const isIn = (text = ''): boolean => text.includes(seen.procedure);
    const finds = before.get('an officer');
    for (const place of ['procedures', 'worklist?scope=unit', 'deadlines', 'tasks', 'notifications'])
      expect([place, isIn(finds?.get(`GET ${api}/${place}`))]).toEqual([place, true]);
    expect([unseen.notification, unseen.tasks.length, unseen.hash.length]).toEqual([expect.stringMatching(/^.{36}$/), 3, 64]);
  });

  it.each(['an officer', 'whoever has every role'])('is answered to %s as one that there is not, whatever is asked', async (who) => {
    const caller = uncleared.get(who) ?? missing(who);
    const none = absent();
    for (const operation of operations) {
      const named = bodiesFor(operation, unseen).length > 0 || operation.path.includes('{') || operation.path === `${api}/tasks`;
      if (!named) continue;
      const [asked, else_] = [guesses(operation, unseen), guesses(operation, none)];
      for (const [index, call] of asked.entries()) {
        const answer = await ask(caller, call, operation, unseen);
        expect([operation.name, call, answer]).toEqual([operation.name, call, await ask(caller, else_[index] ?? call, operation, none)]);
        if (isOfOne(operation.path)) expect([call, answer.status]).toEqual([call, 404]);
      }
    }
    const [migration, other] = [dryRuns({ procedures: [unseen.procedure] }), dryRuns({ procedures: [none.procedure] })];
    for (const [index, call] of migration.entries())
      expect(await ask(caller, call, undefined, unseen)).toEqual(await ask(caller, other[index] ?? call, undefined, none));
  }); // prettier-ignore

  it.each(['an officer', 'whoever has every role'])('is in no list, count, report or export of %s', async (who) => {
    const caller = uncleared.get(who) ?? missing(who);
    const now = await found(caller);
    expect([...now.keys()]).toEqual([...(before.get(who)?.keys() ?? [])]);
    for (const [list, answer] of now) {
      const held = [unseen.procedure, unseen.hash, unseen.notification, ...unseen.tasks, kept.title].filter((one) => answer.includes(one));
      expect([list, held]).toEqual([list, []]);
      if (!moving.some((path) => list.startsWith(`GET ${path}`))) expect([list, answer]).toEqual([list, before.get(who)?.get(list)]);
    }
  }); // prettier-ignore

  it('is not found by its id or code, beside one that is', async () => {
    const query = [`ids=${unseen.procedure},${seen.procedure}`, `codes=${kept.code},${open.code}`];
    const asked = async (caller: Caller): Promise<readonly (readonly string[])[]> =>
      Promise.all(
        query.map(async (one) => (await caller.get<Listed>(`${api}/procedures?${one}&total=true`)).body.items.map(({ id }) => id)),
      );
    expect((await asked(officer)).map((ids) => ids.length)).toEqual([2, 2]);
    for (const caller of uncleared.values()) expect(await asked(caller)).toEqual([[seen.procedure], [seen.procedure]]);
  });

  it('is in nothing that is told as it happens', async () => {
    const last = await order(officer, 'procedures', registration(officer));
    expect(await heard(officer, last)).toContain(unseen.procedure);
    for (const caller of uncleared.values()) {
      const told = await heard(caller, last);
      expect([told.includes(seen.procedure), told.includes(unseen.procedure)]).toEqual([true, false]);
    }
    const sent = JSON.stringify(receiver.messages);
    expect([sent.includes(seen.procedure), sent.includes(unseen.procedure)]).toEqual([true, false]);
  }); // prettier-ignore

  /** What is answered, without what differs from request to request and without the ids that were asked with. */
  const ask = async (caller: Caller, { method, path, body }: Call, operation: Operation | undefined, it: Whole): Promise<{ readonly status: number; readonly said: string; readonly headers: unknown }> => {
    const isFile = method === 'POST' && operation?.path.endsWith('/attachments') === true;
    const text = isFile ? pdf('x').toString() : body === undefined ? undefined : JSON.stringify(body);
    const answer = await caller.send(method, path, text, isFile ? { 'content-type': 'application/pdf' } : {});
    const said = asText(answer.body);
    const headers = [...answer.headers].filter(([name]) => !['date', 'x-correlation-id', 'content-length'].includes(name));
    // Each preview has an id of its own.
    const own = operation?.path === `${api}/bulk` ? [(answer.body as { readonly id?: string }).id ?? 'none'] : [];
    const ids = [it.procedure, it.hash, it.notification, ...it.tasks, ...own];
    return { status: answer.status, headers, said: ids.reduce((all, id) => all.replaceAll(id, 'it'), said) };
  }; // prettier-ignore
  /** What the stream of changes says from the beginning of the log until the last that happened. */
  const heard = async (caller: Caller, { id }: Accepted): Promise<string> => {
    const answer = await fetch(`${app.url}${api}/stream`, {
      headers: { authorization: `Bearer ${caller.token ?? ''}`, 'last-event-id': '0' },
      signal: AbortSignal.timeout(30_000),
    });
    let text = '';
    for await (const chunk of answer.body ?? []) {
      text += Buffer.from(chunk as Uint8Array).toString();
      if (text.includes(id)) break;
    }
    return text;
  };
});

/** Whether what is asked for is one procedure, or a task about one. */
const isOfOne = (path: string): boolean => /^\/api\/v1\/(procedures|tasks)\/\{id\}/.test(path);

/** How far the log has come is no secret, and nothing that is compared. */
const asText = (answer: unknown): string =>
  JSON.stringify({ answer }, (name, value: unknown) => (['asOf', 'position', 'madeAt', 'endedAt'].includes(name) ? undefined : value));

/** Of an export, without the checksums, which also say how far the log has come. */
const linesOf = (file: unknown): readonly unknown[] =>
  String(file)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line, (name, value: unknown) => (['chain', 'sha256', 'at'].includes(name) ? undefined : value)) as unknown);

/** Whoever adds a door says here what it is asked with. */
function missing(what: string): never {
  throw new Error(`The walk needs ${what}.`);
}

async function operationsOf(file: string): Promise<readonly Operation[]> {
  const { paths } = JSON.parse(await readFile(file, 'utf8')) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly parameters?: readonly Parameter[] }>>>>;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([verb, { parameters = [] }]) => {
      const method = verb.toUpperCase();
      return { name: `${method} ${path}`, method, path, parameters };
    }),
  );
}
