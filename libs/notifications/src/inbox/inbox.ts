import type { Directory, Person } from '#identity';
import type { Clock, Database } from '#platform';
import { readCursor, writeCursor } from '#procedures';
import { rankOf } from '#workflow';
import type { Definitions } from '#workflow';
import type { DigestItem } from '../digests/digest-mail.js';
import { actionsAbove, addressesOf } from './addresses.js';
import type { NotificationType } from './notified.js';

/** What somebody is told. */
export interface Notification {
  /** Of the event. */
  readonly id: string;
  /** Of the event, decimal. */
  readonly position: string;
  readonly type: NotificationType;
  /** Procedure id. */
  readonly procedure: string;
  /** The procedure's, as it is now. */
  readonly title: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly read: boolean;
  /** Ids, words of the lifecycle and dates. */
  readonly data: Readonly<Record<string, unknown>>;
}

export interface InboxPage {
  readonly items: readonly Notification[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
  /** How many are unread in all. */
  readonly unread: number;
}

const yearMs = 366 * 86_400_000;

/** What people are told, of procedures that they may see when they look, for a year. */
export class Inbox {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly definitions: Definitions,
    private readonly clock: Clock,
  ) {}

  /** Newest first. @throws InvalidCursor, Unavailable */
  async list(
    person: Person,
    { unread, cursor, limit }: { readonly unread: boolean; readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<InboxPage> {
    const { pool } = this.database;
    const before = cursor === undefined ? null : (readCursor(cursor, 'notifications', 1)[0] ?? null);
    const reader = await this.readerOf(person);
    const { rows } = await pool.query<Omit<Notification, 'at'> & { readonly at: Date }>(
      `SELECT n.event AS id, n.position, n.type, n.procedure, n.title, n.at, n.read,
         CASE WHEN n.task IS NULL THEN n.data ELSE n.data || jsonb_build_object('task', n.task) END AS data FROM ${theirs} AS n
       WHERE ($7::bigint IS NULL OR n.position < $7) AND (NOT $8 OR NOT n.read) ORDER BY n.position DESC LIMIT $9`,
      [...reader, before, unread, limit + 1],
    );
    const items = rows.slice(0, limit).map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
    const last = items.at(-1);
    const nextCursor = last && rows.length > limit ? writeCursor(['notifications', last.position]) : null;
    return { items, nextCursor, unread: await this.countUnread(reader) };
  }

  /** How many are unread in all. @throws Unavailable */
  async unread(person: Person): Promise<number> {
    return this.countUnread(await this.readerOf(person));
  }

  /** Marks as read what is named, or everything up to the position; what is not theirs is passed over. @throws Unavailable */
  async markRead(
    person: Person,
    { ids, upTo }: { readonly ids?: readonly string[] | undefined; readonly upTo?: string | undefined },
  ): Promise<void> {
    const reader = await this.readerOf(person);
    await this.database.transaction(async (transaction) => {
      await transaction.query('DELETE FROM notifications.read WHERE person = $1 AND at < $2', [person.id, this.since()]);
      await transaction.query(
        `INSERT INTO notifications.read SELECT $1, n.event, n.at FROM ${theirs} AS n
         WHERE NOT n.read AND (n.event = ANY ($7::uuid[]) OR n.position <= $8) ON CONFLICT DO NOTHING`,
        [...reader, ids ?? null, upTo ?? null],
      );
    });
  }

  private async countUnread(reader: readonly unknown[]): Promise<number> {
    const { rows } = await this.database.pool.query<{ unread: number }>(
      `SELECT count(*)::integer AS unread FROM ${theirs} AS n WHERE NOT n.read`,
      [...reader],
    );
    return rows[0]?.unread ?? 0;
  }

  /** What is unread, was in no digest, and was recorded after the time; the oldest first, 1000 at most. @throws Unavailable */
  async unmailed(person: Person, after: Date): Promise<readonly (DigestItem & Pick<Notification, 'id' | 'at'>)[]> {
    const reader = await this.readerOf(person);
    const { rows } = await this.database.pool.query<DigestItem & { readonly id: string; readonly at: Date }>(
      `SELECT n.event AS id, n.at, n.type, n.procedure, n.title, n.classification > 0 AS classified, n.data FROM ${theirs} AS n
       WHERE NOT n.read AND n.at > $7
         AND NOT EXISTS (SELECT FROM notifications.mailed m WHERE m.person = $1 AND m.event = n.event) ORDER BY n.position LIMIT 1000`,
      [...reader, after],
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }

  /** The parameters of `theirs`. */
  private async readerOf(person: Person): Promise<readonly unknown[]> {
    const addresses = addressesOf(person, this.directory.units(), await actionsAbove(this.definitions));
    const { units, clearance } = this.directory.sightOf(person);
    return [
      person.id,
      addresses.map(({ audience }) => audience),
      addresses.map(({ target }) => target),
      rankOf(clearance),
      units && [...units],
      this.since(),
    ];
  }

  private since(): Date {
    return new Date(this.clock.now().getTime() - yearMs);
  }
}

/**
 * What reaches the person ($1) at these addresses ($2, $3), of procedures that they are cleared for ($4) and that their units own ($5; null
 * for any), since a time ($6). A unit that is asked something may see what it is asked about wherever it stands in the tree.
 */
const theirs = `(
  SELECT n.*, r.title, r.classification, d.event IS NOT NULL AS read
  FROM views.notifications n
  JOIN views.register r ON r.id = n.procedure
  LEFT JOIN notifications.read d ON d.person = $1 AND d.event = n.event
  WHERE n.position IN (
      SELECT a.position FROM views.notification_addresses a
      JOIN unnest($2::text[], $3::uuid[]) AS own (audience, target) ON a.audience = own.audience AND a.target = own.target
    )
    AND n.actor <> $1 AND n.at >= $6 AND r.classification <= $4 AND (n.task IS NOT NULL OR $5::uuid[] IS NULL OR r.owning_unit = ANY ($5))
)`;
