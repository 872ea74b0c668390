import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';
import { webhookEventTypes } from '#notifications';
import type { WebhookEventType } from '#notifications';
import { by, Line, Nullable, Optional } from '../http/shape.js';

const known: readonly unknown[] = webhookEventTypes;
const allOrSome = { oneOf: [{ type: 'string', enum: ['all'] }, { type: 'array', items: { type: 'string', enum: [...webhookEventTypes] } }] }; // prettier-ignore

/** Types of events, each once. */
function areEventTypes(value: unknown): boolean {
  if (value === 'all') return true;
  return Array.isArray(value) && value.length > 0 && value.every((one) => known.includes(one)) && new Set(value).size === value.length;
}

const EventTypes = (): PropertyDecorator => by('eventTypes', areEventTypes, 'must be "all" or a list of types of events');

export class NewWebhookDto {
  /** Starts with `https://`, or `http://` on the server itself, and leads to one of the hosts in `WEBHOOK_HOSTS`. */
  @Line(2_000)
  readonly url: string;

  @Optional()
  @Line(500)
  readonly description?: string;

  /** What it is told. */
  @ApiProperty(allOrSome)
  @EventTypes()
  readonly events: WebhookEventType[] | 'all';
}

export class ChangeWebhookDto {
  @Optional()
  @Line(2_000)
  readonly url?: string;

  /** Null removes it. */
  @Nullable()
  @Line(500)
  readonly description?: string | null;

  @ApiProperty({ ...allOrSome, required: false })
  @Optional()
  @EventTypes()
  readonly events?: WebhookEventType[] | 'all';

  /** One that is enabled again is told what comes from then on. */
  @Optional()
  @IsBoolean()
  readonly enabled?: boolean;
}

export class WebhookAnswer {
  readonly id: string;
  readonly url: string;
  readonly description: string | null;
  @ApiProperty(allOrSome)
  readonly events: string[] | 'all';
  readonly enabled: boolean;
  /** Why it was disabled where nobody ordered it: the receiver answered 410, or everything has failed for five days. */
  @ApiProperty({ enum: ['gone', 'failing', null], nullable: true })
  readonly disabledBecause: string | null;
  /** When the first of the failures came since the last success; null after a success. */
  readonly failingSince: string | null;
  /** Of the log, decimal: up to here its messages were made. */
  readonly position: string;
  readonly madeAt: string;
  /** Person id. */
  readonly madeBy: string;
}

export class WebhooksAnswer {
  /** Oldest first. */
  readonly items: WebhookAnswer[];
}

export class NewWebhookAnswer extends WebhookAnswer {
  /** What messages are signed with, `whsec_` and base64. It is shown here and never again. */
  readonly secret: string;
}

export class SecretAnswer {
  readonly id: string;
  /** The one before it signs as well for 24 hours. It is shown here and never again. */
  readonly secret: string;
}

export class TestAnswer {
  /** As it stood in the header `webhook-id`. */
  readonly id: string;
  readonly delivered: boolean;
  /** When it began, ISO 8601 UTC. */
  readonly at: string;
  /** Null when there was no answer. */
  readonly status: number | null;
  /** How long it took. */
  readonly ms: number;
  /** What went wrong, 500 characters at most. */
  readonly error: string | null;
}
