import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { ApiBearerAuth, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Imports } from '#imports';
import type { Person } from '#identity';
import { idIn } from '../administration/administered.js';
import { Needs } from '../http/needs.js';
import { Problem } from '../http/problem.js';
import { SignedIn } from '../http/sent.js';
import { ServerSentEvents, tellingProgress } from '../http/server-sent.js';

const lookEveryMs = 300;

/** How far imports have come, as they come on. */
@ApiTags('imports')
@ApiBearerAuth()
@Controller('api/v1/imports')
export class ImportEventsController implements BeforeApplicationShutdown {
  private readonly events = new ServerSentEvents({ most: 60, mostOfOne: 5, mostOfPrograms: 10 });

  constructor(private readonly imports: Imports) {}

  /**
   * Server-sent events of an import of the caller: at once, and each time that it has come on, a `progress` with
   * `{ id, state, rows, accepted, repeated, refusedRows }`. It ends after the one that says how the import ended.
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
      const imported = await this.imports.find(idIn(id));
      if (imported?.person !== person.id) throw new Problem('not-found');
      return tellingProgress(async () => {
        const progress = await this.imports.progress(imported.id);
        if (!progress) return null;
        const { ended, ...shown } = progress;
        return { shown: { id: imported.id, ...shown }, ended };
      }, lookEveryMs);
    });
  }

  beforeApplicationShutdown(): void {
    this.events.endAll();
  }
}
