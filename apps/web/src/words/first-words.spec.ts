import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { wordsOfFirstPages } from '../../parted-words';

const words = Object.keys(JSON.parse(readFileSync(join(import.meta.dirname, 'vi.json'), 'utf8')) as object);
const beginningWith = (beginning: string): readonly string[] => words.filter((word) => word.startsWith(beginning));

describe('the words of the first pages', () => {
  it('are those of the sign-in, the worklist and their frame, and few of all', () => {
    const isFirst = wordsOfFirstPages();
    for (const word of ['signIn.title', 'worklist.title', 'frame.skip', 'reports.title'].filter((one) => words.includes(one)))
      expect([word, isFirst(word)]).toEqual([word, true]);
    // Named by a code that the page is told.
    expect([...beginningWith('stage.'), ...beginningWith('unmet.')].filter((word) => !isFirst(word))).toEqual([]);
    expect(beginningWith('reorganisation.').filter(isFirst).length).toBeLessThan(5);
    expect(words.filter(isFirst).length).toBeLessThan(words.length / 2);
  });
});
