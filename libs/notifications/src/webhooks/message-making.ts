import { uuidv5 } from '#event-store';
import type { EventStore, RecordedEvent } from '#event-store';
import type { Clock, Database } from '#platform';
import type { RoundTools } from '#processors';
import { isNotified, noticeOf, notifiedPrefixes } from './notified-events.js';
import { inquiryOf, OpenProcedures } from './open-procedures.js';

const readAtOnce = 200;
/** While so many wait, no more are made for the webhook: the log keeps the rest. */
const mostPending = 10_000;
const patienceMs = 5_000;

interface Reader {
  readonly id: string;
  readonly events: readonly string[] | null;
  readonly position: string;
}

interface Message {
  readonly id: string;
  readonly webhook: string;
  readonly event: RecordedEvent;
  readonly body: string;
}

/** Turns what the log says into messages, for each webhook from the position that it has reached. */
export class MessageMaking {
  private readonly open: OpenProcedures;

  constructor(
    private readonly store: EventStore,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    this.open = new OpenProcedures(store, database);
  }

  /** Makes the next messages. Answers whether there is more to make. */
  async step(tools: RoundTools): Promise<boolean> {
    let isMore = false;
    for (const [position, readers] of await this.readers()) {
      if (tools.signal.aborted) return false;
      isMore = (await this.readOn(position, readers, tools)) || isMore;
    }
    return isMore;
  }

  /** Webhooks by the position that they have reached. */
  private async readers(): Promise<ReadonlyMap<string, readonly Reader[]>> {
    const { rows } = await this.database.pool.query<Reader>(
      `SELECT w.id, w.events, w.position::text FROM notifications.webhooks w WHERE w.enabled AND $1 >
         (SELECT count(*) FROM (SELECT FROM notifications.webhook_messages m WHERE m.webhook = w.id AND m.state = 'pending' LIMIT $1) AS pending)`,
      [mostPending],
    );
    const positions = [...new Set(rows.map(({ position }) => position))];
    return new Map(positions.map((position) => [position, rows.filter((row) => row.position === position)]));
  }

  private async readOn(position: string, readers: readonly Reader[], { reached }: RoundTools): Promise<boolean> {
    const from = position === '0' ? null : BigInt(position);
    const batch = await this.store.readAll({ from, limit: readAtOnce, prefixes: notifiedPrefixes, metadata: false });
    if (batch.position === null || String(batch.position) === position) return false;
    const events = batch.events.filter(isNotified);
    const lastInquiry = events.findLast((event) => inquiryOf(event) !== undefined);
    // Only the view says which procedure an answer to an assigned review is about.
    if (lastInquiry && !(await reached(lastInquiry.position, patienceMs))) return false;
    const open = await this.open.of(events);
    const messages = readers.flatMap(({ id: webhook, events: wanted }) =>
      events.flatMap((event) => {
        const procedure = open.get(event.id);
        if (!procedure || wanted?.includes(event.type) === false) return [];
        return [{ id: uuidv5(webhook, event.id), webhook, event, body: noticeOf(event, procedure) }];
      }),
    );
    await this.keep(readers, { from: position, to: String(batch.position) }, messages);
    return !batch.caughtUp;
  }

  /** The messages and how far the log was read are stored together, so that none is lost and none made without need. */
  private async keep(readers: readonly Reader[], { from, to }: { from: string; to: string }, messages: readonly Message[]): Promise<void> {
    await this.database.transaction(async (transaction) => {
      // Whoever was removed, disabled or told to replay meanwhile is not there any more.
      const { rows } = await transaction.query<{ id: string }>(
        'UPDATE notifications.webhooks SET position = $3 WHERE id = ANY ($1) AND position = $2 AND enabled RETURNING id',
        [readers.map(({ id }) => id), from, to],
      );
      const moved = new Set(rows.map(({ id }) => id));
      const made = messages.filter(({ webhook }) => moved.has(webhook));
      if (made.length === 0) return;
      // What is there already is being replayed.
      await transaction.query(
        `INSERT INTO notifications.webhook_messages (id, webhook, type, position, body, queued_at, next_attempt_at)
         SELECT *, $6::timestamptz, $6::timestamptz FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[], $5::text[])
         ON CONFLICT (id) DO UPDATE
           SET state = 'pending', failures = 0, queued_at = excluded.queued_at, next_attempt_at = excluded.next_attempt_at`,
        [
          made.map(({ id }) => id),
          made.map(({ webhook }) => webhook),
          made.map(({ event }) => event.type),
          made.map(({ event }) => String(event.position)),
          made.map(({ body }) => body),
          this.clock.now(),
        ],
      );
    });
  }
}
