import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { webhookDeliveryStates } from '#notifications';
import { by, Optional } from '../http/shape.js';
import { isPosition, isTime, PageQuery } from '../reading/reading.dto.js';

const areStates = (value: unknown): boolean =>
  typeof value === 'string' && value.split(',').every((one) => webhookDeliveryStates.some((state) => state === one));

export class WebhookDeliveriesQuery extends PageQuery {
  /** One or several of `pending`, `delivered` and `failed`, with commas between. (Default: all) */
  @ApiPropertyOptional({ type: 'string', examples: ['pending,failed'] })
  @Optional()
  @by('states', areStates, `must be of ${webhookDeliveryStates.join(', ')}`)
  readonly state?: string;
}

class AttemptAnswer {
  /** When it began, ISO 8601 UTC. */
  readonly at: string;
  /** Null when there was no answer. */
  readonly status: number | null;
  /** How long it took. */
  readonly ms: number;
  /** What went wrong, 500 characters at most. */
  readonly error: string | null;
}

class WebhookDeliveryAnswer {
  /** As it stands in the header `webhook-id`; the same in every retry and replay. */
  readonly id: string;
  /** Of the event. */
  readonly type: string;
  /** Of the event, decimal. */
  readonly position: string;
  @ApiProperty({ enum: webhookDeliveryStates })
  readonly state: string;
  /** Oldest first. */
  readonly attempts: AttemptAnswer[];
  /** ISO 8601 UTC; null unless it is pending. */
  readonly nextAttemptAt: string | null;
}

export class WebhookDeliveriesAnswer {
  /** The newest event first. */
  readonly items: WebhookDeliveryAnswer[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

export class ReplayDto {
  /** An ISO 8601 time with its zone, or a position of the log, after which everything is sent again. */
  @by('since', (value) => isPosition(value) || isTime(value), 'must be an ISO 8601 time with its zone or a position of the log')
  readonly since: string;
}

export class ReplayAnswer {
  /** Decimal: messages are made again of what comes after this position. */
  readonly position: string;
}

export class RetriedAnswer {
  readonly id: string;
}
