import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsUUID } from 'class-validator';
import { delegableActions } from '#workflow';
import { by, CalendarDate, Optional, Text } from '../http/shape.js';
import { LongPageQuery } from '../reading/reading.dto.js';

const known: readonly unknown[] = delegableActions;

/** Names of actions, each once. */
function areActions(value: unknown): boolean {
  if (value === 'all') return true;
  return Array.isArray(value) && value.length > 0 && value.every((one) => known.includes(one)) && new Set(value).size === value.length;
}

class DelegationFields {
  /** Person id: who is acted for. */
  @IsUUID()
  readonly from: string;

  /** Person id: who acts. */
  @IsUUID()
  readonly to: string;

  @ApiProperty({
    oneOf: [
      { type: 'string', enum: ['all'] },
      { type: 'array', items: { type: 'string' } },
    ],
  })
  @by('actions', areActions, 'must be "all" or a list of actions')
  readonly actions: string[] | 'all';

  /** The first day, in Vietnam. */
  @CalendarDate()
  readonly startsOn: string;

  /** The last day. */
  @CalendarDate()
  readonly endsOn: string;

  @Text(1_000)
  readonly reason: string;
}

export class DelegateDto extends DelegationFields {}

export class RevokeDelegationDto {
  @Optional()
  @Text(1_000)
  readonly reason?: string;
}

const states = ['coming', 'inForce', 'ended', 'revoked'] as const;
export type DelegationState = (typeof states)[number];

export class DelegationsQuery extends LongPageQuery {
  @ApiPropertyOptional({ enum: states })
  @Optional()
  @IsIn(states)
  readonly state?: DelegationState;

  /** Person id: who acts, or is acted for. */
  @Optional()
  @IsUUID()
  readonly person?: string;

  /** By the first day; with a minus the latest first. */
  @ApiPropertyOptional({ enum: ['startsOn', '-startsOn'], default: 'startsOn' })
  @Optional()
  @IsIn(['startsOn', '-startsOn'])
  readonly order?: string;
}

class DelegationAnswer extends DelegationFields {
  readonly id: string;
  /** Null for whoever was erased. */
  readonly fromName: string | null;
  /** Null for whoever was erased. */
  readonly toName: string | null;
  @ApiProperty({ enum: states })
  readonly state: DelegationState;
  /** Whether the caller may end it, and there is something to end. */
  readonly mayRevoke: boolean;
}

export class DelegationsAnswer {
  readonly items: DelegationAnswer[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}
