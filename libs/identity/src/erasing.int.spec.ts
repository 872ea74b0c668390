import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEventStore } from '#event-store';
import type { Accepted, EventStore } from '#event-store';
import { SystemClock, openDatabase } from '#platform';
import type { Database } from '#platform';
import { Processors } from '#processors';
import { newDataFolder } from '../../../test/support/data-folder.js';
import { Administration } from './administration.js';
import type { NewAccount, Order } from './administration.js';
import { demoPeople, demoPeopleIn, seedDemo } from './demo.js';
import { directoryView } from './directory-view.js';
import { Directory } from './directory.js';
import type { Person } from './directory.js';
import { erasing } from './erasing.js';
import type { Removal } from './erasing.js';
import { migrateIdentity } from './registration.js';

const minute = 60_000;
const legalBasis = 'Luật số 91/2025/QH15, Điều 14';

describe('Somebody who was erased', () => {
  let database: Database;
  let store: EventStore;
  let processors: Processors;
  let directory: Directory;
  let administration: Administration;
  let dataDir: string;
  let by: Person;
  const order = (commandId: string = randomUUID()): Order => {
    const { id, version, commitment, unit } = by;
    const actor = { id, version, commitment, role: 'administrator', unit };
    return { by, metadata: { commandId, requestHash: 'a'.repeat(64), $correlationId: commandId, $causationId: commandId, actor } };
  };
  const newcomer = (username: string): NewAccount => ({
    ...{ id: randomUUID(), name: 'Nguyễn Văn Xoá', username, password: 'một mật khẩu thật dài', clearance: 'none', unit: by.unit },
  });
  const erase = (id: string, commandId?: string): Promise<Accepted> => administration.erasePerson(id, { legalBasis }, order(commandId));
  const round = (...removals: Removal[]): Promise<void> =>
    erasing(database, removals).round({ signal: new AbortController().signal, reached: () => Promise.resolve(true) });
  /** Every table that has a row in which the text stands, or one that is about them alone. */
  const whereIs = async (text: string): Promise<readonly string[]> => {
    const { rows } = await database.pool.query<{ name: string }>(
      `SELECT schemaname || '.' || tablename AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'views')`,
    );
    const found = rows.map(async ({ name }) => {
      const { rows: held } = await database.pool.query(`SELECT FROM ${name} t WHERE strpos(t::text, $1) > 0 LIMIT 1`, [text]);
      return held.length > 0 ? [name] : [];
    });
    return (await Promise.all(found)).flat().sort();
  };

  beforeAll(async () => {
    dataDir = await newDataFolder();
    database = await openDatabase({ dataDir });
    store = await openEventStore(database, {});
    await migrateIdentity(database);
    await seedDemo(database, store);
    processors = new Processors({ database, store, views: [directoryView] });
    await processors.start();
    await processors.caughtUpAtStart;
    directory = await Directory.open(database, new SystemClock(), { demo: true });
    administration = new Administration(store, database, directory, (position, ms) => processors.waitFor(position, ms));
    const administrator = directory.people().find(({ username }) => username === 'navy.administrator');
    if (!administrator) throw new Error('The demo has no administrator.');
    by = administrator;
  }, minute);
  afterAll(async () => {
    await processors.stop();
    await store.close();
    await database.close();
    await rm(dataDir, { recursive: true });
  });

  it('is in no table by name, username or subject, and stays known by id to what they did', async () => {
    const { id, ...account } = newcomer('nguoi.bi.xoa');
    await administration.registerPerson({ id, ...account }, order());
    const insert = (table: string, columns: string, ...values: readonly unknown[]): Promise<unknown> =>
      database.pool.query(`INSERT INTO identity.${table} (person, ${columns}) VALUES ($1, ${values.map((_, at) => `$${String(at + 2)}`).join(', ')})`, [id, ...values]); // prettier-ignore
    await insert('sessions', 'id', randomUUID());
    await insert('devices', 'token_sha256', Buffer.alloc(32, 7));
    await insert('external_identities', 'issuer, subject, mapped, claims_iat', 'https://issuer', 'subject-of-them', false, 0);
    await insert('subject_ids', 'issuer, subject', 'https://issuer', 'subject-of-them');
    await insert('saved_views', 'id, page, name, search', randomUUID(), 'register', 'Việc của Xoá', '');
    await insert('preferences', 'chosen', '{"theme":"dark"}');
    await database.pool.query(`INSERT INTO identity.sign_in_names VALUES (sha256($1), now() + interval '1 hour', true)`, [
      Buffer.from(account.username),
    ]);
    expect(await whereIs(account.username)).toEqual(['identity.accounts']);
    expect((await whereIs(account.name)).length).toBeGreaterThan(0);

    await erase(id);
    // The log said so: nobody has the id from here on, though nothing is removed yet.
    expect([directory.person(id), directory.isErased(id), directory.nameOf(id, 1)]).toEqual([undefined, true, null]);
    expect(await whereIs(account.name)).toEqual(['identity.person_versions']);
    await round();
    for (const text of [account.name, account.username, 'subject-of-them', 'Việc của Xoá']) expect(await whereIs(text)).toEqual([]);
    const about = (await whereIs(id)).filter((name) => name.startsWith('identity.'));
    expect(about).toEqual(['identity.erasures', 'identity.people']);
    expect((await database.pool.query('SELECT FROM identity.sign_in_names')).rows).toEqual([]);
    const events = await store.read(`person-${id}`);
    expect(events.map(({ type, data }) => [type, type === 'PersonErased' ? data : null])).toEqual([
      ['PersonRegistered', null],
      ['PersonErased', { legalBasis }],
    ]);
    expect(events.at(-1)?.metadata.actor).toMatchObject({ id: by.id, role: 'administrator' });
    await directory.reload();
    expect(directory.isErased(id)).toBe(true);
  });

  it('is removed all or nothing, and again until it is done', async () => {
    const account = newcomer('cat.ngang');
    await administration.registerPerson(account, order());
    await erase(account.id);
    const dies: Removal = () => Promise.reject(new Error('Here the process ends.'));
    await expect(round(dies)).rejects.toThrow('Here the process ends.');
    expect(await whereIs('cat.ngang')).toEqual(['identity.accounts']);
    const removedToo: string[] = [];
    await round((_, person) => Promise.resolve(void removedToo.push(person)));
    expect(await whereIs('cat.ngang')).toEqual([]);
    expect(removedToo).toContain(account.id);
  });

  it('is removed again where it came back, as with a table of an older backup', async () => {
    const account = newcomer('tro.lai');
    await administration.registerPerson(account, order());
    const copy = async (table: string): Promise<readonly object[]> =>
      (await database.pool.query<{ row: object }>(`SELECT to_json(t) AS row FROM identity.${table} t WHERE person = $1`, [account.id])).rows.map(({ row }) => row); // prettier-ignore
    const tables = ['person_versions', 'accounts'] as const;
    const kept = await Promise.all(tables.map(copy));
    await erase(account.id);
    await round();
    await database.pool.query(`UPDATE identity.erasures SET removed_at = now() - interval '1 year'`);
    for (const [at, table] of tables.entries())
      for (const row of kept[at] ?? [])
        await database.pool.query(`INSERT INTO identity.${table} SELECT r.* FROM json_populate_record(NULL::identity.${table}, $1) AS r`, [JSON.stringify(row)]); // prettier-ignore
    await directory.reload();
    expect([await whereIs('tro.lai'), directory.person(account.id)]).toEqual([['identity.accounts'], undefined]);
    await round();
    expect(await whereIs('tro.lai')).toEqual([]);
  });

  it('comes not back by a request that is sent again, nor as a sample person of the next start', async () => {
    const [account, command] = [newcomer('gui.lai'), randomUUID()];
    const first = await administration.registerPerson(account, order(command));
    const sample = directory.people().find(({ username }) => username === 'unit2.officer2');
    if (!sample) throw new Error('The demo lacks somebody.');
    for (const { role, unit } of sample.grants) await administration.revokeRole(sample.id, role, unit, order());
    for (const id of [account.id, sample.id]) await erase(id);
    await round();
    expect(await administration.registerPerson(account, order(command))).toEqual(first);
    await seedDemo(database, store);
    for (const text of ['gui.lai', 'unit2.officer2', sample.name]) expect(await whereIs(text)).toEqual([]);
    const { rows } = await database.pool.query<{ count: number }>('SELECT count(*)::integer AS count FROM identity.accounts WHERE demo');
    expect(rows).toEqual([{ count: demoPeople.length - 1 }]);
    await directory.reload();
    const others = demoPeople.filter(({ username }) => username !== sample.username);
    expect(demoPeopleIn(directory)).toEqual(others);
  });

  it('leaves the username to whoever has it next, under an id of their own', async () => {
    const [former, next] = [newcomer('cung.ten'), newcomer('cung.ten')];
    await administration.registerPerson(former, order());
    await erase(former.id);
    await round();
    await administration.registerPerson(next, order());
    const { grants, clearance, version } = directory.person(next.id) ?? {};
    expect({ grants, clearance, version }).toEqual({ grants: [], clearance: 'none', version: 1 });
    await round();
    expect(directory.people().flatMap(({ id, username }) => (username === 'cung.ten' ? [id] : []))).toEqual([next.id]);
  });

  it('is erased once: by the same order again as the first time, by another one not', async () => {
    const [account, command] = [newcomer('hai.lan'), randomUUID()];
    await administration.registerPerson(account, order());
    const first = await erase(account.id, command);
    await round();
    expect(await erase(account.id, command)).toEqual(first);
    await expect(erase(account.id)).rejects.toMatchObject({ unmet: [{ code: 'person-erased' }] });
    expect(await store.read(`person-${account.id}`)).toHaveLength(2);
  });

  it('is given nothing that was on its way: of an erasure and a role at once, one is refused', async () => {
    for (let turn = 0; turn < 6; turn++) {
      const account = newcomer(`cung.luc${String(turn)}`);
      await administration.registerPerson(account, order());
      const grant = { role: 'officer', unit: by.unit } as const;
      const [erased, granted] = await Promise.allSettled(
        turn % 2 === 0
          ? [erase(account.id), administration.grantRole(account.id, grant, order())]
          : [administration.grantRole(account.id, grant, order()), erase(account.id)].reverse(),
      );
      const types = (await store.read(`person-${account.id}`)).map(({ type }) => type);
      expect([erased?.status, granted?.status].filter((status) => status === 'fulfilled')).toHaveLength(1);
      expect(types).toEqual(['PersonRegistered', erased?.status === 'fulfilled' ? 'PersonErased' : 'RoleGranted']);
    }
  });
});
