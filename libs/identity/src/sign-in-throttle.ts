import { createHash } from 'node:crypto';
import type { Database, Transaction } from '#platform';

/** Too many wrong passwords for this username. */
export class SignInThrottled extends Error {
  override readonly name = 'SignInThrottled';
  constructor(readonly retryAfterMs: number) {
    super(`Too many wrong attempts; try again in ${String(Math.ceil(retryAfterMs / 1000))} s.`);
  }
}

/** How a try came out, and how many came out wrong before it. */
export interface Tried<Result> {
  /** Null when the password was wrong. */
  readonly result: Result | null;
  /** Wrong ones in a row, this one among them. */
  readonly wrongInARow: number;
}

/** From this one on a username pauses after each wrong try. */
export const freeTries = 10;
const mostWaiting = 100;

/**
 * Slows down guessing: after ten wrong passwords in a row a username pauses, a second first and a minute at most, and 15 minutes
 * after a hundred (NIST SP 800-63B, 3.2.2); others are not disturbed. The count stands in the database: it holds for all
 * processes together, and after a restart.
 */
export class SignInThrottle {
  /** Tries of the same username in this process, one after the other: right ones at the same time are no guessing. */
  private readonly lines = new Map<string, { tail: Promise<unknown>; waiting: number }>();

  constructor(private readonly database: Database) {}

  /** Runs the try when the username's turn comes; it answers null when the password was wrong. @throws SignInThrottled */
  async attempt<Result>(username: string, attempt: () => Promise<Result | null>): Promise<Tried<Result>> {
    const line = this.lines.get(username) ?? { tail: Promise.resolve(), waiting: 0 };
    if (line.waiting >= mostWaiting) throw new SignInThrottled(1000);
    this.lines.set(username, line);
    line.waiting++;
    const turn = line.tail.then(async () => {
      // Counted before it is known to be wrong, so that many processes at once do not get a try each.
      const wrongInARow = await this.countWrong(sha256(username));
      const result = await attempt();
      return { result, wrongInARow };
    });
    line.tail = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      line.waiting--;
      if (line.waiting === 0) this.lines.delete(username);
    }
  }

  /** Forgets usernames that nobody has tried for a day. */
  async forgetOld(): Promise<void> {
    await this.database.transaction((transaction) =>
      transaction.query(`DELETE FROM identity.sign_in_attempts WHERE last_at < now() - interval '1 day'`),
    );
  }

  private async countWrong(key: Buffer): Promise<number> {
    await this.refuseWhileBlocked(key);
    const counted = await this.database.transaction((transaction) =>
      transaction.query<{ wrong: number }>(
        `INSERT INTO identity.sign_in_attempts AS a (username_sha256, wrong, blocked_until, last_at) VALUES ($1, 1, now(), now())
         ON CONFLICT (username_sha256) DO UPDATE SET wrong = a.wrong + 1, last_at = now(), blocked_until = now() + CASE
           WHEN a.wrong + 1 < $2 THEN interval '0'
           WHEN a.wrong + 1 < 100 THEN interval '1 second' * least(60, 2 ^ (a.wrong + 1 - $2))
           ELSE interval '15 minutes' END
         WHERE a.blocked_until <= now() RETURNING wrong`,
        [key, freeTries],
      ),
    );
    const [row] = counted.rows;
    if (row) return row.wrong;
    await this.refuseWhileBlocked(key);
    throw new SignInThrottled(1000);
  }

  private async refuseWhileBlocked(key: Buffer): Promise<void> {
    const { rows } = await this.database.pool.query<{ ms: number }>(
      `SELECT (extract(epoch FROM blocked_until - now()) * 1000)::float8 AS ms FROM identity.sign_in_attempts
       WHERE username_sha256 = $1 AND blocked_until > now()`,
      [key],
    );
    if (rows[0]) throw new SignInThrottled(rows[0].ms);
  }
}

/** The password was right, so the count starts anew. */
export async function forgetWrongTries(transaction: Transaction, username: string): Promise<void> {
  await transaction.query('DELETE FROM identity.sign_in_attempts WHERE username_sha256 = $1', [sha256(username)]);
}

const sha256 = (username: string): Buffer => createHash('sha256').update(username).digest();
