import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import codes from 'pdfmake/js/qrEnc.js';
import { hex, parseCheckpoint, parseNote, parseTlogProof, utf8 } from '#audit/verifier';
import type { TlogProof } from '#audit/verifier';
import { rowsOfXlsx } from '#sheets';
import { codePicture } from '../apps/api/src/proofs/code-picture.js';
import { startApp, tinhgon, type StartedApp } from './support/app.js';
import { pagesOfPdf } from './support/pdf-pages.js';
import { partsOfZip, textsOfZip } from './support/zip-texts.js';
import { decision, goodReview, order, proposal, registration, signInAs, type Caller, type Problem } from './support/client.js';

/** Where a code of this text has its dots, from the first on, and how large they are. */
function dotsOf(text: string): readonly (readonly number[])[] {
  const [, ...dots] = codes.default.measure({ qr: text, eccLevel: 'M', mode: 'octet', fit: 160 })._canvas;
  return dots.map(({ x, y, w }) => [x, y, w]);
}

describe('a report that is taken along', () => {
  let app: StartedApp;
  let officer: Caller;
  beforeAll(async () => {
    app = await startApp();
    officer = await signInAs(app.url, 'officer', 'service');
    const { position } = await order(officer, 'procedures', registration(officer));
    await officer.get(`/api/v1/reports/funnel?minPosition=${position}`);
  });
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

  it('is a paper in PDF of which no column is cut off, however many there are', async () => {
    for (const name of ['activity', 'review-results']) {
      const { columns } = (await officer.get<{ readonly columns: readonly { readonly title: string }[] }>(`/api/v1/reports/${name}`, { 'accept-language': 'vi' })).body; // prettier-ignore
      const pages = pagesOfPdf((await file(`${name}?format=pdf`)).bytes);
      const text = pages.map((page) => page.text).join('');
      for (const { title } of columns) expect(text).toContain(title.replace(/\s/g, ''));
      for (const { width, begins } of pages) expect(Math.max(...begins)).toBeLessThan(width - 40);
    }
  });

  describe('in print', () => {
    let auditor: Caller;
    let folder: string;
    beforeAll(async () => {
      auditor = await signInAs(app.url, 'auditor', 'ministry');
      folder = await mkdtemp(join(tmpdir(), 'tinhgon-print-'));
    });
    afterAll(() => rm(folder, { recursive: true }));
    const proofOf = async (position: string, size = ''): Promise<TlogProof> =>
      parseTlogProof(utf8((await auditor.get<string>(`/api/v1/audit/proof?position=${position}${size}`)).body));
    const sealedLine = /Nhật ?ký ?đã ?niêm ?phong: ?([\d.]+) ?sự ?kiện, ?gốc ?([0-9a-f]{16})…, ?ký ?lúc ?[\d:,/ ]+\./;
    /** What is made of a position that is not sealed yet, as where something follows from what was ordered, says so instead. */
    const onceSealed = async <Made>(make: () => Promise<Made>, textIn: (made: Made) => string | undefined): Promise<Made> => {
      for (let tries = 1; ; tries++) {
        const made = await make();
        if (tries === 20 || sealedLine.test(textIn(made) ?? '')) return made;
        await pause(250);
      }
    };
    /** The note that was signed of so many leaves, where it holds the position. */
    const checkpointAt = async (position: string, [, size = '', root = '']: readonly string[]): Promise<Buffer> => {
      const { checkpoint } = await proofOf(position, `&size=${size.replaceAll('.', '')}`);
      expect(hex(parseCheckpoint(parseNote(checkpoint).text).root).slice(0, 16)).toBe(root);
      return Buffer.from(checkpoint);
    };

    it('has on each page its position and a checkpoint that holds it, and this as a code that is verified by itself', async () => {
      const { position } = await order(officer, 'procedures', registration(officer));
      await proofOf(position);
      const printed = async () => pagesOfPdf((await file(`funnel?format=pdf&minPosition=${position}`)).bytes);
      const pages = await onceSealed(printed, ([first]) => first?.text);
      const stated = pages.map(({ text }) => sealedLine.exec(text) ?? []);
      const computedAt = /\(vịtrí(\d+)\)\.Nhậtký/.exec(pages[0]?.text ?? '')?.[1] ?? '';
      expect(BigInt(computedAt)).toBeGreaterThanOrEqual(BigInt(position));
      expect(new Set(stated.map(([line]) => line)).size).toBe(1);
      const note = await checkpointAt(computedAt, stated[0] ?? []);
      const [[from, ...dots] = []] = pages.map((page) => page.dots).filter((all) => all.length > 0);
      const drawn = [from, ...dots].map((dot) => [
        Math.round((dot?.x ?? 0) - (from?.x ?? 0)),
        Math.round((dot?.y ?? 0) - (from?.y ?? 0)),
        dot?.side,
      ]);
      expect(drawn).toEqual(dotsOf(note.toString()));

      const key = (await (await fetch(`${app.url}/audit/key`)).text()).trim();
      const scanned = join(folder, 'scanned.txt');
      // As telephones hand it on.
      await writeFile(scanned, note.toString().trimEnd().replaceAll('\n', '\r\n'));
      const verified = await tinhgon(['verify', scanned, '--key', key]);
      expect([verified.code, verified.stdout]).toEqual([
        0,
        expect.stringContaining(`${stated[0]?.[1]?.replaceAll('.', '') ?? ''} leaves, root ${stated[0]?.[2] ?? ''}`),
      ]);
      expect((await tinhgon(['verify', '--log', app.url, '--since', scanned, '--key', key])).code).toBe(0);
      await writeFile(
        scanned,
        note.toString().replace(/\n(\d+)\n/, (_, size: string) => `\n${String(Number(size) + 1)}\n`),
      );
      expect((await tinhgon(['verify', scanned, '--key', key])).code).toBe(1);
      expect(await tinhgon(['verify', scanned])).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('A checkpoint is worth what its key is worth'),
      });
    });

    it('is an official paper whose foot says the same on each page, and that ends with the code, whatever its template says', async () => {
      const { id, position } = await order(officer, 'procedures', registration(officer));
      await proofOf(position);
      await officer.get(`/api/v1/procedures?minPosition=${position}`);
      const written = async () => {
        const answer = await fetch(`${app.url}/api/v1/papers/submission?procedures=${id}`, {
          headers: { authorization: `Bearer ${officer.token ?? ''}` },
        });
        const octets = Buffer.from(await answer.arrayBuffer());
        const footers = [...(await textsOfZip(octets))].filter(([name]) => /^word\/footer\d+\.xml$/.test(name));
        return { octets, feet: footers.map(([, xml]) => xml.replace(/<[^>]*>/g, '')) };
      };
      const { octets, feet } = await onceSealed(written, ({ feet: [first] }) => first);
      expect(feet.length).toBeGreaterThan(1);
      expect(new Set(feet).size).toBe(1);
      const [, at = ''] = /đến vị trí (\d+) của nhật ký/.exec(feet[0] ?? '') ?? [];
      expect(BigInt(at)).toBeGreaterThanOrEqual(BigInt(position));
      const note = await checkpointAt(at, sealedLine.exec(feet[0] ?? '') ?? []);
      expect((await partsOfZip(octets)).get('word/media/image1.png')).toEqual(codePicture(note.toString()).png);
      const scanned = join(folder, 'scanned-off-paper.txt');
      await writeFile(scanned, note);
      const key = (await (await fetch(`${app.url}/audit/key`)).text()).trim();
      expect((await tinhgon(['verify', scanned, '--key', key])).code).toBe(0);

      const administrator = await signInAs(app.url, 'administrator', 'service');
      const text = '[issuer]\nA\n[title]\nB\n[body]\nC';
      await order(administrator, 'papers/review-form/template/versions', { text, reason: 'Mẫu ngắn nhất' });
      const ownWording = await fetch(`${app.url}/api/v1/papers/review-form?procedures=${id}`, {
        headers: { authorization: `Bearer ${officer.token ?? ''}` },
      });
      const own = await textsOfZip(Buffer.from(await ownWording.arrayBuffer()));
      await order(administrator, 'papers/review-form/template/restore', { reason: 'Thôi dùng' });
      expect([own.has('word/media/image1.png'), own.get('word/document.xml')?.includes('Mã QR là điểm kiểm tra đã ký')]).toEqual([
        true,
        true,
      ]);
    });
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
    });
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
