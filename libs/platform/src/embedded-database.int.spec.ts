import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { chmod, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { messageOf } from './database-unavailable.js';
import { openDatabase } from './open-database.js';
import { newDataFolder } from '../../../test/support/data-folder.js';

describe('The embedded database', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await newDataFolder('embedded');
  });
  afterEach(() => rm(dataDir, { recursive: true }));

  it('flushes each commit to the disk', async () => {
    const database = await openDatabase({ dataDir });
    expect((await database.pool.query('SHOW fsync')).rows).toEqual([{ fsync: 'on' }]);
    await database.pool.query('CREATE TABLE kept (n integer)');
    const flushes = async (): Promise<number> => {
      const { rows } = await database.pool.query<{ fsyncs: string }>(
        "SELECT coalesce(sum(fsyncs), 0) AS fsyncs FROM pg_stat_io WHERE object = 'wal'",
      );
      return Number(rows[0]?.fsyncs);
    };
    const before = await flushes();
    for (let n = 0; n < 20; n++) await database.pool.query('INSERT INTO kept VALUES ($1)', [n]);
    await database.pool.query('SELECT pg_stat_force_next_flush()');
    expect((await flushes()) - before).toBeGreaterThanOrEqual(20);
    await database.close();
  });

  it('is refused in words where it stands behind a link, and leaves what that leads to', async () => {
    const elsewhere = join(dataDir, 'postgres-elsewhere');
    await rm(join(dataDir, 'postgres'), { recursive: true });
    await mkdir(elsewhere);
    await symlink(elsewhere, join(dataDir, 'postgres'));
    await expect(openDatabase({ dataDir })).rejects.toThrow(`${join(dataDir, 'postgres')} is a link, and the embedded database stands in`);
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres-elsewhere']);
    expect(await readdir(elsewhere)).toEqual([]);
  });

  it('tells of an error without words what it is called and its number', () => {
    expect(messageOf({ name: 'ErrnoError', errno: 44 })).toBe('ErrnoError 44');
    expect(messageOf({ code: 'EIO', message: '' })).toBe('an error without words EIO');
    expect([messageOf({}), messageOf(new Error('A sentence.')), messageOf('text')]).toEqual([
      'an error without words',
      'A sentence.',
      'text',
    ]);
  });

  it("is its user's alone, with what is made later and what was open before", async () => {
    const heap = join(dataDir, 'postgres', 'base');
    await chmod(heap, 0o777);
    const database = await openDatabase({ dataDir });
    await database.pool.query('CREATE TABLE kept AS SELECT * FROM generate_series(1, 10000)');
    await database.pool.query('CHECKPOINT');
    const open = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).filter(
      (name) => (statSync(join(dataDir, name)).mode & 0o077) !== 0,
    );
    expect(open).toEqual([]);
    await database.close();
  });

  it('tells the second one who has the folder, and lets the next one in after a close', async () => {
    const database = await openDatabase({ dataDir });
    await expect(openDatabase({ dataDir })).rejects.toMatchObject({
      name: 'DatabaseUnavailable',
      message: `The data folder ${dataDir} is in use by process ${process.pid}; stop it or choose another DATA_DIR. When that process does not use it and no other does, delete the lock ${join(dataDir, 'tinhgon.lock')}.`,
    });
    await database.close();
    expect((await readdir(dataDir)).sort()).toEqual(['postgres']);
  });

  it('takes over the lock of a process that is gone', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    await writeFile(join(dataDir, 'tinhgon.lock'), JSON.stringify({ pid, host: hostname(), born: '' }));
    const database = await openDatabase({ dataDir });
    await database.close();
  });

  it('keeps a failed transaction out of the next one', async () => {
    const database = await openDatabase({ dataDir });
    await database.pool.query('CREATE TABLE kept (n integer PRIMARY KEY)');
    await expect(
      database.transaction(async (transaction) => {
        await transaction.query('INSERT INTO kept VALUES (1)');
        await transaction.query('INSERT INTO kept VALUES (1)');
      }),
    ).rejects.toThrow('duplicate key');
    await database.transaction((transaction) => transaction.query('INSERT INTO kept VALUES (2)'));
    expect((await database.pool.query('SELECT n FROM kept')).rows).toEqual([{ n: 2 }]);
    await database.close();
  });

  it('answers each question with its own rows or its own error, however long the answer is', async () => {
    const database = await openDatabase({ dataDir });
    const client = await database.pool.connect();
    const series = { name: 'series', text: 'SELECT n FROM generate_series(1, $1::integer) AS s (n)' };
    const divide = { name: 'divide', text: 'SELECT 6 / $1::integer AS n' };
    const answers: PromiseSettledResult<pg.QueryResult<{ n: number }>>[] = [];
    for (const query of [
      { ...series, values: [100_000] },
      { ...divide, values: [0] },
      { ...divide, values: [3] },
      { ...series, values: [2] },
      { text: 'SELECT 1 AS n; SELEC', values: undefined },
    ])
      answers.push(...(await Promise.allSettled([client.query<{ n: number }>(query)])));
    client.release();
    expect(answers.map((answer) => (answer.status === 'rejected' ? String(answer.reason) : answer.value.rows.at(-1)))).toEqual([
      { n: 100_000 },
      'error: division by zero',
      { n: 2 },
      { n: 2 },
      'error: syntax error at or near "SELEC"',
    ]);
    await database.close();
  });

  it('leaves nothing of a client that is given up to the next one', async () => {
    const database = await openDatabase({ dataDir });
    await database.pool.query('CREATE TABLE kept (n integer)');
    const client = await database.pool.connect();
    await client.query('BEGIN');
    await client.query({ name: 'keep', text: 'INSERT INTO kept VALUES ($1)', values: [1] });
    client.release(true);
    await database.pool.query({ name: 'keep', text: 'INSERT INTO kept VALUES ($1)', values: [2] });
    expect((await database.pool.query('SELECT n FROM kept')).rows).toEqual([{ n: 2 }]);
    await database.close();
  });

  it('tells each listener of a channel what is notified there once it is committed, until it stops', async () => {
    const database = await openDatabase({ dataDir });
    const heard: string[] = [];
    const stop = await database.listen('news', (payload) => heard.push(`one ${payload}`));
    await database.listen('news', (payload) => heard.push(`other ${payload}`));
    await database.transaction(async (transaction) => {
      await transaction.query("SELECT pg_notify('news', 'first'), pg_notify('gossip', 'unheard')");
      expect(heard).toEqual([]);
    });
    await stop();
    await database.pool.query("SELECT pg_notify('news', 'second')");
    expect(heard).toEqual(['one first', 'other first', 'other second']);
    await database.close();
  });
});
