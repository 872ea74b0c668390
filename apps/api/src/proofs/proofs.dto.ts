import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsUUID } from 'class-validator';
import { instantsOf } from '#audit';
import { by, Optional } from '../http/shape.js';
import { isPosition, ReadQuery } from '../reading/reading.dto.js';

const isSize = (value: unknown): boolean =>
  typeof value === 'string' && /^(0|[1-9]\d{0,15})$/.test(value) && Number.isSafeInteger(Number(value));

export class ProofQuery extends ReadQuery {
  /** Of the event. Either this or `event`. */
  @Optional()
  @by('position', isPosition, 'must be a position of the log')
  readonly position?: string;

  /** Id of the event. */
  @ApiPropertyOptional({ format: 'uuid' })
  @Optional()
  @IsUUID()
  readonly event?: string;

  /** Number of leaves of the tree under which it is proven. (Default: the newest) */
  @Optional()
  @by('size', isSize, 'must be a number of leaves')
  readonly size?: string;
}

export class ConsistencyQuery extends ReadQuery {
  /** Number of leaves of the earlier tree. */
  @by('size', isSize, 'must be a number of leaves')
  readonly from: string;

  /** Number of leaves of the later tree. */
  @by('size', isSize, 'must be a number of leaves')
  readonly to: string;
}

export class ConsistencyAnswer {
  readonly from: number;
  readonly to: number;
  /** Base64, as RFC 9162, 2.1.4.1 has them in order. */
  readonly hashes: string[];
}

/** What is handed out; one of these. */
export class BundleRequestDto {
  /** Id: its events, what was said and claimed about it, its deadlines. */
  @Optional()
  @IsUUID()
  readonly procedure?: string;

  /** Id. */
  @Optional()
  @IsUUID()
  readonly programme?: string;

  /** All that was recorded in it: `YYYY`, `YYYY-Hn`, `YYYY-Qn` or `YYYY-MM`, in Vietnam. */
  @Optional()
  @by('period', (value) => typeof value === 'string' && instantsOf(value) !== null, 'must be a year, half, quarter or month')
  readonly period?: string;

  /** Every leaf there is. */
  @ApiPropertyOptional({ enum: [true] })
  @Optional()
  @IsIn([true])
  readonly all?: true;
}

export class BundleAnswer {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;
  /** `waiting` until all that it is to hold is sealed, which takes a moment. */
  @ApiProperty({ enum: ['waiting', 'ready'] })
  readonly state: 'waiting' | 'ready';
}
