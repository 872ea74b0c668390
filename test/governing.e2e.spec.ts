import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StartedApp } from './support/app.js';
import { newPersonAt, startAppWithChief } from './support/chief.js';
import { Caller, order, signInAs, type DemoPerson, type Problem } from './support/client.js';

const api = '/api/v1';
/** Administrators of one unit, of the service above it, of another service and of the ministry. */
const askers = ['unit', 'service', 'otherService', 'ministry'] as const;
type Asker = (typeof askers)[number];

interface Walked {
  /** As the description has it, with its ids filled in. */
  readonly path: string;
  readonly body?: object;
  /** Whose order it may be; all others are refused. */
  readonly for: readonly Asker[];
}

/** What belongs to no unit. */
const governing: readonly Asker[] = ['service', 'otherService', 'ministry'];
/** What belongs to another unit of the same service. */
const above: readonly Asker[] = ['service', 'ministry'];

/** Operations in which an administrator has no say by being one, and why. Whatever is not here is walked. */
const notAdministering: Readonly<Record<string, readonly string[]>> = {
  'for whoever has a password, a token or a browser': [
    'POST /api/v1/auth/login',
    'POST /api/v1/auth/refresh',
    'GET /api/v1/auth/oidc/start',
    'GET /api/v1/auth/oidc/callback',
    'GET /api/v1/auth/demo',
    'GET /api/v1/auth/ways',
  ],
  'the tree over the log, whose leaves are for auditors': ['GET /audit/*'],
  'about the caller’s own account': [
    'POST /api/v1/auth/logout',
    'GET /api/v1/auth/sessions',
    'POST /api/v1/auth/sessions/{id}/logout',
    'POST /api/v1/auth/password',
    'GET /api/v1/account',
    'GET /api/v1/account/preferences',
    'PUT /api/v1/account/preferences',
    'GET /api/v1/saved-views',
    'PUT /api/v1/saved-views/{id}',
    'DELETE /api/v1/saved-views/{id}',
    'GET /api/v1/notifications',
    'POST /api/v1/notifications/read',
    'GET /api/v1/notifications/settings',
    'PUT /api/v1/notifications/settings',
    'POST /api/v1/notifications/settings/confirm',
    'GET /api/v1/imports/{id}',
    'GET /api/v1/imports/{id}/events',
    'POST /api/v1/imports/{id}/cancel',
    'GET /api/v1/bulk/{id}',
    'GET /api/v1/bulk/{id}/events',
    'POST /api/v1/bulk/{id}/pause',
    'POST /api/v1/bulk/{id}/resume',
    'POST /api/v1/bulk/{id}/cancel',
    'POST /api/v1/bulk/{id}/retry',
  ],
  'for auditors': ['POST /api/v1/audit/bundles'],
  'for those whom the lifecycle and its policy name': [
    'POST /api/v1/procedures',
    'PATCH /api/v1/procedures/{id}/parts',
    'POST /api/v1/procedures/{id}/actions/*',
    'POST /api/v1/procedures/{id}/claim',
    'POST /api/v1/procedures/{id}/assign',
    'POST /api/v1/procedures/{id}/release',
    'POST /api/v1/procedures/{id}/consultations',
    'POST /api/v1/procedures/{id}/obstacles',
    'POST /api/v1/procedures/{id}/comments',
    'POST /api/v1/procedures/{id}/attachments',
    'POST /api/v1/procedures/{id}/measurements',
    'POST /api/v1/tasks/{id}/answer',
    'POST /api/v1/tasks/{id}/close',
    'POST /api/v1/tasks/{id}/remind',
    'POST /api/v1/imports',
    'POST /api/v1/bulk',
  ],
  'for authorities of a service or of the ministry': [
    'POST /api/v1/programmes',
    'POST /api/v1/programmes/{id}/targets',
    'POST /api/v1/programmes/{id}/targets/{target}/withdraw',
    'POST /api/v1/programmes/{id}/targets/{target}/published-figure',
    'POST /api/v1/programmes/{id}/close',
    'POST /api/v1/periods',
  ],
  'for checkers and authorities of the unit that inspects, and officers of those that are asked': [
    'POST /api/v1/inspections',
    'POST /api/v1/inspections/{id}/actions/*',
    'POST /api/v1/steering-boards',
    'POST /api/v1/steering-boards/{id}/actions/*',
  ],
  'for checkers of a service or of the ministry, and officers of the unit that reports': [
    'POST /api/v1/indicators',
    'POST /api/v1/indicators/{id}/reports',
    'POST /api/v1/indicators/{id}/reports/{unit}/{period}/verify',
    'POST /api/v1/indicators/{id}/reports/{unit}/{period}/return',
    'POST /api/v1/indicators/{id}/remind',
  ],
  'reading of what one sees by units and clearance': [
    'GET /api/v1/programmes/{id}/progress',
    'GET /api/v1/programmes/{id}/targets/{target}/plan',
    'GET /api/v1/inspections',
    'GET /api/v1/inspections/{id}',
    'GET /api/v1/steering-boards',
    'GET /api/v1/steering-boards/{id}',
    'GET /api/v1/procedures',
    'GET /api/v1/procedures/export',
    'GET /api/v1/exports/register',
    'GET /api/v1/periods',
    'GET /api/v1/periods/{id}',
    'GET /api/v1/periods/{id}/differences',
    'GET /api/v1/procedures/similar',
    'GET /api/v1/procedures/{id}',
    'GET /api/v1/procedures/{id}/*',
    'GET /api/v1/reports/*',
    'GET /api/v1/papers/{paper}',
    'GET /api/v1/audit/*',
    'GET /api/v1/worklist',
    'GET /api/v1/worklist/counts',
    'GET /api/v1/tasks',
    'GET /api/v1/definitions/{id}/kept-versions',
    'GET /api/v1/deadlines',
    'GET /api/v1/stream',
  ],
  'reading that everybody who is signed in may do, or that shows administrators theirs alone (below)': [
    'GET /api/v1/programmes',
    'GET /api/v1/programmes/{id}',
    'GET /api/v1/indicators',
    'GET /api/v1/indicators/{id}',
    'GET /api/v1/indicators/{id}/history',
    'GET /api/v1/units',
    'GET /api/v1/people',
    'GET /api/v1/people/{id}',
    'GET /api/v1/delegations',
    'GET /api/v1/service-accounts',
    'GET /api/v1/security-events',
    'GET /api/v1/definitions',
    'GET /api/v1/definitions/schema',
    'GET /api/v1/definitions/{id}/versions/{version}',
    'GET /api/v1/parameters',
    'GET /api/v1/parameters/{name}',
    'GET /api/v1/papers',
    'GET /api/v1/papers/{paper}/template',
    'GET /api/v1/calendars/{id}',
    'GET /api/v1/units/successors',
    'GET /api/v1/reorganisations',
    'GET /api/v1/calendars/{id}/working-days',
    'GET /api/v1/processors',
    'GET /api/v1/imports/template',
  ],
  'a calculator': ['POST /api/v1/compliance-cost', 'POST /api/v1/compliance-cost/sensitivity'],
  'for the operator’s network': ['GET /health/live', 'GET /health/ready', 'GET /metrics'],
};

const isNamed = (operation: string): boolean =>
  Object.values(notAdministering)
    .flat()
    .some((one) => one === operation || (one.endsWith('*') && operation.startsWith(one.slice(0, -1))));

describe('An administrator', () => {
  let app: StartedApp;
  let officer: Caller;
  let ministry: Caller;
  const callers = new Map<Asker, Caller>();
  const as = (asker: Asker): Caller => callers.get(asker) ?? new Caller(app.url, null);
  const places: Record<string, string> = {};
  const people: Record<string, string> = {};
  let walked: Readonly<Record<string, (asker: Asker) => Walked>>;
  const send = (by: Caller, operation: string, { path, body }: Walked): Promise<{ status: number; body: Problem }> =>
    by.send<Problem>(operation.split(' ')[0] ?? '', path, body && JSON.stringify(body));
  const refused = async (by: Caller, path: string, body: object): Promise<string | number> => {
    const answer = await by.post<Problem>(`${api}/${path}`, body);
    return answer.status < 300 ? answer.status : answer.body.code;
  };

  beforeAll(async () => {
    ({ app, chief: ministry } = await startAppWithChief());
    officer = await signInAs(app.url, 'officer', 'service');
    const service = await signInAs(app.url, 'administrator', 'service');
    const { body: demo } = await new Caller(app.url, null).get<readonly DemoPerson[]>(`${api}/auth/demo`);
    const unitOf = (username: string): string => demo.find((one) => one.username === username)?.unit.id ?? '';
    Object.assign(places, { unit: unitOf('unit1.officer1'), beside: unitOf('unit2.officer1'), service: service.person?.unit.id });
    places['ministry'] = unitOf('ministry.leader');
    places['other'] = (await order(ministry, 'units', { name: 'Quân chủng khác', level: 'service', parent: places['ministry'] })).id;
    places['spare'] = (await order(ministry, 'units', { name: 'Đơn vị tạm', level: 'unit', parent: places['service'] })).id;
    callers.set('ministry', ministry).set('service', service);
    callers.set('unit', await newPersonAt(service, 'quan.tri.don.vi', 'administrator', places['unit'] ?? ''));
    callers.set('otherService', await newPersonAt(ministry, 'quan.tri.khac', 'administrator', places['other'] ?? ''));
    const { body: all } = await service.get<{ items: readonly { id: string; username?: string }[] }>(`${api}/people`);
    for (const { id, username = '' } of all.items) people[username] = id;

    const days = { startsOn: '2199-01-01', endsOn: '2199-12-31', reason: 'thử' };
    const [one = '', two = ''] = [people['unit2.officer1'], people['unit2.officer2']];
    const delegation = { from: one, to: two, actions: 'all', ...days };
    const standing = await order(service, 'delegations', { ...delegation, from: two, to: one });
    const { unit: first = '', beside: second = '' } = places;
    const reorganisation = {
      ...{ title: 'Sắp xếp', decision: { number: '1/QĐ', date: '2025-01-02' }, effectiveOn: '2199-01-01' },
      steps: [{ kind: 'transfer', unit: first, to: second, fields: ['thuế'] }],
    };
    const plan = (await order(service, 'reorganisations', reorganisation)).id;
    const account = { name: 'Chương trình', role: 'officer', unit: places['beside'], scopes: ['read'] };
    const made = await service.post<{ id: string }>(`${api}/service-accounts`, account);
    const holidays = [{ date: '2026-01-01', name: 'Tết Dương lịch' }];
    const calendar = { holidays, reason: 'thử', version: 999 };
    const of = (path: string, may: readonly Asker[], body?: object): (() => Walked) => {
      return () => ({ path: `${api}/${path}`, for: may, ...(body && { body }) });
    };
    const webhook = `webhooks/${randomUUID()}`;
    const { beside = '', spare = '' } = places;
    walked = {
      'POST /api/v1/definitions/{id}/versions': of('definitions/internal/versions', governing, {}),
      'POST /api/v1/definitions/{id}/versions/{version}/validate': of('definitions/internal/versions/1/validate', governing, {}),
      'POST /api/v1/definitions/{id}/versions/{version}/publish': of('definitions/internal/versions/999/publish', governing, {}),
      'POST /api/v1/definitions/{id}/versions/{version}/retire': of('definitions/internal/versions/999/retire', governing, {}),
      'POST /api/v1/definitions/{id}/check': of('definitions/internal/check', governing, {}),
      'POST /api/v1/definitions/{id}/migrations': of('definitions/internal/migrations', governing, {
        ...{ from: 998, to: 999, stages: {}, clocks: 'keep-due', reason: 'thử', dryRun: true },
      }),
      'POST /api/v1/calendars/{id}/versions': of('calendars/vn/versions', governing, calendar),
      'POST /api/v1/parameters/{name}/versions': of('parameters/hourlyWage/versions', governing, {
        ...{ value: 50_000, source: 'thử', validFrom: '2199-01-01' },
      }),
      'POST /api/v1/papers/{paper}/template/versions': of('papers/submission/template/versions', governing, {
        ...{ text: '[issuer]\nx\n[title]\nx\n[body]\nx', reason: 'thử' },
      }),
      'POST /api/v1/papers/{paper}/template/restore': of('papers/submission/template/restore', governing, { reason: 'thử' }),
      'POST /api/v1/calendars/{id}/versions/preview': of('calendars/vn/versions/preview', governing, calendar),
      'POST /api/v1/processors/{name}/rebuild': of('processors/nothing/rebuild', governing, {}),
      'POST /api/v1/processors/{name}/rebuild/cancel': of('processors/counts/rebuild/cancel', governing, {}),
      'POST /api/v1/processors/{name}/pause': of('processors/counts/pause', governing, {}),
      'POST /api/v1/processors/{name}/resume': of('processors/counts/resume', governing, {}),
      'POST /api/v1/processors/{name}/takeover': of('processors/counts/takeover', governing, {}),
      'GET /api/v1/dead-letters': of('dead-letters', governing),
      'POST /api/v1/dead-letters/retry': of('dead-letters/retry', governing, { processor: 'counts', stream: 'procedure-x' }),
      'POST /api/v1/dead-letters/discard': of('dead-letters/discard', governing, {
        ...{ processor: 'counts', stream: 'procedure-x', position: '1' },
      }),
      'GET /api/v1/notifications/deliveries': of('notifications/deliveries', governing),
      'POST /api/v1/webhooks': of('webhooks', governing, { url: 'https://example.org/', events: 'all' }),
      'GET /api/v1/webhooks': of('webhooks', governing),
      'GET /api/v1/webhooks/{id}': of(webhook, governing),
      'PATCH /api/v1/webhooks/{id}': of(webhook, governing, { enabled: false }),
      'DELETE /api/v1/webhooks/{id}': of(webhook, governing),
      'POST /api/v1/webhooks/{id}/rotate-secret': of(`${webhook}/rotate-secret`, governing, {}),
      'POST /api/v1/webhooks/{id}/test': of(`${webhook}/test`, governing, {}),
      'GET /api/v1/webhooks/{id}/deliveries': of(`${webhook}/deliveries`, governing),
      'POST /api/v1/webhooks/{id}/deliveries/{message}/retry': of(`${webhook}/deliveries/${randomUUID()}/retry`, governing, {}),
      'POST /api/v1/webhooks/{id}/replay': of(`${webhook}/replay`, governing, { since: '1' }),

      'POST /api/v1/units': of('units', above, { name: 'Đơn vị thử', level: 'unit', parent: beside }),
      'GET /api/v1/units/{id}/use': of(`units/${beside}/use`, above),
      'POST /api/v1/units/{id}/rename': of(`units/${beside}/rename`, above, { name: 'Đơn vị bên cạnh' }),
      'POST /api/v1/units/{id}/move': of(`units/${beside}/move`, above, { parent: places['service'] }),
      'POST /api/v1/units/{id}/merge': of(`units/${beside}/merge`, above, { into: beside }),
      'POST /api/v1/units/{id}/close': of(`units/${spare}/close`, above, {}),
      'POST /api/v1/reorganisations': of('reorganisations', above, reorganisation),
      'POST /api/v1/reorganisations/preview': of('reorganisations/preview', above, reorganisation),
      'GET /api/v1/reorganisations/{id}': of(`reorganisations/${plan}`, above),
      'GET /api/v1/reorganisations/{id}/preview': of(`reorganisations/${plan}/preview`, above),
      'POST /api/v1/reorganisations/{id}/amend': of(`reorganisations/${plan}/amend`, above, reorganisation),
      'POST /api/v1/reorganisations/{id}/resume': of(`reorganisations/${plan}/resume`, above, {}),
      'POST /api/v1/reorganisations/{id}/cancel': of(`reorganisations/${plan}/cancel`, above, { reason: 'thử' }),
      'POST /api/v1/people': (asker) => ({
        path: `${api}/people`,
        body: { name: 'Người thử', username: `thu.${asker.toLowerCase()}`, unit: beside },
        for: above,
      }),
      'POST /api/v1/people/{id}/roles': of(`people/${one}/roles`, above, { role: 'leader', unit: beside }),
      'DELETE /api/v1/people/{id}/roles/{role}': of(`people/${two}/roles/officer?unit=${beside}`, above),
      'POST /api/v1/people/{id}/clearance': of(`people/${one}/clearance`, above, { clearance: 'confidential' }),
      'POST /api/v1/people/{id}/erase': of(`people/${one}/erase`, above, { legalBasis: 'Luật số 91/2025/QH15' }),
      'POST /api/v1/auth/logout-everywhere': of('auth/logout-everywhere', above, { person: one }),
      'POST /api/v1/delegations': of('delegations', above, { ...delegation, startsOn: '2198-01-01', endsOn: '2198-12-31' }),
      'POST /api/v1/delegations/{id}/revoke': of(`delegations/${standing.id}/revoke`, above, {}),
      'POST /api/v1/service-accounts': of('service-accounts', above, account),
      'POST /api/v1/service-accounts/{id}/rotate': of(`service-accounts/${made.body.id}/rotate`, above, {}),
      'POST /api/v1/service-accounts/{id}/revoke': of(`service-accounts/${made.body.id}/revoke`, above, {}),
    };
  });
  afterAll(() => app.stop());

  it('orders what lies within the place of the role, and nobody orders what is not on the list of one or the other', async () => {
    const text = await readFile('docs/openapi.json', 'utf8');
    const { paths } = JSON.parse(text) as { paths: Readonly<Record<string, Readonly<Record<string, object>>>> };
    const described = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((one) => `${one.toUpperCase()} ${path}`));
    expect(described.filter((operation) => !Object.hasOwn(walked, operation) && !isNamed(operation))).toEqual([]);
    expect(Object.keys(walked).filter((operation) => !described.includes(operation) || isNamed(operation))).toEqual([]);

    const wrong: string[] = [];
    for (const [operation, walk] of Object.entries(walked)) {
      if ((await send(officer, operation, walk('unit'))).status !== 403) wrong.push(`an officer: ${operation}`);
      // Those who may not come first: what is done already could be refused for another reason.
      const order = [...askers].sort((one, other) => Number(walk(one).for.includes(one)) - Number(walk(other).for.includes(other)));
      for (const asker of order) {
        const call = walk(asker);
        const { status, body } = await send(as(asker), operation, call);
        const isRefused = status === 403 && body.code === 'not-authorised';
        if (isRefused === call.for.includes(asker) || status === 401 || status >= 500)
          wrong.push(`${asker}: ${operation} ${String(status)} ${JSON.stringify(body)}`);
      }
    }
    expect(wrong).toEqual([]);
  }); // prettier-ignore

  it('of a unit has all that lies within it', async () => {
    const { unit = '' } = places;
    const administrator = as('unit');
    const { id } = await order(administrator, 'units', { name: 'Tổ mẫu', level: 'unit', parent: unit });
    const member = await newPersonAt(administrator, 'nguoi.trong', 'officer', id);
    expect((await member.get(`${api}/worklist`)).status).toBe(200);
    const person = (await administrator.get<{ items: readonly { id: string; username?: string }[] }>(`${api}/people`)).body.items;
    const [within = ''] = person.flatMap((one) => (one.username === 'nguoi.trong' ? [one.id] : []));
    expect(await refused(administrator, 'auth/logout-everywhere', { person: within })).toBe(204);
    expect(await refused(administrator, `people/${within}/roles`, { role: 'auditor', unit: id })).toBe('not-authorised');
    expect(await refused(administrator, 'people', { name: 'x', username: 'o.ngoai', unit: places['service'] })).toBe('not-authorised');
    // Whom others administer too is not taken from them.
    expect(await refused(administrator, `people/${people['unit2.officer1'] ?? ''}/roles`, { role: 'officer', unit })).toBe('not-authorised');
  }); // prettier-ignore

  it('gives clearances up to their own, beginning with the one that was given on the database', async () => {
    const [one = '', service = ''] = [people['navy.officer1'], people['navy.administrator']];
    const clear = (by: Caller, person: string, clearance: string): Promise<string | number> =>
      refused(by, `people/${person}/clearance`, { clearance });
    expect(await clear(as('service'), one, 'secret')).toBe('not-authorised');
    expect(await refused(as('service'), 'people', { name: 'x', username: 'mat', clearance: 'secret' })).toBe('not-authorised');
    expect(await clear(ministry, service, 'secret')).toBe(200);
    expect(await clear(as('service'), one, 'secret')).toBe(200);
    expect(await clear(as('service'), one, 'topSecret')).toBe('not-authorised');
    expect(await clear(ministry, one, 'topSecret')).toBe(200);
    expect(await clear(as('service'), one, 'confidential')).toBe(200);
  }); // prettier-ignore

  it('of a unit reads usernames, clearances, delegations, accounts and sign-ins of their own people alone', async () => {
    type Items = { readonly items: readonly { readonly id: string; readonly username?: string; readonly person?: string; readonly from?: string }[] };
    const read = async (path: string): Promise<Items['items']> => (await as('unit').get<Items>(`${api}/${path}`)).body.items;
    const usernames = (await read('people')).flatMap(({ username }) => (username === undefined ? [] : [username]));
    expect(usernames).toEqual(expect.arrayContaining(['unit1.officer1', 'unit1.officer2', 'quan.tri.don.vi']));
    expect(usernames.filter((one) => one.startsWith('navy') || one.startsWith('unit2') || one === 'chief')).toEqual([]);
    expect(await read('delegations')).toEqual([]);
    expect(await read('service-accounts')).toEqual([]);
    const events = await read('security-events?limit=200');
    expect(events.some(({ person }) => person === people['quan.tri.don.vi'])).toBe(true);
    expect(events.filter(({ person }) => person === people['navy.officer1'] || person === people['navy.administrator'])).toEqual([]);
  }); // prettier-ignore
});
