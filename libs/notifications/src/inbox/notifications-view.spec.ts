import { describe, it } from '@jest/globals';
import { someMetadata } from '#event-store/testing';
import { projectionSpecification } from '#processors/testing';
import type { GivenEvent } from '#processors/testing';
import { notificationsView } from './notifications-view.js';

const given = projectionSpecification(notificationsView);

const procedure = '11111111-0000-4000-8000-000000000001';
const question = '44444444-0000-4000-8000-000000000001';
const [unit, other] = ['22222222-0000-4000-8000-000000000001', '22222222-0000-4000-8000-000000000002'] as const;
const proposer = someMetadata().actor.id;
const said = (type: string, data: object = {}): GivenEvent => ({
  stream: `procedure-${procedure}`,
  type,
  data: { ...data, occurredOn: '2025-01-02', stage: 'registered' },
});
const registered = said('ProcedureRegistered', { owningUnit: unit });
const published = said('ProcedurePublished', { decision: {} });

describe('Notifications', () => {
  it('of a publication are for whoever proposed it', () => {
    given(registered, said('PublicationProposed'), published).then({
      notifications: [{ type: 'ProcedurePublished', procedure, task: null, data: { revision: 2 } }],
      addresses: [{ audience: 'person', target: proposer, position: 3n }],
    });
    given(registered, published).then({ notifications: [], addresses: [] });
  });

  it('of an answer are for the unit that asked', () => {
    const asking = (type: string, data: object): GivenEvent => ({ stream: `inquiry-${question}`, type, data });
    given(
      registered,
      asking('ConsultationOpened', { procedure, by: unit, units: [other], question: 'Bỏ được không?', dueOn: '2025-03-01' }),
      asking('InquiryAnswered', { unit: other, answer: 'Được' }),
    ).then({
      notifications: [
        { type: 'ConsultationOpened', task: question },
        { type: 'InquiryAnswered', task: question, procedure },
      ],
      addresses: [other, other, other, unit, unit, unit].map((target) => ({ target })),
    });
  });

  it('of what is asked go to its owner, of what was reported to whoever asked, and say no text of either', () => {
    const inspection = '55555555-0000-4000-8000-000000000001';
    const happened = (type: string, data: object): GivenEvent => ({ stream: `inspection-${inspection}`, type, data });
    const recommendation = '33333333-0000-4000-8000-000000000001';
    given(
      happened('InspectionAnnounced', { title: 'Kiểm tra', by: unit, of: other, announcedOn: '2025-11-03' }),
      happened('FindingMade', { finding: { id: question, text: 'Chưa niêm yết', severity: 'low' }, occurredOn: '2025-11-07' }),
      happened('RecommendationMade', { recommendation: { id: recommendation, text: 'Niêm yết', owner: other, dueOn: '2025-12-31' } }),
      happened('RemedyReported', { recommendation, text: 'Đã niêm yết', by: [] }),
      happened('RemedyReturned', { recommendation, reason: 'chưa đủ' }),
    ).then({
      notifications: [
        { type: 'InspectionAnnounced', procedure: null, data: { inspection, unit: other, announcedOn: '2025-11-03' } },
        { type: 'RecommendationMade', data: { inspection, unit: other, recommendation, dueOn: '2025-12-31' } },
        { type: 'RemedyReported', data: { inspection, unit, recommendation } },
        { type: 'RemedyReturned', data: { inspection, unit: other, recommendation } },
      ],
      addresses: [
        ...['officer', 'checker', 'authority'].map((audience) => ({ audience, target: other, position: 1n })),
        { audience: 'officer', target: other, position: 3n },
        ...['checker', 'authority'].map((audience) => ({ audience, target: unit, position: 4n })),
        { audience: 'officer', target: other, position: 5n },
      ],
    });
  });

  it('of deadlines go by the owner that a correction named', () => {
    const corrected = said('RecordCorrected', { revision: 0, changes: { owningUnit: other }, reason: 'gõ nhầm' });
    const missed = {
      stream: `deadline-${procedure}`,
      type: 'DeadlineMissed',
      data: { action: 'publish', dueAt: '2025-02-01T00:00:00.000Z' },
    };
    given(registered, corrected, missed).then({
      addresses: [
        { audience: 'officer', target: other },
        { audience: 'may:publish', target: other },
      ],
    });
  });
});
