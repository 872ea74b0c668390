import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import codes from 'pdfmake/js/qrEnc.js';
import { settled } from '../support/browser.js';
import { order, registration, signInAs } from '../support/client.js';
import { tinhgon } from '../support/app.js';
import { Office } from './office.js';

describe('A page that is printed', () => {
  const office = Office.forJourneys();
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tinhgon-printed-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** Its foot on paper, once what it says of the log is at hand. */
  const printed = async (page: Page): Promise<{ readonly text: string; readonly path: string | null }> => {
    const foot = page.locator('main > footer');
    expect(await foot.isVisible()).toBe(false);
    for (;;) {
      await page.emulateMedia({ media: 'print' });
      // Together, for it is written anew a moment after.
      const [text, path] = await page.evaluate<[string, string | null]>(
        `(({ innerText }, drawn) => [innerText, drawn && drawn.getAttribute('d')])(...['main > footer', 'main > footer svg path'].map((one) => document.querySelector(one)))`,
      );
      // Kept where a folder is named, to be looked at.
      if (path !== null && process.env['KEEP_PAPERS'] !== undefined) await page.pdf({ path: join(process.env['KEEP_PAPERS'], `${String(Date.now())}.pdf`) });
      await page.emulateMedia({ media: 'screen' });
      if (path !== null) return { text, path };
      await page.waitForTimeout(200);
    }
  }; // prettier-ignore
  const codeOf = (text: string): string =>
    codes.default
      .measure({ qr: text, eccLevel: 'M', mode: 'octet', padding: 4 })
      ._canvas.slice(1)
      .map(({ x, y }) => `M${String(x / 5)} ${String(y / 5)}h1v1h-1z`)
      .join('');

  it('says as of which position it was read and by which checkpoint that is verified, which its code is, in both languages', async () => {
    const officer = await signInAs(office.url, 'officer', 'service');
    const { id, position } = await order(officer, 'procedures', { ...registration(officer), title: 'Cấp thẻ ra vào' });
    const visitor = await office.visit('navy.officer1', `/procedures/${id}/history`);
    await settled(visitor.page);
    const vietnamese = await printed(visitor.page);
    const [, read = '0', size = '0', root = ''] =
      /đến vị trí (\d+)\. Nhật ký đã niêm phong: ([\d.]+) sự kiện, gốc ([0-9a-f]{16})…, ký lúc .*\./.exec(vietnamese.text) ?? [];
    expect(BigInt(read)).toBeGreaterThanOrEqual(BigInt(position));
    expect(vietnamese.text).toContain('Mã QR là điểm kiểm tra đã ký.');
    const { code } = (await officer.get<{ code: { text: string } }>(`/api/v1/audit/imprint?position=${read}`)).body;
    expect(code.text.split('\n')[1]).toBe(size.replaceAll('.', ''));
    expect(vietnamese.path).toBe(codeOf(code.text));

    const scanned = join(folder, 'scanned.txt');
    await writeFile(scanned, code.text);
    const key = (await (await fetch(`${office.url}/audit/key`)).text()).trim();
    const verified = await tinhgon(['verify', scanned, '--key', key]);
    expect([verified.code, verified.stdout]).toEqual([0, expect.stringContaining(root)]);

    for (const address of [`/procedures/${id}/history?lang=en`, '/reports/funnel?lang=en']) {
      await visitor.open(address);
      const english = await printed(visitor.page);
      expect(english.text).toMatch(
        /up to positions? \d+( and up to \d+)?\. Log sealed: [\d,]+ events, root [0-9a-f]{16}…, signed at .*\.\s+The QR code is the signed checkpoint\./,
      );
    }
    await visitor.leave();
  });

  it('says so to auditors of the trail, and of a page that is of no position names the newest checkpoint, also to those without rights', async () => {
    const auditor = await office.visit('ministry.auditor', '/audit');
    expect((await printed(auditor.page)).text).toMatch(/đến vị trí \d+\. Nhật ký đã niêm phong: /);
    await auditor.leave();
    const officer = await office.visit('navy.officer1', '/audit');
    const { text } = await printed(officer.page);
    expect(text).toMatch(/\n ?Nhật ký đã niêm phong: /);
    expect(text).not.toContain('vị trí');
    await officer.leave();
  });

  it('says nothing of the log to whoever has not signed in', async () => {
    const stranger = await office.stranger();
    await stranger.page.locator('[data-demo]').first().waitFor();
    await stranger.page.waitForTimeout(2_500);
    await stranger.page.emulateMedia({ media: 'print' });
    expect(await stranger.page.locator('body').innerText()).not.toMatch(/niêm phong|Điểm kiểm tra/);
    await stranger.leave();
  });
});
