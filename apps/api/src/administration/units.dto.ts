import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsUUID } from 'class-validator';
import { levels } from '#workflow';
import type { Level } from '#workflow';
import { UnitAnswer } from '../auth/auth.dto.js';
import { Line, Nullable, Optional, Text } from '../http/shape.js';

class UnitInTree extends UnitAnswer {
  /** Unit id; null for a ministry. */
  readonly parent: string | null;
  /** It takes nothing on any more. */
  readonly closed: boolean;
  /** The unit that it has become part of. */
  readonly mergedInto: string | null;
  /** Whether the caller administers it. */
  readonly administered: boolean;
}

export class UnitsAnswer {
  readonly items: UnitInTree[];
}

class CountAnswer {
  readonly count: number;
  /** Whether there are more than that. */
  readonly more: boolean;
}

/** What was merged into the unit counts as its own. */
export class UnitUseAnswer {
  /** Those who hold a role at it, now or on a day to come. */
  readonly people: number;
  /** Service accounts that do. */
  readonly programs: number;
  /** Those that it owns, as far as the caller sees them. */
  readonly procedures: CountAnswer;
  /** What it is asked and has not answered, as far as the caller's clearance goes. */
  readonly openTasks: CountAnswer;
  /** Open units below it. */
  readonly unitsBelow: number;
}

export class RenameUnitDto {
  @Line(200)
  readonly name: string;
}

export class RegisterUnitDto extends RenameUnitDto {
  @ApiProperty({ enum: levels })
  @IsIn(levels)
  readonly level: Level;

  /** Unit id. */
  @Nullable()
  @IsUUID()
  readonly parent?: string | null;
}

export class MoveUnitDto {
  /** Unit id. */
  @IsUUID()
  readonly parent: string;
}

export class MergeUnitDto {
  /** Unit id. */
  @IsUUID()
  readonly into: string;
}

export class CloseUnitDto {
  @Optional()
  @Text(1_000)
  readonly reason?: string;
}
