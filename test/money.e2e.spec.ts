import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type StartedApp } from './support/app.js';
import { decision, goodReview, option, order, proposal, registration, signInAs, type Caller, type Problem } from './support/client.js';

interface Measured {
  readonly on: string;
  readonly figures: { readonly year: number };
}
interface Shown {
  readonly stage: string;
  readonly revision: number;
  readonly measured: Measured | null;
  readonly options: readonly { readonly id: string; readonly measured?: Measured }[];
  readonly otherActions: readonly { readonly action: string; readonly unmet: readonly string[] }[];
}

const api = '/api/v1';
const evidence = { title: 'Biên bản khảo sát', number: '03/BB', date: '2024-06-10' };
const cost = { ...option.before, subjectsPerYear: 10 };

describe('what procedures cost', () => {
  let app: StartedApp;
  let officer: Caller;
  let checker: Caller;
  let authority: Caller;
  let administrator: Caller;

  beforeAll(async () => {
    app = await startApp();
    [officer, checker, authority, administrator] = await Promise.all([
      signInAs(app.url, 'officer', 'service'),
      signInAs(app.url, 'checker', 'service'),
      signInAs(app.url, 'authority', 'service'),
      signInAs(app.url, 'administrator', 'service'),
    ]);
  });
  afterAll(() => app.stop());

  const published = async (): Promise<string> => {
    const { id } = await order(officer, 'procedures', registration(officer));
    await order(officer, `procedures/${id}/actions/review`, goodReview);
    await order(officer, `procedures/${id}/actions/propose`, proposal);
    await order(authority, `procedures/${id}/actions/publish`, { decision });
    return id;
  };
  const implemented = async (): Promise<string> => {
    const id = await published();
    await order(officer, `procedures/${id}/actions/propose-option`, { option });
    await order(checker, `procedures/${id}/actions/check-quality`, { passed: true, remarks: 'Đạt' });
    await order(authority, `procedures/${id}/actions/approve-option`, { decision });
    const document = { title: 'Quyết định', number: '30/QĐ', date: '2024-05-06', effectiveDate: '2024-06-10' };
    await order(officer, `procedures/${id}/actions/implement-option`, { document });
    return id;
  };
  const shown = async (id: string, by = officer): Promise<Shown> => (await by.get<Shown>(`${api}/procedures/${id}`)).body;
  const refusal = async (by: Caller, path: string, body: object): Promise<readonly [number, string]> => {
    const { status, body: problem } = await by.post<Problem>(`${api}/${path}`, body);
    return [status, problem.code];
  };

  it('is measured as it stands and after an option was implemented, without moving the procedure', async () => {
    const id = await implemented();
    const before = await shown(id);
    const optionId = before.options[0]?.id ?? '';
    await order(officer, `procedures/${id}/measurements`, { cost, evidence, occurredOn: '2024-07-01' });
    await order(checker, `procedures/${id}/measurements`, { optionId, cost: { ...cost, subjectsPerYear: 5 }, evidence });
    const after = await shown(id);
    expect(after).toMatchObject({ stage: before.stage, revision: before.revision + 2, measured: { on: '2024-07-01' } });
    expect(after.options).toMatchObject([{ measured: { figures: { year: (after.measured?.figures.year ?? 0) / 2 } } }]);
    const { body } = await officer.get<{ items: readonly { type: string; data: object }[] }>(`${api}/procedures/${id}/history?type=CostMeasured`);
    expect(body.items).toMatchObject([{ data: { evidence } }, { data: { optionId } }]);
  }); // prettier-ignore

  it('is measured by nobody who does not count it, and of no option that did not come into force', async () => {
    const id = await implemented();
    const open = await published();
    await order(officer, `procedures/${open}/actions/propose-option`, { option });
    const proposed = (await shown(open)).options[0]?.id ?? '';
    const optionId = (await shown(id)).options[0]?.id ?? '';
    const at = `procedures/${id}/measurements`;
    expect(await refusal(authority, at, { cost, evidence })).toEqual([403, 'not-authorised']);
    expect((await shown(id, authority)).otherActions).toContainEqual({ action: 'measure', unmet: ['not-authorised'] });
    expect(await refusal(officer, `procedures/${open}/measurements`, { optionId: proposed, cost, evidence })).toEqual([409, 'wrong-stage']);
    const otherWage = { ...cost, hourlyWage: cost.hourlyWage + 1 };
    expect(await refusal(officer, at, { optionId, cost: otherWage, evidence })).toEqual([409, 'wage-mismatch']);
    for (const wrong of [
      { cost },
      { cost, evidence: { ...evidence, date: '2199-01-01' } },
      { cost, evidence, optionId: proposed },
      { cost: { ...cost, inputs: [{ input: 'lines.9.fee', source: 'x', method: 'x' }] }, evidence },
    ])
      expect(await refusal(officer, at, wrong)).toEqual([400, 'invalid-body']);
  });

  it('is reckoned with the hourly wage in force, once one is set', async () => {
    const id = await published();
    const wage = { value: 45_000, source: 'GDP bình quân đầu người 2023 ÷ 2.112', validFrom: '2024-01-01' };
    expect(await refusal(officer, 'parameters/hourlyWage/versions', wage)).toEqual([403, 'not-authorised']);
    await order(administrator, 'parameters/hourlyWage/versions', wage);
    const { body } = await officer.get<object>(`${api}/parameters/hourlyWage`);
    expect(body).toMatchObject({ name: 'hourlyWage', inForce: { value: 45_000, version: 1 } });
    expect(await refusal(officer, `procedures/${id}/actions/propose-option`, { option })).toEqual([409, 'wage-mismatch']);
    const reckoned = { ...option, before: { ...option.before, hourlyWage: 45_000 }, after: { ...option.after, hourlyWage: 45_000 } };
    await order(officer, `procedures/${id}/actions/propose-option`, { option: reckoned });
    // What is entered late was reckoned as it was then.
    const other = await published();
    await order(officer, `procedures/${other}/actions/propose-option`, { option, occurredOn: '2023-12-31', confirm: ['implausible-date'] });
    expect((await officer.get(`${api}/parameters/nothing`)).status).toBe(404);
  });

  it('is set so often a day and no more, and all that was set is read in pages', async () => {
    const path = 'parameters/periodLastDay/versions';
    const set = async (value: number): Promise<number> =>
      (await administrator.post(`${api}/${path}`, { value, source: 'Quyết định', validFrom: '2024-01-01' })).status;
    let taken = 0;
    while (taken <= 48 && (await set(1 + (taken % 31))) === 201) taken++;
    // Another day may begin meanwhile.
    expect([taken >= 24, taken <= 48]).toEqual([true, true]);
    expect(await refusal(administrator, path, { value: 1, source: 'x', validFrom: '2024-01-01' })).toEqual([409, 'set-too-often']);
    type Page = { readonly versions: readonly { readonly version: number; readonly setOn: string }[]; readonly nextCursor: string | null };
    const page = async (query: string): Promise<Page> => (await officer.get<Page>(`${api}/parameters/periodLastDay?${query}`)).body;
    const read: number[] = [];
    for (let next: string | null = ''; next !== null;) {
      const { versions, nextCursor }: Page = await page(`limit=10${next === '' ? '' : `&cursor=${next}`}`);
      read.unshift(...versions.map(({ version }) => version));
      expect(versions.every(({ setOn }) => /^\d{4}-\d{2}-\d{2}$/.test(setOn))).toBe(true);
      next = nextCursor;
    }
    expect(read).toEqual(Array.from({ length: taken }, (_, index) => index + 1));
    expect(await page('')).toMatchObject({ nextCursor: null, versions: read.map((version) => ({ version })) });
    for (const query of ['limit=201', 'limit=0', 'cursor=x', 'from=2025'])
      expect([query, (await officer.get(`${api}/parameters/periodLastDay?${query}`)).status]).toEqual([query, 400]);
  });

  it('says on which of its parts the saving hangs', async () => {
    const side = (hours: string): object => ({ timesPerYear: 1, subjectsPerYear: 40, lines: [{ hours, fee: 20_000, service: 0 }] });
    const { status, body } = await officer.post<{ percent: number; parts: readonly { part: string }[] }>(`${api}/compliance-cost/sensitivity`, { hourlyWage: 31_111, before: side('10'), after: side('6') });
    expect({ status, percent: body.percent, parts: body.parts.map(({ part }) => part) }).toEqual({ status: 200, percent: 20, parts: ['time', 'fees', 'services', 'frequency', 'subjects'] });
  }); // prettier-ignore
});
