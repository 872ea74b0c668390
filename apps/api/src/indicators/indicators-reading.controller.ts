import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Directory } from '#identity';
import { Indicators } from '#programmes';
import type { IndicatorHappening, UnitReport } from '#programmes';
import { idIn } from '../administration/administered.js';
import { TakesActingFor } from '../http/acting-for.js';
import { Needs } from '../http/needs.js';
import { Asking } from '../http/sent.js';
import type { Asker } from '../http/sent.js';
import { PageQuery } from '../reading/reading.dto.js';
import { shownActor } from '../reading/shown-actor.js';
import { IndicatorReading, isVerified } from './indicator-reading.js';
import type { ReadIndicator } from './indicator-reading.js';
import { IndicatorAnswer, IndicatorHistoryAnswer, IndicatorHistoryQuery, IndicatorQuery, IndicatorsAnswer } from './indicators.dto.js';
import type { IndicatorSummaryAnswer } from './indicators.dto.js';

const pageSize = 50;
const historyPageSize = 200;
/** Units named in a list. */
const mostMissing = 100;

/** What units report, as it stands and stood. */
@ApiTags('indicators')
@ApiBearerAuth()
@Controller('api/v1/indicators')
export class IndicatorsReadingController {
  constructor(
    private readonly indicators: Indicators,
    private readonly reading: IndicatorReading,
    private readonly directory: Directory,
  ) {}

  /** All indicators, newest first, each with the newest period that anything was reported of. */
  @Get()
  @Needs('read')
  @TakesActingFor()
  async list(@Query() { cursor, limit, minPosition }: PageQuery, @Asking() by: Asker): Promise<IndicatorsAnswer> {
    const { items, nextCursor, asOf } = await this.reading.list({ cursor, limit: Number(limit ?? pageSize), minPosition });
    return {
      allowed: this.indicators.mayDefine(by) ? ['define-indicator'] : [],
      items: items.map((one) => ({ ...factsOf(one), missing: one.missing.slice(0, mostMissing) })),
      ...{ nextCursor, asOf },
    };
  }

  /** An indicator in one period: what each unit reported, and who has not. */
  @Get(':id')
  @Needs('read')
  @TakesActingFor()
  async read(
    @Param('id') id: string,
    @Query() { period, asOf, minPosition }: IndicatorQuery,
    @Asking() by: Asker,
  ): Promise<IndicatorAnswer> {
    const read = await this.reading.read(idIn(id), { period, asOf, minPosition }, by);
    const isPast = asOf !== undefined;
    const allowedTo = this.indicators.allowedTo(by);
    const shown = (report: UnitReport): IndicatorAnswer['units'][number] =>
      reportAnswer(report, isPast ? [] : allowedTo(report.unit, report.state));
    const returned = new Set(read.returned.map(({ unit }) => unit));
    return {
      ...factsOf(read),
      missing: [...read.missing],
      units: read.units.map(shown),
      returned: read.returned.map(shown),
      reportable: isPast ? [] : read.missing.filter((unit) => !returned.has(unit) && allowedTo(unit, 'missing').length > 0),
      periods: [...(await this.reading.periods(idIn(id)))],
      allowed: !isPast && read.missing.length > 0 && this.indicators.mayRemind(read.indicator.owner, by) ? ['remind-indicator'] : [],
      asOf: read.asOf,
    };
  }

  /** What happened with an indicator: reports, corrections, verifications, returns, reminders. */
  @Get(':id/history')
  @Needs('read')
  async history(
    @Param('id') id: string,
    @Query() { order, unit, period, cursor, limit, minPosition }: IndicatorHistoryQuery,
  ): Promise<IndicatorHistoryAnswer> {
    const asked = {
      newestFirst: order === '-revision',
      unit: unit?.toLowerCase(),
      period,
      cursor,
      limit: Number(limit ?? historyPageSize),
    };
    const { items, nextCursor } = await this.reading.history(idIn(id), asked, minPosition);
    return { items: items.map((item) => this.happening(item)), nextCursor };
  }

  private happening({ actor, unit, period, value, evidence, reason, reminded, ...rest }: IndicatorHappening): IndicatorHistoryAnswer['items'][number] {
    return {
      ...rest,
      actor: shownActor(actor, this.directory),
      ...(unit !== null && { unit }),
      ...(period !== null && { period }),
      ...(value !== null && { value }),
      ...(evidence !== null && { evidence }),
      ...(reason !== null && { reason }),
      ...(reminded !== null && { reminded }),
    };
  } // prettier-ignore
}

function factsOf({ indicator, period, total, verifiedTotal, reported, due }: Omit<ReadIndicator, 'asOf'>): Omit<IndicatorSummaryAnswer, 'missing'> {
  const { id, code, title, unitOfMeasure, per, owner, of = null } = indicator;
  return { id, code, title, unitOfMeasure, per, owner, of, period, total, verifiedTotal, reported, due };
} // prettier-ignore

function reportAnswer(report: UnitReport, allowed: readonly string[]): IndicatorAnswer['units'][number] {
  const { unit, value, period, evidence, reason, revision, at } = report;
  return {
    ...{ unit, value, period, verified: isVerified(report) },
    ...(evidence !== null && { evidence }),
    ...(reason !== null && { reason }),
    ...{ revision, at, allowed: [...allowed] },
  };
}
