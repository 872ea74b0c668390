import { beforeAll, describe, expect, it } from '@jest/globals';
import { goodReview, order, proposal, registration, signInAs } from '../support/client.js';
import type { Caller } from '../support/client.js';
import { Office } from './office.js';
import { fill, send } from './pages/filling.js';
import { HistoryPage } from './pages/history.page.js';
import { ProcedurePage } from './pages/procedure.page.js';
import { RegistrationPage } from './pages/registration.page.js';

describe('What happens while a page is open', () => {
  const office = Office.forJourneys();
  let officer: Caller;
  const registered = async (title: string): Promise<string> => (await order(officer, 'procedures', { ...registration(officer), title })).id;
  beforeAll(async () => {
    officer = await signInAs(office.url, 'officer', 'service');
  });

  it('is said where two act on one procedure, and what was typed stays and can be sent', async () => {
    const id = await registered('Đăng ký phương tiện');
    const one = await office.visit('navy.officer1', `/procedures/${id}`);
    const other = await office.visit('navy.officer2', `/procedures/${id}`);
    const mine = new ProcedurePage(one);
    const form = await mine.begin('withdraw');
    await fill(form, { reason: 'Đăng ký nhầm.' });

    await new ProcedurePage(other).act(
      'review',
      { necessary: true, withinPowers: true, reasonable: true, lawful: true, findings: 'Đạt.' },
      'reviewed',
    );
    await other.leave();

    await mine.stands('reviewed');
    const told = one.main().getByRole('status').filter({ hasText: 'Thủ tục đã thay đổi trong lúc bạn nhập' });
    await told.getByText('Hoàng Thị Thảo (mẫu)').waitFor();
    await told.getByText('Đạt.').waitFor();
    expect(await form.locator('[name="reason"]').inputValue()).toBe('Đăng ký nhầm.');
    // Whoever was shown the change sends on it.
    await send(form);
    await mine.stands('withdrawn');
    await one.leave();
  });

  it('may be the end of the session: the form is there again after the next sign-in', async () => {
    const person = await office.visit('navy.officer2');
    const registering = new RegistrationPage(person);
    await registering.open();
    const typed = { title: 'Nghỉ phép của quân nhân', kind: 'internal', group: 'D', field: 'Quân lực', 'parts.steps': 'Gửi đơn' };
    await fill(registering.form, typed);
    const elsewhere = await signInAs(office.url, 'officer', 'service', 1);
    await elsewhere.post('/api/v1/auth/logout-everywhere', {});

    // The page notices by itself.
    await person.page.locator('[data-demo]').first().waitFor();
    await person.signIn('navy.officer2');
    await registering.form.waitFor();
    expect(await registering.typed(Object.keys(typed))).toEqual(typed);
    await registering.register({});
    expect(await person.heading()).toBe('Nghỉ phép của quân nhân');
    await person.leave({ expected: [/\b401\b/] });
  });

  it('can be looked at later: the page as it stood at any revision, marked as the past', async () => {
    const id = await registered('Mượn tài liệu lưu trữ');
    await order(officer, `procedures/${id}/actions/review`, goodReview);
    await order(officer, `procedures/${id}/actions/propose`, proposal);
    const auditor = await office.visit('ministry.auditor');
    const history = new HistoryPage(auditor);
    await history.open(id);
    await history.travel(0);
    expect(await history.past.innerText()).toContain('Đây là quá khứ: bản 0');
    await auditor.page.locator('[data-stage="registered"]').waitFor();
    expect(await history.past.innerText()).not.toContain('Cần thiết và hợp lý');
    // It stands in the address, for whoever it is sent to.
    await auditor.page.reload();
    await history.past.getByRole('link', { name: 'Mở trang thủ tục lúc đó' }).click();
    await auditor.page.getByRole('heading', { level: 1, name: 'Mượn tài liệu lưu trữ' }).waitFor();
    const then = new ProcedurePage(auditor);
    await then.stands('registered');
    expect(await then.offered()).toEqual([]);
    await auditor.page.getByRole('link', { name: 'Về hiện tại' }).click();
    await then.stands('proposed');
    await auditor.leave();
  });

  it('may be that the server is started again: it is said, what was typed stays, and the page goes on by itself', async () => {
    const id = await registered('Cấp giấy giới thiệu');
    const person = await office.visit('navy.officer1', `/procedures/${id}`);
    const mine = new ProcedurePage(person);
    const form = await mine.begin('withdraw');
    await fill(form, { reason: 'Trùng hồ sơ.' });
    const startAgain = await office.shutDown();
    const away = person.page.getByText('Mất kết nối với máy chủ');
    await away.waitFor();
    await startAgain();
    await away.waitFor({ state: 'detached' });
    await send(form);
    await mine.stands('withdrawn');
    await person.leave({ expected: [/ERR_/, /\b50\d\b/] });
  });
});
