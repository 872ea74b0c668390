import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ANY } from '#event-store';
import type { EventStore, SubscribeOptions } from '#event-store';
import { anEvent } from '#event-store/testing';
import { openLog } from '../../../test/support/log-installation.js';
import type { LogInstallation } from '../../../test/support/log-installation.js';
import { SharedSubscription } from './shared-subscription.js';

describe('The subscription that a process shares', () => {
  let installation: LogInstallation;
  const ends: AbortController[] = [];

  beforeAll(async () => {
    installation = await openLog('embedded');
  });
  afterAll(async () => {
    for (const end of ends) end.abort();
    await installation.close();
  });

  const add = async (stream: string, count: number): Promise<bigint> => {
    const events = Array.from({ length: count }, () => anEvent());
    return (await installation.store.append(stream, events, { expected: ANY })).position;
  };

  /** The store, and how many of its subscriptions are open. */
  const counted = (): { store: EventStore; open: () => number } => {
    const { store } = installation;
    let open = 0;
    const subscribe = async function* (options: SubscribeOptions): ReturnType<typeof SharedSubscription.prototype.subscribe> {
      open++;
      options.signal.addEventListener('abort', () => open--, { once: true });
      yield* store.subscribe(options);
    };
    return { store: Object.assign(Object.create(store) as EventStore, { subscribe }), open: () => open };
  };

  /** Follows from the position, taking so long for each batch; tells what it was handed. */
  const follow = (
    log: SharedSubscription,
    from: bigint | null,
    prefixes: readonly string[],
    takesMs: () => number = () => 0,
  ): { seen: bigint[]; reached: (position: bigint) => Promise<void>; stop: AbortController } => {
    const stop = new AbortController();
    ends.push(stop);
    const seen: bigint[] = [];
    let at = from;
    void (async () => {
      for await (const { events, position } of log.subscribe({ from, prefixes, signal: stop.signal })) {
        const ms = takesMs();
        if (ms > 0) await sleep(ms);
        seen.push(...events.map((event) => event.position));
        at = position;
      }
    })();
    const reached = async (position: bigint): Promise<void> => {
      const until = Date.now() + 20_000;
      while (at === null || at < position) {
        if (Date.now() > until) throw new Error(`It is at ${String(at)}, not at ${String(position)}.`);
        await sleep(2);
      }
    };
    return { seen, reached, stop };
  };

  it('reads the log once for all who are at its end, and not at all when nobody follows it', async () => {
    const { store, open } = counted();
    const log = new SharedSubscription(store, { prefixes: ['one-', 'two-'] });
    const members = [follow(log, null, ['one-']), follow(log, null, ['two-']), follow(log, null, ['one-', 'two-'])];
    const position = await add('one-1', 2);
    await Promise.all(members.map(({ reached }) => reached(position)));
    // Each of them has noticed by now that it is at the end.
    const next = await add('two-1', 1);
    await Promise.all(members.map(({ reached }) => reached(next)));

    expect(open()).toBe(1);

    expect(members.map(({ seen }) => seen.length)).toEqual([2, 1, 3]);
    for (const member of members) member.stop.abort();
    while (open() > 0) await sleep(5);
  });

  it('hands everyone the events of their prefixes, each once and in order, however slow they are and whenever they come', async () => {
    const prefixes = ['slow-', 'fast-', 'other-'];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ takesMs: fc.integer({ min: 0, max: 12 }), wants: fc.subarray(prefixes, { minLength: 1 }) }), {
          minLength: 1,
          maxLength: 5,
        }),
        fc.array(fc.record({ of: fc.nat(2), count: fc.integer({ min: 1, max: 9 }), after: fc.integer({ min: 0, max: 9 }) }), {
          minLength: 1,
          maxLength: 15,
        }),
        fc.nat(15),
        async (followers, appends, comesAt) => {
          const head = await installation.store.head();
          // So few are kept that the slow fall out again and again.
          const log = new SharedSubscription(installation.store, { prefixes, mostKept: 5 });
          const members = followers.map(({ takesMs, wants }) => ({ wants, ...follow(log, head, wants, () => takesMs) }));
          const written: { stream: string; position: bigint }[] = [];
          for (const [index, { of, count, after }] of appends.entries()) {
            if (index === comesAt) members.push({ wants: prefixes, ...follow(log, head, prefixes) });
            const stream = `${prefixes[of] ?? ''}${String(head)}`;
            const last = await add(stream, count);
            for (let back = count - 1; back >= 0; back--) written.push({ stream, position: last - BigInt(back) });
            await sleep(after);
          }
          const last = written.at(-1)?.position ?? 0n;
          await Promise.all(members.map(({ reached }) => reached(last)));
          for (const { wants, seen, stop } of members) {
            stop.abort();
            const due = written.filter(({ stream }) => wants.some((prefix) => stream.startsWith(prefix)));
            expect(seen).toEqual(due.map(({ position }) => position));
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('is not opened again and again where only it fails, while each reads for itself', async () => {
    const { store } = installation;
    let opened = 0;
    const subscribe = (options: SubscribeOptions): ReturnType<EventStore['subscribe']> => {
      if (options.prefixes?.length === 1) return store.subscribe(options);
      opened++;
      throw new Error('What another wants cannot be read.');
    };
    const failing = Object.assign(Object.create(store) as EventStore, { subscribe });
    const log = new SharedSubscription(failing, { prefixes: ['alone-', 'broken-'] });
    const member = follow(log, await store.head(), ['alone-']);
    const began = Date.now();
    for (let count = 0; count < 40; count++) await member.reached(await add('alone-1', 1));
    // The pauses double from 100 ms, of which at least half is waited.
    expect(opened).toBeLessThanOrEqual(2 + Math.log2(1 + (Date.now() - began) / 50));
    expect(member.seen).toHaveLength(40);
    member.stop.abort();
  });

  it('is held up by nobody who takes nothing', async () => {
    const log = new SharedSubscription(installation.store, { prefixes: ['held-'], mostKept: 20 });
    const head = await installation.store.head();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const quick = follow(log, head, ['held-']);
    const stuck: bigint[] = [];
    const stop = new AbortController();
    ends.push(stop);
    void (async () => {
      for await (const { events } of log.subscribe({ from: head, prefixes: ['held-'], signal: stop.signal })) {
        if (events.length > 0) await held;
        stuck.push(...events.map(({ position }) => position));
      }
    })();
    let last = 0n;
    for (let round = 0; round < 10; round++) last = await add('held-1', 10);

    await quick.reached(last);
    expect(stuck).toEqual([]);

    release();
    while (stuck.at(-1) !== last) await sleep(5);
    expect(stuck).toEqual(quick.seen);
    quick.stop.abort();
    stop.abort();
  });
});
