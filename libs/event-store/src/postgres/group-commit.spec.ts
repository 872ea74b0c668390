import { describe, expect, it } from '@jest/globals';
import { Unavailable } from '../errors.js';
import { GroupCommit } from './group-commit.js';
import type { Entry } from './group-commit.js';

class Outage extends Error {}
class BadEntry extends Error {}

const entry = (stream: string, more: Partial<Entry> = {}): Entry => ({ stream, ids: [stream], bytes: 10, free: false, ...more });

/** A group commit over a log that is told how to behave at each write, and which writes there were. */
function over(
  write: (streams: readonly string[], turn: number) => readonly string[],
  options: { maxEntries?: number; maxBytes?: number } = {},
) {
  const writes: (readonly string[])[] = [];
  const commits = new GroupCommit<Entry, string>({
    write: async (entries) => {
      const streams = entries.map(({ stream }) => stream);
      writes.push(streams);
      await Promise.resolve();
      return write(streams, writes.length);
    },
    isOutage: (error) => error instanceof Outage,
    onGiveUp: (cause) => new Unavailable('away', { cause }),
    patienceMs: 300,
    ...options,
  });
  return { commits, writes };
}

const acknowledge = (streams: readonly string[]): readonly string[] => streams.map((stream) => `${stream} stored`);

describe('The group commit', () => {
  it('writes together what was asked for at the same time, and answers one for one', async () => {
    const { commits, writes } = over(acknowledge);
    expect(await Promise.all(['a', 'b', 'c'].map((stream) => commits.submit(entry(stream))))).toEqual(['a stored', 'b stored', 'c stored']);
    expect(writes).toEqual([['a', 'b', 'c']]);
  });

  it('keeps two appends to a stream in order and apart, unless both take any revision', async () => {
    const { commits, writes } = over(acknowledge);
    const asked = [entry('a', { ids: ['1'] }), entry('a', { ids: ['2'] }), entry('b'), entry('a', { ids: ['3'] })];
    await Promise.all(asked.map((one) => commits.submit(one)));
    expect(writes).toEqual([['a', 'b'], ['a'], ['a']]);

    const free = over(acknowledge);
    await Promise.all(['1', '2'].map((id) => free.commits.submit(entry('a', { ids: [id], free: true }))));
    expect(free.writes).toEqual([['a', 'a']]);
  });

  it('keeps the same event apart when it is sent twice', async () => {
    const { commits, writes } = over(acknowledge);
    await Promise.all(['a', 'b'].map((stream) => commits.submit(entry(stream, { ids: ['same'] }))));
    expect(writes).toEqual([['a'], ['b']]);
  });

  it('cuts a batch that has too many entries or bytes', async () => {
    const many = over(acknowledge, { maxEntries: 2 });
    await Promise.all(['a', 'b', 'c'].map((stream) => many.commits.submit(entry(stream))));
    expect(many.writes).toEqual([['a', 'b'], ['c']]);
    const large = over(acknowledge, { maxBytes: 25 });
    await Promise.all(['a', 'b', 'c'].map((stream) => large.commits.submit(entry(stream))));
    expect(large.writes).toEqual([['a', 'b'], ['c']]);
  });

  it('fails only the one that the log cannot take', async () => {
    const { commits } = over((streams) => {
      if (streams.includes('bad')) throw new BadEntry();
      return acknowledge(streams);
    });
    const outcomes = await Promise.allSettled(['a', 'bad', 'b'].map((stream) => commits.submit(entry(stream))));
    expect(outcomes).toMatchObject([{ value: 'a stored' }, { reason: expect.any(BadEntry) }, { value: 'b stored' }]);
  });

  it('writes again when the outcome is unknown', async () => {
    const { commits, writes } = over((streams, turn) => {
      if (turn === 1) throw new Outage();
      return acknowledge(streams);
    });
    expect(await Promise.all(['a', 'b'].map((stream) => commits.submit(entry(stream))))).toEqual(['a stored', 'b stored']);
    expect(writes).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('gives up after a bounded wait, and takes the next append as if nothing had been', async () => {
    let away = true;
    const { commits } = over((streams) => {
      if (away) throw new Outage();
      return acknowledge(streams);
    });
    await expect(commits.submit(entry('a'))).rejects.toBeInstanceOf(Unavailable);
    away = false;
    expect(await commits.submit(entry('a'))).toBe('a stored');
    await commits.drain();
  });
});
