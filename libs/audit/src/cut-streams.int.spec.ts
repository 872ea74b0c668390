import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventStoreDBClient } from '@eventstore/db-client';
import { ANY, openEventStore } from '#event-store';
import { anEvent } from '#event-store/testing';
import { SystemClock } from '#platform';
import { Processors } from '#processors';
import { EventStorePeer } from '../../../test/support/event-store-peer.js';
import { openLog } from '../../../test/support/log-installation.js';
import type { LogInstallation } from '../../../test/support/log-installation.js';
import { CheckpointSigner } from './checkpoint-signer.js';
import { openIdentity } from './log-identity.js';
import { migrateAudit } from './migrate-audit.js';
import { sealer, sealerName } from './sealer.js';
import { ed25519Type, signerKey, verifierKeyText } from './verifier/note-keys.js';
import { verifyDatabase } from './verify-database.js';

const key = signerKey('log.example/cut', ed25519Type, randomBytes(32));

const hidden = '018f4e6a-7c00-7000-8000-0000000000a1';

/** Leaves 0 and 1 are of the log itself; then come 3 streams of 4 events, the last of a classified procedure. */
describe('verifying a log in EventStoreDB from which something was taken', () => {
  let peer: EventStorePeer;
  let client: EventStoreDBClient;
  let log: LogInstallation;
  beforeEach(async () => {
    peer = await EventStorePeer.start();
    client = EventStoreDBClient.connectionString(peer.url);
    const { database, close } = await openLog('embedded');
    await migrateAudit(database);
    const store = await openEventStore(database, { eventStore: peer.url, streamPrefix: 'navy-' });
    log = {
      ...{ database, store },
      close: async () => {
        await store.close();
        await close();
      },
    };
    await openIdentity(store, key.name, verifierKeyText(key));
    for (const stream of ['thing-a', 'thing-b', `procedure-${hidden}`])
      await store.append(stream, Array.from({ length: 4 }, () => anEvent()), { expected: ANY }); // prettier-ignore
    const signer = new CheckpointSigner([key]);
    const views = [sealer(signer, { clock: new SystemClock(), classifies: ({ stream }) => (stream.includes(hidden) ? hidden : null) })];
    const processors = new Processors({ ...log, views });
    await processors.start();
    expect(await processors.waitFor((await store.head()) ?? 0n, 30_000, [sealerName])).toBe(true);
    await processors.stop();
  });
  afterEach(async () => {
    await client.dispose();
    await log.close();
    await peer.stop();
  });

  const found = async (): Promise<readonly string[]> => {
    const { verdict } = await verifyDatabase(log, { key: verifierKeyText(key) });
    return verdict.findings.map(({ check, index, message }) => `${check} ${String(index)} ${message}`);
  };

  it('finds nothing where nothing was, nor in what is said of the streams of others', async () => {
    await client.setStreamMetadata('army-thing-a', { truncateBefore: 2 });
    await client.setStreamMetadata('navy-thing-a', { cacheControl: 1 });
    expect(await found()).toEqual([]);
  });

  it.each([
    ['$tb', { truncateBefore: 3 }, '$tb 3 and begins with revision 3'],
    ['$maxCount', { maxCount: 1 }, '$maxCount 1 and begins with revision 3'],
    ['$maxAge', { maxAge: 0 }, '$maxAge 0 and shows nothing any more'],
  ])('names the first leaf of what a stream does not show any more by its %s, and the holes once it is scavenged', async (_, said, by) => {
    await client.setStreamMetadata('navy-thing-b', said);
    // What was recorded in this very moment is not old yet.
    await new Promise((resolve) => setTimeout(resolve, 5));
    const named = `missing 6 thing-b is cut by ${by}`;
    expect(await found()).toEqual([`${named}; the log still has what was before, until it is scavenged.`]);
    peer.scavenge();
    expect(await found()).toEqual([
      'missing 6 Its event is not in the log any more: revision 0 of thing-b.',
      `${named}; a scavenge has taken what was before.`,
      'missing 7 Its event is not in the log any more: revision 1 of thing-b.',
      'missing 8 Its event is not in the log any more: revision 2 of thing-b.',
    ]);
  });

  it('names the holes where nothing tells of it any more', async () => {
    await client.setStreamMetadata('navy-thing-a', { truncateBefore: 1 });
    peer.scavenge();
    await client.setStreamMetadata('navy-thing-a', {});
    expect(await found()).toEqual(['missing 2 Its event is not in the log any more: revision 0 of thing-a.']);
  });

  it('names a stream that was deleted, softly or for ever', async () => {
    await client.deleteStream('navy-thing-a');
    await client.tombstoneStream('navy-thing-b');
    expect(await found()).toEqual([
      'missing 2 thing-a is cut by a deletion and shows nothing any more; the log still has what was before, until it is scavenged.',
      'missing 6 thing-b is cut by a tombstone and shows nothing any more; the log still has what was before, until it is scavenged.',
    ]);
    peer.scavenge();
    const after = await found();
    expect(after.filter((one) => one.includes('not in the log any more'))).toHaveLength(3 + 4);
    expect(after).toContain('missing 2 thing-a is cut by a deletion and shows nothing any more; a scavenge has taken what was before.');
  });

  it('names what a classified procedure lost by the leaves, which tell no more of it', async () => {
    await client.tombstoneStream(`navy-procedure-${hidden}`);
    peer.scavenge();
    expect(await found()).toEqual([
      `missing null procedure-${hidden} is to be cut by a tombstone; no leaf tells what that takes away.`,
      ...[10, 11, 12, 13].map((index) => `missing ${String(index)} Its event is not in the log any more.`),
    ]);
  });

  it('names what is to be cut, and a stream that no leaf names', async () => {
    await client.setStreamMetadata('navy-thing-a', { maxCount: 100 });
    await client.setStreamMetadata('navy-later', { maxAge: 1 });
    expect(await found()).toEqual([
      'missing null thing-a is to be cut by $maxCount 100; no leaf tells what that takes away.',
      'missing null later is to be cut by $maxAge 1; no leaf tells what that takes away.',
    ]);
  });

  it('names it where the log has lost the word of its own key', async () => {
    await client.tombstoneStream('navy-audit-log');
    expect(await found()).toEqual([expect.stringContaining('missing 1 audit-log is cut by a tombstone')]);
    const { verdict } = await verifyDatabase(log);
    expect(verdict).toMatchObject({ historyIsConsistent: false, dataMatchesLeaves: false });
  });
});
