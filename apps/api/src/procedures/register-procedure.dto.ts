import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsUUID } from 'class-validator';
import { classifications, groups, kinds } from '#workflow';
import type { Classification, Group, Kind } from '#workflow';
import { confirmable, mostCharacters } from '#procedures';
import type { Confirmable } from '#procedures';
import { CalendarDate, Confirmations, Line, Nested, OfficialCode, Optional } from '../http/shape.js';
import { PartsDto } from './parts.dto.js';

/** What a registration says of a procedure besides its parts. */
export class DescribedDto {
  @Line(mostCharacters.title)
  readonly title: string;

  /** The official one, unique whatever its case, width and spaces: Latin letters, digits and signs. */
  @Optional()
  @OfficialCode()
  readonly code?: string;

  @ApiProperty({ enum: kinds })
  @IsIn(kinds)
  readonly kind: Kind;

  /** For internal procedures, and only for them. */
  @ApiPropertyOptional({ enum: groups })
  @Optional()
  @IsIn(groups)
  readonly group?: Group;

  @Line(mostCharacters.field)
  readonly field: string;

  /** Unit id. */
  @IsUUID()
  readonly owningUnit: string;

  /** mật, tối mật, tuyệt mật: seen and counted only with that clearance; from secret on without parts. (Default: none) */
  @ApiPropertyOptional({ enum: classifications })
  @Optional()
  @IsIn(classifications)
  readonly classification?: Classification;
}

export class RegisterProcedureDto extends DescribedDto {
  @Optional()
  @Nested(() => PartsDto)
  readonly parts?: PartsDto;

  /** The date on which it happened on paper, not after today. (Default: today) */
  @Optional()
  @CalendarDate()
  readonly occurredOn?: string;

  @Confirmations(confirmable)
  readonly confirm?: Confirmable[];
}

/** What every accepted command is answered with. */
export class AcceptedAnswer {
  readonly id: string;
  /** 0 for the first event. */
  readonly revision: number;
  /** Of the newest event in the log, decimal. */
  readonly position: string;
  readonly stage: string;
  /** Event types. */
  readonly events: string[];
}
