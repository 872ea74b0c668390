import { randomUUID } from 'node:crypto';
import type { EventStore } from '#event-store';
import type { Clock, Database } from '#platform';
import { readCursor, writeCursor } from '#processors';
import { addressOf } from './outbox.js';
import { positionBefore } from './position-before.js';
import type { Since } from './position-before.js';
import { isDelivered } from './send.js';
import type { Attempt, Sender } from './send.js';

export const webhookDeliveryStates = ['pending', 'delivered', 'failed'] as const;
export type WebhookDeliveryState = (typeof webhookDeliveryStates)[number];

/** What became of one message. */
export interface WebhookDelivery {
  /** As it stands in the header `webhook-id`. */
  readonly id: string;
  /** Of the event. */
  readonly type: string;
  /** Of the event, decimal. */
  readonly position: string;
  readonly state: WebhookDeliveryState;
  /** Oldest first. */
  readonly attempts: readonly Attempt[];
  /** ISO 8601 UTC; null unless it is pending. */
  readonly nextAttemptAt: string | null;
}

const order = 'deliveries';

/** What was sent to webhooks, and sending it again. */
export class WebhookDeliveries {
  constructor(
    private readonly database: Database,
    private readonly store: EventStore,
    private readonly clock: Clock,
    private readonly sender: Sender,
  ) {}

  /** The messages of a webhook, the newest event first. (Default: in all states) @throws InvalidCursor */
  async list(
    webhook: string,
    asked: { readonly states?: readonly WebhookDeliveryState[] | undefined; readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<{ readonly items: readonly WebhookDelivery[]; readonly nextCursor: string | null }> {
    const { states = webhookDeliveryStates, cursor, limit } = asked;
    const [before = null] = cursor === undefined ? [] : readCursor(cursor, order, 1);
    const { rows } = await this.database.pool.query<Omit<WebhookDelivery, 'nextAttemptAt'> & { nextAttemptAt: Date | null }>(
      `SELECT id, type, position::text, state, attempts, 
         greatest(next_attempt_at, (SELECT paused_until FROM notifications.webhooks WHERE id = $1 AND state = 'pending')) AS "nextAttemptAt" FROM notifications.webhook_messages
       WHERE webhook = $1 AND state = ANY ($2) AND ($3::bigint IS NULL OR position < $3) ORDER BY webhook_messages.position DESC LIMIT $4`,
      [webhook, states, before, limit + 1],
    );
    const items = rows.slice(0, limit).map((row) => ({ ...row, nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null }));
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, nextCursor: last ? writeCursor([order, last.position]) : null };
  }

  /** Sends a message of the type `webhook.test` at once, and once; it is in no list. Null when there is no such webhook. */
  async test(webhook: string): Promise<(Attempt & { readonly id: string; readonly delivered: boolean }) | null> {
    const now = this.clock.now();
    const address = await addressOf(this.database, webhook, now);
    if (!address) return null;
    const id = randomUUID();
    const body = JSON.stringify({ type: 'webhook.test', timestamp: now.toISOString(), data: { webhook } });
    const sent = await this.sender.send({ ...address, id, body });
    return sent && { id, delivered: isDelivered(sent.attempt), ...sent.attempt };
  }

  /** Has the message sent again now, whatever became of it. False when there is none. */
  async retry(webhook: string, message: string): Promise<boolean> {
    return this.database.transaction(async (transaction) => {
      // The pause that the receiver asked for ends as well. The webhook comes first, as wherever both are written.
      await transaction.query(
        `UPDATE notifications.webhooks SET paused_until = NULL
         WHERE id = $1 AND EXISTS (SELECT FROM notifications.webhook_messages WHERE webhook = $1 AND id = $2)`,
        [webhook, message],
      );
      const { rowCount } = await transaction.query(
        `UPDATE notifications.webhook_messages SET state = 'pending', failures = 0, queued_at = $3, next_attempt_at = $3
         WHERE webhook = $1 AND id = $2`,
        [webhook, message, this.clock.now()],
      );
      return rowCount === 1;
    });
  }

  /** Has everything sent again that came since then. Answers the position after which that is; null when there is no such webhook. */
  async replay(webhook: string, since: Since): Promise<bigint | null> {
    const position = await positionBefore(this.store, this.database, since);
    // Messages are made anew from the log, with the same ids: making them goes on from the earlier position.
    const { rows } = await this.database.pool.query<{ position: string }>(
      'UPDATE notifications.webhooks SET position = least(position, $2), paused_until = NULL WHERE id = $1 RETURNING position::text',
      [webhook, String(position)],
    );
    const [row] = rows;
    return row ? BigInt(row.position) : null;
  }
}
