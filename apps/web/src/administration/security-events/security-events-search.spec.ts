import { describe, expect, it } from '@jest/globals';
import { readSecurityEventsSearch } from './security-events-search';

describe('The address of security events', () => {
  it('says what happened, to whom, of which unit and on which days', () => {
    const asked = {
      type: 'SignInFailed',
      person: '018f4d5e-7a3b-7c00-8000-000000000001',
      unit: '018f4d5e-7a3b-7c00-8000-000000000002',
      from: '2026-02-01',
      to: '2026-02-28',
    };
    expect(readSecurityEventsSearch(asked)).toEqual(asked);
  });

  it('counts as left out where it says nothing that there is, such as 30 February', () => {
    expect(readSecurityEventsSearch({ type: 'Vanished', person: 'x', from: '2026-02-30', to: '2026-2-1' })).toEqual({});
  });
});
