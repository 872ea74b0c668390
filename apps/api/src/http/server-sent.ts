import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Person } from '#identity';
import { beat } from './heartbeat.js';
import { SharedPlaces } from './shared-places.js';

/** What was written by then and is unread at the next beat ends it. */
const heartbeatMs = 15_000;
/** From one look at whether the listener is still signed in to the next: with what other processes take to tell, within two seconds. */
const lookEveryMs = 500;
/** For what was written to be read, before the connection is cut. */
const partingMs = 500;

const headers = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' };

/** Tells a listener what there is until there is no more; each write waits for a slow reader, so that nothing piles up. */
type Telling = (write: (text: string) => Promise<void>, signal: AbortSignal) => Promise<void>;

/**
 * Tells at once, and each time that it has come on, how far something has come, as `progress`, until it has ended or is there no more.
 * @param look How far it has come; null where it is there no more
 */
export const tellingProgress =
  (look: () => Promise<{ readonly shown: object; readonly ended: boolean } | null>, everyMs: number): Telling =>
  async (write, signal) => {
    for (let said = ''; ;) {
      const progress = await look();
      if (!progress) return;
      const text = JSON.stringify(progress.shown);
      if (text !== said) await write(`event: progress\ndata: ${text}\n\n`);
      said = text;
      if (progress.ended) return;
      await delay(everyMs, undefined, { signal });
    }
  };

/**
 * Server-sent events to many listeners, with so many places. Each answer ends when nothing more is to be told, within two seconds when the listener's
 * session, key or token does, and within half a minute when nothing of it is read.
 */
export class ServerSentEvents {
  private readonly places: SharedPlaces;
  private readonly listeners = new Set<AbortController>();

  constructor(places: Pick<ConstructorParameters<typeof SharedPlaces>[0], 'most' | 'mostOfOne' | 'mostOfPrograms'>) {
    this.places = new SharedPlaces({ ...places, of: 'streams are open', retryAfterSeconds: 5 });
  }

  /** @param begin Before it is answered at all: what it throws is the answer @throws Problem where there is no place */
  async answer(listener: Person, request: FastifyRequest, reply: FastifyReply, begin: () => Promise<Telling>): Promise<void> {
    const giveBack = this.places.take(listener);
    try {
      const tell = await begin();
      if (request.method === 'HEAD') {
        giveBack();
        await reply.headers(headers).send();
        return;
      }
      reply.hijack();
      reply.raw.writeHead(200, headers);
      void this.follow(request, reply.raw, tell).finally(giveBack);
    } catch (error) {
      giveBack();
      throw error;
    }
  }

  /** Ends all listening, so that the server can close. */
  endAll(): void {
    for (const listener of this.listeners) listener.abort();
  }

  private async follow(request: FastifyRequest, raw: ServerResponse, tell: Telling): Promise<void> {
    const ending = new AbortController();
    const { signal } = ending;
    this.listeners.add(ending);
    raw.once('close', () => ending.abort());
    raw.once('error', () => ending.abort());
    if (raw.destroyed) ending.abort();
    const endBeat = beat(raw, heartbeatMs, () => ending.abort());
    void this.endWhenOver(request, ending);
    try {
      await tell(async (text) => {
        signal.throwIfAborted();
        if (text !== '' && !raw.write(text)) await once(raw, 'drain', { signal });
      }, signal);
    } catch {
      // The reader went away, or may not listen any more, or the server is ending.
    } finally {
      ending.abort();
      endBeat();
      this.listeners.delete(ending);
      raw.end();
      // A reader that takes nothing would keep the connection.
      setTimeout(() => raw.destroy(), partingMs).unref();
    }
  }

  /** Ends the listening once the request would not be let in any more, or nobody can tell. */
  private async endWhenOver(request: FastifyRequest, ending: AbortController): Promise<void> {
    try {
      do await delay(lookEveryMs, undefined, { signal: ending.signal, ref: false });
      while (await request.isStillSignedIn());
    } catch {
      // It ended by itself, or the database is away: whoever listens comes back.
    }
    ending.abort();
  }
}
