import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, tinhgon, type StartedApp } from './support/app.js';
import { newDataFolder } from './support/data-folder.js';
import { decision, goodReview, proposal, registration, signInAs, type Accepted, type Caller, type Problem } from './support/client.js';

interface Transition {
  readonly action: string;
  readonly from: readonly string[] | 'open';
  readonly to: string;
  readonly differentFrom: readonly string[];
  readonly inputs?: readonly string[];
}
interface Document {
  readonly version: number;
  readonly title: { readonly vi: string; readonly en: string };
  readonly authority: { readonly id: string; readonly version: number; readonly rules: Readonly<Record<string, object>> };
  readonly stages: Readonly<Record<string, object>>;
  readonly transitions: readonly Transition[];
}
interface Changed {
  readonly version: number;
  readonly state: string;
  readonly revision: number;
}
interface Findings {
  readonly ok: boolean;
  readonly findings: readonly { readonly code: string; readonly path: string; readonly message: string }[];
}
interface Migrated {
  readonly outcomes: readonly { readonly outcome: string; readonly count: number }[];
  readonly refused: readonly { readonly procedure: string; readonly unmet: readonly { readonly code: string }[] }[];
}

const at = '/api/v1/definitions/internal/versions';
const migrations = '/api/v1/definitions/internal/migrations';
const title = { vi: 'đã thẩm định', en: 'assessed' };

/** Version 1 with a stage more between review and proposal, where whoever reviewed must not propose. */
function withAssessment(document: Document): Document {
  return {
    ...document,
    stages: { ...document.stages, assessed: { title } },
    transitions: document.transitions.flatMap((one) => {
      if (one.action === 'propose') return [{ ...one, from: ['assessed'], differentFrom: ['review'] }];
      if (one.action === 'review' && one.from.includes('registered')) return [{ ...one, to: 'assessed' }];
      if (one.action === 'return' && one.to === 'reviewed') return [{ ...one, to: 'assessed' }];
      if (one.action === 'withdraw' && one.from !== 'open') return [{ ...one, from: [...one.from, 'assessed'] }];
      if (one.action === 'amend-parts' && one.from !== 'open') return [{ ...one, from: [...one.from, 'assessed'] }];
      return [one.action === 'review' ? { ...one, to: 'assessed' } : one];
    }),
  };
}
/** The same without the stage that nothing leads to any more. */
function withoutReviewed(document: Document): Document {
  const { reviewed, ...stages } = document.stages;
  const transitions = document.transitions.map((one) =>
    one.from === 'open' ? one : { ...one, from: one.from.filter((stage) => stage !== 'reviewed') },
  );
  return reviewed === undefined ? document : { ...document, stages, transitions };
}

describe('definitions of lifecycles', () => {
  let app: StartedApp;
  let administrator: Caller;
  let officer: Caller;
  let colleague: Caller;
  let authority: Caller;
  let first: Document;

  beforeAll(async () => {
    app = await startApp();
    [administrator, officer, colleague, authority] = await Promise.all([
      signInAs(app.url, 'administrator', 'service'),
      signInAs(app.url, 'officer', 'service'),
      signInAs(app.url, 'officer', 'service', 1),
      signInAs(app.url, 'authority', 'service'),
    ]);
    first = (await officer.get<Document>(`${at}/2`)).body;
  });
  afterAll(() => app.stop());

  const draft = async (document: object): Promise<number> => {
    const { status, body } = await administrator.post<Changed>(at, document);
    expect([status, body.state]).toEqual([201, 'draft']);
    return body.version;
  };
  const validate = async (version: number): Promise<Findings> => (await administrator.post<Findings>(`${at}/${version}/validate`, {})).body;
  const register = async (title: string): Promise<string> =>
    (await officer.post<Accepted>('/api/v1/procedures', { ...registration(officer), title })).body.id;
  const act = (caller: Caller, id: string, action: string, body: object) =>
    caller.post<Accepted & Problem>(`/api/v1/procedures/${id}/actions/${action}`, body);
  const migrate = (plan: object) =>
    administrator.post<Migrated & Problem>(migrations, { from: 2, clocks: 'keep-due', reason: 'Quy định mới', ...plan });

  it('are listed with their versions, and read as they are posted', async () => {
    const { body } = await officer.get<{ items: { id: string; current: number; versions: { state: string }[] }[] }>('/api/v1/definitions');
    expect(body.items.map(({ id, current }) => [id, current])).toEqual([['internal', 2], ['public', 2], ['quality', 1]]); // prettier-ignore
    expect(first).toMatchObject({ id: 'internal', version: 2, authority: { id: 'standard', version: 1, rules: { publish: { role: 'authority' } } } });
    const version = await draft(first);
    expect((await officer.get<Document>(`${at}/${version}`)).body).toEqual({ ...first, version });
    expect(await validate(version)).toEqual({ ok: true, findings: [] });
    expect((await administrator.post(`${at}/${version}/retire`, {})).body).toMatchObject({ version, state: 'retired' });
  }); // prettier-ignore

  it('are checked while they are written, and nothing is kept', async () => {
    const check = (document: object, language = 'en') =>
      administrator.post<Findings>('/api/v1/definitions/internal/check', document, { 'accept-language': language });
    const before = (await officer.get('/api/v1/definitions')).body;
    expect(await check(first)).toMatchObject({ status: 200, body: { ok: true, findings: [] } });
    const wordless = { ...first, transitions: first.transitions.map((one) => ({ ...one, action: one.action === 'review' ? 'revue' : one.action })) };
    expect((await check(wordless)).body).toMatchObject({ ok: false, findings: [{ code: 'unknown-action', severity: 'error', path: 'transitions.2.action' }, {}] });
    const shapeless = { code: 'shape', severity: 'error', path: 'colour' };
    expect((await check({ ...first, colour: 'red' })).body).toEqual({ ok: false, findings: [{ ...shapeless, message: 'is not a field here' }] });
    expect((await check({ ...first, colour: 'red' }, 'vi')).body).toEqual({ ok: false, findings: [{ ...shapeless, message: 'không phải là trường ở đây' }] });
    expect((await check({ ...first, kind: 'public' })).body.findings).toMatchObject([{ code: 'shape', path: 'kind' }]);
    expect((await officer.get('/api/v1/definitions')).body).toEqual(before);
    expect((await administrator.post('/api/v1/definitions/nothing/check', first)).status).toBe(404);
    expect((await officer.post('/api/v1/definitions/internal/check', first)).status).toBe(403);
  }); // prettier-ignore

  it('tell how many procedures keep each version', async () => {
    const id = await register('Theo phiên bản 2');
    const { position } = (await act(officer, id, 'review', goodReview)).body;
    const kept = await officer.get<{ items: object[] }>(`/api/v1/definitions/internal/kept-versions?minPosition=${position}`);
    expect(kept.body.items).toContainEqual({ version: 2, stage: 'reviewed', count: 1 });
    expect((await officer.get('/api/v1/definitions/nothing/kept-versions')).status).toBe(404);
  });

  it('are described by a schema, and shown as a diagram', async () => {
    expect((await officer.get('/api/v1/definitions/schema')).body).toMatchObject({ title: 'Lifecycle definition' });
    const diagram = await officer.get<string>(`${at}/1?format=mermaid`);
    expect(diagram.headers.get('content-type')).toContain('text/plain');
    expect(diagram.body).toMatch(/^stateDiagram-v2\n/);
    expect((await officer.get<string>(`${at}/1?format=mermaid&lang=en`)).body).toContain('registered --> reviewed : review');
    expect((await officer.get(`${at}/1?format=svg`)).status).toBe(400);
  });

  it('are changed by administrators only, and found only where they are', async () => {
    for (const path of [at, `${at}/1/validate`, `${at}/1/publish`, `${at}/1/retire`])
      expect((await officer.post<Problem>(path, first)).body).toMatchObject({ status: expect.any(Number), code: expect.stringMatching(/not-authorised|invalid-body/) }); // prettier-ignore
    expect((await officer.post<Problem>(at, first)).body).toMatchObject({ status: 403, code: 'not-authorised' });
    expect((await officer.get(`${at}/99`)).status).toBe(404);
    expect((await officer.get(`${at}/one`)).status).toBe(404);
    expect((await administrator.post('/api/v1/definitions/external/versions', first)).status).toBe(404);
    expect((await administrator.post(`${at}/99/publish`, {})).status).toBe(404);
  });

  it.each([
    ['an unknown field', { colour: 'red' }, 'colour'],
    ['another kind', { kind: 'public' }, 'kind'],
    ['another id', { id: 'public' }, 'id'],
    ['stages in a list', { stages: [] }, 'stages'],
  ])('with %s are refused as a shape', async (_what, change, path) => {
    const { body } = await administrator.post<Problem>(at, { ...first, ...change });
    expect(body).toMatchObject({ status: 400, code: 'invalid-body', errors: expect.arrayContaining([expect.objectContaining({ path })]) });
  });

  it('are not published while errors are found in them, which are said in both languages', async () => {
    const version = await draft({ ...first, stages: { ...first.stages, island: { title } } });
    expect(await validate(version)).toMatchObject({ ok: false, findings: [{ code: 'unreachable-stage', path: 'stages.island' }] });
    const refused = await administrator.post<Problem>(`${at}/${version}/publish`, {}, { 'accept-language': 'vi' });
    expect(refused.body).toMatchObject({
      status: 409,
      code: 'definition-invalid',
      unmet: [{ code: 'unreachable-stage', path: 'stages.island', message: 'Không có đường nào tới giai đoạn "island".' }],
    });
    const nobody = await draft({
      ...first,
      authority: { ...first.authority, rules: { ...first.authority.rules, publish: { role: 'checker', at: 'publisher' } } },
    });
    expect((await validate(nobody)).findings.map(({ code }) => code)).toEqual(['nobody-may']);
  });

  it('are not published with what is hardly right before it is confirmed, nor is half of it', async () => {
    // Rules that say something new would get the number after the newest.
    const policies = async (): Promise<number> => {
      const changed = { ...first.authority, rules: { ...first.authority.rules, 'amend-parts': { role: 'officer', at: 'publisher' } } };
      return (await officer.get<Document>(`${at}/${await draft({ ...first, authority: changed })}`)).body.authority.version;
    };
    const before = await policies();
    const rules = { ...first.authority.rules, suspend: { role: 'officer', at: 'own-or-above' } };
    const deadlines = [{ action: 'review', days: 0, counting: 'working' }];
    const version = await draft({ ...first, deadlines, authority: { ...first.authority, rules } });
    const found = [{ code: 'deadline-of-no-days', path: 'deadlines.0.days' }];
    expect(await validate(version)).toMatchObject({ ok: true, findings: [{ ...found[0], severity: 'doubt' }] });
    const send = (body: object, languages = 'en') =>
      administrator.post<Problem & Changed>(`${at}/${version}/publish`, body, { 'accept-language': languages });
    expect((await send({})).body).toMatchObject({ status: 409, code: 'deadline-of-no-days', unmet: found });
    expect((await send({}, 'vi')).body).toMatchObject({ unmet: [{ message: expect.stringContaining('Có thời hạn 0 ngày') }] });
    expect((await send({ confirm: ['useless-warning'] })).body).toMatchObject({ status: 409, unmet: found });
    expect((await send({ confirm: ['dead-end'] })).body).toMatchObject({ status: 400, errors: [{ path: 'confirm' }] });
    const confirm = ['deadline-of-no-days'];
    const stale = await administrator.post<Problem>(`${at}/${version}/publish`, { confirm }, { 'if-match': '"0"' });
    expect(stale.body).toMatchObject({ status: 412 });
    expect(await policies()).toBe(before);
    expect((await send({ confirm: ['useless-warning', 'deadline-of-no-days'] })).body).toMatchObject({ version, state: 'published' });
    expect((await officer.get<Document>(`${at}/${version}`)).body.authority).toMatchObject({ version: before });
    expect((await administrator.post<Changed>(`${at}/${version}/retire`, {})).body.state).toBe('retired');
  });

  it('that are published are what new procedures get, while running ones keep theirs', async () => {
    const before = await register('Theo phiên bản cũ');
    const authority = { ...first.authority, rules: { ...first.authority.rules, 'assign-review': { role: 'officer', at: 'own-or-above' } } };
    const key = { 'idempotency-key': randomUUID() };
    const drafted = await administrator.post<Changed>(at, { ...withoutReviewed(withAssessment(first)), authority }, key);
    expect((await administrator.post<Changed>(at, { ...withoutReviewed(withAssessment(first)), authority }, key)).body).toEqual(drafted.body);
    const { version } = drafted.body;
    expect(await validate(version)).toEqual({ ok: true, findings: [] });
    const published = await administrator.post<Changed>(`${at}/${version}/publish`, {}, { 'idempotency-key': randomUUID() });
    expect([published.status, published.body.state]).toEqual([200, 'published']);
    expect((await administrator.post<Problem>(`${at}/${version}/publish`, {})).body).toMatchObject({ code: 'definition-state' });
    expect((await officer.get<Document>(`${at}/${version}`)).body.authority).toMatchObject({ id: 'standard', version: 3 });

    const after = await register('Theo phiên bản mới');
    const answers = await Promise.all([before, after].map((id) => act(officer, id, 'review', goodReview)));
    expect(answers.map(({ body }) => body.stage)).toEqual(['reviewed', 'assessed']);
    const list = await officer.get<{ items: { id: string }[] }>(`/api/v1/procedures?stage=assessed&minPosition=${answers[1]?.body.position ?? '0'}`);
    expect(list.body.items.map(({ id }) => id)).toEqual([after]);

    // Whoever reviewed does not propose: that is data of this version.
    expect((await act(officer, after, 'propose', proposal)).body).toMatchObject({ status: 409, code: 'same-person' });
    const work = await colleague.get<{ items: { id: string }[] }>('/api/v1/worklist');
    expect(work.body.items.map(({ id }) => id)).toContain(after);
    expect((await act(colleague, after, 'propose', proposal)).body).toMatchObject({ stage: 'proposed' });
  }); // prettier-ignore

  it('keep the last version that new procedures can have, and give them no retired one', async () => {
    const { body } = await officer.get<{ items: { id: string; current: number }[] }>('/api/v1/definitions');
    const current = body.items.find(({ id }) => id === 'internal')?.current ?? 0;
    expect((await administrator.post('/api/v1/definitions/quality/versions/1/retire', {})).body).toMatchObject({ code: 'last-definition' });
    expect((await administrator.post<Changed>(`${at}/${current}/retire`, { reason: 'Thử' })).body.state).toBe('retired');
    const id = await register('Sau khi ngừng');
    expect((await officer.get(`/api/v1/procedures/${id}`)).body).toMatchObject({ definition: { id: 'internal', version: 2 } });
  });

  it('are given to running procedures by a plan that can be tried first, and each refusal says why', async () => {
    const to = await draft(withoutReviewed(withAssessment(first)));
    const [registered, reviewed, suspended, published, withdrawn] = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => register(`Chuyển ${name}`))); // prettier-ignore
    if (!registered || !reviewed || !suspended || !published || !withdrawn) throw new Error('Nothing was registered.');
    const procedures = [registered, reviewed, suspended, published, withdrawn];
    for (const id of [reviewed, suspended, published]) await act(officer, id, 'review', goodReview);
    await act(authority, suspended, 'suspend', { reason: 'Chờ' });
    await act(officer, published, 'propose', proposal);
    await act(authority, published, 'publish', { decision });
    await act(officer, withdrawn, 'withdraw', { reason: 'Thừa' });

    const stages = { registered: 'registered', reviewed: 'assessed' };
    expect((await migrate({ to, stages, procedures })).body).toMatchObject({ status: 400, code: 'invalid-body', errors: [{ path: 'to' }] });
    await administrator.post(`${at}/${to}/publish`, {});
    expect((await officer.post(migrations, { from: 2, to, stages, clocks: 'restart', reason: 'x' })).status).toBe(403);
    expect((await migrate({ to, stages: { nowhere: 'assessed' } })).body).toMatchObject({ status: 400, errors: [{ path: 'stages.nowhere' }] });

    const expected = {
      outcomes: [{ outcome: 'migrated', count: 3 }, { outcome: 'refused', count: 2 }],
      refused: [
        { procedure: published, unmet: [{ code: 'stage-not-mapped', path: 'stages.published' }] },
        { procedure: withdrawn, unmet: [{ code: 'procedure-ended' }] },
      ],
    }; // prettier-ignore
    expect((await migrate({ to, stages, procedures, dryRun: true })).body).toMatchObject(expected);
    expect((await officer.get(`/api/v1/procedures/${reviewed}`)).body).toMatchObject({ revision: 1, definition: { version: 2 } });
    const key = randomUUID();
    const send = () => administrator.post<Migrated>(migrations, { from: 2, to, stages, clocks: 'keep-due', reason: 'Quy định mới', procedures }, { 'idempotency-key': key });
    const [one, other] = await Promise.all([send(), send()]);
    expect(one.body).toMatchObject(expected);
    expect(other.body).toMatchObject(expected);

    expect((await officer.get(`/api/v1/procedures/${reviewed}`)).body).toMatchObject({ revision: 2, stage: 'assessed', definition: { version: to } });
    expect((await officer.get(`/api/v1/procedures/${suspended}`)).body).toMatchObject({ suspended: true, stage: 'assessed' });
    const { body: history } = await officer.get<{ items: { type: string; data: object }[] }>(`/api/v1/procedures/${reviewed}/history`);
    expect(history.items.at(-1)).toMatchObject({ type: 'ProcedureMigrated', stageBefore: 'reviewed', stageAfter: 'assessed', data: { clocks: 'keep-due' } });
    // The reviewer is known from before the migration.
    expect((await act(officer, reviewed, 'propose', proposal)).body).toMatchObject({ code: 'same-person' });
    expect((await act(colleague, reviewed, 'propose', proposal)).body).toMatchObject({ stage: 'proposed', revision: 3 });
  }); // prettier-ignore

  it('are given to nobody while it is not known who keeps the version', async () => {
    const { body } = await officer.get<{ items: { id: string; current: number }[] }>('/api/v1/definitions');
    const to = body.items.find(({ id }) => id === 'internal')?.current;
    expect((await administrator.post('/api/v1/processors/register/pause', {})).status).toBeLessThan(300);
    try {
      await register('Chưa vào sổ');
      const plan = { to, stages: { registered: 'registered' }, units: [officer.person?.unit.id] };
      for (const dryRun of [true, false])
        expect((await migrate({ ...plan, dryRun })).body).toMatchObject({ status: 503, code: 'view-behind' });
    } finally {
      await administrator.post('/api/v1/processors/register/resume', {});
    }
  });

  it('are given to all that keep a version of the units named, and a repetition finds nothing left to do', async () => {
    const { body } = await officer.get<{ items: { id: string; current: number }[] }>('/api/v1/definitions');
    const to = body.items.find(({ id }) => id === 'internal')?.current;
    const stages = { registered: 'registered', reviewed: 'assessed', proposed: 'proposed', published: 'published' };
    const units = [officer.person?.unit.id];
    const count = (answer: Migrated): readonly number[] => answer.outcomes.map((one) => one.count);
    const preview = count((await migrate({ to, stages, units, dryRun: true })).body);
    expect(preview[0]).toBeGreaterThan(1);
    const done = (await migrate({ to, stages, units, limit: 1 })).body;
    expect(count(done)[0]).toBe(1);
    const rest = (await migrate({ to, stages, units })).body;
    expect((count(done)[0] ?? 0) + (count(rest)[0] ?? 0)).toBe(preview[0]);
    const again = (await migrate({ to, stages, units })).body;
    expect(count(again)[0]).toBe(0);
    expect(again.refused.flatMap(({ unmet }) => unmet.map(({ code }) => code))).toEqual(['procedure-ended']);
    const { body: left } = await officer.get<{ items: { definition?: object }[] }>('/api/v1/procedures?limit=200&stage=reviewed');
    expect(left.items).toEqual([]);
  });
});

describe('docs/definitions.md', () => {
  let app: StartedApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.stop());

  it('changes a rule by the commands that stand there', async () => {
    const officer = await signInAs(app.url, 'officer', 'service');
    const { body } = await officer.post<Accepted>('/api/v1/procedures', registration(officer));
    await officer.post(`/api/v1/procedures/${body.id}/actions/review`, goodReview);
    const guide = await readFile('docs/definitions.md', 'utf8');
    const blocks = [...guide.matchAll(/^```bash definitions\n([^]*?)^```$/gm)].map(([, block]) => block ?? '');
    const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', blocks.join('\n')], {
      env: { ...process.env, TINHGON_URL: app.url },
    });
    expect(blocks).toHaveLength(4);
    expect(stdout).toContain('internal version 3 is drafted.\ninternal version 3 can be published.\nstateDiagram-v2\n');
    expect(stdout).toMatch(/^would be +procedures$/m);
    expect(stdout).toMatch(/^migrated +1$/m);

    // The reviewer is from before the migration, and the log knows who it was.
    const propose = (caller: Caller, more: object) =>
      caller.post<Problem & Accepted>(`/api/v1/procedures/${body.id}/actions/propose`, { ...proposal, ...more });
    expect((await propose(officer, { note: 'Kính trình' })).body).toMatchObject({ status: 409, code: 'same-person' });
    const colleague = await signInAs(app.url, 'officer', 'service', 1);
    expect((await propose(colleague, {})).body).toMatchObject({ status: 400, errors: [{ path: 'note' }] });
    expect((await propose(colleague, { note: 'Kính trình' })).body).toMatchObject({ stage: 'proposed' });
  });

  it('publishes on the command line what is hardly right once it is confirmed', async () => {
    const run = (...words: readonly string[]) => tinhgon(['definitions', ...words, '--url', app.url]);
    const read = JSON.parse((await run('show', 'quality', '1')).stdout) as Document;
    const file = join(await newDataFolder('definitions'), 'quality.json');
    const transitions = read.transitions.map((one) => ({ ...one, worklist: false }));
    await writeFile(file, JSON.stringify({ ...read, transitions, deadlines: [{ action: 'build', days: 731, counting: 'calendar' }] }));
    expect((await run('draft', 'quality', file)).stdout).toBe('quality version 2 is drafted.\n');
    const codes = 'deadline-of-years,empty-worklist';
    const validated = await run('validate', 'quality', '2');
    expect(validated.stdout).toMatch(/^doubt +empty-worklist +transitions +/m);
    expect(validated.stdout).toContain(`quality version 2 can be published, if that is right, with --confirm ${codes}.\n`);
    const refused = await run('publish', 'quality', '2', '--confirm', 'deadline-of-years');
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('(409 empty-worklist)')]);
    const published = await run('publish', 'quality', '2', '--confirm', codes);
    expect([published.code, published.stdout]).toEqual([0, 'quality version 2 is published.\n']);
  });

  it('says what cannot be done, and ends with 1', async () => {
    const refused = await tinhgon(['definitions', 'publish', 'internal', '1', '--url', app.url]);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('(409 definition-state)')]);
    const unread = await tinhgon(['definitions', 'draft', 'internal', '/nowhere.json', '--url', app.url]);
    expect([unread.code, unread.stderr]).toEqual([1, 'The file /nowhere.json cannot be read.\n']);
    const plan = ['--from', '1', '--to', '2', '--clocks', 'restart', '--reason', 'x', '--stage', 'reviewed'];
    const unmapped = await tinhgon(['definitions', 'migrate', 'internal', ...plan, '--url', app.url]);
    expect([unmapped.code, unmapped.stderr]).toEqual([1, expect.stringContaining('--stage takes old=new')]);
  });
});
