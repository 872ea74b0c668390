import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsUUID } from 'class-validator';
import { periodOf } from '#programmes';
import { by, Optional } from '../http/shape.js';
import { AsOfAnswer } from '../reading/answers.dto.js';
import { ReadQuery } from '../reading/reading.dto.js';
import { ExplainingEventAnswer } from '../reports/report-answers.dto.js';

const isPeriod = (value: unknown): boolean => typeof value === 'string' && periodOf(value) !== null;

export class ClosePeriodDto {
  /** Of a service or of the ministry; what is below it counts. */
  @IsUUID()
  readonly unit: string;

  /** A year, a quarter or a month, which is over by the rule in force (`periodLastDay`). */
  @by('period', isPeriod, 'must be a year, a quarter or a month: YYYY, YYYY-Qn or YYYY-MM')
  readonly period: string;
}

const forms = ['json', 'csv'] as const;

export class DifferencesQuery extends ReadQuery {
  /** (Default: json) */
  @Optional()
  @ApiPropertyOptional({ enum: forms })
  @IsIn(forms)
  readonly format?: (typeof forms)[number];
}

class PeriodFields {
  readonly id: string;
  /** Unit id. */
  readonly unit: string;
  /** YYYY, YYYY-Qn or YYYY-MM. */
  readonly period: string;
  /** Days, both included. */
  readonly begins: string;
  readonly ends: string;
  /** Of the log, decimal: everything up to here is in the figures. */
  readonly position: string;
}

class ListedPeriodAnswer extends PeriodFields {
  /** ISO 8601 UTC. */
  readonly closedAt: string;
}

export class PeriodsAnswer {
  /** Whether the caller may close one. */
  @ApiProperty({ enum: ['close-period'], isArray: true })
  readonly allowed: string[];
  /** Newest first. */
  readonly items: ListedPeriodAnswer[];
  @ApiProperty({ type: String, nullable: true })
  readonly nextCursor: string | null;
  readonly asOf: AsOfAnswer;
}

class FrozenReportAnswer {
  /** Its name, as `GET /reports/{name}` has it. */
  readonly report: string;
  /** What it was asked. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  readonly asked: Readonly<Record<string, string>>;
  /** Rows of the report as they read then. */
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } })
  readonly rows: readonly object[];
}

export class PeriodAnswer extends PeriodFields {
  /** The day of a month on which periods ended by the rule of then. */
  readonly lastDay: number;
  /** When they were reckoned, ISO 8601 UTC. */
  readonly at: string;
  readonly reports: FrozenReportAnswer[];
}

class DifferenceEventAnswer extends ExplainingEventAnswer {
  /** As the event says, such as that of a correction; null where it says none. */
  @ApiProperty({ type: String, nullable: true })
  readonly reason: string | null;
}

class PeriodDifferenceAnswer {
  readonly report: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  readonly asked: Readonly<Record<string, string>>;
  /** Key of the row. */
  readonly row: string;
  readonly column: string;
  /** Of the column, in the language that is accepted. */
  readonly title: string;
  /** As the period was closed; 0 where there was no such row. */
  readonly closed: number;
  /** As it would read now. */
  readonly now: number;
  readonly difference: number;
  /** What was recorded since and contributes to it, at most 20. What they leave open comes from dates that were corrected since. */
  readonly events: DifferenceEventAnswer[];
  /** Whether there are more events than that. */
  readonly more: boolean;
}

export class DifferencesAnswer {
  readonly asOf: AsOfAnswer;
  readonly items: PeriodDifferenceAnswer[];
  /** Whether there are more differences than the 100 that are named. */
  readonly more: boolean;
}
