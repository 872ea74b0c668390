import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { NO_STREAM, openEventStore } from '#event-store';
import { anEvent } from '#event-store/testing';
import type { EventStore, RecordedEvent } from '#event-store';
import { openDatabase } from '#platform';
import { startApp, tinhgon, type StartedApp } from './support/app.js';
import { goodReview, order, registration, signInAs, type Accepted } from './support/client.js';
import { EventStorePeer } from './support/event-store-peer.js';
import { startPostgres, type PostgresServer } from './support/postgres-server.js';

/** The server that the suite brings along comes without it, and an older one refuses to dump its database. */
const pgDumpMajor = Number(/ (\d+)\./.exec(spawnSync('pg_dump', ['--version'], { encoding: 'utf8' }).stdout)?.[1] ?? 0);
const logInTheDatabase = { EVENT_STORE: '', STREAM_PREFIX: '' };

const digests = (stdout: string): readonly string[] => [...stdout.matchAll(/events, SHA-256 (\w+)/g)].map(([, sha256]) => sha256 ?? '');
const count = async (url: string, statement: string): Promise<number> => {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<{ count: number }>(statement);
  await client.end();
  return rows[0]?.count ?? -1;
};
const run = async (url: string, ...statements: readonly string[]): Promise<void> => {
  const client = new pg.Client(url);
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
};

/** What auditors and everybody else see, without what belongs to one log alone. */
async function seen({ url }: StartedApp, id: string): Promise<unknown> {
  const auditor = await signInAs(url, 'auditor', 'ministry');
  const list = await auditor.get<{ items: object[] }>('/api/v1/procedures?limit=200');
  const files = await auditor.get<{ items: object[] }>(`/api/v1/procedures/${id}/attachments`);
  const comments = await auditor.get<{ items: object[] }>(`/api/v1/procedures/${id}/comments`);
  const history = await auditor.get<{ items: { position: string }[] }>(`/api/v1/procedures/${id}/history`);
  const withoutPlace = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value, (key, inner: unknown) => (['position', 'lagMs', 'at'].includes(key) ? undefined : inner)));
  const [{ hash }] = files.body.items as [{ hash: string }];
  const content = (await auditor.get(`/api/v1/procedures/${id}/attachments/${hash}`)).body;
  return withoutPlace({
    files: files.body.items,
    content,
    comments: comments.body.items,
    list: list.body.items,
    history: history.body.items,
    funnel: (await auditor.get('/api/v1/reports/funnel')).body,
  });
}

describe('Moving and backing up an installation', () => {
  let root: string;
  let folder: string;
  let postgres: PostgresServer;
  let peer: EventStorePeer;
  let id: string;
  let before: unknown;
  let digest: string;
  /** With what the tree was signed, and what it is verified with. */
  let [keyFile, key] = ['', ''];
  /** Whether what is served goes on from the checkpoint that was kept before the move. */
  const goesOn = ({ url }: StartedApp): ReturnType<typeof tinhgon> =>
    tinhgon(['verify', '--log', url, '--since', join(root, 'checkpoint'), '--key', key]);
  /** An empty database of its own. */
  const freshDatabase = async (): Promise<string> => {
    const name = `d${randomUUID().replaceAll('-', '')}`;
    await run(postgres.url, `CREATE DATABASE ${name}`);
    return postgres.url.replace(/\/postgres$/, `/${name}`);
  };
  const copy = async (from: string, to: string, ...more: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await tinhgon(['log', 'copy', '--from', from, '--to', to, ...more], logInTheDatabase);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(new Set(digests(stdout)).size).toBe(1);
    return stdout;
  };
  const refused = async (...args: readonly string[]): Promise<string> => {
    const { code, stderr } = await tinhgon(['log', 'copy', ...args], logInTheDatabase);
    expect(code).toBe(1);
    expect(stderr).not.toContain('    at ');
    return stderr;
  };

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'tinhgon-moving-'));
    folder = join(root, 'data');
    [postgres, peer] = await Promise.all([startPostgres(), EventStorePeer.start()]);
    const app = await startApp({ env: { DATA_DIR: folder, ...logInTheDatabase } });
    const officer = await signInAs(app.url, 'officer', 'service');
    for (let index = 0; index < 20; index++) {
      const { body } = await officer.post<Accepted>('/api/v1/procedures', registration(officer));
      id = body.id;
      await officer.post(`/api/v1/procedures/${id}/actions/review`, goodReview);
    }
    await officer.send('PUT', '/api/v1/notifications/settings', '{ "email": null, "digest": "daily" }');
    const file = await officer.send<{ hash: string }>('POST', `/api/v1/procedures/${id}/attachments?name=a.txt`, 'Tờ trình', {
      'content-type': 'text/plain',
    });
    const { position } = await order(officer, `procedures/${id}/comments`, { text: 'Kèm tờ trình', attachments: [file.body.hash] });
    for (const path of ['procedures', 'reports/funnel']) await officer.get(`/api/v1/${path}?minPosition=${position}`);
    before = await seen(app, id);
    await writeFile(join(root, 'checkpoint'), await (await fetch(`${app.url}/audit/checkpoint`)).text());
    key = (await (await fetch(`${app.url}/audit/key`)).text()).trim();
    keyFile = join(folder, 'audit.key');
    await app.stop();
  });
  afterAll(async () => {
    await peer.stop();
    await postgres.stop();
    await rm(root, { recursive: true, force: true });
  });

  it('takes the log through every kind of place and back, to the same digest', async () => {
    const url = await freshDatabase();
    const first = await copy(folder, url, '--to-prefix', 'a-');
    digest = digests(first)[0] ?? '';
    expect(first).toContain('events were copied.');
    expect(await count(url, `SELECT count(*)::int AS count FROM event_log.events WHERE stream NOT LIKE 'a-%'`)).toBe(0);
    const real = process.env['TEST_EVENTSTORE_URL'];
    for (const store of [peer.url, ...(real === undefined ? [] : [real])]) {
      const prefix = `copy-${randomUUID()}-`;
      const back = join(root, randomUUID());
      expect(digests(await copy(url, store, '--from-prefix', 'a-', '--to-prefix', prefix))).toEqual([digest, digest]);
      expect(digests(await copy(store, back, '--from-prefix', prefix))).toEqual([digest, digest]);
      expect(digests(await copy(back, folder))).toEqual([digest, digest]);
    }
  });

  it('goes on after an interruption at any place, and does nothing once all is there', async () => {
    const whole = await openDatabase({ dataDir: folder });
    const source = await openEventStore(whole);
    const { events } = await source.readAll({ from: null, limit: 10_000 });
    await source.close();
    await whole.close();
    const half: readonly RecordedEvent[] = events.slice(0, Math.floor(events.length / 2));
    const url = await freshDatabase();
    const prefix = `half-${randomUUID()}-`;
    const database = await openDatabase({ dataDir: '', url });
    const targets: readonly EventStore[] = [
      await openEventStore(database),
      await openEventStore(undefined, { eventStore: peer.url, streamPrefix: prefix }),
    ];
    for (const target of targets) {
      await target.adopt(half);
      await target.close();
    }
    await database.close();
    for (const [to, ...more] of [[url], [peer.url, '--to-prefix', prefix]] as const) {
      const stdout = await copy(folder, to, ...more);
      expect(stdout).toContain(`${half.length} of ${events.length} events are there; copying ${events.length - half.length}.`);
      expect(digests(stdout)).toEqual([digest, digest]);
      expect(await copy(folder, to, ...more)).toContain('There is nothing to copy');
    }
  });

  it('refuses a target that went another way, naming the place, and writes nothing there', async () => {
    const url = await freshDatabase();
    await copy(folder, url);
    const stream = `procedure-${id}`;
    await run(url, `UPDATE event_log.events SET id = gen_random_uuid() WHERE stream = '${stream}' AND revision = 1`);
    const events = await count(url, 'SELECT count(*)::int AS count FROM event_log.events');
    const said = await refused('--from', folder, '--to', url);
    expect(said).toContain(
      `it holds revision 1 of stream ${stream} (ProcedureReviewed), which the source has with another id. Nothing was written.`,
    );
    expect(await count(url, 'SELECT count(*)::int AS count FROM event_log.events')).toBe(events);
  });

  it('names an event that EventStoreDB has twice, and gives it an id of its own where it is told to', async () => {
    const prefix = `twice-${randomUUID()}-`;
    const source = await openEventStore(undefined, { eventStore: peer.url, streamPrefix: prefix });
    const event = anEvent({ calendar: { id: 'vn', version: 1 } });
    await source.append('calendar-vn', [event], { expected: NO_STREAM });
    await source.append('calendar-vn', [event], { expected: 0 });
    await source.append('calendar-vn', [anEvent()], { expected: 1 });
    await source.close();
    const url = await freshDatabase();
    const stored = `SELECT count(DISTINCT id)::int AS count FROM event_log.events`;
    const from = ['--from', peer.url, '--from-prefix', prefix] as const;

    const said = await refused(...from, '--to', url);
    expect(said).toContain(`Revision 1 of stream calendar-vn (${event.type}, ${event.id}) repeats the event before it`);
    expect(said).toContain('--rename-repeated');
    expect(await count(url, stored)).toBe(0);

    expect(await copy(peer.url, url, '--from-prefix', prefix, '--rename-repeated')).toContain('3 events were copied.');
    expect(await count(url, stored)).toBe(3);
    expect(await copy(peer.url, url, '--from-prefix', prefix, '--rename-repeated')).toContain('There is nothing to copy');
  });

  it('says in a sentence what is wrong with a place', async () => {
    const missing = join(root, 'missing');
    expect(await refused('--from', missing, '--to', postgres.url)).toContain('there is no embedded database in the folder');
    expect(await readdir(root)).not.toContain('missing');
    expect(await refused('--from', folder, '--to', `${folder}/../data`)).toContain('are the same place');
    expect(await refused('--from', folder, '--to', 'mysql://me:secret@host/x')).toMatch(
      /scheme mysql:\/\/, which is not known(?!.*secret)/,
    );
    const dead = await refused('--from', folder, '--to', 'postgres://me:secret@127.0.0.1:9/x');
    expect(dead).toMatch(/^--to: The database at postgres:\/\/127\.0\.0\.1:9\/x cannot be used/);
    expect(dead).not.toContain('secret');
    expect(await refused('--from', 'esdb://me:secret@127.0.0.1:9', '--to', join(root, 'other'))).not.toContain('secret');
    expect(await refused('--from', await freshDatabase(), '--to', join(root, 'other'))).toContain('there is no log in');
  });

  it('shows the same procedures and history on a PostgreSQL server, and then in EventStoreDB with views made anew', async () => {
    const url = await freshDatabase();
    await copy(folder, url);
    const people = await tinhgon(['people', 'copy', '--from', folder, '--to', url]);
    expect(people).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^\d+ people were copied/) });
    expect((await tinhgon(['people', 'copy', '--from', folder, '--to', url])).stdout).toContain('There is nothing to copy');
    expect(await count(url, `SELECT count(*)::int AS count FROM notifications.settings WHERE digest = 'daily'`)).toBe(1);
    const files = await tinhgon(['files', 'copy', '--from', folder, '--to', url]);
    expect(files).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('1 files were copied; all 1 files') });
    expect((await tinhgon(['files', 'copy', '--from', folder, '--to', url])).stdout).toContain('There is nothing to copy');
    const onPostgres = await startApp({ env: { DATABASE_URL: url, AUDIT_KEY_FILE: keyFile, ...logInTheDatabase } });
    try {
      expect(await seen(onPostgres, id)).toEqual(before);
      expect(await goesOn(onPostgres)).toMatchObject({ code: 0, stdout: expect.stringContaining('History is consistent: yes') });
    } finally {
      await onPostgres.stop();
    }

    // The same database, whose views stem from its own log: they are taken away, as the guide says.
    const prefix = `moved-${randomUUID()}-`;
    await copy(url, peer.url, '--to-prefix', prefix);
    await run(url, 'DROP SCHEMA views, processors CASCADE', `DELETE FROM public.tinhgon_migrations WHERE scope = 'processors'`);
    const onEventStore = await startApp({
      env: { DATABASE_URL: url, EVENT_STORE: peer.url, STREAM_PREFIX: prefix, AUDIT_KEY_FILE: keyFile },
    });
    try {
      expect(await seen(onEventStore, id)).toEqual(before);
      expect(await goesOn(onEventStore)).toMatchObject({ code: 0 });
      const officer = await signInAs(onEventStore.url, 'officer', 'service');
      expect((await officer.post('/api/v1/procedures', registration(officer))).status).toBe(201);
    } finally {
      await onEventStore.stop();
    }
    expect(await refused('--from', url, '--to', peer.url, '--to-prefix', prefix)).toContain('has gone on by itself');
  });

  (pgDumpMajor >= 18 ? it : it.skip)('gives back a PostgreSQL database from a dump that was made while the server ran', async () => {
    const [url, restored] = [await freshDatabase(), await freshDatabase()];
    await copy(folder, url);
    expect(await tinhgon(['people', 'copy', '--from', folder, '--to', url])).toMatchObject({ code: 0 });
    expect(await tinhgon(['files', 'copy', '--from', folder, '--to', url])).toMatchObject({ code: 0 });
    const dump = join(root, 'tinhgon.dump');
    const tool = (name: string, args: readonly string[]): void =>
      expect(spawnSync(name, args, { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
    const running = await startApp({ env: { DATABASE_URL: url, AUDIT_KEY_FILE: keyFile, ...logInTheDatabase } });
    try {
      tool('pg_dump', ['--format=custom', '--exclude-schema=reporting', `--file=${dump}`, url]);
      const officer = await signInAs(running.url, 'officer', 'service');
      expect((await officer.post('/api/v1/procedures', registration(officer))).status).toBe(201);
    } finally {
      await running.stop();
    }
    tool('pg_restore', [`--dbname=${restored}`, dump]);
    const app = await startApp({ env: { DATABASE_URL: restored, AUDIT_KEY_FILE: keyFile, ...logInTheDatabase } });
    try {
      expect(await seen(app, id)).toEqual(before);
    } finally {
      await app.stop();
    }
  });

  it('gives back a folder from a copy of it, and refuses to read one that is in use', async () => {
    const backup = join(root, 'backup');
    await cp(folder, backup, { recursive: true });
    const app = await startApp({ env: { DATA_DIR: backup, ...logInTheDatabase } });
    try {
      expect(await seen(app, id)).toEqual(before);
      expect(await refused('--from', backup, '--to', join(root, 'second'))).toMatch(/^--from: The data folder .* is in use by process \d+/);
    } finally {
      await app.stop();
    }
  });
});
