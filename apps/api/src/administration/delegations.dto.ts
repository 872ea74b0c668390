import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { delegableActions } from '#workflow';
import { by, CalendarDate, Optional, Text } from '../http/shape.js';

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

class DelegationAnswer extends DelegationFields {
  readonly id: string;
  @ApiProperty({ enum: ['coming', 'inForce', 'ended', 'revoked'] })
  readonly state: string;
}

export class DelegationsAnswer {
  readonly items: DelegationAnswer[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}
