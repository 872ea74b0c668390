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

type Row = { readonly key: string } & Readonly<Record<string, unknown>>;
interface Report {
  readonly columns: readonly { readonly key: string }[];
  readonly rows: readonly Row[];
  readonly totals?: Readonly<Record<string, unknown>>;
  readonly nextCursor?: string | null;
}
interface Explained {
  readonly value: unknown;
  readonly events: readonly {
    readonly type: string;
    readonly contributes: number | null;
    readonly part?: string;
    readonly position: string;
  }[];
  readonly nextCursor: string | null;
}

const names = ['cycle-times', 'activity', 'review-results'] as const;
type Name = (typeof names)[number];
const document = { title: 'Thông tư', number: '1/TT', date: '2025-02-10', effectiveDate: '2025-03-01' };

describe('what reports say of the work on procedures', () => {
  let app: StartedApp;
  let officer: Caller;
  let checker: Caller;
  let authority: Caller;
  let whole: string;
  let last = '0';
  /** What was answered live after each step, by position. */
  const answered = new Map<string, Readonly<Record<Name, Report>>>();

  const read = async (name: Name, query: object = {}, by = authority): Promise<Report> => {
    const asked = new URLSearchParams({ minPosition: last, ...query });
    const { status, body } = await by.get<Report>(`/api/v1/reports/${name}?${String(asked)}`);
    expect([name, String(asked), status]).toEqual([name, String(asked), 200]);
    return body;
  };
  const explain = async (name: Name, row: string, column: string, query: object = {}, by = authority): Promise<Explained> => {
    const asked = new URLSearchParams({ minPosition: last, row, column, ...query });
    const { status, body } = await by.get<Explained>(`/api/v1/reports/${name}/explain?${String(asked)}`);
    expect([name, row, column, status]).toEqual([name, row, column, 200]);
    return body;
  };
  const step = async (accepted: Promise<Accepted>): Promise<Accepted> => {
    const done = await accepted;
    last = done.position;
    const [times, activity, results] = [await read('cycle-times'), await read('activity'), await read('review-results')];
    answered.set(last, { 'cycle-times': times, activity, 'review-results': results });
    return done;
  };
  const act = (by: Caller, id: string, action: string, body: object): Promise<Accepted> =>
    step(order(by, `procedures/${id}/actions/${action}`, body));
  const register = async (change: object): Promise<string> =>
    (await step(order(officer, 'procedures', { ...registration(officer), occurredOn: '2025-01-02', ...change }))).id;
  const rowOf = (report: Report, key: string): Row | undefined => report.rows.find((row) => row.key === key);
  const sum = ({ events }: Explained, part?: string): number =>
    events.reduce((total, event) => total + (event.part === part ? (event.contributes ?? 0) : 0), 0);

  beforeAll(async () => {
    app = await startApp();
    [officer, checker, authority] = await Promise.all([
      signInAs(app.url, 'officer', 'service'),
      signInAs(app.url, 'checker', 'service'),
      signInAs(app.url, 'authority', 'service'),
    ]);
    whole = await register({ title: 'Đi hết vòng đời', code: '1.000001' });
    const other = await register({ title: 'Mới rà soát', group: 'C' });
    await act(officer, other, 'correct', { revision: 0, changes: { group: 'D' }, reason: 'Gõ nhầm' });
    await act(officer, whole, 'review', { ...goodReview, occurredOn: '2025-01-06' });
    await act(officer, whole, 'propose', { ...proposal, occurredOn: '2025-01-08' });
    await act(authority, whole, 'return', { reason: 'Thiếu thành phần', occurredOn: '2025-01-10' });
    await act(officer, whole, 'propose', { ...proposal, occurredOn: '2025-01-13' });
    await act(authority, whole, 'suspend', { reason: 'Chờ luật', occurredOn: '2025-01-14' });
    await act(authority, whole, 'resume', { occurredOn: '2025-01-16' });
    await act(authority, whole, 'publish', { decision, occurredOn: '2025-01-20' });
    await act(officer, whole, 'propose-option', { option, occurredOn: '2025-02-03' });
    await act(checker, whole, 'return', { reason: 'Chưa rõ văn bản', occurredOn: '2025-02-04' });
    await act(officer, whole, 'propose-option', { option, occurredOn: '2025-02-05' });
    await act(checker, whole, 'check-quality', { passed: true, remarks: 'Đạt', occurredOn: '2025-02-06' });
    await act(authority, whole, 'approve-option', { decision: { ...decision, number: '44/QĐ' }, occurredOn: '2025-02-07' });
    await act(officer, whole, 'implement-option', { document, occurredOn: '2025-02-12' });
    await act(officer, other, 'review', { ...goodReview, occurredOn: '2025-01-15' });
    await act(officer, whole, 'correct', { revision: 1, changes: { occurredOn: '2025-01-07' }, reason: 'Gõ nhầm' });
    await act(officer, other, 'correct', { revision: 0, changes: { field: 'tài chính' }, reason: 'Gõ nhầm' });
    await act(authority, whole, 'correct', { revision: 7, changes: { 'decision.number': '13/QĐ' }, reason: 'Gõ nhầm' });
  }, 300_000);
  afterAll(() => app.stop());

  it('measure stays in working days by the calendar of then, without those of a suspension', async () => {
    const { rows } = await read('cycle-times');
    // 2 to 7 January, corrected from the 6th, and 2 to 15 January.
    expect(rowOf({ rows, columns: [] }, 'internal/D/registered')).toMatchObject({ count: 2, median: 6, p90: 9, unknown: 0 });
    // 7 to 8, and 10 to 13 January.
    expect(rowOf({ rows, columns: [] }, 'internal/D/reviewed')).toMatchObject({ count: 2, median: 1, p90: 1 });
    // 8 to 10 January; 13 to 20 without what lies after the 14th up to the 16th.
    expect(rowOf({ rows, columns: [] }, 'internal/D/proposed')).toMatchObject({ count: 2, median: 2.5, p90: 3 });
    expect(rows.filter(({ bottleneck }) => bottleneck === true).map(({ key }) => key)).toEqual(['internal/D/registered']);
    expect(rowOf(await read('cycle-times', { from: '2025-01-08', to: '2025-01-10' }), 'internal/D/proposed')).toMatchObject({ count: 1, median: 2 });
    expect((await read('cycle-times', { field: 'tài chính' })).rows).toMatchObject([{ key: 'internal/D/registered', count: 1, median: 9 }]);
    expect((await read('cycle-times', { unit: authority.person?.unit.id ?? '' })).rows).toEqual(rows);
    const samples = await explain('cycle-times', 'internal/D/registered', 'median');
    expect(samples).toMatchObject({
      value: 6,
      events: [
        { type: 'ProcedureReviewed', contributes: 3, part: 'sample' },
        { type: 'ProcedureReviewed', contributes: 9, part: 'sample' },
      ],
    });
    const share = await explain('cycle-times', 'internal/D/registered', 'share');
    expect(((100 * sum(share, 'numerator')) / sum(share, 'denominator')).toFixed(2)).toBe(share.value);
    const first = await explain('cycle-times', 'internal/D/registered', 'share', { limit: '1' });
    const next = await explain('cycle-times', 'internal/D/registered', 'share', { limit: '200', cursor: first.nextCursor ?? '' });
    expect([...first.events, ...next.events]).toEqual(share.events);
  }); // prettier-ignore

  it('count what was done for each unit, and no person', async () => {
    const report = await read('activity');
    const unit = officer.person?.unit.id ?? '';
    expect(report.rows).toHaveLength(1);
    expect(rowOf(report, unit)).toMatchObject({
      ...{ unit, unitName: officer.person?.unit.name, registered: 2, reviewed: 2, proposed: 2, returned: 1, published: 1, suspended: 1, resumed: 1 },
      ...{ optionsProposed: 2, optionsReturned: 1, optionsChecked: 1, optionsApproved: 1, optionsImplemented: 1, corrected: 4, total: 20, returnedPercent: '10.00' },
    });
    expect(report.totals).toMatchObject({ total: 20, returned: 1 });
    expect(JSON.stringify(report)).not.toContain(officer.person?.name);
    expect((await read('activity', { role: 'checker' })).rows).toMatchObject([{ optionsReturned: 1, optionsChecked: 1, total: 2 }]);
    expect((await read('activity', { from: '2025-01-07', to: '2025-01-08' })).rows).toMatchObject([{ reviewed: 1, proposed: 1, total: 2 }]);
    expect(sum(await explain('activity', unit, 'total', { limit: '200' }))).toBe(20);
    expect((await explain('activity', unit, 'reviewed')).events.map(({ type, contributes }) => [type, contributes])).toEqual([['ProcedureReviewed', 1], ['ProcedureReviewed', 1]]);
    const share = await explain('activity', unit, 'returnedPercent', { limit: '200' });
    expect([sum(share, 'numerator'), sum(share, 'denominator')]).toEqual([2, 20]);
  }); // prettier-ignore

  it('show what reviews led to, a row for each option and for each procedure without any', async () => {
    const report = await read('review-results');
    expect(report.rows.map(({ no, title, status, delayReason }) => [no, title, status, delayReason])).toEqual([
      [1, 'Đi hết vòng đời', 'returned', 'Chưa rõ văn bản'],
      [2, 'Đi hết vòng đời', 'implemented', null],
      [3, 'Mới rà soát', null, null],
    ]);
    const row = report.rows[1];
    expect(row).toMatchObject({
      ...{ procedure: whole, code: '1.000001', field: 'văn phòng', group: 'D', authority: 'own', documents: 'Quy chế làm việc', type: 'cutDocument' },
      ...{ decisionNumber: '44/QĐ', implementedBy: 'Thông tư 1/TT', implementedOn: '2025-02-10', publicationNumber: '13/QĐ', publicationOn: '2023-02-01' },
    });
    expect(Number(row?.['costBefore']) - Number(row?.['costAfter'])).toBe(row?.['saving']);
    for (const one of report.rows) expect(Object.keys(one)).toEqual(expect.arrayContaining(report.columns.map(({ key }) => key)));
    expect((await explain('review-results', row?.key ?? '', 'decisionNumber')).events.map(({ type }) => type)).toEqual(['OptionApproved']);
    expect((await explain('review-results', row?.key ?? '', 'publicationNumber')).events.map(({ type }) => type)).toEqual(['ProcedurePublished', 'RecordCorrected']);
    const saving = await explain('review-results', row?.key ?? '', 'saving');
    expect([sum(saving), saving.value]).toEqual([row?.['saving'], row?.['saving']]);
    const pages: Row[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Report = await read('review-results', { limit: '1', ...(cursor !== '' && { cursor }) });
      pages.push(...page.rows);
      cursor = page.nextCursor ?? null;
    }
    expect(pages).toEqual(report.rows);
    expect((await read('review-results', { from: '2025-02-10' })).rows.map(({ no, status }) => [no, status])).toEqual([[1, 'implemented']]);
    expect((await read('review-results', { field: 'tài chính' })).rows.map(({ title }) => title)).toEqual(['Mới rà soát']);
  }); // prettier-ignore

  it('answer as of a position what they answered live then', async () => {
    expect(answered.size).toBe(20);
    for (const [position, live] of answered)
      for (const name of names) {
        const { rows, totals } = await read(name, { asOf: position });
        expect([name, position, rows, totals]).toEqual([name, position, live[name].rows, live[name].totals]);
      }
    const [at = ''] = answered.keys();
    const { body, status } = await authority.get<{ rows: { cells: Record<string, object> }[] }>(`/api/v1/reports/activity/compare?at=${at}&with=${last}`);
    expect([status, body.rows[0]?.cells['total']]).toEqual([200, { at: 1, with: 20, difference: 19 }]);
  }); // prettier-ignore

  it('leave no trace of what the reader may not see', async () => {
    const { body: people } = await officer.get<readonly { username: string; clearance: string }[]>('/api/v1/auth/demo');
    const nth = people.filter(({ username }) => username.startsWith('unit')).findIndex(({ clearance }) => clearance === 'none');
    const uncleared = await signInAs(app.url, 'officer', 'unit', nth);
    const owningUnit = uncleared.person?.unit.id;
    for (const classification of ['none', 'confidential']) {
      const { id, position } = await order(officer, 'procedures', { ...registration(officer), owningUnit, classification, title: `Của đơn vị, ${classification}` });
      last = position;
      last = (await order(officer, `procedures/${id}/actions/review`, goodReview)).position;
    }
    for (const query of [{}, { asOf: last }, { kind: 'internal' }, { from: '2025-01-01' }]) {
      const [times, activity, results] = await Promise.all(names.map((name) => read(name, query, uncleared)));
      expect(times?.rows).toMatchObject([{ count: 1 }]);
      expect(activity?.rows).toMatchObject([{ registered: 1, reviewed: 1, total: 2 }]);
      expect(results?.rows).toMatchObject([{ title: 'Của đơn vị, none' }]);
      expect((await read('review-results', query)).rows).toHaveLength(5);
    }
    expect((await explain('activity', officer.person?.unit.id ?? '', 'total', {}, uncleared)).events).toHaveLength(2);
    for (const row of ['', `/${String((await read('review-results')).rows[1]?.['option'])}`]) {
      const asked = new URLSearchParams({ row: `${whole}${row}`, column: 'saving' });
      const answer = await uncleared.get<Problem>(`/api/v1/reports/review-results/explain?${String(asked)}`);
      expect([answer.status, answer.body.errors?.[0]?.path]).toEqual([400, 'row']);
    }
  }); // prettier-ignore
});
