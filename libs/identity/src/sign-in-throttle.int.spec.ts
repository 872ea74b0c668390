import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase } from '#platform';
import type { Database } from '#platform';
import { newDataFolder } from '../../../test/support/data-folder.js';
import { migrateIdentity } from './registration.js';
import { SignInThrottle, SignInThrottled, forgetWrongTries } from './sign-in-throttle.js';
import type { Trying } from './sign-in-throttle.js';

describe('Guessing at passwords', () => {
  let folder: string;
  let database: Database;
  let throttle: SignInThrottle;
  const from = (address: string, username: string, isTaken = true): Trying => ({ by: `${address} ${username}`, username, isTaken });
  const wrong = async (trying: Trying): Promise<'wrong' | 'locks' | 'throttled'> => {
    try {
      const { locks } = await throttle.attempt(trying, () => Promise.resolve(null));
      return locks ? 'locks' : 'wrong';
    } catch (error) {
      if (error instanceof SignInThrottled) return 'throttled';
      throw error;
    }
  };
  const right = (trying: Trying): Promise<unknown> =>
    throttle.attempt(trying, () =>
      database.transaction(async (transaction) => {
        await forgetWrongTries(transaction, trying);
        return true;
      }),
    );
  const times = async (many: number, trying: (index: number) => Trying): Promise<readonly string[]> => {
    const outcomes: string[] = [];
    for (let index = 0; index < many; index++) outcomes.push(await wrong(trying(index)));
    return outcomes;
  };
  const count = async (table: string): Promise<number> =>
    (await database.pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM identity.${table}`)).rows[0]?.count ?? -1;
  const later = (interval: string): Promise<unknown> =>
    database.transaction(async (transaction) => {
      await transaction.query('UPDATE identity.sign_in_attempts SET blocked_until = blocked_until - $1::interval', [interval]);
      await transaction.query('UPDATE identity.sign_in_names SET forgotten_at = forgotten_at - $1::interval', [interval]);
    });

  beforeAll(async () => {
    folder = await newDataFolder('throttle');
    database = await openDatabase({ dataDir: folder });
    await migrateIdentity(database);
    throttle = new SignInThrottle(database);
  });
  afterAll(async () => {
    await database.close();
    await rm(folder, { recursive: true });
  });

  it('pauses whoever guesses after ten wrong ones, and nobody who comes from elsewhere', async () => {
    expect(await times(11, () => from('a', 'one'))).toEqual([...Array<string>(9).fill('wrong'), 'locks', 'throttled']);
    expect(await wrong(from('b', 'one'))).toBe('wrong');
    expect(await wrong(from('a', 'other'))).toBe('wrong');
    await later('2 seconds');
    await right(from('a', 'one'));
    expect(await wrong(from('a', 'one'))).toBe('wrong');
  });

  it('goes on from many addresses until a hundred wrong ones, and then one each quarter of an hour, but not for a good device', async () => {
    const outcomes = await times(101, (index) => from(String(index), 'many'));
    expect(outcomes).toEqual([...Array<string>(99).fill('wrong'), 'locks', 'throttled']);
    const elsewhere = from('new', 'many');
    await expect(right(elsewhere)).rejects.toThrow(SignInThrottled);
    await expect(right(elsewhere)).rejects.toMatchObject({ retryAfterMs: expect.closeTo(15 * 60_000, -5) });
    await right({ by: 'device', username: null, isTaken: true });
    await later('15 minutes');
    expect(await times(2, (index) => from(`x${String(index)}`, 'many'))).toEqual(['locks', 'throttled']);
    await later('15 minutes');
    await right(elsewhere);
    // What was right is no guess, so there is still room for one.
    expect(await times(2, (index) => from(`y${String(index)}`, 'many'))).toEqual(['locks', 'throttled']);
  });

  it('from one address never shuts a name for the others', async () => {
    const outcomes: string[] = [];
    for (let tries = 0; tries < 130; tries++) {
      outcomes.push(await wrong(from('one', 'kept')));
      await later(tries < 15 ? '32 seconds' : tries < 99 ? '60 seconds' : '15 minutes');
    }
    expect(outcomes.filter((one) => one === 'throttled')).toEqual([]);
    expect(await wrong(from('two', 'kept'))).toBe('wrong');
  });

  it('holds against nobody what a clock wrote that ran ahead', async () => {
    const signsIn = async (): Promise<void> => {
      await wrong(from('own', 'ahead'));
      await later('-3 days');
      await right(from('own', 'ahead'));
      await right(from('elsewhere', 'ahead'));
    };
    await signsIn();
    // What was counted before it was set right is gone, and guessing is slowed down as ever.
    await times(9, () => from('own', 'ahead'));
    expect(await times(2, () => from('own', 'ahead'))).toEqual(['locks', 'throttled']);
    await signsIn();
  });

  it('is not what a try is whose password was never looked at', async () => {
    const trying = from('busy', 'flooded');
    for (let tries = 0; tries < 30; tries++)
      await expect(throttle.attempt(trying, () => Promise.reject(new Error('busy')))).rejects.toThrow('busy');
    expect(await wrong(trying)).toBe('wrong');
  });

  it('at invented names fills no disk, and sets nobody free who guesses at others', async () => {
    await times(10, () => from('kept', 'taken'));
    for (const table of ['sign_in_attempts (key_sha256, wrong, blocked_until, last_at)', 'sign_in_names (username_sha256, is_taken, forgotten_at)'])
      await database.pool.query(
        `INSERT INTO identity.${table} SELECT sha256(('invented ' || n)::bytea), ${table.includes('wrong') ? '1, now(), now()' : `false, now() + interval '1 hour'`} FROM generate_series(1, 30000) n`,
      );
    // Each thousandth try looks at how many there are.
    await times(1_000, (index) => from('flood', `nobody${String(index)}`, false));
    expect(await count('sign_in_attempts')).toBeLessThanOrEqual(21_000);
    expect(await count('sign_in_names')).toBeLessThanOrEqual(21_010);
    const { rows } = await database.pool.query<{ wrong: number }>('SELECT wrong FROM identity.sign_in_attempts WHERE wrong >= 10');
    expect(rows.length).toBeGreaterThan(0);
    expect((await database.pool.query('SELECT 1 FROM identity.sign_in_names WHERE is_taken')).rows.length).toBeGreaterThanOrEqual(3);
    await later('2 days');
    await database.pool.query(`UPDATE identity.sign_in_attempts SET last_at = now() - interval '2 days'`);
    await throttle.forgetOld();
    expect([await count('sign_in_attempts'), await count('sign_in_names')]).toEqual([0, 0]);
  }); // prettier-ignore
});
