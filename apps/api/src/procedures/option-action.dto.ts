import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsUUID } from 'class-validator';
import { mostCharacters, mostItems, optionTypes } from '#procedures';
import type { OptionType } from '#procedures';
import { CalendarDate, Line, Nested, NestedList, Optional, Text, Whole } from '../http/shape.js';
import { CostDto } from './cost.dto.js';
import { PartsDto } from './parts.dto.js';
import { ActionDto, DecisionDto, ReasonDto, TitledDocumentDto } from './procedure-action.dto.js';

/** Of days and conditions. */
const mostCounted = 100_000;

class DocumentToAmendDto {
  @Line(mostCharacters.title)
  readonly title: string;

  @Optional()
  @Line(mostCharacters.number)
  readonly number?: string;

  @Optional()
  @Line(mostCharacters.article)
  readonly article?: string;

  @Text(mostCharacters.change)
  readonly change: string;
}

class BeforeAfterDto {
  @Whole({ most: mostCounted })
  readonly before: number;

  @Whole({ most: mostCounted })
  readonly after: number;
}

export class OptionDto {
  @ApiProperty({ enum: optionTypes })
  @IsIn(optionTypes)
  readonly type: OptionType;

  @Text(mostCharacters.content)
  readonly content: string;

  @Text(mostCharacters.reason)
  readonly reason: string;

  @NestedList(() => DocumentToAmendDto, { least: 1, most: mostItems.documentsToAmend })
  readonly documentsToAmend: readonly DocumentToAmendDto[];

  @Nested(() => CostDto)
  readonly before: CostDto;

  @Nested(() => CostDto)
  readonly after: CostDto;

  @Optional()
  @Text(mostCharacters.roadmap)
  readonly roadmap?: string;

  /** Days that the procedure takes, before and after. (Default: as its parts say then) */
  @Optional()
  @Nested(() => BeforeAfterDto)
  readonly days?: BeforeAfterDto;

  /** Conditions that the procedure sets, before and after. (Default: they are not counted) */
  @Optional()
  @Nested(() => BeforeAfterDto)
  readonly conditions?: BeforeAfterDto;
}

class ProposeOptionDto extends ActionDto {
  @Nested(() => OptionDto)
  readonly option: OptionDto;
}

/** An action on an option. */
class OnOptionDto extends ActionDto {
  /** (Default: the option that is open) */
  @Optional()
  @IsUUID()
  readonly optionId?: string;
}

class CheckQualityDto extends OnOptionDto {
  @IsBoolean()
  readonly passed: boolean;

  @Text(mostCharacters.remarks)
  readonly remarks: string;
}

class ApproveOptionDto extends OnOptionDto {
  @Nested(() => DecisionDto)
  readonly decision: DecisionDto;
}

/** Of `reject-option`, and of `return`, which may be about an option. */
class OptionReasonDto extends ReasonDto {
  /** (Default: the option that is open) */
  @Optional()
  @IsUUID()
  readonly optionId?: string;
}

class AmendingDocumentDto extends TitledDocumentDto {
  @CalendarDate()
  readonly effectiveDate: string;
}

class ImplementOptionDto extends OnOptionDto {
  @Nested(() => AmendingDocumentDto)
  readonly document: AmendingDocumentDto;

  /** The parts as amended: the procedure's next version. */
  @Optional()
  @Nested(() => PartsDto)
  readonly parts?: PartsDto;
}

/** The body of each action that is about an option, or may be. */
export const optionActionBodies = {
  'propose-option': ProposeOptionDto,
  'check-quality': CheckQualityDto,
  'approve-option': ApproveOptionDto,
  'reject-option': OptionReasonDto,
  'implement-option': ImplementOptionDto,
  return: OptionReasonDto,
} as const;
