import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { StreamNotFound, TooLarge, WrongExpectedRevision } from '../errors.js';
import { ANY, NO_STREAM, STREAM_EXISTS, noMetadata } from '../event-store.js';
import type { EventStore, ExpectedRevision, RecordedEvent } from '../event-store.js';
import { anEvent } from './events.js';

/** What every event store keeps. Call it inside a `describe` of the adapter. */
export function eventStoreContract(open: () => Promise<{ readonly store: EventStore; close(): Promise<void> }>): void {
  let store: EventStore;
  let close: () => Promise<void>;
  beforeAll(async () => {
    const opened = await open();
    store = opened.store;
    close = () => opened.close();
  });
  afterAll(() => close());

  const someStream = (category = 'thing'): string => `${category}-${randomUUID()}`;
  const race = async (stream: string, expected: ExpectedRevision): Promise<{ stored: number; refused: unknown[] }> => {
    const outcomes = await Promise.allSettled([1, 2].map(() => store.append(stream, [anEvent()], { expected })));
    return {
      stored: outcomes.filter(({ status }) => status === 'fulfilled').length,
      refused: outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : [])),
    };
  };

  it('lets one of two writers create a stream and names the actual revision to the other', async () => {
    const stream = someStream();
    const { stored, refused } = await race(stream, NO_STREAM);
    expect(stored).toBe(1);
    expect(refused).toEqual([expect.any(WrongExpectedRevision)]);
    expect(refused[0]).toMatchObject({ stream, expected: NO_STREAM, actual: 0 });
  });

  it('lets one of two writers append at an exact revision', async () => {
    const stream = someStream();
    await store.append(stream, [anEvent()], { expected: NO_STREAM });
    const { stored, refused } = await race(stream, 0);
    expect(stored).toBe(1);
    expect(refused[0]).toMatchObject({ name: 'WrongExpectedRevision', expected: 0, actual: 1 });
  });

  it('refuses both writers of a stream that should exist and does not, and takes both when it does', async () => {
    const stream = someStream();
    expect((await race(stream, STREAM_EXISTS)).refused).toMatchObject([{ actual: null }, { actual: null }]);
    await store.append(stream, [anEvent()], { expected: NO_STREAM });
    expect((await race(stream, STREAM_EXISTS)).stored).toBe(2);
  });

  it('takes both writers that expect anything', async () => {
    const stream = someStream();
    expect((await race(stream, ANY)).stored).toBe(2);
    expect((await store.read(stream)).map(({ revision }) => revision)).toEqual([0, 1]);
  });

  it('does not let one writer fail another', async () => {
    const taken = someStream();
    await store.append(taken, [anEvent()], { expected: NO_STREAM });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 40 }, (_, index) => store.append(index % 2 ? taken : someStream(), [anEvent()], { expected: NO_STREAM })),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(Array.from({ length: 40 }, (_, index) => (index % 2 ? 'rejected' : 'fulfilled')));
  });

  it.each([NO_STREAM, ANY] as const)('acknowledges a repeated append (%s) with its first place and stores nothing', async (expected) => {
    const stream = someStream();
    const events = [anEvent(), anEvent()];
    const first = await store.append(stream, events, { expected });
    await store.append(stream, [anEvent()], { expected: 1 });
    const again = await store.append(stream, events, { expected });
    expect([again.revision, again.position]).toEqual([1, first.position]);
    expect(await store.read(stream)).toHaveLength(3);
  });

  it('stores the same event once when it is sent many times at once', async () => {
    const stream = someStream();
    const event = anEvent();
    await Promise.all(Array.from({ length: 20 }, () => store.append(stream, [event], { expected: NO_STREAM })));
    expect(await store.read(stream)).toHaveLength(1);
  });

  it('says when a stream does not exist', async () => {
    await expect(store.read(someStream())).rejects.toBeInstanceOf(StreamNotFound);
  });

  it('reads ranges in both directions', async () => {
    const stream = someStream();
    const events = Array.from({ length: 10 }, () => anEvent());
    await store.append(stream, events, { expected: NO_STREAM });
    const revisions = async (options: Parameters<EventStore['read']>[1]): Promise<number[]> =>
      (await store.read(stream, options)).map(({ revision }) => revision);
    expect((await store.read(stream)).map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    expect(await revisions({ from: 3, to: 5 })).toEqual([3, 4, 5]);
    expect(await revisions({ direction: 'backwards', limit: 3 })).toEqual([9, 8, 7]);
    expect(await revisions({ direction: 'backwards', from: 4, to: 2 })).toEqual([4, 3, 2]);
    expect(await revisions({ from: 10 })).toEqual([]);
  });

  it('gives back what it was given', async () => {
    const stream = someStream();
    const event = anEvent({ title: 'Thủ tục đăng ký – ấn phẩm “Đỗ” 🚢', nested: { list: [1, 'hai', null, true], line: 'a\n\tb"\\' } });
    const { revision, position } = await store.append(stream, [event], { expected: NO_STREAM });
    const [read] = await store.read(stream);
    expect(read).toEqual({
      ...event,
      stream,
      revision,
      position,
      recordedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
  });

  it('keeps text with a NUL or half a character as it is, or refuses it', async () => {
    for (const text of ['a\u0000b', 'half \ud800']) {
      const stream = someStream();
      const stored = await store.append(stream, [anEvent({ text })], { expected: NO_STREAM }).then(
        () => true,
        () => false,
      );
      if (stored) expect((await store.read(stream))[0]?.data).toEqual({ text });
    }
  });

  it('takes an event of nearly 1 MB and refuses a larger one', async () => {
    const stream = someStream();
    await store.append(stream, [anEvent({ text: 'x'.repeat(1_000_000) })], { expected: NO_STREAM });
    expect((await store.read(stream))[0]?.data).toEqual({ text: 'x'.repeat(1_000_000) });
    await expect(store.append(stream, [anEvent({ text: 'x'.repeat(1_100_000) })], { expected: 0 })).rejects.toBeInstanceOf(TooLarge);
  });

  it('holds a stream of 10,000 events in order', async () => {
    const stream = someStream();
    for (let from = 0; from < 10_000; from += 1_000) {
      await store.append(
        stream,
        Array.from({ length: 1_000 }, (_, index) => anEvent({ index: from + index })),
        { expected: from === 0 ? NO_STREAM : from - 1 },
      );
    }
    const events = await store.read(stream);
    expect(events.map(({ revision }) => revision)).toEqual(Array.from({ length: 10_000 }, (_, index) => index));
    expect(events.every(({ data }, index) => 'index' in data && data.index === index)).toBe(true);
  });

  it('orders the whole log and moves past what a filter leaves out', async () => {
    const start = await store.head();
    const wanted = someStream('wanted_a%b');
    await store.append(someStream('other'), [anEvent(), anEvent()], { expected: NO_STREAM });
    await store.append(wanted, [anEvent()], { expected: NO_STREAM });
    await store.append(someStream('wantedXaab'), [anEvent(), anEvent()], { expected: NO_STREAM });
    const all = await store.readAll({ from: start, limit: 100 });
    const positions = all.events.map(({ position }) => position);
    expect(positions).toHaveLength(5);
    expect(positions).toEqual([...positions].sort((a, b) => (a < b ? -1 : 1)));
    if (store.densePositions) expect(Number(positions.at(-1)) - Number(positions[0])).toBe(4);
    const filtered = await store.readAll({ from: start, limit: 100, prefixes: ['wanted_a%b-'] });
    expect(filtered.events.map(({ stream }) => stream)).toEqual([wanted]);
    expect(filtered.caughtUp).toBe(true);
    expect(await store.readAll({ from: filtered.position, limit: 100 })).toMatchObject({ events: [], caughtUp: true });
  });

  it('leaves metadata out where it is not asked for', async () => {
    const from = await store.head();
    const stream = someStream();
    await store.append(stream, [anEvent()], { expected: NO_STREAM });
    const [whole] = await store.read(stream);
    for (const prefixes of [undefined, [stream]]) {
      const read = { from, limit: 1, ...(prefixes && { prefixes }) };
      expect((await store.readAll(read)).events).toEqual([whole]);
      expect((await store.readAll({ ...read, metadata: false })).events).toEqual([{ ...whole, metadata: noMetadata }]);
    }
  });

  it('follows the log from a position, through its end, without leaving out or repeating anything', async () => {
    const stop = new AbortController();
    const start = await store.head();
    const stream = someStream();
    const seen: RecordedEvent[] = [];
    let caughtUp = 0;
    const following = (async () => {
      for await (const batch of store.subscribe({ from: start, batchSize: 7, signal: stop.signal })) {
        seen.push(...batch.events);
        if (batch.caughtUp) caughtUp++;
        if (seen.length >= 50) return;
      }
    })();
    for (let revision = 0; revision < 50; revision++)
      await store.append(stream, [anEvent()], { expected: revision === 0 ? NO_STREAM : revision - 1 });
    await following;
    stop.abort();
    expect(seen.map(({ revision }) => revision)).toEqual(Array.from({ length: 50 }, (_, index) => index));
    expect(caughtUp).toBeGreaterThan(0);
  });
}
