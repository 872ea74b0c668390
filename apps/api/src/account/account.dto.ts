import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsUUID, MaxLength } from 'class-validator';
import { classifications, roles } from '#workflow';
import type { Classification, Role } from '#workflow';
import { UnitAnswer } from '../auth/auth.dto.js';
import { by, Line, Optional } from '../http/shape.js';
import { administrationPages } from './administration-pages.js';
import type { AdministrationPage } from './administration-pages.js';

class OwnRoleAnswer {
  @ApiProperty({ enum: roles })
  readonly role: Role;
  readonly unit: UnitAnswer;
}

class MayActForAnswer {
  /** Person id, for the header `Acting-For`. */
  readonly id: string;
  readonly name: string;
  /** Those of the other person that count today. */
  readonly roles: OwnRoleAnswer[];
  @ApiProperty({
    oneOf: [
      { type: 'string', enum: ['all'] },
      { type: 'array', items: { type: 'string' } },
    ],
  })
  readonly actions: string[] | 'all';
  /** The last day, in Vietnam, on which any of it is in force. */
  readonly until: string;
}

export class AccountAnswer {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  /** Unit id: where the first role is held; empty without one. */
  readonly unit: string;
  @ApiProperty({ enum: classifications })
  readonly clearance: Classification;
  /** Those that count today. */
  readonly roles: OwnRoleAnswer[];
  /** Whom the caller may act for today. */
  readonly mayActFor: MayActForAnswer[];
  /** Pages below `/administration` that are of use to the caller. */
  @ApiProperty({ enum: administrationPages, isArray: true })
  readonly administration: AdministrationPage[];
  /** Whether the caller has a session here, which they can end. */
  readonly inSession: boolean;
  /** 256 bits in base64url, the same in every session: seals what the caller's browser keeps of what they type. Null without a session. */
  @ApiProperty({ type: 'string', nullable: true })
  readonly draftKey: string | null;
}

/** A word of an address, so that pages to come need no change here. */
const isPage = (value: unknown): boolean => typeof value === 'string' && /^[a-z][a-z0-9-]{0,39}$/.test(value);
const page = (): PropertyDecorator => by('page', isPage, 'must be the name of a page, such as "procedures"');

export class SavedViewsQuery {
  /** (Default: those of all pages) */
  @Optional()
  @page()
  readonly page?: string;
}

export class SaveViewDto {
  @page()
  readonly page: string;

  @Line(100)
  readonly name: string;

  /** What stands after the question mark of the address, percent-encoded; empty for the page as it is. */
  @MaxLength(2_000)
  @by(
    'search',
    (value) => typeof value === 'string' && /^[\x21\x24-\x3b\x3d\x3f-\x5f\x61-\x7e]*$/.test(value),
    'must be the query of an address',
  )
  readonly search: string;
}

export class SavedViewAnswer extends SaveViewDto {
  @IsUUID()
  readonly id: string;
}

export class SavedViewsAnswer {
  /** By name, at most 100. */
  readonly items: SavedViewAnswer[];
}

/** What is left out was not chosen. */
export class PreferencesDto {
  @ApiPropertyOptional({ enum: ['vi', 'en'] })
  @Optional()
  @IsIn(['vi', 'en'])
  readonly language?: 'vi' | 'en';

  @ApiPropertyOptional({ enum: ['light', 'dark', 'system'] })
  @Optional()
  @IsIn(['light', 'dark', 'system'])
  readonly theme?: 'light' | 'dark' | 'system';

  /** How times are shown. */
  @ApiPropertyOptional({ enum: ['relative', 'absolute'] })
  @Optional()
  @IsIn(['relative', 'absolute'])
  readonly times?: 'relative' | 'absolute';

  /** Whether single letters are shortcuts. */
  @Optional()
  @IsBoolean()
  readonly letterKeys?: boolean;
}
