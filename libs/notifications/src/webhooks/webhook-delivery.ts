import { setMaxListeners } from 'node:events';
import type { EventStore } from '#event-store';
import { messageOf } from '#platform';
import type { Clock, Database } from '#platform';
import { tasks } from '#worklist';
import type { Reaction, RoundTools } from '#processors';
import { deliveryPlan } from './delivery-plan.js';
import type { DeliveryPlan } from './delivery-plan.js';
import { MessageMaking } from './message-making.js';
import { forgetMessages, nextDue, recordAttempt, webhooksWithDue } from './outbox.js';
import { Sender } from './send.js';
import type { WebhookHosts } from './webhook-hosts.js';

const forgetEveryMs = 600_000;

interface DeliveryOptions {
  readonly store: EventStore;
  readonly database: Database;
  readonly clock: Clock;
  readonly hosts: WebhookHosts;
  /** (Default: `deliveryPlan`) */
  readonly plan?: Partial<DeliveryPlan>;
  /** For one answer. (Default: 15,000) */
  readonly timeoutMs?: number;
  /** From the end of a round to the next, in ms. (Default: 1000) */
  readonly everyMs?: number;
}

/**
 * Tells webhooks what happened: each event at least once, in the order of the log as far as retries allow. A process that
 * is killed between sending and writing that down has the message sent again, with the same id.
 */
export function webhookDelivery(options: DeliveryOptions): Reaction {
  const delivery = new WebhookDelivery(options);
  return {
    name: 'webhook-delivery',
    view: tasks.name,
    everyMs: options.everyMs ?? 1_000,
    round: (tools) => delivery.round(tools),
    settled: () => delivery.settled(),
  };
}

class WebhookDelivery {
  private readonly making: MessageMaking;
  private readonly sender: Sender;
  private readonly plan: DeliveryPlan;
  /** By webhook: a slow one holds up itself alone, so a round does not wait for it. */
  private readonly sending = new Map<string, Promise<void>>();
  private forgottenAtMs = -Infinity;
  /** Of sending, for the next round to tell. */
  private failure: unknown = null;

  constructor(private readonly options: DeliveryOptions) {
    const { store, database, clock, hosts, timeoutMs, plan } = options;
    this.making = new MessageMaking(store, database, clock);
    this.sender = new Sender({ clock, hosts, timeoutMs });
    this.plan = { ...deliveryPlan, ...plan };
  }

  async round(tools: RoundTools): Promise<void> {
    if (this.options.hosts.areNone) return;
    // Each webhook that is sent to listens to it.
    setMaxListeners(0, tools.signal);
    for (let isMore = true; isMore && !tools.signal.aborted;) {
      isMore = await this.making.step(tools);
      await this.startSending(tools.signal);
    }
    await this.forgetOld();
    const { failure } = this;
    this.failure = null;
    if (failure !== null) throw new Error(messageOf(failure), { cause: failure });
  }

  async settled(): Promise<void> {
    await Promise.all(this.sending.values());
  }

  private async startSending(signal: AbortSignal): Promise<void> {
    const { database, clock } = this.options;
    for (const webhook of await webhooksWithDue(database, clock.now())) {
      if (this.sending.has(webhook)) continue;
      const sent = this.sendDue(webhook, signal)
        .catch((error: unknown) => {
          this.failure = error;
        })
        .finally(() => this.sending.delete(webhook));
      this.sending.set(webhook, sent);
    }
  }

  /** One after the other, in the order of the log, until nothing is due. */
  private async sendDue(webhook: string, signal: AbortSignal): Promise<void> {
    const { database, clock } = this.options;
    while (!signal.aborted) {
      const message = await nextDue(database, webhook, clock.now());
      if (!message) return;
      const sent = await this.sender.send(message, signal);
      if (!sent) return;
      await recordAttempt(database, message, sent, this.plan);
    }
  }

  private async forgetOld(): Promise<void> {
    const nowMs = this.options.clock.now().getTime();
    if (nowMs - this.forgottenAtMs < forgetEveryMs) return;
    await forgetMessages(this.options.database, new Date(nowMs - this.plan.keepMs));
    this.forgottenAtMs = nowMs;
  }
}
