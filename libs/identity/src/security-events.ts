import type { Database, Transaction } from '#platform';

/** What happens around sign-in, and to keys and secrets, and is kept for auditors. */
export const securityEventTypes = [
  'SignedIn',
  'SignInFailed',
  'SignInLocked',
  'SignedOut',
  'SignedOutEverywhere',
  'RefreshTokenReused',
  'PasswordChanged',
  'PersonLinked',
  'PersonMadeKnown',
  'ServiceAccountMade',
  'ServiceKeyRotated',
  'ServiceAccountRevoked',
  'WebhookMade',
  'WebhookChanged',
  'WebhookSecretRotated',
  'WebhookRemoved',
] as const;
export type SecurityEventType = (typeof securityEventTypes)[number];

/** Something that happened around sign-in, or to a key or a secret. */
export interface SecurityEvent {
  /** Grows; decimal text. */
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly type: SecurityEventType;
  /** Person id; null where nobody has the username that was tried. */
  readonly person: string | null;
  /** Who did it to them, a person id; null where it was the person. */
  readonly by: string | null;
  /** How often within a minute; other than 1 only where it is about nobody. */
  readonly times: number;
  /** What the person did it to, a webhook id; null where it is about people alone. */
  readonly subject: string | null;
}

/** Keeps the event, in the transaction of what it tells of. (Default of `by`: the person; of `subject`: none) */
export async function recordSecurityEvent(
  transaction: Transaction,
  event: { readonly type: SecurityEventType; readonly person: string | null; readonly by?: string | null; readonly subject?: string },
): Promise<void> {
  const { type, person, by = null, subject = null } = event;
  if (person === null)
    await transaction.query(
      `INSERT INTO identity.security_events AS e (type, at) VALUES ($1, date_trunc('minute', now()))
       ON CONFLICT (type, at) WHERE person IS NULL DO UPDATE SET times = e.times + 1`,
      [type],
    );
  else
    await transaction.query('INSERT INTO identity.security_events (type, person, by, subject) VALUES ($1, $2, $3, $4)', [
      type,
      person,
      by,
      subject,
    ]);
}

/** Newest first, older than `before`. */
export async function securityEvents(
  database: Database,
  asked: {
    readonly person?: string | undefined;
    readonly type?: SecurityEventType | undefined;
    /** Person ids: only what is about these. (Default: about everybody, and about usernames that nobody has) */
    readonly people?: readonly string[] | undefined;
    /** Id of an event. (Default: from the newest) */
    readonly before?: string | undefined;
    /** Days in Vietnam, YYYY-MM-DD, both included. (Default: any) */
    readonly from?: string | undefined;
    readonly to?: string | undefined;
    readonly limit: number;
  },
): Promise<readonly SecurityEvent[]> {
  const { person = null, type = null, people = null, before = null, from = null, to = null, limit } = asked;
  const { rows } = await database.pool.query<Omit<SecurityEvent, 'at'> & { at: Date }>(
    `SELECT e.id::text, e.at, e.type, e.person, e.by, e.times, e.subject FROM identity.security_events e
     WHERE ($1::uuid IS NULL OR e.person = $1) AND ($2::text IS NULL OR e.type = $2) AND ($3::bigint IS NULL OR e.id < $3)
       AND ($5::uuid[] IS NULL OR e.person = ANY ($5))
       AND ($6::date IS NULL OR e.at >= $6::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh')
       AND ($7::date IS NULL OR e.at < ($7::date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh')
     ORDER BY e.id DESC LIMIT $4`,
    [person, type, before, limit, people, from, to],
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** Forgets what is older than two years, which the page shows no more; the log keeps it, by ids alone. */
export async function forgetOldSecurityEvents(database: Database): Promise<void> {
  await database.transaction((transaction) =>
    transaction.query(`DELETE FROM identity.security_events WHERE logged AND at < now() - interval '2 years'`),
  );
}
