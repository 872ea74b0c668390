import { describe, expect, it } from '@jest/globals';
import { Caller, goodReview, option, order, proposal, registration, signInAs } from '../support/client.js';
import { Office, slow } from './office.js';
import { DefinitionPage } from './pages/definition.page.js';
import { DelegationsPage } from './pages/delegations.page.js';
import { fill, send } from './pages/filling.js';
import { HistoryPage } from './pages/history.page.js';
import { ProcedurePage, decision } from './pages/procedure.page.js';

describe('Who governs in the browser', () => {
  const office = Office.forJourneys();

  it(
    'lets somebody act for another; who did it and for whom stands in the history, and nobody approves what they proposed',
    async () => {
      const [officer, checker] = await Promise.all([
        signInAs(office.url, 'officer', 'service'),
        signInAs(office.url, 'checker', 'service'),
      ]);
      const { id } = await order(officer, 'procedures', { ...registration(officer), title: 'Duyệt kế hoạch huấn luyện' });
      await order(officer, `procedures/${id}/actions/review`, goodReview);
      await order(officer, `procedures/${id}/actions/propose`, proposal);

      const administrator = await office.visit('navy.administrator');
      const delegations = new DelegationsPage(administrator);
      await delegations.open();
      const nextYear = `31/12/${String(new Date().getFullYear() + 1)}`;
      await delegations.make('Đỗ Văn Duyệt (mẫu)', 'Nguyễn Văn Soạn (mẫu)', ['publish', 'approve-option'], nextYear);
      await administrator.leave();

      const person = await office.visit('navy.officer1', `/procedures/${id}`);
      const procedure = new ProcedurePage(person);
      expect(await procedure.offered()).not.toContain('publish');
      await person.actFor('Đỗ Văn Duyệt (mẫu)');
      await procedure.act('publish', decision, 'published');
      await procedure.history();
      const entry = new HistoryPage(person).entry('ProcedurePublished');
      expect(await entry.innerText()).toMatch(/Nguyễn Văn Soạn \(mẫu\).*thay mặt Đỗ Văn Duyệt \(mẫu\)/s);

      await order(officer, `procedures/${id}/actions/propose-option`, { option });
      await order(checker, `procedures/${id}/actions/check-quality`, { passed: true, remarks: 'Đạt' });
      await person.open(`/procedures/${id}`);
      await procedure.stands('qualityChecked');
      expect(await procedure.offered()).not.toContain('approve-option');
      expect(await procedure.closed()).toMatch(/Phê duyệt phương án: phải do người khác thực hiện/);
      await person.leave();
    },
    slow,
  );

  it(
    'publishes a version of a lifecycle that new procedures follow, and those before keep theirs',
    async () => {
      const officer = await signInAs(office.url, 'officer', 'service');
      const before = await order(officer, 'procedures', { ...registration(officer), title: 'Trước khi đổi' });
      await order(officer, `procedures/${before.id}/actions/review`, goodReview);

      const administrator = await office.visit('navy.administrator');
      const definition = new DefinitionPage(administrator);
      await definition.open('internal');
      await definition.demand('Đề nghị công bố', 'Ghi chú');
      await definition.publish(3);
      await administrator.leave();

      const after = await order(officer, 'procedures', { ...registration(officer), title: 'Sau khi đổi' });
      await order(officer, `procedures/${after.id}/actions/review`, goodReview);
      const person = await office.visit('navy.officer1', `/procedures/${after.id}`);
      const procedure = new ProcedurePage(person);
      expect(await person.main().innerText()).toContain('phiên bản 3');
      const paper = { 'document.number': '12/TTr-HQ', 'document.date': '5/11/2025' };
      const form = await procedure.begin('propose');
      await fill(form, paper);
      await send(form);
      await person.main().getByRole('alert').waitFor();
      await fill(form, { note: 'Kèm dự thảo quyết định.' });
      await send(form);
      await procedure.stands('proposed');

      await procedure.open(before.id);
      await procedure.act('propose', paper, 'proposed');
      await person.leave();
    },
    slow,
  );

  it(
    'erases somebody once their username was typed: then the list has them no more, and history has no name',
    async () => {
      const [administrator, officer] = await Promise.all([
        signInAs(office.url, 'administrator', 'service'),
        signInAs(office.url, 'officer', 'service'),
      ]);
      const unit = officer.person?.unit.id ?? '';
      const password = 'một mật khẩu thật dài';
      const { id } = await order(administrator, 'people', { name: 'Tô Văn Xoá', username: 'bi.xoa', password, unit });
      await order(administrator, `people/${id}/roles`, { role: 'officer', unit });
      const { body } = await officer.post<{ token: string }>('/api/v1/auth/login', { username: 'bi.xoa', password });
      const them = new Caller(office.url, body.token, officer.person);
      const procedure = await order(them, 'procedures', { ...registration(officer), title: 'Của người bị xoá' });
      await administrator.send('DELETE', `/api/v1/people/${id}/roles/officer?unit=${unit}`);

      const visitor = await office.visit('navy.administrator');
      await visitor.open(`/administration/people/${id}`);
      await visitor.main().locator('[data-action="erase-person"]').click();
      const form = visitor.main().getByRole('form', { name: 'Xóa dữ liệu cá nhân' });
      const filled = { legalBasis: 'Luật số 91/2025/QH15, Điều 14' };
      await fill(form, { ...filled, username: 'bi.xoaa' });
      await send(form);
      await form.getByText('Không phải tên đăng nhập của người này').first().waitFor();
      await fill(form, { username: 'bi.xoa' });
      await send(form);
      await visitor.page.getByRole('heading', { level: 1, name: 'Người dùng' }).waitFor();
      await visitor.main().getByRole('link', { name: 'Nguyễn Văn Soạn (mẫu)' }).waitFor();
      expect(await visitor.main().getByText('Tô Văn Xoá').count()).toBe(0);
      await visitor.leave();

      const reader = await office.visit('navy.officer1', `/procedures/${procedure.id}/history`);
      expect(await new HistoryPage(reader).entry('ProcedureRegistered').innerText()).toContain('(đã xóa tên)');
      await reader.leave();
    },
    slow,
  );
});
