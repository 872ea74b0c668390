import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { ANY, openEventStore } from '#event-store';
import { anEvent } from '#event-store/testing';
import { SystemClock } from '#platform';
import { Processors } from '#processors';
import { appendOctets } from '../../../test/support/append-octets.js';
import { EventStorePeer } from '../../../test/support/event-store-peer.js';
import { openLog } from '../../../test/support/log-installation.js';
import type { LogInstallation } from '../../../test/support/log-installation.js';
import { CheckpointSigner } from './checkpoint-signer.js';
import { changeKey, openIdentity } from './log-identity.js';
import { migrateAudit } from './migrate-audit.js';
import { sealer, sealerName } from './sealer.js';
import { ed25519Type, signerKey, verifierKeyText } from './verifier/note-keys.js';
import { verifyDatabase } from './verify-database.js';

const key = signerKey('log.example/cut', ed25519Type, randomBytes(32));

const hidden = '018f4e6a-7c00-7000-8000-0000000000a1';

const real = process.env['TEST_EVENTSTORE_URL'];

/** Leaves 0 and 1 are of the log itself; then come 3 streams of 4 events, the last of a classified procedure. */
describe('verifying a log in EventStoreDB from which something was taken', () => {
  let peer: EventStorePeer | undefined;
  let url: string;
  let client: EventStoreDBClient;
  let log: LogInstallation;
  let prefix: string;
  beforeEach(async () => {
    peer = real === undefined ? await EventStorePeer.start() : undefined;
    url = real ?? peer?.url ?? '';
    // A real server is shared with others.
    prefix = `${randomUUID()}-`;
    client = EventStoreDBClient.connectionString(url);
    const { database, close } = await openLog('embedded');
    await migrateAudit(database);
    const store = await openEventStore(database, { eventStore: url, streamPrefix: prefix });
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
    await peer?.stop();
  });

  const found = async (): Promise<readonly string[]> => {
    const { verdict } = await verifyDatabase(log, { key: verifierKeyText(key) });
    return verdict.findings.map(({ check, index, message }) => `${check} ${String(index)} ${message}`);
  };

  const say = (stream: string, type: string, data: unknown): Promise<unknown> =>
    client.appendToStream(`$$${prefix}${stream}`, [jsonEvent({ type, data: data as Record<string, unknown> })]);

  it('finds nothing where nothing was, nor in what is said of the streams of others', async () => {
    await client.setStreamMetadata(`not-${prefix}thing-a`, { truncateBefore: 2 });
    await client.setStreamMetadata(`${prefix}thing-a`, { cacheControl: 1 });
    expect(await found()).toEqual([]);
  });

  it('finds nothing in what the server does not take for a limit', async () => {
    await client.setStreamMetadata(`${prefix}thing-a`, { maxCount: 0, maxAge: 0, truncateBefore: 0 });
    for (const data of [null, [], 7, { $tb: '3' }, { $tb: 2.5 }, { $maxCount: -1 }]) await say('thing-b', '$metadata', data);
    expect(await found()).toEqual([]);
  });

  /** What was recorded now is older than a second afterwards. */
  const beOld = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1_200));

  const untilScavenged = 'the log still has what was before, until it is scavenged';
  const ways: readonly (readonly [string, (stream: string) => Promise<unknown>, string])[] = [
    ['$tb', (stream) => client.setStreamMetadata(stream, { truncateBefore: 3 }), '$tb 3 and begins with revision 3'],
    ['$maxCount', (stream) => client.setStreamMetadata(stream, { maxCount: 1 }), '$maxCount 1 and begins with revision 3'],
    ['$maxAge', (stream) => client.setStreamMetadata(stream, { maxAge: 1 }), '$maxAge 1 and shows nothing any more'],
    ['metadata under another type', () => say('thing-b', 'Noted', { $tb: 3 }), '$tb 3 and begins with revision 3'],
    ['metadata under the type of a tombstone', () => say('thing-b', '$streamDeleted', { $tb: 3 }), '$tb 3 and begins with revision 3'],
    ['metadata that only the server can read', (stream) => appendOctets(url, `$$${stream}`, { type: '$metadata', text: '{$tb:3}' }), 'metadata that is not JSON and begins with revision 3'],
  ]; // prettier-ignore

  it.each(ways)('names the first leaf of what a stream does not show any more by its %s', async (_, cut, by) => {
    await cut(`${prefix}thing-b`);
    await beOld();
    expect(await found()).toEqual([`missing 6 thing-b is cut by ${by}; ${untilScavenged}.`]);
  });

  it('names a stream that was deleted, softly or for ever', async () => {
    await client.deleteStream(`${prefix}thing-a`);
    await client.tombstoneStream(`${prefix}thing-b`);
    expect(await found()).toEqual([
      `missing 2 thing-a is cut by a deletion and shows nothing any more; ${untilScavenged}.`,
      `missing 6 thing-b is cut by a tombstone and shows nothing any more; ${untilScavenged}.`,
    ]);
  });

  it('names a stream that was deleted and went on afterwards', async () => {
    await client.deleteStream(`${prefix}thing-a`);
    await log.store.append('thing-a', [anEvent()], { expected: 3 });
    expect(await found()).toEqual([`missing 2 thing-a is cut by $tb 4 and begins with revision 4; ${untilScavenged}.`]);
  });

  it('names what is to be cut, and a stream that no leaf names', async () => {
    await client.setStreamMetadata(`${prefix}thing-a`, { maxCount: 100 });
    await client.setStreamMetadata(`${prefix}later`, { maxAge: 1 });
    expect(await found()).toEqual([
      'missing null thing-a is to be cut by $maxCount 100; no leaf tells what that takes away.',
      'missing null later is to be cut by $maxAge 1; no leaf tells what that takes away.',
    ]);
  });

  it('believes no key of a log whose word of it is not shown whole', async () => {
    await changeKey(log.store, verifierKeyText(signerKey(key.name, ed25519Type, randomBytes(32))));
    await client.setStreamMetadata(`${prefix}audit-log`, { truncateBefore: 1 });
    expect(await found()).toEqual([`missing 1 audit-log is cut by $tb 1 and begins with revision 1; ${untilScavenged}.`]);
    const { verdict } = await verifyDatabase(log);
    expect(verdict).toMatchObject({ historyIsConsistent: false, dataMatchesLeaves: false });
  });

  it('names it where the log has lost the word of its own key', async () => {
    await client.tombstoneStream(`${prefix}audit-log`);
    expect(await found()).toEqual([expect.stringContaining('missing 1 audit-log is cut by a tombstone')]);
    const { verdict } = await verifyDatabase(log);
    expect(verdict).toMatchObject({ historyIsConsistent: false, dataMatchesLeaves: false });
  });

  // A real one scavenges only files of 256 MB that are full, and for everybody who shares it.
  (real === undefined ? describe : describe.skip)('and was scavenged', () => {
    it.each(ways.slice(0, 3))('names the holes of a stream that was cut by its %s', async (_, cut, by) => {
      await cut(`${prefix}thing-b`);
      await beOld();
      peer?.scavenge();
      expect(await found()).toEqual([
        'missing 6 Its event is not in the log any more: revision 0 of thing-b.',
        `missing 6 thing-b is cut by ${by}; a scavenge has taken what was before.`,
        'missing 7 Its event is not in the log any more: revision 1 of thing-b.',
        'missing 8 Its event is not in the log any more: revision 2 of thing-b.',
      ]);
    });

    it('names the holes where nothing tells of it any more', async () => {
      await client.setStreamMetadata(`${prefix}thing-a`, { truncateBefore: 1 });
      peer?.scavenge();
      await client.setStreamMetadata(`${prefix}thing-a`, {});
      expect(await found()).toEqual(['missing 2 Its event is not in the log any more: revision 0 of thing-a.']);
    });

    it('names what streams lost that were deleted', async () => {
      await client.deleteStream(`${prefix}thing-a`);
      await client.tombstoneStream(`${prefix}thing-b`);
      peer?.scavenge();
      const after = await found();
      expect(after.filter((one) => one.includes('not in the log any more'))).toHaveLength(3 + 4);
      expect(after).toContain('missing 2 thing-a is cut by a deletion and shows nothing any more; a scavenge has taken what was before.');
    });

    it('names what a classified procedure lost by the leaves, which tell no more of it', async () => {
      await client.tombstoneStream(`${prefix}procedure-${hidden}`);
      peer?.scavenge();
      expect(await found()).toEqual([
        `missing null procedure-${hidden} is to be cut by a tombstone; no leaf tells what that takes away.`,
        ...[10, 11, 12, 13].map((index) => `missing ${String(index)} Its event is not in the log any more.`),
      ]);
    });
  });
});
