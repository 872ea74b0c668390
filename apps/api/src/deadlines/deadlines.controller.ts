import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Directory } from '#identity';
import { deadlineStates, listDeadlines } from '#procedures';
import { Processors } from '#processors';
import { Reading } from '../reading/reading.js';
import { Settings } from '../settings.js';
import { DeadlinesAnswer, DeadlinesQuery } from './deadlines.dto.js';

const pageSize = 50;

@ApiTags('reading')
@ApiBearerAuth()
@Controller('api/v1/deadlines')
export class DeadlinesController {
  constructor(
    private readonly reading: Reading,
    private readonly directory: Directory,
    private readonly processors: Processors,
    private readonly settings: Settings,
  ) {}

  /** Deadlines that run, the next due first. */
  @Get()
  async list(@Query() { state, unit, cursor, limit, minPosition }: DeadlinesQuery): Promise<DeadlinesAnswer> {
    await this.reading.upTo(minPosition, ['deadlines', 'register']);
    const asOf = this.processors.asOf('deadlines');
    const { items, nextCursor } = await listDeadlines(this.settings.database, {
      states: deadlineStates.filter((one) => state === undefined || state.split(',').includes(one)),
      units: unit === undefined ? undefined : this.directory.units().subtree(unit.toLowerCase()),
      cursor,
      limit: Number(limit ?? pageSize),
    });
    return { items: [...items], nextCursor, asOf };
  }
}
