import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsUUID } from 'class-validator';
import { mostCharacters } from '#procedures';
import { mostSteps, reorganisationStates, stepKinds } from '#reorganisation';
import { UnmetAnswer } from '../definitions/definitions.dto.js';
import { CalendarDate, Line, Nested, NestedList, Optional, Text, Texts } from '../http/shape.js';
import { AsOfAnswer, TotalAnswer } from '../reading/answers.dto.js';
import { ReadQuery } from '../reading/reading.dto.js';

const mostFields = { items: 200, characters: mostCharacters.field };
const mostProcedures = 2_000;

class OfficialDecisionDto {
  @Line(mostCharacters.number)
  readonly number: string;

  /** Not later than today. */
  @CalendarDate()
  readonly date: string;
}

class SplitPartDto {
  @Texts(mostFields)
  @ArrayMinSize(1)
  readonly fields: string[];

  /** Unit id. */
  @IsUUID()
  readonly to: string;
}

class SuccessorDto {
  /** Unit id: one that ends. */
  @IsUUID()
  readonly unit: string;

  /** Unit id. */
  @IsUUID()
  readonly into: string;
}

/** What becomes of units. Which fields a step has follows from its kind; no other is taken. */
export class StepDto {
  /**
   * `merge`: `unit` becomes part of `into`. `split`: `parts` of what `unit` keeps go to others, and `rest` keeps what is left. `transfer`: `fields` or
   * `procedures` go from `unit` to `to`. `end-level`: all units directly `below` end.
   */
  @ApiProperty({ enum: stepKinds })
  @IsIn(stepKinds)
  readonly kind: (typeof stepKinds)[number];

  /** Unit id. */
  @Optional()
  @IsUUID()
  readonly unit?: string;

  /** Unit id. */
  @Optional()
  @IsUUID()
  readonly into?: string;

  @ApiPropertyOptional()
  @Optional()
  @NestedList(() => SplitPartDto, { least: 1, most: 50 })
  readonly parts?: SplitPartDto[];

  /** Unit id: the unit itself, which then goes on, or another one, and then it ends. */
  @Optional()
  @IsUUID()
  readonly rest?: string;

  /** Unit id. */
  @Optional()
  @IsUUID()
  readonly to?: string;

  @ApiPropertyOptional()
  @Optional()
  @Texts(mostFields)
  @ArrayMinSize(1)
  readonly fields?: string[];

  /** Procedure ids, instead of fields. */
  @ApiPropertyOptional({ maxItems: mostProcedures })
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(mostProcedures)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  readonly procedures?: string[];

  /** Unit id. */
  @Optional()
  @IsUUID()
  readonly below?: string;

  /** What succeeds single ones of the units that end. (Default: the unit above) */
  @ApiPropertyOptional()
  @Optional()
  @NestedList(() => SuccessorDto, { most: 200 })
  readonly successors?: SuccessorDto[];
}

export class ReorganisationDto {
  @Line(mostCharacters.title)
  readonly title: string;

  /** By which it was decided. */
  @Nested(() => OfficialDecisionDto)
  readonly decision: OfficialDecisionDto;

  /** The day on which it is done, today or later. */
  @CalendarDate()
  readonly effectiveOn: string;

  @NestedList(() => StepDto, { least: 1, most: mostSteps })
  readonly steps: StepDto[];
}

export class CancelReorganisationDto {
  @Text(mostCharacters.reason)
  readonly reason: string;
}

/** What a step moves, as far as the caller sees it. */
class MovedAnswer {
  readonly procedures: TotalAnswer;
  /** Of these, how many somebody has claimed. */
  readonly claims: number;
  /** Unit ids: those that end by it. */
  readonly ending: string[];
  /** People with a role at a unit that ends; it goes along with a merge and counts no more where the unit is closed. */
  readonly people: number;
  /** Service accounts. */
  readonly programs: number;
  /** Of the units that end: what they are asked and have not answered, up to 200. */
  readonly openTasks: TotalAnswer;
  /** Of the units that end: targets set to them alone. */
  readonly targets: number;
  /** Of the units that end: recommendations that are not remedied. */
  readonly recommendations: number;
}

export class PreviewAnswer {
  readonly asOf: AsOfAnswer;
  /** By step. */
  readonly steps: MovedAnswer[];
  /** What stands against it, the path being `steps.0` for the first step; nothing where it can be planned. */
  readonly unmet: UnmetAnswer[];
}

class StepProgressAnswer {
  @ApiProperty({ enum: ['waiting', 'running', 'halted', 'done', 'cancelled'] })
  readonly state: string;
  /** Procedures that were given to another unit so far, as far as the caller is cleared. */
  readonly moved: number;
}

class SummaryAnswer {
  readonly id: string;
  readonly title: string;
  readonly decision: OfficialDecisionDto;
  readonly effectiveOn: string;
  /** `halted`: something stands against going on. `cancelled`: what was done stays. */
  @ApiProperty({ enum: reorganisationStates })
  readonly state: (typeof reorganisationStates)[number];
}

class ListedReorganisationAnswer extends SummaryAnswer {
  readonly steps: number;
  /** How many of the steps are done. */
  readonly done: number;
}

export class ReorganisationsAnswer {
  readonly asOf: AsOfAnswer;
  readonly items: ListedReorganisationAnswer[];
  readonly nextCursor: string | null;
}

export class ReorganisationAnswer extends SummaryAnswer {
  /** For `If-Match`. */
  readonly revision: number;
  /** As they were planned; of single procedures those that the caller sees. */
  readonly steps: StepDto[];
  readonly progress: StepProgressAnswer[];
  /** Person id: by whose rights it is done. */
  readonly by: string;
  readonly begunOn: string | null;
  readonly completedOn: string | null;
  /** Why it stands still. */
  readonly unmet: UnmetAnswer[];
  /** Why it was cancelled. */
  readonly reason: string | null;
  /** Nobody amends a plan that names procedures which they do not see. */
  @ApiProperty({ enum: ['amend', 'cancel', 'resume'], isArray: true })
  readonly allowed: ('amend' | 'cancel' | 'resume')[];
}

export class SuccessorsQuery extends ReadQuery {
  /** A part of a name of any time, without accents and case. */
  @Line(200)
  readonly name: string;
}

class SuccessionAnswer {
  @ApiProperty({ enum: ['merged', 'given', 'closed'] })
  readonly how: 'merged' | 'given' | 'closed';
  /** Unit ids. */
  readonly from: string;
  readonly to: string;
  /** Id of the reorganisation by which it was given. */
  readonly reorganisation: string | null;
  readonly on: string | null;
  @ApiProperty({ type: OfficialDecisionDto, nullable: true })
  readonly decision: OfficialDecisionDto | null;
}

class SuccessorAnswer {
  /** Unit id. */
  readonly unit: string;
  readonly name: string;
  /** What it was given of the old unit's; null for everything that nobody else was given. */
  @ApiProperty({ type: [String], nullable: true })
  readonly fields: string[] | null;
  /** The way from the old unit to it; empty where it is the same. */
  readonly by: SuccessionAnswer[];
}

class FormerNameAnswer {
  /** Unit id: which had the name. */
  readonly unit: string;
  readonly name: string;
  /** ISO 8601 UTC. */
  readonly since: string;
  /** Null for the name that it has. */
  readonly until: string | null;
  readonly closed: boolean;
  readonly successors: SuccessorAnswer[];
}

export class SuccessorsAnswer {
  readonly asOf: AsOfAnswer;
  /** At most 50; names that are just this come first. */
  readonly items: FormerNameAnswer[];
}
