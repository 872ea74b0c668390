import { describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { settled } from '../support/browser.js';
import { order, registration, signInAs } from '../support/client.js';
import { Office, slow } from './office.js';

/** Nobody tabs further than this to what they came for. */
const patience = 60;

describe('A day by the keyboard alone', () => {
  const office = Office.forJourneys();

  it(
    'signs in, opens the work, acts, and is back at the rest',
    async () => {
      const officer = await signInAs(office.url, 'officer', 'service');
      for (const title of ['Thủ tục một', 'Thủ tục hai']) await order(officer, 'procedures', { ...registration(officer), title });
      const person = await office.stranger();
      const { page } = person;
      await tabTo(page, page.locator('[name="username"]'));
      await page.keyboard.type('navy.officer1');
      await tabTo(page, page.locator('[name="password"]'));
      await page.keyboard.type(officer.person?.password ?? '');
      await page.keyboard.press('Enter');
      const work = page.locator('main a[href^="/procedures/"]').first();
      await work.waitFor();
      await settled(page);

      await tabTo(page, work);
      const title = (await work.textContent()) ?? '';
      await page.keyboard.press('Enter');
      await page.locator('[data-stage="registered"]').first().waitFor();
      await settled(page);
      // The heading has the focus of a page that was just opened.
      expect(await hasFocus(page, page.getByRole('heading', { level: 1 }))).toBe(true);

      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
      await page.keyboard.type('ra soat');
      await page.getByRole('option', { name: 'Rà soát' }).first().waitFor();
      await page.keyboard.press('Enter');
      for (const name of ['necessary', 'withinPowers', 'reasonable', 'lawful']) {
        await tabTo(page, page.locator(`[name="${name}"]`));
        await page.keyboard.press('Space');
      }
      await tabTo(page, page.locator('[name="findings"]'));
      await page.keyboard.type('Đạt cả bốn tiêu chí.');
      await tabTo(page, page.locator('form[aria-label="Rà soát"] button[type=submit]'));
      await page.keyboard.press('Enter');
      await page.locator('[data-stage="reviewed"]').first().waitFor();

      await page.keyboard.press('g');
      await page.keyboard.press('v');
      await page.waitForURL(`${office.url}/`);
      await settled(page);
      await page.locator('main a[href^="/procedures/"]').filter({ hasText: 'Thủ tục' }).first().waitFor();
      expect(title).toContain('Thủ tục');

      await page.keyboard.press('/');
      await page.keyboard.type('thu tuc hai g v ?');
      expect(await page.getByRole('search').locator('input').first().inputValue()).toBe('thu tuc hai g v ?');
      expect(await page.getByRole('dialog').count()).toBe(0);
      await person.leave();
    },
    slow,
  );

  it(
    'shows its keys, of which those of one letter can be switched off for good',
    async () => {
      const person = await office.stranger();
      const { page } = person;
      await tabTo(page, page.locator('[data-demo="navy.checker"]'));
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Danh sách việc' }).waitFor();
      await settled(page);
      await page.keyboard.press('?');
      const letters = page.getByRole('dialog').getByRole('switch');
      await letters.waitFor();
      await tabTo(page, letters);
      const kept = page.waitForResponse((one) => one.request().method() === 'PUT' && one.url().endsWith('/preferences'));
      await page.keyboard.press('Space');
      await kept;
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.reload();
      await settled(page);
      await page.keyboard.press('?');
      await page.keyboard.press('g');
      await page.keyboard.press('d');
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog', { name: 'Bảng lệnh' }).waitFor();
      expect(page.url()).toBe(`${office.url}/`);
      await person.leave();
    },
    slow,
  );
});

/** Presses Tab until it has the focus. @throws Error where that takes too long */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor();
  for (let presses = 0; presses < patience; presses++) {
    if (await hasFocus(page, wanted)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${wanted.toString()} is not reached by ${String(patience)} presses of Tab.`);
}

const hasFocus = async (page: Page, one: Locator): Promise<boolean> => (await one.and(page.locator(':focus')).count()) === 1;
