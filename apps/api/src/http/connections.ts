import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { mostPieceBytes } from '#files';
import { addressBlock } from '#identity';
import { Problem } from './problem.js';
import { anonymous, SharedPlaces } from './shared-places.js';
import type { Holder } from './shared-places.js';

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

export const unreadLimits = (): UnreadLimits => ({
  smallBytes: 64 * 1024,
  ofPeople: new SharedPlaces({ most: 128 * mega, mostOfOne: 32 * mega, mostOfPrograms: 32 * mega, ...wait }),
  ofAddresses: new SharedPlaces({ most: 64 * mega, mostOfOne: 16 * mega, mostOfPrograms: 0, ...wait }),
  patienceMs: 30_000,
  slowestBytesPerSecond: 8_000,
});

/** Requests that came on one connection while an answer before theirs is under way. */
const mostWaiting = 32;
/** What is held at most of an answer that is made while it goes out. */
const streamedBytes = 3 * mostPieceBytes;
/** How long an answer is taken to be that does not say so. */
const unknownBytes = 20 * mega;

/** Hooks, the framework and a stream that is piped into an answer listen for its end, eleven together; Node takes that for a leak. */
const mostListeners = 20;

/** An answer that has not gone out. */
interface Unread {
  readonly holder: string;
  /** Bytes that wait in memory at most. */
  readonly held: number;
  /** Gives its places back and ends its connection. */
  cut(): void;
}

/**
 * Bounds what one connection may have under way, and what whoever asks leaves unread. To be added before anything else that a request begins.
 *
 * Requests of one connection run one after the other, as their answers go out: Node reads on while answers wait, and does not say when one that
 * waits behind others will never go out.
 */
export function boundConnections(fastify: FastifyInstance, limits: UnreadLimits = unreadLimits()): void {
  const waiting = new WeakMap<Socket, number>();
  fastify.addHook('onRequest', ({ raw: { socket } }, { raw }, done) => {
    raw.setMaxListeners(mostListeners);
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
  const unread = new Set<Unread>();
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const size = sizeOf(payload, reply.getHeader('content-length'));
    try {
      if (size.bytes > limits.smallBytes) untilItWentOut(request, reply, size, { limits, unread });
      else reply.raw.socket?.setTimeout(limits.patienceMs);
      done();
    } catch (error) {
      if (payload instanceof Readable) payload.destroy();
      done(error as Error);
    }
  });
}

/** @throws Problem where too much waits already */
function untilItWentOut(
  { person, ip }: FastifyRequest,
  { raw }: FastifyReply,
  { bytes, held }: AnswerSize,
  { limits, unread }: { readonly limits: UnreadLimits; readonly unread: Set<Unread> },
): void {
  const { socket } = raw;
  if (!socket || raw.destroyed) return;
  const [places, holder] = person ? [limits.ofPeople, person] : [limits.ofAddresses, anonymous(addressBlock(ip))];
  const giveBack = takeFromWhoHasMost(places, holder, held, unread);
  const end = (): void => {
    clearTimeout(tooSlow);
    unread.delete(answer);
    giveBack();
  };
  const cut = (): void => {
    end();
    socket.destroy();
  };
  const answer: Unread = { holder: holder.id, held, cut };
  unread.add(answer);
  socket.setTimeout(limits.patienceMs);
  const tooSlow = setTimeout(cut, mostMsFor(bytes, limits)).unref();
  raw.once('close', end);
}

/**
 * Takes places; where all are taken, those of the oldest answer of whoever has most, if that is more than this one would have, so that no few
 * who read slowly keep the others out. @throws Problem where there is none
 */
function takeFromWhoHasMost(places: SharedPlaces, holder: Holder, held: number, unread: ReadonlySet<Unread>): () => void {
  for (;;)
    try {
      return places.take(holder, held);
    } catch (error) {
      const greediest = error instanceof Problem && error.code === 'unavailable' ? oldestOfGreediest(unread, holder, held) : undefined;
      if (!greediest) throw error;
      greediest.cut();
    }
}

function oldestOfGreediest(unread: ReadonlySet<Unread>, { id }: Holder, held: number): Unread | undefined {
  const totals = new Map<string, number>();
  for (const one of unread) totals.set(one.holder, (totals.get(one.holder) ?? 0) + one.held);
  const most = Math.max(...totals.values());
  return most > (totals.get(id) ?? 0) + held ? [...unread].find(({ holder }) => totals.get(holder) === most) : undefined;
}

interface AnswerSize {
  readonly bytes: number;
  /** How many of them wait in memory at most. */
  readonly held: number;
}

/** What was made whole waits whole; of what is made while it goes out, no more than a few pieces do. */
export function sizeOf(payload: unknown, contentLength: unknown): AnswerSize {
  if (typeof payload === 'string') return whole(Buffer.byteLength(payload));
  if (payload instanceof Uint8Array) return whole(payload.byteLength);
  if (!payload) return whole(0);
  const bytes = contentLength === undefined ? unknownBytes : Number(contentLength);
  return { bytes, held: Math.min(bytes, streamedBytes) };
}

const whole = (bytes: number): AnswerSize => ({ bytes, held: bytes });

/** Within which all of an answer must have gone out, by its whole length, however little of it waits. */
export const mostMsFor = (bytes: number, { patienceMs, slowestBytesPerSecond }: Pick<UnreadLimits, 'patienceMs' | 'slowestBytesPerSecond'>): number =>
  2 * patienceMs + (bytes / slowestBytesPerSecond) * 1_000; // prettier-ignore
