import { describe, expect, it } from '@jest/globals';
import { classAfter, readCorrection } from './read-correction.js';

const recorded = (revision: number, changes: object): Parameters<typeof readCorrection>[0] => ({
  ...{ revision, reason: 'gõ nhầm', occurredOn: '2025-01-02', stage: 'published' },
  changes: { ...changes },
});

describe('What a correction says', () => {
  it('is found by path, whether it names the value or all that it lies in', () => {
    for (const changes of [{ 'decision.date': '2025-01-03' }, { decision: { number: '1', date: '2025-01-03' } }]) {
      const correction = readCorrection(recorded(2, changes));
      expect(correction.text('decision.date')).toBe('2025-01-03');
      expect(correction.text('decision.effectiveDate')).toBeUndefined();
      expect(correction.registration).toBeNull();
    }
    expect(readCorrection(recorded(1, { necessary: false })).flag('necessary')).toBe(false);
    const amended = readCorrection(recorded(1, { option: { documents: [{ title: 'A' }] } }));
    expect(amended.list('option.documents')).toEqual([{ title: 'A' }]);
    expect(amended.list('option.documents.0')).toBeUndefined();
    expect(readCorrection(recorded(1, { decisions: 'x' })).text('decision')).toBeUndefined();
  });

  it('names everything that it is about', () => {
    expect(readCorrection(recorded(0, { 'parts.steps': 'x' })).names).toEqual(['parts', 'steps']);
    expect(readCorrection(recorded(0, { parts: { dossier: { sets: 1 } } })).names).toEqual(['parts', 'dossier', 'sets']);
  });

  it('tells what is taken away of a registration from what nothing is said of', () => {
    const { registration } = readCorrection(recorded(0, { kind: 'public', group: null, 'parts.steps': 'x' }));
    expect(registration).toEqual({ kind: 'public', group: null });
    expect(classAfter('A', registration ?? {})).toBe('public');
    expect(classAfter('A', { group: 'B' })).toBe('B');
    expect(classAfter('A', {})).toBe('A');
  });
});
