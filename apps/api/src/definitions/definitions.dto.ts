import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsUUID } from 'class-validator';
import { clockPlans } from '#procedures';
import type { Clocks } from '#procedures';
import { kinds, lifecycleDoubts } from '#workflow';
import type { LifecycleDoubt } from '#workflow';
import { by, Confirmations, Optional, Text, Whole } from '../http/shape.js';
import { AsOfAnswer } from '../reading/answers.dto.js';
import { ReadQuery } from '../reading/reading.dto.js';

const states = ['draft', 'published', 'retired'] as const;

class TitleAnswer {
  @ApiPropertyOptional()
  readonly vi?: string;
  @ApiPropertyOptional()
  readonly en?: string;
}

class VersionAnswer {
  readonly version: number;
  @ApiProperty({ enum: states })
  readonly state: string;
  readonly title: TitleAnswer;
}

class DefinitionAnswer {
  readonly id: string;
  @ApiProperty({ enum: kinds })
  readonly kind: string;
  /** Of the newest version. */
  readonly title: TitleAnswer;
  /** The version that new procedures get. */
  readonly current: number | null;
  /** Oldest first. */
  readonly versions: VersionAnswer[];
}

export class DefinitionsAnswer {
  readonly items: DefinitionAnswer[];
}

export class VersionChangedAnswer {
  readonly id: string;
  readonly version: number;
  @ApiProperty({ enum: states })
  readonly state: string;
  /** Of the lifecycle, for `If-Match`. */
  readonly revision: number;
  /** Of the event in the log, decimal. */
  readonly position: string;
}

export class DefinitionQuery extends ReadQuery {
  @ApiPropertyOptional({ enum: ['json', 'mermaid'], default: 'json' })
  @Optional()
  @IsIn(['json', 'mermaid'])
  readonly format?: 'json' | 'mermaid';

  /** Of the titles in a diagram. */
  @ApiPropertyOptional({ enum: ['vi', 'en'], default: 'vi' })
  @Optional()
  @IsIn(['vi', 'en'])
  readonly lang?: 'vi' | 'en';
}

export class PublishDefinitionDto {
  @Confirmations(lifecycleDoubts)
  readonly confirm?: LifecycleDoubt[];
}

export class RetireDto {
  @Optional()
  @Text()
  readonly reason?: string;
}

class FindingAnswer {
  readonly code: string;
  /** An error stands against publishing; a doubt does until `confirm` names its code; a warning never does. */
  @ApiProperty({ enum: ['error', 'warning', 'doubt'] })
  readonly severity: string;
  /** In dot notation. */
  readonly path: string;
  /** In the language of the reader. */
  readonly message: string;
}

export class FindingsAnswer {
  /** No error stands against publishing it; there may be warnings, and doubts that are to be confirmed. */
  readonly ok: boolean;
  readonly findings: FindingAnswer[];
}

class KeptAnswer {
  readonly version: number;
  readonly stage: string;
  /** Procedures that the caller may see. */
  readonly count: number;
}

export class KeptVersionsAnswer {
  /** By version and stage; what nothing keeps is left out. */
  readonly items: KeptAnswer[];
  readonly asOf: AsOfAnswer;
}

const isStageMap = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length <= 100 &&
  Object.values(value).every((stage) => typeof stage === 'string' && stage.length <= 50);

export class MigrationDto {
  /** The version that the procedures keep now. */
  @Whole({ least: 1, most: 1_000_000 })
  readonly from: number;

  /** A published version that is not retired. */
  @Whole({ least: 1, most: 1_000_000 })
  readonly to: number;

  /**
   * The new stage for each old one; a procedure in a stage that is left out stays as it is.
   * @example { "reviewed": "reviewed", "proposed": "checked" }
   */
  @by('stages', isStageMap, 'must give a stage for each of at most 100 stages')
  readonly stages: Record<string, string>;

  /** What becomes of running deadlines. */
  @ApiProperty({ enum: clockPlans })
  @IsIn(clockPlans)
  readonly clocks: Clocks;

  @Text()
  readonly reason: string;

  /** Nothing is changed; the answer says what would be. (Default: false) */
  @Optional()
  @IsBoolean()
  readonly dryRun?: boolean;

  /** These procedures alone. (Default: all that keep the version) */
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10_000)
  @IsUUID(undefined, { each: true })
  readonly procedures?: string[];

  /** Owned by one of these units or below. (Default: by any) */
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1_000)
  @IsUUID(undefined, { each: true })
  readonly units?: string[];

  /** Most procedures migrated. (Default: all) */
  @Optional()
  @Whole({ least: 1, most: 1_000_000 })
  readonly limit?: number;
}

class OutcomeAnswer {
  @ApiProperty({ enum: ['migrated', 'refused'] })
  readonly outcome: string;
  readonly count: number;
}

export class UnmetAnswer {
  readonly code: string;
  readonly message: string;
  @ApiPropertyOptional()
  readonly path?: string;
}

class RefusedAnswer {
  /** Procedure id. */
  readonly procedure: string;
  readonly unmet: UnmetAnswer[];
}

export class MigrationAnswer {
  readonly outcomes: OutcomeAnswer[];
  /** At most 1,000; `outcomes` counts all. */
  readonly refused: RefusedAnswer[];
}
