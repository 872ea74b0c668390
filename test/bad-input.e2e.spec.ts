import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type StartedApp } from './support/app.js';
import { option, registration, signInAs, Caller, type Accepted, type Problem } from './support/client.js';

describe('bad input', () => {
  let app: StartedApp;
  let officer: Caller;

  beforeAll(async () => {
    app = await startApp();
    officer = await signInAs(app.url, 'officer', 'service');
  });
  afterAll(() => app.stop());

  const total = async (): Promise<number> => (await officer.get<{ total: number }>('/api/v1/reports/funnel')).body.total;

  it.each([
    ['an unknown field', { colour: 'red' }],
    ['a title of the wrong type', { title: 7 }],
    ['a blank title', { title: '  ' }],
    ['a title that nobody can see', { title: '\u200b' }],
    ...['\u2800', '\u3164', '\u115f', '\u1160', '\uffa0', '\u0301', '\u2800 \u2800'].map(
      (text) => [`a title of ${JSON.stringify(text)} alone, which shows nothing`, { title: text }] as [string, object],
    ),
    ['a code with spaces around it', { code: ' 1.001 ' }],
    ['an unknown kind', { kind: 'external' }],
    ['a missing group', { group: undefined }],
    ['a unit that is no UUID', { owningUnit: 'navy' }],
    ['a NUL byte', { title: 'a\u0000b' }],
    ['an ESC', { title: 'a\u001b[2Jb' }],
    ['a BEL', { field: 'a\u0007b' }],
    ['a line end in a line', { title: 'a\rb' }],
    ['a direction override', { title: 'a\u202eb' }],
    ['a zero-width space between letters', { field: 'a\u200bb' }],
    ['an ESC in a part', { parts: { steps: 'a\u001b[31m' } }],
    ['a zero-width space in a list of a part', { parts: { legalBasis: ['a\u200bb'] } }],
    ['a code that holds what nobody sees', { code: '1.001\u200b' }],
    ['a code with a letter of another alphabet', { code: '1.012753.\u041d19' }],
    ['a lone surrogate', { title: 'a\ud800b' }],
    ['a date that does not exist', { occurredOn: '2023-02-30' }],
    ['a negative time limit', { parts: { timeLimitDays: -1 } }],
  ])('with %s is refused as a shape, and nothing is registered', async (_what, change) => {
    const before = await total();
    const refused = await officer.post<Problem>('/api/v1/procedures', { ...registration(officer), ...change });
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid-body', errors: expect.arrayContaining([expect.anything()]) } });
    expect(await total()).toBe(before);
  });

  it('of more than 1 MB is refused with 413', async () => {
    const { status, body } = await officer.post<Problem>('/api/v1/procedures', { ...registration(officer), title: 'x'.repeat(2_000_000) });
    expect([status, body.status]).toEqual([413, 413]);
  });

  it('of more than a few KB is refused where nobody needs to sign in, and where nothing is', async () => {
    const password = JSON.stringify({ username: 'ế'.repeat(200), password: '\u1ebf'.repeat(200) });
    expect((await new Caller(app.url, null).send<Problem>('POST', '/api/v1/auth/login', password)).body.code).toBe('not-signed-in');
    const flood = `{${Array.from({ length: 2_000 }, (_, index) => `"f${String(index)}":0`).join(',')}}`;
    for (const path of ['/api/v1/auth/login', '/api/v1/auth/refresh', '/nowhere', '/api/v1/nowhere'])
      for (const caller of [new Caller(app.url, null), officer]) {
        const { status } = await caller.send('POST', path, flood);
        expect([path, caller.token === null, [401, 413].includes(status)]).toEqual([path, caller.token === null, true]);
      }
  });

  it('of more than 32,000 values is refused by every call before it is looked at', async () => {
    const body = `{"title":[${Array(32_001).fill('{}').join(',')}]}`;
    for (const path of [
      'procedures',
      'compliance-cost',
      'units',
      'calendars/vn/versions',
      'definitions/internal/versions',
      'notifications/read',
    ])
      expect([path, (await officer.send<Problem>('POST', `/api/v1/${path}`, body)).body.detail]).toEqual([
        path,
        'The body holds more than 32000 values.',
      ]);
  });

  it('is told of by each call once for each field, in words, and not more than 20 times', async () => {
    const administrator = await signInAs(app.url, 'administrator', 'service');
    const { body } = await officer.post<Accepted>('/api/v1/procedures', registration(officer));
    const { paths } = JSON.parse(await readFile('docs/openapi.json', 'utf8')) as { paths: Record<string, Record<string, object>> };
    const calls = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => [method.toUpperCase(), path] as const),
    );
    const flood = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`f${String(index)}`, index]));
    let refused = 0;
    for (const [method, path] of calls.filter(
      ([one, at]) => one !== 'GET' && !at.endsWith('/attachments') && !at.includes('/auth/log') && at.startsWith('/api/'),
    ))
      for (const sent of [{}, flood, { reason: 7, units: ['x'], name: false }]) {
        const address = path.replace('/procedures/{id}', `/procedures/${body.id}`).replace(/\{\w+\}/g, 'vn');
        const { body: problem } = await administrator.send<Problem | undefined>(method, address, JSON.stringify(sent));
        const errors = problem?.errors ?? [];
        if (errors.length > 0) refused++;
        expect([address, errors.length <= 20, new Set(errors.map((one) => one.path)).size]).toEqual([address, true, errors.length]);
        for (const { message } of errors)
          expect([address, message]).not.toEqual([
            address,
            expect.stringMatching(/each value|should not|longer than|elements|boolean value|integer number|must NOT|must match/),
          ]);
      }
    expect(refused).toBeGreaterThan(80);
  });

  it('that is compressed is refused as such', async () => {
    const response = await fetch(`${app.url}/api/v1/procedures`, {
      method: 'POST',
      headers: { authorization: `Bearer ${officer.token ?? ''}`, 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: gzipSync(JSON.stringify(registration(officer))),
    });
    expect([response.status, ((await response.json()) as Problem).code]).toEqual([415, 'body-encoded']);
  });

  it('is not what a proxy makes of a revision, nor ids in capitals', async () => {
    const { body } = await officer.post<Accepted>('/api/v1/procedures', {
      ...registration(officer),
      owningUnit: officer.person?.unit.id.toUpperCase(),
    });
    const at = `/api/v1/procedures/${body.id.toUpperCase()}`;
    const weak = { 'if-match': 'W/"0"', 'idempotency-key': randomUUID().toUpperCase() };
    expect((await officer.send('PATCH', `${at}/parts`, '{"steps":"Nộp"}', weak)).status).toBe(200);
    expect((await officer.send('PATCH', `${at}/parts`, '{"steps":"Trả"}', { 'if-match': 'W/"0"' })).status).toBe(412);
    expect((await officer.send<Problem>('PATCH', `${at}/parts`, '{"steps":"Trả"}', { 'if-match': 'w/"1"' })).body.code).toBe(
      'invalid-body',
    );
    expect((await officer.get(at)).body).toMatchObject({ id: body.id, owningUnit: officer.person?.unit.id, revision: 1 });
    const administrator = await signInAs(app.url, 'administrator', 'service');
    const unit = officer.person?.unit.id ?? '';
    const { body: made } = await administrator.post<{ id: string }>('/api/v1/units', {
      name: 'Phòng',
      level: 'unit',
      parent: unit.toUpperCase(),
    });
    for (const [path, sent] of [
      [`units/${made.id.toUpperCase()}/rename`, { name: 'Ban' }],
      [`units/${made.id.toUpperCase()}/move`, { parent: unit.toUpperCase() }],
    ] as const)
      expect([path, (await administrator.post(`/api/v1/${path}`, sent)).status]).toEqual([path, 200]);
    for (const query of [
      `procedures?unit=${unit.toUpperCase()}`,
      `tasks?procedure=${body.id.toUpperCase()}`,
      `deadlines?unit=${unit.toUpperCase()}`,
    ])
      expect([query, (await officer.get(`/api/v1/${query}`)).status]).toEqual([query, 200]);
    expect((await officer.get<{ items: unknown[] }>(`/api/v1/procedures?unit=${unit.toUpperCase()}`)).body.items).not.toEqual([]);
  });

  it('nested over 32 levels, or that is no JSON, is refused with 400', async () => {
    expect((await officer.send('POST', '/api/v1/procedures', `${'['.repeat(40)}${']'.repeat(40)}`)).status).toBe(400);
    expect((await officer.send('POST', '/api/v1/procedures', '{"title":')).status).toBe(400);
  });

  it('in decomposed letters is kept composed', async () => {
    const { body } = await officer.post<Accepted>('/api/v1/procedures', {
      ...registration(officer),
      title: 'Thủ tục đặc biệt'.normalize('NFD'),
    });
    expect((await officer.get(`/api/v1/procedures/${body.id}`)).body).toMatchObject({ title: 'Thủ tục đặc biệt'.normalize('NFC') });
  });

  it('in a line with stray spaces is kept without them, and in several lines with its line ends and tabs', async () => {
    const { body } = await officer.post<Accepted>('/api/v1/procedures', {
      ...{ ...registration(officer), title: '  Thủ  tục\u00a0lạ 👩🏽‍⚕️ ', field: ' văn  phòng ' },
      parts: { steps: 'Nộp\r\n\ttrả' },
    });
    expect((await officer.get(`/api/v1/procedures/${body.id}`)).body).toMatchObject({
      ...{ title: 'Thủ tục lạ 👩🏽‍⚕️', field: 'văn phòng', parts: { steps: 'Nộp\n\ttrả' } },
    });
  });

  it('that acts on a terminal is refused by every other call that takes a name, a number or a reason', async () => {
    const administrator = await signInAs(app.url, 'administrator', 'service');
    const { body } = await officer.post<Accepted>('/api/v1/procedures', registration(officer));
    const at = `/api/v1/procedures/${body.id}`;
    const unit = officer.person?.unit.id;
    const acts = 'a\u001b[2Jb\u202e';
    const calls = [
      [administrator, '/api/v1/units', { name: acts, level: 'unit', parent: unit }],
      [administrator, `/api/v1/units/${unit}/rename`, { name: acts }],
      [administrator, '/api/v1/people', { name: acts, username: 'mot.nguoi', password: 'mat-khau-dai-12' }],
      [administrator, '/api/v1/service-accounts', { name: acts, role: 'officer', unit, scopes: ['read'] }],
      [officer, `${at}/actions/propose`, { document: { number: acts, date: '2024-01-01' } }],
      [officer, `${at}/actions/disclose`, { date: '2024-01-01', office: acts }],
      [officer, `${at}/actions/publish`, { decision: { number: '1', date: '2024-01-01', effectiveDate: '2024-01-01', signer: acts } }],
      [officer, `${at}/actions/withdraw`, { reason: acts }],
      [officer, `${at}/actions/correct`, { revision: 0, changes: { title: acts }, reason: 'x' }],
      [officer, `${at}/comments`, { text: acts }],
    ] as const;
    for (const [caller, path, sent] of calls)
      expect([path, (await caller.post<Problem>(path, sent)).body]).toMatchObject([path, { status: 400, code: 'invalid-body' }]);
  });

  it.each([
    ['a negative fee', { fee: -1 }],
    ['hours that are no figure', { hours: 'many' }],
    ['negative hours', { hours: '-1' }],
    ['hours beyond reason', { hours: '1e30' }],
    ['money beyond the safe integers', { fee: 2 ** 60 }],
  ])('in a cost with %s is refused as a shape', async (_what, line) => {
    const before = { ...option.before, lines: [{ ...option.before.lines[0], ...line }] };
    const cost = { hourlyWage: 31111, before, after: before };
    const { body } = await officer.post<Accepted>('/api/v1/procedures', registration(officer));
    const proposed = await officer.post<Problem>(`/api/v1/procedures/${body.id}/actions/propose-option`, { option: { ...option, before } });
    expect(proposed).toMatchObject({ status: 400, body: { code: 'invalid-body' } });
    expect((await officer.post<Problem>('/api/v1/compliance-cost', cost)).status).toBe(400);
  });

  it('that says how often by both ways or none is refused as a shape, and by either one is counted', async () => {
    const { hourlyWage, timesPerYear, ...side } = option.before;
    const calculated = (before: object) => officer.post<Problem>('/api/v1/compliance-cost', { hourlyWage, before, after: before });
    expect((await calculated({ ...side, everyYears: 3 })).body).toMatchObject({ before: { year: 4_414_800 }, saving: 0 });
    for (const often of [
      {},
      { timesPerYear, everyYears: 3 },
      { everyYears: 0 },
      { everyYears: 101 },
      { everyYears: 1.5 },
      { everyYears: null },
    ])
      expect((await calculated({ ...side, ...often })).body).toMatchObject({ status: 400, code: 'invalid-body' });
    const { body } = await officer.post<Accepted>('/api/v1/procedures', registration(officer));
    const reviewed = await officer.post(`/api/v1/procedures/${body.id}/actions/review`, {
      ...{ necessary: true, withinPowers: true, reasonable: true, lawful: true, findings: 'x' },
      complianceCost: { ...side, hourlyWage, everyYears: 3 },
    });
    expect(reviewed.status).toBe(200);
  });

  it('in a query is refused with 400', async () => {
    for (const query of ['limit=0', 'limit=201', 'limit=', 'colour=red', 'kind=external', 'minPosition=-1', 'cursor=%00'])
      expect([query, (await officer.get<Problem>(`/api/v1/procedures?${query}`)).body]).toMatchObject([
        query,
        { status: 400, code: 'invalid-query' },
      ]);
  });

  it('with a NUL in its address leads nowhere, and in a query is refused', async () => {
    const administrator = await signInAs(app.url, 'administrator', 'service');
    const { body } = await officer.post<Accepted>('/api/v1/procedures', registration(officer));
    const { paths } = JSON.parse(await readFile('docs/openapi.json', 'utf8')) as { paths: Record<string, Record<string, object>> };
    for (const [path, methods] of Object.entries(paths).filter(([one]) => one.includes('{')))
      for (const method of Object.keys(methods).map((one) => one.toUpperCase()))
        for (const known of [path, path.replace('/procedures/{id}', `/procedures/${body.id}`)].filter((one) => one.includes('{'))) {
          const address = known.replace(/\{\w+\}/g, '%00');
          const { status } = await administrator.send(method, address, method === 'GET' ? undefined : '{}');
          expect([method, address, status]).toEqual([method, address, 404]);
        }
    for (const query of ['field=a%00b', 'q=a%00b', 'stage=%00'])
      expect([query, (await officer.get<Problem>(`/api/v1/procedures?${query}`)).body.code]).toEqual([query, 'invalid-query']);
  });

  it('in a query is refused by every call, also where none is taken', async () => {
    const { body } = await officer.post<Accepted>('/api/v1/procedures', registration(officer));
    const at = `/api/v1/procedures/${body.id}`;
    const calls = [
      ['GET', `${at}/claims?foo=1`],
      ['GET', `${at}/attachments/${'a'.repeat(64)}?foo=1`],
      ['GET', '/api/v1/definitions/schema?foo=1'],
      ['POST', `${at}/comments?foo=1`, { text: 'x' }],
      ['POST', `${at}/claim?foo=1`, {}],
      ['PATCH', `${at}/parts?foo=1`, { steps: 'x' }],
    ] as const;
    for (const [method, path, sent] of calls) {
      const { status, body: problem } = await officer.send<Problem>(method, path, sent && JSON.stringify(sent));
      expect([path, status, problem.code, problem.errors?.[0]?.path]).toEqual([path, 400, 'invalid-query', 'foo']);
    }
    expect((await officer.get<Accepted>(at)).body.revision).toBe(0);
    // Every read takes it.
    for (const path of ['calendars/vn', 'definitions/schema', 'notifications/settings', 'auth/sessions'])
      expect([path, (await officer.get(`/api/v1/${path}?minPosition=1`)).status]).toEqual([path, 200]);
    expect((await officer.get<Problem>('/api/v1/definitions/schema?minPosition=-1')).body.code).toBe('invalid-query');
    for (const path of ['claims', `attachments/${'a'.repeat(64)}`])
      expect((await officer.get<Problem>(`${at}/${path}?minPosition=999999999999999999`)).body.code).toBe('view-behind');
  });

  it('for an id that is no UUID or is not known says so without a 500', async () => {
    expect([400, 404]).toContain((await officer.get('/api/v1/procedures/no-uuid')).status);
    expect((await officer.get(`/api/v1/procedures/${randomUUID()}`)).body).toMatchObject({ status: 404, code: 'not-found' });
    expect([400, 404]).toContain((await officer.post(`/api/v1/procedures/${randomUUID()}/actions/explode`, {})).status);
  });

  it('is not sent back at length, wherever it stood', async () => {
    const { body } = await officer.post<{ id: string }>('/api/v1/procedures', registration(officer));
    const changes = { ['x'.repeat(900_000)]: 'y' };
    const refused = await officer.post<Problem>(`/api/v1/procedures/${body.id}/actions/correct`, { revision: 0, changes, reason: 'x' });
    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.body).length).toBeLessThan(10_000);
  });

  it('that is no HTTP, or has headers that are too large, is refused with a problem document', async () => {
    const said = async (sent: string): Promise<readonly [string | undefined, Problem]> => {
      const { hostname, port } = new URL(app.url);
      const socket = connect(Number(port), hostname);
      let heard = '';
      socket.on('data', (piece) => (heard += piece.toString())).write(sent);
      await once(socket, 'close');
      const [head = '', body = '{}'] = heard.split('\r\n\r\n');
      expect(head).toContain('application/problem+json');
      return [/^HTTP\/1\.1 (\d+)/.exec(head)?.[1], JSON.parse(body) as Problem];
    };
    expect(await said(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`)).toMatchObject([
      '431',
      { code: 'headers-too-large' },
    ]);
    expect(await said('no request\r\n\r\n')).toMatchObject(['400', { code: 'invalid-body' }]);
  });
});
