import { describe, expect, it } from '@jest/globals';
import { Rejected } from '#event-store';
import { conditions, reject } from './conditions.js';
import type { Condition } from './conditions.js';

// The compiler refuses a code without a place, so one is made out of its sight.
const unmet = (code: string, message = code): Condition => ({ code, message }) as Condition;
const refusal = (of: readonly Condition[]): readonly object[] => {
  try {
    reject(of);
  } catch (error) {
    if (error instanceof Rejected) return error.unmet;
  }
  return [];
};

describe('A refused command', () => {
  it('names its conditions in the order of the contract', () => {
    expect(refusal([...conditions].reverse().map((code) => unmet(code)))).toMatchObject([
      { code: 'not-authorised' },
      { code: 'code-taken' },
      { code: 'unit-closed' },
      { code: 'wrong-stage' },
      { code: 'not-necessary' },
      { code: 'same-person' },
      { code: 'parts-missing' },
      { code: 'wage-mismatch' },
      { code: 'return-first' },
      { code: 'procedure-full' },
      { code: 'already-disclosed' },
      { code: 'implausible-date' },
    ]);
  });

  it('is refused by a condition that has no place in the order', () => {
    expect(refusal([unmet('not-thought-of')])).toMatchObject([{ code: 'not-thought-of' }]);
    expect(refusal([unmet('not-thought-of'), unmet('wrong-stage')])).toMatchObject([{ code: 'wrong-stage' }, { code: 'not-thought-of' }]);
  });

  it('keeps every one of the same code, in their order', () => {
    const missing = ['steps', 'manner', 'agency'].map((part) => unmet('parts-missing', part));
    expect(refusal([...missing, unmet('wrong-stage')])).toEqual([unmet('wrong-stage'), ...missing]);
  });

  it('is accepted only where nothing is unmet', () => {
    expect(() => reject([])).not.toThrow();
  });
});
