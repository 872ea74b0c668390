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

const api = '/api/v1';
const slow = 180_000;

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
  }, slow);
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
