import { createHash } from 'node:crypto';
import type { Database, Transaction } from '#platform';

/** Too many wrong passwords. */
export class SignInThrottled extends Error {
  override readonly name = 'SignInThrottled';
  constructor(readonly retryAfterMs: number) {
    super(`Too many wrong attempts; try again in ${String(Math.ceil(retryAfterMs / 1000))} s.`);
  }
}

/** Who tries a password, and what it is counted by. */
export interface Trying {
  /** Whoever tries: a name from an address, a device or a session. Others are not disturbed. */
  readonly by: string;
  /** The name, counted over all addresses too; null for a device or session that was good before. */
  readonly username: string | null;
  /** Whether somebody has the name. */
  readonly isTaken: boolean;
}

/** How a try came out, and whether it was the last one for a while. */
export interface Tried<Result> {
  /** Null when the password was wrong. */
  readonly result: Result | null;
  /** Whether pauses begin with this one. */
  readonly locks: boolean;
}

/** From this one on there is a pause after each wrong try. */
const freeTries = 10;
/** Of a name over all addresses; NIST SP 800-63B, 3.2.2, has no more. One is forgotten each quarter of an hour. */
const mostOfName = 100;
const forgetOne = `interval '15 minutes'`;
/** From one that is forgotten so much later on, there is a pause after each wrong try at the name. */
const forgetAllButOne = `${forgetOne} * ${String(mostOfName - 1)}`;
/** No pause is half as long: what is further off was written by a clock that ran ahead and was set right since, and counts for nothing. */
const farOff = `interval '30 minutes'`;
const mostWaiting = 100;
/** Names are invented faster than they expire. */
const mostRows = 20_000;
const boundEvery = 1_000;

/**
 * Slows down guessing. Whoever tries pauses after ten wrong passwords in a row, a second first and a minute at most, and 15
 * minutes after a hundred. Guessing at a name from many addresses ends at a hundred as well, and then goes on with one each
 * quarter of an hour: a single address never comes so far, and devices with which the person signed in before are not counted
 * there. All of it stands in the database: it holds for all processes together, and after a restart.
 */
export class SignInThrottle {
  /** Tries by the same in this process, one after the other: right ones at the same time are no guessing. */
  private readonly lines = new Map<string, { tail: Promise<unknown>; waiting: number }>();
  private counted = 0;

  constructor(private readonly database: Database) {}

  /** Runs the try when its turn comes; it answers null when the password was wrong. @throws SignInThrottled */
  async attempt<Result>(trying: Trying, attempt: () => Promise<Result | null>): Promise<Tried<Result>> {
    const line = this.lines.get(trying.by) ?? { tail: Promise.resolve(), waiting: 0 };
    if (line.waiting >= mostWaiting) throw new SignInThrottled(1000);
    this.lines.set(trying.by, line);
    line.waiting++;
    const turn = line.tail.then(async () => {
      // Counted before it is known to be wrong, so that many processes at once do not get a try each.
      const locks = await this.countWrong(trying);
      try {
        return { result: await attempt(), locks };
      } catch (error) {
        // Nobody knows whether it was wrong, so a flood does not count against whom it kept waiting.
        await this.database.transaction((transaction) => takeBack(transaction, trying));
        throw error;
      }
    });
    line.tail = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      line.waiting--;
      if (line.waiting === 0) this.lines.delete(trying.by);
    }
  }

  /** Forgets what nobody has tried for a day, what counts for nothing, and what is more than there may be. */
  async forgetOld(): Promise<void> {
    await this.database.transaction(async (transaction) => {
      await transaction.query(
        `DELETE FROM identity.sign_in_attempts WHERE last_at < now() - interval '1 day' OR blocked_until > now() + ${farOff}`,
      );
      await transaction.query(
        `DELETE FROM identity.sign_in_names WHERE forgotten_at < now() OR forgotten_at > now() + ${forgetAllButOne} + ${farOff}`,
      );
    });
    await this.bound();
  }

  /** Forgets those that were tried least, so that inventing names fills no disk and sets nobody else free. */
  private async bound(): Promise<void> {
    await this.database.transaction(async (transaction) => {
      await transaction.query(
        `DELETE FROM identity.sign_in_attempts WHERE key_sha256 IN
           (SELECT key_sha256 FROM identity.sign_in_attempts ORDER BY wrong DESC, last_at DESC OFFSET $1)`,
        [mostRows],
      );
      await transaction.query(
        `DELETE FROM identity.sign_in_names WHERE username_sha256 IN
           (SELECT username_sha256 FROM identity.sign_in_names WHERE NOT is_taken ORDER BY forgotten_at DESC OFFSET $1)`,
        [mostRows],
      );
    });
  }

  /** Whether pauses begin with it. @throws SignInThrottled */
  private async countWrong(trying: Trying): Promise<boolean> {
    await this.refuseWhileBlocked(trying);
    const locks = await this.database.transaction(async (transaction) => {
      const wrong = await countOwn(transaction, trying);
      if (wrong === undefined) return null;
      const ofName = await countName(transaction, trying);
      // Undoes the count of whoever tried: the password is not looked at.
      if (!ofName) throw new SignInThrottled(1000);
      return wrong === freeTries || ofName.isFull;
    });
    if (++this.counted % boundEvery === 0) await this.bound();
    if (locks !== null) return locks;
    await this.refuseWhileBlocked(trying);
    throw new SignInThrottled(1000);
  }

  private async refuseWhileBlocked({ by, username }: Trying): Promise<void> {
    const { rows } = await this.database.pool.query<{ ms: number }>(
      `SELECT (extract(epoch FROM until - now()) * 1000)::float8 AS ms FROM
         (SELECT blocked_until AS until FROM identity.sign_in_attempts WHERE key_sha256 = $1
          UNION ALL SELECT forgotten_at - ${forgetAllButOne} FROM identity.sign_in_names WHERE username_sha256 = $2) AS blocks
       WHERE until > now() AND until <= now() + ${farOff} ORDER BY until DESC LIMIT 1`,
      [sha256(by), username === null ? null : sha256(username)],
    );
    if (rows[0]) throw new SignInThrottled(rows[0].ms);
  }
}

/** How many came out wrong in a row, this one among them; undefined while there is a pause. */
async function countOwn(transaction: Transaction, { by }: Trying): Promise<number | undefined> {
  const { rows } = await transaction.query<{ wrong: number }>(
    `INSERT INTO identity.sign_in_attempts AS a (key_sha256, wrong, blocked_until, last_at) VALUES ($1, 1, now(), now())
     ON CONFLICT (key_sha256) DO UPDATE SET wrong = a.wrong + 1, last_at = now(), blocked_until = now() + CASE
       WHEN a.wrong + 1 < $2 THEN interval '0'
       WHEN a.wrong + 1 < 100 THEN interval '1 second' * least(60, 2 ^ (a.wrong + 1 - $2))
       ELSE interval '15 minutes' END
     WHERE a.blocked_until <= now() OR a.blocked_until > now() + ${farOff} RETURNING wrong`,
    [sha256(by), freeTries],
  );
  return rows[0]?.wrong;
}

/** Null when there were as many over all addresses as there may be. */
async function countName(transaction: Transaction, { username, isTaken }: Trying): Promise<{ readonly isFull: boolean } | null> {
  if (username === null) return { isFull: false };
  const { rows } = await transaction.query<{ isFull: boolean }>(
    `INSERT INTO identity.sign_in_names AS n (username_sha256, forgotten_at, is_taken) VALUES ($1, now() + ${forgetOne}, $2)
     ON CONFLICT (username_sha256) DO UPDATE SET is_taken = excluded.is_taken, forgotten_at = ${forgetOne} +
       CASE WHEN n.forgotten_at > now() + ${forgetAllButOne} + ${farOff} THEN now() ELSE greatest(n.forgotten_at, now()) END
     WHERE n.forgotten_at <= now() + ${forgetAllButOne} OR n.forgotten_at > now() + ${forgetAllButOne} + ${farOff}
     RETURNING forgotten_at > now() + ${forgetAllButOne} AS "isFull"`,
    [sha256(username), isTaken],
  );
  return rows[0] ?? null;
}

/** The password was right, so the count of whoever tried starts anew, and that of the name has one less. */
export async function forgetWrongTries(transaction: Transaction, { by, username }: Trying): Promise<void> {
  await transaction.query('DELETE FROM identity.sign_in_attempts WHERE key_sha256 = $1', [sha256(by)]);
  await takeBackOfName(transaction, username);
}

async function takeBack(transaction: Transaction, { by, username }: Trying): Promise<void> {
  await transaction.query('UPDATE identity.sign_in_attempts SET wrong = wrong - 1, blocked_until = now() WHERE key_sha256 = $1', [
    sha256(by),
  ]);
  await takeBackOfName(transaction, username);
}

async function takeBackOfName(transaction: Transaction, username: string | null): Promise<void> {
  if (username === null) return;
  await transaction.query(`UPDATE identity.sign_in_names SET forgotten_at = forgotten_at - ${forgetOne} WHERE username_sha256 = $1`, [
    sha256(username),
  ]);
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
