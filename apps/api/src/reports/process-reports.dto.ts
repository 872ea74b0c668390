import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { groups, kinds, roles } from '#workflow';
import { Optional } from '../http/shape.js';
import { ReportAnswer } from './report-answers.dto.js';
import { PeriodQuery } from './report-queries.dto.js';

/** The stays that ended in the period. */
export class CycleTimesQuery extends PeriodQuery {}

class CycleTimesRow {
  /** Kind, group and stage. */
  readonly key: string;
  @ApiProperty({ enum: kinds })
  readonly kind: string;
  @ApiProperty({ enum: [...groups, null], nullable: true })
  readonly group: string | null;
  readonly stage: string;
  /** Stays that ended. */
  readonly count: number;
  /** Working days, those of suspensions left out; of an even number the mean of the two in the middle. */
  @ApiProperty({ type: Number, nullable: true })
  readonly median: number | null;
  /** Working days in which nine of ten stays were over. */
  @ApiProperty({ type: Number, nullable: true })
  readonly p90: number | null;
  /** Of the days of all stages of its kind and group, text with two decimals. */
  @ApiProperty({ type: String, nullable: true })
  readonly share: string | null;
  /** Whether no stage of its kind and group took more of the days. */
  readonly bottleneck: boolean;
  /** Of `count`, those that no calendar covers. */
  readonly unknown: number;
}

export class CycleTimesAnswer extends ReportAnswer {
  readonly rows: CycleTimesRow[];
}

/** What was done in the period. */
export class ActivityQuery extends PeriodQuery {
  @ApiPropertyOptional({ enum: roles })
  @Optional()
  @IsIn(roles)
  readonly role?: string;
}

class ActivityCounts {
  readonly registered: number;
  readonly amended: number;
  readonly built: number;
  readonly reviewed: number;
  readonly proposed: number;
  readonly returned: number;
  readonly published: number;
  readonly disclosed: number;
  readonly reviewsAssigned: number;
  readonly optionsProposed: number;
  readonly optionsChecked: number;
  readonly optionsReturned: number;
  readonly optionsApproved: number;
  readonly optionsRejected: number;
  readonly optionsImplemented: number;
  readonly abolished: number;
  readonly withdrawn: number;
  readonly suspended: number;
  readonly resumed: number;
  readonly applied: number;
  readonly audited: number;
  readonly corrected: number;
  readonly migrated: number;
  readonly total: number;
  /** Returns among all that was done, text with two decimals. */
  @ApiProperty({ type: String, nullable: true })
  readonly returnedPercent: string | null;
}

class ActivityRow extends ActivityCounts {
  /** The unit, or `system`. */
  readonly key: string;
  /** Unit id: for which it was done; null for what the system did. */
  @ApiProperty({ type: String, nullable: true })
  readonly unit: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly unitName: string | null;
}

export class ActivityAnswer extends ReportAnswer {
  readonly rows: ActivityRow[];
  readonly totals: ActivityCounts;
}

/** Options to which something happened in the period, and procedures without any that were registered, published or asked for options in it. */
export class ReviewResultsQuery extends PeriodQuery {}

const text = ApiProperty({ type: String, nullable: true });
const money = ApiProperty({ type: Number, nullable: true, description: 'Đồng a year.' });

class ReviewResultsRow {
  /** The procedure and the option. */
  readonly key: string;
  /** From 1, through all pages. */
  readonly no: number;
  /** Id of the procedure. */
  readonly procedure: string;
  @text
  readonly code: string | null;
  readonly title: string;
  @ApiProperty({ enum: kinds })
  readonly kind: string;
  @ApiProperty({ enum: [...groups, null], nullable: true })
  readonly group: string | null;
  readonly field: string;
  /** Unit id of the owner. */
  readonly unit: string;
  readonly unitName: string;
  /** Of the newest decision that published it, which may cover many procedures. */
  @text
  readonly publicationNumber: string | null;
  @text
  readonly publicationOn: string | null;
  /** Id of the option; null for a procedure without any. */
  @text
  readonly option: string | null;
  @text
  readonly type: string | null;
  /** At most 500 characters of it. */
  @text
  readonly content: string | null;
  /** Titles and numbers, separated by semicolons; the first ten. */
  @text
  readonly documents: string | null;
  /** Whether the owner's service decides, or a level above. */
  @ApiProperty({ enum: ['own', 'proposedUp', null], nullable: true })
  readonly authority: string | null;
  @text
  readonly decisionNumber: string | null;
  @text
  readonly decisionOn: string | null;
  @money
  readonly costBefore: number | null;
  @money
  readonly costAfter: number | null;
  @money
  readonly saving: number | null;
  @text
  readonly cutPercent: string | null;
  /** Title and number of the document. */
  @text
  readonly implementedBy: string | null;
  @text
  readonly implementedOn: string | null;
  @text
  readonly roadmap: string | null;
  /** By when options were asked for. */
  @text
  readonly deadline: string | null;
  @text
  readonly status: string | null;
  /** Of its last return, rejection, failed check or suspension. */
  @text
  readonly delayReason: string | null;
}

export class ReviewResultsAnswer extends ReportAnswer {
  readonly rows: ReviewResultsRow[];
  /** Null on the last page. */
  @ApiProperty({ type: String, nullable: true })
  readonly nextCursor: string | null;
}
