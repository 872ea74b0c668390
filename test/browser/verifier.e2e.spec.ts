import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { ed25519Type, signerKey, verifierKeyText } from '#audit/verifier';
import { startApp } from '../support/app.js';
import type { StartedApp } from '../support/app.js';
import { barriers, startBrowser, watch } from '../support/browser.js';
import { fetchBundle, zipped } from '../support/bundles.js';
import { goodReview, order, registration, signInAs } from '../support/client.js';
import { textsOfZip } from '../support/zip-texts.js';

describe('The page that is in each bundle', () => {
  let app: StartedApp;
  let browser: Browser;
  let folder: string;
  let key: string;
  let texts: Readonly<Record<string, string>>;
  let lines: readonly string[];
  let procedure: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tinhgon-verifier-'));
    [app, browser] = await Promise.all([startApp(), startBrowser()]);
    const [officer, auditor] = await Promise.all([signInAs(app.url, 'officer', 'service'), signInAs(app.url, 'auditor', 'ministry')]);
    ({ id: procedure } = await order(officer, 'procedures', registration(officer)));
    await order(officer, `procedures/${procedure}/actions/review`, goodReview);
    key = (await (await fetch(`${app.url}/audit/key`)).text()).trim();
    const one = await fetchBundle(app.url, auditor, { procedure });
    texts = Object.fromEntries(await textsOfZip(one));
    lines = (texts['events.jsonl'] ?? '').trimEnd().split('\n');
    await Promise.all([
      writeFile(join(folder, 'one.zip'), one),
      writeFile(join(folder, 'all.zip'), await fetchBundle(app.url, auditor, { all: true })),
      writeFile(join(folder, 'verify.html'), texts['verify.html'] ?? ''),
      auditor
        .get<string>(`/api/v1/audit/proof?event=${(JSON.parse(lines.at(-1) ?? '{}') as { event: { id: string } }).event.id}`)
        .then(({ body }) => writeFile(join(folder, 'leaf.tlog-proof'), body)),
    ]);
    // Whatever is verified from here on is verified without it.
    await app.stop();
  });
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
    await rm(app.dataDir, { recursive: true, force: true });
  });

  /** Opened from its folder, without a network. */
  const open = async (options: { readonly locale?: string; readonly javaScriptEnabled?: boolean } = {}): Promise<Page> => {
    const context = await browser.newContext({ locale: 'vi-VN', ...options });
    await context.setOffline(true);
    const page = await context.newPage();
    await page.goto(pathToFileURL(join(folder, 'verify.html')).href);
    return page;
  };
  const verify = async (page: Page, name: string, believed: string | null): Promise<readonly string[]> => {
    await page.locator('input[type="file"]').first().setInputFiles(join(folder, name));
    if (believed === null) await page.locator('[data-action="own-key"]').click();
    else await page.locator('textarea').fill(believed);
    await page.locator('[data-action="verify-file"]').click();
    await page.locator('[data-light="data"]').waitFor();
    const lights = await Promise.all(
      ['history', 'data'].map(async (name) => `${name} ${(await page.locator(`[data-light="${name}"]`).getAttribute('data-holds')) ?? ''}`),
    );
    const found = await page.locator('[data-finding]').all();
    const named = found.map(
      async (one) => `${(await one.getAttribute('data-finding')) ?? ''} ${(await one.getAttribute('data-index')) ?? ''}`,
    );
    return [...lights, ...(await Promise.all(named))];
  };
  const indexAt = (place: number): number => (JSON.parse(lines[place] ?? '{}') as { index: number }).index;
  const where = (words: string): number => lines.findIndex((line) => line.includes(words));
  let copies = 0;
  const changed = async (others: readonly string[]): Promise<string> => {
    copies += 1;
    const name = `changed-${String(copies)}.zip`;
    await zipped(join(folder, name), { ...texts, 'events.jsonl': `${others.join('\n')}\n` });
    return name;
  };

  it('shows two green lights for what the product handed out, asks nobody, and can be used by everybody', async () => {
    const page = await open();
    const wrong = watch(page);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    expect(await barriers(page)).toEqual([]);
    for (const name of ['one.zip', 'all.zip', 'leaf.tlog-proof']) {
      expect([name, await verify(page, name, key)]).toEqual([name, ['history true', 'data true']]);
      // The rules by which states are folded are not in the page.
      expect(await page.locator('[data-state="not-replayed"]').count()).toBe(name === 'one.zip' ? 1 : 0);
    }
    await page.reload();
    expect(await verify(page, 'one.zip', null)).toEqual(['history true', 'data true']);
    expect(await page.getByRole('status').innerText()).toContain('Khóa này do người gửi gói viết vào');
    expect(await page.getByRole('status').innerText()).toContain('chưa được dựng lại ở đây');
    expect(await barriers(page)).toEqual([]);
    expect(asked.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([]);
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it('names what was changed, left out or put in by the light and the index, and another key as no key of it', async () => {
    const page = await open();
    const revision = (number: number): number => where(`"stream":"procedure-${procedure}","revision":${String(number)}`);
    const [reviewed, registered] = [revision(1), revision(0)];
    const definition = where('"type":"LifecyclePublished"');
    expect([reviewed, registered, definition].every((place) => place >= 0)).toBe(true);
    const at = (place: number): string => String(indexAt(place));

    const otherReview = lines.with(reviewed, (lines[reviewed] ?? '').replace('"necessary":true', '"necessary":false'));
    expect(await verify(page, await changed(otherReview), key)).toEqual(['history true', 'data false', 'foreign ', `data ${at(reviewed)}`]);

    const leftOut = await verify(page, await changed(lines.toSpliced(registered, 1)), key);
    expect(leftOut).toEqual(['history true', 'data false', 'missing ', `missing ${at(reviewed)}`]);

    const otherRules = lines.with(definition, (lines[definition] ?? '').replace('"ministry":20', '"ministry":21'));
    expect(otherRules[definition]).not.toBe(lines[definition]);
    expect(await verify(page, await changed(otherRules), key)).toEqual([
      'history true',
      'data false',
      'foreign ',
      `data ${at(definition)}`,
    ]);

    const otherLeaf = lines.with(reviewed, (lines[reviewed] ?? '').replace(/\\"batch\\"|\\"type\\"/, '\\"tipe\\"'));
    const inclusion = await verify(page, await changed(otherLeaf), key);
    expect(inclusion[0]).toBe('history false');
    expect(inclusion).toContain(`inclusion ${at(reviewed)}`);

    const another = verifierKeyText(signerKey(key.split('+')[0] ?? '', ed25519Type, randomBytes(32)));
    expect(await verify(page, 'one.zip', another)).toEqual(['history false', 'data true', 'signature ', 'signature ']);
    expect(await barriers(page)).toEqual([]);
    await page.context().close();
  });

  it('says in the reader’s language what it needs, and what cannot be read', async () => {
    const page = await open({ locale: 'en-GB' });
    await page.getByText('Use a key that you have kept yourself').waitFor();
    await page.locator('[data-action="verify-file"]').click();
    await page.getByRole('alert').getByText('Choose a file.').waitFor();
    await page
      .locator('input[type="file"]')
      .first()
      .setInputFiles({ name: 'cut.zip', mimeType: 'application/zip', buffer: Buffer.from('PK\u0003\u0004 cut') });
    await page.locator('[data-action="verify-file"]').click();
    await page.getByRole('alert').getByText('Paste a verifier key.').waitFor();
    await page.locator('textarea').fill('no key');
    await page.locator('[data-action="verify-file"]').click();
    await page.getByRole('alert').getByText('This is neither a key nor a policy').waitFor();
    await page.locator('textarea').fill(key);
    await page.locator('[data-action="verify-file"]').click();
    await page.getByRole('alert').getByText('This zip is not whole').waitFor();
    await page.locator('input[type="file"]').first().setInputFiles(join(folder, 'one.zip'));
    await page.locator('[data-action="verify-file"]').click();
    await page.getByText('was not replayed here').waitFor();
    await page.getByRole('button', { name: 'Tiếng Việt' }).click();
    await page.getByRole('heading', { name: 'Kiểm chứng gói bằng chứng' }).waitFor();
    await page.context().close();

    const bare = await open({ javaScriptEnabled: false });
    expect(await bare.locator('body').innerText()).toContain('needs JavaScript');
    await bare.context().close();
  });
});
