import { describe, expect, it } from '@jest/globals';
import type { Words } from '../words/words';
import { endOfDay, pastText } from './past-words';
import { readMoment } from './procedure-search';

describe('The past that a page shows', () => {
  const words = { language: 'vi', say: (word: string, values: object) => `${word} ${Object.values(values).join()}` } as unknown as Words;
  const textOf = (asOf: string): string => pastText(readMoment({ asOf }).asOf ?? '', 3, words);

  it('is named as it was asked for, and has no time that nobody stated', () => {
    expect(textOf('3')).toBe('past.revision 3');
    expect(textOf(endOfDay('2025-11-05'))).toBe('past.day 05/11/2025');
    expect(textOf('2025-11-05T09:05:00+07:00')).toBe('past.moment 05/11/2025 09:05');
  });

  it('is the same where a browser took the plus of an address for a space', () => {
    expect(textOf(endOfDay('2025-11-05').replace('+', ' '))).toBe('past.day 05/11/2025');
    expect(readMoment({ asOf: 'hôm qua' })).toEqual({});
  });
});
