import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import { levels, roles } from '#workflow';
import type { Classification, Level, Role } from '#workflow';
import { Text } from '../http/shape.js';

export class LoginDto {
  @Text(200)
  readonly username: string;

  @IsString()
  @MinLength(1)
  @MaxLength(200)
  readonly password: string;
}

export class UnitAnswer {
  readonly id: string;
  readonly name: string;
  @ApiProperty({ enum: levels })
  readonly level: Level;
}

class SignedInPerson {
  readonly id: string;
  readonly name: string;
  @ApiProperty({ enum: roles, isArray: true })
  readonly roles: Role[];
  /** Unit id. */
  readonly unit: string;
}

export class LoginAnswer {
  /** For `Authorization: Bearer`. */
  readonly token: string;
  /** ISO 8601 UTC. */
  readonly expiresAt: string;
  readonly person: SignedInPerson;
}

export class DemoPersonAnswer {
  readonly username: string;
  readonly password: string;
  readonly name: string;
  @ApiProperty({ enum: roles })
  readonly role: Role;
  readonly unit: UnitAnswer;
  @ApiProperty({ enum: ['none', 'confidential', 'secret', 'topSecret'] })
  readonly clearance: Classification;
}
