import { Controller, Get, Param, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Directory } from '#identity';
import type { Person } from '#identity';
import { deadlineStates, deadlinesOfProcedure, listDeadlines } from '#deadlines';
import { Processors } from '#processors';
import { SignedIn } from '../http/sent.js';
import { KnownProcedure } from '../procedures/known-procedure.js';
import { Reading } from '../reading/reading.js';
import { ReadQuery } from '../reading/reading.dto.js';
import { Settings } from '../settings.js';
import { DeadlinesAnswer, DeadlinesQuery, ProcedureDeadlinesAnswer } from './deadlines.dto.js';

const pageSize = 50;

@ApiTags('reading')
@ApiBearerAuth()
@Controller('api/v1')
export class DeadlinesController {
  constructor(
    private readonly reading: Reading,
    private readonly directory: Directory,
    private readonly processors: Processors,
    private readonly settings: Settings,
  ) {}

  /** Deadlines that run, the next due first. */
  @Get('deadlines')
  async list(@Query() { state, unit, cursor, limit, minPosition }: DeadlinesQuery, @SignedIn() person: Person): Promise<DeadlinesAnswer> {
    await this.reading.upTo(minPosition, ['deadlines', 'register']);
    const asOf = this.processors.asOf('deadlines');
    const { items, nextCursor } = await listDeadlines(this.settings.database, {
      sight: this.directory.sightOf(person),
      states: deadlineStates.filter((one) => state === undefined || state.split(',').includes(one)),
      units: unit === undefined ? undefined : this.directory.units().subtree(unit.toLowerCase()),
      cursor,
      limit: Number(limit ?? pageSize),
    });
    return { items: [...items], nextCursor, asOf };
  }

  /** The deadlines of one procedure, with those of its past: which were met, and which were met late. */
  @Get('procedures/:id/deadlines')
  @UseGuards(KnownProcedure)
  async ofProcedure(@Param('id') id: string, @Query() { minPosition }: ReadQuery): Promise<ProcedureDeadlinesAnswer> {
    await this.reading.upTo(minPosition, ['deadlines']);
    const asOf = this.processors.asOf('deadlines');
    return { items: [...(await deadlinesOfProcedure(this.settings.database, id))], asOf };
  }
}
