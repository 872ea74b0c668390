import { Controller, Get, Param, Query, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Person } from '#identity';
import { TakesActingFor } from '../http/acting-for.js';
import { Needs } from '../http/needs.js';
import { Asking, SignedIn } from '../http/sent.js';
import type { Asker } from '../http/sent.js';
import { KnownProcedure } from '../procedures/known-procedure.js';
import { DiffAnswer, HistoryAnswer, ProcedureAnswer } from './answers.dto.js';
import { Pasts } from './pasts.js';
import { Reading } from './reading.js';
import { DiffQuery, HistoryQuery, ProcedureQuery } from './reading.dto.js';
import { Views } from './views.js';

@ApiTags('reading')
@ApiBearerAuth()
@Controller('api/v1')
export class ReadingController {
  constructor(
    private readonly views: Views,
    private readonly reading: Reading,
    private readonly pasts: Pasts,
  ) {}

  /** One procedure, now or as of a revision or time. */
  @Get('procedures/:id')
  @Needs('read')
  @TakesActingFor()
  @UseGuards(KnownProcedure)
  async procedure(
    @Param('id') id: string,
    @Query() { asOf, minPosition }: ProcedureQuery,
    @Asking() person: Asker,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProcedureAnswer> {
    await this.views.upTo(minPosition, ['register']);
    const answer = await this.reading.procedure(id, asOf, person);
    reply.header('etag', `"${String(answer.revision)}"`);
    return answer;
  }

  /** What happened to it, oldest first unless asked otherwise, page by page. A page has fewer items than asked for where they would be 2 MB. */
  @Get('procedures/:id/history')
  @Needs('read')
  @UseGuards(KnownProcedure)
  async history(@Param('id') id: string, @Query() query: HistoryQuery, @SignedIn() person: Person): Promise<HistoryAnswer> {
    await this.views.upTo(query.minPosition, ['register', 'refusals']);
    return this.pasts.history(id, query, person);
  }

  /** What changed between two revisions. */
  @Get('procedures/:id/diff')
  @Needs('read')
  @UseGuards(KnownProcedure)
  async diff(@Param('id') id: string, @Query() { from, to, minPosition }: DiffQuery, @SignedIn() person: Person): Promise<DiffAnswer> {
    await this.views.upTo(minPosition, ['register']);
    return this.pasts.differences(id, Number(from), Number(to), person);
  }
}
