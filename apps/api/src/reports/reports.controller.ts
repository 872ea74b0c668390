import { Controller, Get, HttpCode, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Person } from '#identity';
import { OnTime, funnel } from '#reporting';
import { Needs } from '../http/needs.js';
import { Problem } from '../http/problem.js';
import { SignedIn } from '../http/sent.js';
import { Views } from '../reading/views.js';
import { Settings } from '../settings.js';
import { FunnelAnswer, FunnelQuery, OnTimeQuery, OnTimeReportAnswer } from './reports.dto.js';

/** What leaders ask about all procedures that they see. */
@ApiTags('reading')
@ApiBearerAuth()
@Controller('api/v1/reports')
export class ReportsController {
  constructor(
    private readonly views: Views,
    private readonly settings: Settings,
    private readonly punctuality: OnTime,
  ) {}

  /** How many procedures stand in each stage. */
  @Get('funnel')
  @Needs('read')
  @ApiOperation({ operationId: 'Reading_funnel' })
  async funnel(@Query() query: FunnelQuery, @SignedIn() person: Person): Promise<FunnelAnswer> {
    const { kind, group, field } = query;
    const { asOf, sight, units } = await this.views.open(['counts'], query, person);
    const { total, rows } = await funnel(this.settings.database, { kind, group, field, sight, units });
    return { asOf, total, rows: [...rows] };
  }

  /** How many publications were signed and disclosed in time, the latest of each procedure. */
  @Get('on-time')
  @Needs('read')
  @ApiOperation({ operationId: 'Reading_onTime' })
  async onTime(@Query() query: OnTimeQuery, @SignedIn() person: Person): Promise<OnTimeReportAnswer> {
    const { kind, group, field, signedFrom, signedTo } = query;
    const { asOf, sight, units } = await this.views.open(['publications', 'register'], query, person);
    const rows = await this.punctuality.report({ kind, group, field, signedFrom, signedTo, sight, units }, new Date());
    return { asOf, rows: rows.map((row) => ({ ...row })) };
  }

  /** Reports that are designed and not built yet. */
  @Get(['savings', 'cycle-times', 'activity', 'review-results'])
  @Needs('read')
  @HttpCode(501)
  reports(): never {
    throw new Problem('not-built');
  }
}
