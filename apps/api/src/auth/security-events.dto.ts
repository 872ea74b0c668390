import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsUUID } from 'class-validator';
import { securityEventTypes } from '#identity';
import type { SecurityEventType } from '#identity';
import { by, CalendarDate, Optional } from '../http/shape.js';
import { isLimit, ReadQuery } from '../reading/reading.dto.js';

const isId = (value: unknown): boolean => typeof value === 'string' && /^\d{1,18}$/.test(value);

export class SecurityEventsQuery extends ReadQuery {
  /** Whom they are about. */
  @Optional()
  @IsUUID()
  readonly person?: string;

  @ApiPropertyOptional({ enum: securityEventTypes })
  @Optional()
  @IsIn(securityEventTypes)
  readonly type?: SecurityEventType;

  /** Unit id: only what is about people of it, or of one below it. */
  @Optional()
  @IsUUID()
  readonly unit?: string;

  /** Days in Vietnam, both included. */
  @Optional()
  @CalendarDate()
  readonly from?: string;

  @Optional()
  @CalendarDate()
  readonly to?: string;

  /** Only those before the event with this id. */
  @Optional()
  @by('eventId', isId, 'must be the id of an event')
  readonly before?: string;

  /** From the answer before, for the next page; the same as `before`. */
  @Optional()
  @by('eventId', isId, 'must be the id of an event')
  readonly cursor?: string;

  /** (Default: 50) */
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 200, default: 50 })
  @Optional()
  @by('limit', isLimit, 'must be a whole number from 1 to 200')
  readonly limit?: string;
}

class SecurityEventAnswer {
  /** Grows; decimal text. */
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  @ApiProperty({ enum: securityEventTypes })
  readonly type: SecurityEventType;
  /** Person id; null where nobody has the username that was tried. */
  readonly person: string | null;
  /** Null with the person. */
  readonly personName: string | null;
  /** Who did it to them, a person id; null where it was the person. */
  readonly by: string | null;
  readonly byName: string | null;
  /** How often within a minute; other than 1 only where it is about nobody. */
  readonly times: number;
  /** What the person did it to, a webhook id; null where it is about people alone. */
  readonly subject: string | null;
}

export class SecurityEventsAnswer {
  readonly items: SecurityEventAnswer[];
  /** Null at the end. */
  readonly nextCursor: string | null;
}
