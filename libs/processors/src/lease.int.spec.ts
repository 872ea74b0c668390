import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrate } from '#platform';
import { openLog } from '../../../test/support/log-installation.js';
import type { LogInstallation } from '../../../test/support/log-installation.js';
import { register } from './checkpoint.js';
import { LeaseCoordinator } from './lease-coordinator.js';
import { Lease } from './lease.js';
import type { Processor } from './lease.js';
import { Leases, setPaused } from './leases.js';
import type { Notice } from './notices.js';

describe('The lease of a processor that does not end when it should', () => {
  let installation: LogInstallation;
  beforeAll(async () => {
    installation = await openLog('embedded');
    const names = ['001-processors.sql', '002-leases.sql'];
    const files = names.map((name) => ({ name, url: new URL(name, import.meta.url) }));
    await migrate(installation.database, 'processors', files);
  });
  afterAll(() => installation.close());

  it.each([
    { kind: 'view', isKept: true },
    { kind: 'reaction', isKept: false },
  ] as const)('delays the renewal of no other; that of a $kind is kept until then: $isKept', async ({ kind, isKept }) => {
    const { database } = installation;
    let release: () => void = () => undefined;
    const hanging = new Promise<void>((resolve) => (release = resolve));
    const begun: string[] = [];
    const processor = (name: string, until: Promise<void>): Processor => ({
      ...{ name: `${kind}-${name}`, kind, isKeptHere: true, isBusy: false },
      run: async ({ token, signal }) => {
        begun.push(`${name} ${String(token)}`);
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
        await until;
      },
      beat: () => Promise.resolve({ state: 'live', lagMs: 0, eventsPerSecond: 0 }),
      watch: () => undefined,
      obey: () => undefined,
    });
    const leases = new Leases(database, true);
    const notices: Notice['what'][] = [];
    const of = (one: Processor): Lease => new Lease(one, { leases, onError: () => undefined, onNotice: ({ what }) => notices.push(what) });
    const [hangs, other] = [of(processor('hangs', hanging)), of(processor('other', Promise.resolve()))];
    for (const { processor: one } of [hangs, other]) await register(database, one);
    const stopping = new AbortController();
    const coordinator = new LeaseCoordinator(leases, [hangs, other], { runs: true, signal: stopping.signal, onError: () => undefined });
    await coordinator.start();
    expect([hangs.isHeld, other.isHeld]).toEqual([true, true]);

    await setPaused(database, hangs.processor.name, true);
    await coordinator.beat();
    await coordinator.beat();
    expect([hangs.isHeld, other.isHeld]).toEqual([isKept, true]);

    // It is taken anew, and yet begins only when what hung has ended.
    await setPaused(database, hangs.processor.name, false);
    await coordinator.beat();
    expect(begun).toEqual(['hangs 1', 'other 1']);
    release();
    while (begun.length < 3) await coordinator.beat();
    expect(begun[2]).toBe('hangs 2');
    stopping.abort();
    await coordinator.stop();
    expect(notices.filter((what) => what === 'lease-given-up')).toHaveLength(3);
  });
});
