import { describe, expect, it } from '@jest/globals';
import { Caller, goodReview, option, order, proposal, registration, signInAs } from '../support/client.js';
import { Office } from './office.js';
import { DefinitionPage } from './pages/definition.page.js';
import { DelegationsPage } from './pages/delegations.page.js';
import { fill, send } from './pages/filling.js';
import { HistoryPage } from './pages/history.page.js';
import { ProcedurePage, decision } from './pages/procedure.page.js';
import { ReorganisationPage } from './pages/reorganisation.page.js';

describe('Who governs in the browser', () => {
  const office = Office.forJourneys();

  it('lets somebody act for another; who did it and for whom stands in the history, and nobody approves what they proposed', async () => {
    const [officer, checker] = await Promise.all([signInAs(office.url, 'officer', 'service'), signInAs(office.url, 'checker', 'service')]);
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
  });

  it('publishes a version of a lifecycle that new procedures follow, and those before keep theirs', async () => {
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
  });

  it('erases somebody once their username was typed: then the list has them no more, and history has no name', async () => {
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
  });

  it('plans to hand over single procedures by their codes, keeps what was typed, and plans it otherwise until somebody else did', async () => {
    const [administrator, officer] = await Promise.all([
      signInAs(office.url, 'administrator', 'service'),
      signInAs(office.url, 'officer', 'service'),
    ]);
    const parent = administrator.person?.unit.id ?? '';
    const unit = async (name: string): Promise<string> => (await order(administrator, 'units', { name, level: 'unit', parent })).id;
    const [from] = [await unit('Phòng Một cửa'), await unit('Trung tâm Phục vụ')];
    const registered = async (title: string, code: string, owningUnit: string): Promise<unknown> =>
      order(officer, 'procedures', { ...registration(officer), title, code, owningUnit, field: 'Đất đai, nhà ở' });
    await registered('Cấp giấy tờ', '2.111222.H19', from);
    await registered('Cấp lại giấy tờ', '2.111333.H19', from);
    await registered('Của nơi khác', '2.111444.H19', parent);

    const visitor = await office.visit('navy.administrator', '/administration/reorganisations');
    const plan = new ReorganisationPage(visitor);
    await plan.begin('plan-reorganisation');
    const form = visitor.main().getByRole('form', { name: 'Lập kế hoạch sắp xếp' });
    const head = { title: 'Lập trung tâm', 'decision.number': '7/QĐ', 'decision.date': '2/1/2025', effectiveOn: '1/1/2199' };
    await fill(form, { ...head, 'steps.0.kind': 'transfer', 'steps.0.which': 'procedures' });
    await plan.choose('steps.0.unit', 'mot cua', 'Phòng Một cửa');
    await plan.choose('steps.0.to', 'trung tam', 'Trung tâm Phục vụ');
    await plan.choose('steps.0.procedures.0', 'cap lai', 'Cấp lại giấy tờ');
    await form.getByLabel('Thêm theo mã thủ tục').fill('2.111222.h19\n2.111333.H19; 2.111444.H19\n9.000000.H19');
    await form.locator('[data-action="add-codes"]').click();
    await form.getByText('Đã thêm 2 thủ tục. 1 thủ tục đã có trong danh sách').waitFor();
    expect(await form.getByLabel('Thêm theo mã thủ tục').inputValue()).toBe('9.000000.H19');
    expect(await form.locator('li', { hasText: 'Của nơi khác' }).innerText()).toMatch(/(Quân chủng|Hải quân).* đang giữ/s);

    // Whoever leaves meanwhile finds it again.
    await visitor.open('/administration/reorganisations');
    await plan.begin('plan-reorganisation');
    await form.getByText('Đã chọn 3 thủ tục').first().waitFor();
    expect(await form.locator('[name="steps.0.which"]').inputValue()).toBe('procedures');
    expect(await plan.look(form)).toEqual([expect.stringContaining('chuyển 3 thủ tục')]);
    await visitor.main().getByText('Đơn vị đó không giữ các thủ tục này').waitFor();
    // What is being typed into a field stays while the page changes around it.
    const into = form.locator('[id="field-steps.0.to"]');
    await into.fill('trung tam');
    await visitor.main().getByRole('table', { name: 'Sẽ chuyển' }).waitFor({ state: 'detached' });
    expect(await into.inputValue()).toBe('trung tam');
    await into.blur();
    expect(await into.inputValue()).toBe('Trung tâm Phục vụ');
    await form.getByRole('button', { name: 'Bỏ các thủ tục này' }).click();
    expect(await plan.look(form)).toEqual(['Phòng Một cửa chuyển 2 thủ tục cho Trung tâm Phục vụ. 2 0 0 0 0 0']);
    await plan.confirm('Lập kế hoạch này');
    await visitor.page.getByRole('heading', { level: 1, name: 'Lập trung tâm' }).waitFor();
    expect(await plan.steps()).toEqual([expect.stringContaining('chuyển 2 thủ tục')]);
    const rights = visitor.main().locator('div:has(> dt)', { hasText: 'Thực hiện theo quyền của' });
    await rights.getByRole('link', { name: administrator.person?.name ?? '' }).waitFor();
    await visitor.main().getByText('Xem 2 thủ tục').click();
    await visitor.main().getByRole('link', { name: 'Cấp lại giấy tờ' }).waitFor();

    await plan.begin('amend-reorganisation');
    const amending = visitor.main().getByRole('form', { name: 'Sửa kế hoạch' });
    expect(await amending.locator('[name="effectiveOn"]').inputValue()).toBe('01/01/2199');
    await amending.getByRole('button', { name: 'Bỏ Cấp giấy tờ' }).click();
    await amending.locator('[data-add]').last().click();
    await fill(amending, { 'steps.1.kind': 'transfer' });
    await plan.choose('steps.1.unit', 'mot cua', 'Phòng Một cửa');
    await plan.choose('steps.1.to', 'trung tam', 'Trung tâm Phục vụ');
    await plan.choose('steps.1.fields.0', 'Đất đai', 'Đất đai, nhà ở');
    await amending.locator('[id="field-steps.1.fields.0"]').fill('Hộ tịch');
    expect(await plan.look(amending)).toEqual([
      expect.stringContaining('chuyển 1 thủ tục'),
      expect.stringContaining('chuyển lĩnh vực Đất đai, nhà ở, Hộ tịch cho Trung tâm Phục vụ'),
    ]);
    await plan.confirm('Lưu kế hoạch đã sửa');
    await visitor.main().getByText('Đã xong: Sửa kế hoạch.').waitFor();
    expect(await plan.steps()).toHaveLength(2);

    // Somebody else amends it after the form was opened.
    await plan.begin('amend-reorganisation');
    const { pathname } = new URL(visitor.page.url());
    const { body } = await administrator.get<{ steps: object[]; decision: object }>(`/api/v1${pathname.replace('/administration', '')}`);
    const steps = body.steps.slice(1);
    await order(administrator, `${pathname.replace('/administration/', '')}/amend`, {
      ...{ title: 'Của người khác', decision: body.decision, effectiveOn: '2199-02-01', steps },
    });
    await fill(amending, { title: 'Của tôi' });
    await plan.look(amending);
    await plan.confirm('Lưu kế hoạch đã sửa');
    await visitor.main().getByText('Dữ liệu đã thay đổi kể từ khi bạn đọc').waitFor();
    await visitor.page.getByRole('heading', { level: 1, name: 'Của người khác' }).waitFor();
    await visitor.leave({ expected: [/^412 |status of 412/] });
  });

  it('names which unit succeeds one that ends with its level, and does it on the day', async () => {
    const administrator = await signInAs(office.url, 'administrator', 'service');
    const parent = administrator.person?.unit.id ?? '';
    const unit = async (name: string, above: string): Promise<string> =>
      (await order(administrator, 'units', { name, level: 'unit', parent: above })).id;
    const district = await unit('Vùng 9', parent);
    await unit('Trạm Đông', district);
    await unit('Trạm Tây', district);
    await unit('Vùng 10', parent);

    const visitor = await office.visit('navy.administrator', '/administration/reorganisations');
    const plan = new ReorganisationPage(visitor);
    await plan.begin('plan-reorganisation');
    const form = visitor.main().getByRole('form', { name: 'Lập kế hoạch sắp xếp' });
    const today = new Intl.DateTimeFormat('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh' }).format();
    await fill(form, { title: 'Bỏ các trạm', 'decision.number': '8/QĐ', 'decision.date': '2/1/2025', effectiveOn: today });
    await fill(form, { 'steps.0.kind': 'end-level' });
    await plan.choose('steps.0.below', 'vung 9', 'Vùng 9');
    await form.getByText('2 đơn vị sẽ bị bỏ: Trạm Đông, Trạm Tây.').waitFor();
    await form.locator('[id="field-steps.0.successors.0.into"]').click();
    await visitor.page.getByRole('option', { name: 'Vùng 10' }).waitFor();
    expect(await visitor.page.getByRole('option', { name: 'Trạm' }).count()).toBe(0);
    await plan.choose('steps.0.successors.0.unit', 'tram dong', 'Trạm Đông');
    await plan.choose('steps.0.successors.0.into', 'vung 10', 'Vùng 10');
    expect(await plan.look(form)).toEqual([expect.stringContaining('Trạm Đông hợp nhất vào Vùng 10')]);
    await plan.confirm('Lập kế hoạch này');
    await visitor.page.getByRole('heading', { level: 1, name: 'Bỏ các trạm' }).waitFor();
    await visitor.main().locator('[data-step="done"]').waitFor();
    const { body } = await administrator.get<{ items: { name: string; closed: boolean; mergedInto: string | null }[] }>('/api/v1/units');
    const ended = body.items.filter(({ name }) => name.startsWith('Trạm')).map(({ name, mergedInto }) => [name, mergedInto !== null]);
    expect(Object.fromEntries(ended)).toEqual({ 'Trạm Đông': true, 'Trạm Tây': false });
    await visitor.leave();
  });
});
