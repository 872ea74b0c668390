import { beforeAll, describe, expect, it } from '@jest/globals';
import { decision, goodReview, order, proposal, registration, signInAs } from '../support/client.js';
import { Office } from './office.js';
import { HistoryPage } from './pages/history.page.js';
import { ProcedurePage } from './pages/procedure.page.js';
import { WorklistPage } from './pages/worklist.page.js';

/** Officers, checkers and authorities are at work in the life of a procedure; these look and govern. */
describe('A day of', () => {
  const office = Office.forJourneys();
  let id: string;
  const title = 'Đề nghị cấp trang bị';
  beforeAll(async () => {
    const [officer, authority] = await Promise.all([
      signInAs(office.url, 'officer', 'service'),
      signInAs(office.url, 'authority', 'service'),
    ]);
    id = (await order(officer, 'procedures', { ...registration(officer), title })).id;
    await order(officer, `procedures/${id}/actions/review`, goodReview);
    await officer.post(`/api/v1/procedures/${id}/actions/publish`, { decision });
    await order(officer, `procedures/${id}/actions/propose`, proposal);
    await order(authority, `procedures/${id}/actions/publish`, { decision });
    await order(officer, 'procedures', { ...registration(officer), title: 'Thủ tục mới' });
  });

  it('a leader begins at the figures, and opens the list and the procedure behind them', async () => {
    const leader = await office.visit('navy.leader');
    await leader.go('Tổng quan');
    expect(await leader.main().innerText()).toContain('Có 2 thủ tục');
    await leader.main().getByRole('link', { name: 'Đã công bố, Nội bộ nhóm D: 1' }).click();
    await leader.page.getByRole('heading', { level: 1, name: 'Danh mục thủ tục' }).waitFor();
    await leader.main().getByRole('link', { name: title }).click();
    const procedure = new ProcedurePage(leader);
    await procedure.stands('published');
    // A leader reads: nothing that moves the procedure on is offered.
    for (const action of ['propose-option', 'assign-review', 'abolish', 'suspend']) expect(await procedure.offered()).not.toContain(action);
    await leader.leave();
  });

  it('an auditor finds who did what, and what was refused', async () => {
    const auditor = await office.visit('ministry.auditor');
    await auditor.page.getByRole('searchbox', { name: 'Tìm thủ tục' }).fill('cap trang bi');
    await auditor.page.keyboard.press('Enter');
    await auditor.main().getByRole('link', { name: title }).click();
    await new ProcedurePage(auditor).stands('published');
    await new ProcedurePage(auditor).history();
    const history = new HistoryPage(auditor);
    expect(await history.entry('ProcedurePublished').innerText()).toContain('Đỗ Văn Duyệt (mẫu)');
    expect(await history.events()).not.toContain('CommandRefused');
    await auditor.page.getByRole('checkbox', { name: 'Cả yêu cầu bị từ chối' }).check();
    const refused = history.entry('CommandRefused');
    await refused.getByText('Bị từ chối: Công bố').waitFor();
    expect(await refused.innerText()).toContain('Nguyễn Văn Soạn (mẫu)');
    await auditor.leave();
  });

  it('an officer of a unit sees the own unit’s work alone in the worklist', async () => {
    const officer = await signInAs(office.url, 'officer', 'unit', 2);
    const own = 'Trực ban đơn vị';
    await order(officer, 'procedures', { ...registration(officer), title: own });
    const person = await office.visit('unit2.officer1');
    await new WorklistPage(person).take(own);
    await person.go('Danh sách việc');
    expect(await person.main().innerText()).not.toContain('Thủ tục mới');
    expect(await person.places()).not.toContain('Đơn vị');
    await person.leave();
  });
});
