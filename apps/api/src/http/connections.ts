import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addressBlock } from '#identity';
import { anonymous, SharedPlaces } from './shared-places.js';

const mega = 1024 * 1024;
const wait = { of: 'bytes of answers wait to be read', retryAfterSeconds: 1 } as const;

/** How long and how much whoever asks may leave unread. */
interface UnreadLimits {
  /** Answers of more bytes are counted; of the others there are no more than requests that run. */
  readonly smallBytes: number;
  readonly ofPeople: SharedPlaces;
  readonly ofAddresses: SharedPlaces;
  /** Within which some of an answer must be taken. A connection that takes nothing is cut after this, or twice this. */
  readonly patienceMs: number;
  /** At which an answer must go out at the slowest, over all its time. */
  readonly slowestBytesPerSecond: number;
}

const unreadLimits = (): UnreadLimits => ({
  smallBytes: 64 * 1024,
  ofPeople: new SharedPlaces({ most: 128 * mega, mostOfOne: 32 * mega, mostOfPrograms: 32 * mega, ...wait }),
  ofAddresses: new SharedPlaces({ most: 64 * mega, mostOfOne: 16 * mega, mostOfPrograms: 0, ...wait }),
  patienceMs: 30_000,
  slowestBytesPerSecond: 8_000,
});

/** Requests that came on one connection while an answer before theirs is under way. */
const mostWaiting = 32;
/** What is held at most of an answer that is made while it goes out. */
const streamedBytes = 3 * mega;

/**
 * Bounds what one connection may have under way, and what whoever asks leaves unread. To be added before anything else that a request begins.
 *
 * Requests of one connection run one after the other, as their answers go out: Node reads on while answers wait, and does not say when one that
 * waits behind others will never go out.
 */
export function boundConnections(fastify: FastifyInstance, limits: UnreadLimits = unreadLimits()): void {
  const waiting = new WeakMap<Socket, number>();
  fastify.addHook('onRequest', ({ raw: { socket } }, { raw }, done) => {
    // The server gives it to an answer once those before it went out.
    if (raw.socket) {
      done();
      return;
    }
    const before = waiting.get(socket) ?? 0;
    if (before >= mostWaiting) {
      socket.destroy();
      return;
    }
    waiting.set(socket, before + 1);
    raw.once('socket', () => {
      waiting.set(socket, (waiting.get(socket) ?? 1) - 1);
      socket.setTimeout(0);
      done();
    });
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const bytes = bytesOf(payload, reply);
    try {
      if (bytes > limits.smallBytes)
        untilItWentOut(request, reply, { bytes, held: payload instanceof Readable ? Math.min(bytes, streamedBytes) : bytes }, limits);
      else reply.raw.socket?.setTimeout(limits.patienceMs);
      done();
    } catch (error) {
      done(error as Error);
    }
  });
}

/** @throws Problem where too much waits already */
function untilItWentOut(
  { person, ip }: FastifyRequest,
  { raw }: FastifyReply,
  /** How long it is, and how much of that waits in memory at most. */
  { bytes, held }: { readonly bytes: number; readonly held: number },
  limits: UnreadLimits,
): void {
  const { ofPeople, ofAddresses, patienceMs, slowestBytesPerSecond } = limits;
  const { socket } = raw;
  if (!socket || raw.destroyed) return;
  const giveBack = person ? ofPeople.take(person, held) : ofAddresses.take(anonymous(addressBlock(ip)), held);
  socket.setTimeout(patienceMs);
  const tooSlow = setTimeout(() => socket.destroy(), 2 * patienceMs + (bytes / slowestBytesPerSecond) * 1_000).unref();
  raw.once('close', () => {
    clearTimeout(tooSlow);
    giveBack();
  });
}

function bytesOf(payload: unknown, reply: FastifyReply): number {
  if (typeof payload === 'string') return Buffer.byteLength(payload);
  if (payload instanceof Uint8Array) return payload.byteLength;
  return payload ? Number(reply.getHeader('content-length') ?? streamedBytes) : 0;
}
