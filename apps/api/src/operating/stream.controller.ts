import { once } from 'node:events';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { ApiBearerAuth, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EventStore } from '#event-store';
import type { RecordedEvent } from '#event-store';
import type { ProcedureEvent } from '#procedures';
import type { Person } from '#identity';
import { Problem } from '../http/problem.js';
import { SignedIn } from '../http/sent.js';
import { Reading } from '../reading/reading.js';
import { ReadQuery } from '../reading/reading.dto.js';

const mostListeners = 200;
const heartbeatMs = 15_000;

/** Server-sent events: which procedures changed, by position. */
@ApiTags('reading')
@ApiBearerAuth()
@Controller('api/v1/stream')
export class StreamController implements BeforeApplicationShutdown {
  private readonly listeners = new Set<AbortController>();

  constructor(
    private readonly store: EventStore,
    private readonly reading: Reading,
  ) {}

  /** Goes on after `Last-Event-ID`, or starts with what comes from now on. Each event's id is its position. */
  @Get()
  @ApiProduces('text/event-stream')
  async changes(
    @Query() { minPosition }: ReadQuery,
    @SignedIn() { id: listener }: Person,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (this.listeners.size >= mostListeners) throw new Problem('unavailable', { headers: { 'retry-after': '5' } });
    const lastSeen = lastEventId(request);
    await this.reading.upTo(minPosition);
    const headers = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' };
    if (request.method === 'HEAD') {
      await reply.headers(headers).send();
      return;
    }
    const from = lastSeen ?? (await this.store.head());
    const ending = new AbortController();
    this.listeners.add(ending);
    reply.hijack();
    const { raw } = reply;
    raw.once('close', () => ending.abort());
    raw.once('error', () => ending.abort());
    raw.writeHead(200, headers);
    raw.write(': following the log\n\n');
    const heartbeat = setInterval(() => raw.write(': still here\n\n'), heartbeatMs);
    try {
      for await (const batch of this.store.subscribe({ from, prefixes: ['procedure-'], batchSize: 200, signal: ending.signal })) {
        const seen = await this.reading.seenBy(listener, new Set(batch.events.map(procedureOf)));
        const events = batch.events.filter((event) => seen.has(procedureOf(event)));
        // A slow reader holds up its own subscription only, and nothing piles up for it.
        if (events.length > 0 && !raw.write(events.map(asMessage).join(''))) await once(raw, 'drain', { signal: ending.signal });
      }
    } catch {
      // The reader went away, or the server is ending.
    } finally {
      clearInterval(heartbeat);
      this.listeners.delete(ending);
      raw.end();
    }
  }

  /** Ends all listening, so that the server can close. */
  beforeApplicationShutdown(): void {
    for (const listener of this.listeners) listener.abort();
  }
}

const procedureOf = ({ stream }: Pick<RecordedEvent, 'stream'>): string => stream.slice('procedure-'.length);

function lastEventId({ headers }: FastifyRequest): bigint | null {
  const id = headers['last-event-id'];
  if (id === undefined) return null;
  if (typeof id !== 'string' || !/^\d{1,18}$/.test(id))
    throw new Problem('invalid-body', { errors: [{ path: 'Last-Event-ID', message: 'must be a position of the log' }] });
  return BigInt(id);
}

function asMessage({ position, stream, revision, type, recordedAt, data }: RecordedEvent): string {
  const change = {
    position: String(position),
    procedure: procedureOf({ stream }),
    revision,
    type,
    stage: (data as ProcedureEvent['data']).stage,
    recordedAt,
  };
  return `id: ${String(position)}\nevent: change\ndata: ${JSON.stringify(change)}\n\n`;
}
