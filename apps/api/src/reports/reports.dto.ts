import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsUUID } from 'class-validator';
import type { DueRange } from '#deadlines';
import { savingsGroupings } from '#reporting';
import { groups, kinds, punctualityMeasures } from '#workflow';
import { CalendarDate, Optional } from '../http/shape.js';
import { StandingAnswer } from '../programmes/programmes.dto.js';
import { ReadQuery, RegisterQuery } from '../reading/reading.dto.js';
import { PagedReportAnswer, ReportAnswer } from './report-answers.dto.js';
import { PeriodQuery } from './report-queries.dto.js';

export class FunnelQuery extends RegisterQuery {}

export class OnTimeQuery extends RegisterQuery {
  /** Decisions signed on this date or later. */
  @Optional()
  @CalendarDate()
  readonly signedFrom?: string;

  /** Decisions signed on this date or before. */
  @Optional()
  @CalendarDate()
  readonly signedTo?: string;
}

export class OverdueQuery extends RegisterQuery {}

export class WorkloadQuery extends ReadQuery {
  /** Unit id: owned by it or by a unit below. */
  @Optional()
  @IsUUID()
  readonly unit?: string;
}

export class ProgressQuery extends RegisterQuery {
  /** Id of the programme. */
  @IsUUID()
  readonly programme: string;
}

class FunnelRow {
  /** Kind, group and stage. */
  readonly key: string;
  @ApiProperty({ enum: kinds })
  readonly kind: string;
  @ApiProperty({ enum: [...groups, null], nullable: true })
  readonly group: string | null;
  readonly stage: string;
  readonly count: number;
}

export class FunnelAnswer extends ReportAnswer {
  readonly total: number;
  readonly rows: FunnelRow[];
}

class OnTimeRow {
  /** Measure, kind and group. */
  readonly key: string;
  @ApiProperty({ enum: punctualityMeasures })
  readonly measure: string;
  @ApiProperty({ enum: kinds })
  readonly kind: string;
  @ApiProperty({ enum: [...groups, null], nullable: true })
  readonly group: string | null;
  readonly met: number;
  readonly late: number;
  /** Not disclosed yet, with time left. */
  readonly open: number;
  /** No calendar covers the dates. */
  readonly unknown: number;
}

export class OnTimeReportAnswer extends ReportAnswer {
  readonly rows: OnTimeRow[];
}

class DueCountsFields implements Readonly<Record<DueRange, number>> {
  /** Due more than ten working days ago. */
  readonly lateOver10: number;
  readonly late6To10: number;
  /** Due before today, at most five working days ago. */
  readonly late1To5: number;
  /** Due today or within five working days. */
  readonly in0To5: number;
  readonly in6To10: number;
  readonly inOver10: number;
  /** Without a due date: it stands still, or no calendar covers it. */
  readonly undated: number;
  readonly running: number;
}

class OverdueRow extends DueCountsFields {
  /** The unit. */
  readonly key: string;
  /** Unit id: owned by it, without what is owned below it. */
  readonly unit: string;
  readonly unitName: string;
}

export class OverdueAnswer extends ReportAnswer {
  readonly rows: OverdueRow[];
  readonly totals: DueCountsFields;
}

class WorkloadRow {
  /** Both units. */
  readonly key: string;
  /** Unit id: somebody who holds a role there may do it next. */
  readonly unit: string;
  readonly unitName: string;
  /** Unit id: whose procedures they are. */
  readonly owner: string;
  readonly ownerName: string;
  readonly waiting: number;
  /** Of these, those that somebody has claimed. */
  readonly claimed: number;
}

export class WorkloadAnswer extends ReportAnswer {
  /** What either of two units may do stands at both. */
  readonly rows: WorkloadRow[];
}

class ProgressRow extends StandingAnswer {
  /** The target. */
  readonly key: string;
}

export class ProgressReportAnswer extends ReportAnswer {
  readonly rows: ProgressRow[];
}

export class SavingsQuery extends PeriodQuery {
  /** What a row stands for. */
  @ApiPropertyOptional({ enum: savingsGroupings, default: 'kind' })
  @Optional()
  @IsIn(savingsGroupings)
  readonly by?: (typeof savingsGroupings)[number];
}

/** Money is đồng a year. */
class SavingsFields {
  /** Those that are not withdrawn. */
  readonly procedures: number;
  /** Before their first implemented option, else before their latest, else as their review says. */
  readonly before: number;
  /** Of options that were proposed and not returned, failed or rejected since; with a period, what came in it. */
  readonly promised: number;
  /** Of these, those that were approved, or came further; with a period, what came in it. */
  readonly approved: number;
  /** Of these, those that were implemented; what was abolished without an option saves all of its cost. With a period, what came in it. */
  readonly implemented: number;
  /** As it was found afterwards. */
  readonly measured: number;
  /** Implemented ÷ before: two decimals, half up; null where nothing is known of the cost before. */
  @ApiProperty({ type: String, nullable: true })
  readonly cutPercent: string | null;
}

class SavingsRow extends SavingsFields {
  /** Kind, group (`none` where there is none), field as fields are compared, or unit id. */
  readonly key: string;
  @ApiPropertyOptional({ enum: kinds })
  readonly kind?: string;
  @ApiPropertyOptional({ enum: [...groups, null], nullable: true })
  readonly group?: string | null;
  /** As fields are compared. */
  readonly field?: string;
  /** As it was written. */
  readonly fieldName?: string;
  /** Unit id: owned by it, without what is owned below it. */
  readonly unit?: string;
  readonly unitName?: string;
}

export class SavingsAnswer extends PagedReportAnswer {
  readonly rows: SavingsRow[];
  /** Of all rows; the percentage is that of the sums. */
  readonly totals: SavingsFields;
}
