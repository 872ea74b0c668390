import { createHash, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase } from '#platform';
import type { Database } from '#platform';
import { newDataFolder } from '../../../test/support/data-folder.js';
import { Devices, forgetDevices, rememberDevice } from './devices.js';
import { migrateIdentity } from './registration.js';

describe('A device', () => {
  let folder: string;
  let database: Database;
  let devices: Devices;
  const [one, other] = [randomUUID(), randomUUID()];
  const signIn = async (person: string, given: string): Promise<string> => {
    const known = await devices.known(given, person);
    return database.transaction((transaction) => rememberDevice(transaction, person, given, known));
  };
  const isGood = async (person: string, given: string): Promise<boolean> => (await devices.known(given, person)) !== null;

  beforeAll(async () => {
    folder = await newDataFolder('devices');
    database = await openDatabase({ dataDir: folder });
    await migrateIdentity(database);
    for (const person of [one, other]) await database.pool.query('INSERT INTO identity.people (id, version) VALUES ($1, 1)', [person]);
    devices = new Devices(database);
  });
  afterAll(async () => {
    await database.close();
    await rm(folder, { recursive: true });
  });

  it('is good for whoever signed in with it, for several people each by themselves, and stands there as a hash', async () => {
    const first = await signIn(one, '');
    expect([await isGood(one, first), await isGood(other, first), await isGood(one, ''), await isGood(one, 'x'.repeat(43))]).toEqual([
      true, false, false, false,
    ]);
    expect(await signIn(one, first)).toBe(first);
    const both = await signIn(other, first);
    expect([await isGood(one, both), await isGood(other, both), await isGood(other, first)]).toEqual([true, true, false]);
    const { rows } = await database.pool.query<{ token_sha256: Buffer }>('SELECT token_sha256 FROM identity.devices WHERE person = $1', [one]);
    expect(rows.map(({ token_sha256 }) => Buffer.from(token_sha256).toString('hex'))).toEqual([createHash('sha256').update(first).digest('hex')]);
  }); // prettier-ignore

  it('that came back is not pushed out by programs that keep nothing, and there are no more than twenty', async () => {
    const kept = await signIn(one, '');
    await signIn(one, kept);
    for (let times = 0; times < 50; times++) await signIn(one, '');
    expect(await isGood(one, kept)).toBe(true);
    const { rows } = await database.pool.query<{ count: number }>('SELECT count(*)::int AS count FROM identity.devices WHERE person = $1', [
      one,
    ]);
    expect(rows[0]?.count).toBe(20);
  });

  it('is forgotten with all others, or with all but one, or when it was not seen for long', async () => {
    const [kept, gone, others] = [await signIn(one, ''), await signIn(one, ''), await signIn(other, '')];
    const hash = await devices.known(kept, one);
    await database.transaction((transaction) => forgetDevices(transaction, one, hash));
    expect([await isGood(one, kept), await isGood(one, gone), await isGood(other, others)]).toEqual([true, false, true]);
    await database.transaction((transaction) => forgetDevices(transaction, one));
    expect([await isGood(one, kept), await isGood(other, others)]).toEqual([false, true]);
    await database.pool.query(`UPDATE identity.devices SET made_at = now() - interval '401 days'`);
    await devices.forgetOld();
    expect(await isGood(other, others)).toBe(false);
  });
});
