import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { mostCharacters } from '#procedures';
import { metrics, programmeActions } from '#programmes';
import type { IndicatorMetric, Metric } from '#programmes';
import { groups, kinds } from '#workflow';
import { AdministeredAnswer } from '../administration/administered.js';
import { by, CalendarDate, InsteadOf, Line, Nested, Optional, Text, Unless, Whole } from '../http/shape.js';
import { AsOfAnswer } from '../reading/answers.dto.js';
import { RegisterQuery } from '../reading/reading.dto.js';

/** Whether the text is a percentage above 0 and up to 100, with two decimals at most. */
const isPercentage = (value: unknown): boolean =>
  typeof value === 'string' && /^\d{1,3}(\.\d{1,2})?$/.test(value) && Number(value) > 0 && Number(value) <= 100;
/** Whether the text is a number above 0 that is counted exactly, with two decimals at most. */
const isWhole = (value: unknown): boolean => typeof value === 'string' && /^\d{1,15}(\.\d{1,2})?$/.test(value) && Number(value) > 0;
const isMetric = (value: unknown): boolean => metrics.some((metric) => metric === value) || isIndicator(value);
/** What units report themselves. */
const isIndicator = (metric: unknown): boolean => typeof metric === 'string' && /^indicator:\S/u.test(metric);

export class MakeProgrammeDto {
  @Line(50)
  readonly code: string;

  @Line(mostCharacters.title)
  readonly title: string;

  /** The first day. */
  @CalendarDate()
  readonly from: string;

  /** The last day. */
  @CalendarDate()
  readonly to: string;
}

/** Which procedures count. What is left out does not matter. */
class ScopeDto extends PickType(RegisterQuery, ['kind', 'group', 'unit']) {
  @Optional()
  @Line(mostCharacters.field)
  readonly field?: string;
}

/** Against what a cut is measured: one of both. */
class BaselineDto {
  /** What a year cost at its end. */
  @Unless('value')
  @Whole({ least: 1945, most: 2200 })
  readonly year?: number;

  /** A whole that is stated, such as "1500000000". */
  @Optional()
  @InsteadOf('year')
  @by('whole', isWhole, 'must be a number above 0 in text, with two decimals at most')
  readonly value?: string;
}

export class SetTargetDto {
  /** published, optionProposed, optionApproved, simplified, proceduresCut, costCut, timeCut, conditionsCut, or `indicator:` with the code of an indicator. */
  @ApiProperty({ type: String })
  @Line(60)
  @by('metric', isMetric, `must be one of ${metrics.join(', ')}, or indicator:<code>`)
  readonly metric: Metric | IndicatorMetric;

  /**
   * Percentage.
   * @example "20"
   */
  @by('percentage', isPercentage, 'must be a percentage in text above 0 and up to 100, with two decimals at most')
  readonly threshold: string;

  /** The last day. */
  @CalendarDate()
  readonly deadline: string;

  /** (Default: every procedure) */
  @Optional()
  @Nested(() => ScopeDto)
  readonly scope?: ScopeDto;

  /** For cuts of cost, time and conditions. (Default: as it was before) */
  @Optional()
  @Nested(() => BaselineDto)
  readonly baseline?: BaselineDto;
}

/** Whether the text is a percentage as papers state it. */
const isStated = (value: unknown): boolean => typeof value === 'string' && /^\d{1,3}(\.\d{1,2})?$/.test(value);

class PublishingPaperDto {
  @Line(mostCharacters.number)
  readonly number: string;

  /** Not after today. */
  @CalendarDate()
  readonly date: string;
}

export class StateFigureDto {
  /**
   * Percentage, as the paper has it.
   * @example "33.9"
   */
  @by('stated', isStated, 'must be a percentage in text, with two decimals at most')
  readonly value: string;

  /** Where it is published. */
  @Nested(() => PublishingPaperDto)
  readonly document: PublishingPaperDto;
}

export class ProgrammeReasonDto {
  @Text(mostCharacters.reason)
  readonly reason: string;
}

export class TargetSetAnswer extends AdministeredAnswer {
  /** Id of the target. */
  readonly target: string;
}

const targetStates = ['active', 'withdrawn', 'closed'] as const;

class BaselineAnswer {
  readonly year?: number;
  readonly value?: string;
}

class ScopeAnswer {
  @ApiPropertyOptional({ enum: kinds })
  readonly kind?: string;
  @ApiPropertyOptional({ enum: groups })
  readonly group?: string;
  /** Unit id. */
  readonly unit?: string;
  readonly field?: string;
}

class PublishedFigureAnswer {
  /** Percentage in text, as the paper has it. */
  readonly value: string;
  readonly document: PublishingPaperDto;
}

export class TargetAnswer {
  readonly id: string;
  /** `active`, or `closed` with its programme. */
  @ApiProperty({ enum: targetStates })
  readonly state: string;
  /** As it was set. */
  readonly metric: string;
  readonly scope: ScopeAnswer;
  /** Percentage in text. */
  readonly threshold: string;
  readonly deadline: string;
  readonly baseline?: BaselineAnswer;
  /** What a paper says that it stands at; never counted. */
  readonly published?: PublishedFigureAnswer;
}

export class ProgrammeAnswer {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly from: string;
  readonly to: string;
  @ApiProperty({ enum: ['open', 'closed'] })
  readonly state: string;
  /** Oldest first. */
  readonly targets: TargetAnswer[];
  /** What the caller may do with it. */
  @ApiProperty({ enum: programmeActions, isArray: true })
  readonly allowed: string[];
}

export class ProgrammesAnswer {
  /** Whether the caller may begin one. */
  @ApiProperty({ enum: programmeActions, isArray: true })
  readonly allowed: string[];
  /** Newest first. */
  readonly items: ProgrammeAnswer[];
  @ApiProperty({ type: String, nullable: true })
  readonly nextCursor: string | null;
  readonly asOf: AsOfAnswer;
}

export class StandingAnswer extends TargetAnswer {
  /** Procedures, đồng a year, days or conditions. */
  readonly numerator: number;
  readonly denominator: number;
  /** Percentage with two decimals, half up; null where the denominator is 0. */
  @ApiProperty({ type: String, nullable: true })
  readonly value: string | null;
  /** "100.00" where it is reached, else value ÷ threshold × 100. */
  @ApiProperty({ type: String, nullable: true })
  readonly score: string | null;
  readonly reached: boolean;
  /** Percentage points a day since the programme began. */
  @ApiProperty({ type: String, nullable: true })
  readonly pace: string | null;
  /** The day on which it is reached at that pace; null where it is reached, or not at this pace. */
  @ApiProperty({ type: String, nullable: true })
  readonly forecastOn: string | null;
  /** From tomorrow up to the deadline; null where no calendar covers it. */
  @ApiProperty({ type: Number, nullable: true })
  readonly workingDaysLeft: number | null;
  readonly overdue: boolean;
  /** Procedures that are left out because nothing says what they cost. */
  readonly withoutBaseline?: number;
}

export class ProgressAnswer {
  readonly asOf: AsOfAnswer;
  readonly targets: StandingAnswer[];
}
