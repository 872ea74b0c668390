import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { PostgresEventStore } from '#event-store';
import { openDatabase } from '#platform';
import { startPostgres } from '../support/postgres-server.js';

const kills = 10;

/** Runs a writer, kills it some time after its first acknowledgement and answers with what it had acknowledged. */
async function acknowledgedBeforeKill(target: string): Promise<readonly string[]> {
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
  await started;
  await new Promise((done) => setTimeout(done, Math.random() * 300));
  writer.kill('SIGKILL');
  await ended;
  if (output === '') throw new Error(`The writer did not start: ${complaints}`);
  // The last line may be cut off by the kill.
  return output.split('\n').slice(0, -1);
}

async function checkLog(target: { readonly url?: string; readonly dataDir: string }, acknowledged: readonly string[]): Promise<void> {
  const database = await openDatabase(target);
  const store = await PostgresEventStore.open(database);
  const timesStored = new Map<string, number>();
  let position = 0n;
  const revisions = new Map<string, number>();
  for (let caughtUp = false; !caughtUp;) {
    const batch = await store.readAll({ from: position, limit: 5_000 });
    caughtUp = batch.caughtUp;
    for (const event of batch.events) {
      position++;
      expect(event.position).toBe(position);
      expect(event.revision).toBe((revisions.get(event.stream) ?? -1) + 1);
      revisions.set(event.stream, event.revision);
      const { commandId } = event.metadata;
      timesStored.set(commandId, (timesStored.get(commandId) ?? 0) + 1);
    }
  }
  await store.close();
  await database.close();
  expect(acknowledged.length).toBeGreaterThan(0);
  expect(acknowledged.filter((id) => timesStored.get(id) !== 2)).toEqual([]);
  // Also what was not acknowledged is there whole or not at all.
  expect([...timesStored.values()].every((count) => count === 2)).toBe(true);
}

describe('A writer killed at random moments', () => {
  it('leaves every acknowledged command in the embedded log exactly once', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'tinhgon-crash-'));
    const acknowledged: string[] = [];
    for (let kill = 0; kill < kills; kill++) acknowledged.push(...(await acknowledgedBeforeKill(dataDir)));
    await checkLog({ dataDir }, acknowledged);
    await rm(dataDir, { recursive: true });
  });

  it('leaves every acknowledged command in the log on a server exactly once', async () => {
    const server = await startPostgres();
    const acknowledged: string[] = [];
    for (let kill = 0; kill < kills; kill++) acknowledged.push(...(await acknowledgedBeforeKill(server.url)));
    await checkLog({ url: server.url, dataDir: '' }, acknowledged);
    await server.stop();
  });
});
