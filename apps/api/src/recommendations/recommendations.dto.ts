import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { mostCharacters } from '#procedures';
import { remedyActions, remedyStates } from '#programmes';
import { CalendarDate, Optional, Text } from '../http/shape.js';

/** Of what was found, or is said to be so. */
export const mostEvidence = 5_000;

export class OccurredDto {
  /** The day on which it happened, not after today. (Default: today) */
  @Optional()
  @CalendarDate()
  readonly occurredOn?: string;
}

class OnRecommendationDto extends OccurredDto {
  /** Id of the recommendation. */
  @IsUUID()
  readonly recommendation: string;
}

export class ReportRemedyDto extends OnRecommendationDto {
  @Text(mostCharacters.content)
  readonly text: string;

  @Optional()
  @Text(mostEvidence)
  readonly evidence?: string;
}

export class AcceptRemedyDto extends OnRecommendationDto {}

export class ReturnRemedyDto extends OnRecommendationDto {
  @Text(mostCharacters.reason)
  readonly reason: string;
}

class RemedyAnswer {
  readonly text: string;
  readonly evidence?: string;
  readonly reportedOn: string;
  @ApiPropertyOptional({ enum: ['accepted', 'returned'] })
  readonly outcome?: string;
  readonly decidedOn?: string;
  /** Why it was returned. */
  readonly reason?: string;
}

class RemedyActionAnswer {
  @ApiProperty({ enum: remedyActions })
  readonly action: string;
  /** Codes; none where the caller may do it now. */
  readonly unmet: string[];
}

export class RecommendationAnswer {
  readonly id: string;
  readonly text: string;
  /** Unit id. */
  readonly owner: string;
  readonly dueOn: string;
  @ApiProperty({ enum: remedyStates })
  readonly state: string;
  /** From tomorrow up to the day, 0 after it; null where it is accepted, or no calendar covers it. */
  @ApiProperty({ type: Number, nullable: true })
  readonly workingDaysLeft: number | null;
  readonly overdue: boolean;
  /** Oldest first. */
  readonly remedies: RemedyAnswer[];
  /** What its state lets be done. */
  readonly allowed: RemedyActionAnswer[];
}
