import { randomUUID } from 'node:crypto';
import type { Database, Transaction } from '#platform';
import { recordSecurityEvent } from './security-events.js';
import { Tokens } from './tokens.js';

const hourMs = 60 * 60 * 1000;
/** Of an access token. Scripts sign in once and use it for long; an ended session is refused at once all the same. */
const accessMs = 2 * hourMs;
/** A session ends when it was not refreshed for so long. */
const idleMs = 12 * hourMs;
/** A session ends so long after the sign-in, however often it was refreshed. */
const longestMs = 7 * 24 * hourMs;

/**
 * A browser sends its cookie again where the answer did not reach it, as at a reload in between, and each of its tabs sends the same one. So
 * long after the use it is answered again.
 */
const cookieGraceMs = 15_000;

const channel = 'tinhgon_sessions';
const lookEveryMs = 1_000;
/** Each look goes back further than the last one, for what was committed late. */
const lookBackMs = 10_000;
const mostKnown = 100_000;

/** What a client gets at sign-in and at each refresh. */
export interface IssuedTokens {
  /** For `Authorization: Bearer`. */
  readonly token: string;
  /** Of the token, ISO 8601 UTC. */
  readonly expiresAt: string;
  /** Good once, for the next pair. */
  readonly refreshToken: string;
}

/** A session as its person may see it; times are ISO 8601 UTC. */
export interface OpenSession {
  readonly id: string;
  readonly startedAt: string;
  readonly refreshedAt: string;
}

/** Who acts, and in which session. */
export interface SessionHolder {
  readonly person: string;
  readonly session: string;
}

/** Sign-ins of local accounts: what their tokens are, and when they end. A process knows within a second what another one ended. */
export class Sessions {
  /** Sessions that were found open; the others are asked about. */
  private readonly open = new Set<string>();
  private lookedAtMs = performance.now();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private stopListening: (() => Promise<void>) | undefined;
  private isClosed = false;

  private constructor(
    private readonly database: Database,
    private readonly tokens: Tokens,
  ) {}

  static async open(database: Database): Promise<Sessions> {
    const sessions = new Sessions(database, await Tokens.open(database));
    // The embedded database belongs to this process, which knows what it ended itself.
    if (!database.embedded) {
      sessions.stopListening = await database.listen(channel, () => void sessions.look());
      sessions.later();
    }
    return sessions;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    await this.stopListening?.();
    await this.looking;
  }

  /** Begins a session. The tokens count once the transaction is committed. */
  async start(transaction: Transaction, person: string): Promise<IssuedTokens> {
    const session = randomUUID();
    await transaction.query('INSERT INTO identity.sessions (id, person) VALUES ($1, $2)', [session, person]);
    return this.issue({ person, session, generation: 0, startedAtMs: Date.now() });
  }

  /**
   * The next pair of tokens and whose they are; null when the token is not good, its session is over, or it was used before:
   * then somebody else may have it, and the session ends for both. From a cookie the one before is answered as the newest was, for a moment:
   * whoever has the newest then and is not the only one is found out at its next use.
   */
  async refresh(refreshToken: string, from: 'body' | 'cookie' = 'body'): Promise<(IssuedTokens & { readonly person: string }) | null> {
    const read = await this.tokens.readRefresh(refreshToken);
    if (!read) return null;
    const { session, generation } = read;
    const next = await this.database.transaction(async (transaction) => {
      const { rows } = await transaction.query<Refreshed>(
        `UPDATE identity.sessions SET generation = generation + 1, refreshed_at = now()
         WHERE id = $1 AND generation = $2 AND ended_at IS NULL
           AND refreshed_at > now() - $3::float8 * interval '1 ms' AND started_at > now() - $4::float8 * interval '1 ms'
         RETURNING person, generation, started_at`,
        [session, generation, idleMs, longestMs],
      );
      if (rows[0]) return rows[0];
      const again = from === 'cookie' && (await answeredJustNow(transaction, session, generation));
      if (again) return again;
      const reused = await endSessions(transaction, 'id = $1 AND generation > $2', [session, generation]);
      for (const { person } of reused) await recordSecurityEvent(transaction, { type: 'RefreshTokenReused', person });
      return null;
    });
    if (!next) {
      this.open.delete(session);
      return null;
    }
    const { person, started_at } = next;
    const issued = await this.issue({ person, session, generation: next.generation, startedAtMs: started_at.getTime() });
    return { ...issued, person };
  }

  /** Whose token it is, null when it is not good or its session is over. */
  async holder(token: string): Promise<SessionHolder | null> {
    const read = await this.tokens.readAccess(token);
    return read && (this.open.has(read.session) || (await this.isOpen(read.session))) ? read : null;
  }

  /** The open sessions of the person, the newest first. */
  async of(person: string): Promise<readonly OpenSession[]> {
    const { rows } = await this.database.pool.query<{ id: string; startedAt: Date; refreshedAt: Date }>(
      `SELECT id, started_at AS "startedAt", refreshed_at AS "refreshedAt" FROM identity.sessions
       WHERE person = $1 AND ended_at IS NULL
         AND refreshed_at > now() - $2::float8 * interval '1 ms' AND started_at > now() - $3::float8 * interval '1 ms'
       ORDER BY started_at DESC, id`,
      [person, idleMs, longestMs],
    );
    return rows.map(({ id, startedAt, refreshedAt }) => ({
      id,
      startedAt: startedAt.toISOString(),
      refreshedAt: refreshedAt.toISOString(),
    }));
  }

  /** Ends the session; false when the person has no such session that is open. */
  async end({ person, session }: SessionHolder): Promise<boolean> {
    return this.endWhere(async (transaction) => {
      const ended = await endSessions(transaction, 'id = $1 AND person = $2', [session, person]);
      if (ended.length > 0) await recordSecurityEvent(transaction, { type: 'SignedOut', person });
      return ended;
    });
  }

  /** Runs the work and ends all sessions of the person, both or neither. `by` is null where it is the person. */
  async endAll(person: string, by: string | null, work: (transaction: Transaction) => Promise<void>): Promise<void> {
    await this.endWhere(async (transaction) => {
      await work(transaction);
      await recordSecurityEvent(transaction, { type: 'SignedOutEverywhere', person, by });
      return endSessions(transaction, 'person = $1', [person]);
    });
  }

  /** Runs the work and ends the other sessions of its person, both or neither. */
  async endOthers({ person, session }: SessionHolder, work: (transaction: Transaction) => Promise<void>): Promise<void> {
    await this.endWhere(async (transaction) => {
      await work(transaction);
      return endSessions(transaction, 'person = $1 AND id <> $2', [person, session]);
    });
  }

  /** Forgets what ended long ago: nobody can have a token of it. */
  async forgetEnded(): Promise<void> {
    await this.database.transaction((transaction) =>
      transaction.query(
        `DELETE FROM identity.sessions WHERE ended_at < now() - $1::float8 * interval '1 ms' OR refreshed_at < now() - $1::float8 * interval '1 ms'`,
        [idleMs + accessMs],
      ),
    );
  }

  private async endWhere(work: (transaction: Transaction) => Promise<readonly Ended[]>): Promise<boolean> {
    const ended = await this.database.transaction(work);
    for (const { id } of ended) this.open.delete(id);
    return ended.length > 0;
  }

  private async isOpen(session: string): Promise<boolean> {
    const { rows } = await this.database.pool.query('SELECT 1 FROM identity.sessions WHERE id = $1 AND ended_at IS NULL', [session]);
    if (rows.length === 0) return false;
    if (this.open.size >= mostKnown) this.open.clear();
    this.open.add(session);
    return true;
  }

  private async issue(of: {
    readonly person: string;
    readonly session: string;
    readonly generation: number;
    readonly startedAtMs: number;
  }): Promise<IssuedTokens> {
    const { person, session, generation, startedAtMs } = of;
    const nowMs = Date.now();
    const endsAtMs = Math.floor(Math.min(nowMs + accessMs, startedAtMs + longestMs) / 1000) * 1000;
    return {
      token: await this.tokens.access({ person, session, endsAtMs }),
      expiresAt: new Date(endsAtMs).toISOString(),
      refreshToken: await this.tokens.refresh({ session, generation }, Math.min(nowMs + idleMs, startedAtMs + longestMs)),
    };
  }

  private later(): void {
    if (this.isClosed) return;
    this.timer = setTimeout(() => void this.look().finally(() => this.later()), lookEveryMs);
    this.timer.unref();
  }

  private look(): Promise<void> {
    this.looking ??= this.forgetWhatOthersEnded().finally(() => (this.looking = undefined));
    return this.looking;
  }

  private async forgetWhatOthersEnded(): Promise<void> {
    const nowMs = performance.now();
    try {
      const { rows } = await this.database.pool.query<{ id: string }>(
        `SELECT id FROM identity.sessions WHERE ended_at > now() - $1::float8 * interval '1 ms'`,
        [lookBackMs],
      );
      // After a longer break, as while the database was away, all are asked about again.
      if (nowMs - this.lookedAtMs > lookBackMs / 2) this.open.clear();
      for (const { id } of rows) this.open.delete(id);
      this.lookedAtMs = nowMs;
    } catch {
      // The next look goes on from the last that was answered.
    }
  }
}

interface Refreshed {
  readonly person: string;
  readonly generation: number;
  readonly started_at: Date;
}

/** The session whose newest refresh token was given out for this one a moment ago. */
async function answeredJustNow(transaction: Transaction, session: string, generation: number): Promise<Refreshed | undefined> {
  const { rows } = await transaction.query<Refreshed>(
    `SELECT person, generation, started_at FROM identity.sessions
     WHERE id = $1 AND generation = $2 + 1 AND ended_at IS NULL AND refreshed_at > clock_timestamp() - $3::float8 * interval '1 ms'`,
    [session, generation, cookieGraceMs],
  );
  return rows[0];
}

interface Ended {
  readonly id: string;
  readonly person: string;
}

/** Ends those that are open, and tells the other processes. */
async function endSessions(transaction: Transaction, which: string, values: readonly unknown[]): Promise<readonly Ended[]> {
  const { rows } = await transaction.query<Ended>(
    `UPDATE identity.sessions SET ended_at = clock_timestamp() WHERE ${which} AND ended_at IS NULL RETURNING id, person`,
    [...values],
  );
  if (rows.length > 0) await transaction.query(`SELECT pg_notify($1, '')`, [channel]);
  return rows;
}
