import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Person } from '#identity';
import { WebhookDeliveries, webhookDeliveryStates, Webhooks } from '#notifications';
import { idIn } from '../administration/administered.js';
import { mustGovern } from '../http/must-administer.js';
import { Needs } from '../http/needs.js';
import { Problem } from '../http/problem.js';
import { SignedIn } from '../http/sent.js';
import { isPosition, withPlus } from '../reading/reading.dto.js';
import { Views } from '../reading/views.js';
import { WebhookDeliveriesAnswer, WebhookDeliveriesQuery, ReplayAnswer, ReplayDto, RetriedAnswer } from './webhook-deliveries.dto.js';
import { found } from './webhooks.controller.js';

const pageSize = 50;

/** What was sent to a webhook, for 30 days, and sending it again. All of it is for administrators of a service or the ministry. */
@ApiTags('webhooks')
@ApiBearerAuth()
@Controller('api/v1/webhooks/:id')
export class WebhookDeliveriesController {
  constructor(
    private readonly webhooks: Webhooks,
    private readonly deliveries: WebhookDeliveries,
    private readonly views: Views,
  ) {}

  /** Its messages with every attempt, the newest event first. */
  @Get('deliveries')
  @Needs('read')
  async list(
    @Param('id') id: string,
    @Query() { state, cursor, limit, minPosition }: WebhookDeliveriesQuery,
    @SignedIn() person: Person,
  ): Promise<WebhookDeliveriesAnswer> {
    mustGovern(person);
    const webhook = found(await this.webhooks.find(idIn(id)));
    await this.views.upTo(minPosition);
    const { items, nextCursor } = await this.deliveries.list(webhook.id, {
      states: webhookDeliveryStates.filter((one) => state === undefined || state.split(',').includes(one)),
      cursor,
      limit: Number(limit ?? pageSize),
    });
    return { items: items.map((item) => ({ ...item, attempts: [...item.attempts] })), nextCursor };
  }

  /** Has the message sent again now, whatever became of it, with all its retries. */
  @Post('deliveries/:message/retry')
  @Needs('administer')
  @HttpCode(202)
  async retry(@Param('id') id: string, @Param('message') text: string, @SignedIn() person: Person): Promise<RetriedAnswer> {
    mustGovern(person);
    const message = idIn(text);
    const webhook = found(await this.webhooks.find(idIn(id)));
    if (!webhook.enabled) throw new Problem('webhook-disabled');
    if (!(await this.deliveries.retry(webhook.id, message))) throw new Problem('not-found');
    return { id: message };
  }

  /** Has everything sent again that came since then, under the same ids. A disabled one must be enabled first. */
  @Post('replay')
  @Needs('administer')
  @HttpCode(202)
  async replay(@Param('id') id: string, @Body() { since }: ReplayDto, @SignedIn() person: Person): Promise<ReplayAnswer> {
    mustGovern(person);
    const webhook = found(await this.webhooks.find(idIn(id)));
    // Enabling moves it to the end of the log, and would forget the replay.
    if (!webhook.enabled) throw new Problem('webhook-disabled');
    const from = isPosition(since) ? { position: BigInt(since) } : { time: new Date(withPlus(since)) };
    return { position: String(found(await this.deliveries.replay(webhook.id, from))) };
  }
}
