import { describe, it } from '@jest/globals';
import { projectionSpecification } from '#processors/testing';
import type { GivenEvent } from '#processors/testing';
import { boardsView } from './boards-view.js';

const given = projectionSpecification(boardsView);
const id = '11111111-0000-4000-8000-000000000001';
const [service, person] = ['22222222-0000-4000-8000-000000000002', '44444444-0000-4000-8000-000000000001'] as const;
const said = (type: string, data: object): GivenEvent => ({ stream: `board-${id}`, type, data });
const document = { number: '1/QĐ', date: '2025-01-10' };
const established = said('SteeringBoardEstablished', { title: 'Ban chỉ đạo', unit: service, document });
const member = { id: '55555555-0000-4000-8000-000000000001', person, role: 'head', from: '2025-01-10' };
const meeting = { id: '66666666-0000-4000-8000-000000000001', date: '2025-03-31', title: 'Họp quý I', present: [person] };
const recommendation = {
  id: '33333333-0000-4000-8000-000000000001',
  meeting: meeting.id,
  text: 'Rà soát',
  owner: service,
  dueOn: '2025-12-31',
};

describe('The view of steering boards', () => {
  it('keeps whose they are, who is on them until when, and that one was dissolved', () => {
    given(established, said('BoardMemberAppointed', { member }), said('BoardMemberReleased', { member: member.id, to: '2025-06-30' })).then(
      {
        boards: [{ id, unit: service, state: 'active', established_on: '2025-01-10', revision: 2, position: 1n }],
        members: [{ id: member.id, board: id, person, from_day: '2025-01-10', to_day: '2025-06-30' }],
      },
    );
    given(established, said('SteeringBoardDissolved', { document })).then({ boards: [{ state: 'dissolved' }] });
  });

  it('keeps when they met, and how many members were there', () => {
    given(established, said('BoardMemberAppointed', { member }), said('BoardMeetingHeld', { meeting })).then({
      meetings: [{ id: meeting.id, board: id, held_on: '2025-03-31', present: 1 }],
    });
  });

  it('keeps what is asked of whom, and whether a remedy was accepted', () => {
    const asked = [established, said('RecommendationMade', { recommendation, occurredOn: '2025-03-31' })];
    given(...asked).then({ recommendations: [{ id: recommendation.id, board: id, meeting: meeting.id, owner: service, accepted: false }] });
    given(...asked, said('RemedyAccepted', { recommendation: recommendation.id, occurredOn: '2025-04-01' })).then({
      recommendations: [{ accepted: true }],
    });
  });
});
