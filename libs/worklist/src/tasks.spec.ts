import { describe, expect, it } from '@jest/globals';
import { someMetadata } from '#event-store/testing';
import { projectionSpecification } from '#processors/testing';
import type { GivenEvent } from '#processors/testing';
import { askedInSecret, reviewTaskId, tasks } from './tasks.js';

const given = projectionSpecification(tasks);

const procedure = '11111111-0000-4000-8000-000000000001';
const question = '44444444-0000-4000-8000-000000000001';
const [lead, one, two, three] = [0, 1, 2, 3].map((nth) => `22222222-0000-4000-8000-00000000000${String(nth)}`) as [
  string,
  string,
  string,
  string,
];
const said = (type: string, data: object = {}, unit = lead): GivenEvent => {
  const { actor, ...metadata } = someMetadata();
  return {
    stream: `procedure-${procedure}`,
    type,
    data: { ...data, occurredOn: '2025-01-02', stage: 'published' },
    metadata: { ...metadata, actor: { ...actor, unit } },
  };
};
const assigned = said('ReviewAssigned', { units: [one, two], dueOn: '2025-03-01', note: 'Quý I' });
const proposed = (type: string, unit = lead): GivenEvent =>
  said('OptionProposed', { optionId: 'x', option: { type, content: 'Bỏ bước' } }, unit);
const corrected = (revision: number, changes: object): GivenEvent => said('RecordCorrected', { revision, changes, reason: 'gõ nhầm' });
const asking = (type: string, data: object, id = question): GivenEvent => ({ stream: `inquiry-${id}`, type, data });
const consulted = asking('ConsultationOpened', { procedure, by: lead, units: [one], question: 'Bỏ được không?', dueOn: '2025-03-01' });

describe('A question about something classified', () => {
  const asks = ({ stream, type, data }: GivenEvent, classified: readonly string[] = [procedure]): string | null =>
    askedInSecret({ stream, type, data, revision: 0 }, (id) => classified.includes(id));

  it('is known by the event that asks it, be it a review, for an opinion or an obstacle', () => {
    expect(asks(assigned)).toBe(reviewTaskId(procedure, 0));
    expect(asks(consulted)).toBe(question);
    expect(asks(asking('ObstacleRaised', { procedure, unit: one, lead, description: 'x' }))).toBe(question);
  });

  it('is none where the procedure is not, and nothing else asks', () => {
    expect([asks(assigned, []), asks(consulted, [lead])]).toEqual([null, null]);
    expect([asks(proposed('cutStep')), asks(asking('InquiryAnswered', { unit: one }))]).toEqual([null, null]);
    expect(asks({ ...consulted, stream: `claim-${question}` })).toBeNull();
  });
});

describe('Tasks', () => {
  it('of a review are answered by the unit that proposes an option, or that says that it has none', () => {
    const id = reviewTaskId(procedure, 0);
    given(assigned, proposed('cutStep', one), asking('InquiryAnswered', { unit: two, answer: 'Không có' }, id)).then({
      tasks: [
        { id, unit: one, kind: 'review', answer: 'Bỏ bước' },
        { id, unit: two, kind: 'review', answer: 'Không có' },
      ],
    });
  });

  it('of a review are those of its record after corrections; what was answered stays', () => {
    const id = reviewTaskId(procedure, 0);
    given(assigned, asking('InquiryAnswered', { unit: one }, id), corrected(0, { units: [three], dueOn: '2025-02-01' })).then({
      tasks: [
        { unit: one, due_on: '2025-02-01', closed: false },
        { unit: three, due_on: '2025-02-01', answered_at: null },
      ],
      assignedReviews: [{ id, revision: 1 }],
    });
  });

  it('are closed when the procedure ends, and at once when they were asked afterwards', () => {
    const implemented = said('ProcedureSimplified', { optionId: 'x', document: {} });
    given(consulted, said('ProcedureWithdrawn', { reason: 'trùng' })).then({ tasks: [{ unit: one, closed: true, close_reason: null }] });
    given(said('ProcedureAbolished', { reason: 'thừa' }), consulted).then({ tasks: [{ unit: one, closed: true }] });
    given(proposed('merge'), corrected(0, { 'option.type': 'abolish' }), implemented, consulted).then({ tasks: [{ closed: true }] });
    given(proposed('abolish'), corrected(0, { option: { type: 'merge', content: 'x' } }), implemented, consulted).then({
      tasks: [{ closed: false }],
    });
  });

  it('say of what they were reminded, and why they were closed', () => {
    const reminded = (occasion: string): GivenEvent => asking('InquiryReminded', { units: [one], occasion, on: '2025-02-27' });
    given(consulted, reminded('before'), reminded('due'), asking('InquiryClosed', { reason: 'đủ ý kiến' })).then({
      tasks: [{ reminded: ['before', 'due'], reminded_at: '2025-01-01T00:00:02.000Z', closed: true, close_reason: 'đủ ý kiến' }],
    });
  });
});
