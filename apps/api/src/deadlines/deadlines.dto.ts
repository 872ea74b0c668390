import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsUUID } from 'class-validator';
import { deadlineStates, dueRanges } from '#deadlines';
import type { DueRange } from '#deadlines';
import { by, Optional } from '../http/shape.js';
import { AsOfAnswer } from '../reading/answers.dto.js';
import { PageQuery } from '../reading/reading.dto.js';

const areStates = (value: unknown): boolean =>
  typeof value === 'string' && value.split(',').every((one) => deadlineStates.some((state) => state === one));

export class DeadlinesQuery extends PageQuery {
  /** One or several of `open`, `warned` and `missed`, with commas between. (Default: all) */
  @ApiPropertyOptional({ type: 'string', examples: ['open,warned,missed'] })
  @Optional()
  @by('states', areStates, `must be of ${deadlineStates.join(', ')}`)
  readonly state?: string;

  /** Unit id: owned by it or by a unit below. */
  @Optional()
  @IsUUID()
  readonly unit?: string;

  /** How many working days off it is due, as the report `overdue` counts it; what is due today has none left. (Default: any) */
  @ApiPropertyOptional({ enum: dueRanges })
  @Optional()
  @IsIn(dueRanges)
  readonly due?: DueRange;
}

class DeadlineFields {
  /** What has to be done in time; null where the limit is one of a stay in a stage. */
  readonly action: string | null;
  /** The stage whose stay is limited; null for the limit of an action. */
  readonly stage: string | null;
  /** ISO 8601 UTC. */
  readonly startedAt: string;
  /** ISO 8601 UTC; null while it stands still, and where its calendar does not cover the time. */
  readonly dueAt: string | null;
  /** Whether it stands still. */
  readonly stopped: boolean;
  /** Whether it was missed so long ago that it was escalated. */
  readonly escalated: boolean;
  /** The version that it was counted by; null where every day counts. */
  readonly calendarVersion: number | null;
}

class DeadlineAnswer extends DeadlineFields {
  /** Procedure id. */
  readonly procedure: string;
  readonly title: string;
  /** Unit id. */
  readonly owningUnit: string;
  @ApiProperty({ enum: deadlineStates })
  readonly state: string;
}

export class DeadlinesAnswer {
  /** The next due first. */
  readonly items: DeadlineAnswer[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
  readonly asOf: AsOfAnswer;
}

class DeadlineRunAnswer extends DeadlineFields {
  /** `met` in time or `late`; `dropped` when there was nothing to be done any more. */
  @ApiProperty({ enum: [...deadlineStates, 'met', 'late', 'dropped'] })
  readonly state: string;
  /** The date on which it was done or dropped; null while it runs. */
  readonly endedOn: string | null;
}

export class ProcedureDeadlinesAnswer {
  /** In the order in which they started. */
  readonly items: DeadlineRunAnswer[];
  readonly asOf: AsOfAnswer;
}
