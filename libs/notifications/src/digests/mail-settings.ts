import { createHash, randomInt, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Database } from '#platform';
import { codeMail } from './digest-mail.js';
import { NotSent } from './mailer.js';
import type { Mailer } from './mailer.js';
import type { DigestRhythm } from './periods.js';

/** Where and how often somebody gets mail. */
export interface MailSettings {
  /** Confirmed; null where there is none. */
  readonly email: string | null;
  /** Waits for its code; null where there is none. */
  readonly unconfirmed: string | null;
  readonly digest: DigestRhythm;
}

/** This installation sends no mail. */
export class NoMail extends Error {
  override readonly name = 'NoMail';
}

/** So many codes were mailed for the person today that no more are. */
export class TooManyCodes extends Error {
  override readonly name = 'TooManyCodes';
}

const codesPerDay = 5;
const triesPerCode = 5;
const codeMinutes = 30;

/** What people decide about mail to them. An address gets nothing but its code before it is confirmed. */
export class MailPreferences {
  constructor(
    private readonly database: Database,
    /** Null where no mail is sent. */
    private readonly mailer: Mailer | null,
  ) {}

  async find(person: string): Promise<MailSettings> {
    const { rows } = await this.database.pool.query<MailSettings>(
      `SELECT s.email, c.email AS unconfirmed, coalesce(s.digest, 'off') AS digest
       FROM (SELECT $1::uuid AS person) AS p LEFT JOIN notifications.settings s USING (person)
       LEFT JOIN notifications.confirmations c ON c.person = p.person AND c.ends_at > now() AND c.wrong < $2`,
      [person, triesPerCode],
    );
    return rows[0] ?? { email: null, unconfirmed: null, digest: 'off' };
  }

  /**
   * Keeps the rhythm, and mails a code to an address that is not the confirmed one; null forgets every address.
   * @throws NoMail, TooManyCodes, NotSent
   */
  async change(person: string, { email, digest }: { readonly email: string | null; readonly digest: DigestRhythm }): Promise<MailSettings> {
    if (email !== null && this.mailer === null) throw new NoMail('This installation sends no mail.');
    // What came while there was no mail is not made up for.
    await this.database.pool.query(
      `INSERT INTO notifications.settings AS s (person, digest, since) VALUES ($1, $2, now())
       ON CONFLICT (person) DO UPDATE SET digest = excluded.digest, since = CASE WHEN s.digest = 'off' THEN excluded.since ELSE s.since END`,
      [person, digest],
    );
    const { email: confirmed } = await this.find(person);
    if (email !== null && email !== confirmed) await this.mailCode(person, email);
    else await this.forget(person, { confirmed: email === null });
    return this.find(person);
  }

  /** Whether the code is the one that was mailed last, within half an hour and five tries; the address is then confirmed. */
  async confirm(person: string, code: string): Promise<boolean> {
    return this.database.transaction(async (transaction) => {
      const { rows } = await transaction.query<{ email: string; sha256: Buffer }>(
        `SELECT email, code_sha256 AS sha256 FROM notifications.confirmations
         WHERE person = $1 AND email IS NOT NULL AND ends_at > now() AND wrong < $2 FOR UPDATE`,
        [person, triesPerCode],
      );
      const [waiting] = rows;
      if (!waiting) return false;
      if (!timingSafeEqual(waiting.sha256, hashOf(code))) {
        await transaction.query('UPDATE notifications.confirmations SET wrong = wrong + 1 WHERE person = $1', [person]);
        return false;
      }
      await transaction.query('UPDATE notifications.confirmations SET email = NULL, code_sha256 = NULL WHERE person = $1', [person]);
      await transaction.query('UPDATE notifications.settings SET email = $2, since = now() WHERE person = $1', [person, waiting.email]);
      return true;
    });
  }

  /** Whatever waits for its code is forgotten, and the confirmed address too where that is asked for. */
  private async forget(person: string, { confirmed }: { readonly confirmed: boolean }): Promise<void> {
    await this.database.transaction(async (transaction) => {
      if (confirmed) await transaction.query('UPDATE notifications.settings SET email = NULL WHERE person = $1', [person]);
      await transaction.query('UPDATE notifications.confirmations SET email = NULL, code_sha256 = NULL WHERE person = $1', [person]);
    });
  }

  private async mailCode(person: string, email: string): Promise<void> {
    const code = String(randomInt(100_000_000)).padStart(8, '0');
    // Counted before it is mailed: nobody shall have mail sent to strangers without end.
    const { rows } = await this.database.pool.query(
      `INSERT INTO notifications.confirmations AS c (person, email, code_sha256, ends_at, wrong, mailed_on, mailed)
       VALUES ($1, $2, $3, now() + $4 * interval '1 minute', 0, current_date, 1)
       ON CONFLICT (person) DO UPDATE SET email = excluded.email, code_sha256 = excluded.code_sha256, ends_at = excluded.ends_at, wrong = 0,
         mailed_on = excluded.mailed_on, mailed = CASE WHEN c.mailed_on = excluded.mailed_on THEN c.mailed + 1 ELSE 1 END
       WHERE c.mailed_on <> excluded.mailed_on OR c.mailed < $5 RETURNING 1`,
      [person, email, hashOf(code), codeMinutes, codesPerDay],
    );
    if (rows.length === 0) throw new TooManyCodes('Enough codes were mailed today; ask again tomorrow.');
    try {
      await this.mailer?.send(codeMail(code, { to: email, id: randomUUID() }));
    } catch (error) {
      // What surely was not mailed does not count.
      if (error instanceof NotSent && error.outcome !== 'unknown')
        await this.database.pool.query(
          `UPDATE notifications.confirmations SET mailed = mailed - 1, email = NULL, code_sha256 = NULL WHERE person = $1 AND code_sha256 = $2`,
          [person, hashOf(code)],
        );
      throw error;
    }
  }
}

const hashOf = (code: string): Buffer => createHash('sha256').update(code).digest();
