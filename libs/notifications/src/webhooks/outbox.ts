import type { Database } from '#platform';
import type { DeliveryPlan } from './delivery-plan.js';
import { isDelivered } from './send.js';
import type { Outgoing, Sent } from './send.js';

/** A message whose time has come. */
export interface DueMessage extends Outgoing {
  readonly webhook: string;
  /** Failed attempts so far. */
  readonly failures: number;
  /** Another time when somebody has it sent again meanwhile. */
  readonly queuedAt: Date;
}

/** A webhook's address, and the secrets that sign at this moment. */
type Destination = Pick<Outgoing, 'url' | 'secrets'>;

interface AddressRow {
  readonly url: string;
  readonly secret: Buffer;
  readonly former: Buffer | null;
}

/** Of a webhook `w`, at the time `$2`. */
const addressColumns = 'w.url, w.secret, CASE WHEN w.former_until > $2 THEN w.former_secret END AS former';

function addressIn({ url, secret, former }: AddressRow): Destination {
  return { url, secrets: former ? [secret, former] : [secret] };
}

/** Null when there is no such webhook. */
export async function addressOf(database: Database, webhook: string, now: Date): Promise<Destination | null> {
  const { rows } = await database.pool.query<AddressRow>(`SELECT ${addressColumns} FROM notifications.webhooks w WHERE w.id = $1`, [
    webhook,
    now,
  ]);
  return rows[0] ? addressIn(rows[0]) : null;
}

const isNotPaused = (now: string): string => `(w.paused_until IS NULL OR w.paused_until <= ${now})`;

/** Ids of webhooks that something is to be sent to. */
export async function webhooksWithDue(database: Database, now: Date): Promise<readonly string[]> {
  const { rows } = await database.pool.query<{ id: string }>(
    `SELECT w.id FROM notifications.webhooks w WHERE w.enabled AND ${isNotPaused('$1')} AND EXISTS
       (SELECT FROM notifications.webhook_messages m WHERE m.webhook = w.id AND m.state = 'pending' AND m.next_attempt_at <= $1)`,
    [now],
  );
  return rows.map(({ id }) => id);
}

/** What is to be sent to the webhook next, with the address and the secrets of this moment; null when there is nothing. */
export async function nextDue(database: Database, webhook: string, now: Date): Promise<DueMessage | null> {
  const { rows } = await database.pool.query<Omit<DueMessage, keyof Destination> & AddressRow>(
    `SELECT m.id, m.webhook, m.body, m.failures, m.queued_at AS "queuedAt", ${addressColumns}
     FROM notifications.webhook_messages m JOIN notifications.webhooks w ON w.id = m.webhook
     WHERE m.webhook = $1 AND m.state = 'pending' AND m.next_attempt_at <= $2 AND w.enabled AND ${isNotPaused('$2')} ORDER BY m.position LIMIT 1`,
    [webhook, now],
  );
  const [row] = rows;
  if (!row) return null;
  const { id, body, failures, queuedAt } = row;
  return { id, webhook, body, failures, queuedAt, ...addressIn(row) };
}

/** Writes down what became of the message and of its webhook. */
export async function recordAttempt(database: Database, message: DueMessage, sent: Sent, plan: DeliveryPlan): Promise<void> {
  const { id, webhook, url, failures, queuedAt } = message;
  const { attempt, pauseMs } = sent;
  const now = new Date(Date.parse(attempt.at) + attempt.ms);
  const retryAfterMs = attempt.status === 410 ? undefined : plan.retryAfterMs[failures];
  const outcome = isDelivered(attempt) ? 'delivered' : retryAfterMs === undefined ? 'failed' : 'retried';
  const next = outcome === 'retried' && retryAfterMs !== undefined ? new Date(now.getTime() + withJitter(retryAfterMs)) : null;
  // What is to be sent again since then is; a process that lost its lease may tell of a failure late, and what was delivered stays so.
  const decides = `(queued_at = $6::timestamptz AND (state = 'pending' OR $2::text = 'delivered'))`;
  await database.transaction(async (transaction) => {
    // The webhook before the message, as whoever makes messages does, so that neither waits for the other.
    if (outcome === 'delivered')
      await transaction.query('UPDATE notifications.webhooks SET failing_since = NULL WHERE id = $1 AND failing_since IS NOT NULL', [
        webhook,
      ]);
    else
      await transaction.query(
        `UPDATE notifications.webhooks SET failing_since = coalesce(failing_since, $2),
           enabled = enabled AND NOT $3::boolean AND (failing_since IS NULL OR failing_since > $4),
           disabled_because = CASE WHEN NOT enabled THEN disabled_because WHEN $3 THEN 'gone' WHEN failing_since <= $4 THEN 'failing' END,
           -- An address that was changed meanwhile is another receiver.
           paused_until = CASE WHEN url = $6 THEN greatest(paused_until, $5::timestamptz) ELSE paused_until END
         WHERE id = $1`,
        [
          webhook,
          now,
          attempt.status === 410,
          new Date(now.getTime() - plan.disableAfterMs),
          pauseMs === null ? null : new Date(now.getTime() + pauseMs),
          url,
        ],
      );
    await transaction.query(
      `UPDATE notifications.webhook_messages SET attempts = CASE WHEN jsonb_array_length(attempts) < $7 THEN attempts ELSE attempts - 0 END || $5::jsonb,
         state = CASE WHEN ${decides} THEN $2 ELSE state END, failures = failures + CASE WHEN ${decides} THEN $3::integer ELSE 0 END,
         next_attempt_at = CASE WHEN ${decides} THEN $4::timestamptz ELSE next_attempt_at END
       WHERE id = $1`,
      [
        id,
        outcome === 'retried' ? 'pending' : outcome,
        outcome === 'delivered' ? 0 : 1,
        next,
        JSON.stringify([attempt]),
        queuedAt,
        attemptsKept,
      ],
    );
    await transaction.query('UPDATE notifications.webhook_outcomes SET attempts = attempts + 1 WHERE outcome = $1', [outcome]);
  });
}

/** Of one message; who has it sent again and again does not fill the database. */
const attemptsKept = 50;

/** Between the time and a fifth more, so that what failed together does not come back together. */
const withJitter = (timeMs: number): number => timeMs * (1 + Math.random() / 5);

/** Forgets messages that were queued before. */
export async function forgetMessages(database: Database, before: Date): Promise<void> {
  await database.pool.query('DELETE FROM notifications.webhook_messages WHERE queued_at < $1', [before]);
}
