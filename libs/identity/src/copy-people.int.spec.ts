import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase } from '#platform';
import type { Database } from '#platform';
import { copyPeople } from './copy-people.js';
import { migrateIdentity } from './registration.js';
import { securityEvents } from './security-events.js';
import { newDataFolder } from '../../../test/support/data-folder.js';

describe('What was recorded of sign-ins', () => {
  // One more than is copied at once, and ids of one to five figures.
  const events = 10_001;
  const person = randomUUID();
  const folders: string[] = [];
  let source: Database;
  let target: Database;
  const open = async (name: string): Promise<Database> => {
    const dataDir = await newDataFolder(name);
    folders.push(dataDir);
    return openDatabase({ dataDir });
  };
  beforeAll(async () => {
    source = await open('source');
    target = await open('target');
    await migrateIdentity(source);
    await source.pool.query('INSERT INTO identity.people (id, version) VALUES ($1, 1)', [person]);
    await source.pool.query(`INSERT INTO identity.service_accounts (person, scopes, made_by) VALUES ($1, '{}', $1)`, [person]);
    await source.pool.query(
      `INSERT INTO identity.security_events (type, person) SELECT 'SignedIn', $1 FROM generate_series(1, $2::integer)`,
      [person, events],
    );
  });
  afterAll(async () => {
    await source.close();
    await target.close();
    for (const folder of folders) await rm(folder, { recursive: true });
  });

  it('is shown newest first, each once, page by page, however many figures the ids have', async () => {
    const ids: number[] = [];
    for (let before: string | undefined; ids.length < events;) {
      const page = await securityEvents(source, { before, limit: 200 });
      expect(page.length).toBeGreaterThan(0);
      ids.push(...page.map(({ id }) => Number(id)));
      before = page.at(-1)?.id;
    }
    expect(ids).toEqual(Array.from({ length: events }, (_, index) => events - index));
  });

  it('is copied with the people, once, also into a database whose times are told in another zone', async () => {
    await target.pool.query(`SET TIME ZONE 'Asia/Ho_Chi_Minh'`);
    expect(await copyPeople(source, target)).toBe(1);
    expect(await copyPeople(source, target)).toBe(0);
    expect(await securityEvents(target, { limit: 200 })).toEqual(await securityEvents(source, { limit: 200 }));
    const count = 'SELECT count(*)::integer AS count FROM identity.security_events';
    expect((await target.pool.query(count)).rows).toEqual([{ count: events }]);
    const { rows } = await target.pool.query<{ id: string }>(
      `INSERT INTO identity.security_events (type, person) VALUES ('SignedOut', $1) RETURNING id`,
      [person],
    );
    expect(Number(rows[0]?.id)).toBe(events + 1);
  });
});
