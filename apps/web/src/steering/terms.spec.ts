import { describe, expect, it } from '@jest/globals';
import { canEndEarlier } from './terms';

describe('A membership of a steering board', () => {
  it('can end earlier while it has no end, or one to come', () => {
    expect(canEndEarlier({ to: null }, '2026-03-01')).toBe(true);
    expect(canEndEarlier({ to: '2026-03-02' }, '2026-03-01')).toBe(true);
    expect(canEndEarlier({ to: '2026-03-01' }, '2026-03-01')).toBe(false);
    expect(canEndEarlier({ to: '2025-12-31' }, '2026-03-01')).toBe(false);
  });
});
