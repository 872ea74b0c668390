import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, IsUUID, MaxLength } from 'class-validator';
import { classifications, roles } from '#workflow';
import type { Classification, Role } from '#workflow';
import { by, CalendarDate, Line, Optional, Sought } from '../http/shape.js';
import { CursorQuery, isLimit, ReadQuery } from '../reading/reading.dto.js';

export class RegisterPersonDto {
  @Line(200)
  readonly name: string;

  @by(
    'username',
    (value) => typeof value === 'string' && /^[a-z0-9][a-z0-9._-]{1,63}$/i.test(value),
    'must have 2 to 64 of the characters a–z, 0–9, ".", "_" and "-", and start with a letter or figure',
  )
  readonly username: string;

  /** Left out for somebody who signs in elsewhere. */
  @Optional()
  @IsString()
  @MaxLength(200)
  readonly password?: string;

  /** At most that of whoever asks. (Default: none) */
  @ApiPropertyOptional({ enum: classifications })
  @Optional()
  @IsIn(classifications)
  readonly clearance?: Classification;

  /** Unit id: whose administrators look after the person while they hold no role. (Default: where the caller administers) */
  @Optional()
  @IsUUID()
  readonly unit?: string;
}

export class GrantRoleDto {
  @ApiProperty({ enum: roles })
  @IsIn(roles)
  readonly role: Role;

  /** Unit id. */
  @IsUUID()
  readonly unit: string;

  /** The first day on which it counts. (Default: at once) */
  @Optional()
  @CalendarDate()
  readonly from?: string;

  /** The last one. (Default: without end) */
  @Optional()
  @CalendarDate()
  readonly to?: string;
}

export class RevokeRoleQuery extends ReadQuery {
  /** Unit id. */
  @IsUUID()
  readonly unit: string;
}

export class ClearanceDto {
  @ApiProperty({ enum: classifications })
  @IsIn(classifications)
  readonly clearance: Classification;
}

export class ErasePersonDto {
  /** By what law or decision; it stands in the log for ever. */
  @Line(500)
  readonly legalBasis: string;

  /** Also for ever. */
  @Optional()
  @Line(500)
  readonly reason?: string;
}

export class PeopleQuery extends CursorQuery {
  /** Words of the name, and of the username for administrators of the person, in any case and without accents. */
  @Optional()
  @Sought(200)
  readonly q?: string;

  /** Unit id: of those who hold a role there or below, on whatever day, or hold none and are looked after there. */
  @Optional()
  @IsUUID()
  readonly unit?: string;

  /** Held on whatever day, at the unit where one is named. */
  @ApiPropertyOptional({ enum: roles })
  @Optional()
  @IsIn(roles)
  readonly role?: Role;

  /** Service accounts alone, or people alone. (Default: both) */
  @ApiPropertyOptional({ enum: ['true', 'false'] })
  @Optional()
  @IsIn(['true', 'false'])
  readonly program?: string;

  /** Those alone whom the caller administers, or those alone whom they do not. (Default: both) */
  @ApiPropertyOptional({ enum: ['true', 'false'] })
  @Optional()
  @IsIn(['true', 'false'])
  readonly administered?: string;

  /** Unit id: those who hold a role there or above come first. */
  @Optional()
  @IsUUID()
  readonly near?: string;

  /** (Default: all of them) */
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 200 })
  @Optional()
  @by('limit', isLimit, 'must be from 1 to 200')
  readonly limit?: string;
}

class GrantAnswer {
  @ApiProperty({ enum: roles })
  readonly role: string;
  /** Unit id. */
  readonly unit: string;
  readonly from?: string;
  readonly to?: string;
}

export class PersonAnswer {
  readonly id: string;
  readonly name: string;
  /** A service account. */
  readonly program: boolean;
  /** Whether the caller administers them. */
  readonly administered: boolean;
  /** For the person's administrators only. */
  readonly username?: string;
  /** Unit id; empty for somebody without a role. */
  readonly unit: string;
  /** Also those of other days. */
  readonly roles: GrantAnswer[];
  /** For the person's administrators only. */
  @ApiPropertyOptional({ enum: classifications })
  readonly clearance?: string;
}

export class PeopleAnswer {
  readonly items: PersonAnswer[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}
