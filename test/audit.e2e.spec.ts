import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type StartedApp } from './support/app.js';
import {
  Caller,
  decision,
  goodReview,
  option,
  order,
  proposal,
  registration,
  signInAs,
  type Accepted,
  type Problem,
} from './support/client.js';

const api = '/api/v1';

interface WhyAnswer {
  readonly definition: { readonly id: string; readonly version: number } | null;
  readonly authority: { readonly id: string; readonly version: number } | null;
  readonly calendar: { readonly id: string; readonly version: number } | null;
  readonly actor: {
    readonly id: string;
    readonly name: string;
    readonly role: string;
    readonly roles: readonly { readonly role: string }[];
  };
  readonly units: readonly { readonly id: string; readonly name: string; readonly parent: string | null }[];
  readonly rules: readonly {
    readonly code: string;
    readonly held: boolean;
    readonly because: {
      readonly fact: string;
      readonly says: Readonly<Record<string, unknown>>;
      readonly events: readonly { readonly stream: string; readonly revision: number; readonly type: string }[];
    };
  }[];
  readonly decidedAgain: { readonly same: boolean; readonly outcome: string; readonly differences: readonly object[] };
}

interface Item {
  readonly position: string;
  readonly stream: string;
  readonly type: string;
  readonly action: string;
  readonly result: string;
  readonly about: string;
  readonly unmet: readonly string[];
  readonly actor: { readonly id: string; readonly name: string | null };
  readonly procedure: { readonly id: string } | null;
}

/** Asks again until it is so. */
async function until<Value>(ask: () => Promise<Value>, isSo: (value: Value) => boolean): Promise<Value> {
  for (;;) {
    const value = await ask();
    if (isSo(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe('Auditing', () => {
  let app: StartedApp;
  let officer: Caller;
  let checker: Caller;
  let authority: Caller;
  let auditor: Caller;
  let administrator: Caller;
  let id: string;
  let last: Accepted;

  const why = async (by: Caller, revision: number | string, of = id): Promise<WhyAnswer> => {
    const { status, body } = await by.get<WhyAnswer>(`${api}/procedures/${of}/revisions/${String(revision)}/why`);
    expect([revision, status]).toEqual([revision, 200]);
    return body;
  };
  const refusedPositions = async (): Promise<readonly string[]> => {
    const { body } = await officer.get<{ items: readonly { type: string; position: string }[] }>(
      `${api}/procedures/${id}/history?type=CommandRefused`,
    );
    return body.items.map(({ position }) => position);
  };
  const rulesOf = ({ rules }: WhyAnswer): readonly (readonly [string, boolean])[] => rules.map(({ code, held }) => [code, held]);

  const trail = async (by: Caller, query = ''): Promise<{ readonly items: readonly Item[]; readonly nextCursor: string | null }> => {
    const { status, body } = await by.get<{ readonly items: readonly Item[]; readonly nextCursor: string | null }>(
      `${api}/audit/events?${query}`,
    );
    expect([query, status]).toEqual([query, 200]);
    return body;
  };
  const read = async (by: Caller, query = ''): Promise<readonly string[]> => {
    const { status, headers, body } = await by.get<string>(`${api}/audit/events${query}`, { accept: 'application/x-ndjson' });
    expect([status, headers.get('content-type')]).toEqual([200, 'application/x-ndjson; charset=utf-8']);
    return body.trimEnd().split('\n');
  };
  const signedOut = (): Caller => new Caller(app.url, null);

  beforeAll(async () => {
    app = await startApp();
    [officer, checker, authority, administrator] = (await Promise.all(
      ['officer', 'checker', 'authority', 'administrator'].map((role) => signInAs(app.url, role, 'service')),
    )) as [Caller, Caller, Caller, Caller];
    auditor = await signInAs(app.url, 'auditor', 'ministry');
    id = (await order(officer, 'procedures', { ...registration(officer), code: '1.000042' })).id;
    const act = (by: Caller, action: string, body: object): Promise<Accepted> => order(by, `procedures/${id}/actions/${action}`, body);
    await authority.post(`${api}/procedures/${id}/actions/propose`, proposal);
    await act(officer, 'review', goodReview);
    await act(officer, 'propose', proposal);
    await act(authority, 'publish', { decision });
    await act(authority, 'assign-review', { units: [officer.person?.unit.id], dueOn: '2199-01-31' });
    await act(officer, 'propose-option', { option });
    await officer.post(`${api}/procedures/${id}/actions/check-quality`, { passed: true, remarks: 'Đạt' });
    await act(checker, 'check-quality', { passed: true, remarks: 'Đạt' });
    last = await act(officer, 'correct', { revision: 1, changes: { findings: 'Cần thiết' }, reason: 'Nhầm' });
  });
  afterAll(() => app.stop());

  it('tells of every revision what held then, and each rule with what it rested on', async () => {
    const [kept] = (await Promise.all(Array.from({ length: last.revision + 1 }, (_, revision) => why(auditor, revision)))).map((answer, revision) => {
      expect([revision, answer.decidedAgain]).toEqual([revision, { same: true, outcome: 'accepted', differences: [] }]);
      expect(answer.rules.every(({ held }) => held)).toBe(true);
      expect([answer.definition?.version, answer.authority?.version, answer.calendar]).toEqual([expect.any(Number), 1, { id: 'vn', version: expect.any(Number) }]);
      return answer;
    });
    expect(kept?.rules.map(({ code }) => code)).toEqual(['not-authorised', 'code-taken', 'unit-closed', 'wrong-stage', 'implausible-date']);
    const [, code] = kept?.rules ?? [];
    expect(code?.because).toMatchObject({ fact: 'code', says: { code: '1.000042', taken: false }, events: [{ stream: 'code-1.000042', type: 'CodeReserved' }] });
    const published = await why(officer, 3);
    expect(published.actor).toMatchObject({ name: authority.person?.name, role: 'authority', roles: [{ role: 'authority' }] });
    expect(published.units.map(({ id: unit }) => unit)).toContain(officer.person?.unit.id);
    const [authorised, inPlace] = published.rules;
    expect(authorised?.because).toMatchObject({ fact: 'authority', events: [{ stream: `person-${published.actor.id}`, type: 'RoleGranted' }] });
    expect(inPlace?.because).toMatchObject({ says: { stage: 'proposed', leadsTo: 'published' }, events: [{ stream: `procedure-${id}`, revision: 2, type: 'PublicationProposed' }] });
    const checked = await why(auditor, 6);
    expect(checked.rules.find(({ code: one }) => one === 'same-person')?.because).toMatchObject({ fact: 'people', events: [{ revision: 5, type: 'OptionProposed' }] });
  }); // prettier-ignore

  it('tells why a command was refused, by the rules and by what is on record', async () => {
    const [early = '', unauthorised = ''] = await refusedPositions();
    const first = (await auditor.get<WhyAnswer>(`${api}/audit/refusals/${early}/why`)).body;
    expect(rulesOf(first)).toEqual([['not-authorised', false], ['wrong-stage', false], ['not-necessary', true], ['procedure-full', true]]); // prettier-ignore
    expect(first.decidedAgain).toEqual({ same: true, outcome: 'refused', differences: [] });
    const second = (await officer.get<WhyAnswer>(`${api}/audit/refusals/${unauthorised}/why`)).body;
    expect(second.rules.filter(({ held }) => !held).map(({ code }) => code)).toEqual(['not-authorised', 'same-person']);
    for (const position of [last.position, '0', '999999999', 'x'])
      expect((await auditor.get<Problem>(`${api}/audit/refusals/${position}/why`)).body).toMatchObject({ status: 404, code: 'not-found' });
  });

  it('says the same whatever is ordered afterwards', async () => {
    const before = await why(auditor, 6);
    const role = `people/${before.actor.id}/roles`;
    await order(administrator, role, { role: 'leader', unit: checker.person?.unit.id });
    const taken = await administrator.send('DELETE', `${api}/${role}/checker?unit=${checker.person?.unit.id ?? ''}`);
    expect(taken.status).toBe(200);
    await order(administrator, `units/${checker.person?.unit.id ?? ''}/rename`, { name: 'Quân chủng mẫu' });
    expect(await why(auditor, 6)).toEqual(before);
    await order(administrator, role, { role: 'checker', unit: checker.person?.unit.id });
  });

  it('has everything that was done in one trail, found by person, procedure, action, result, period and words', async () => {
    const all = await trail(auditor);
    expect(all.items.length).toBe(50);
    expect(all.items.map(({ position }) => BigInt(position))).toEqual(all.items.map(({ position }) => BigInt(position)).sort((one, other) => (one < other ? 1 : -1)));
    const of = await trail(auditor, `procedure=${id}&limit=200`);
    expect(of.items.filter(({ result }) => result === 'accepted').map(({ stream }) => stream)).toContain(`procedure-${id}`);
    expect(of.items.filter(({ result }) => result === 'refused').map(({ action, unmet }) => [action, unmet])).toEqual([
      ['check-quality', ['not-authorised', 'same-person']],
      ['propose', ['not-authorised', 'wrong-stage']],
    ]);
    const published = await trail(auditor, `procedure=${id}&action=publish`);
    expect(published.items).toMatchObject([{ type: 'ProcedurePublished', actor: { name: authority.person?.name, role: 'authority' }, procedure: { id }, proof: expect.stringMatching(/recorded|sealed/) }]);
    const by = published.items[0]?.actor.id ?? '';
    const done = await trail(auditor, `actor=${by}&result=accepted&limit=200`);
    expect(new Set(done.items.map(({ actor }) => actor.id))).toEqual(new Set([by]));
    expect(done.items.map(({ type }) => type)).toEqual(expect.arrayContaining(['ProcedurePublished', 'ReviewAssigned', 'SignedIn']));
    const named = await trail(auditor, `q=${encodeURIComponent('do van duyet')}&type=ProcedurePublished`);
    expect(named.items.map(({ type }) => type)).toEqual(['ProcedurePublished']);
    expect((await trail(auditor, `q=${encodeURIComponent('thu tuc kiem thử')}&procedure=${id}`)).items.length).toBeGreaterThan(5);
    expect((await trail(auditor, 'to=2020-01-01')).items).toEqual([]);
    for (const query of ['result=perhaps', 'type=x', 'limit=0', 'actor=me', 'from=2026-01-02&to=2026-01-01'])
      expect([query, (await auditor.get<Problem>(`${api}/audit/events?${query}`)).body.code]).toEqual([query, 'invalid-query']);
    for (const other of [officer, administrator, authority]) expect((await other.get<Problem>(`${api}/audit/events`)).body.code).toBe('not-authorised');
  }); // prettier-ignore

  it('has sign-ins and failed ones, by the account that was tried and never by what was typed', async () => {
    const [typed, secret] = ['nobody.has.this.name', 'ố-một-mật-khẩu'];
    const nobody = signedOut();
    for (const username of [officer.person?.username ?? '', typed]) await nobody.post(`${api}/auth/login`, { username, password: secret });
    const failed = await until(
      async () => (await trail(auditor, 'type=SignInFailed')).items,
      (items) => items.length > 0,
    );
    expect(failed).toMatchObject([{ result: 'failed', actor: { name: officer.person?.name } }]);
    const lines = await read(auditor);
    expect(lines.some((line) => line.includes(typed) || line.includes(secret))).toBe(false);
  });

  it('has what was read and taken away: files, papers, what is classified, and the trail itself', async () => {
    const secret = await order(officer, 'procedures', { ...registration(officer), classification: 'confidential' });
    for (const path of [`procedures/${secret.id}`, `procedures/${secret.id}`, `procedures/${id}`, 'reports/savings', 'reports/savings?format=csv', 'procedures/export', 'exports/register', `papers/submission?procedures=${id}`])
      expect([path, (await checker.get(`${api}/${path}`)).status]).toEqual([path, 200]);
    const kept = await trail(auditor, 'type=ClassifiedRead,ReportExported,ListExported,RegisterExported,PaperWritten,TrailRead&limit=200');
    const who = (await checker.get<{ id: string }>(`${api}/account`)).body.id;
    expect(kept.items.filter(({ actor }) => actor.id === who).map(({ type, about, procedure }) => [type, about, procedure?.id ?? null])).toEqual([
      ['PaperWritten', 'submission', null],
      ['RegisterExported', 'register', null],
      ['ListExported', 'procedures', null],
      ['ReportExported', 'savings', null],
      ['ClassifiedRead', '/api/v1/procedures/:id', secret.id],
    ]);
    expect(kept.items.filter(({ type }) => type === 'TrailRead').map(({ actor }) => actor.name)).toContain(auditor.person?.name);
  }); // prettier-ignore

  it('goes out as lines, and as a file', async () => {
    const lines = (await read(auditor, `?procedure=${id}`)).map((line) => JSON.parse(line) as Item);
    expect(lines.map(({ position }) => position)).toEqual((await trail(auditor, `procedure=${id}&limit=200`)).items.map(({ position }) => position));
    const csv = await auditor.get<string>(`${api}/audit/events/export?procedure=${id}`, { 'accept-language': 'en' });
    expect([csv.status, csv.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(csv.body.split('\r\n').length - 2).toBe(lines.length);
    expect(csv.body).toContain('Actor');
    const xlsx = await auditor.get(`${api}/audit/events/export?format=xlsx&actor=${lines[0]?.actor.id ?? ''}`);
    expect([xlsx.status, xlsx.headers.get('content-disposition')]).toEqual([200, 'attachment; filename="trail.xlsx"']);
    expect((await officer.get(`${api}/audit/events/export`)).status).toBe(403);
  }); // prettier-ignore

  it('is told to nobody who may not see the procedure, and of no revision that is not there', async () => {
    const secret = await order(officer, 'procedures', { ...registration(officer), classification: 'confidential' });
    const outsider = await signInAs(app.url, 'officer', 'unit', 2);
    for (const [by, path] of [
      [outsider, `${secret.id}/revisions/0`],
      [auditor, `${id}/revisions/99`],
      [auditor, `${id}/revisions/x`],
    ] as const)
      expect([path, (await by.get<Problem>(`${api}/procedures/${path}/why`)).status]).toEqual([path, 404]);
    expect((await why(auditor, 0, secret.id)).decidedAgain.same).toBe(true);
  });
});
