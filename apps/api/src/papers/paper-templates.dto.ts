import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { mostOfTemplate, paperKinds } from '#reporting';
import type { PaperKind } from '#reporting';
import { Text } from '../http/shape.js';
import { ActorAnswer } from '../reading/answers.dto.js';

export class RestoreTemplateDto {
  @Text(1_000)
  readonly reason: string;
}

export class ReplaceTemplateDto extends RestoreTemplateDto {
  /** The wording, with sections and placeholders; what is wrong with it is told with line and column. */
  @IsString()
  @MaxLength(mostOfTemplate.characters)
  readonly text: string;
}

class TemplateVersionAnswer {
  readonly version: number;
  readonly reason: string;
  /** By whom; the built-in wording again where it is true. */
  readonly isBuiltIn: boolean;
  readonly actor: ActorAnswer;
  /** ISO 8601 UTC. */
  readonly recordedAt: string;
}

export class PaperTemplateAnswer {
  @ApiProperty({ enum: paperKinds })
  readonly paper: PaperKind;
  /** Of the wording that papers have now; 0 while it was never replaced. */
  readonly version: number;
  readonly isBuiltIn: boolean;
  readonly text: string;
  /** Oldest first. */
  readonly versions: TemplateVersionAnswer[];
}

export class TemplateChangedAnswer {
  @ApiProperty({ enum: paperKinds })
  readonly id: PaperKind;
  readonly version: number;
  readonly revision: number;
  /** Of the newest event, decimal. */
  readonly position: string;
}
