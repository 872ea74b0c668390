import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, tinhgon } from './support/app.js';
import type { Ended, StartedApp } from './support/app.js';
import { registration, signInAs } from './support/client.js';
import type { Accepted, Answer, Caller, Problem } from './support/client.js';
import { newDataFolder } from './support/data-folder.js';
import { startPostgres } from './support/postgres-server.js';
import type { PostgresServer } from './support/postgres-server.js';

/** Nobody waits longer for an answer, whatever is broken. */
const longestWaitMs = 17_000;

const serve = (env: Readonly<Record<string, string>>): Promise<Ended> => tinhgon(['serve'], { PORT: '0', DATA_DIR: 'unused', ...env });

/** One or two sentences, each on a line of its own, and nothing of the program's inside. */
function expectSentence({ code, stdout, stderr }: Ended, ...says: readonly (string | RegExp)[]): void {
  expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(/^([A-Z].*\.\n){1,2}$/) });
  for (const text of says) expect(stderr).toMatch(text);
}

async function listener(): Promise<{ readonly server: Server; readonly port: string }> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: String((server.address() as AddressInfo).port) };
}

/** Somebody who does not wait for ever. */
const within = <Body>(answer: Promise<Answer<Body>>): Promise<Answer<Body>> =>
  Promise.race([
    answer,
    new Promise<never>((_, reject) => setTimeout(() => reject(new Error('There was no answer.')), longestWaitMs).unref()),
  ]);

const unavailable = { status: 503, body: expect.objectContaining({ code: 'unavailable' }) };
const ready = (officer: Caller): Promise<Answer<{ reason?: string }>> => within(officer.get('/health/ready'));
const register = (officer: Caller, key: string = randomUUID()): Promise<Answer<Accepted & Problem>> =>
  within(officer.post('/api/v1/procedures', registration(officer), { 'idempotency-key': key }));

async function untilReady(officer: Caller): Promise<void> {
  for (let turn = 0; turn < 100 && (await ready(officer)).status !== 200; turn++) await new Promise((resolve) => setTimeout(resolve, 200));
  expect((await ready(officer)).status).toBe(200);
}

/** All that was acknowledged is there once, in the log and in the views. */
async function expectAllOnce(officer: Caller, accepted: readonly Accepted[]): Promise<void> {
  const last = accepted.map(({ position }) => Number(position)).reduce((one, other) => Math.max(one, other), 0);
  const { body } = await within(officer.get<{ items: { id: string }[] }>(`/api/v1/procedures?limit=200&minPosition=${last}`));
  expect(body.items.map(({ id }) => id).sort()).toEqual(accepted.map(({ id }) => id).sort());
  for (const { id, position } of accepted) {
    const history = await officer.get<{ items: { position: string }[] }>(`/api/v1/procedures/${id}/history`);
    expect(history.body.items.map((item) => item.position)).toEqual([position]);
  }
}

/** Faults of the database reach commands where the log stands in it, also when the suite has a server for the log. */
const logInDatabase = { EVENT_STORE: '', STREAM_PREFIX: '' };

describe('starting', () => {
  it('names everything that is wrong with the configuration at once', async () => {
    const ended = await serve({ PORT: 'abc', DATABASE_URL: 'http://x:secret@y', LOG_LEVEL: 'x', DEMO: 'maybe' });
    expectSentence(ended, /PORT .*DEMO .*LOG_LEVEL .*DATABASE_URL /);
    expect(ended.stderr).not.toContain('secret');
    expectSentence(await serve({ EVENT_STORE: 'http://127.0.0.1:2113' }), 'EVENT_STORE must start with esdb://');
    const dataDir = await mkdtemp(join(tmpdir(), 'tinhgon-'));
    expectSentence(
      await serve({ EVENT_STORE: 'esdb://admin:secret@log?colour=red', DATA_DIR: dataDir }),
      'EVENT_STORE has an option colour',
    );
    await rm(dataDir, { recursive: true });
  });

  it('says that the port is taken', async () => {
    const { server, port } = await listener();
    const dataDir = await mkdtemp(join(tmpdir(), 'tinhgon-'));
    expectSentence(await serve({ PORT: port, DATA_DIR: dataDir }), `Port ${port} on 127.0.0.1 is taken; choose another PORT`);
    server.close();
    await rm(dataDir, { recursive: true });
  });

  it('says that the data folder is a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tinhgon-'));
    const file = join(folder, 'file');
    await writeFile(file, '');
    expectSentence(await serve({ DATA_DIR: file }), 'DATA_DIR', file);
    expectSentence(await serve({ DATA_DIR: join(file, 'below') }), 'DATA_DIR', file);
    await rm(folder, { recursive: true });
  });

  it('waits a bounded time for a database that does not answer, and not at all for one that says no', async () => {
    const mute = await listener();
    const closed = await listener();
    closed.server.close();
    const postgres = await startPostgres();
    const at = (port: string): string => `postgres://someone:secret@127.0.0.1:${port}/register`;
    const [unheard, refused, stranger, missing] = await Promise.all([
      serve({ DATABASE_URL: at(mute.port) }),
      serve({ DATABASE_URL: at(closed.port) }),
      serve({ DATABASE_URL: postgres.url.replace('postgres:postgres@', 'someone:secret@') }),
      serve({ DATABASE_URL: postgres.url.replace(/postgres$/, 'nothing') }),
    ]);
    for (const ended of [unheard, refused]) {
      expectSentence(ended, 'does not answer', 'waiting', 'start it or correct DATABASE_URL');
      expect(ended.stderr).not.toContain('secret');
    }
    for (const ended of [stranger, missing]) {
      expectSentence(ended, 'does not exist', 'DATABASE_URL');
      expect(ended.stderr).not.toContain('waiting');
    }
    mute.server.close();
    await postgres.stop();
  });

  it('goes on when the database comes up while it waits', async () => {
    const postgres = await startPostgres();
    await postgres.down();
    const starting = startApp({ env: { DATABASE_URL: postgres.url } });
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    await postgres.up();
    const app = await starting;
    expect((await fetch(`${app.url}/health/ready`)).status).toBe(200);
    await app.stop();
    await postgres.stop();
  });
});

describe('a second process on the same folder', () => {
  it('is told who has it, and does not disturb the first', async () => {
    const app = await startApp();
    const officer = await signInAs(app.url, 'officer', 'service');
    const before = await register(officer);
    expectSentence(await serve({ DATA_DIR: app.dataDir }), `The data folder ${app.dataDir} is in use by process ${app.pid}; stop it`);
    const after = await register(officer);
    await expectAllOnce(officer, [before.body, after.body]);
    await app.stop();
  });
});

describe('a process that stood still while another one took its folder', () => {
  // As in another container: neither sees the processes of the other.
  const apart = ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc'];
  const mayPart = spawnSync('unshare', [...apart.slice(1), 'true']).status === 0;

  (mayPart ? it : it.skip)('acknowledges nothing more and ends with a sentence; all that was acknowledged is there', async () => {
    const dataDir = await newDataFolder();
    const first = await startApp({ env: { DATA_DIR: dataDir }, within: apart });
    const pid = Number(readFileSync(`/proc/${String(first.pid)}/task/${String(first.pid)}/children`, 'utf8'));
    const officer = await signInAs(first.url, 'officer', 'service');
    const accepted = [(await register(officer)).body];
    process.kill(pid, 'SIGSTOP');
    // They come to it while it stands still, and are its first work when it goes on.
    const late = Promise.allSettled(Array.from({ length: 10 }, () => register(officer)));
    const second = await startApp({ env: { DATA_DIR: dataDir } });
    const other = await signInAs(second.url, 'officer', 'service');
    accepted.push((await register(other)).body);
    process.kill(pid, 'SIGCONT');
    expect((await late).map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 'rejected'));
    expect(await first.stop()).toBe(1);
    expect(first.stderr()).toMatch(/The lock of the data folder .* was lost: .* acknowledges nothing more/);
    accepted.push((await register(other)).body);
    await expectAllOnce(other, accepted);
    expect(await second.stop()).toBe(0);
    await (await startApp({ env: { DATA_DIR: dataDir } })).stop();
    await rm(dataDir, { recursive: true });
  });
});

describe('the files of the embedded database', () => {
  it('are nobody else’s, whatever the folder was before and the shell says', async () => {
    const dataDir = await newDataFolder();
    await chmod(dataDir, 0o755);
    const app = await startApp({ env: { DATA_DIR: dataDir } });
    await register(await signInAs(app.url, 'officer', 'service'));
    const open = ['', ...(await readdir(dataDir, { recursive: true }))].filter(
      (name) => (statSync(join(dataDir, name)).mode & 0o077) !== 0,
    );
    expect(open).toEqual([]);
    expect(app.stderr()).toContain('was open to other users of this machine, and is closed to them now.');
    await app.stop();
    await chmod(dataDir, 0o755);
    await writeFile(join(dataDir, 'letters.txt'), '');
    expectSentence(await serve({ DATA_DIR: dataDir }), 'is open to other users of this machine and holds other things (letters.txt)');
    await rm(dataDir, { recursive: true });
  });
});

describe('a database server that goes away', () => {
  let postgres: PostgresServer;
  let app: StartedApp;
  let officer: Caller;
  const accepted: Accepted[] = [];
  beforeAll(async () => {
    postgres = await startPostgres();
    app = await startApp({ env: { DATABASE_URL: postgres.url, ...logInDatabase } });
    officer = await signInAs(app.url, 'officer', 'service');
    accepted.push((await register(officer)).body);
  });
  afterAll(async () => {
    await app.stop();
    await postgres.stop();
  });

  it.each([{ how: 'stops', leave: 'down', back: 'up' } as const, { how: 'hangs', leave: 'pause', back: 'resume' } as const])(
    'and $how is answered for with 503 in bounded time; when it is back all goes on, and nothing is lost or doubled',
    async ({ leave, back }) => {
      const [known] = accepted;
      const key = randomUUID();
      // Many are under way in that moment, in every state.
      const keys = Array.from({ length: 30 }, () => randomUUID());
      const underWay = keys.map((one) => register(officer, one));
      await postgres[leave]();
      const answers = await Promise.all([
        register(officer, key),
        within(officer.get('/api/v1/procedures')),
        within(officer.get(`/api/v1/procedures/${known?.id}`)),
        within(officer.post('/api/v1/auth/login', { username: officer.person?.username, password: officer.person?.password })),
      ]);
      for (const answer of answers) expect(answer).toMatchObject(unavailable);
      expect(await ready(officer)).toMatchObject({ status: 503, body: { reason: 'The database does not answer.' } });

      for (const { status } of await Promise.all(underWay)) expect([201, 503]).toContain(status);

      await postgres[back]();
      await untilReady(officer);
      // The same key: whether or not the first try came through, it is there once.
      const again = await register(officer, key);
      expect(again.status).toBe(201);
      const all = await Promise.all(keys.map((one) => register(officer, one)));
      accepted.push(again.body, (await register(officer)).body, ...all.map(({ body }) => body));
      await expectAllOnce(officer, accepted);
    },
  );
});

describe('the disk of the embedded database', () => {
  const folder = join(tmpdir(), `tinhgon-disk-${randomUUID()}`);
  const mayMount = mount();
  unmount();
  beforeAll(() => {
    if (mayMount) mount();
  });
  afterAll(unmount);
  const onDisk = mayMount ? it : it.skip;

  function mount(): boolean {
    mkdirSync(folder, { recursive: true });
    return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=200m', 'tmpfs', folder]).status === 0;
  }

  function unmount(): void {
    if (mayMount) spawnSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  }

  onDisk(
    'may run full: commands are refused and reads answered until there is room again, without a restart and without loss',
    async () => {
      const app = await startApp({ env: { DATA_DIR: join(folder, 'data'), ...logInDatabase } });
      const officer = await signInAs(app.url, 'officer', 'service');
      const first = await register(officer);
      await expectAllOnce(officer, [first.body]);
      spawnSync('dd', ['if=/dev/zero', `of=${join(folder, 'filling')}`, 'bs=64k']);
      const key = randomUUID();
      expect(await register(officer, key)).toMatchObject(unavailable);
      expect(await ready(officer)).toMatchObject({ status: 503, body: { reason: expect.stringMatching(/is full; free some space/) } });
      await expectAllOnce(officer, [first.body]);

      await rm(join(folder, 'filling'));
      await untilReady(officer);
      const again = await register(officer, key);
      await expectAllOnce(officer, [first.body, again.body]);
      expect(await app.stop()).toBe(0);
    },
  );

  onDisk('may be full or read-only at the start: a sentence says so, and what was there is kept', async () => {
    const env = { DATA_DIR: join(folder, 'kept'), ...logInDatabase };
    await (await startApp({ env })).stop();
    spawnSync('dd', ['if=/dev/zero', `of=${join(folder, 'filling')}`, 'bs=64k']);
    expectSentence(await serve(env), 'is full; free some space', env.DATA_DIR);
    expectSentence(await serve({ DATA_DIR: join(folder, 'other'), ...logInDatabase }), 'is full; free some space');
    await rm(join(folder, 'filling'));
    spawnSync('mount', ['-o', 'remount,ro', folder]);
    expectSentence(await serve(env), 'cannot be written', env.DATA_DIR);
    spawnSync('mount', ['-o', 'remount,rw', folder]);
    expect(await (await startApp({ env })).stop()).toBe(0);
  });
});
