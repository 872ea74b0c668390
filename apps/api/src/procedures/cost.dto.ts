import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { costParts, countLimits, mostCharacters, mostItems } from '#procedures';
import { CalendarDate, Hours, InsteadOf, Line, Nested, NestedList, Optional, Texts, Unless, Whole } from '../http/shape.js';

/** A line of the cost form: one document, submission, fee, inspection or collection. */
export class CostLineDto {
  @Optional()
  @Line(mostCharacters.label)
  readonly label?: string;

  /**
   * A decimal in text.
   * @example "10"
   */
  @Hours()
  readonly hours: string;

  /** Whole đồng. */
  @Whole()
  readonly fee: number;

  /** Whole đồng. */
  @Whole()
  readonly service: number;
}

class CostInputDto {
  /**
   * Path of the figure in the cost.
   * @example "lines.0.hours"
   */
  @Line(mostCharacters.input)
  readonly input: string;

  @Line(mostCharacters.source)
  readonly source: string;

  /** How it was got. */
  @Line(mostCharacters.method)
  readonly method: string;

  /**
   * Decimals in text, where sources differ: the lower middle one of them counts. (Default: there is one source)
   * @example ["8", "10", "12"]
   */
  @Optional()
  @Texts({ items: mostItems.figures, characters: mostCharacters.figures })
  readonly figures?: readonly string[];
}

/** What a procedure costs those who follow it, without the wage. */
export class CostSideDto {
  @NestedList(() => CostLineDto, { most: mostItems.lines })
  readonly lines: readonly CostLineDto[];

  /** How often each subject goes through it; left out where `everyYears` says so. */
  @Unless('everyYears')
  @Whole()
  readonly timesPerYear?: number | undefined;

  /**
   * Once in so many years, instead of `timesPerYear`: exactly one of both is given.
   * @example 3
   */
  @Optional()
  @InsteadOf('timesPerYear')
  @Whole(countLimits.everyYears)
  readonly everyYears?: number | undefined;

  @Whole()
  readonly subjectsPerYear: number;

  /** Where its figures come from. (Default: nobody says) */
  @Optional()
  @NestedList(() => CostInputDto, { most: mostItems.inputs })
  readonly inputs?: readonly CostInputDto[];
}

export class CostDto extends CostSideDto {
  /** Whole đồng. */
  @Whole()
  readonly hourlyWage: number;
}

export class ComplianceCostDto {
  /** Whole đồng; the same before and after. */
  @Whole()
  readonly hourlyWage: number;

  @Nested(() => CostSideDto)
  readonly before: CostSideDto;

  @Nested(() => CostSideDto)
  readonly after: CostSideDto;
}

export class EvidenceDto {
  @Line(mostCharacters.title)
  readonly title: string;

  @Optional()
  @Line(mostCharacters.number)
  readonly number?: string;

  /** Not after today. */
  @CalendarDate()
  readonly date: string;
}

export class MeasurementDto {
  /** An option that is implemented. (Default: what the procedure costs as it stands is measured) */
  @Optional()
  @IsUUID()
  readonly optionId?: string;

  /** Of an option: counted with its hourly wage. */
  @Nested(() => CostDto)
  readonly cost: CostDto;

  /** The paper that shows how it was counted. */
  @Nested(() => EvidenceDto)
  readonly evidence: EvidenceDto;

  /** The date on which it was measured. (Default: today) */
  @Optional()
  @CalendarDate()
  readonly occurredOn?: string;
}

export class YearlyCost {
  /** Whole đồng for one time. */
  readonly once: number;
  /** Whole đồng a year. */
  readonly year: number;
}

export class MeasuredAnswer {
  @ApiProperty({ format: 'date' })
  readonly on: string;
  readonly cost: CostDto;
  readonly figures: YearlyCost;
  readonly evidence: EvidenceDto;
}

export class SavingAnswer {
  readonly before: YearlyCost;
  readonly after: YearlyCost;
  /** Whole đồng a year. */
  readonly saving: number;
  /** With two decimals; null when nothing was spent before. */
  readonly cutPercent: string | null;
}

export class SensitivityDto extends ComplianceCostDto {
  /** By how much less and more. (Default: 20) */
  @Optional()
  @Whole({ least: 1, most: 99 })
  readonly percent?: number;
}

class SensitiveOutcome {
  /** Whole đồng a year. */
  readonly saving: number;
  /** With two decimals; null when nothing was spent before. */
  @ApiProperty({ type: 'string', nullable: true })
  readonly cutPercent: string | null;
}

class PartSensitivity {
  @ApiProperty({ enum: costParts })
  readonly part: string;
  readonly low: SensitiveOutcome;
  readonly high: SensitiveOutcome;
}

export class SensitivityAnswer {
  readonly percent: number;
  readonly parts: PartSensitivity[];
}
