import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { EventStorePeer } from '../../../../test/support/event-store-peer.js';
import type { AppendFault } from '../../../../test/support/event-store-peer.js';
import { StreamCut, StreamDeleted, StreamNotFound, Unavailable, WrongExpectedRevision } from '../errors.js';
import { ANY, NO_STREAM } from '../event-store.js';
import type { ReadOptions, RecordedEvent } from '../event-store.js';
import { PrefixedEventStore } from '../prefixed-event-store.js';
import { readOrNothing } from '../read-or-nothing.js';
import { eventStoreContract } from '../testing/event-store-contract.js';
import { anEvent } from '../testing/events.js';
import { EventStoreDbEventStore } from './eventstoredb-event-store.js';

const someStream = (): string => `thing-${randomUUID()}`;
const realServer = process.env['TEST_EVENTSTORE_URL'];

describe('EventStoreDbEventStore, on a server that speaks its protocol', () => {
  eventStoreContract(async () => {
    const peer = await EventStorePeer.start();
    const store = await EventStoreDbEventStore.open(peer.url);
    const close = async (): Promise<void> => {
      await store.close();
      await peer.stop();
    };
    return { store, close };
  });
});

// The server is shared with others, so everything stands under a prefix that nobody else has.
(realServer === undefined ? describe.skip : describe)('EventStoreDbEventStore, on a real server', () => {
  it('says that a position is of another log', async () => {
    const store = await EventStoreDbEventStore.open(realServer ?? '');
    const { position } = await store.append(someStream(), [anEvent()], { expected: NO_STREAM });
    const following = store.subscribe({ from: position - 1n, signal: AbortSignal.timeout(10_000) }).next();
    await expect(following).rejects.toThrow('of another log');
    await expect(store.readAll({ from: position - 1n, limit: 1 })).rejects.toThrow('of another log');
    await store.close();
  });

  eventStoreContract(async () => {
    const whole = await EventStoreDbEventStore.open(realServer ?? '');
    const store = new PrefixedEventStore(whole, `${randomUUID()}-`);
    return { store, close: () => store.close() };
  });
});

describe.each(realServer === undefined ? ['a server that speaks its protocol'] : ['a server that speaks its protocol', 'a real server'])(
  'EventStoreDbEventStore, where %s takes events away',
  (where) => {
    const prefix = `${randomUUID()}-`;
    let peer: EventStorePeer | undefined;
    let client: EventStoreDBClient;
    let store: PrefixedEventStore;
    beforeAll(async () => {
      peer = where === 'a real server' ? undefined : await EventStorePeer.start();
      const url = peer?.url ?? realServer ?? '';
      client = EventStoreDBClient.connectionString(url);
      store = new PrefixedEventStore(await EventStoreDbEventStore.open(url), prefix);
    });
    afterAll(async () => {
      await client.dispose();
      await store.close();
      await peer?.stop();
    });
    const ofFour = async (): Promise<string> => {
      const stream = someStream();
      await store.append(stream, [anEvent(), anEvent(), anEvent(), anEvent()], { expected: NO_STREAM });
      return stream;
    };
    const revisions = async (stream: string, options?: ReadOptions): Promise<readonly number[]> =>
      (await store.read(stream, options)).map(({ revision }) => revision);
    const cut = async (stream: string): Promise<unknown> => (await store.cutStreams(stream)).map(({ by, shownFrom }) => [by, shownFrom]);

    it('reads no further than it was asked to where a stream begins later', async () => {
      const stream = await ofFour();
      await client.setStreamMetadata(prefix + stream, { truncateBefore: 2 });
      expect(await revisions(stream, { to: 1 })).toEqual([]);
      expect(await revisions(stream, { from: 1, to: 2 })).toEqual([2]);
      expect(await revisions(stream, { direction: 'backwards', to: 1 })).toEqual([3, 2]);
    });

    it('says of a stream that was deleted softly that it goes on behind what is not shown any more', async () => {
      const [stream, known] = [await ofFour(), await ofFour()];
      for (const one of [stream, known]) await client.deleteStream(prefix + one);
      await expect(store.read(stream)).rejects.toEqual(new StreamNotFound(stream));
      expect(await cut(stream)).toEqual([['a deletion', null]]);
      await expect(store.append(stream, [anEvent()], { expected: NO_STREAM })).rejects.toEqual(new StreamCut(stream, 4));
      expect(await store.append(known, [anEvent()], { expected: 3 })).toMatchObject({ revision: 4 });
      for (const one of [stream, known]) {
        expect(await revisions(one)).toEqual([4]);
        expect(await cut(one)).toEqual([['$tb 4', 4]]);
      }
    });

    it('folds nothing of a stream whose beginning is not shown', async () => {
      const stream = await ofFour();
      await client.setStreamMetadata(prefix + stream, { maxCount: 2 });
      await expect(readOrNothing(store, stream)).rejects.toEqual(new StreamCut(stream, 2));
      await expect(readOrNothing(store, stream, { from: 1 })).rejects.toEqual(new StreamCut(stream, 2));
      expect((await readOrNothing(store, stream, { from: 2 })).map(({ revision }) => revision)).toEqual([2, 3]);
      expect(await readOrNothing(store, stream, { direction: 'backwards', limit: 1 })).toHaveLength(1);
    });

    it('takes an event for what it is that somebody appended under the type of a tombstone', async () => {
      const stream = await ofFour();
      await client.appendToStream(prefix + stream, [jsonEvent({ type: '$streamDeleted', data: {} })]);
      expect(await revisions(stream)).toEqual([0, 1, 2, 3, 4]);
      expect((await store.readAll({ from: null, limit: 100, prefixes: [stream] })).events).toHaveLength(5);
      expect(await cut(stream)).toEqual([]);
    });
  },
);

describe('EventStoreDbEventStore', () => {
  let peer: EventStorePeer;
  let store: EventStoreDbEventStore;
  beforeEach(async () => {
    peer = await EventStorePeer.start();
    store = await EventStoreDbEventStore.open(peer.url, { answerMs: 500 });
  });
  afterEach(async () => {
    await store.close();
    await peer.stop();
  });

  describe.each<AppendFault>(['cut-before-commit', 'cut-after-commit', 'no-answer', 'not-leader'])('when an append meets %s', (fault) => {
    it.each([NO_STREAM, ANY] as const)('finds out what became of it and stores it once (%s)', async (expected) => {
      const stream = someStream();
      peer.failAppends(fault);
      const events = [anEvent(), anEvent()];
      const { revision, position } = await store.append(stream, events, { expected });
      const stored = await store.read(stream);
      expect(stored.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
      expect({ revision, position }).toEqual({ revision: 1, position: stored[1]?.position });
    });
  });

  it('loses and doubles nothing of many appends at once when connections are cut again and again', async () => {
    const streams = Array.from({ length: 40 }, someStream);
    let appended = 0;
    const patient = await EventStoreDbEventStore.open(peer.url);
    const writing = streams.map(async (stream) => {
      for (let revision = 0; revision < 10; revision++) {
        await patient.append(stream, [anEvent({ revision })], { expected: revision === 0 ? NO_STREAM : revision - 1 });
        // While others are under way. By progress, not by time: a slow machine would never come to an answer in between.
        if (++appended % 14 === 0) peer.connections.cut();
      }
    });
    await Promise.all(writing);
    await patient.close();
    for (const stream of streams)
      expect((await store.read(stream)).map(({ data }) => data)).toEqual(Array.from({ length: 10 }, (_, revision) => ({ revision })));
  });

  it('tells a writer who came second even when the first answer was lost', async () => {
    const stream = someStream();
    await store.append(stream, [anEvent()], { expected: NO_STREAM });
    peer.failAppends('cut-before-commit');
    await expect(store.append(stream, [anEvent()], { expected: NO_STREAM })).rejects.toBeInstanceOf(WrongExpectedRevision);
  });

  it('gives up in bounded time while the server holds its tongue, and goes on afterwards', async () => {
    const impatient = await EventStoreDbEventStore.open(peer.url, { patienceMs: 500, answerMs: 500 });
    const stream = someStream();
    const event = anEvent();
    peer.connections.hold();
    await expect(impatient.append(stream, [event], { expected: NO_STREAM })).rejects.toBeInstanceOf(Unavailable);
    peer.connections.release();
    await impatient.append(stream, [event], { expected: NO_STREAM });
    expect(await impatient.read(stream)).toHaveLength(1);
    await impatient.close();
  });

  it('follows on where it was after its connection was cut, and hands over nothing twice', async () => {
    const streams = Array.from({ length: 5 }, someStream);
    peer.repeatsOnSubscribe = true;
    const stop = new AbortController();
    const seen: RecordedEvent[] = [];
    const following = (async () => {
      for await (const { events } of store.subscribe({ from: null, prefixes: ['thing-'], batchSize: 10, signal: stop.signal })) {
        seen.push(...events);
        if (seen.length >= 100) return;
      }
    })();
    for (let revision = 0; revision < 20; revision++) {
      for (const stream of streams) await store.append(stream, [anEvent()], { expected: revision === 0 ? NO_STREAM : revision - 1 });
      if (revision % 5 === 0) peer.connections.cut();
    }
    await following;
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    for (const one of streams)
      expect(seen.filter(({ stream }) => stream === one).map(({ revision }) => revision)).toEqual(
        Array.from({ length: 20 }, (_, index) => index),
      );
  });

  it('moves on past what the filter leaves out while it follows', async () => {
    const stop = new AbortController();
    const positions: (bigint | null)[] = [];
    const start = await store.head();
    const following = (async () => {
      for await (const { position, caughtUp } of store.subscribe({ from: null, prefixes: ['wanted-'], signal: stop.signal })) {
        if (caughtUp) positions.push(position);
        if (positions.length === 2) return;
      }
    })();
    const other = someStream();
    for (let revision = 0; revision < 1_000; revision += 100)
      await store.append(
        other,
        Array.from({ length: 100 }, () => anEvent()),
        { expected: revision === 0 ? NO_STREAM : revision - 1 },
      );
    await following;
    expect(Number(positions[0])).toBeGreaterThanOrEqual(Number(start));
    expect(Number(positions[1])).toBeGreaterThan(Number(positions[0]));
  });

  it('waits for a reader that is slow, and keeps the order', async () => {
    const stream = someStream();
    for (let revision = 0; revision < 10_000; revision += 1_000)
      await store.append(
        stream,
        Array.from({ length: 1_000 }, () => anEvent({})),
        { expected: revision === 0 ? NO_STREAM : revision - 1 },
      );
    const stop = new AbortController();
    const revisions: number[] = [];
    for await (const { events, caughtUp } of store.subscribe({ from: null, batchSize: 500, signal: stop.signal })) {
      revisions.push(...events.map(({ revision }) => revision));
      await new Promise((resolve) => setTimeout(resolve, 10));
      if (caughtUp) break;
    }
    expect(revisions).toEqual(Array.from({ length: 10_000 }, (_, index) => index));
  });

  it('reads what a truncated stream still has, and says when a stream was deleted', async () => {
    const stream = someStream();
    await store.append(stream, [anEvent(), anEvent(), anEvent()], { expected: NO_STREAM });
    const client = EventStoreDBClient.connectionString(peer.url);
    await client.setStreamMetadata(stream, { truncateBefore: 2 });
    expect((await store.read(stream)).map(({ revision }) => revision)).toEqual([2]);
    expect(await store.cutStreams()).toEqual([{ stream, by: '$tb 2', shownFrom: 2 }]);
    expect((await store.readAll({ from: null, limit: 10 })).events.map(({ revision }) => revision)).toEqual([0, 1, 2]);
    peer.scavenge();
    expect((await store.readAll({ from: null, limit: 10 })).events.map(({ revision }) => revision)).toEqual([2]);
    await client.tombstoneStream(stream);
    await client.dispose();
    await expect(store.read(stream)).rejects.toEqual(new StreamDeleted(stream));
    await expect(store.append(stream, [anEvent()], { expected: 2 })).rejects.toEqual(new StreamDeleted(stream));
    expect(await store.cutStreams()).toEqual([{ stream, by: 'a tombstone', shownFrom: null }]);
    expect(await store.readAll({ from: null, limit: 10 })).toMatchObject({ events: [{ stream, revision: 2 }], caughtUp: true });
  });

  it('says in a sentence that a server is too old', async () => {
    peer.version = '22.10.3';
    await expect(EventStoreDbEventStore.open(peer.url)).rejects.toThrow('too old (version 22.10.3): 23.10 or newer');
  });
});

describe('EventStoreDbEventStore, wrongly configured', () => {
  it('waits for a server that is not up yet, and then says where it looked', async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    const sentences: string[] = [];
    const opening = EventStoreDbEventStore.open(`esdb://admin:secret@127.0.0.1:${port}?tls=false`, {
      startPatience: { timeMs: 1_000, onWait: (sentence) => sentences.push(sentence) },
    });
    await expect(opening).rejects.toMatchObject({ name: 'Unavailable', message: expect.stringContaining(`127.0.0.1:${port}`) });
    expect(sentences).toContain(`Waiting for the event store at 127.0.0.1:${port}.`);
    await expect(opening).rejects.not.toThrow('secret');
  });

  it.each([
    ['esdb://admin:secret@host?tls=maybe', 'cannot be read'],
    ['esdb://admin:secret@host?colour=red', 'an option colour'],
    ['http://admin:secret@host', 'cannot be read'],
    ['esdb://admin:secret@host?tlsCAFile=/nowhere.pem', 'certificate file'],
  ])('names what is wrong with %s and not the password', async (url, words) => {
    const opening = EventStoreDbEventStore.open(url);
    await expect(opening).rejects.toThrow(words);
    await expect(opening).rejects.not.toThrow('secret');
  });
});

describe('EventStoreDbEventStore, with TLS and credentials', () => {
  let folder: string;
  let peer: EventStorePeer;
  const open = (credentials: string, query: string): Promise<EventStoreDbEventStore> =>
    EventStoreDbEventStore.open(`esdb://${credentials}${peer.address.replace('127.0.0.1', 'localhost')}${query}`);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tinhgon-tls-'));
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'ca.pem')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
    await promisify(execFile)('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
      ...['-keyout', key, '-out', certificate, ...subject],
    ]);
    const tls = { key: await readFile(key), certificate: await readFile(certificate) };
    peer = await EventStorePeer.start({ tls, credentials: { username: 'tinhgon', password: 'right' } });
  });
  afterAll(async () => {
    await peer.stop();
    await rm(folder, { recursive: true });
  });

  it('speaks with a server whose authority is named', async () => {
    const store = await open('tinhgon:right@', `?tlsCAFile=${encodeURIComponent(join(folder, 'ca.pem'))}`);
    const stream = someStream();
    await store.append(stream, [anEvent()], { expected: NO_STREAM });
    expect(await store.read(stream)).toHaveLength(1);
    await store.close();
  });

  it.each([
    ['tinhgon:wrong@', true, 'refuses the credentials'],
    ['', true, 'refuses the credentials'],
    ['tinhgon:right@', false, 'tlsCAFile'],
  ])('says in a sentence what is wrong (%s, authority named: %s)', async (credentials, isNamed, words) => {
    const opening = open(credentials, isNamed ? `?tlsCAFile=${encodeURIComponent(join(folder, 'ca.pem'))}` : '');
    await expect(opening).rejects.toMatchObject({ name: 'EventStoreMisconfigured', message: expect.stringContaining(words) });
  });

  it('says that a server without TLS was spoken to with it, and the other way round', async () => {
    const plain = await EventStorePeer.start();
    await expect(EventStoreDbEventStore.open(`esdb://${plain.address}`)).rejects.toThrow('tls=false');
    await plain.stop();
    await expect(EventStoreDbEventStore.open(`esdb://${peer.address}?tls=false`)).rejects.toThrow('does not answer');
  });
});
