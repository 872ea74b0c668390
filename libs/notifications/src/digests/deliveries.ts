import type { Database } from '#platform';
import { readCursor, writeCursor } from '#processors';
import type { Page } from '#processors';
import type { NotSent } from './mailer.js';
import { beginningOf } from './periods.js';
import type { Periods } from './periods.js';

/** `unknown`: the process or the line broke in between, and it may have been sent; it is not sent again. `given-up`: it was not sent. */
export const deliveryStates = ['sending', 'sent', 'failed', 'unknown', 'given-up'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** What became of one digest. */
export interface Delivery {
  /** Person id. */
  readonly person: string;
  /** A date, or a date and hour, in Vietnam. */
  readonly period: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** Codes of what went wrong last; null where nothing did. */
  readonly error: string | null;
  /** When it came to its state, ISO 8601 UTC. */
  readonly at: string;
}

/** Somebody whose period has begun and is not settled. */
export interface DueDigest {
  /** Person id. */
  readonly person: string;
  readonly email: string;
  readonly since: Date;
  readonly period: string;
}

const mostAttempts = 8;
const firstPauseMs = 60_000;
const longestPauseMs = 3_600_000;
/** A sending that takes longer has broken off. */
const longestSendingMs = 10 * 60_000;

/** Closes what was broken off, and what failed until its period was over. */
export async function settleOld(database: Database, { daily, hourly }: Periods, now: Date): Promise<void> {
  await database.pool.query(
    `UPDATE notifications.deliveries SET state = CASE state WHEN 'sending' THEN 'unknown' ELSE 'given-up' END, changed_at = $1
     WHERE (state = 'sending' AND changed_at < $2) OR (state = 'failed' AND period <> ALL ($3::text[]))`,
    [now, new Date(now.getTime() - longestSendingMs), [daily, hourly].filter((one) => one !== null)],
  );
}

/** Whose period has begun since their address was confirmed; a period that had begun before is not theirs. */
export async function dueDigests(database: Database, { daily, hourly }: Periods, now: Date, limit: number): Promise<readonly DueDigest[]> {
  const { rows } = await database.pool.query<DueDigest>(
    `SELECT s.person, s.email, s.since, p.period FROM notifications.settings s
     JOIN (VALUES ('daily', $1::text, $5::timestamptz), ('hourly', $2::text, $6::timestamptz)) AS p (digest, period, begun) USING (digest)
     LEFT JOIN notifications.deliveries d ON d.person = s.person AND d.period = p.period
     WHERE s.email IS NOT NULL AND p.period IS NOT NULL AND s.since < p.begun AND s.settled_period IS DISTINCT FROM p.period
       AND (d.person IS NULL OR (d.state = 'failed' AND d.next_at <= $3))
     ORDER BY s.person LIMIT $4`,
    [daily, hourly, now, limit, daily && beginningOf(daily), beginningOf(hourly)],
  );
  return rows;
}

/** Takes note that it is being sent, before it is: so no other process sends it. Answers how often it was tried; null where another has it. */
export async function claimDelivery(database: Database, { person, period }: DueDigest, now: Date): Promise<number | null> {
  const { rows } = await database.pool.query<{ attempts: number }>(
    `INSERT INTO notifications.deliveries AS d (person, period, state, attempts, changed_at) VALUES ($1, $2, 'sending', 1, $3)
     ON CONFLICT (person, period) DO UPDATE SET state = 'sending', attempts = d.attempts + 1, changed_at = excluded.changed_at
       WHERE d.state = 'failed' AND d.next_at <= excluded.changed_at
     RETURNING attempts`,
    [person, period, now],
  );
  return rows[0]?.attempts ?? null;
}

/** It was sent, with these events in it. */
export async function recordSent(
  database: Database,
  { person, period }: DueDigest,
  events: readonly { readonly id: string; readonly at: string }[],
  now: Date,
): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.query(
      `UPDATE notifications.deliveries SET state = 'sent', error = NULL, next_at = NULL, changed_at = $3 WHERE person = $1 AND period = $2`,
      [person, period, now],
    );
    await transaction.query(
      `INSERT INTO notifications.mailed SELECT $1, event, at FROM unnest($2::uuid[], $3::timestamptz[]) AS e (event, at) ON CONFLICT DO NOTHING`,
      [person, events.map(({ id }) => id), events.map(({ at }) => at)],
    );
  });
}

export async function recordNotSent(
  database: Database,
  { person, period }: DueDigest,
  { reason, outcome }: Pick<NotSent, 'reason' | 'outcome'>,
  { attempts, now }: { readonly attempts: number; readonly now: Date },
): Promise<void> {
  const goesOn = outcome === 'later' && attempts < mostAttempts;
  const state: DeliveryState = outcome === 'unknown' ? 'unknown' : goesOn ? 'failed' : 'given-up';
  const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (attempts - 1));
  await database.pool.query(
    `UPDATE notifications.deliveries SET state = $3, error = $4, next_at = $5, changed_at = $6 WHERE person = $1 AND period = $2`,
    [person, period, state, reason, goesOn ? new Date(now.getTime() + pauseMs) : null, now],
  );
}

/** There is nothing to send to them in this period. */
export async function recordNothingNew(database: Database, { person, period }: DueDigest): Promise<void> {
  await database.pool.query('UPDATE notifications.settings SET settled_period = $2 WHERE person = $1', [person, period]);
  // What failed before may have been read meanwhile.
  await database.pool.query(
    `UPDATE notifications.deliveries SET state = 'given-up', next_at = NULL WHERE person = $1 AND period = $2 AND state = 'failed'`,
    [person, period],
  );
}

/** How many wait to be tried again, with the last error of one of them. */
export async function failedDeliveries(database: Database): Promise<{ readonly count: number; readonly error: string | null }> {
  const { rows } = await database.pool.query<{ count: number; error: string | null }>(
    `SELECT count(*)::integer AS count, max(error) AS error FROM notifications.deliveries WHERE state = 'failed'`,
  );
  return rows[0] ?? { count: 0, error: null };
}

/** Forgets what no list goes back to, and addresses that nobody confirmed in time. */
export async function forgetOld(database: Database, before: Date): Promise<void> {
  await database.pool.query('DELETE FROM notifications.deliveries WHERE changed_at < $1', [before]);
  await database.pool.query('DELETE FROM notifications.mailed WHERE at < $1', [before]);
  await database.pool.query(
    'UPDATE notifications.confirmations SET email = NULL, code_sha256 = NULL WHERE ends_at < now() AND email IS NOT NULL',
  );
}

/** What became of digests, the newest first. @throws InvalidCursor */
export async function listDeliveries(
  database: Database,
  asked: {
    /** Person id. (Default: anybody) */
    readonly person?: string | undefined;
    /** (Default: any) */
    readonly state?: DeliveryState | undefined;
    readonly cursor?: string | undefined;
    readonly limit: number;
  },
): Promise<Page<Delivery>> {
  const { person = null, state = null, cursor, limit } = asked;
  const before = cursor === undefined ? null : readCursor(cursor, 'deliveries', 1)[0];
  const { rows } = await database.pool.query<Omit<Delivery, 'at'> & { readonly key: string; readonly changed_at: Date }>(
    `SELECT id::text AS key, person, period, state, attempts, error, changed_at FROM notifications.deliveries
     WHERE ($1::uuid IS NULL OR person = $1) AND ($2::text IS NULL OR state = $2) AND ($3::bigint IS NULL OR id < $3)
     ORDER BY id DESC LIMIT $4`,
    [person, state, before, limit + 1],
  );
  const shown = rows.slice(0, limit);
  const items = shown.map(({ person: to, period, state: reached, attempts, error, changed_at }) => ({
    ...{ person: to, period, state: reached, attempts, error },
    at: changed_at.toISOString(),
  }));
  const last = shown.at(-1);
  return { items, nextCursor: last && rows.length > limit ? writeCursor(['deliveries', last.key]) : null };
}
