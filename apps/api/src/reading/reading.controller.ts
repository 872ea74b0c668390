import { Controller, Get, HttpCode, Param, Query, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Person } from '#identity';
import { TakesActingFor } from '../http/acting-for.js';
import { Problem } from '../http/problem.js';
import { Asking, SignedIn } from '../http/sent.js';
import type { Asker } from '../http/sent.js';
import { KnownProcedure } from '../procedures/known-procedure.js';
import { DiffAnswer, FunnelAnswer, HistoryAnswer, OnTimeReportAnswer, ProcedureAnswer, ProceduresAnswer } from './answers.dto.js';
import { Reading } from './reading.js';
import { DiffQuery, FunnelQuery, HistoryQuery, OnTimeQuery, ProcedureQuery, ProceduresQuery } from './reading.dto.js';

@ApiTags('reading')
@ApiBearerAuth()
@Controller('api/v1')
export class ReadingController {
  constructor(private readonly reading: Reading) {}

  /** The register, by filters and words. */
  @Get('procedures')
  async list(@Query() query: ProceduresQuery, @SignedIn() person: Person): Promise<ProceduresAnswer> {
    const { minPosition, ...filters } = query;
    await this.reading.upTo(minPosition, ['register']);
    return this.reading.list(filters, person);
  }

  /** One procedure, now or as of a revision or time. */
  @Get('procedures/:id')
  @TakesActingFor()
  @UseGuards(KnownProcedure)
  async procedure(
    @Param('id') id: string,
    @Query() { asOf, minPosition }: ProcedureQuery,
    @Asking() person: Asker,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProcedureAnswer> {
    await this.reading.upTo(minPosition, ['register']);
    const answer = await this.reading.procedure(id, asOf, person);
    reply.header('etag', `"${String(answer.revision)}"`);
    return answer;
  }

  /** What happened to it, oldest first unless asked otherwise, page by page. A page has fewer items than asked for where they would be 2 MB. */
  @Get('procedures/:id/history')
  @UseGuards(KnownProcedure)
  async history(@Param('id') id: string, @Query() query: HistoryQuery, @SignedIn() person: Person): Promise<HistoryAnswer> {
    await this.reading.upTo(query.minPosition, ['register', 'refusals']);
    return this.reading.history(id, query, person);
  }

  /** What changed between two revisions. */
  @Get('procedures/:id/diff')
  @UseGuards(KnownProcedure)
  async diff(@Param('id') id: string, @Query() { from, to, minPosition }: DiffQuery, @SignedIn() person: Person): Promise<DiffAnswer> {
    await this.reading.upTo(minPosition, ['register']);
    return this.reading.differences(id, Number(from), Number(to), person);
  }

  /** How many procedures stand in each stage. */
  @Get('reports/funnel')
  async funnel(@Query() query: FunnelQuery, @SignedIn() person: Person): Promise<FunnelAnswer> {
    await this.reading.upTo(query.minPosition, ['counts']);
    return this.reading.funnel(query, person);
  }

  /** How many publications were signed and disclosed in time, the latest of each procedure. */
  @Get('reports/on-time')
  async onTime(@Query() query: OnTimeQuery, @SignedIn() person: Person): Promise<OnTimeReportAnswer> {
    await this.reading.upTo(query.minPosition, ['register', 'work', 'publications']);
    return this.reading.onTimeReport(query, person);
  }

  /** Reports that are designed and not built yet. */
  @Get(['reports/progress', 'reports/savings', 'reports/cycle-times', 'reports/overdue', 'reports/activity', 'reports/review-results'])
  @HttpCode(501)
  reports(): never {
    throw new Problem('not-built');
  }

  /** The audit log's calls, designed and not built yet. */
  @Get(['audit/events', 'audit/checkpoint', 'audit/proof'])
  @HttpCode(501)
  audit(): never {
    throw new Problem('not-built');
  }
}
