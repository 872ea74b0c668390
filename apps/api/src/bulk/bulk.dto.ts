import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsObject, IsUUID } from 'class-validator';
import { bulkStates, mostSelected } from '#bulk';
import type { BulkState } from '#bulk';
import { mostCharacters } from '#procedures';
import type { ActionOnProcedure } from '#procedures/commands';
import { UnmetAnswer } from '../definitions/definitions.dto.js';
import { by, InsteadOf, Nested, Optional, Text, Unless, Whole } from '../http/shape.js';
import { isPosition, ListedQuery } from '../reading/reading.dto.js';
import { bulkActions } from './bulk-actions.js';

/** As `GET /procedures` is narrowed down, and in which order they are worked. */
export class BulkFilterDto extends OmitType(ListedQuery, ['minPosition']) {}

export class SelectionDto {
  /** Procedure ids, each counted once. */
  @ApiPropertyOptional({ type: [String], format: 'uuid', minItems: 1, maxItems: mostSelected })
  @Unless('filter')
  @InsteadOf('filter')
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(mostSelected)
  @IsUUID(undefined, { each: true })
  readonly ids?: string[];

  /** Whatever the list shows by it: read once, when the run begins. */
  @Optional()
  @Nested(() => BulkFilterDto)
  readonly filter?: BulkFilterDto;

  /** The register is read as of this position of the log or later. (Default: as it is) */
  @Optional()
  @by('position', isPosition, 'must be a position of the log')
  readonly position?: string;
}

export class BulkDto {
  @ApiProperty({ enum: bulkActions })
  @IsIn(bulkActions)
  readonly action: ActionOnProcedure;

  /** What the action’s own call takes. (Default: no field) */
  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  @Optional()
  @IsObject()
  readonly body?: object;

  @Nested(() => SelectionDto)
  readonly selection: SelectionDto;

  /** Kept with the run; it is the reason in the body too, where the action takes one and the body says none. */
  @Optional()
  @Text(mostCharacters.reason)
  readonly reason?: string;

  /** Whether nothing is done. (Default: true) */
  @Optional()
  @IsBoolean()
  readonly dryRun?: boolean;

  /** How many procedures it is about; a run that names another number, or none, is refused. */
  @Optional()
  @Whole({ most: mostSelected })
  readonly expectedCount?: number;
}

class BulkOutcomeAnswer {
  /** `accepted`, or the code of what stood against it first. */
  readonly outcome: string;
  readonly count: number;
}

class BulkItemAnswer {
  /** Procedure id. */
  readonly procedure: string;
  /** `accepted`, or the code of what stood against it first; null until it is known. */
  @ApiProperty({ type: String, nullable: true })
  readonly outcome: string | null;
  readonly unmet: UnmetAnswer[];
}

export class BulkAnswer {
  /** Also what history items that come of it have as `batch`. */
  readonly id: string;
  readonly action: string;
  @ApiProperty({ enum: bulkStates })
  readonly state: BulkState;
  readonly dryRun: boolean;
  @ApiProperty({ type: String, nullable: true })
  readonly reason: string | null;
  /** How many procedures it is about. */
  readonly count: number;
  /** Of those whose outcome is known; `accepted` first, then the most frequent. */
  readonly outcomes: BulkOutcomeAnswer[];
  /** In the order in which they are worked. */
  readonly items: BulkItemAnswer[];
  @ApiProperty({ type: String, nullable: true })
  readonly nextCursor: string | null;
  /** ISO 8601 UTC. */
  readonly madeAt: string;
  /** ISO 8601 UTC; null before it ends. */
  @ApiProperty({ type: String, nullable: true })
  readonly endedAt: string | null;
}
