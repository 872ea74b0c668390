import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { ApiBearerAuth, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BulkRuns } from '#bulk';
import type { Person } from '#identity';
import { idIn } from '../administration/administered.js';
import { Needs } from '../http/needs.js';
import { Problem } from '../http/problem.js';
import { SignedIn } from '../http/sent.js';
import { ServerSentEvents, tellingProgress } from '../http/server-sent.js';

const lookEveryMs = 500;

/** How far bulk runs have come, as they come on. */
@ApiTags('bulk')
@ApiBearerAuth()
@Controller('api/v1/bulk')
export class BulkEventsController implements BeforeApplicationShutdown {
  private readonly events = new ServerSentEvents({ most: 60, mostOfOne: 5, mostOfPrograms: 10 });

  constructor(private readonly runs: BulkRuns) {}

  /**
   * Server-sent events of a run of the caller: at once, and each time that it has come on, a `progress` with `{ id, state, count, outcomes }`. It ends
   * after the one that says that it is worked on no more.
   */
  @Get(':id/events')
  @Needs('read')
  @ApiProduces('text/event-stream')
  async follow(
    @Param('id') id: string,
    @SignedIn() person: Person,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.events.answer(person, request, reply, async () => {
      const own = await this.runs.find(idIn(id));
      if (own?.person !== person.id) throw new Problem('not-found');
      return tellingProgress(async () => {
        const run = await this.runs.find(own.id);
        if (!run) return null;
        const { state, count } = run;
        return { shown: { id: run.id, state, count, outcomes: await this.runs.outcomes(run.id) }, ended: state !== 'running' };
      }, lookEveryMs);
    });
  }

  beforeApplicationShutdown(): void {
    this.events.endAll();
  }
}
