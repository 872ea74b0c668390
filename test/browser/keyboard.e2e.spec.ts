import { describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { settled } from '../support/browser.js';
import type { Caller } from '../support/client.js';
import { order, registration, signInAs } from '../support/client.js';
import { Office } from './office.js';

/** Nobody tabs further than this to what they came for. */
const patience = 60;

describe('A day by the keyboard alone', () => {
  const office = Office.forJourneys();

  it('signs in, opens the work, acts, and is back at the rest', async () => {
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
  });

  it('shows its keys, of which those of one letter can be switched off for good', async () => {
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
  });

  it('goes on from what was done or given up, also where the button that began it is gone', async () => {
    const [checker, officer] = await Promise.all([signInAs(office.url, 'checker', 'service'), signInAs(office.url, 'officer', 'service')]);
    const unit = checker.person?.unit.id;
    const { id } = await order(checker, 'inspections', { title: 'Kiểm tra', by: unit, of: unit, announcedOn: '2025-11-03' });
    const act = (by: Caller, name: string, body: object) => order(by, `inspections/${id}/actions/${name}`, body);
    const person = await office.visit('navy.checker', `/inspections/${id}`);
    const { page } = person;
    const begin = page.locator('[data-action="open"]');
    await begin.press('Enter');
    await page.getByRole('button', { name: 'Thôi' }).press('Enter');
    expect(await hasFocus(page, begin)).toBe(true);
    await begin.press('Enter');
    await page.locator('form [name="date"]').fill('07/11/2025');
    await page.keyboard.press('Enter');
    const said = page.getByRole('status').filter({ hasText: 'Đã xong' });
    await said.waitFor();
    expect(await begin.count()).toBe(0);
    expect(await hasFocus(page, said)).toBe(true);

    await act(checker, 'end', { date: '2025-11-07' });
    await act(checker, 'conclude', { document: { number: '1/KL', date: '2025-11-20' } });
    await act(checker, 'recommend', { text: 'Niêm yết đủ', owner: unit, dueOn: '2025-12-31' });
    const { recommendations } = (await checker.get<{ recommendations: { id: string }[] }>(`/api/v1/inspections/${id}`)).body;
    await act(officer, 'report-remedy', { recommendation: recommendations[0]?.id, text: 'Đã niêm yết', occurredOn: '2025-12-01' });
    await page.reload();
    await settled(page);
    const accept = page.locator('[data-action="accept-remedy"]');
    await accept.press('Enter');
    // What was accepted on paper some days ago is dated so.
    await page.getByRole('dialog').locator('[name="occurredOn"]').fill('05/12/2025');
    await page.keyboard.press('Enter');
    await page.getByText('Chấp nhận ngày 05/12/2025').waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await hasFocus(page, page.locator('[data-recommendation] :focus, [data-recommendation]:focus'))).toBe(true);
    await person.leave();
  });

  it('goes on from a form that was given up, and from what was done with several', async () => {
    const officer = await signInAs(office.url, 'officer', 'service');
    const { id } = await order(officer, 'procedures', registration(officer));
    const person = await office.visit('navy.officer1', `/procedures/${id}`);
    const { page } = person;
    for (const begin of [page.locator('[data-action="review"]'), page.locator('[data-action="consult"]')]) {
      await begin.press('Enter');
      const form = page.locator('form').filter({ has: page.getByRole('button', { name: 'Thôi' }) });
      await form.getByRole('button', { name: 'Thôi' }).press('Enter');
      await form.waitFor({ state: 'detached' });
      await begin.and(page.locator(':focus')).waitFor();
      await page.getByRole('link', { name: 'Hỏi ý kiến, vướng mắc' }).press('Enter');
      await page.locator('[data-action="consult"]').waitFor();
    }

    await person.go('Danh sách việc');
    await page.locator('tbody').getByRole('checkbox').first().press('Space');
    // The bar of what is chosen comes before the rows.
    const claim = page.getByRole('main').locator('[data-action="claim"]').first();
    await claim.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Thôi' }).press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await claim.and(page.locator(':focus')).waitFor();
    await claim.press('Enter');
    await dialog.getByRole('button', { name: 'Xem trước kết quả' }).press('Enter');
    await dialog.getByRole('button', { name: /^Nhận việc/ }).press('Enter');
    await page.getByText('Đã xong: 1 làm được').waitFor();
    await page.locator('main :focus').waitFor();
    await person.leave();
  });
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
