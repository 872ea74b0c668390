import { ApiProperty } from '@nestjs/swagger';
import { parameterNames } from '#workflow';
import type { ParameterName } from '#workflow';
import { CalendarDate, Line, Whole } from '../http/shape.js';

export class SetParameterDto {
  /** Whole đồng; of `periodLastDay` a day from 1 to 31. */
  @Whole({ least: 1, most: 100_000_000 })
  readonly value: number;

  /** Where the figure comes from. */
  @Line(1_000)
  readonly source: string;

  /** The first day on which it holds. */
  @CalendarDate()
  readonly validFrom: string;
}

class ParameterVersionAnswer extends SetParameterDto {
  readonly version: number;
}

export class ParameterAnswer {
  @ApiProperty({ enum: parameterNames })
  readonly name: ParameterName;
  /** That holds today; null while none does. */
  @ApiProperty({ type: () => ParameterVersionAnswer, nullable: true })
  readonly inForce: ParameterVersionAnswer | null;
  /** Oldest first. */
  readonly versions: ParameterVersionAnswer[];
}

export class ParametersAnswer {
  readonly items: ParameterAnswer[];
}

export class ParameterSetAnswer {
  @ApiProperty({ enum: parameterNames })
  readonly id: ParameterName;
  readonly version: number;
  readonly revision: number;
  /** Of the newest event, decimal. */
  readonly position: string;
}
