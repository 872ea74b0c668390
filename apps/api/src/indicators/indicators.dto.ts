import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsUUID, ValidateBy } from 'class-validator';
import { historyOrders, mostCharacters } from '#procedures';
import type { HistoryOrder } from '#procedures';
import { periodOf, reportActions, reportingLevels } from '#programmes';
import type { ReportingLevel } from '#programmes';
import { by, Line, Optional, Text, Whole } from '../http/shape.js';
import { ActorAnswer, AsOfAnswer } from '../reading/answers.dto.js';
import { LongPageQuery, MomentQuery } from '../reading/reading.dto.js';

const isPeriod = (value: unknown): boolean => typeof value === 'string' && periodOf(value) !== null;
const periodFault = 'must be a year, a quarter or a month: YYYY, YYYY-Qn or YYYY-MM';

/** A year, a quarter or a month. */
const OfPeriod = (): PropertyDecorator => by('period', isPeriod, periodFault);

/** A decimal from 0 in text, with 12 digits before the point and 4 after it at most. */
const Figure = (): PropertyDecorator =>
  ValidateBy({
    name: 'figure',
    validator: {
      validate: (value) => typeof value === 'string' && /^(0|[1-9]\d{0,11})(\.\d{1,4})?$/.test(value),
      defaultMessage: (sent) =>
        typeof sent?.value === 'string' && /^[\d.]+,\d+$/.test(sent.value)
          ? 'must have a point before its decimals, not a comma'
          : 'must be a number from 0 in text, with at most 12 digits, and 4 after a point',
    },
  });

export class DefineIndicatorDto {
  /** By which targets name it (`indicator:<code>`). What differs only in case, width or spaces is one code. */
  @Line(50)
  readonly code: string;

  @Line(mostCharacters.title)
  readonly title: string;

  /**
   * What is counted.
   * @example "đơn vị"
   */
  @Line(50)
  readonly unitOfMeasure: string;

  /** At which level it is reported. */
  @ApiProperty({ enum: reportingLevels })
  @IsIn(reportingLevels)
  readonly per: ReportingLevel;

  /** The whole. (Default: as many as have to report) */
  @Optional()
  @Whole({ least: 1 })
  readonly of?: number;
}

export class ReportIndicatorDto {
  /** Unit id. */
  @IsUUID()
  readonly unit: string;

  /**
   * A year, a quarter or a month that has begun.
   * @example "2025-Q4"
   */
  @OfPeriod()
  readonly period: string;

  /**
   * Decimal.
   * @example "18"
   */
  @Figure()
  readonly value: string;

  /** What it rests on: papers, or where they are. */
  @Optional()
  @Text(2_000)
  readonly evidence?: string;

  /** Why it replaces what was reported; required for that, unless it was returned. */
  @Optional()
  @Text(mostCharacters.reason)
  readonly reason?: string;
}

export class ReturnReportDto {
  @Text(mostCharacters.reason)
  readonly reason: string;
}

export class RemindIndicatorDto {
  @OfPeriod()
  readonly period: string;
}

export class IndicatorQuery extends MomentQuery {
  /** (Default: the newest that was reported) */
  @Optional()
  @OfPeriod()
  readonly period?: string;
}

export class IndicatorHistoryQuery extends LongPageQuery {
  /** Oldest first, or with a minus newest first. */
  @ApiPropertyOptional({ enum: historyOrders, default: 'revision' })
  @Optional()
  @IsIn(historyOrders)
  readonly order?: HistoryOrder;

  /** Unit id. */
  @Optional()
  @IsUUID()
  readonly unit?: string;

  @Optional()
  @OfPeriod()
  readonly period?: string;
}

class IndicatorFacts {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly unitOfMeasure: string;
  @ApiProperty({ enum: reportingLevels })
  readonly per: string;
  /** Unit id: it is reported there and below. */
  readonly owner: string;
  /** As it is stated; null where it is not. */
  @ApiProperty({ type: Number, nullable: true })
  readonly of: number | null;
  /** That the figures are of; null where nothing was reported. */
  @ApiProperty({ type: String, nullable: true })
  readonly period: string | null;
  /** Also of what is not verified, and of nothing that was returned. */
  readonly total: number;
  readonly verifiedTotal: number;
  /** How many units have reported. */
  readonly reported: number;
  /** How many units have to report, or did. */
  readonly due: number;
}

export class IndicatorSummaryAnswer extends IndicatorFacts {
  /** Unit ids: those that have to report and did not, or whose report was returned; the first hundred. */
  readonly missing: string[];
}

class IndicatorReportAnswer {
  /** Unit id. */
  readonly unit: string;
  /** Decimal in text. */
  readonly value: string;
  readonly period: string;
  readonly verified: boolean;
  readonly evidence?: string;
  /** Of the correction, or of the return. */
  readonly reason?: string;
  /** For `If-Match` of what is done with it. */
  readonly revision: number;
  /** When it came to that, ISO 8601 UTC. */
  readonly at: string;
  /** What the caller may do with it. */
  @ApiProperty({ enum: reportActions, isArray: true })
  readonly allowed: string[];
}

const indicatorActions = ['define-indicator', 'remind-indicator'] as const;

export class IndicatorAnswer extends IndicatorFacts {
  /** Unit ids: those that have to report and did not, or whose report was returned. */
  readonly missing: string[];
  /** What counts. */
  readonly units: IndicatorReportAnswer[];
  /** What waits to be reported again. */
  readonly returned: IndicatorReportAnswer[];
  /** Unit ids: those that the caller reports for and that have not reported. */
  readonly reportable: string[];
  /** Those that anything was reported of up to now, the newest first, 200 at most. */
  readonly periods: string[];
  @ApiProperty({ enum: indicatorActions, isArray: true })
  readonly allowed: string[];
  readonly asOf: AsOfAnswer;
}

export class IndicatorsAnswer {
  /** Whether the caller may define one. */
  @ApiProperty({ enum: indicatorActions, isArray: true })
  readonly allowed: string[];
  /** Newest first, each with its newest period. */
  readonly items: IndicatorSummaryAnswer[];
  @ApiProperty({ type: String, nullable: true })
  readonly nextCursor: string | null;
  readonly asOf: AsOfAnswer;
}

class IndicatorHappeningAnswer {
  /** Of its stream: the indicator's own, that of one report, or of the reminders of one period. */
  readonly revision: number;
  readonly position: string;
  readonly type: string;
  readonly recordedAt: string;
  readonly actor: ActorAnswer;
  /** Unit id. */
  readonly unit?: string;
  readonly period?: string;
  readonly value?: string;
  readonly evidence?: string;
  readonly reason?: string;
  /** How many units were reminded. */
  readonly reminded?: number;
}

export class IndicatorHistoryAnswer {
  readonly items: IndicatorHappeningAnswer[];
  @ApiProperty({ type: String, nullable: true })
  readonly nextCursor: string | null;
}
