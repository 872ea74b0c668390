import { createHash, randomBytes } from 'node:crypto';
import type { Database, Transaction } from '#platform';

/** Tokens of people who sign in with the same browser stand in one text. */
const separator = '.';
const mostTogether = 8;
const mostOfOnePerson = 20;
const keptFor = '400 days';

/** Whether a text may hold devices. (Most characters: 400) */
export const devicesPattern = /^[\w.-]{0,400}$/;

/** Devices with which somebody signed in before: whoever guesses from elsewhere does not shut them out. */
export class Devices {
  constructor(private readonly database: Database) {}

  /** The hash of that among the tokens with which the person signed in before; null when there is none. (Default of `person`: nobody) */
  async known(given: string, person: string | null): Promise<Buffer | null> {
    const hashes = tokensIn(given).map(sha256);
    if (hashes.length === 0) return null;
    const { rows } = await this.database.pool.query<{ token_sha256: Buffer }>(
      'SELECT token_sha256 FROM identity.devices WHERE token_sha256 = ANY ($1) AND person = $2',
      [hashes, person],
    );
    return rows[0]?.token_sha256 ?? null;
  }

  /** Forgets those that did not come back for so long. */
  async forgetOld(): Promise<void> {
    await this.database.pool.query(`DELETE FROM identity.devices WHERE coalesce(used_at, made_at) < now() - interval '${keptFor}'`);
  }
}

/**
 * The person signed in with the device. Answers what it is to keep from now on: the token that it had, or one more.
 * One that was good for somebody else never becomes good for them, because somebody may have put it there.
 */
export async function rememberDevice(transaction: Transaction, person: string, given: string, known: Buffer | null): Promise<string> {
  if (known) {
    await transaction.query('UPDATE identity.devices SET used_at = now() WHERE token_sha256 = $1', [known]);
    return given;
  }
  const token = randomBytes(32).toString('base64url');
  await transaction.query('INSERT INTO identity.devices (token_sha256, person) VALUES ($1, $2)', [sha256(token), person]);
  // A program that keeps nothing makes one each time, so those that never came back go first.
  await transaction.query(
    `DELETE FROM identity.devices WHERE token_sha256 IN
       (SELECT token_sha256 FROM identity.devices WHERE person = $1 AND token_sha256 <> $2
        ORDER BY used_at DESC NULLS LAST, made_at DESC OFFSET $3)`,
    [person, sha256(token), mostOfOnePerson - 1],
  );
  return [token, ...tokensIn(given)].slice(0, mostTogether).join(separator);
}

/** Forgets the person's devices. (Default of `except`: all) */
export async function forgetDevices(transaction: Transaction, person: string, except: Buffer | null = null): Promise<void> {
  await transaction.query('DELETE FROM identity.devices WHERE person = $1 AND ($2::bytea IS NULL OR token_sha256 <> $2)', [person, except]);
}

const tokensIn = (given: string): readonly string[] => given.split(separator).filter((token) => /^[\w-]{43}$/.test(token)).slice(0, mostTogether); // prettier-ignore
const sha256 = (token: string): Buffer => createHash('sha256').update(token).digest();
