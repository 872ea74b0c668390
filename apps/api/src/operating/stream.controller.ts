import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EventStore } from '#event-store';
import type { Person } from '#identity';
import { SharedSubscription } from '#processors';
import { Needs } from '../http/needs.js';
import { Problem } from '../http/problem.js';
import { SignedIn } from '../http/sent.js';
import { ServerSentEvents } from '../http/server-sent.js';
import { Views } from '../reading/views.js';
import { ReadQuery } from '../reading/reading.dto.js';
import { StreamMessages, streamedPrefixes } from './stream-messages.js';

/** Server-sent events: which procedures changed, and what was asked, claimed, said and warned about them, by position. */
@ApiTags('reading')
@ApiBearerAuth()
@Controller('api/v1/stream')
export class StreamController implements BeforeApplicationShutdown {
  private readonly events = new ServerSentEvents({ most: 200, mostOfOne: 20, mostOfPrograms: 80 });
  /** Whoever is at the end of the log hears what is read once for all. */
  private readonly log: SharedSubscription;

  constructor(
    private readonly store: EventStore,
    private readonly views: Views,
    private readonly messages: StreamMessages,
  ) {
    this.log = new SharedSubscription(store, { prefixes: streamedPrefixes });
  }

  /**
   * Goes on after `Last-Event-ID`, or starts with what comes from now on, and says first from which id it goes on. Each event's id is its
   * position; its data is `{ position, procedure, revision, type, stage, recordedAt, by }`, `by` the id of the person, null where nobody did
   * it in person. A `change` happened to a procedure; what is `beside` has, instead of revision and stage, `about`: `task`, `claim`, `comment` or
   * `deadline`, and of tasks comes to whoever is asked or asks, too. The first event is
   * `begin-anew` where the log ends before `Last-Event-ID`, as after a restore from a backup: what the listener has may not be
   * in the log, so it reads everything again, and goes on from here. It ends within two seconds when the listener's session, key
   * or token does, and within half a minute when nothing of it is read.
   */
  @Get()
  @Needs('read')
  @ApiProduces('text/event-stream')
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The position of the last event that was read. (Default: the end of the log)',
    schema: { type: 'string', pattern: '^\\d{1,18}$' },
  })
  async changes(
    @Query() { minPosition }: ReadQuery,
    @SignedIn() listener: Person,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const lastSeen = lastEventId(request);
    await this.events.answer(listener, request, reply, async () => {
      await this.views.upTo(minPosition);
      const head = await this.store.head();
      const isAhead = lastSeen !== null && lastSeen > (head ?? 0n);
      const from = isAhead ? head : (lastSeen ?? head);
      return async (write, signal) => {
        await write(isAhead ? beginAnew(head ?? 0n) : following(lastSeen ?? head ?? 0n));
        // A slow reader reads for itself, and holds up nobody else.
        for await (const batch of this.log.subscribe({ from, prefixes: streamedPrefixes, batchSize: 200, signal }))
          await write(await this.messages.of(batch.events, listener.id));
      };
    });
  }

  /** Ends all listening, so that the server can close. */
  beforeApplicationShutdown(): void {
    this.events.endAll();
  }
}

function lastEventId({ headers: sent }: FastifyRequest): bigint | null {
  const id = sent['last-event-id'];
  // What has read nothing yet may say so.
  if (id === undefined || id === '') return null;
  if (typeof id !== 'string' || !/^\d{1,18}$/.test(id))
    throw new Problem('invalid-body', { errors: [{ path: 'Last-Event-ID', message: 'must be a position of the log' }] });
  return BigInt(id);
}

function beginAnew(position: bigint): string {
  return `id: ${String(position)}\nevent: begin-anew\ndata: ${JSON.stringify({ position: String(position) })}\n\n`;
}

/** An id alone tells no event, and has a listener that hears nothing go on from here all the same. */
function following(position: bigint): string {
  return `: following the log\nid: ${String(position)}\n\n`;
}
