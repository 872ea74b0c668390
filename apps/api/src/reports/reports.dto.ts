import { ApiProperty } from '@nestjs/swagger';
import { groups, kinds, punctualityMeasures } from '#workflow';
import { CalendarDate, Optional } from '../http/shape.js';
import { AsOfAnswer } from '../reading/answers.dto.js';
import { RegisterQuery } from '../reading/reading.dto.js';

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
