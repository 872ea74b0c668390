import { Module } from '@nestjs/common';
import { Sender, WebhookDeliveries, WebhookHosts, Webhooks } from '#notifications';
import { over } from '../installation.module.js';
import { WebhookDeliveriesController } from './webhook-deliveries.controller.js';
import { WebhooksController } from './webhooks.controller.js';

@Module({
  controllers: [WebhooksController, WebhookDeliveriesController],
  providers: [
    over(Webhooks, ({ database, store, clock }) => new Webhooks(database, store, clock)),
    over(WebhookHosts, ({ config }) => new WebhookHosts(config.webhookHosts)),
    over(
      WebhookDeliveries,
      ({ config, database, store, clock }) =>
        new WebhookDeliveries(database, store, clock, new Sender({ clock, hosts: new WebhookHosts(config.webhookHosts) })),
    ),
  ],
})
export class WebhooksModule {}
