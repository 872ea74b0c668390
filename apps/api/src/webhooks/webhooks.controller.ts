import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Person } from '#identity';
import { WebhookDeliveries, WebhookHosts, Webhooks } from '#notifications';
import type { Webhook } from '#notifications';
import { commandIdOf } from '#workflow';
import type { Sent } from '#workflow';
import { idIn, wrong } from '../administration/administered.js';
import { mustGovern, newId } from '../http/must-administer.js';
import { Needs } from '../http/needs.js';
import { Problem } from '../http/problem.js';
import { HowSent, SignedIn } from '../http/sent.js';
import {
  ChangeWebhookDto,
  NewWebhookAnswer,
  NewWebhookDto,
  SecretAnswer,
  TestAnswer,
  WebhookAnswer,
  WebhooksAnswer,
} from './webhooks.dto.js';

/** Addresses that are told what happens to procedures that are not classified. All of it is for administrators of a service or the ministry. */
@ApiTags('webhooks')
@ApiBearerAuth()
@Controller('api/v1/webhooks')
export class WebhooksController {
  constructor(
    private readonly webhooks: Webhooks,
    private readonly deliveries: WebhookDeliveries,
    private readonly hosts: WebhookHosts,
  ) {}

  /** Makes one, which is told what comes from now on. Sent again under its key, it is answered with the same secret. */
  @Post()
  @Needs('administer')
  async make(
    @Body() { url, description, events }: NewWebhookDto,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
  ): Promise<NewWebhookAnswer> {
    mustGovern(person);
    if (this.hosts.areNone) throw new Problem('webhooks-off');
    this.mustBeAllowed(url);
    const order = { by: person.id, commandId: commandIdOf(sent), requestHash: sent.requestHash };
    const fields = { url, description: description?.trim(), events };
    const { webhook, secret } = await this.webhooks.make(newId('webhook', sent, person), fields, order);
    return { ...answerOf(webhook), secret };
  }

  /** All of them, without their secrets. */
  @Get()
  @Needs('read')
  async list(@SignedIn() person: Person): Promise<WebhooksAnswer> {
    mustGovern(person);
    return { items: (await this.webhooks.list()).map(answerOf) };
  }

  @Get(':id')
  @Needs('read')
  async read(@Param('id') id: string, @SignedIn() person: Person): Promise<WebhookAnswer> {
    mustGovern(person);
    return answerOf(found(await this.webhooks.find(idIn(id))));
  }

  /** Changes what is given. */
  @Patch(':id')
  @Needs('administer')
  async change(@Param('id') id: string, @Body() change: ChangeWebhookDto, @SignedIn() person: Person): Promise<WebhookAnswer> {
    mustGovern(person);
    if (change.url !== undefined) this.mustBeAllowed(change.url);
    const { url, description, events, enabled } = change;
    return answerOf(found(await this.webhooks.change(idIn(id), { url, description, events, enabled }, person.id)));
  }

  /** Ends it, with its messages. */
  @Delete(':id')
  @Needs('administer')
  @HttpCode(204)
  async remove(@Param('id') id: string, @SignedIn() person: Person): Promise<void> {
    mustGovern(person);
    if (!(await this.webhooks.remove(idIn(id), person.id))) throw new Problem('not-found');
  }

  /** Makes another secret; the one before signs as well for 24 hours. */
  @Post(':id/rotate-secret')
  @Needs('administer')
  @HttpCode(200)
  async rotateSecret(@Param('id') text: string, @HowSent() sent: Sent, @SignedIn() person: Person): Promise<SecretAnswer> {
    mustGovern(person);
    const id = idIn(text);
    const secret = found(await this.webhooks.rotateSecret(id, { by: person.id, commandId: commandIdOf(sent) }));
    return { id, secret };
  }

  /** Sends a message of the type `webhook.test` at once, and says what became of it. */
  @Post(':id/test')
  @Needs('administer')
  @HttpCode(200)
  async test(@Param('id') id: string, @SignedIn() person: Person): Promise<TestAnswer> {
    mustGovern(person);
    return found(await this.deliveries.test(idIn(id)));
  }

  private mustBeAllowed(url: string): void {
    const fault = this.hosts.faultOf(url);
    if (fault !== null) wrong('url', fault, 'phải bắt đầu bằng https:// và dẫn đến một máy chủ mà người vận hành cho phép (WEBHOOK_HOSTS)');
  }
}

/** @throws Problem for null */
export function found<Thing>(thing: Thing | null): Thing {
  if (thing === null) throw new Problem('not-found');
  return thing;
}

const answerOf = ({ events, ...webhook }: Webhook) => ({ ...webhook, events: events === 'all' ? events : [...events] });
