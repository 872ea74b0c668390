import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsUUID, ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, Matches } from 'class-validator';
import { confirmable, mostCharacters, mostItems } from '#procedures';
import type { Confirmable } from '#procedures';
import { by, CalendarDate, Confirmations, fileHash, FileHashes, Line, Nested, Optional, Text, Whole } from '../http/shape.js';
import { CostDto } from './cost.dto.js';

/** What every body of an action may carry. */
export class ActionDto {
  @Optional()
  @Text(mostCharacters.comment)
  readonly comment?: string;

  /** Hashes of files that were uploaded to this procedure. */
  @Optional()
  @FileHashes()
  readonly attachments?: string[];

  /** The date on which it happened on paper, not after today. (Default: today) */
  @Optional()
  @CalendarDate()
  readonly occurredOn?: string;

  @Confirmations(confirmable)
  readonly confirm?: Confirmable[];
}

export class ReasonDto extends ActionDto {
  @Text(mostCharacters.reason)
  readonly reason: string;
}

export class DecisionDto {
  @Line(mostCharacters.number)
  readonly number: string;

  @CalendarDate()
  readonly date: string;

  @CalendarDate()
  readonly effectiveDate: string;

  /** Who decided; often no user of the system. */
  @Line(mostCharacters.signer)
  readonly signer: string;

  /** Hash of the signed scan, a file that was uploaded to this procedure. */
  @Optional()
  @Matches(fileHash, { message: 'must be the hash of a file' })
  readonly scan?: string;
}

export class TitledDocumentDto {
  @Line(mostCharacters.title)
  readonly title: string;

  @Line(mostCharacters.number)
  readonly number: string;

  @CalendarDate()
  readonly date: string;
}

class BuildDto extends ActionDto {
  @Nested(() => TitledDocumentDto)
  readonly document: TitledDocumentDto;
}

class ReviewDto extends ActionDto {
  @IsBoolean()
  readonly necessary: boolean;

  @IsBoolean()
  readonly withinPowers: boolean;

  @IsBoolean()
  readonly reasonable: boolean;

  @IsBoolean()
  readonly lawful: boolean;

  @Text(mostCharacters.findings)
  readonly findings: string;

  @Optional()
  @Nested(() => CostDto)
  readonly complianceCost?: CostDto;
}

class ProposalDocumentDto {
  @Line(mostCharacters.number)
  readonly number: string;

  @CalendarDate()
  readonly date: string;
}

class ProposeDto extends ActionDto {
  @Nested(() => ProposalDocumentDto)
  readonly document: ProposalDocumentDto;

  @Optional()
  @Text(mostCharacters.note)
  readonly note?: string;
}

class PublishDto extends ActionDto {
  @Nested(() => DecisionDto)
  readonly decision: DecisionDto;
}

class AbolishDto extends ReasonDto {
  /** Required once it was published. */
  @Optional()
  @Nested(() => DecisionDto)
  readonly decision?: DecisionDto;
}

class DiscloseDto extends ActionDto {
  @CalendarDate()
  readonly date: string;

  /** The reception office. */
  @Line(mostCharacters.office)
  readonly office: string;
}

class ApplyDto extends ActionDto {
  @CalendarDate()
  readonly date: string;
}

class AuditDto extends ActionDto {
  @CalendarDate()
  readonly date: string;

  @Text(mostCharacters.findings)
  readonly findings: string;
}

class AssignReviewDto extends ActionDto {
  /** Unit ids. */
  @ApiProperty({ maxItems: mostItems.units })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(mostItems.units)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  readonly units: string[];

  @CalendarDate()
  readonly dueOn: string;

  @Optional()
  @Text(mostCharacters.note)
  readonly note?: string;
}

class ResumeDto extends ActionDto {}

const isChanges = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0 && Object.keys(value).length <= 100;

class CorrectDto extends ReasonDto {
  /** Of the record that was mistyped. */
  @Whole({ most: 1_000_000 })
  readonly revision: number;

  /**
   * What it should read, by path in dot notation.
   * @example { "decision.number": "12/QĐ" }
   */
  @by('changes', isChanges, 'must name 1 to 100 fields with their values')
  readonly changes: Record<string, unknown>;
}

/** The body of each action that is not about an option. */
export const procedureActionBodies = {
  build: BuildDto,
  review: ReviewDto,
  propose: ProposeDto,
  publish: PublishDto,
  disclose: DiscloseDto,
  apply: ApplyDto,
  audit: AuditDto,
  'assign-review': AssignReviewDto,
  abolish: AbolishDto,
  withdraw: ReasonDto,
  suspend: ReasonDto,
  resume: ResumeDto,
  correct: CorrectDto,
} as const;
