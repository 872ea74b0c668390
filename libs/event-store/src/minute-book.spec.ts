import { describe, expect, it } from '@jest/globals';
import { actorWithoutPerson } from './without-person.js';
import { MinuteBook } from './minute-book.js';
import type { LeftOut } from './minute-book.js';

const actor = actorWithoutPerson('none');
const minuteMs = 60_000;

describe('A book of a minute', () => {
  it('tells the next time, under the same id, what it could not tell because the log was away', async () => {
    let now = 0;
    let isAway = true;
    const asked: string[] = [];
    const told: LeftOut<'Read'>[] = [];
    const tell = (leftOut: LeftOut<'Read'>): Promise<void> => {
      asked.push(leftOut.id);
      if (isAway) return Promise.reject(new Error('The log is away.'));
      told.push(leftOut);
      return Promise.resolve();
    };
    const book = new MinuteBook<'Read'>({ now: () => now, most: 1, tell });
    const read = (): Promise<void> => book.record({ actor, kind: 'Read' }, () => Promise.resolve());
    for (let times = 0; times < 3; times++) await read();
    now = minuteMs;
    await read();
    await expect(book.tell()).rejects.toThrow('The log is away.');

    isAway = false;
    await read();
    now = 2 * minuteMs;
    await book.tell();
    await book.close();
    expect(told.map(({ minute, times }) => [minute, times])).toEqual([
      ['1970-01-01T00:00:00.000Z', { Read: 2 }],
      ['1970-01-01T00:01:00.000Z', { Read: 1 }],
    ]);
    expect(new Set(asked)).toEqual(new Set(told.map(({ id }) => id)));
  });
});
