import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openDatabase } from '#platform';
import type { Database } from '#platform';
import { migrateIdentity } from './registration.js';
import { Sessions } from './sessions.js';
import type { IssuedTokens } from './sessions.js';
import { newDataFolder } from '../../../test/support/data-folder.js';

describe('Sessions', () => {
  let folder: string;
  let database: Database;
  let sessions: Sessions;
  const person = randomUUID();
  const begin = (): Promise<IssuedTokens> => database.transaction((transaction) => sessions.start(transaction, person));
  const idOf = ({ token }: IssuedTokens): string =>
    (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { readonly sid: string }).sid;
  const age = (column: 'started_at' | 'refreshed_at', id: string, interval: string): Promise<unknown> =>
    database.pool.query(`UPDATE identity.sessions SET ${column} = ${column} - $2::interval WHERE id = $1`, [id, interval]);

  beforeAll(async () => {
    folder = await newDataFolder('sessions');
    database = await openDatabase({ dataDir: folder });
    await migrateIdentity(database);
    await database.pool.query('INSERT INTO identity.people (id, version) VALUES ($1, 1)', [person]);
    sessions = await Sessions.open(database);
  });
  afterAll(async () => {
    await sessions.close();
    await database.close();
    await rm(folder, { recursive: true });
  });

  it('end when they were not refreshed for twelve hours, or after seven days', async () => {
    for (const [column, soon, late] of [
      ['refreshed_at', '11 hours', '2 hours'],
      ['started_at', '167 hours', '2 hours'],
    ] as const) {
      const first = await begin();
      await age(column, idOf(first), soon);
      const second = await sessions.refresh(first.refreshToken);
      expect(second).not.toBeNull();
      await age(column, idOf(first), column === 'refreshed_at' ? '13 hours' : late);
      expect(await sessions.refresh(second?.refreshToken ?? '')).toBeNull();
      expect((await sessions.of(person)).map(({ id }) => id)).not.toContain(idOf(first));
    }
    const long = await begin();
    await age('started_at', idOf(long), '167 hours');
    const last = await sessions.refresh(long.refreshToken);
    // The last token ends with its session.
    expect(Date.parse(last?.expiresAt ?? '') - Date.now()).toBeLessThan(3_700_000);
  });

  it('go on after a cookie that was used a moment ago, and end for both after one that was used before that', async () => {
    const first = await begin();
    const second = await sessions.refresh(first.refreshToken, 'cookie');
    await age('refreshed_at', idOf(first), '14 seconds');
    const again = await sessions.refresh(first.refreshToken, 'cookie');
    expect(await sessions.holder(again?.token ?? '')).not.toBeNull();
    await age('refreshed_at', idOf(first), '2 seconds');
    expect(await sessions.refresh(first.refreshToken, 'cookie')).toBeNull();
    expect(await sessions.refresh(second?.refreshToken ?? '', 'cookie')).toBeNull();
  });

  it('are forgotten once nobody can have a token of them', async () => {
    const [ended, idle, open] = [await begin(), await begin(), await begin()];
    await sessions.end({ person, session: idOf(ended) });
    await database.pool.query(`UPDATE identity.sessions SET ended_at = now() - interval '15 hours' WHERE id = $1`, [idOf(ended)]);
    await age('refreshed_at', idOf(idle), '15 hours');
    await sessions.forgetEnded();
    const { rows } = await database.pool.query<{ id: string }>('SELECT id FROM identity.sessions');
    const left = rows.map(({ id }) => id);
    expect([ended, idle, open].map((one) => left.includes(idOf(one)))).toEqual([false, false, true]);
    expect([await sessions.holder(ended.token), await sessions.holder(idle.token)]).toEqual([null, null]);
  });

  // Whoever holds an older refresh token than the newest one has lost, or stolen, it.
  it('are open exactly as long as every refresh token was used once, in whatever order tokens come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(5), { maxLength: 8 }), async (picks) => {
        const issued = [await begin()];
        let isOpen = true;
        for (const pick of picks) {
          const given = issued[pick % issued.length];
          const isNewest = given === issued.at(-1);
          const next = await sessions.refresh(given?.refreshToken ?? '');
          isOpen &&= isNewest;
          expect(next !== null).toBe(isOpen);
          if (next) issued.push(next);
        }
        for (const { token } of issued) expect((await sessions.holder(token)) !== null).toBe(isOpen);
      }),
      { numRuns: 30 },
    );
  });
});
