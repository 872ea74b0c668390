import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type StartedApp } from './support/app.js';
import { decision, goodReview, option, order, proposal, registration, signInAs, type Caller, type Problem } from './support/client.js';
import { textsOfZip } from './support/zip-texts.js';

/** What is in each paper. */
type Parts = ReadonlyMap<string, string>;

const number = '88/QĐ-HQ';
const dayMs = 86_400_000;
const textIn = (parts: Parts): string => (parts.get('word/document.xml') ?? '').replace(/<[^>]*>/g, '');
const footIn = (parts: Parts): string => [...parts].filter(([name]) => name.startsWith('word/footer')).map(([, foot]) => foot.replace(/<[^>]*>/g, ''))[0] ?? ''; // prettier-ignore
/** All but what says when it was made, and by which checkpoint it is held against the log. */
const unstamped = (parts: Parts): readonly (readonly [string, string])[] =>
  [...parts]
    .filter(([name]) => !/^word\/(?:footer|media\/)/.test(name) && name !== 'docProps/core.xml')
    .map(([name, text]) => [name, text.replace(/<w:tbl>(?:(?!<w:tbl>).)*<w:drawing>.*<\/w:drawing>/s, '')]);

describe('An official paper as of a moment of the past', () => {
  let app: StartedApp;
  let officer: Caller;
  let authority: Caller;
  let administrator: Caller;
  /** Who sees neither of the units. */
  let stranger: Caller;
  let old: string;
  let land: string;
  /** The position up to where papers were made, and the moment after. */
  let [position, moment, head] = ['', '', ''];
  let [whole, draft, later] = ['', '', ''];
  let queries: readonly string[];
  const before = new Map<string, Parts>();

  const read = (query: string, by = officer): Promise<Response> =>
    fetch(`${app.url}/api/v1/papers/${query}`, { headers: { authorization: `Bearer ${by.token ?? ''}` } });
  const paper = async (query: string): Promise<Parts> => {
    const answer = await read(query);
    if (answer.status !== 200) throw new Error(`${query} was answered with ${String(answer.status)}: ${await answer.text()}`);
    return textsOfZip(Buffer.from(await answer.arrayBuffer()));
  };
  const refused = async (query: string, by = officer): Promise<readonly [number, string | undefined, string | undefined]> => {
    const answer = await read(query, by);
    const { errors = [] } = (await answer.json()) as Problem;
    return [answer.status, errors[0]?.path, errors[0]?.message];
  };
  const upTo = async (to: string): Promise<void> => {
    expect((await officer.get(`/api/v1/reports/review-results?limit=1&minPosition=${to}`)).status).toBe(200);
  };
  const registered = (title: string): Promise<{ readonly id: string }> =>
    order(officer, 'procedures', { ...registration(officer), title, owningUnit: old });

  beforeAll(async () => {
    app = await startApp();
    [officer, authority, administrator, stranger] = await Promise.all([
      signInAs(app.url, 'officer', 'service'),
      signInAs(app.url, 'authority', 'service'),
      signInAs(app.url, 'administrator', 'service'),
      signInAs(app.url, 'officer', 'unit', 2),
    ]);
  });

  beforeAll(async () => {
    const unit = async (name: string): Promise<string> =>
      (await order(administrator, 'units', { name, level: 'unit', parent: administrator.person?.unit.id })).id;
    [old, land] = [await unit('Phòng Tài nguyên cũ'), await unit('Phòng Đất đai')];
    whole = (await registered('Cấp giấy phép tên cũ')).id;
    await order(officer, `procedures/${whole}/actions/review`, goodReview);
    await order(officer, `procedures/${whole}/actions/propose`, proposal);
    await order(authority, `procedures/${whole}/actions/publish`, { decision: { ...decision, number } });
    await order(officer, `procedures/${whole}/actions/propose-option`, { option });
    draft = (await registered('Bản thảo tên cũ')).id;
    await upTo((await order(administrator, `units/${old}/rename`, { name: 'Phòng Tài nguyên' })).position);
    queries = [
      `submission?procedures=${draft},${whole}`,
      `publication-decision?decision=${encodeURIComponent(number)}&decidedOn=${decision.date}`,
      `review-form?procedures=${whole}`,
      `cost-form?procedures=${whole}`,
      `option-decision?procedures=${whole}`,
      `review-results?unit=${old}`,
    ];
    for (const query of queries) before.set(query, await paper(query));
    position = /vị trí (\d+)/.exec(footIn(before.get(queries.at(-1) ?? '') ?? new Map<string, string>()))?.[1] ?? '';
    moment = new Date().toISOString();

    // What comes then is entered later than the moment, by the clock as well.
    await new Promise((resolve) => setTimeout(resolve, 50));
    await order(officer, `procedures/${whole}/actions/correct`, { revision: 0, changes: { title: 'Cấp giấy phép tên mới' }, reason: 'Gõ nhầm' });
    await order(authority, `procedures/${whole}/actions/correct`, { revision: 3, changes: { 'decision.number': '99/QĐ-HQ' }, reason: 'Gõ nhầm' });
    expect((await officer.send('PATCH', `/api/v1/procedures/${draft}/parts`, JSON.stringify({ steps: 'Nộp qua mạng' }))).status).toBe(200);
    await order(officer, `procedures/${draft}/actions/correct`, { revision: 0, changes: { title: 'Bản thảo tên mới' }, reason: 'Gõ nhầm' });
    later = (await registered('Thủ tục đến sau')).id;
    const { text } = (await officer.get<{ readonly text: string }>('/api/v1/papers/submission/template')).body;
    await order(administrator, 'papers/submission/template/versions', { text: text.replace('TỜ TRÌNH', 'PHIẾU TRÌNH'), reason: 'Mẫu mới' });
    const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
    await order(administrator, `units/${old}/rename`, { name: 'Phòng Môi trường' });
    const plan = { title: 'Nhập phòng', decision: { number: '15/QĐ', date: today }, effectiveOn: today, steps: [{ kind: 'merge', unit: old, into: land }] };
    const { id } = await order(administrator, 'reorganisations', plan);
    const state = async (): Promise<string> => (await administrator.get<{ readonly state: string }>(`/api/v1/reorganisations/${id}`)).body.state;
    while (['planned', 'running'].includes(await state())) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await state()).toBe('completed');
    head = (await order(officer, 'procedures', registration(officer))).position;
    await upTo(head);
  }); // prettier-ignore
  afterAll(() => app.stop());

  it('is, but for the stamp of making, what it was when the log ended there', async () => {
    for (const query of queries)
      for (const asOf of [position, encodeURIComponent(moment)]) {
        const again = await paper(`${query}&asOf=${asOf}`);
        expect([query, asOf, unstamped(again)]).toEqual([query, asOf, unstamped(before.get(query) ?? new Map<string, string>())]);
        expect(footIn(again)).toMatch(
          /^Lập từ dữ liệu đến vị trí \d+ của nhật ký, như lúc \d\d:\d\d ngày \d\d\/\d\d\/\d{4}; in lúc \d\d:\d\d ngày \d\d\/\d\d\/\d{4}\. Nhật ký /,
        );
        if (asOf === position) expect(footIn(again)).toContain(`vị trí ${position} của`);
      }
  });

  it('says otherwise as it stands, in titles, parts, units, wording and decisions', async () => {
    const submission = textIn(await paper(queries[0] ?? ''));
    for (const [is, was] of [['Bản thảo tên mới', 'Bản thảo tên cũ'], ['Cấp giấy phép tên mới', 'Cấp giấy phép tên cũ'], ['Phòng Đất đai', 'Phòng Tài nguyên'], ['PHIẾU TRÌNH', 'TỜ TRÌNH']] as const) {
      const stood = textIn(before.get(queries[0] ?? '') ?? new Map<string, string>());
      expect([is, submission.includes(is), submission.includes(was), stood.includes(is), stood.includes(was)]).toEqual([is, true, false, false, true]);
    }
    const decided = `publication-decision?procedures=${draft}`;
    expect(textIn(await paper(decided))).toContain('Nộp qua mạng');
    expect(textIn(await paper(`${decided}&asOf=${position}`))).not.toContain('Nộp qua mạng');
    const results = textIn(await paper(`review-results?unit=${land}`));
    expect([results.includes('Cấp giấy phép tên mới'), results.includes('Thủ tục đến sau')]).toEqual([true, true]);
  }); // prettier-ignore

  it('is of the decision as its number read then', async () => {
    const of = (asked: string, asOf = ''): string => `publication-decision?decision=${encodeURIComponent(asked)}${asOf}`;
    expect((await refused(of(number)))[0]).toBe(404);
    expect((await refused(of('99/QĐ-HQ', `&asOf=${position}`)))[0]).toBe(404);
    expect(textIn(await paper(of('99/QĐ-HQ')))).toContain('Cấp giấy phép tên mới');
  });

  it('is refused where nobody can tell what stood then', async () => {
    const ahead = (Number(head) + 1_000_000).toString();
    expect(await refused(`submission?procedures=${draft}&asOf=${ahead}`)).toEqual([400, 'asOf', expect.stringMatching(/^must not lie ahead: the newest position is \d+$/)]);
    const tomorrow = new Date(Date.now() + dayMs).toISOString();
    expect(await refused(`submission?procedures=${draft}&asOf=${tomorrow}`)).toEqual([400, 'asOf', 'must not lie ahead: what will be there then is not known yet']);
    for (const asOf of [position, moment])
      expect(await refused(`submission?procedures=${draft},${later}&asOf=${asOf}`)).toEqual([400, 'asOf', `must not lie before the registration of ${later}`]);
    expect(await refused(`submission?procedures=${draft}&asOf=yesterday`)).toEqual([400, 'asOf', expect.stringMatching(/^must be a position/)]);
    expect((await refused(`review-results?unit=${land}&asOf=${position}`))[0]).toBe(404);
    expect((await refused('review-results?asOf=1'))[0]).toBe(404);
  }); // prettier-ignore

  it('is not there for whoever may not see today what it is about', async () => {
    for (const query of [`submission?procedures=${draft}`, `review-results?unit=${old}`, `submission?procedures=${later}`])
      expect([query, (await refused(`${query}&asOf=${position}`, stranger))[0]]).toEqual([query, 404]);
  });
});
