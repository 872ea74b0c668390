import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
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
