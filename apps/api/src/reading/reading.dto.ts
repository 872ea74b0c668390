import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsUUID, Matches } from 'class-validator';
import { isDate, procedureSorts } from '#procedures';
import type { ProcedureSort } from '#procedures';
import { groups, kinds } from '#workflow';
import type { Group, Kind } from '#workflow';
import { by, CalendarDate, Optional, Text } from '../http/shape.js';

const isRevision = (value: unknown): boolean => typeof value === 'string' && /^\d{1,9}$/.test(value);
const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+ -]\d{2}:\d{2})$/;
// The parser takes 30 February as 2 March.
export const isTime = (value: unknown): boolean =>
  typeof value === 'string' && time.test(value) && isDate(value.slice(0, 10)) && !Number.isNaN(Date.parse(withPlus(value)));
export const isLimit = (value: unknown): boolean => typeof value === 'string' && /^[1-9]\d{0,2}$/.test(value) && Number(value) <= 200;
export const isPosition = (value: unknown): boolean =>
  typeof value === 'string' && /^\d{1,19}$/.test(value) && BigInt(value) <= 9_223_372_036_854_775_807n;

/** In a query an unescaped plus reads as a space. */
export const withPlus = (text: string): string => text.replace(' ', '+');

/** What every read takes. */
export class ReadQuery {
  /** Waits up to 5 s until the view holds this position, then answers 503 `view-behind`. */
  @Optional()
  @by('position', isPosition, 'must be a position of the log')
  readonly minPosition?: string;
}

export class ProcedureQuery extends ReadQuery {
  /** A revision (digits only), or an ISO 8601 time with its zone. */
  @Optional()
  @by('asOf', (value) => isRevision(value) || isTime(value), 'must be a revision or an ISO 8601 time with its zone')
  readonly asOf?: string;
}

export class HistoryQuery extends ReadQuery {
  /** Whether refused commands are listed too. */
  @ApiPropertyOptional({ enum: ['true', 'false'], default: 'false' })
  @Optional()
  @IsIn(['true', 'false'])
  readonly refused?: string;
}

export class DiffQuery extends ReadQuery {
  /** Revision. */
  @by('revision', isRevision, 'must be a revision')
  readonly from: string;

  /** Revision. */
  @by('revision', isRevision, 'must be a revision')
  readonly to: string;
}

export class FunnelQuery extends ReadQuery {
  @ApiPropertyOptional({ enum: kinds })
  @Optional()
  @IsIn(kinds)
  readonly kind?: Kind;

  @ApiPropertyOptional({ enum: groups })
  @Optional()
  @IsIn(groups)
  readonly group?: Group;

  /** Unit id: owned by it or by a unit below. */
  @Optional()
  @IsUUID()
  readonly unit?: string;

  @Optional()
  @Text(200)
  readonly field?: string;
}

export class OnTimeQuery extends FunnelQuery {
  /** Decisions signed on this date or later. */
  @Optional()
  @CalendarDate()
  readonly signedFrom?: string;

  /** Decisions signed on this date or before. */
  @Optional()
  @CalendarDate()
  readonly signedTo?: string;
}

export class ProceduresQuery extends FunnelQuery {
  @Optional()
  @Matches(/^[a-zA-Z0-9]{1,50}$/, { message: 'must be a stage' })
  readonly stage?: string;

  /** Words of title, code and field, in any case and without accents. */
  @Optional()
  @Text(200)
  readonly q?: string;

  /** With a minus it descends. */
  @ApiPropertyOptional({ enum: procedureSorts, default: '-registered' })
  @Optional()
  @IsIn(procedureSorts)
  readonly sort?: ProcedureSort;

  /** `nextCursor` of the page before. */
  @Optional()
  @Matches(/^[\w-]{1,2000}$/, { message: 'must be a cursor that was given out' })
  readonly cursor?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 200, default: 50 })
  @Optional()
  @by('limit', isLimit, 'must be from 1 to 200')
  readonly limit?: string;
}

/** A page of a list. */
export class PageQuery extends ReadQuery {
  /** `nextCursor` of the page before. */
  @Optional()
  @Matches(/^[\w-]{1,2000}$/, { message: 'must be a cursor that was given out' })
  readonly cursor?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 200, default: 50 })
  @Optional()
  @by('limit', isLimit, 'must be from 1 to 200')
  readonly limit?: string;
}
