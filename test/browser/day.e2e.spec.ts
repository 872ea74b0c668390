import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { barriers, settled } from '../support/browser.js';
import { order, registration, signInAs } from '../support/client.js';
import { Office } from './office.js';
import { fill, send } from './pages/filling.js';
import { HistoryPage } from './pages/history.page.js';
import { ProcedurePage } from './pages/procedure.page.js';
import { WorklistPage } from './pages/worklist.page.js';

const hostile = '<img src=x onerror="document.title=1">"\'{{7*7}} thủ tục đ';

describe('Pages in the browser', () => {
  const office = Office.forJourneys();

  it('lead whoever is not signed in to the sign-in, and back to where they wanted to go', async () => {
    const person = await office.visit('navy.officer1', '/procedures?kind=internal');
    expect(await person.heading()).toBe('Danh mục thủ tục');
    expect(await person.main().count()).toBe(1);
    await person.page.reload();
    await settled(person.page);
    expect(person.page.url()).toBe(`${office.url}/procedures?kind=internal`);
    await person.page.getByRole('button', { name: 'Đăng xuất' }).click();
    await person.page.locator('input[name="username"]').waitFor();
    expect(await barriers(person.page)).toEqual([]);
    await person.leave();
  });

  it('say at its field what is missing in a form, without barriers, and show what is hostile as text', async () => {
    const officer = await signInAs(office.url, 'officer', 'service');
    const made = await order(officer, 'procedures', { ...registration(officer), title: hostile });
    const person = await office.visit('navy.officer1');
    const { page } = person;
    await new WorklistPage(person).take(hostile);
    expect(await person.heading()).toBe(hostile);
    expect(await barriers(page)).toEqual([]);

    const procedure = new ProcedurePage(person);
    const form = await procedure.begin('review');
    await send(form);
    await page.getByRole('alert').waitFor();
    const describedBy = (await form.locator('[name="findings"]').getAttribute('aria-describedby')) ?? '';
    expect(await page.locator(`[id="${describedBy.split(' ').at(-1) ?? ''}"]`).textContent()).toBe('Chưa nhập');
    expect(await barriers(page)).toEqual([]);
    await fill(form, { necessary: true, withinPowers: true, reasonable: true, lawful: true, findings: hostile });
    await send(form);
    await procedure.stands('reviewed');
    const proposing = await procedure.begin('propose');
    await fill(proposing, { 'document.number': '12/TTr-HQ', 'document.date': '31/02/2025' });
    await send(proposing);
    await page.getByRole('alert').getByText('Nhập ngày như 5/11/2025').waitFor();

    await person.open(`/procedures/${made.id}/history?lang=en&theme=dark`);
    await new HistoryPage(person).entry('ProcedureReviewed').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await barriers(page)).toEqual([]);
    await person.leave();
  });

  it('find procedures as one types, sort all of them, and give out what is found', async () => {
    const officer = await signInAs(office.url, 'officer', 'service');
    for (const title of ['Đăng ký tàu thuyền', 'Đăng ký bến bãi']) await order(officer, 'procedures', { ...registration(officer), title });
    const person = await office.visit('navy.officer1', '/procedures');
    const { page } = person;
    await page.getByRole('searchbox', { name: 'Từ khóa' }).pressSequentially('dang ky', { delay: 40 });
    await page.getByText('2 kết quả cho “dang ky”').first().waitFor();
    expect(await page.getByRole('searchbox', { name: 'Từ khóa' }).inputValue()).toBe('dang ky');
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
    const [whole] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Tải toàn bộ (JSON Lines)' }).click(),
    ]);
    expect((await readFile(await whole.path(), 'utf8')).trimEnd().split('\n').at(-1)).toMatch(/^\{"trailer":\{"procedures":\d+,/);
    await page.goto(`${office.url}/procedures?q=&kind=none&sort=anything&page=7`);
    await page.locator('tbody a').first().waitFor();
    await page.getByRole('searchbox', { name: 'Từ khóa' }).fill('không có gì như vậy');
    await page.getByText('Không có thủ tục nào khớp').waitFor();
    await person.leave();
  });

  it('are framed by nobody, and in them nothing of elsewhere runs', async () => {
    const { headers } = await fetch(`${office.url}/procedures`);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe-(inline|eval)/);
    const [first, second] = await Promise.all([1, 2].map(async () => (await fetch(`${office.url}/`)).text()));
    expect(first).toMatch(/nonce="[\w+/=]{20,}"/);
    expect(first).not.toBe(second);
    expect(
      await Promise.all(
        ['/api/v1/nothing', '/audit/tile/0/9', '/assets/none.js', '/docs/none', '/health/none'].map(
          async (path) => (await fetch(`${office.url}${path}`)).status,
        ),
      ),
    ).toEqual([401, 404, 404, 404, 404]);
  });

  it('act on many at once: by a filter or by ticks, looked at first, run once the number is typed, and found again after a reload', async () => {
    const officer = await signInAs(office.url, 'officer', 'service');
    const field = 'Làm hàng loạt';
    for (const nth of ['một', 'hai', 'ba']) await order(officer, 'procedures', { ...registration(officer), title: `Việc ${nth}`, field });
    const person = await office.visit('navy.officer1', `/bulk?field=${encodeURIComponent(field)}&do=withdraw`);
    const { page } = person;
    await page.getByText('Làm với cả 3 thủ tục khớp').waitFor();
    await page.getByRole('checkbox', { name: 'Chọn: Việc ba' }).check();
    await page.getByText('Chỉ làm với 1 thủ tục đã đánh dấu').waitFor();
    await page.getByRole('checkbox', { name: 'Chọn: Việc ba' }).uncheck();
    const ordering = page.getByRole('form', { name: 'Rút' });
    await fill(ordering, { reason: 'Đăng ký nhầm.' });
    await send(ordering);

    const outcome = page.locator('[data-outcome="accepted"]');
    await outcome.getByText('Làm được').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Sửa lại' }).click();
    expect(await ordering.locator('[name="reason"]').inputValue()).toBe('Đăng ký nhầm.');
    await send(ordering);
    const sure = page.getByRole('form', { name: 'Xác nhận số thủ tục' });
    await fill(sure, { expectedCount: '2' });
    await send(sure);
    await sure.getByRole('alert').waitFor();
    expect(await barriers(page)).toEqual([]);
    await fill(sure, { expectedCount: '3' });
    await send(sure);
    await page.getByText('Đã xong', { exact: true }).waitFor();
    await page.reload();
    await outcome.getByText('Đã làm').waitFor();
    await page.getByRole('link', { name: 'Việc hai' }).click();
    await page.locator('[data-stage="withdrawn"]').first().waitFor();
    await person.leave({ expected: [/409/] });
  });
});
