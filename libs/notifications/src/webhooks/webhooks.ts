import { KeyReused, uuidv5 } from '#event-store';
import type { EventStore } from '#event-store';
import { recordSecurityEvent } from '#identity';
import type { Clock, Database, Transaction } from '#platform';
import type { WebhookEventType } from './notified-events.js';
import { newSecret, secretText } from './signature.js';

/** An address that is told what happens. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly description: string | null;
  readonly events: readonly WebhookEventType[] | 'all';
  readonly enabled: boolean;
  /** Why it was disabled where nobody ordered it: the receiver answered 410, or everything has failed for days. */
  readonly disabledBecause: 'gone' | 'failing' | null;
  /** When the first of the failures came since the last success, ISO 8601 UTC; null after a success. */
  readonly failingSince: string | null;
  /** Of the log, decimal: up to here its messages were made. */
  readonly position: string;
  /** ISO 8601 UTC. */
  readonly madeAt: string;
  /** Person id. */
  readonly madeBy: string;
}

/** What an administrator may say of a webhook. */
export interface WebhookFields {
  readonly url: string;
  readonly description?: string | null | undefined;
  readonly events: readonly WebhookEventType[] | 'all';
}

/** What is left out stays as it is. */
export type WebhookChange = { readonly [Field in keyof WebhookFields]?: WebhookFields[Field] | undefined } & {
  readonly enabled?: boolean | undefined;
};

/** Who orders it, and the command's id; the same command makes the same webhook and the same secret. */
export interface WebhookOrder {
  /** Person id. */
  readonly by: string;
  readonly commandId: string;
  /** SHA-256 of the request, hexadecimal. */
  readonly requestHash: string;
}

/** There are as many as there may be. */
export class TooManyWebhooks extends Error {
  override readonly name = 'TooManyWebhooks';
  constructor() {
    super(`There are ${String(mostWebhooks)} webhooks already, and no more can be made.`);
  }
}

/** Each may be sent to at the same time as all others. */
const mostWebhooks = 50;
/** How long the secret before a rotation signs as well. */
const overlapMs = 24 * 3_600_000;

/** Webhooks as administrators make, change and remove them. Who did it when is kept with the security events. */
export class Webhooks {
  constructor(
    private readonly database: Database,
    private readonly store: EventStore,
    private readonly clock: Clock,
  ) {}

  /** Makes a webhook that is told what comes from now on. The secret is answered here alone. @throws TooManyWebhooks, KeyReused */
  async make(
    id: string,
    { url, description = null, events }: WebhookFields,
    { by, commandId, requestHash }: WebhookOrder,
  ): Promise<{ readonly webhook: Webhook; readonly secret: string }> {
    const position = String((await this.store.head()) ?? 0n);
    return this.database.transaction(async (transaction) => {
      // Must come first, so that two at once cannot both be the last.
      await transaction.query('LOCK TABLE notifications.webhooks IN SHARE ROW EXCLUSIVE MODE');
      const [made] = await rowsOf(transaction, 'WHERE id = $1', [id]);
      if (made) {
        if (made.requestHash !== requestHash) throw new KeyReused(commandId);
        return { webhook: toWebhook(made), secret: secretText(made.secret) };
      }
      const { rows } = await transaction.query<{ many: boolean }>('SELECT count(*) >= $1 AS many FROM notifications.webhooks', [
        mostWebhooks,
      ]);
      if (rows[0]?.many === true) throw new TooManyWebhooks();
      const secret = newSecret();
      const [row] = await changed(
        transaction,
        `INSERT INTO notifications.webhooks AS w (id, url, description, events, secret, secret_command, position, made_at, made_by, request_hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [id, url, description, columnOf(events), secret, commandId, position, this.clock.now(), by, requestHash],
      );
      if (!row) throw new Error('A webhook was not stored.');
      await recordSecurityEvent(transaction, { type: 'WebhookMade', person: by, subject: id });
      return { webhook: toWebhook(row), secret: secretText(secret) };
    });
  }

  /** Oldest first. */
  async list(): Promise<readonly Webhook[]> {
    return (await rowsOf(this.database.pool, 'ORDER BY made_at, id', [])).map(toWebhook);
  }

  /** Null when there is none. */
  async find(id: string): Promise<Webhook | null> {
    const [row] = await rowsOf(this.database.pool, 'WHERE id = $1', [id]);
    return row ? toWebhook(row) : null;
  }

  /** What is left out stays. One that is enabled again is told what comes from now on. Null when there is none. */
  async change(id: string, change: WebhookChange, by: string): Promise<Webhook | null> {
    const { url, description, events, enabled } = change;
    const position = String((await this.store.head()) ?? 0n);
    return this.database.transaction(async (transaction) => {
      const [row] = await changed(
        transaction,
        `UPDATE notifications.webhooks AS w SET url = coalesce($2, url), paused_until = NULL,
           description = CASE WHEN $3::boolean THEN $4 ELSE description END, events = CASE WHEN $5::boolean THEN $6::text[] ELSE events END,
           enabled = coalesce($7::boolean, enabled), position = CASE WHEN $7 AND NOT enabled THEN $8::bigint ELSE position END,
           disabled_because = CASE WHEN $7 THEN NULL ELSE disabled_because END, failing_since = CASE WHEN $7 THEN NULL ELSE failing_since END
         WHERE id = $1`,
        [
          ...[id, url ?? null, description !== undefined, description ?? null],
          ...[events !== undefined, events === undefined ? null : columnOf(events), enabled ?? null, position],
        ],
      );
      if (!row) return null;
      await recordSecurityEvent(transaction, { type: 'WebhookChanged', person: by, subject: id });
      return toWebhook(row);
    });
  }

  /** Ends it, with its messages. False when there is none. */
  async remove(id: string, by: string): Promise<boolean> {
    return this.database.transaction(async (transaction) => {
      const { rowCount } = await transaction.query('DELETE FROM notifications.webhooks WHERE id = $1', [id]);
      if (rowCount !== 1) return false;
      await recordSecurityEvent(transaction, { type: 'WebhookRemoved', person: by, subject: id });
      return true;
    });
  }

  /** Makes another secret; the one before signs as well for 24 hours. Null when there is none. */
  async rotateSecret(id: string, { by, commandId }: Pick<WebhookOrder, 'by' | 'commandId'>): Promise<string | null> {
    return this.database.transaction(async (transaction) => {
      const [row] = await rowsOf(transaction, 'WHERE id = $1 FOR UPDATE', [id]);
      if (!row) return null;
      // The order that made the webhook made its first secret, and is another order.
      const command = uuidv5(commandId, 'rotate-secret');
      if (row.secretCommand === command) return secretText(row.secret);
      const secret = newSecret();
      await transaction.query(
        'UPDATE notifications.webhooks SET former_secret = secret, former_until = $2, secret = $3, secret_command = $4 WHERE id = $1',
        [id, new Date(this.clock.now().getTime() + overlapMs), secret, command],
      );
      await recordSecurityEvent(transaction, { type: 'WebhookSecretRotated', person: by, subject: id });
      return secretText(secret);
    });
  }
}

interface Row extends Omit<Webhook, 'events' | 'failingSince' | 'madeAt'> {
  readonly events: readonly WebhookEventType[] | null;
  readonly failingSince: Date | null;
  readonly madeAt: Date;
  readonly secret: Buffer;
  readonly secretCommand: string;
  readonly requestHash: string;
}

const columns = `id, url, description, events, enabled, disabled_because AS "disabledBecause", failing_since AS "failingSince", position::text,
  made_at AS "madeAt", made_by AS "madeBy", secret, secret_command AS "secretCommand", request_hash AS "requestHash"`;

async function rowsOf(database: Pick<Transaction, 'query'>, condition: string, values: readonly unknown[]): Promise<readonly Row[]> {
  return (await database.query<Row>(`SELECT ${columns} FROM notifications.webhooks ${condition}`, [...values])).rows;
}

async function changed(transaction: Transaction, statement: string, values: readonly unknown[]): Promise<readonly Row[]> {
  return (await transaction.query<Row>(`${statement} RETURNING ${columns}`, [...values])).rows;
}

const columnOf = (events: WebhookFields['events']): readonly string[] | null => (events === 'all' ? null : events);

function toWebhook(row: Row): Webhook {
  const { id, url, description, events, enabled, disabledBecause, failingSince, position, madeAt, madeBy } = row;
  return {
    ...{ id, url, description, enabled, disabledBecause, position, madeBy },
    events: events ?? 'all',
    failingSince: failingSince?.toISOString() ?? null,
    madeAt: madeAt.toISOString(),
  };
}
