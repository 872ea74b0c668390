import { describe, it } from '@jest/globals';
import { savingOf } from '#procedures';
import { projectionSpecification } from '#processors/testing';
import type { GivenEvent } from '#processors/testing';
import { reviewResults } from './review-results.js';

const given = projectionSpecification(reviewResults);
const unit = '22222222-0000-4000-8000-000000000002';
const said = (type: string, data: object = {}, occurredOn = '2025-01-02'): GivenEvent => ({
  stream: 'procedure-11111111-0000-4000-8000-000000000001',
  type,
  data: { stage: 'published', ...data, occurredOn },
});
const cost = (hours: string) => ({ hourlyWage: 50_000, lines: [{ hours, fee: 0, service: 0 }], timesPerYear: 1, subjectsPerYear: 100 });
const saving = (before: string) => savingOf({ hourlyWage: 50_000, before: cost(before), after: cost('4') });
const option = {
  ...{ type: 'cutStep', content: 'Bỏ bước', reason: 'thừa', before: cost('10'), after: cost('4'), roadmap: 'quý II' },
  documentsToAmend: [{ title: 'Thông tư', number: '1/TT', change: 'sửa' }],
};
const decision = (number: string) => ({ number, date: '2025-02-01', effectiveDate: '2025-03-01', signer: 'A' });
const registered = said('ProcedureRegistered', {
  ...{ title: 'Cấp giấy', code: '1.001', kind: 'internal', group: 'D', field: 'Tài chính', owningUnit: unit, parts: {} },
  definition: { id: 'internal', version: 2 },
});
const published = said('ProcedurePublished', { decision: decision('5/QĐ') });
const proposed = said('OptionProposed', { optionId: 'o1', option, saving: saving('10'), by: [] }, '2025-03-01');
const approved = said('OptionApproved', { optionId: 'o1', decision: decision('9/QĐ'), by: [] }, '2025-04-01');
const document = { title: 'Thông tư mới', number: '2/TT', date: '2025-05-01', effectiveDate: '2025-06-01' };
const simplified = said('ProcedureSimplified', { optionId: 'o1', document }, '2025-05-02');
const corrected = (revision: number, changes: object, more: object = {}): GivenEvent =>
  said('RecordCorrected', { revision, changes, reason: 'gõ nhầm', ...more });

describe('The results of reviews', () => {
  it('say of a procedure by which decision it was published, and until when options are asked for', () => {
    given(registered, published, said('ReviewAssigned', { units: [unit], dueOn: '2025-06-30' })).then({
      procedures: [{ code: '1.001', title: 'Cấp giấy', publication_number: '5/QĐ', publication_on: '2025-02-01', due_on: '2025-06-30', group: 'D' }],
      options: [],
    });
  }); // prettier-ignore

  it('say of an option what it changes, who decided on it, and by what it was done', () => {
    given(registered, published, proposed, approved, simplified).then({
      options: [
        {
          ...{ number: 0, status: 'implemented', type: 'cutStep', content: 'Bỏ bước', before: 50_000_000n, after: 20_000_000n, saving: 30_000_000n },
          ...{ cut_percent: '60.00', decision_number: '9/QĐ', document_title: 'Thông tư mới', document_on: '2025-05-01', revision: 2, implemented: 4 },
          ...{ documents: [{ title: 'Thông tư', number: '1/TT' }], happened: { 2: '2025-03-01', 3: '2025-04-01', 4: '2025-05-02' } },
        },
      ],
    });
  }); // prettier-ignore

  it('keep the last reason why it does not go on', () => {
    const returned = said('OptionReturned', { optionId: 'o1', reason: 'thiếu' });
    const again = said('OptionProposed', { optionId: 'o2', option, saving: saving('10'), by: [] });
    const suspended = said('ProcedureSuspended', { reason: 'chờ luật' });
    given(registered, published, proposed, returned, again, suspended).then({
      options: [
        { status: 'returned', reason: 'thiếu' },
        { option: 'o2', number: 1, status: 'proposed', reason: 'chờ luật' },
      ],
      procedures: [{ reason: null }],
    });
    given(registered, said('PublicationReturned', { reason: 'sai tên' }), corrected(1, { reason: 'sai mã' })).then({ procedures: [{ reason: 'sai mã' }] });
  }); // prettier-ignore

  it('read as they do after corrections, and what they read before is kept', () => {
    given(
      ...[registered, published, proposed, approved, simplified],
      ...[corrected(0, { title: 'Cấp phép', group: 'C' }), corrected(1, { 'decision.number': '6/QĐ' })],
      ...[corrected(2, { 'option.content': 'Bỏ hai bước', 'option.before.lines.0.hours': '8', occurredOn: '2025-03-02' }, { saving: saving('8') })],
      ...[corrected(3, { 'decision.number': '8/QĐ' }), corrected(4, { 'document.title': 'Nghị định' })],
    ).then({
      procedures: [{ title: 'Cấp phép', group: 'C', publication_number: '6/QĐ' }],
      options: [
        {
          ...{ content: 'Bỏ hai bước', before: 40_000_000n, saving: 20_000_000n, cut_percent: '50.00', decision_number: '8/QĐ' },
          ...{ document_title: 'Nghị định', happened: { 2: '2025-03-02', 3: '2025-04-01', 4: '2025-05-02' } },
        },
      ],
      formerProcedures: [
        { position: 1n, until_position: 2n, publication_number: null },
        { position: 2n, until_position: 6n, title: 'Cấp giấy', group: 'D' },
        { position: 6n, until_position: 7n, publication_number: '5/QĐ' },
      ],
      formerOptions: [
        { status: 'proposed', position: 3n, until_position: 4n },
        { status: 'approved', until_position: 5n },
        { status: 'implemented', until_position: 8n, content: 'Bỏ bước' },
        { decision_number: '9/QĐ', until_position: 9n },
        { document_title: 'Thông tư mới', until_position: 10n },
      ],
    });
  }); // prettier-ignore

  it('have the documents of a list that was corrected as a whole, whether there are more of them now or fewer', () => {
    const [first] = option.documentsToAmend;
    const second = { title: 'Nghị định', number: '2/NĐ', change: 'bỏ' };
    const [circular, decree] = [{ title: 'Thông tư', number: '1/TT' }, { title: 'Nghị định', number: '2/NĐ' }];
    const longer = corrected(2, { 'option.documentsToAmend': [second, first] });
    given(registered, published, proposed, longer).then({ options: [{ documents: [decree, circular] }] });
    given(registered, published, proposed, longer, corrected(2, { 'option.documentsToAmend.1.number': '3/TT' })).then({ options: [{ documents: [decree, { ...circular, number: '3/TT' }] }] });
    given(registered, published, proposed, longer, corrected(2, { 'option.documentsToAmend': [second] })).then({ options: [{ documents: [decree] }] });
    given(registered, published, proposed, corrected(2, { option: { ...option, documentsToAmend: [first, second] } })).then({ options: [{ documents: [circular, decree] }] });
  }); // prettier-ignore

  it('hold nothing but a reference of what is secret, also after corrections', () => {
    const secret = { ...registered, data: { ...registered.data, classification: 'secret' } };
    const reference = { content: '', documents: [], roadmap: null, before: 50_000_000n };
    given(secret, proposed).then({ options: [reference] });
    const changes = { 'option.content': 'Bỏ hai bước', 'option.documentsToAmend': option.documentsToAmend };
    given(secret, proposed, corrected(1, changes)).then({ options: [reference] });
  });
});
