import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { dueRanges } from '#deadlines';
import type { DueRange } from '#deadlines';
import { groups, kinds, punctualityMeasures } from '#workflow';
import { CalendarDate, Optional } from '../http/shape.js';
import { AsOfAnswer } from '../reading/answers.dto.js';
import { ReadQuery, RegisterQuery } from '../reading/reading.dto.js';

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

class FunnelRow {
  @ApiProperty({ enum: kinds })
  readonly kind: string;
  @ApiProperty({ enum: [...groups, null], nullable: true })
  readonly group: string | null;
  readonly stage: string;
  readonly count: number;
}

export class FunnelAnswer {
  readonly asOf: AsOfAnswer;
  readonly total: number;
  readonly rows: FunnelRow[];
}

class OnTimeRow {
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

export class OnTimeReportAnswer {
  readonly asOf: AsOfAnswer;
  readonly rows: OnTimeRow[];
}

export class OverdueQuery extends RegisterQuery {}

export class WorkloadQuery extends ReadQuery {
  /** Unit id: owned by it or by a unit below. */
  @Optional()
  @IsUUID()
  readonly unit?: string;
}

class ReportParameters {
  @ApiPropertyOptional({ enum: kinds })
  readonly kind?: string;
  @ApiPropertyOptional({ enum: groups })
  readonly group?: string;
  readonly field?: string;
  /** Unit id. */
  readonly unit?: string;
}

class ReportColumn {
  readonly key: string;
  /** In the language that is accepted. */
  readonly title: string;
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

export class OverdueAnswer {
  readonly asOf: AsOfAnswer;
  readonly parameters: ReportParameters;
  readonly columns: ReportColumn[];
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

export class WorkloadAnswer {
  readonly asOf: AsOfAnswer;
  readonly parameters: ReportParameters;
  readonly columns: ReportColumn[];
  /** What either of two units may do stands at both. */
  readonly rows: WorkloadRow[];
}

const titles = {
  unit: { vi: 'Đơn vị', en: 'Unit' },
  owner: { vi: 'Cơ quan, đơn vị chủ trì', en: 'Owning unit' },
  waiting: { vi: 'Đang chờ', en: 'Waiting' },
  claimed: { vi: 'Đã có người nhận', en: 'Claimed' },
  lateOver10: { vi: 'Trễ trên 10 ngày làm việc', en: 'Late by more than 10 working days' },
  late6To10: { vi: 'Trễ 6–10 ngày làm việc', en: 'Late by 6 to 10 working days' },
  late1To5: { vi: 'Trễ đến 5 ngày làm việc', en: 'Late by up to 5 working days' },
  in0To5: { vi: 'Còn đến 5 ngày làm việc', en: 'Due within 5 working days' },
  in6To10: { vi: 'Còn 6–10 ngày làm việc', en: 'Due in 6 to 10 working days' },
  inOver10: { vi: 'Còn trên 10 ngày làm việc', en: 'Due in more than 10 working days' },
  undated: { vi: 'Chưa có hạn', en: 'Without a due date' },
  running: { vi: 'Tổng', en: 'Total' },
} as const;
type Column = keyof typeof titles;

export const overdueColumns: readonly Column[] = ['unit', ...dueRanges, 'running'];
export const workloadColumns: readonly Column[] = ['unit', 'owner', 'waiting', 'claimed'];
export const titled = (columns: readonly Column[], language: 'vi' | 'en'): ReportColumn[] =>
  columns.map((key) => ({ key, title: titles[key][language] }));
