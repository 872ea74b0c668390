import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import type { DueRange } from '#deadlines';
import { groups, kinds, punctualityMeasures } from '#workflow';
import { CalendarDate, Optional } from '../http/shape.js';
import { StandingAnswer } from '../programmes/programmes.dto.js';
import { ReadQuery, RegisterQuery } from '../reading/reading.dto.js';
import { ReportAnswer } from './report-answers.dto.js';

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
