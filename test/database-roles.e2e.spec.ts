import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { ed25519Type, signerKey, signerKeyText } from '#audit/verifier';
import { startApp, tinhgon } from './support/app.js';
import type { StartedApp } from './support/app.js';
import { goodReview, order, registration, signInAs } from './support/client.js';
import type { Accepted, Caller } from './support/client.js';
import { startPostgres } from './support/postgres-server.js';
import type { PostgresServer } from './support/postgres-server.js';

/** PostgreSQL's code for what the role may not do. */
const forbidden = '42501';

interface Processor {
  readonly name: string;
  readonly state: string;
  readonly version: number;
  readonly lagEvents: number | null;
}

/** The roles that docs/deploying.md makes, each with a database of its own. */
async function makeRoles(server: PostgresServer, name: string): Promise<{ readonly owner: string; readonly application: string }> {
  const administrator = new pg.Client({ connectionString: server.url });
  await administrator.connect();
  for (const statement of [
    `CREATE ROLE ${name}_owner LOGIN`,
    name === 'tinhgon'
      ? readFileSync('docker/application-login.sql', 'utf8').replace(`:'password'`, `'a password'`)
      : `CREATE ROLE ${name}_app LOGIN`,
    `GRANT ${name}_app TO ${name}_owner`,
    `CREATE DATABASE ${name} OWNER ${name}_owner`,
  ])
    await administrator.query(statement);
  await administrator.end();
  const as = (role: string): string => {
    const url = new URL(server.url);
    [url.username, url.password, url.pathname] = [role, '', `/${name}`];
    return url.href;
  };
  return { owner: as(`${name}_owner`), application: as(`${name}_app`) };
}

async function codeOfFailure(client: pg.Client, statement: string): Promise<string> {
  return client.query(statement).then(
    () => 'done',
    (error: unknown) => (error as { code: string }).code,
  );
}

const changes = [
  `UPDATE event_log.events SET data = '{}'`,
  `UPDATE event_log.events SET recorded_at = now() WHERE position = 1`,
  'DELETE FROM event_log.events WHERE position = (SELECT max(position) FROM event_log.events)',
  'TRUNCATE event_log.events',
  `INSERT INTO event_log.events (position, stream, revision, id, type, schema_version, recorded_at, data, metadata)
   VALUES (0, 'procedure-x', 0, gen_random_uuid(), 'ProcedureRegistered', 1, '2020-01-01', '{}', '{}')`,
  'UPDATE event_log.head SET position = 0',
  'SELECT position FROM event_log.head FOR UPDATE',
  'ALTER TABLE event_log.events ADD COLUMN more text',
  'ALTER TABLE event_log.events DISABLE TRIGGER ALL',
  'DROP TABLE event_log.events',
  'DROP SCHEMA event_log CASCADE',
  'CREATE TABLE event_log.other (id integer)',
  'CREATE TRIGGER other BEFORE INSERT ON event_log.events EXECUTE FUNCTION suppress_redundant_updates_trigger()',
  'CREATE RULE other AS ON INSERT TO event_log.events DO INSTEAD NOTHING',
  'ALTER FUNCTION event_log.append_as_expected SECURITY INVOKER',
  'ALTER TABLE event_log.events OWNER TO CURRENT_USER',
  'GRANT UPDATE ON event_log.events TO CURRENT_USER; UPDATE event_log.events SET revision = revision',
  'UPDATE audit.tree SET size = 0',
  'UPDATE audit.leaves SET entry = entry',
  'DELETE FROM audit.leaves',
  'TRUNCATE audit.leaves',
  `INSERT INTO audit.leaves (index, event_id, entry) VALUES (1000000, gen_random_uuid(), '{}')`,
  'UPDATE audit.tiles SET hashes = hashes',
  'DELETE FROM audit.tiles',
  'UPDATE audit.salts SET salt = salt',
  'TRUNCATE audit.salts',
  'UPDATE audit.checkpoints SET note = note',
  'DELETE FROM audit.checkpoints',
  'DROP SCHEMA audit CASCADE',
  `DELETE FROM public.tinhgon_migrations`,
  `INSERT INTO public.tinhgon_migrations (scope, name) VALUES ('audit', '004-other.sql')`,
  'CREATE TABLE public.other (id integer)',
  'CREATE SCHEMA other',
  'SET SESSION AUTHORIZATION postgres',
];

/** Functions that fit better than PostgreSQL's own what a migration calls, and tell as whom they ran. */
const lures = `
  CREATE TABLE public.caught (who name); GRANT ALL ON public.caught TO PUBLIC;
  CREATE FUNCTION public.quote_ident(name name) RETURNS text LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO public.caught VALUES (current_user); RETURN pg_catalog.quote_ident(name::text); END $$;
  CREATE FUNCTION public.format(text, text) RETURNS text LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO public.caught VALUES (current_user); RETURN pg_catalog.format($1, $2); END $$;
  CREATE FUNCTION public.pg_advisory_xact_lock(text) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO public.caught VALUES (current_user); END $$`;

const backDoor = `
  CREATE FUNCTION public.back_door() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
  CREATE TRIGGER back_door BEFORE INSERT ON event_log.events FOR EACH ROW EXECUTE FUNCTION public.back_door()`;

describe('A role that can only add to the log', () => {
  let server: PostgresServer;
  let env: Record<string, string>;
  let urls: { readonly owner: string; readonly application: string };

  beforeAll(async () => {
    server = await startPostgres();
    urls = await makeRoles(server, 'tinhgon');
    const key = signerKeyText(signerKey('log.example/roles', ed25519Type, randomBytes(32)));
    env = { DATABASE_URL: urls.application, AUDIT_KEY: key, EVENT_STORE: '', LOG_LEVEL: 'warn' };
  });
  afterAll(() => server.stop());

  it('does not start on a database that was not prepared, and says what to do', async () => {
    const { code, stderr } = await tinhgon(['serve'], { ...env, PORT: '0' });
    expect(code).toBe(1);
    expect(stderr).toContain('run npx tinhgon migrate with MIGRATION_DATABASE_URL');
    const mixed = await tinhgon(['migrate'], { ...env, MIGRATION_DATABASE_URL: server.url });
    expect(mixed.stderr).toContain('must name the same database');
  });

  describe('on a database that another role prepared', () => {
    let app: StartedApp;
    let officer: Caller;
    let administrator: Caller;
    let registered: Accepted;
    let client: pg.Client;

    beforeAll(async () => {
      const { code, stdout, stderr } = await tinhgon(['migrate'], { ...env, MIGRATION_DATABASE_URL: urls.owner });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('The role tinhgon_app adds to the log and can change nothing in it.');
      app = await startApp({ env });
      officer = await signInAs(app.url, 'officer', 'service');
      administrator = await signInAs(app.url, 'administrator', 'service');
      registered = await order(officer, 'procedures', registration(officer));
      client = new pg.Client({ connectionString: urls.application });
      await client.connect();
    });
    afterAll(async () => {
      await client.end();
      await app.stop();
    });

    it('runs the product: commands, views, seals, and views that are built anew', async () => {
      await order(officer, `procedures/${registered.id}/actions/review`, goodReview);
      const processors = async (): Promise<readonly Processor[]> => (await administrator.get<Processor[]>('/api/v1/processors')).body;
      const before = (await processors()).find(({ name }) => name === 'register')?.version ?? 0;
      const rebuilt = await tinhgon(['rebuild', 'register', '--url', app.url, '--token', administrator.token ?? '']);
      expect(rebuilt).toMatchObject({ code: 0, stderr: '' });
      expect((await processors()).find(({ name }) => name === 'register')?.version).toBe(before + 1);
      expect((await officer.get(`/api/v1/procedures/${registered.id}`)).body).toMatchObject({ stage: 'reviewed', revision: 1 });
      expect(await tinhgon(['rebuild', 'sealer', '--url', app.url, '--token', administrator.token ?? ''])).toMatchObject({ code: 0 });
      const auditor = await signInAs(app.url, 'auditor', 'ministry');
      expect((await auditor.get(`/api/v1/audit/proof?position=${registered.position}`)).status).toBe(200);
      const { rows } = await client.query('SELECT FROM reporting.procedures');
      expect(rows.length).toBeGreaterThanOrEqual(1);
      expect(app.stdout()).not.toContain('could change the log');
    });

    it.each(changes)('is refused %s', async (statement) => {
      expect(await codeOfFailure(client, statement)).toBe(forbidden);
    });

    it('lets no tile lose a hash through what it seals by', async () => {
      const { rows } = await client.query<{ size: string }>('SELECT size FROM audit.tree');
      const sealing = `SELECT audit.seal(${rows[0]?.size ?? ''}, '{}', '{}', '', '', '{0}', '{0}', ARRAY['\\x00'::bytea], '{}', '', '', now())`;
      await expect(client.query(sealing)).rejects.toThrow('would lose hashes');
    });

    it('appends at the end and in the present, whatever it is told', async () => {
      const { rows: heads } = await client.query<{ position: string }>('SELECT position FROM event_log.head');
      const { rows } = await client.query<{ verdict: string; at_position: string; recent: boolean }>(
        `SELECT verdict, at_position, at > now() - interval '1 minute' AS recent
         FROM event_log.append('{other-1}', '{-1}', '{1}', ARRAY[gen_random_uuid()], '{Other}', '{1}', '{}', '{}')`,
      );
      expect(rows).toEqual([{ verdict: 'ok', at_position: String(Number(heads[0]?.position) + 1), recent: true }]);
    });

    it('finds log and tree whole', async () => {
      expect(await tinhgon(['verify', '--database', '--json'], env)).toMatchObject({ code: 0 });
    });

    it('does not start where the tables are of another version, until they are brought up to date', async () => {
      const owner = new pg.Client({ connectionString: urls.owner });
      await owner.connect();
      await owner.query(`DELETE FROM public.tinhgon_migrations WHERE scope = 'audit' AND name = '003-sealing-role.sql'`);
      await owner.end();
      const { code, stderr } = await tinhgon(['serve'], { ...env, PORT: '0' });
      expect({ code, told: stderr.includes('The schema audit is not that of this version') }).toEqual({ code: 1, told: true });
      const told = await tinhgon(['migrate'], { ...env, MIGRATION_DATABASE_URL: urls.owner });
      expect(told.stdout).toContain('can change nothing');
    });
  });

  it('takes over an installation of one role, which could change the log and was told so', async () => {
    const one = await makeRoles(server, 'older');
    const alone = { ...env, DATABASE_URL: one.application };
    const administrator = new pg.Client({ connectionString: server.url });
    await administrator.connect();
    await administrator.query('ALTER DATABASE older OWNER TO older_app');
    const inOlder = new pg.Client({ connectionString: one.application });
    await inOlder.connect();
    // As it is in every database from before PostgreSQL 15.
    await inOlder.query('GRANT CREATE ON SCHEMA public TO PUBLIC');
    await inOlder.end();
    const before = await startApp({ env: alone });
    const officer = await signInAs(before.url, 'officer', 'service');
    const { id } = await order(officer, 'procedures', registration(officer));
    expect(before.stdout()).toContain('could change the log');
    await before.stop();
    const warned = await tinhgon(['migrate'], alone);
    expect(warned.stderr).toContain('could change the log: it owns the schema event_log');
    await administrator.query('ALTER DATABASE older OWNER TO older_owner');
    await administrator.end();
    const hostile = new pg.Client({ connectionString: one.application });
    await hostile.connect();
    await hostile.query(lures);
    await hostile.query(backDoor);
    const found = await tinhgon(['migrate'], { ...alone, MIGRATION_DATABASE_URL: one.owner });
    expect(found.stderr).toContain('could change the log: it owns what a trigger runs on event_log.events');
    expect((await hostile.query('SELECT DISTINCT who FROM public.caught')).rows).toEqual([]);
    await hostile.end();
    const cleaning = new pg.Client({ connectionString: one.owner });
    await cleaning.connect();
    await cleaning.query('DROP FUNCTION public.back_door CASCADE; REVOKE CREATE ON SCHEMA public FROM PUBLIC');
    await cleaning.end();

    const after = await startApp({ env: { ...alone, MIGRATION_DATABASE_URL: one.owner } });
    const again = await signInAs(after.url, 'officer', 'service');
    await order(again, `procedures/${id}/actions/review`, goodReview);
    expect(after.stdout()).not.toContain('could change the log');
    await after.stop();
    const client = new pg.Client({ connectionString: one.application });
    await client.connect();
    for (const change of changes) expect([change, await codeOfFailure(client, change)]).toEqual([change, forbidden]);
    await client.end();
  });
});
