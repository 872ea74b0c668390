import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { StartedApp } from '../support/app.js';
import { startApp } from '../support/app.js';
import { barriers, settled, startBrowser, watch } from '../support/browser.js';
import { order, registration, signInAs } from '../support/client.js';

const slow = 120_000;
const hostile = '<img src=x onerror="document.title=1">"\'{{7*7}} thủ tục đ';

describe('A day in the browser', () => {
  let app: StartedApp;
  let browser: Browser;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), startBrowser()]);
  }, slow);

  afterAll(async () => {
    await browser.close();
    await app.stop();
  }, slow);

  /** A browser of their own, signed in by the card of a sample person. */
  const signedIn = async (username: string, address = '/'): Promise<{ readonly page: Page; readonly wrong: readonly string[] }> => {
    const page = await (await browser.newContext()).newPage();
    const wrong = watch(page);
    await page.goto(`${app.url}${address}`);
    await page.locator(`[data-demo="${username}"]`).click();
    await page.getByRole('button', { name: 'Đăng xuất' }).waitFor();
    await settled(page);
    return { page, wrong };
  };

  it(
    'leads whoever is not signed in to the sign-in, and back to where they wanted to go',
    async () => {
      const { page, wrong } = await signedIn('navy.officer1', '/procedures?kind=internal');
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Danh mục thủ tục');
      expect(await page.locator('main').count()).toBe(1);
      await page.reload();
      await settled(page);
      expect(page.url()).toBe(`${app.url}/procedures?kind=internal`);
      await page.getByRole('button', { name: 'Đăng xuất' }).click();
      await page.locator('input[name="username"]').waitFor();
      expect(await barriers(page)).toEqual([]);
      expect(wrong).toEqual([]);
      await page.context().close();
    },
    slow,
  );

  it(
    'takes a procedure from registered to published by the people that it needs',
    async () => {
      const officer = await signInAs(app.url, 'officer', 'service');
      const made = await order(officer, 'procedures', { ...registration(officer), title: hostile });
      const { page, wrong } = await signedIn('navy.officer1');

      await page.locator(`a[href="/procedures/${made.id}"]`).click();
      await page.locator('[data-stage="registered"]').waitFor();
      await settled(page);
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(hostile);
      expect(await barriers(page)).toEqual([]);

      await page.locator('[data-action="review"]').click();
      await page.locator('form[aria-label="Rà soát"] button[type=submit]').click();
      await page.locator('[role=alert]').waitFor();
      const findings = page.locator('[name="findings"]');
      const describedBy = (await findings.getAttribute('aria-describedby')) ?? '';
      expect(await page.locator(`[id="${describedBy.split(' ').at(-1) ?? ''}"]`).textContent()).toBe('Chưa nhập');
      expect(await barriers(page)).toEqual([]);
      for (const name of ['necessary', 'withinPowers', 'reasonable', 'lawful']) await page.locator(`[name="${name}"]`).check();
      await findings.fill('Đạt cả bốn tiêu chí.');
      await page.locator('form[aria-label="Rà soát"] button[type=submit]').click();
      await page.locator('[data-stage="reviewed"]').waitFor();

      await page.locator('[data-action="propose"]').click();
      await page.locator('[name="document.number"]').fill('12/TTr-HQ');
      await page.locator('[name="document.date"]').fill('31/02/2025');
      await page.locator('form[aria-label="Đề nghị công bố"] button[type=submit]').click();
      await page.locator('[role=alert]').waitFor();
      await page.locator('[name="document.date"]').fill('5/11/2025');
      await page.locator('form[aria-label="Đề nghị công bố"] button[type=submit]').click();
      await page.locator('[data-stage="proposed"]').waitFor();
      expect(await page.locator('[data-action="publish"]').count()).toBe(0);
      expect(wrong).toEqual([]);
      await page.context().close();

      const authority = await signedIn('navy.authority', `/procedures/${made.id}`);
      await authority.page.locator('[data-action="publish"]').click();
      await authority.page.locator('[name="decision.number"]').fill('34/QĐ-HQ');
      await authority.page.locator('[name="decision.date"]').fill('10/11/2025');
      await authority.page.locator('[name="decision.effectiveDate"]').fill('01/12/2025');
      await authority.page.locator('[name="decision.signer"]').fill('Đỗ Văn Duyệt');
      await authority.page.locator('form[aria-label="Công bố"] button[type=submit]').click();
      await authority.page.locator('[data-stage="published"]').waitFor();

      await authority.page.goto(`${app.url}/procedures/${made.id}/history?lang=en&theme=dark`);
      await authority.page.getByRole('paragraph').filter({ hasText: 'Publication proposed' }).waitFor();
      await settled(authority.page);
      expect(await authority.page.locator('html').getAttribute('lang')).toBe('en');
      expect(await barriers(authority.page)).toEqual([]);
      await authority.page.getByRole('link', { name: 'As it stood then (revision 1)' }).click();
      await authority.page.locator('[data-stage="reviewed"]').waitFor();
      expect(await authority.page.locator('[data-action]').count()).toBe(0);
      expect(authority.wrong).toEqual([]);
      await authority.page.context().close();
    },
    slow,
  );

  it(
    'says what somebody else did meanwhile, and keeps what was typed',
    async () => {
      const officer = await signInAs(app.url, 'officer', 'service');
      const made = await order(officer, 'procedures', registration(officer));
      const { page } = await signedIn('navy.officer1', `/procedures/${made.id}`);
      await page.locator('[data-action="withdraw"]').click();
      await page.locator('[name="reason"]').fill('Đăng ký nhầm.');
      await officer.send('PATCH', `/api/v1/procedures/${made.id}/parts`, JSON.stringify({ steps: 'Nộp hồ sơ.' }));
      await page.locator('form[aria-label="Rút"] button[type=submit]').click();
      await page.locator('[role=alert]').waitFor();
      await page.getByText('Nộp hồ sơ.').waitFor();
      expect(await page.locator('[name="reason"]').inputValue()).toBe('Đăng ký nhầm.');
      await page.locator('form[aria-label="Rút"] button[type=submit]').click();
      await page.locator('[data-stage="withdrawn"]').waitFor();
      await page.context().close();
    },
    slow,
  );

  it(
    'finds procedures as one types, sorts all of them, and gives out what is found',
    async () => {
      const officer = await signInAs(app.url, 'officer', 'service');
      for (const title of ['Đăng ký tàu thuyền', 'Đăng ký bến bãi'])
        await order(officer, 'procedures', { ...registration(officer), title });
      const { page, wrong } = await signedIn('navy.officer1', '/procedures');
      await page.getByLabel('Từ khóa').pressSequentially('dang ky', { delay: 40 });
      await page.getByText('2 thủ tục').waitFor();
      expect(await page.getByLabel('Từ khóa').inputValue()).toBe('dang ky');
      await page.getByRole('button', { name: 'Tên thủ tục' }).click();
      await page.locator('th[aria-sort="ascending"]').waitFor();
      await settled(page);
      expect(new URL(page.url()).search).toBe('?q=dang+ky&sort=title');
      expect(await page.locator('tbody a').allTextContents()).toEqual(['Đăng ký bến bãi', 'Đăng ký tàu thuyền']);
      expect(await barriers(page)).toEqual([]);
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Tải về CSV' }).click()]);
      const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
      expect(lines).toHaveLength(3);
      expect(lines[1]).toContain('Đăng ký bến bãi');
      await page.goto(`${app.url}/procedures?q=&kind=none&sort=anything&page=7`);
      await page.locator('tbody a').first().waitFor();
      await page.getByLabel('Từ khóa').fill('không có gì như vậy');
      await page.getByText('Không có thủ tục nào khớp').waitFor();
      expect(wrong).toEqual([]);
      await page.context().close();
    },
    slow,
  );

  it(
    'shows pages that nobody may frame, and in which nothing of elsewhere runs',
    async () => {
      const { headers } = await fetch(`${app.url}/procedures`);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe-(inline|eval)/);
      const [first, second] = await Promise.all([1, 2].map(async () => (await fetch(`${app.url}/`)).text()));
      expect(first).toMatch(/nonce="[\w+/=]{20,}"/);
      expect(first).not.toBe(second);
      expect(
        await Promise.all(
          ['/api/v1/nothing', '/audit/tile/0/9', '/assets/none.js', '/docs/none', '/health/none'].map(
            async (path) => (await fetch(`${app.url}${path}`)).status,
          ),
        ),
      ).toEqual([401, 404, 404, 404, 404]);
    },
    slow,
  );
});
