import type { Directory, Person } from '#identity';
import { register, registerView } from '#procedures';
import { boardsTable, boardsView, indicatorsTable, indicatorsView, inspectionsTable, inspectionsView } from '#programmes';
import type { Clock, Database } from '#platform';
import { readCursor, writeCursor } from '#processors';
import { clearanceRankOf } from '#workflow';
import type { Definitions } from '#workflow';
import type { DigestItem } from '../digests/digest-mail.js';
import { actionsAbove, addressesOf } from './addresses.js';
import type { OwnAddress } from './addresses.js';
import { notificationsView } from './notifications-view.js';
import type { NotificationType } from './notified.js';

/** What somebody is told. */
export interface Notification {
  /** Of the event. */
  readonly id: string;
  /** Of the event, decimal. */
  readonly position: string;
  readonly type: NotificationType;
  /** Procedure id; null where it is about none. */
  readonly procedure: string | null;
  /** Of the procedure as it is now, or of the indicator, the inspection or the steering board. */
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
  /** How many are unread; `unreadCountedTo` says that there are at least so many. */
  readonly unread: number;
}

const yearMs = 366 * 86_400_000;

/** Nobody reads more than a thousand, so nobody waits for more to be counted. */
const unreadCountedTo = 1000;
/** Notifications that are looked through in one go. */
const mostAtOnce = 5_000;

/** What it is read from: what there is to tell, then what that is about and whether it is classified. */
export const inboxViews = [notificationsView, register, indicatorsView, inspectionsView, boardsView].map(({ name }) => name) as [
  string,
  ...string[],
];

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
    const before = cursor === undefined ? null : (readCursor(cursor, 'notifications', 1)[0] ?? null);
    const reader = await this.readerOf(person);
    const items: Notification[] = [];
    for await (const some of this.newestFirst(reader, { unread, before, batch: limit + 1 })) {
      items.push(...some);
      if (items.length > limit) break;
    }
    const page = items.slice(0, limit);
    const last = page.at(-1);
    const nextCursor = last && items.length > limit ? writeCursor(['notifications', last.position]) : null;
    return { items: page, nextCursor, unread: await this.countUnread(reader) };
  }

  /** How many are unread, `unreadCountedTo` at most. @throws Unavailable */
  async unread(person: Person): Promise<number> {
    return this.countUnread(await this.readerOf(person));
  }

  /**
   * Marks as read what is named, or everything up to the position that is told to the person by the roles held now; what is not theirs is
   * passed over. @throws Unavailable
   */
  async markRead(
    person: Person,
    { ids, upTo }: { readonly ids?: readonly string[] | undefined; readonly upTo?: string | undefined },
  ): Promise<void> {
    const reader = await this.readerOf(person);
    if (upTo !== undefined) return this.markReadUpTo(reader, upTo);
    await this.database.transaction(async (transaction) => {
      await transaction.query('DELETE FROM notifications.read WHERE person = $1 AND at < $2', [person.id, reader.since]);
      await transaction.query(
        `INSERT INTO notifications.read SELECT $1, n.event, n.at FROM ${theirs} AS n
         WHERE n.event = ANY ($5::uuid[]) AND n.position IN (${addressed}) ON CONFLICT DO NOTHING`,
        [...seenBy(reader), ids ?? [], ...addressesTo(reader)],
      );
    });
  }

  /** What is unread, was in no digest, and was recorded after the time; the oldest first, 1000 at most. @throws Unavailable */
  async unmailed(person: Person, after: Date): Promise<readonly (DigestItem & Pick<Notification, 'id' | 'at'>)[]> {
    const reader = await this.readerOf(person);
    const { rows } = await this.database.pool.query<DigestItem & { readonly id: string; readonly at: Date }>(
      `SELECT n.event AS id, n.at, n.type, n.procedure, n.title, n.classification > 0 AS classified, n.data FROM ${theirs} AS n
       WHERE NOT n.marked AND n.at > $5 AND n.position IN (${addressed} AND a.position > own.read_up_to)
         AND NOT EXISTS (SELECT FROM notifications.mailed m WHERE m.person = $1 AND m.event = n.event) ORDER BY n.position LIMIT 1000`,
      [...seenBy(reader), after, ...addressesTo(reader)],
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }

  private async countUnread(reader: Reader): Promise<number> {
    let unread = 0;
    for await (const some of this.newestFirst(reader, { unread: true, before: null, batch: unreadCountedTo })) {
      unread += some.length;
      if (unread >= unreadCountedTo) return unreadCountedTo;
    }
    return unread;
  }

  /**
   * What the reader may see of what is addressed to them, a batch at a time, each larger than the one before where little may be seen. The
   * positions come first, as few as are needed: each address has them in order.
   */
  private async *newestFirst(
    reader: Reader,
    { unread, before, batch }: { readonly unread: boolean; readonly before: string | null; readonly batch: number },
  ): AsyncGenerator<readonly Notification[]> {
    const { pool } = this.database;
    for (let [next, more, size] = [before, true, batch]; more; size = Math.min(4 * size, mostAtOnce)) {
      const { rows: found } = await pool.query<{ position: string; unread: boolean; at: Date }>(
        `SELECT a.*, n.at FROM (
         SELECT a.position, bool_or(a.position > own.read_up_to) AS unread
         FROM unnest($1::text[], $2::uuid[], $3::bigint[]) AS own (audience, target, read_up_to)
         CROSS JOIN LATERAL (
           SELECT position FROM views.notification_addresses
           WHERE audience = own.audience AND target = own.target
             AND ($4::bigint IS NULL OR position < $4) AND (NOT $5 OR position > own.read_up_to)
           ORDER BY position DESC LIMIT $6
         ) AS a GROUP BY a.position ORDER BY a.position DESC LIMIT $6
         ) AS a JOIN views.notifications n USING (position) ORDER BY a.position DESC`,
        [...addressesTo(reader), next, unread, size],
      );
      const open = new Set(found.filter((one) => one.unread).map(({ position }) => position));
      const { rows } = await pool.query<Omit<Notification, 'at' | 'read'> & { readonly at: Date; readonly marked: boolean }>(
        `SELECT n.event AS id, n.position, n.type, n.procedure, n.title, n.at, n.marked,
           CASE WHEN n.task IS NULL THEN n.data ELSE n.data || jsonb_build_object('task', n.task) END AS data FROM ${theirs} AS n
         WHERE n.position = ANY ($5::bigint[]) AND NOT ($6 AND n.marked) ORDER BY n.position DESC`,
        [...seenBy(reader), found.map(({ position }) => position), unread],
      );
      yield rows.map(({ marked, at, ...row }) => ({ ...row, at: at.toISOString(), read: marked || !open.has(row.position) }));
      const oldest = found.at(-1);
      [next, more] = [oldest?.position ?? null, found.length === size && oldest !== undefined && oldest.at >= reader.since];
    }
  }

  private async markReadUpTo({ person, addresses }: Reader, upTo: string): Promise<void> {
    const held = [...new Map(addresses.map(({ by }) => [keyOf(by), by])).values()];
    await this.database.pool.query(
      `INSERT INTO notifications.read_up_to AS former
       SELECT $1, held.role, held.unit, newest.event
       FROM unnest($2::text[], $3::uuid[]) AS held (role, unit),
         (SELECT event FROM views.notifications WHERE position <= $4 ORDER BY position DESC LIMIT 1) AS newest
       ON CONFLICT (person, role, unit) DO UPDATE SET event = excluded.event
       WHERE coalesce((SELECT position FROM views.notifications WHERE event = former.event), 0)
         < (SELECT position FROM views.notifications WHERE event = excluded.event)`,
      [person, held.map(({ role }) => role), held.map(({ unit }) => unit), upTo],
    );
  }

  private async readerOf(person: Person): Promise<Reader> {
    const { rows } = await this.database.pool.query<{ role: string; unit: string; position: string }>(
      `SELECT u.role, u.unit, n.position FROM notifications.read_up_to u JOIN views.notifications n ON n.event = u.event WHERE u.person = $1`,
      [person.id],
    );
    const readUpTo = new Map(rows.map(({ position, ...by }) => [keyOf(by), position]));
    const addresses = addressesOf(person, this.directory.units(), await actionsAbove(this.definitions));
    const { units, clearance } = this.directory.sightOf(person);
    return {
      person: person.id,
      addresses: addresses.map((address) => ({ ...address, readUpTo: readUpTo.get(keyOf(address.by)) ?? '0' })),
      clearance: clearanceRankOf(clearance),
      units: units && [...units],
      since: new Date(this.clock.now().getTime() - yearMs),
    };
  }
}

/** Who looks, as the queries need it. */
interface Reader {
  readonly person: string;
  readonly addresses: readonly (OwnAddress & { readonly readUpTo: string })[];
  readonly clearance: number;
  /** Null for whoever sees those of every unit. */
  readonly units: readonly string[] | null;
  /** What is older is in no list. */
  readonly since: Date;
}

const keyOf = ({ role, unit }: { readonly role: string; readonly unit: string }): string => `${role} ${unit}`;

/** The parameters $1 to $4 of `theirs`. */
const seenBy = ({ person, clearance, units, since }: Reader): readonly unknown[] => [person, clearance, units, since];

const addressesTo = ({ addresses }: Reader): readonly unknown[] => [
  addresses.map(({ audience }) => audience),
  addresses.map(({ target }) => target),
  addresses.map(({ readUpTo }) => readUpTo),
];

/**
 * What the person ($1) may see of all that is told, whoever it is addressed to: of procedures that they are cleared for ($2) and that their
 * units own ($3; null for any), of indicators, and of inspections and boards what is told to units of theirs, since a time ($4). A unit that is asked something may see what it is asked about wherever it stands in the
 * tree.
 */
const theirs = `(
  SELECT n.*, coalesce(r.title, i.title, s.title, b.title) AS title, coalesce(r.classification, 0) AS classification, d.event IS NOT NULL AS marked
  FROM views.notifications n
  LEFT JOIN ${registerView} r ON r.id = n.procedure
  LEFT JOIN ${indicatorsTable} i ON n.procedure IS NULL AND i.id = (n.data ->> 'indicator')::uuid
  LEFT JOIN ${inspectionsTable} s ON n.procedure IS NULL AND s.id = (n.data ->> 'inspection')::uuid
  LEFT JOIN ${boardsTable} b ON n.procedure IS NULL AND b.id = (n.data ->> 'board')::uuid
  LEFT JOIN notifications.read d ON d.person = $1 AND d.event = n.event
  WHERE n.actor <> $1 AND n.at >= $4
    AND (i.id IS NOT NULL
      OR (s.id IS NOT NULL OR b.id IS NOT NULL) AND ($3::uuid[] IS NULL OR (n.data ->> 'unit')::uuid = ANY ($3))
      OR r.classification <= $2 AND (n.task IS NOT NULL OR $3::uuid[] IS NULL OR r.owning_unit = ANY ($3)))
)`;

/** The positions of what is addressed to somebody, by the addresses in $6 to $8. */
const addressed = `
  SELECT a.position FROM unnest($6::text[], $7::uuid[], $8::bigint[]) AS own (audience, target, read_up_to)
  JOIN views.notification_addresses a ON a.audience = own.audience AND a.target = own.target WHERE true`;
