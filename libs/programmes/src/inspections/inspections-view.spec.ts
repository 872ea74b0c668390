import { describe, it } from '@jest/globals';
import { projectionSpecification } from '#processors/testing';
import type { GivenEvent } from '#processors/testing';
import { inspectionsView } from './inspections-view.js';

const given = projectionSpecification(inspectionsView);
const id = '11111111-0000-4000-8000-000000000001';
const [ministry, service] = ['22222222-0000-4000-8000-000000000001', '22222222-0000-4000-8000-000000000002'] as const;
const said = (type: string, data: object): GivenEvent => ({ stream: `inspection-${id}`, type, data });
const announced = said('InspectionAnnounced', { title: 'Kiểm tra', by: ministry, of: service, announcedOn: '2025-11-03' });
const occurredOn = '2025-11-20';
const conclusion = { dueOn: '2025-11-28', days: 15, calendar: 'vn', calendarVersion: 1 };
const recommendation = { id: '33333333-0000-4000-8000-000000000001', text: 'Khắc phục', owner: service, dueOn: '2025-12-31' };

describe('The view of inspections', () => {
  it('keeps who inspects whom, and by when the conclusion is due', () => {
    given(announced, said('InspectionOpened', { date: '2025-11-07' }), said('InspectionEnded', { date: '2025-11-07', conclusion })).then({
      inspections: [{ id, by: ministry, of: service, state: 'ended', conclusion_due_on: '2025-11-28', revision: 2, position: 1n }],
      recommendations: [],
    });
  });

  it('keeps what is asked of whom, and whether a remedy was accepted', () => {
    const asked = [announced, said('RecommendationMade', { recommendation, occurredOn })];
    const remedy = { recommendation: recommendation.id, occurredOn };
    given(...asked, said('RemedyReported', { ...remedy, text: 'x', by: [] }), said('RemedyReturned', { ...remedy, reason: 'x' })).then({
      recommendations: [{ id: recommendation.id, inspection: id, owner: service, due_on: '2025-12-31', accepted: false, reminded: [] }],
    });
    given(...asked, said('RemedyAccepted', remedy)).then({ recommendations: [{ accepted: true }] });
    const reminded = { recommendation: recommendation.id, occasion: 'overdue', dueOn: '2025-12-31', occurredOn: '2026-01-01' };
    given(...asked, said('RemedyReminded', reminded)).then({ recommendations: [{ accepted: false, reminded: ['overdue'] }] });
  });

  it('goes on with what another version of the product wrote', () => {
    given(announced, said('InspectionPostponed', { until: '2026-01-01' })).then({ inspections: [{ state: 'announced', revision: 1 }] });
  });
});
