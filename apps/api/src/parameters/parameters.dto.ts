import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
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
  /** The day on which it was set; left out where that was not kept. */
  @ApiPropertyOptional()
  readonly setOn?: string;
}

export class ParameterAnswer {
  @ApiProperty({ enum: parameterNames })
  readonly name: ParameterName;
  /** That holds today; null while none does. */
  @ApiProperty({ type: () => ParameterVersionAnswer, nullable: true })
  readonly inForce: ParameterVersionAnswer | null;
  /** Oldest first: the newest, or the newest before what the page before began with. */
  readonly versions: ParameterVersionAnswer[];
  /** Of the page of older ones; null where there are none. */
  @ApiProperty({ type: String, nullable: true })
  readonly nextCursor: string | null;
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
