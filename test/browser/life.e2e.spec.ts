import { describe, expect, it } from '@jest/globals';
import { goodReview, order, proposal, registration, signInAs } from '../support/client.js';
import { Office } from './office.js';
import { fill, send } from './pages/filling.js';
import { HistoryPage } from './pages/history.page.js';
import { ProcedurePage, decision } from './pages/procedure.page.js';
import { RegistrationPage, wholeParts } from './pages/registration.page.js';
import { WorklistPage } from './pages/worklist.page.js';

const document = { 'document.title': 'Quy chế làm việc', 'document.number': '56/QĐ-HQ', 'document.date': '20/11/2025' };
const cost = (side: string, hours: string): Record<string, string> => ({
  [`option.${side}.lines.0.hours`]: hours,
  [`option.${side}.lines.0.fee`]: '20.000',
  [`option.${side}.hourlyWage`]: '31.111',
  [`option.${side}.subjectsPerYear`]: '40',
});
const option = {
  'option.type': 'cutDocument',
  'option.content': 'Bỏ một thành phần hồ sơ',
  'option.reason': 'Đã có trong cơ sở dữ liệu',
  'option.documentsToAmend.0.title': 'Quy chế làm việc',
  'option.documentsToAmend.0.change': 'Bỏ thành phần hồ sơ thứ hai',
  ...cost('before', '10'),
  ...cost('after', '6'),
};

/** Where one figure comes from, of which three sources say three things. */
const sources = {
  'option.before.inputs.0.input': 'lines.0.hours',
  'option.before.inputs.0.source': 'Khảo sát ba đơn vị',
  'option.before.inputs.0.method': 'Bấm giờ',
};

interface Simplified {
  readonly options: readonly { readonly before: { readonly inputs?: unknown } }[];
}

describe('The life of a procedure in the browser', () => {
  const office = Office.forJourneys();

  it('leads an internal one from new to simplified by the people that it needs, each from their worklist', async () => {
    const title = 'Cấp phát quân trang bổ sung';
    const officer = await office.visit('navy.officer1', '/');
    const atOfficer = new ProcedurePage(officer);
    const registering = new RegistrationPage(officer);
    await registering.open();
    await send(registering.form);
    await officer.page.getByRole('alert').waitFor();
    expect(await registering.form.locator('[name="title"]').getAttribute('aria-invalid')).toBe('true');
    const id = await registering.register({ title, kind: 'internal', group: 'D', field: 'Quân nhu', ...wholeParts });
    await atOfficer.act(
      'review',
      { necessary: true, withinPowers: true, reasonable: true, lawful: true, findings: 'Đạt cả bốn tiêu chí.' },
      'reviewed',
    );
    await atOfficer.act('propose', { 'document.number': '12/TTr-HQ', 'document.date': '5/11/2025' }, 'proposed');
    expect(await atOfficer.offered()).not.toContain('publish');

    const authority = await office.visit('navy.authority');
    const atAuthority = new ProcedurePage(authority);
    await new WorklistPage(authority).take(title);
    await atAuthority.act('publish', decision, 'published');

    // Their page was open meanwhile, and shows it by itself.
    await atOfficer.stands('published');
    const proposing = await atOfficer.begin('propose-option');
    await fill(proposing, option);
    await proposing.getByRole('group', { name: 'Chi phí trước' }).getByRole('button', { name: 'Nêu nguồn của số liệu' }).click();
    await fill(proposing, sources);
    const figures = proposing.getByRole('group', { name: 'Số liệu của các nguồn' });
    for (const [at, figure] of ['8', '10', '12,5'].entries()) {
      if (at > 0) await figures.getByRole('button', { name: 'Thêm dòng' }).click();
      await fill(proposing, { [`option.before.inputs.0.figures.${String(at)}`]: figure });
    }
    await send(proposing);
    await atOfficer.stands('optionProposed');
    const { body } = await (await signInAs(office.url, 'officer', 'service')).get<Simplified>(`/api/v1/procedures/${id}`);
    expect(body.options[0]?.before.inputs).toEqual([
      { input: 'lines.0.hours', source: 'Khảo sát ba đơn vị', method: 'Bấm giờ', figures: ['8', '10', '12.5'] },
    ]);
    expect(await officer.main().innerText()).toContain('Bỏ một thành phần hồ sơ');

    const checker = await office.visit('navy.checker');
    await new WorklistPage(checker).take(title);
    await new ProcedurePage(checker).act('check-quality', { passed: true, remarks: 'Đủ căn cứ.' }, 'qualityChecked');
    await checker.leave();

    await new WorklistPage(authority).take(title);
    await atAuthority.act('approve-option', { ...decision, 'decision.number': '40/QĐ-HQ' }, 'optionApproved');
    await authority.leave();

    await new WorklistPage(officer).take(title);
    await atOfficer.act('implement-option', { ...document, 'document.effectiveDate': '01/12/2025' }, 'simplified');
    await atOfficer.history();
    const history = new HistoryPage(officer);
    expect(await history.events()).toEqual([
      'ProcedureSimplified',
      'OptionApproved',
      'OptionQualityChecked',
      'OptionProposed',
      'ProcedurePublished',
      'PublicationProposed',
      'ProcedureReviewed',
      'ProcedureRegistered',
    ]);
    expect(new URL(officer.page.url()).pathname).toBe(`/procedures/${id}/history`);
    await officer.leave();
  });

  it('has a public one published by the ministry, and disclosed at an office', async () => {
    const officer = await signInAs(office.url, 'officer', 'service');
    const title = 'Cấp phép ra vào khu vực quân sự';
    const { id } = await order(officer, 'procedures', { ...registration(officer), title, kind: 'public', group: undefined });
    await order(officer, `procedures/${id}/actions/review`, goodReview);
    await order(officer, `procedures/${id}/actions/propose`, proposal);

    const own = await office.visit('navy.authority', `/procedures/${id}`);
    expect(await new ProcedurePage(own).offered()).not.toContain('publish');
    await own.leave();

    const ministry = await office.visit('ministry.authority');
    await new WorklistPage(ministry).take(title);
    await new ProcedurePage(ministry).act('publish', decision, 'published');
    await ministry.leave();

    const discloser = await office.visit('navy.officer2');
    await new WorklistPage(discloser).take(title);
    await new ProcedurePage(discloser).act('disclose', { office: 'Bộ phận một cửa', date: '02/12/2025' }, 'disclosed');
    await discloser.page.getByText('Bộ phận một cửa').first().waitFor();
    await discloser.leave();
  });

  it('has a quality process of a unit built, published without a proposal, applied and audited', async () => {
    const officer = await signInAs(office.url, 'officer', 'unit');
    const title = 'Quy trình tiếp nhận văn bản đến';
    const { id } = await order(officer, 'procedures', { ...registration(officer), title, kind: 'quality', group: undefined });

    const builder = await office.visit('unit1.officer1');
    await new WorklistPage(builder).take(title);
    const atBuilder = new ProcedurePage(builder);
    await atBuilder.act('build', document, 'built');

    const authority = await office.visit('navy.authority', `/procedures/${id}`);
    await new ProcedurePage(authority).act('publish', decision, 'published');
    await authority.leave();

    await atBuilder.stands('published');
    await atBuilder.act('apply', { date: '01/12/2025' }, 'applied');
    await builder.leave();

    const checker = await office.visit('navy.checker', `/procedures/${id}`);
    const atChecker = new ProcedurePage(checker);
    const auditing = await atChecker.begin('audit');
    await fill(auditing, { findings: 'Đang áp dụng đúng.', date: '02/12/2025' });
    await send(auditing);
    // Who goes on before the answer is there stays where they went.
    await atChecker.history();
    await new HistoryPage(checker).entry('ProcessAudited').getByText('Đang áp dụng đúng.').waitFor();
    await checker.leave();
  });
});
