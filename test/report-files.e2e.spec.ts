import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rowsOfXlsx } from '#sheets';
import { startApp, type StartedApp } from './support/app.js';
import { textsOfZip } from './support/zip-texts.js';
import { decision, goodReview, order, proposal, registration, signInAs, type Caller, type Problem } from './support/client.js';

describe('a report that is taken along', () => {
  let app: StartedApp;
  let officer: Caller;
  beforeAll(async () => {
    app = await startApp();
    officer = await signInAs(app.url, 'officer', 'service');
    const { position } = await order(officer, 'procedures', registration(officer));
    await officer.get(`/api/v1/reports/funnel?minPosition=${position}`);
  }, 180_000);
  afterAll(() => app.stop());

  const file = async (query: string): Promise<{ readonly type: string | null; readonly bytes: Buffer }> => {
    const answer = await fetch(`${app.url}/api/v1/reports/${query}`, {
      headers: { authorization: `Bearer ${officer.token ?? ''}`, 'accept-language': 'vi' },
    });
    return { type: answer.headers.get('content-type'), bytes: Buffer.from(await answer.arrayBuffer()) };
  };

  it('is a workbook with figures as figures below a Vietnamese header', async () => {
    const { type, bytes } = await file('funnel?format=xlsx&kind=internal');
    expect(type).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    async function* read(from: number, to: number): AsyncGenerator<Buffer> {
      yield await Promise.resolve(bytes.subarray(from, to));
    }
    const rows: (readonly unknown[])[] = [];
    for await (const { cells } of rowsOfXlsx({ size: bytes.length, read }))
      rows.push(cells.map((cell) => (cell?.type === 'text' ? cell.text : cell?.type === 'number' ? cell.value : null)));
    expect(rows[0]).toEqual(['Loại', 'Nhóm', 'Giai đoạn', 'Số thủ tục']);
    expect(rows[1]?.slice(0, 3)).toEqual(['internal', 'D', 'registered']);
    expect(rows[1]?.[3]).toBeGreaterThan(0);
  });

  it('is a paper in PDF with whole Vietnamese type', async () => {
    const { type, bytes } = await file('funnel?format=pdf');
    expect(type).toBe('application/pdf');
    expect(bytes.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    expect(bytes.toString('latin1')).toContain('BeVietnamPro');
  });

  describe('an official paper', () => {
    const number = '77/QĐ-HQ';
    let authority: Caller;
    /** Of a unit whose people are cleared for nothing. */
    let uncleared: Caller;
    let open: string;
    let kept: string;
    const published = async (more: object): Promise<string> => {
      const { id } = await order(officer, 'procedures', { ...registration(officer), ...more });
      await order(officer, `procedures/${id}/actions/review`, goodReview);
      await order(officer, `procedures/${id}/actions/propose`, proposal);
      const { position } = await order(authority, `procedures/${id}/actions/publish`, { decision: { ...decision, number } });
      await officer.get(`/api/v1/procedures?minPosition=${position}`);
      return id;
    };
    beforeAll(async () => {
      [authority, uncleared] = await Promise.all([signInAs(app.url, 'authority', 'service'), signInAs(app.url, 'officer', 'unit', 2)]);
      open = await published({ title: 'Điều động phương tiện' });
      kept = await published({ title: 'Kho vũ khí', classification: 'confidential' });
    }, 180_000);
    const paper = async (caller: Caller, query: string, headers: Readonly<Record<string, string>> = {}) => {
      const answer = await fetch(`${app.url}/api/v1/papers/${query}`, { headers: { authorization: `Bearer ${caller.token ?? ''}`, ...headers } });
      const bytes = Buffer.from(await answer.arrayBuffer());
      return { status: answer.status, headers: answer.headers, said: answer.ok ? (await textsOfZip(bytes)).get('word/document.xml') ?? '' : bytes.toString() };
    }; // prettier-ignore

    it('decides on all that its decision is about, as far as the reader may see it', async () => {
      const query = `publication-decision?decision=${encodeURIComponent(number)}`;
      const { status, headers, said } = await paper(officer, query);
      expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
        200,
        'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        'private, no-cache',
      ]);
      expect(headers.get('content-disposition')).toContain(`filename*=UTF-8''${encodeURIComponent('Quyết định công bố 77-QĐ-HQ.docx')}`);
      expect([said.includes('Điều động phương tiện'), said.includes('Kho vũ khí'), said.includes('MẬT')]).toEqual([true, true, true]);
      const less = await paper(uncleared, query);
      expect([
        less.status,
        less.said.includes('Điều động phương tiện'),
        less.said.includes('Kho vũ khí'),
        less.said.includes('MẬT'),
      ]).toEqual([200, true, false, false]);
      // That somebody took it along is on record in the log, once in a minute, which makes another answer of it.
      let [known, again] = [headers.get('etag') ?? '', 200];
      for (let tries = 0; tries < 5 && again !== 304; tries++) {
        const answer = await paper(officer, query, { 'if-none-match': known });
        [known, again] = [answer.headers.get('etag') ?? '', answer.status];
      }
      expect(again).toBe(304);
    });

    it('is not there about what is not there for the reader', async () => {
      for (const query of [
        `review-form?procedures=${kept}`,
        `submission?procedures=${open},${kept}`,
        'publication-decision?decision=none',
        `letter?procedures=${open}`,
      ])
        expect([query, (await paper(uncleared, query)).status]).toEqual([query, 404]);
      expect((await paper(officer, `submission?procedures=${open},${kept}`)).said).toContain('Kho vũ khí');
      const results = await paper(uncleared, 'review-results');
      expect([results.status, results.said.includes('Kho vũ khí')]).toEqual([404, false]);
    });

    it('has the wording that an administrator gave it, and none that is broken', async () => {
      const administrator = await signInAs(app.url, 'administrator', 'service');
      const template = '/api/v1/papers/submission/template';
      const { body } = await officer.get<{ readonly text: string; readonly version: number }>(template);
      expect(body.version).toBe(0);
      const text = body.text.replace('TỜ TRÌNH', 'PHIẾU TRÌNH RIÊNG');
      const broken = await administrator.post<Problem>(`${template}/versions`, {
        text: text.replace('{{owner}}', '{{ownr}}'),
        reason: 'x',
      });
      expect([broken.status, broken.body.errors?.[0]]).toEqual([
        400,
        { path: 'text', message: expect.stringMatching(/^line \d+, column \d+: \{\{ownr\}\} is no placeholder/) },
      ]);
      expect((await officer.post(`${template}/versions`, { text, reason: 'x' })).status).toBe(403);
      const tag = (await paper(officer, `submission?procedures=${open}`)).headers.get('etag');
      await order(administrator, 'papers/submission/template/versions', { text, reason: 'Mẫu của đơn vị' });
      const replaced = await paper(officer, `submission?procedures=${open}`, { 'if-none-match': tag ?? '' });
      expect([replaced.status, replaced.said.includes('PHIẾU TRÌNH RIÊNG')]).toEqual([200, true]);
      await order(administrator, 'papers/submission/template/restore', { reason: 'Thôi dùng' });
      const { body: after } = await officer.get<{ readonly versions: readonly object[] }>(template);
      expect(after).toMatchObject({
        version: 2,
        isBuiltIn: true,
        text: body.text,
        versions: [{ reason: 'Mẫu của đơn vị' }, { isBuiltIn: true }],
      });
    });

    it('is refused where nobody can know what it is to be about', async () => {
      for (const query of [
        'submission',
        `submission?decision=1`,
        `review-form?procedures=${open}&kind=internal`,
        `cost-form?procedures=${open}&option=none`,
        'cost-form?procedures=1',
        `cost-form?procedures=${Array.from({ length: 51 }, (_, at) => `${open.slice(0, -2)}${String(at + 10)}`).join(',')}`,
      ])
        expect([query, [400, 404]]).toEqual([query, expect.arrayContaining([(await paper(officer, query)).status])]);
      expect((await paper(officer, `review-form?procedures=${open}`)).said).toContain('02/RS-KSTT');
    });
  });
});
