import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '#event-store';
import { counts, register } from '#procedures';
import { startPostgres } from '../support/postgres-server.js';
import { commandIdOf, openDesk } from './desk.js';
import type { Acknowledged } from './desk.js';

type Desk = Awaited<ReturnType<typeof openDesk>>;

const kills = 20;
const slow = 120_000;

/** Runs a writer, kills it and answers with what it had acknowledged. */
async function acknowledgedBeforeKill(target: string, kill: number): Promise<readonly Acknowledged[]> {
  const writer = spawn(process.execPath, [resolve('dist/test/crash/writer.js'), target], { stdio: ['ignore', 'pipe', 'pipe'] });
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

async function wholeLog({ store }: Desk): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for (let caughtUp = false; !caughtUp;) {
    const batch = await store.readAll({ from: events.at(-1)?.position ?? 0n, limit: 5_000 });
    caughtUp = batch.caughtUp;
    events.push(...batch.events);
  }
  return events;
}

function expectDense(events: readonly RecordedEvent[]): void {
  const revisions = new Map<string, number>();
  const misplaced = events.filter(({ position, stream, revision }, index) => {
    const expected = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    return position !== BigInt(index + 1) || revision !== expected;
  });
  expect(misplaced).toEqual([]);
}

function expectOnce(events: readonly RecordedEvent[], acknowledged: readonly Acknowledged[]): void {
  const byCommand = new Map<string, RecordedEvent[]>();
  for (const event of events) {
    const { commandId } = event.metadata;
    byCommand.set(commandId, [...(byCommand.get(commandId) ?? []), event]);
  }
  const wrong = acknowledged.filter(({ key, answer }) => {
    const [event, ...more] = byCommand.get(commandIdOf(key)) ?? [];
    return more.length > 0 || event?.revision !== answer.revision || String(event.position) !== answer.position;
  });
  expect(wrong).toEqual([]);
}

/** What the tables hold, whatever order it was written in. */
async function digest({ database }: Desk): Promise<unknown> {
  const tables = [...register.tables, ...counts.tables].map((table) => ({
    table,
    // A place that everybody left keeps its row with a zero.
    rows: table === 'counts' ? 'WHERE count <> 0' : '',
  }));
  return Promise.all(
    tables.map(async ({ table, rows }) => {
      const found = await database.pool.query<{ rows: string; digest: string }>(
        `SELECT count(*) AS rows, md5(string_agg(line, '' ORDER BY line)) AS digest FROM (SELECT md5(t::text) AS line FROM views.${table} t ${rows}) l`,
      );
      return { table, ...found.rows[0] };
    }),
  );
}

async function crashAgainAndAgain(target: string): Promise<void> {
  const acknowledged: Acknowledged[] = [];
  for (let kill = 0; kill < kills; kill++) acknowledged.push(...(await acknowledgedBeforeKill(target, kill)));

  const desk = await openDesk(target);
  try {
    const events = await wholeLog(desk);
    expect(acknowledged.length).toBeGreaterThan(kills);
    expectDense(events);
    expectOnce(events, acknowledged);

    const some = acknowledged.filter((_, index) => index % Math.ceil(acknowledged.length / 60) === 0);
    for (const { step, key, answer } of some)
      expect(await desk.send(step, key, step === 'register' ? undefined : answer.id)).toEqual(answer);
    expect(await wholeLog(desk)).toHaveLength(events.length);

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

describe('A process killed twenty times at random moments', () => {
  it(
    'keeps every acknowledged command exactly once and views that equal a rebuild, embedded',
    async () => {
      const dataDir = await mkdtemp(join(tmpdir(), 'tinhgon-crash-'));
      await crashAgainAndAgain(dataDir);
      await rm(dataDir, { recursive: true });
    },
    slow,
  );

  it(
    'keeps every acknowledged command exactly once and views that equal a rebuild, on a server',
    async () => {
      const server = await startPostgres();
      await crashAgainAndAgain(server.url);
      await server.stop();
    },
    slow,
  );
});
