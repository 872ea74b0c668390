import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Directory } from '#identity';
import type { Person } from '#identity';
import { Waiting } from '#worklist';
import { Needs } from '../http/needs.js';
import { languageOf } from '../http/problem.js';
import { SignedIn } from '../http/sent.js';
import { Views } from '../reading/views.js';
import { OverdueAnswer, OverdueQuery, WorkloadAnswer, WorkloadQuery, overdueColumns, titled, workloadColumns } from './reports.dto.js';
import { Running } from './running.js';

/** What runs and waits at this moment, by unit. */
@ApiTags('reading')
@ApiBearerAuth()
@Controller('api/v1/reports')
export class RunningController {
  constructor(
    private readonly views: Views,
    private readonly directory: Directory,
    private readonly running: Running,
    private readonly waiting: Waiting,
  ) {}

  /** How many deadlines run, by owning unit and by how many working days off they are due. */
  @Get('overdue')
  @Needs('read')
  @ApiOperation({ operationId: 'Reading_overdue' })
  async overdue(
    @Query() { minPosition, ...parameters }: OverdueQuery,
    @SignedIn() person: Person,
    @Req() { headers }: FastifyRequest,
  ): Promise<OverdueAnswer> {
    const { kind, group, field } = parameters;
    const { asOf, sight, units } = await this.views.open(['deadlines', 'register'], { minPosition, unit: parameters.unit }, person);
    const { rows, totals } = await this.running.due({ kind, group, field, sight, units });
    return {
      asOf,
      parameters,
      columns: titled(overdueColumns, languageOf(headers['accept-language'])),
      rows: rows.map((row) => ({ key: row.unit, ...row, unitName: this.nameOf(row.unit) })),
      totals,
    };
  }

  /** How much work waits for people at which unit, and whose procedures it is about. */
  @Get('workload')
  @Needs('read')
  @ApiOperation({ operationId: 'Reading_workload' })
  async workload(
    @Query() { minPosition, ...parameters }: WorkloadQuery,
    @SignedIn() person: Person,
    @Req() { headers }: FastifyRequest,
  ): Promise<WorkloadAnswer> {
    const { asOf, sight, units } = await this.views.open(['work'], { minPosition, unit: parameters.unit }, person);
    const rows = await this.waiting.report({ sight, units }, this.directory.units());
    return {
      asOf,
      parameters,
      columns: titled(workloadColumns, languageOf(headers['accept-language'])),
      rows: rows.map((row) => ({
        key: `${row.unit}/${row.owner}`,
        ...row,
        unitName: this.nameOf(row.unit),
        ownerName: this.nameOf(row.owner),
      })),
    };
  }

  private nameOf(unit: string): string {
    return this.directory.units().get(unit)?.name ?? unit;
  }
}
