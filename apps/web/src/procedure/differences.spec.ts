import { describe, expect, it } from '@jest/globals';
import { differencesOf } from './differences';

describe('Differences of two moments', () => {
  it('name each field of what came or went as a whole, and no ids', () => {
    const changes = [
      { path: 'phase', before: 'inPreparation', after: 'inForce' },
      { path: 'parts.timeLimitDays', before: 10, after: 7 },
      { path: 'decision', after: { number: '1/QĐ', date: '2025-11-05' } },
      { path: 'options.0', after: { id: 'x', content: 'Bỏ', people: { build: ['y'] } } },
      { path: 'parts.keywords', before: ['a', 'b'], after: ['a', 'c'] },
    ];
    // What the description calls an object may be any value.
    expect(differencesOf(changes as unknown as Parameters<typeof differencesOf>[0])).toEqual([
      { path: 'parts.timeLimitDays', before: 10, after: 7 },
      { path: 'decision.number', before: undefined, after: '1/QĐ' },
      { path: 'decision.date', before: undefined, after: '2025-11-05' },
      { path: 'options.0.content', before: undefined, after: 'Bỏ' },
      { path: 'parts.keywords.1', before: 'b', after: 'c' },
    ]);
  });
});
