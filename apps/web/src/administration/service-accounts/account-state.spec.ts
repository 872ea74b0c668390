import { describe, expect, it } from '@jest/globals';
import { stateOf } from './account-state';

describe('A service account', () => {
  it('is good up to its last day, and for good without one', () => {
    expect(['2025-03-30', '2025-03-31', '2025-04-01'].map((on) => stateOf({ revokedAt: null, expiresOn: '2025-03-31' }, on))).toEqual([
      'good',
      'good',
      'expired',
    ]);
    expect(stateOf({ revokedAt: null, expiresOn: null }, '2999-01-01')).toBe('good');
  });

  it('is over once it was revoked, whatever its last day', () => {
    expect(stateOf({ revokedAt: '2025-01-01T00:00:00.000Z', expiresOn: '2999-01-01' }, '2025-03-01')).toBe('revoked');
  });
});
