import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsString, IsUUID, Matches, MaxLength, MinLength } from 'class-validator';
import { devicesPattern } from '#identity';
import type { SignedIn } from '#identity';
import { levels, roles } from '#workflow';
import type { Classification, Level, Role } from '#workflow';
import { Line, Optional, Text } from '../http/shape.js';

export class LoginDto {
  @Line(200)
  readonly username: string;

  @IsString()
  @MinLength(1)
  @MaxLength(200)
  readonly password: string;

  /**
   * `device` of the answer before, or empty when there was none: for programs, which keep it as they keep a password. (Default: the
   * cookie `tinhgon-device`, which the answer sets)
   */
  @Optional()
  @Matches(devicesPattern, { message: 'must be what was given out' })
  readonly device?: string;

  /** Whether the browser keeps the refresh token, in a cookie that no script reads. (Default: false, it stands in the answer) */
  @Optional()
  @IsBoolean()
  readonly cookie?: boolean;
}

export class RefreshDto {
  /** (Default: the cookie `tinhgon-refresh`; without that either there is nothing to answer) */
  @Optional()
  @Text(2_000)
  readonly refreshToken?: string;
}

export class LogoutEverywhereDto {
  /** Whose sessions end, for administrators. (Default: the caller's) */
  @Optional()
  @IsUUID()
  readonly person?: string;
}

export class ChangePasswordDto {
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  readonly currentPassword: string;

  /** 12 to 200 characters, not the username, and none of those that are guessed first. */
  @IsString()
  @MinLength(1)
  @MaxLength(400)
  readonly newPassword: string;
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
  /** Good once, at `POST /auth/refresh`, within twelve hours. Left out where a cookie holds it. */
  readonly refreshToken?: string;
  /** Where the sign-in had `device`: what to send there the next time. Whoever has it is not shut out by wrong passwords from elsewhere. */
  readonly device?: string;
  readonly person: SignedInPerson;
}

export class WaysInAnswer {
  /** Whether there are sample people, at `GET /auth/demo`. */
  readonly demo: boolean;
  /** Whether somebody can sign in at an issuer of OpenID Connect, by `GET /auth/oidc/start`. */
  readonly issuer: boolean;
}

class SessionAnswer {
  readonly id: string;
  readonly startedAt: string;
  readonly refreshedAt: string;
  /** Whether it is the one that asks. */
  readonly current: boolean;
}

export class SessionsAnswer {
  readonly items: SessionAnswer[];
}

/** What a client gets at sign-in. @param kept What it has to keep itself. (Default: nothing, a cookie holds it) */
export function loginAnswer({ token, expiresAt, person }: SignedIn, kept: Pick<LoginAnswer, 'refreshToken' | 'device'> = {}): LoginAnswer {
  const { id, name, unit } = person;
  return {
    ...{ token, expiresAt, ...kept },
    person: { id, name, roles: [...new Set(person.roles.map(({ role }) => role))], unit },
  };
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
