import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsUUID } from 'class-validator';
import { roles } from '#workflow';
import type { Role } from '#workflow';
import { scopes } from '../http/needs.js';
import type { Scope } from '../http/needs.js';
import { CalendarDate, Line, Optional, Whole } from '../http/shape.js';

export class NewServiceAccountDto {
  @Line(200)
  readonly name: string;

  @ApiProperty({ enum: roles })
  @IsIn(roles)
  readonly role: Role;

  /** Unit id: the role is held there. It lies below the administrator's. */
  @IsUUID()
  readonly unit: string;

  /** `read`, `commands` (all on procedures and tasks), single commands by name, `administer` (everything else). */
  @ApiProperty({ enum: scopes, isArray: true })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(scopes.length)
  @ArrayUnique()
  @IsIn(scopes, { each: true })
  readonly scopes: Scope[];

  /** The last day, in Vietnam. (Default: for good) */
  @Optional()
  @CalendarDate()
  readonly expiresOn?: string;
}

export class RotateDto {
  /** The keys before the new one are good for so many minutes more, a week at most. (Default: 0) */
  @Optional()
  @Whole({ most: 7 * 24 * 60 })
  readonly overlapMinutes?: number;
}

export class KeyAnswer {
  /** Of the account, and of the person that events show. */
  readonly id: string;
  /** For `Authorization: Bearer`. It is shown here and never again. */
  readonly key: string;
}

class HeldRoleAnswer {
  @ApiProperty({ enum: roles })
  readonly role: Role;
  /** Unit id. */
  readonly unit: string;
}

class ServiceKeyAnswer {
  /** Stands in the key after `tgk_`. */
  readonly id: string;
  readonly madeAt: string;
  /** Null for the newest. */
  readonly endsAt: string | null;
}

class ServiceAccountAnswer {
  readonly id: string;
  readonly name: string;
  readonly roles: HeldRoleAnswer[];
  readonly scopes: string[];
  /** The last day, in Vietnam; null is for good. */
  readonly expiresOn: string | null;
  readonly madeAt: string;
  /** Person id. */
  readonly madeBy: string;
  readonly revokedAt: string | null;
  readonly keys: ServiceKeyAnswer[];
}

export class ServiceAccountsAnswer {
  readonly items: ServiceAccountAnswer[];
}
