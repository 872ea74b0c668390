import { Controller, Get, Param, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Person } from '#identity';
import { deadlineStates, deadlinesOfProcedure, listDeadlines } from '#deadlines';
import { Needs } from '../http/needs.js';
import { SignedIn } from '../http/sent.js';
import { KnownProcedure } from '../procedures/known-procedure.js';
import { Views } from '../reading/views.js';
import { ReadQuery } from '../reading/reading.dto.js';
import { Settings } from '../settings.js';
import { DueDays } from './due-days.js';
import { DeadlinesAnswer, DeadlinesQuery, ProcedureDeadlinesAnswer } from './deadlines.dto.js';

const pageSize = 50;

@ApiTags('reading')
@ApiBearerAuth()
@Controller('api/v1')
export class DeadlinesController {
  constructor(
    private readonly views: Views,
    private readonly settings: Settings,
    private readonly ranges: DueDays,
  ) {}

  /** Deadlines that run, the next due first. */
  @Get('deadlines')
  @Needs('read')
  async list(@Query() query: DeadlinesQuery, @SignedIn() person: Person): Promise<DeadlinesAnswer> {
    const { state, due, cursor, limit } = query;
    const { asOf, sight, units } = await this.views.open(['deadlines', 'register'], query, person);
    const { items, nextCursor } = await listDeadlines(this.settings.database, {
      sight,
      units,
      states: deadlineStates.filter((one) => state === undefined || state.split(',').includes(one)),
      ...(due !== undefined && { due: { range: due, bounds: await this.ranges.bounds() } }),
      cursor,
      limit: Number(limit ?? pageSize),
    });
    return { items: [...items], nextCursor, asOf };
  }

  /** The deadlines of one procedure, with those of its past: which were met, and which were met late. */
  @Get('procedures/:id/deadlines')
  @Needs('read')
  @UseGuards(KnownProcedure)
  async ofProcedure(@Param('id') id: string, @Query() query: ReadQuery): Promise<ProcedureDeadlinesAnswer> {
    const asOf = await this.views.freshness(['deadlines'], query);
    return { items: [...(await deadlinesOfProcedure(this.settings.database, id))], asOf };
  }
}
