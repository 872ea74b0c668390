import { once } from 'node:events';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Fastify from 'fastify';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { mostFileBytes, mostPieceBytes } from '#files';
import type { Caller, Callers, Directory } from '#identity';
import { boundConnections, mostMsFor, sizeOf, unreadLimits } from './connections.js';
import { addGate } from './gate.js';
import { Problem } from './problem.js';
import { SharedPlaces } from './shared-places.js';

const mega = 1024 * 1024;
/** A file of the largest size, as the database gives it out. */
const download = (): Readable =>
  Readable.from(Array.from({ length: mostFileBytes / mostPieceBytes }, () => Buffer.alloc(mostPieceBytes, 'x')));
/** More than the buffers of a connection take. */
const large = Buffer.alloc(24 * mega, 'x');
const callers = {
  whoIs: (bearer: string) =>
    Promise.resolve({ person: { id: bearer, roles: [], keepers: [] }, session: null, scopes: null } as unknown as Caller),
};
const wait = { of: 'bytes wait', retryAfterSeconds: 1, mostOfPrograms: 0 };

describe('A connection', () => {
  let fastify: FastifyInstance;
  let port: number;
  let begun: string[];
  let held: (() => void)[];
  let ofPeople: SharedPlaces;
  let downloads: { readonly content: Readable; readonly reply: FastifyReply }[];
  const sockets: Socket[] = [];
  const request = (path: string, token = 'a.b.c'): string =>
    `GET /api/v1/${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n\r\n`;
  const open = async (): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    sockets.push(socket);
    await once(socket, 'connect');
    return socket;
  };
  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) await delay(5);
  };
  const statusOf = async (path: string, token = 'a.b.c'): Promise<number> => {
    const answer = await fetch(`http://127.0.0.1:${String(port)}/api/v1/${path}`, { headers: { authorization: `Bearer ${token}` } });
    await answer.arrayBuffer();
    return answer.status;
  };

  const listen = async (patienceMs: number, most = 200 * mega): Promise<void> => {
    [begun, held, downloads] = [[], [], []];
    fastify = Fastify();
    ofPeople = new SharedPlaces({ ...wait, most, mostOfOne: 60 * mega });
    const ofAddresses = new SharedPlaces({ ...wait, most: 200 * mega, mostOfOne: 60 * mega });
    boundConnections(fastify, { smallBytes: 64 * 1024, ofPeople, ofAddresses, patienceMs, slowestBytesPerSecond: 8_000 });
    addGate(fastify, callers as unknown as Callers, {} as Directory);
    fastify.setErrorHandler((error, _request, reply) =>
      reply.status(error instanceof Problem ? error.status : 500).send(error instanceof Problem ? { code: error.code } : String(error)),
    );
    fastify.get('/api/v1/large', () => {
      begun.push('large');
      return large;
    });
    fastify.get('/api/v1/file', (_request, reply) => {
      const content = download();
      downloads.push({ content, reply });
      return reply.header('content-length', mostFileBytes).send(content);
    });
    fastify.get('/api/v1/slow/:name', ({ params }) => {
      const { name } = params as { readonly name: string };
      begun.push(name);
      return new Promise((end) => held.push(() => end(name)));
    });
    fastify.get('/api/v1/auth/demo', { config: { needs: 'open' } }, () => {
      begun.push('demo');
      return new Promise((end) => held.push(() => end('done')));
    });
    await fastify.listen({ port: 0, host: '127.0.0.1' });
    ({ port } = fastify.server.address() as AddressInfo);
  };

  beforeEach(() => listen(60_000));
  afterEach(async () => {
    for (const end of held) end();
    for (const socket of sockets.splice(0)) socket.destroy();
    fastify.server.closeAllConnections();
    await fastify.close();
  });

  it('has its requests run one after the other, and answered in that order', async () => {
    const socket = await open();
    let heard = '';
    socket.on('data', (piece) => (heard += piece.toString()));
    const names = ['first', 'second', 'third'];
    socket.write(names.map((name) => request(`slow/${name}`)).join(''));
    for (const [index, name] of names.entries()) {
      await until(() => begun.length > index);
      await delay(20);
      expect(begun).toEqual(names.slice(0, index + 1));
      held[index]?.();
      await until(() => heard.endsWith(name));
    }
    expect(heard.match(/first|second|third/g)).toEqual(names);
  });

  it('is closed when more requests wait on it than a reader sends at once', async () => {
    const socket = await open();
    socket.write(request('slow/first').repeat(40));
    await once(socket, 'close');
    expect(begun).toHaveLength(1);
  });

  it('leaves no place taken when it ends with requests that wait', async () => {
    for (let round = 0; round < 50; round++) {
      const socket = await open();
      socket.write('GET /api/v1/auth/demo HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(8));
      await until(() => begun.length > round);
      socket.destroy();
    }
    await delay(50);
    for (const end of held) end();
    const later = statusOf('auth/demo', 'none');
    await until(() => begun.length > 50);
    held.at(-1)?.();
    expect(await later).toBe(200);
  });

  it('that nobody reads has one answer made for it, and those of one person have no more than their share', async () => {
    const unread = await Promise.all(Array.from({ length: 20 }, open));
    for (const socket of unread) socket.pause().write(request('large').repeat(8));
    // Two of one person have room; all others of theirs are refused, on each connection once, since it does not read that either.
    await until(() => begun.length >= 20);
    await delay(100);
    expect(ofPeople.inUse).toBe(2 * large.length);
    expect(await statusOf('large')).toBe(429);
    expect(await statusOf('large', 'd.e.f')).toBe(200);
    for (const socket of unread) socket.destroy();
    await until(() => ofPeople.inUse === 0);
    expect(await statusOf('large')).toBe(200);
  });

  it('that nobody reads is closed in time; one that is read slowly is not', async () => {
    await fastify.close();
    await listen(1_000);
    const [unread, slow] = await Promise.all([open(), open()]);
    unread.pause().write(request('large', 'd.e.f'));
    slow.write(request('large'));
    let heard = 0;
    slow.on('data', (piece) => {
      heard += piece.length;
      slow.pause();
      setTimeout(() => slow.resume(), 5);
    });
    await until(() => ofPeople.inUse === 2 * large.length);
    await until(() => heard > large.length || slow.destroyed);
    expect(heard).toBeGreaterThan(large.length);
    await until(() => ofPeople.inUse === 0);
  });

  it('counts for as much of a download as waits in memory, so that one person has many under way', async () => {
    const unread = await Promise.all(Array.from({ length: 64 }, open));
    const statuses = unread.map(async (socket) => {
      const [start] = (await once(
        socket.once('data', () => socket.pause()),
        'data',
      )) as [Buffer];
      return start.toString('latin1', 9, 12);
    });
    for (const socket of unread) socket.write(request('file'));
    expect(await Promise.all(statuses)).toEqual(unread.map(() => '200'));
    const waiting = (): number => downloads.reduce((sum, { content, reply }) => sum + content.readableLength * mostPieceBytes + reply.raw.writableLength, 0); // prettier-ignore
    await until(() => downloads.every(({ reply }) => reply.raw.writableNeedDrain));
    expect(waiting()).toBeLessThanOrEqual(ofPeople.inUse);
    expect(ofPeople.inUse).toBeLessThan(32 * mega);
  });

  it('of whoever leaves most unread makes room for the answers of others', async () => {
    await fastify.close();
    await listen(60_000, 100 * mega);
    const unread = await Promise.all([open(), open(), open(), open()]);
    for (const [index, socket] of unread.entries()) {
      socket.pause().write(request('large', index < 2 ? 'a.b.c' : 'd.e.f'));
      await until(() => ofPeople.inUse === (index + 1) * large.length);
    }
    expect(await statusOf('large', 'g.h.i')).toBe(200);
    await until(() => ofPeople.inUse === 3 * large.length);
    const [oldest] = unread;
    let heard = 0;
    oldest.on('data', (piece: Buffer) => (heard += piece.length)).resume();
    await once(oldest, 'close');
    expect(heard).toBeLessThan(large.length);
    // Whoever would have no less than anybody else takes nothing from them.
    expect(await statusOf('large', 'd.e.f')).toBe(429);
    expect(ofPeople.inUse).toBe(3 * large.length);
  });
});

describe('The time that an answer has', () => {
  const limits = unreadLimits();
  const { bytes, held } = sizeOf(download(), String(mostFileBytes));

  it('is reckoned from its whole length, however little of it waits in memory', () => {
    expect({ bytes, held }).toEqual({ bytes: mostFileBytes, held: 3 * mostPieceBytes });
    expect(mostMsFor(bytes, limits)).toBe(2 * limits.patienceMs + (mostFileBytes / limits.slowestBytesPerSecond) * 1_000);
  });

  it('is enough for the largest file at 30 kB a second', () => {
    expect(mostMsFor(bytes, limits)).toBeGreaterThan((mostFileBytes / 30_000) * 1_000);
  });

  it('is as short for a small one that nobody reads as for one that was made whole', () => {
    expect(sizeOf(Buffer.alloc(100), undefined)).toEqual({ bytes: 100, held: 100 });
    expect(sizeOf('ế', undefined)).toEqual({ bytes: 3, held: 3 });
    expect(sizeOf(Readable.from(['x']), '1')).toEqual({ bytes: 1, held: 1 });
  });
});
