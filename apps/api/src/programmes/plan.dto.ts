import { ApiProperty } from '@nestjs/swagger';
import { metrics } from '#programmes';
import { everyAction } from '#workflow';
import { AsOfAnswer } from '../reading/answers.dto.js';

const stayBases = ['p90', 'limit', 'assumed'] as const;

class DefinitionVersionAnswer {
  readonly id: string;
  readonly version: number;
}

class PlannedStepAnswer {
  readonly stage: string;
  @ApiProperty({ enum: everyAction })
  readonly action: string;
  /** Working days that a procedure is expected to wait in the stage. */
  readonly days: number;
  /** `p90`: nine of ten that left the stage were there no longer; `limit`: the lifecycle says so; `assumed`: nothing is known. */
  @ApiProperty({ enum: stayBases })
  readonly basis: string;
  /** The last day on which it can be done so that the steps after it have their time; null where no calendar covers it. */
  @ApiProperty({ type: String, nullable: true })
  readonly latestOn: string | null;
}

class AlikeWayAnswer {
  readonly definition: DefinitionVersionAnswer;
  readonly kind: string;
  @ApiProperty({ type: String, nullable: true })
  readonly group: string | null;
  /** Where the procedures stand. */
  readonly stage: string;
  readonly procedures: number;
  /** Null where no way leads from there to the target. */
  @ApiProperty({ type: [PlannedStepAnswer], nullable: true })
  readonly steps: PlannedStepAnswer[] | null;
}

class HoldingUnitAnswer {
  /** Unit id. */
  readonly unit: string;
  readonly unitName: string;
  /** Its procedures that do not count yet. */
  readonly procedures: number;
  /** Of these, those whose next step is past its last day. */
  readonly late: number;
  /** Of these, those that no way leads on. */
  readonly stuck: number;
  /** The first last day of a next step. */
  @ApiProperty({ type: String, nullable: true })
  readonly nextOn: string | null;
}

class HoldingProcedureAnswer {
  /** Procedure id. */
  readonly procedure: string;
  readonly title: string;
  /** Unit id. */
  readonly unit: string;
  readonly unitName: string;
  readonly stage: string;
  /** What is to be done next; null where no way leads on. */
  @ApiProperty({ enum: everyAction, nullable: true })
  readonly action: string | null;
  /** The last day for it. */
  @ApiProperty({ type: String, nullable: true })
  readonly latestOn: string | null;
  readonly late: boolean;
  /** What it adds to the numerator once it counts; null where that is not known before. */
  @ApiProperty({ type: Number, nullable: true })
  readonly adds: number | null;
}

class FewestAnswer {
  readonly number: number;
  /** Whether these reach the target; otherwise they are all that there are. */
  readonly reaches: boolean;
  /** At most 100, those that add most first. */
  readonly procedures: HoldingProcedureAnswer[];
}

export class PlanAnswer {
  readonly asOf: AsOfAnswer;
  /** Id of the target. */
  readonly target: string;
  @ApiProperty({
    anyOf: [
      { type: 'string', enum: [...metrics] },
      { type: 'string', pattern: '^indicator:' },
    ],
  })
  readonly metric: string;
  readonly threshold: string;
  readonly deadline: string;
  @ApiProperty({ type: String, nullable: true })
  readonly value: string | null;
  readonly reached: boolean;
  @ApiProperty({ type: Number, nullable: true })
  readonly workingDaysLeft: number | null;
  /** What the numerator lacks: procedures, or đồng a year; null where the denominator moves along with it or is 0. */
  @ApiProperty({ type: Number, nullable: true })
  readonly missing: number | null;
  /** Procedures that do not count yet, those that stand alike together, the most urgent first; none of a target that is reached, nor `units` and `procedures`. */
  readonly ways: AlikeWayAnswer[];
  readonly units: HoldingUnitAnswer[];
  /** At most 100, the most urgent first. */
  readonly procedures: HoldingProcedureAnswer[];
  /** Null where it cannot be told. */
  @ApiProperty({ type: FewestAnswer, nullable: true })
  readonly fewest: FewestAnswer | null;
}
