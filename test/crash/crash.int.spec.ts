import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Unavailable } from '#event-store';
import type { RecordedEvent } from '#event-store';
import { counts } from '#reporting';
import { register } from '#procedures';
import { EventStorePeer } from '../support/event-store-peer.js';
import { EventStoreServer } from '../support/event-store-server.js';
import { expectDense, expectOnce, wholeLog } from '../support/log-laws.js';
import { inLongForm } from '../support/long-form.js';
import { startPostgres } from '../support/postgres-server.js';
import { commandIdOf, openDesk } from './desk.js';
import type { Acknowledged, Target } from './desk.js';
import { newDataFolder } from '../support/data-folder.js';

type Desk = Awaited<ReturnType<typeof openDesk>>;

const real = process.env['TEST_EVENTSTORE_URL'];
const kills = inLongForm || real !== undefined ? 20 : 3;

/** Runs a writer, kills it and answers with what it had acknowledged. */
async function acknowledgedBeforeKill(target: Target, kill: number): Promise<readonly Acknowledged[]> {
  const writer = spawn(process.execPath, [resolve('dist/test/crash/writer.js'), JSON.stringify(target)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let complaints = '';
  const ended = new Promise((done) => writer.once('close', done));
  const started = new Promise<void>((done) => {
    writer.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      done();
    });
    writer.once('close', () => done());
  });
  writer.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  // Most are killed at work; every fifth at any moment since it was started, so that recovery is interrupted too.
  const anywhere = kill % 5 === 4;
  if (!anywhere) await started;
  await new Promise((done) => setTimeout(done, Math.random() * (anywhere ? 1_500 : 300)));
  writer.kill('SIGKILL');
  await ended;
  if (complaints !== '' || (output === '' && !anywhere)) throw new Error(`The writer failed: ${complaints}`);
  // The last line may be cut off by the kill.
  return output
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Acknowledged);
}

/** What the tables hold, whatever order it was written in. */
async function digest({ database }: Desk): Promise<unknown> {
  return Promise.all(
    [...register.tables, ...counts.tables].map(async (table) => {
      const found = await database.pool.query<{ rows: string; digest: string }>(
        `SELECT count(*) AS rows, md5(string_agg(line, '' ORDER BY line)) AS digest FROM (SELECT md5(t::text) AS line FROM views.${table} t) l`,
      );
      return { table, ...found.rows[0] };
    }),
  );
}

async function crashAgainAndAgain(target: Target, kills: number): Promise<void> {
  const acknowledged: Acknowledged[] = [];
  for (let kill = 0; kill < kills; kill++) acknowledged.push(...(await acknowledgedBeforeKill(target, kill)));

  expect(acknowledged.length).toBeGreaterThan(kills);
  await expectAllOnce(target, acknowledged);
}

/** Everything acknowledged is there once, is answered as the first time, and the views equal a rebuild. */
async function expectAllOnce(target: Target, acknowledged: readonly Acknowledged[]): Promise<void> {
  const desk = await openDesk(target);
  try {
    const events = await wholeLog(desk.store);
    expectDense(desk.store, events);
    expectOnce(
      events,
      acknowledged.map(({ key, answer }) => ({ commandId: commandIdOf(key), answer })),
    );

    const some = acknowledged.filter((_, index) => index % Math.ceil(acknowledged.length / 60) === 0);
    for (const { step, key, answer } of some)
      expect(await desk.send(step, key, step === 'register' ? undefined : answer.id)).toEqual(answer);
    expect(await wholeLog(desk.store)).toHaveLength(events.length);

    expect(await desk.processors.waitFor(events.at(-1)?.position ?? 0n, 60_000)).toBe(true);
    const followed = await digest(desk);
    expect(followed).toContainEqual(expect.objectContaining({ rows: String(registered(events)), table: 'register' }));
    for (const { name } of [register, counts]) await desk.processors.rebuild(name);
    expect(await digest(desk)).toEqual(followed);
  } finally {
    await desk.close();
  }
}

const registered = (events: readonly RecordedEvent[]): number => events.filter(({ type }) => type === 'ProcedureRegistered').length;

describe('A process killed again and again at random moments', () => {
  it('keeps every acknowledged command exactly once and views that equal a rebuild, embedded', async () => {
    const dataDir = await newDataFolder('crash');
    try {
      await crashAgainAndAgain({ database: dataDir }, kills);
    } finally {
      await rm(dataDir, { recursive: true });
    }
  });

  it('keeps every acknowledged command exactly once and views that equal a rebuild, on a server', async () => {
    const server = await startPostgres();
    try {
      await crashAgainAndAgain({ database: server.url }, kills);
    } finally {
      await server.stop();
    }
  });

  it('keeps every acknowledged command exactly once and views that equal a rebuild, with the log in EventStoreDB', async () => {
    const peer = real === undefined ? await EventStorePeer.start() : undefined;
    const server = await startPostgres();
    const target = { database: server.url, eventStore: real ?? peer?.url ?? '', streamPrefix: `crash-${randomUUID()}-` };
    try {
      await crashAgainAndAgain(target, inLongForm || real !== undefined ? kills : 2);
    } finally {
      await server.stop();
      await peer?.stop();
    }
  }, 600_000);
});

const { TEST_EVENTSTORE_URL: url, TEST_EVENTSTORE_CMD: command } = process.env;

(url === undefined || command === undefined ? describe.skip : describe)('A log server killed four times with 32 commands in flight', () => {
  it('has every acknowledged command exactly once', async () => {
    const server = new EventStoreServer(url ?? '', command ?? '');
    await server.ensure();
    const dataDir = await newDataFolder('crash');
    const target = { database: dataDir, eventStore: url ?? '', streamPrefix: `crash-${randomUUID()}-` };
    const desk = await openDesk(target);
    const acknowledged: Acknowledged[] = [];
    let isOver = false;
    const send = async (step: Acknowledged['step'], id?: string): Promise<string> => {
      const key = randomUUID();
      for (;;) {
        try {
          const answer = await desk.send(step, key, id);
          acknowledged.push({ step, key, answer });
          return answer.id;
        } catch (error) {
          if (!(error instanceof Unavailable)) throw error;
        }
      }
    };
    const working = Array.from({ length: 32 }, async () => {
      while (!isOver) await send('review', await send('register'));
    });
    for (let kill = 0; kill < 4; kill++) {
      await new Promise((done) => setTimeout(done, 1_500));
      await server.end('SIGKILL');
      const before = acknowledged.length;
      await server.ensure();
      for (const deadline = Date.now() + 30_000; acknowledged.length < before + 32 && Date.now() < deadline;)
        await new Promise((done) => setTimeout(done, 50));
      expect(acknowledged.length).toBeGreaterThan(before + 31);
    }
    isOver = true;
    await Promise.all(working);
    await desk.close();
    await expectAllOnce(target, acknowledged);
    await rm(dataDir, { recursive: true });
    process.stdout.write(`${acknowledged.length} commands acknowledged over four kills, each stored exactly once.\n`);
  }, 900_000);
});
