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
}

export class UnitsAnswer {
  readonly items: UnitInTree[];
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
